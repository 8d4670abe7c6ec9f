# Zeros without their exponents, and powers of which a context has no room for anything: what rounding leaves, and the flags.
from decimal import *
for e in (-30, -10, 5, 30):
    for emin, prec, clamp in ((-5, 9, 1), (-5, 28, 1), (-99, 3, 0), (-99, 9, 1)):
        c = Context(prec=prec, Emin=emin, Emax=5, clamp=clamp, traps=[])
        for op in ('normalize', 'plus', 'to_integral_exact', 'sqrt', 'create_decimal'):
            c.clear_flags()
            print(op, e, emin, prec, clamp, getattr(c, op)(Decimal(f'-0E{e}')), [k.__name__ for k, v in c.flags.items() if v])
for rounding in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_05UP):
    for a, b in (('72.82', '-47.16'), ('0.0007476205924', '35.64'), ('7', '-123.5'), ('7', '123.5')):
        c = Context(prec=12, Emin=-50, Emax=50, clamp=1, rounding=rounding, traps=[])
        print(rounding, a, b, c.power(Decimal(a), Decimal(b)), [k.__name__ for k, v in c.flags.items() if v])
for spec in ('00', '-00.0', '005', '>05', '05', '0', '-0', '00,', '0,', '010,.2f', '*^010.3e', '5.00f', '00f'):
    try: print(spec, [format(Decimal(x), spec) for x in ('1.5', '-7E12', 'NaN')])
    except ValueError as e: print(spec, e)
