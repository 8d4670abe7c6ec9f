# Which objects does the collector watch?
#
# Only those that could be part of a cycle: containers. A number or a string refers to nothing, so it can never close a
# circle, and watching it would be a waste. CPython goes further: a dict is watched only from the moment something
# watched is put into it, and a tuple of plain values stops being watched when a collection has looked at it.
import gc


class Person:
    pass


print("int      ", gc.is_tracked(1))
print("str      ", gc.is_tracked("a"))
print("list     ", gc.is_tracked([]))
print("instance ", gc.is_tracked(Person()))
print("function ", gc.is_tracked(lambda: None))

empty = {}
plain = {"a": 1}
holds_list = {"a": []}
print("{}       ", gc.is_tracked(empty))
print("{'a': 1} ", gc.is_tracked(plain))
print("{'a': []}", gc.is_tracked(holds_list))
plain["b"] = []
print("…['b']=[]", gc.is_tracked(plain))

pair = tuple([1, 2])
print("a tuple of numbers, new       ", gc.is_tracked(pair))
gc.collect()
print("the same, after a collection  ", gc.is_tracked(pair))
