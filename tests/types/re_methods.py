# What the functions of re and the methods of Pattern and Match answer and complain about; string.Template and Formatter.
import re
m=re.match(r'(?P<a>\w+) (?P<b>\w+)','hello world!')
print(m, m.groups(), m.groupdict(), m.lastgroup, m.lastindex, m.regs, m.span('b'), m['a'], m.re, m.string)
print(re.sub(r'(\w)(\w)', r'\2\1', 'abcdef'), re.split(r'(-)|,', 'a-b,c'), re.findall('a*', 'baac'), re.sub('x*','-','abxd'))
print([m.span() for m in re.finditer('', 'ab')], re.compile('abc', re.I|re.M), re.I|re.M, repr(re.I), str(re.A))
try: re.compile('(a')
except re.error as e: print(e, e.pos, e.lineno, e.msg)
print(re.escape('a.b c'), re.compile(b'a').match(b'abc'))
print(re.Scanner([(r'\d+', lambda s,t:int(t)), (r'\w+', lambda s,t:t), (r'\s+', None)]).scan('12 ab !'))
import string, gc, locale, weakref
p=re.compile(r'(?P<x>a)|(b)'); w=weakref.ref(p)
for f in (lambda: p.match('a', 'z'), lambda: p.match(b'a'), lambda: p.match(3), lambda: p.match('a').group(5), lambda: p.match('a')['y'], lambda: p.sub(r'\3','a'), lambda: p.sub(r'\g<q>','a'), lambda: p.sub('\\g<','a'), lambda: p.sub(5,'a'), lambda: p.sub(lambda m: 5,'a'), lambda: p.sub(lambda m: 1/0,'ba'), lambda: re.compile(5), lambda: re.compile(p, re.I), lambda: p.match('a', 2**70), lambda: re.Pattern(), lambda: p.match(), lambda: re.match('(', 'a'), lambda: re.sub('a', b'x', 'a'), lambda: p.sub(r'\q', 'a'), lambda: p.match('a').group([]), lambda: p.match('a').start('zz'), lambda: re.compile('(?i)a', re.L)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(p.sub(r'[\g<x>\2]','ab'), p.subn('','ab'), p.match('a').expand(r'\1-'), p.scanner('ab').match(), [m for m in p.finditer('abab')], p==re.compile(r'(?P<x>a)|(b)'), p!=3, p.groupindex, p.flags, p.groups, p.pattern)
print(p.sub(lambda m: m.group('x') and 'y', 'abba'), re.split(b'(x)|y', bytearray(b'axbyc')) , re.findall(b'.', memoryview(b'abc')))
print(string.Template('$a ${b} $$').substitute(a=1,b=2), string.Formatter().format('{0!r} {a.real} {b[0]}', 1, a=2, b=[3]))
del p; re.purge(); print(w())
