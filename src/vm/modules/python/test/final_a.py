"""What a module still has when it goes away with the program, shown by a finaliser; `final_b` is the same from the other side."""

import shutil

import test.final_b

x = "a"


class Last:
    def __del__(self):
        print("x =", x)
        print("final_b.x =", test.final_b.x)
        print("shutil.rmtree =", getattr(shutil.rmtree, "__name__", None))
        print("len =", getattr(len, "__name__", None))


last, _kept = Last(), Last()
