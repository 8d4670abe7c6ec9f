# What json writes and reads, and every complaint of the decoder with its place.
import json, enum
class I(int):
    def __repr__(self): return 'I!'
class F(float):
    def __repr__(self): return 'F!'
class E(enum.IntEnum): A=1
vals=[None,True,1,-5,1.5,1e100,float('nan'),float('inf'),'a"\\\n\x00\x7fé😀\ud800',[],{}, [1,[2,{'a':(1,2)}]], {'b':1,'a':[None]}, {1:2,None:3,True:4,1.5:6,float('nan'):0}, I(3), F(2.5), E.A, {E.A:1}, 10**30, ['x'*3]]
for v in vals:
    for kw in ({}, {'indent':2}, {'indent':'\t','sort_keys':True}, {'ensure_ascii':False}, {'separators':(',',':')}, {'allow_nan':False}, {'check_circular':False}, {'indent':0}):
        try: print(ascii(json.dumps(v, **kw)))
        except Exception as e: print(sorted(kw), type(e).__name__, e)
    print(ascii(list(json.JSONEncoder().iterencode(v))))
a=[]; a.append(a)
d={}; d['x']=d
for v,kw in ((a,{}),(d,{}),(a,{'indent':1}),(d,{'indent':1}),(object(),{}),({(1,2):3},{}),({(1,2):3},{'skipkeys':True}),({b'a':1, 'b':2},{'skipkeys':True,'indent':1}),({1:2,'a':3},{'sort_keys':True}),(object(),{'default':lambda o:[1,{'o':2}]}),(set(),{'default':list}),(a,{'check_circular':False}), (1+2j, {'default': lambda o: o})):
    try: print(json.dumps(v, **kw))
    except Exception as e: print(sorted(kw), type(e).__name__, e)
docs=['', ' ', '1', '-', '-1', '01', '1.5e3', '1e', '1.', '.5', '-0', '1E400', '"a', '"\\x"', '"\\u12"', '"\\u12345"', '"\\ud83d\\ude00"', '"\\ud83d\\u0041"', '"\\ud83d"', '"\x01"', '[1,]', '[1 2]', '[', '[1', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a:1}', '{"a" 1}', '{"a":1 "b":2}', 'nul', 'null', 'true', 'NaN', 'Infinity', '-Infinity', '-Inf', '[1] 2', '\n\n [1,\n x]', '{"a":{"b":[1,2,{"c":null}]}}', '{"a":1,"a":2}', '\ufeff1', '1'*5000, '[]]', "'a'", '{"a":1,\n"b" 2}', 'tru', '[true,fals]', '"\\']
for s in docs:
    for kw in ({}, {'parse_int':str,'parse_float':repr,'parse_constant':str}, {'object_hook':lambda d:('H',d)}, {'object_pairs_hook':tuple}, {'strict':False}):
        try: print(ascii(json.loads(s, **kw)))
        except Exception as e: print(ascii(s[:20]), type(e).__name__, e, getattr(e,'pos',None), getattr(e,'lineno',None), getattr(e,'colno',None))
for s in (b'"\xc3\xa9"', '"é"'.encode('utf-16'), '"é"'.encode('utf-32-be'), '"é"'.encode('utf-16-le'), b'\xef\xbb\xbf1', b'\xff', bytearray(b'[1]'), 1, None):
    try: print(ascii(json.loads(s)))
    except Exception as e: print(type(e).__name__, e)
dec=json.JSONDecoder()
for a in (('[1] x',), ('x',), ('a [1]',2), ('1',-1), (1,)):
    try: print(dec.raw_decode(*a))
    except Exception as e: print(type(e).__name__, e)
x=json.loads('[{"key":1},{"key":2}]'); print(list(x[0])[0] is list(x[1])[0])
print(json.decoder.scanstring('abc"def',0), json.encoder.encode_basestring_ascii('é'))
for f in (lambda: json.decoder.scanstring('abc',9), lambda: json.encoder.encode_basestring(1), lambda: json.dumps('['*3), lambda: json.loads('['*100000), lambda: json.dumps(1, indent=2, cls=None, foo=1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Enc(json.JSONEncoder):
    def default(self, o): return json.JSONEncoder.default(self,o) if isinstance(o, bytes) else str(o)
print(json.dumps([1j, {2:3j}], cls=Enc))
try: print(json.dumps([b''], cls=Enc))
except TypeError as e: print(e)
class W:
    def __init__(s): s.t=[]
    def write(s,x): s.t.append(x)
w=W(); json.dump({'a':[1,2],'b':{}}, w, indent=1); print(w.t)
w=W(); json.dump({'a':[1,2.5],'b':{}}, w); print(w.t)
