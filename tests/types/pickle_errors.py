# Verifies what malformed pickles, wrong reductions and wrong arguments of pickle raise.
import pickle,_pickle
def t(data,**k):
    try: print(repr(pickle.loads(data,**k)))
    except BaseException as e: print(data, type(e).__module__, type(e).__qualname__, e)
for d in [b'', b'I', b'.', b'(.', b'a.', b'e.', b'\xff', b'~', b"'", b'h\x05.', b'g5\n.', b'gx\n.', b'p-1\n.', b'Np-1\n.', b'Ix\n.', b'I01\n.',b'I00\n.', b'Lx\n.', b'Fx\n.', b'Sabc\n.', b"S'abc\n.", b'S"abc"\n.', b'\x80\x06.', b'\x93.', b'NN\x93.', b'\x97.', b'\x98.', b'N\x98.', b'NNR.', b'N)R.', b'N)\x81.', b'cbuiltins\nint\nN\x81.', b'cbuiltins\nlen\n)\x81.', b'cbuiltins\nint\n)}\x92.', b'cbuiltins\nint\nN}\x92.', b'cbuiltins\nint\n)N\x92.', b'cbuiltins\nlen\n)}\x92.', b'cbuiltins\nnope\n.', b'cnope\nnope\n.', b'\x82\x00.', b'\x82\x05.', b'NNb.',b'cbuiltins\nobject\n)\x81K\x01b.', b'cbuiltins\nobject\n)\x81}b.', b'cbuiltins\nobject\n)\x81}K\x01\x86b.', b'(NNNu.', b'}(NNNu.', b'](Ne.', b'N(Ne.', b'N(NNu.', b'N(N\x90.', b'Na.', b'NNa.',b'NNNs.', b'Pabc\n.', b'Q.', b'NQ.', b'\x8a\xff', b'\x8b\xff\xff\xff\xff', b'B\xff\xff\xff\xff', b'\x95\xff\xff\xff\xff\xff\xff\xff\xff', b'\x95\x05\0\0\0\0\0\0\0N.', b'T\xff\xff\xff\xff', b'X\x05\0\0\0ab', b'X\x01\0\0\0\xff.', b'U\x01\xff.', b'ibuiltins\nint\n.', b'(ibuiltins\nint\n.', b'(cbuiltins\nint\no.', b'(o.', b'cbuiltins\nint', b'\x96\xff\xff\xff\xff\xff\xff\xff\xff', b'\x8e\xff\xff\xff\xff\xff\xff\xff\xff', b'0.', b'1.', b'N1.', b'2.', b'\x85.', b'N\x86.', b'N(\x86.', b'(d.', b'(Nd.', b'(l.', b'\x94.', b'q', b'q\x00', b'(q\x00.', b'V\\u12\n.', b'Pab\xff\n.', b'\x8a\x00.', b'\x8a\x02\xff\xff.', b'G\0\0', b'L5L\n.', b'L0x10L\n.', b'L010L\n.', b'I0x10\n.', b'I 10\n.', b'I99999999999999999999\n.', b'F 1.5\n.', b'F1.5x\n.', b'Snope\xff\n', b'(\x91.', b'r\xff\xff\xff\xff.', b'NN.', b'((((N.',b'\x8c\x02a',b'N\x81.', b'I\n.', b'L\n.', b'g\n.',b'p\n.']:
    t(d)
for bad in [None, 5, object()]:
    for f in (pickle.loads, lambda b: pickle.load(b), lambda b: pickle.dump(1,b), pickle.Unpickler, pickle.Pickler):
        try: print(f(bad))
        except BaseException as e: print(type(e), e)
def d(o, *a, **k):
    try: print(pickle.dumps(o, *a, **k))
    except BaseException as e: print(type(e).__module__, type(e).__qualname__, e)
def f():
    def g(): pass
    class L: pass
    return g, L
g,L=f()
class R:
    def __init__(s,v): s.v=v
    def __reduce__(s): return s.v
class N2:
    def __reduce_ex__(s,p): raise ValueError(p)
import copyreg
for v in [5,(),(1,),(1,2),(int,2),(int,()), (int,(),1,2,3,4,5), (int,(),None,5),(int,(),None,None,5),(int,(),None,None,None,5), 'nope', 'a.b', (int,(),None,iter([])),(list,(),None,iter([1])),(dict,(),None,None,iter([1])),(dict,(),None,None,iter([(1,2)])),(copyreg.__newobj__,()),(copyreg.__newobj__,(1,)),(copyreg.__newobj__,(int,)),(copyreg.__newobj_ex__,()),(copyreg.__newobj_ex__,(1,2,3)),(copyreg.__newobj_ex__,(int,2,3)),(copyreg.__newobj_ex__,(int,(),3))]:
    print(len(v) if isinstance(v, tuple) else v)
    try: print(pickle.dumps(R(v)))
    except BaseException as e: print(type(e).__module__, type(e).__qualname__, str(e).split(' at 0x')[0])
for o in [lambda:1, (x for x in ''), len.__call__, type(len)]:
    try: print(pickle.dumps(o))
    except BaseException as e: print(type(e).__module__, type(e).__qualname__, str(e).split(' at 0x')[0])
import sys
for o in [g,L,L(),sys,N2(),5,int.__add__, [].append, type(None), ..., type(...), NotImplemented, dict.fromkeys, str.join, print]:
    try: print(pickle.dumps(o))
    except BaseException as e: print(type(e).__module__, type(e).__qualname__, str(e).split(' at 0x')[0])
d(1,6); d(1,-1); d(1,None); d(1,'x'); d(1,2,buffer_callback=print); d(1,2,3,4); d()if 0 else None
d(pickle.PickleBuffer(b'ab'),4); d(pickle.PickleBuffer(b'ab'),5); d(pickle.PickleBuffer(bytearray(b'ab')),5);d(pickle.PickleBuffer(b'ab'),5,buffer_callback=lambda b:None)
class P(pickle.Pickler):
    def __init__(s): pass
try: P().dump(1)
except BaseException as e: print(type(e),e)
class P(pickle.Unpickler):
    def __init__(s): pass
try: P().load()
except BaseException as e: print(type(e),e)
class F:
    def write(s,b): pass
    def read(s,n): pass
    def readline(s): pass
p=pickle.Pickler(F())
for a in 'bin fast memo persistent_id reducer_override'.split():
    try: print(a,str(getattr(p,a)).split(' at ')[0])
    except BaseException as e: print(type(e),e)
p.fast=1; x=[]; x.append(x)
try: p.dump(x)
except BaseException as e: print(type(e),str(e).split(' at ')[0])
print([n for n in vars(_pickle.PickleBuffer)]); print(pickle.PickleBuffer, repr(_pickle.Pickler))
print(type(_pickle.Pickler(F()).memo), type(_pickle.Unpickler(F()).memo))
try: pickle.Unpickler(F(),5)
except BaseException as e: print(type(e),e)
try: pickle.dumps()
except BaseException as e: print(type(e),e)
try: pickle.loads()
except BaseException as e: print(type(e),e)
try: pickle.loads(b'N.',x=1)
except BaseException as e: print(type(e),e)
try: pickle.loads(b'N.',encoding=5)
except BaseException as e: print(type(e),e)
try: pickle.loads(b'N.',buffers=5)
except BaseException as e: print(type(e),e)
