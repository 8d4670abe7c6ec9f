# Verifies _ast: the classes of nodes, trees as objects, and what compile() says of wrong trees.
import _ast
for k,v in sorted(vars(_ast).items()):
    if isinstance(v,type) and hasattr(v,'_fields'): print(k,v.__bases__,v._fields,v._attributes,repr(v.__doc__),v.__module__,v.__match_args__, sorted(a for a in vars(v) if a not in('__dict__','__weakref__', '_attributes','__doc__', '__getattribute__','__setattr__','__delattr__', '__new__')))
def dump(n,d=0):
    if isinstance(n,_ast.AST):
        print(' '*d+type(n).__name__, [getattr(n,a,None) for a in n._attributes])
        for f in n._fields: print(' '*d+'.'+f); dump(getattr(n,f,'MISSING'),d+1)
    elif isinstance(n,list):
        for x in n: dump(x,d)
    else: print(' '*d+repr(n))
src = '''
import os, sys as s
from . import x as y
from a.b import *
@dec
def f(a, /, b: int = 1, *args, c, d=2, **kw) -> str:
    "doc"
    global gg
    x: int = 3; (y): str
    del a[0], b.c
    for i, j in z: pass
    else: pass
    while 1: continue
    with a as b, c: pass
    try: raise E from F
    except (A, B) as e: return
    except: pass
    else: pass
    finally: pass
    assert x, y
    x += 1; x @= 2
    lambda *, q=1: (yield q)
    return f"a{b!r:>{w}}c" "d", u"x", b"y", 1_0, 2.5, 3j, ..., None, True
class C(B, metaclass=M, *z, **k):
    async def g(self):
        async with a as b: await c
        async for i in x: yield
        yield [i async for i in y if j if k]
match x:
    case 1 | 2 | -3 if y: pass
    case [a, *_, b]: pass
    case {"k": v, **r}: pass
    case P(1, q=2) as z: pass
    case None | True: pass
    case a.b: pass
    case _: pass
x = a if b else c, not d, -e, ~f, a and b or c, a < b <= c is not d not in e, {1: 2, **z}, {1, 2}, {a: b for a in c}, {a for a in c}, (a for a in c)
a[1:2, ::3, ...] = *b, c
print((y := 5), *a, **b)
nonlocal_ = 1
'''
t = compile(src, 'x', 'exec', _ast.PyCF_ONLY_AST)
dump(t)
c = compile(t, 'x', 'exec'); c2 = compile(src, 'x', 'exec')
print(c.co_code == c2.co_code, c.co_consts == c2.co_consts, c.co_lnotab==c2.co_lnotab)
dump(compile('1+x', 'x', 'eval', 1024)); dump(compile('1+x', 'x', 'single', 1024))
print(eval(compile(compile('1+2', 'x', 'eval', 1024), 'y', 'eval')))
for f in (lambda:_ast.Name(1,2,3),lambda:_ast.Name('a','b',id=1),lambda:_ast.Name('x').ctx,lambda:_ast.Name(foo=1).foo,lambda:_ast.Name(id='a',ctx=1).__reduce__(), lambda: compile(_ast.Name(),'a','eval'), lambda: compile(_ast.Expression(_ast.Name()),'a','eval'), lambda: compile(_ast.Expression(_ast.Name('x',_ast.Load())),'a','eval'), lambda: compile(_ast.Expression(_ast.Name('x',_ast.Load(),lineno=1,col_offset=1)),'a','exec'), lambda: compile(_ast.Module([1],[]),'a','exec'), lambda: compile(_ast.Module([]),'a','exec'),lambda: compile(_ast.Module(1,[]),'a','exec'), lambda: compile(_ast.Expression(_ast.Name(1,_ast.Load(),lineno=1,col_offset=1)),'a','eval'),lambda: compile(_ast.Expression(_ast.Constant([],lineno=1,col_offset=1)),'a','eval'),lambda: compile(_ast.Expression(_ast.BinOp(lineno=1,col_offset=1)),'a','eval'),lambda: compile(_ast.Expression(_ast.BinOp(_ast.Constant(1,lineno=1,col_offset=1),1,_ast.Constant(1,lineno=1,col_offset=1),lineno=1,col_offset=1)),'a','eval'),lambda: compile(_ast.Expression(_ast.Name('x',_ast.Store(),lineno=1,col_offset=1)),'a','eval'),lambda: compile(_ast.Expression(_ast.Name('None',_ast.Load(),lineno=1,col_offset=1)),'a','eval'), lambda:compile('x y','f','exec',1024), lambda:compile(compile('return 1','f','exec',1024),'f','exec')):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
