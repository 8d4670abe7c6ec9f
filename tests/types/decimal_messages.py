# Verifies decimal's messages, its contexts and what it shows.
from decimal import *
import decimal
c=Context()
def t(s):
    try: print(s,'->',repr(eval(s,globals())))
    except BaseException as e: print(s,'->',type(e).__name__,e, getattr(e,'args',None))
def x(s):
    try: exec(s,globals()); print(s,'ok',c)
    except BaseException as e: print(s,'->',type(e).__name__,repr(str(e)))
for s in '''c.prec=0|c.prec='a'|c.prec=1.5|c.prec=10**30|c.Emin=1|c.Emax=-1|c.Emin='a'|c.rounding='x'|c.rounding=1|c.capitals=2|c.capitals='a'|c.clamp=5|c.clamp=-1|del c.prec|c.foo=1|c.flags=1|c.flags={}|c.flags={Inexact:True}|c.traps=[Inexact]|c.traps=[1]|c.traps={1:True}|c.flags[Inexact]=1|c.flags[1]=1|c.flags['a']|del c.flags[Inexact]|c.flags[Inexact]|c.flags=Context().flags|c.prec=5|del c.flags'''.split('|'): x(s)
for s in '''Context(prec=0)|Context(1,2,3)|Context(prec=5,rounding=ROUND_UP,Emin=-5,Emax=5,capitals=0,clamp=1,flags=[Inexact],traps=[Overflow])|Context(flags=[1])|Context(flags={Inexact:1})|Context(foo=1)|Context(traps=1)|Context(flags=None,traps=None)|setcontext(1)|localcontext(1)|getcontext(1)
Decimal('abc')|Decimal('1e99999999999999999999')|Decimal('1e1000000000000000000')|Decimal('')|Decimal(' 1_0.5_0e+3 ')|Decimal('1_')|Decimal('nan123')|Decimal('sNaN')|Decimal('-inf')|Decimal('InFiniTY')|Decimal('NaN0012')|Decimal((0,(1,2,3),-2))|Decimal((2,(1,),0))|Decimal((0,(10,),0))|Decimal((0,1,0))|Decimal((0,(1,),'x'))|Decimal((0,(),'n'))|Decimal((1,(5,6),'N'))|Decimal((0,(0,),'F'))|Decimal((0,(1,),1.0))|Decimal((0,(1,)))|Decimal([0,[1,2],3])|Decimal(1.1)|Decimal(True)|Decimal(None)|Decimal(1j)|Decimal(b'1')|Decimal()|Decimal(value='1')|Decimal('1',None)|Decimal('1',1)|Decimal(1,2,3)|Decimal(float('nan'))|Decimal(float('-inf'))|Decimal('٣.٤')|Decimal((0,(0,0,1),2))|Decimal((0,(),1))|Decimal((True,(1,),0))|Decimal((0,('1',),0))|Decimal((1.0,(1,),0))|Decimal('1.')|Decimal('.5')|Decimal('.')|Decimal('1e')|Decimal('1e+')|Decimal('+-1')|Decimal('\\u00a05\\u2003')|Decimal('1 2')|Decimal('0x1')|Decimal('1\\x00')|Decimal((0,(1,),10**20))|Decimal((0,(1,),10**18-1))|Decimal('1\u00a02')
Decimal(1)/0|Decimal(0)/0|Decimal(1)//0|Decimal(1)%0|divmod(Decimal(1),0)|Decimal(0)%0|Decimal(0)//0|Decimal('inf')%1|Decimal('inf')-Decimal('inf')|Decimal('inf')*0|Decimal(10)**40//1|Decimal('1e50')//1|Decimal('1e50')%3|Decimal(0)**0|Decimal(0)**-1|Decimal(-8)**Decimal('.5')|Decimal(2)**Decimal('.5')|Decimal(2)**-2|pow(Decimal(2),3,5)|pow(Decimal(2),-3,5)|pow(Decimal(2),3,0)|pow(2,Decimal(3),5)|pow(Decimal('2.5'),3,5)|Decimal(2)**1000000000|Decimal(1)+1.5|1.5+Decimal(1)|Decimal(1)+'a'|Decimal(1)<'a'|Decimal(1)==1.0|Decimal(1)<1.5|Decimal('nan')<1|Decimal('nan')==1|Decimal('snan')==1|Decimal('snan')<1|hash(Decimal('snan'))|hash(Decimal('inf'))|hash(Decimal('1.5'))==hash(1.5)|int(Decimal('nan'))|int(Decimal('inf'))|float(Decimal('snan'))|float(Decimal('nan'))|round(Decimal('nan'))|round(Decimal('inf'))|round(Decimal('2.5'))|round(Decimal('2.675'),2)|round(Decimal('2.5'),'a')|round(Decimal(1),10**30)|Decimal('1.5').as_integer_ratio()|Decimal('nan').as_integer_ratio()|Decimal('inf').as_integer_ratio()|Decimal(-1).sqrt()|Decimal(-1).ln()|Decimal(0).ln()|Decimal(0).log10()|Decimal(0).logb()|Decimal('inf').logb()|Decimal(1000).exp()|Decimal(100000000).exp()|Decimal('-1e20').exp()
format(Decimal('1.5'),'x')|format(Decimal('1.5'),'.2f')|format(Decimal('1234567.891'),',')|format(Decimal('1.5'),1)|format(Decimal('1234.5'),'010,.1f')|format(Decimal('nan'),'010')|format(Decimal('-inf'),'>+10')|format(Decimal('1.5'),'*^10')|format(Decimal('0.000001'),'%')|format(Decimal('1e10'),'f')|format(Decimal('0e10'),'f')|format(Decimal('0e10'),'.2e')|format(Decimal('1e-10'),'g')|format(Decimal('123.456'),'.2')|format(Decimal('123.456'),'n')|format(Decimal(5),'_')|format(Decimal(5),'é>5')|format(Decimal(5),'0<5')|format(Decimal(5),'=+5')|format(Decimal('5'),'\\x00>5')
Decimal(1).quantize(Decimal('1e-30'))|Decimal(1).quantize(1)|Decimal(1).quantize('a')|Decimal(1).quantize(Decimal('0.1'),rounding='x')|Decimal(1).quantize(Decimal('0.1'),rounding=1)|Decimal('1.25').quantize(Decimal('.1'),ROUND_UP)|Decimal(1).quantize(Decimal('inf'))|Decimal('inf').quantize(Decimal('inf'))|Decimal(1).exp(1)|Decimal(1).exp(context=None)|Decimal(1).compare()|Decimal(1).compare(1,2,3)|Decimal(1).compare('a')|Decimal(1).scaleb(1000000000)|Decimal(1).scaleb(Decimal('1.5'))|Decimal(1).shift(100)|Decimal(123).shift(2)|Decimal(123).rotate(1)|Decimal(12).logical_and(1)|Decimal(2).logical_invert()|Decimal(101).logical_or(11)|Decimal(1).same_quantum(2.5)|Decimal(1).copy_sign(1.5)|Decimal(1).to_integral_value(rounding='x')|Decimal('1.5').to_integral_exact(ROUND_UP)|Decimal(1).number_class()|Decimal('1e-1000000').number_class()|Decimal(1).next_plus()|Decimal(1).next_toward(2)|Decimal(1).foo
Decimal.from_float(1.1)|Decimal.from_float(5)|Decimal.from_float('a')|Decimal(1).__reduce__()|Decimal('1.50').as_tuple()|Decimal('snan12').as_tuple()|Decimal('-inf').as_tuple()|Decimal(5).__complex__()|complex(Decimal('1.5'))|Decimal(1).real|Decimal(1).imag|Decimal(1).__sizeof__()|c.copy()|c.__reduce__()|c.create_decimal('1.23456789')|c.create_decimal('1 ')|c.create_decimal('1_0')|c.create_decimal(1.5)|c.create_decimal_from_float(1)|c.Etiny()|c.Etop()|c.radix()|c.add(1,2)|c.add(1,2.5)|c.add(1)|c.power(2,3)|c.power(2,3,5)|c.power(a=2,b=3,modulo=5)|c.power(2)|c.divmod(7,2)|c.abs(-1)|c.to_sci_string(1)|c.to_eng_string('1')|c.is_nan(1)|c.is_nan('a')|c.quantize(1,2)|c.number_class(1)|c.apply(1)|c._apply(1)|c.copy_decimal(1)|c.copy_decimal('a')|c.canonical(1)|c.canonical(Decimal(1))|c.is_canonical(Decimal(1))|c.same_quantum(1,2)|c.divide_int(7,2)|c.remainder_near(7,2)|c.fma(1,2,3)|c.fma(1,2)|c.exp(1)|c.clear_flags()|c.clear_traps()|c.create_decimal()'''.replace('\n','|').split('|'): t(s)
print(DefaultContext, BasicContext, ExtendedContext, Context())
print(Context().flags, type(Context().flags), type(Context().flags).__mro__)
for n in dir(decimal):
    o=getattr(decimal,n)
    if isinstance(o,type): print(n,o.__mro__,o.__module__)
    elif isinstance(o,(int,str)) and n[0]!='_': print(n,repr(o)[:60])
