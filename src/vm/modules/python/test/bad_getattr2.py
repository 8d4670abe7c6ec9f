# A module whose hooks for attributes take other arguments than they are given.
def __getattr__():
    "Is called with a name."


x = 1


def __dir__(names):
    return [names]
