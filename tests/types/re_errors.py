# What is wrong with a pattern: message, place, warnings.
import re
import warnings

PATTERNS = [r'()(?(2)a)', r'(?( 1 )a)', r'\N{foo}', r'\N', 'a\\', ')\\', '[[a]', '[a[b]', '[a--b]', '[a||b]', '[a&&b]', '[a~~b]', '[|--]',
    'a{1,2}{3}', '(?i)(?x) a', 'a(?i)b', '(?P<1>a)', '(?:a(?i:b)', b'\\u1234', b'a(?i)b', '(?<=a+)b', '(?<=(?P<a>x)(?P=a))', '(?P<a>x)(?P<a>y)',
    '(?P>', '(?a(?i', 'a{5,2}', 'a{4294967295}', '[z-a]', '[\\d-z]', '[a', '\\400', '[\\400]', '\\9', '*', 'a**', '(?zz', '(?i-i:a)',
    '(?-a:x)', '(?i-', '(?--', '(?P', '(?', '(?P=a)', '(?P=1)', '(', '(?#', '\\x1', '\\u12', '\\U00110000', '(?L)a', b'(?u)a', '(?au)',
    'a|b|(?i)c', '(?(1', '(?(a)b)', '(?(0)b)', '(?(1)a|b|c)', '(?<', '(?<a', '^*', '\n\n(?P<é>x)\\', 'x\n(y', '(?P<', '(?P<a', '(?P<>)', '(?i:', '(?t:a)',
    '(a)(?<=\\1)', '(?<=(a)\\1)', '(a\\1)', '\\q', '[\\q]', '\\8', 'a{,2}', 'a{x', '{', 'a{2', '[]', '[^]', '[]]', '(?P=', '(?(', '(?()', '\\077', '\\N{BULLET}', '(?-i)', '(?ix-m:a)', '(?i' + ' ' * 3, '(?q)', '(?é)',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaa(?i)', '(?x)a # comment', '(' * 40 + ')' * 39]
for p in PATTERNS:
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        try:
            r = re.compile(p)
        except Exception as e:
            r = type(e).__name__, str(e), e.args, {k: v for k, v in vars(e).items() if k != 'pattern'}
        print(repr(p), r, [(x.category.__name__, str(x.message), x.filename == __file__) for x in w])
for flags in (re.A | re.U, re.L, re.T, 1 << 12):
    try:
        print(re.compile('a', flags))
    except ValueError as e:
        print(e)
for repl in (r'\g<1', r'\g', r'\g<>', r'\g<a b>', r'\9', r'\400', r'\x', r'\g<-1>', r'\g<2147483647>', r'\g<x>', r'\0\07\141\.', '\\'):
    try:
        print(repr(re.sub('(a)', repl, 'a')))
    except Exception as e:
        print(type(e).__name__, e)
import sre_parse
for source, pattern in (('a', 'b'), ('a', 5), (r'\g<x>', None), (b'a', re.compile('b')), (5, re.compile('b'))):
    try:
        print(sre_parse.parse_template(source, pattern))
    except Exception as e:
        print(type(e).__name__, e)
