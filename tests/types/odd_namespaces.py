# Names looked up where globals, builtins or keys are not what they usually are.
import builtins


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


code = compile("print('Hello World!')", "", "exec")
t(lambda: exec(code, {"__builtins__": {}}))
t(lambda: exec(code, {"__builtins__": 123}))
t(lambda: exec("class A: pass", {"__builtins__": {}}))
t(lambda: exec("class A: pass", {"__builtins__": 123}))
t(lambda: exec("def f(): return len\nf()", {"__builtins__": 123}))
t(lambda: exec("def f(): return len\nf()", {"__builtins__": []}))


class Frozen(dict):
    def __setitem__(self, k, v):
        raise ZeroDivisionError(f"{k} cannot be set")


t(lambda: exec("__builtins__['sg']=2; print(sg)", {"__builtins__": Frozen(builtins.__dict__)}))
t(lambda: exec("x=1", Frozen()))
t(lambda: exec("global x\nx=1", Frozen()))
t(lambda: exec("global x\ndel x", Frozen(x=1)))
t(lambda: exec("def f():\n global x\n x=1\nf()", Frozen(x=1)))


class Giving(dict):
    def __getitem__(self, k):
        return "got " + k

    def __missing__(self, k):
        return "missing " + k


t(lambda: eval("abc", Giving()))
t(lambda: eval("abc", {}, Giving()))
t(lambda: eval("(lambda: abc)()", Giving()))
t(lambda: eval("abc", {"__builtins__": Giving()}))
t(lambda: eval("(lambda: abc)()", {"__builtins__": Giving()}))


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        print("compared with", other)
        return other == self.name


t(lambda: eval("abc", {Key("abc"): 5}))
t(lambda: eval("(lambda: abc)()", {Key("abc"): 6}))
t(lambda: eval("abc", {"__builtins__": {Key("abc"): 7}}))


# str's subclasses as names
class S(str):
    pass


class F:
    x = 1

    def m(self):
        return "m"


f = F()
f.y = 2
for name in "y", "x", "m", "q":
    t(lambda: callable(getattr(f, S(name))))
t(lambda: getattr("abc", S("upper"))())
t(lambda: getattr(F, S("x")))
t(lambda: hasattr(f, S("y")))
t(lambda: f.__dict__[S("y")])
setattr(f, S("z"), 3)
t(lambda: [f.z, [type(k).__name__ for k in f.__dict__]])
setattr(f, S("y"), 4)
t(lambda: f.y)
setattr(F, S("w"), 4)
t(lambda: [F.w, f.w, {type(k).__name__ for k in F.__dict__}])
delattr(f, S("y"))
t(lambda: f.y)
delattr(F, S("w"))
t(lambda: F.w)
t(lambda: type("X", (), {S("k"): 5}).k)


# dir() asks __dict__, __class__ and __bases__
class Poser:
    @property
    def __class__(self):
        return int

    @property
    def __dict__(self):
        return {"q": 1}


class Slotted:
    __slots__ = ["__class__", "__dict__"]

    def __init__(self):
        self.bar = 1


class Bad:
    @property
    def __dict__(self):
        raise ZeroDivisionError("no names")


class Odd:
    __dict__ = 7


t(lambda: [n for n in dir(Poser()) if n in ("q", "bit_length", "m")])
t(lambda: dir(Slotted()))
t(lambda: dir(Bad()))
t(lambda: dir(Odd())[:3])
