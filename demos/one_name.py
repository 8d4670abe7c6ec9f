# One name.
#
# A name is not a box that holds an object: it is a reference to one. An object lives as long as something refers to it,
# and CPython counts those references. Here `jane` is the only one, so `del jane` takes the count from 1 to 0, and the
# object is freed there and then: its finaliser, __del__, runs before the next line does.
#
# Try: step with `n` and watch the count of Person.1. Then `N` goes back, and the object is alive again.


class Person:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(f"Deleting {self.name}!")


jane = Person("Jane")
print("Before del")
del jane
print("After del")
