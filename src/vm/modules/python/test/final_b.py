"""The other side of `final_a`."""

import shutil

import test.final_a

x = "b"


class Last:
    def __del__(self):
        print("x =", x)
        print("final_a.x =", test.final_a.x)
        print("shutil.rmtree =", getattr(shutil.rmtree, "__name__", None))
        print("len =", getattr(len, "__name__", None))


last, _kept = Last(), Last()
