# Verifies struct sequences: fields that are no items, what the types say of their fields, construction, copying and pickling.
import time, sys, copy, pickle, threading
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
T = time.struct_time
for c in (T, type(sys.version_info), type(sys.float_info), type(sys.flags), threading.ExceptHookArgs):
    print(c.__name__, c.n_fields, c.n_sequence_fields, c.n_unnamed_fields, c.__match_args__)
g = time.gmtime(0)
print(len(g), g, g.tm_gmtoff, g[-1], g == tuple(g), hash(g) == hash(tuple(g)))
t(lambda: g.__reduce__()); t(lambda: g.__reduce_ex__(2))
print(copy.copy(g).tm_zone, pickle.loads(pickle.dumps(g)) == g, copy.deepcopy(g).tm_gmtoff)
for args in ((), (None,), ('123',), ('123456789',), ('123456789', None), (range(9),), (range(10),), (range(11),), (range(12),), (range(9), {'tm_zone': 'x'}), (range(10), {'tm_zone': 'x', 'tm_gmtoff': 5}), (range(9), {'no': 1}), (1, 2, 3)):
    t(lambda: T(*args)); t(lambda: (T(*args).tm_zone, T(*args).tm_gmtoff))
t(lambda: T(sequence=range(9), dict={}))
t(lambda: T('123', dict={}))
t(lambda: type(sys.version_info)((1, 2, 3, 4, 5))); t(lambda: type(sys.float_info)((1, 2, 3)))
match g:
    case T(year, mon): print(year, mon)
p = time.strptime('2020-01-01 +0500', '%Y-%m-%d %z'); print(p, p.tm_gmtoff, p.tm_zone)
p = time.strptime('2020-01-01 UTC', '%Y-%m-%d %Z'); print(p.tm_isdst, p.tm_gmtoff, p.tm_zone)
p = time.strptime('2020', '%Y'); print(p.tm_gmtoff, p.tm_zone)
