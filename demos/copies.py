# Assignment, copy, deepcopy.
#
# `=` makes a second name for the same object. copy.copy makes a new object that shares what the old one refers to.
# copy.deepcopy makes new objects all the way down. So: three ways to write "another list", and three different numbers
# of objects.
import copy

inner = ["a"]
outer = [inner, inner]

alias = outer
shallow = copy.copy(outer)
deep = copy.deepcopy(outer)

print("alias   is outer:", alias is outer)
print("shallow is outer:", shallow is outer, "- but it holds the same inner list:", shallow[0] is inner)
print("deep holds its own:", deep[0] is inner, "- and keeps the sharing:", deep[0] is deep[1])

inner.append("b")
alias.append("c")
print("outer  ", outer)
print("shallow", shallow)
print("deep   ", deep)
