a = 1
a = b = c
a, b = b, a
a, b, c = c, a, b
a, b, c, d = d, c, b, a
(a), [b, c] = x
a, *b = x
*a, b = x
a, *b, c, d = x
a.b = c.d = e[f] = g
a[1:2, ::3] = b
[] = ()
() = []
