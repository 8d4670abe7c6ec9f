# A weak reference to an object that waits in the trashcan is dead: it must not bring it back.
import gc
import weakref


class Link:
    def __init__(self, parent):
        if parent is None:
            return
        this = weakref.ref(self)

        def callback(_):
            seen.append(this() is None)

        self.parent = weakref.ref(parent, callback)


for count in 10, 49, 50, 51, 52, 200:
    seen = []
    links = weakref.WeakKeyDictionary()
    root = last = Link(None)
    for _ in range(count):
        links[last] = last = Link(last)
    del root
    gc.collect()
    print(count, len(links), len(seen), seen.count(True))
    del last
    print([weakref.ref(Link(None))() for _ in range(3)])
