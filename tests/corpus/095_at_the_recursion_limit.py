"""At the recursion limit: an object that could not be made has no finaliser to run."""


class Node:
    alive = 0

    def __init__(self):
        Node.alive += 1

    def __del__(self):
        Node.alive -= 1


def deep():
    node = Node()
    return deep()


def padded(n):
    if n:
        return padded(n - 1)
    return deep()


for n in range(3):
    try:
        padded(n)
    except RecursionError as err:
        print(err, Node.alive > 300)
    print("all gone:", Node.alive)


class Slow:
    def __call__(self):
        pass


def depth_of(call, n=0):
    global depth
    depth = n
    call()
    depth_of(call, n + 1)


for call in (Node, Slow(), Slow().__call__, int, dict, list, str, object, print, lambda: 0):
    try:
        depth_of(call)
    except RecursionError as err:
        print(depth, err)
print("end", Node.alive)
