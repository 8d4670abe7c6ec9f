# Verifies the limits of decimal's formats, and exact results where the precision is too large to be filled.
from decimal import *
import decimal
for spec in ["=9223372036854775807.1","=99999999999999999999.1", ".9999999999999999999999", ".999999999999999999", ".1000000000000000000000e", "1000000000000000000","=999999999999999999.1", ".1000000000000000000f", ".10000000000000000000000g"]:
    try: print(spec, len(format(Decimal("1.23456789"), spec)))
    except Exception as e: print(spec, type(e).__name__, e)
for x, s in [(Decimal("1e1000000000000"), 'f'), (Decimal("1e-100000000000000000"), 'f'), (Decimal("1e999999999999999999"),'f'), (Decimal("1e99999999999999999"),'%')]:
    try: print(s, len(format(x, s)))
    except Exception as e: print(s, type(e).__name__, e)
for ov in [{'decimal_point':',','grouping':'\xff\xff\0','thousands_sep':','},{'decimal_point':',','grouping':'\x7f\0','thousands_sep':','},{'decimal_point':'xxxxx','grouping':'\3\3\0','thousands_sep':','},{'decimal_point':'.','grouping':'\3\3\0','thousands_sep':'yyyyy'},{'decimal_point':'.','grouping':'\x80\0','thousands_sep':'y'}]:
  for f in 'gn':
    try: print(Decimal(12345).__format__(f, ov))
    except Exception as e: print(type(e).__name__, e)
D=Decimal
with localcontext(Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)):
    for e in ["D(0).exp()","D(1).ln()","D(1).log10()","D(10**2).log10()","D(10**223).log10()","D(10**19).logb()","D(4).sqrt()","D('40E9').sqrt()","divmod(D(10),3)","D(10)//3","D(4)/2","D(400)**-1","D(1)/3", "D(2).sqrt()","D(1)/8","D(7)*3"]:
        try: print(e, eval(e))
        except BaseException as x: print(e, type(x).__name__, x)
