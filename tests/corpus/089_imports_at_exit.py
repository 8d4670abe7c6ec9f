# A finaliser that runs when the interpreter goes down finds nothing to import any more.
class A:
    def __init__(self): self.me = self
    def __del__(self):
        print("in")
        try:
            import gc
        except BaseException as e: print(repr(e))
        try:
            from sys import path
        except BaseException as e: print(repr(e))
        try:
            import os.path
        except BaseException as e: print(repr(e))
        try: print(__import__("gc"))
        except BaseException as e: print(repr(e))
        import sys
def f(): pass
a = A(); b = A(); del b.me
