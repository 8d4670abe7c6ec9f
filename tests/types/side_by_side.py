# Verifies difflib's tables in HTML, and the pairs of lines that they are made of.
import difflib
import random

rnd = random.Random(11)
words = ["a", "b", "ab c", "  x", "", "one two", "one  tow", "tab\tx", "<&>", "long line of text here"]
for number in range(25):
    a = [rnd.choice(words) + "\n" for _ in range(rnd.randrange(9))]
    b = a[:]
    for _ in range(rnd.randrange(5)):
        how = rnd.randrange(3)
        if how == 0 and b:
            b[rnd.randrange(len(b))] = rnd.choice(words) + "\n"
        elif how == 1:
            b.insert(rnd.randrange(len(b) + 1), rnd.choice(words) + "x\n")
        elif b:
            del b[rnd.randrange(len(b))]
    print(list(difflib._mdiff(a, b, rnd.choice([None, 0, 1, 2]))))
    maker = difflib.HtmlDiff(tabsize=rnd.choice([8, 2]), wrapcolumn=rnd.choice([None, 4, 10]))
    print(maker.make_table(a, b, "from", "to" if number % 2 else "", rnd.choice([True, False]), rnd.choice([0, 1, 5])))
print(difflib.HtmlDiff().make_file(["é\n"], ["è\n"], charset="ascii"))
