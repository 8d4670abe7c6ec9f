import gc
gc.disable()
class Node:
    def __init__(self, peer=None):
        self.peer = peer
    def __del__(self): pass
a = Node()
b = Node(a)
a.peer = b
del a
del b
gc.collect()
