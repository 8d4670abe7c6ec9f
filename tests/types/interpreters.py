# Other interpreters: their command line, environment, hashes, output and status; and modules that await.
import asyncio, ast, os, sys, tempfile, types
from test.support.script_helper import assert_python_failure, assert_python_ok, kill_python, make_script, spawn_python

print(assert_python_ok("-c", "import sys; print(sys.argv, hash('abc')); print(1, file=sys.stderr)", "a", "b", PYTHONHASHSEED="0"))
for seed in "42", "1", "4294967295":
    code = "print(hash('abc'), hash(b'abc'), hash('\u1234'), {'a', 'b', 'c'}, hash(1.5))"
    print(assert_python_ok("-c", code, PYTHONHASHSEED=seed).out)
one = assert_python_ok("-c", "print(hash('abc'))")
print(one.out != assert_python_ok("-c", "print(hash('abc'))").out)
print(assert_python_failure("-c", "1/0"))
print(assert_python_failure("-c", "1 +"))
print(assert_python_failure("-c", "import sys; sys.exit(3)").rc)
print(assert_python_failure("-c", "import sys; sys.exit('why')"))
try:
    assert_python_ok("-c", "1/0")
except AssertionError as e:
    print(str(e).splitlines()[0])
p = spawn_python("-c", "print(input())")
p.stdin.write(b"hello\n")
print(kill_python(p), p.wait())
code = "import os; print(os.environ.get('X'), __name__, '__file__' in globals())"
print(assert_python_ok("-c", code, X="y").out)
print(assert_python_ok("-c", "class A:\n  def __del__(self): print('del')\na = A()\nimport atexit\natexit.register(print, 'exit')").out)
with tempfile.TemporaryDirectory() as folder:
    make_script(folder, "helped", "class C:\n  def __del__(self): print('dead')\nl = [C()]\nl.append(l)\nprint(__name__)\n")
    sys.path.insert(0, folder)
    print(assert_python_ok("-c", f"import sys; sys.path.insert(0, {folder!r}); import helped").out)
    import helped
    script = make_script(folder, "main", "import sys; print(__name__, sys.argv[1:])\nimport helped\n")
    print(assert_python_ok(script, "x", "y", X="1").out)
    del sys.path[0]

# Modules that await
LET = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


async def items(n):
    for i in range(n):
        yield i


class Manager:
    async def __aenter__(self):
        return "inside"

    async def __aexit__(self, *args):
        print("left")


for source in (
    "a = await asyncio.sleep(0, result=1)", "async for i in items(3):\n    a = i", "async with Manager() as a:\n    pass",
    "a = [x async for x in items(2)]", "a = {x: 1 async for x in items(2)}", "a = [await asyncio.sleep(0, x) for x in range(2)]",
    "a = (x async for x in items(2))", "a = 1", "a = lambda: 1", "def a():\n    yield",
):
    code = compile(source, "?", "exec", LET)
    space = {"asyncio": asyncio, "items": items, "Manager": Manager}
    print(source.split("\n")[0], bool(code.co_flags & 0x80), end=" ")
    if code.co_flags & 0x80:
        asyncio.run(eval(code, space))
        first = space.pop("a")
        asyncio.run(types.FunctionType(code, space)())
        print(first if not hasattr(first, "aclose") else type(first).__name__, "a" in space)
    else:
        exec(code, space)
        print()
for source in "def f():\n    await x", "class A:\n    await x", "lambda: (await x)", "[x async for x in y]", "await x":
    for flags in 0, LET:
        try:
            print(compile(source, "?", "exec", flags).co_flags & 0x80)
        except SyntaxError as e:
            print(e)
try:
    eval("abc", {}, None)
except NameError as e:
    print(e)
