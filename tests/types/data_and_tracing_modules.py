# modules that write data, follow programs, or ask the system: a little of each
import marshal, uu, quopri, bdb, trace, getpass, faulthandler, tracemalloc, sysconfig, io, sys, codecs
vals=[None,True,...,StopIteration,0,-1,2**31,-10**40,1.5,1+2j,b'abc','é','a b'*100,(1,2),tuple(range(300)),[1,[2,3]],{'a':1,2:(3,)},bytearray(b'xy'),frozenset([1])]
for v in vals: print(marshal.dumps(v,4)[:60], marshal.loads(marshal.dumps(v))==v, marshal.dumps(v,1)[:30])
for bad in [b'',b'i',b'Q',b'r\0\0\0\0',b'[\1\0\0\0\x30',b'z\5ab']:
    try: print(marshal.loads(bad))
    except Exception as e: print(type(e).__name__, e)
try: marshal.dumps(object())
except ValueError as e: print(e)
f=io.BytesIO(); uu.encode(io.BytesIO(b'hello'*20),f,'n',0o644); print(f.getvalue()); g=io.BytesIO(); f.seek(0); uu.decode(f,g); print(g.getvalue()==b'hello'*20)
print(quopri.encodestring(b'a=b\xe9 \n'), quopri.decodestring(b'a=3Db=E9=20\n'))
print(codecs.encode(b'xyz'*30,'uu'), codecs.decode(codecs.encode(b'a=\xff','quopri'),'quopri'), codecs.encode(b'aaaa','zlib'))
class D(bdb.Bdb):
    def user_line(self, frame): print('line', frame.f_lineno, frame.f_code.co_name)
    def user_return(self, frame, v): print('return', v)
    def user_call(self, frame, a): print('call', frame.f_code.co_name)
def g(x):
    y = x + 1
    return y
D().runcall(g, 3)
t=trace.Trace(count=1,trace=0); t.runfunc(g, 4); print(sorted(l for (f,l),n in t.results().counts.items()))
t=trace.Trace(count=0,trace=0,countfuncs=1); t.runfunc(g,1); print([k[2] for k in t.results().calledfuncs])
print(sysconfig.get_python_version(), sysconfig.get_platform(), sorted(sysconfig.get_path_names()), sysconfig.get_scheme_names())
print(faulthandler.is_enabled(), tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
print(bdb.Breakpoint('f',3).bpformat())
