# Verifies that csv.Sniffer guesses dialects and headers as CPython does.
import csv

sniffer = csv.Sniffer()
samples = [
    "a,b,c\n1,2,3\n4,5,6\n",
    "a;b;c\n1;2;3\n4;5;6\n",
    "name\tage\nx\t3\ny\t44\n",
    "'a','b, c'\n'd','e'\n",
    '"a"; "b"; "c""d"\n"e"; "f"; "g"\n',
    "one two\nthree four\n",
    "a|b|c\nd|e|f\n",
    "Harry's, Arlington Heights, IL, 2/1/03, Kimi Hayes\nShark City, Glendale Heights, IL, 12/28/02, Prezence\n",
    "abc\n\ndef\n",
    "",
    "x:y:z\n1:2:3\n",
    '"only"\n"one"\n',
]
for sample in samples:
    for delimiters in (None, ",;", "|:"):
        try:
            d = sniffer.sniff(sample, delimiters)
            print(repr(d.delimiter), repr(d.quotechar), d.doublequote, d.skipinitialspace, end=" ")
        except csv.Error as error:
            print(error, end=" ")
    try:
        print(sniffer.has_header(sample))
    except (csv.Error, StopIteration) as error:
        print(type(error).__name__, error)
