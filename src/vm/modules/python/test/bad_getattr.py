# A module whose hooks for attributes cannot be called.
x = 1

__getattr__ = "no function"
__dir__ = "no function either"
