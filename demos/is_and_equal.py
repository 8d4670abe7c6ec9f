# `is` and `==`.
#
# `is` asks whether two references lead to one object; nothing can change its answer. `==` asks the object: a class may
# define __eq__ as it likes. Two persons of one name are equal here, and are still two objects with two lives. And a class
# whose __eq__ always says yes shows why `x == None` is the wrong question, and `x is None` the right one.


class Person:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return self.name == other.name


class Agreeable:
    def __eq__(self, other):
        return True


jane = Person("Jane")
same = jane
twin = Person("Jane")

print("jane is same:", jane is same, "- jane == same:", jane == same)
print("jane is twin:", jane is twin, "- jane == twin:", jane == twin)

yes = Agreeable()
print("yes is None:", yes is None, "- yes == None:", yes == None)

del jane
print("the twin does not care:", twin.name)
