1
"text"
a
a.b
a()
...
None
a, b
-a
