# Verifies dis and opcode: listings, instructions, stack effects, what cannot be disassembled.
import dis, opcode, io
for a in [(1,),(1,1),(100,),(300,),(2,),(100,None),(131,0),('x',), (143,), (93, 1)]:
    try: print(a, dis.stack_effect(*a))
    except Exception as e: print(a, type(e).__name__, e)
try: dis.stack_effect(93,1,jump=5)
except Exception as e: print(e)
def f(a, b=1, *c, d=2, **k):
    "doc"
    for x in a:
        try: print(x, 1.5, "s")
        except ValueError: pass
    class A:
        def g(s): return lambda: a
    return [y for y in b if y < 3]
def show(*a, **k):
    o = io.StringIO(); dis.dis(*a, file=o, **k); import re; print(re.sub('0x[0-9a-f]+', 'ADDR', o.getvalue()))
show(f); print(len(dis.code_info(f))); print(list(dis.get_instructions(f))[:3]); print(dis.Bytecode("x+1").dis()); show("a=1"); 
class K:
    def m(self): pass
    x = 3
    @staticmethod
    def s(): pass
show(K)
show(b'd\x00S\x00')
for bad in (3, None, object()):
    try: dis.dis(bad)
    except Exception as e: print(type(e).__name__, str(e).split(' at 0x')[0])
try:
    1/0
except ZeroDivisionError as e:
    print(dis.Bytecode.from_traceback(e.__traceback__).current_offset > 0)
print(list(dis.findlinestarts(f.__code__)), dis.findlabels(f.__code__.co_code))
show(f, depth=0)
async def co():
    async with a as b: pass
    return f"{x!r:>5}{y}"
show(co); print(opcode.opmap == dis.opmap, opcode.hasjrel, len(opcode.opmap), opcode.opname[200:203], opcode.hasfree)
