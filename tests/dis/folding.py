a = 1 + 2 * 3 - 4 // 5 % 6
b = 7 / 2, 2 ** 10, 2 ** -1, -2 ** 2, 1 << 10, -1 >> 1, 6 & 3, 6 | 3, 6 ^ 3, ~5
c = 'a' + 'b', 'ab' * 3, b'a' + b'b', (1, 2) + (3,), (0,) * 4
d = 'a' * 5000, (0,) * 300, 2 ** 200, 1 << 200, 1 / 0, 'a' + 1, 1 % 0
e = 'abc'[1], (1, 2, 3)[-1], b'abc'[0], 'abc'[5], 'abc'[0:1]
f = not 1, not (), not x is y, not x in y, not x is not y, not x not in y, not x == y, -True, +False
g = x in [1, 2], x in {1, 2}, x not in [a, 1], x in [], x in {a}
h = 1.5 * 2, 7.5 // 2, -7.5 % 2, 1e308 * 10, 0.1 + 0.2, (-8) ** 0.5, 2 ** 0.5, 1j * 1j, (1 + 2j) / (3 - 4j), (1 + 2j) ** 2
i = True + True, True & False, True | 2, 5 // -2, -5 % 3, 10 ** 30 / 3
for z in [1, 2, 3]: pass
for z in {1, 2}: pass
for z in [a, b]: pass
j = [z for z in [1, 2]], __debug__
if 'a' + 'b': pass
