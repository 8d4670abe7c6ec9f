# Friends: two objects that keep each other alive.
#
# Jane refers to Bob and Bob to Jane. `del jane` and `del bob` take both names away, but each object is still held by the
# other: their counts stay at 1, and counting alone will never free them. They are a cyclic isolate. The collector finds
# it: gc.collect() returns 4.
#
# Why 4, and not 2? Each instance keeps its attributes in a dict of its own, and the collector counts those dicts as
# objects too: two instances and two dicts.
#
# In which order do they go? The collector finalises them in the order of its list, which is the order they were made in:
# Jane first, then Bob, in every CPython from 3.6 to 3.13. (The transcript of the article this demo comes from shows Bob
# first. Run it yourself: it is Jane.)
import gc

gc.disable()


class Person:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(f"Deleting {self.name}!")


jane = Person("Jane")
bob = Person("Bob")
jane.friend = bob
bob.friend = jane
del jane
del bob
print("Both names are gone, and nobody was deleted")
print(gc.collect())