with localcontext() as ctx:
    ctx.prec=5
    print(Decimal(1)/3, ctx)
    with localcontext(ExtendedContext): print(Decimal(1)/0, getcontext())
print(Decimal(1)/3, getcontext())
print(Context().flags==Context().traps, Context().flags==dict(Context().flags), list(Context().flags), len(Context().flags))
from fractions import Fraction
print(Decimal('.5')==Fraction(1,2), Decimal('.5')<Fraction(2,3), Fraction(Decimal('1.1')), hash(Decimal('.5'))==hash(Fraction(1,2)), Decimal(1)==1+0j, Decimal(10)**30==10**30)
print(sum([Decimal('.1')]*10), sorted([Decimal(3),1,2.5]), max(Decimal(1),2), [str(Decimal(10)**k) for k in (-8,-7,-6,0,5)])
class D(Decimal):
    def __new__(cls,v): return super().__new__(cls,v)
d=D('1.5'); d.x=1
print(d+1, type(d+1), repr(d), D.from_float(1.5), type(D.from_float(1.5)), d.x, Decimal(d), type(Decimal(d)))
import copy
print(copy.copy(d) is d, copy.deepcopy(Decimal(1)))
print(str(Decimal('1E+5')), Decimal('123456789').to_eng_string(), Decimal('1.23E+12').to_eng_string(), '%s %d %f'%(Decimal(1),Decimal('1.7'),Decimal(2)))
print(isinstance(Decimal(1), __import__('numbers').Number), isinstance(Decimal(1), __import__('numbers').Real), round(Decimal('1.005'),2), int(Decimal('-1.9')), float(Decimal('1.1')), bool(Decimal('0.0')), -Decimal(0), +Decimal('-0'), abs(Decimal('-5')))
