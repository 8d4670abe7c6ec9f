# Verifies in which order the operands of an instruction that fails are let go of: left before right, in the order of the stack; those of a
# plain call from the top.
class D:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n, end='; ')
class R(D):
    def boom(s, *a): raise ValueError('boom')
    __add__ = __radd__ = __eq__ = __lt__ = __getitem__ = __setitem__ = __delitem__ = __contains__ = __setattr2__ = __iadd__ = __format__ = __iter__ = __call__ = __neg__ = __enter__ = __bool__ = __len__ = __hash__ = boom
class SA(D):
    def __setattr__(s, k, v):
        if k == 'n': object.__setattr__(s, k, v)
        else: raise ValueError
    def __delattr__(s, k): raise ValueError
def t(name, f):
    print(name, end=': ')
    try: f()
    except Exception as e: print(type(e).__name__, end=' ')
    print()
t('+', lambda: D(0) + D(1)); t('//', lambda: D(0) // D(1)); t('**', lambda: D(0) ** D(1)); t('<', lambda: D(0) < D(1)); t('R<', lambda: R(0) < D(1)); t('R==', lambda: D(0) == R(1)); t('@', lambda: D(0) @ D(1))
t('[]', lambda: D(0)[D(1)]); t('R[]', lambda: R(0)[D(1)]); t('in', lambda: D(0) in D(1)); t('R in', lambda: D(0) in R(1)); t('is', lambda: D(0) is D(1)); t('not in', lambda: D(0) not in D(1))
def s1(): D(0)[D(1)] = D(2)
def s2(): R(0)[D(1)] = D(2)
def s3(): del D(0)[D(1)]
def s4(): del R(0)[D(1)]
def s5(): SA(0).x = D(1)
def s6(): del SA(0).x
def s7():
    x = D(0); x += D(1)
def s8():
    x = R(0); x += D(1)
def s9(): a, b = D(0)
def s10(): a, b = R(0)
def s11(): [*D(0)]
def s12(): {**D(0)}
def s13(): f'{R(0):{D(1).n}}'
def s14(): D(0)(D(1), D(2), k=D(3))
def s15(): R(0)(D(1), D(2), k=D(3))
def s16(): D(0).nope(D(1))
def s17(): [D(0), D(1), D(2) + 1]
def s18(): {D(0): D(1), R(2): D(3)}
def s19(): {D(0), R(1)}
def s20(): (D(0), D(1), 1 / 0)
def s21(): print(D(0), R(1) + D(2))
def s22(): [D(0)][D(1)]
def s23(): {1: D(0)}[D(1)]
def s24(): [1, 2][0:D(1)]
def s25(): x = [D(0)]; x[D(1):D(2)] = D(3)
def s26(): raise D(0)
def s27(): raise ValueError from D(0)
def s28():
    with D(0): pass
def s29():
    for i in D(0): pass
def s30(): lambda x=D(0) + 1: 0
def s31(): assert R(0), D(1)
def s32(): R(0) and D(1)
def s33(): not R(0)
def s34(): -R(0)
def s35(): print(*[D(0)], *D(1))
def s36(): dict(**{'a': D(0)}, **D(1))
def s37(): print(**{'a': D(0)}, **{'a': D(1)})
def s38(): x, *y = D(0)
def s39(): D(0) < D(1) < D(2)
def s40(): R(0) == D(1) == D(2)
def s41(): [R(0) for _ in D(1)]
def s42(): [D(0) + 1 for _ in [D(1)]]
def s43(): sorted([D(0), D(1)])
def s44(): max(D(0), D(1))
def s45(): 'a'.join([D(0)])
def s46(): '%d' % D(0)
def s47(): int(D(0)); 
def s48(): {}[[D(0)]]
def s49(): [].append(D(0), D(1))
def s50(): setattr(SA(0), 'q', D(1))
def s51(): class_ = type('X', (D(0),), {'a': D(1)})
def s52():
    class X(D(0)): a = D(1)
def s53(): (yield_ for yield_ in D(0))
def s54(): D(0).a.b = D(1)
def s55(): [D(0)][5] = D(1)
def s56(): exec('x + y', {'x': D(0), 'y': D(1)})
def s57(): D(0) if R(1) else D(2)
def s58(): D(0)[D(1):D(2)]
def s59(): import_ = __import__('nope', D(0))
def s60(): f'{D(0)}{R(1):x}'
for i in range(1, 61): t(f's{i}', globals()[f's{i}'])


class Told(Exception):
    def __del__(self):
        print("told dies", end="; ")


def bad_cause():
    raise Told from D(0)


t("bad cause", bad_cause)
