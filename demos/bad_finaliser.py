# A bad finaliser: it brings its object back.
#
# __del__ may do anything, even store `self` in a global name. Then the object is reachable again and must not be freed:
# it is resurrected. CPython notices: the first gc.collect() returns 0, because all that it had found is alive again.
# But a finaliser runs once in an object's life. When the pair is dropped again the collector frees both at once, without
# asking them: the second gc.collect() returns 4, and nothing is printed before it.
import gc

gc.disable()


class Person:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        global person
        print(f"Deleting {self.name}!")
        person = self


jane = Person("Jane")
bob = Person("Bob")
jane.friend = bob
bob.friend = jane
del jane
del bob
print(gc.collect())
print("Back again:", person.name, "and", person.friend.name)
del person
print(gc.collect())
