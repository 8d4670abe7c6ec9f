class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("bye", self.name)


def work(thing):
    held = [thing]
    return len(held)


first = Thing("first")
print(work(first))
second = Thing("second")
first = second
del first
print("end")
