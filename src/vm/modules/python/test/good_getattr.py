# A module that answers for attributes it does not have.
x = 1


def __dir__():
    return ["c", "b", "a"]


def __getattr__(name):
    if name == "yolo":
        raise AttributeError("Deprecated, use whatever instead")
    return f"There is {name}"


y = 2
