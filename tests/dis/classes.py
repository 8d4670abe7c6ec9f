class A: pass
class A(): 
    """Doc."""
class A(B, *c, metaclass=D, **e): x = 1
@a
@b
class A:
    class B:
        def f(self): return __class__
    def g(self): super()
    if x:
        y: int = 1
class __X:
    __a = 1
    def __b(self): __c.__d
class _: __a = 1
