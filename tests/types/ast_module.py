# Verifies ast: dump, literal_eval, visitors, transformers, unparse.
import ast
t = ast.parse("def f(a, b=1):\n    return a + b * 2\nx = [i for i in range(10) if i]\nclass C: pass\n")
print(ast.dump(t)); print(ast.dump(t, indent=2)); print(ast.dump(t, include_attributes=True)); print(ast.unparse(t))
for s in ("[1, 2, (3, 'x'), {'a': None}, {1}, -5, 1+2j, b'z', True, set()]", "  1", "foo", "1+1", "f()", "{**a}", "x ="):
    try: print(ast.literal_eval(s))
    except Exception as e: print(type(e).__name__, str(e).split(' at 0x')[0])
class V(ast.NodeVisitor):
    def visit_Name(self, n): print('name', n.id, n.lineno); self.generic_visit(n)
V().visit(t)
class T(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value * 10), n)
    def visit_ClassDef(self, n): return None
t2 = ast.fix_missing_locations(T().visit(t)); print(ast.unparse(t2)); ns = {}; exec(compile(t2, 'x', 'exec'), ns); print(ns['f'](1), ns['x'])
print([type(n).__name__ for n in ast.walk(t)]); print(ast.get_docstring(ast.parse('"""a\n  b"""')))
print(isinstance(ast.Constant(1), ast.Num), ast.Num(3).n, ast.Str('a').s, ast.Index(5)); e = ast.parse('a.b + c', mode='eval'); print(ast.get_source_segment('a.b + c', e.body.left))
for bad in (lambda: ast.dump(1), lambda: ast.Name('a', 'b', 'c'), lambda: ast.get_docstring(ast.Name('x'))):
    try: bad()
    except Exception as x: print(type(x).__name__, x)
ast.increment_lineno(e, 5); print(e.body.lineno, ast.Load() , ast.Name.__doc__) if False else print(e.body.lineno, ast.Name.__doc__, ast.Name._fields)
