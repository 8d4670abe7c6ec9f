# What does an object refer to?
#
# gc.get_referents asks each object for the references it owns: exactly what the collector follows, and what the graph
# draws. An instance names its dict and its class. A dict names its values; its keys too, unless all of them are strings,
# which refer to nothing and so are not worth a look. A list names its items (CPython hands them over last to first).
# A number or a text owns nothing.
import gc


class Person:
    def __init__(self, name):
        self.name = name


jane = Person("Jane")
bob = Person("Bob")
jane.friend = bob

print(gc.get_referents(jane) == [jane.__dict__, Person])
print(gc.get_referents(jane.__dict__) == ["Jane", bob])
print(gc.get_referents({"key": "value"}), gc.get_referents({1: "value"}))
print(gc.get_referents([1, "two", jane])[1:])
print(gc.get_referents(1), gc.get_referents("text"))

print("bob is referred to by", len(gc.get_referrers(bob)), "objects: the module's names, and Jane's dict")
