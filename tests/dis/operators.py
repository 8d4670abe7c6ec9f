a + b - c * d / e // f % g ** h @ i
a << b >> c & d | e ^ f
-a, +a, ~a, not a
a < b, a <= b, a == b, a != b, a > b, a >= b, a is b, a is not b, a in b, a not in b
a < b < c
x = a < b < c == d
