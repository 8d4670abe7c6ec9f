"""The first statement
is the docstring."""
"this is not"
x = 1
