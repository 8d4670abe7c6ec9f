# Two names, one object.
#
# `also_jane = jane` copies no object: it makes a second reference to the same one, so its count is 2. `del jane` takes
# one name away and the count to 1; nothing is deleted. Only when the last name goes is the object freed.
# `del` deletes a name, not an object.


class Person:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(f"Deleting {self.name}!")


jane = Person("Jane")
also_jane = jane
print("One object, two names:", jane is also_jane)
del jane
print("One name is gone, and nothing happened")
del also_jane
print("The last name is gone")
