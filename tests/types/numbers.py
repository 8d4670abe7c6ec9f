# Verifies arithmetic, conversions and texts of int, float and complex; a hash of many results is printed.
def h(x):
    return repr(x)
seed = 42
def rnd():
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return seed >> 11
def big(bits):
    r = 0
    for _ in range(bits // 50 + 1): r = (r << 53) | rnd()
    return (r & ((1 << bits) - 1)) * (1 if rnd() & 1 else -1)
acc = 0
def note(*xs):
    global acc
    for x in xs:
        s = repr(x)
        for c in s: acc = (acc * 31 + ord(c)) % (1 << 61)
for bits in (3, 10, 30, 60, 62, 63, 64, 65, 100, 200, 1000):
    for _ in range(60):
        a = big(bits); b = big((bits * (1 + rnd() % 3)) // 2 + 1) or 1; s = rnd() % 130
        note(a + b, a - b, a * b, a // b, a % b, divmod(a, b), a & b, a | b, a ^ b, ~a, -a, abs(a), a << s, a >> s, hash(a), a == b, a < b, a <= b, a.bit_length(), a.bit_count())
        try: note(a / b)
        except OverflowError as e: note(str(e))
        note(pow(a, abs(b) % 50, 97), pow(a, abs(b) % 1000, b) if b != 0 else 0, round(a, -2), round(a, -(s % 30)), int(str(a)), int(hex(a), 16), int(oct(a), 8), int(bin(a), 0))
        n = (a.bit_length() + 8) // 8
        note(int.from_bytes(a.to_bytes(n, 'big', signed=True), 'big', signed=True) == a)
        try: f = float(a)
        except OverflowError: f = 1.5
        note(f, hash(f), f == a, f < a, f.as_integer_ratio(), int(f), f.hex(), float.fromhex(f.hex()) == f)
    print(bits, acc)
import_bits = [0.0, -0.0, 1.0, -1.0, 0.1, 1/3, 1e300, -1e-300, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 123456.789, -2.5, 0.5, 1.5, 2.5, 3.5, float('inf'), float('-inf'), float('nan'), 1e16, 1e22, 9007199254740993.0]
for x in import_bits:
    for y in import_bits:
        for op in ('+', '-', '*', '/', '//', '%', '**'):
            try: r = eval(f"x {op} y", globals())
            except Exception as e: r = (type(e).__name__, str(e))
            note(r)
        try: note(divmod(x, y))
        except ZeroDivisionError as e: note(str(e))
        note(x == y, x < y, x >= y)
    note(repr(x), x.is_integer(), x.hex(), bool(x), -x, abs(x), +x)
    for nd in range(-5, 20):
        note(round(x, nd))
    try: note(int(x), round(x), x.__trunc__(), x.__floor__(), x.__ceil__(), x.as_integer_ratio())
    except (OverflowError, ValueError) as e: note(str(e))
    if x == x: note(hash(x))
print(acc)
for _ in range(300):
    x = rnd() / (1 << (rnd() % 100)) * (10.0 ** (rnd() % 40 - 20)); y = rnd() / 1e9 + 1e-9
    note(x, x / y, x // y, x % y, x * y, x - y, round(x, 3), round(x, -3), round(x, 10), x ** 0.3, x.hex(), hash(x), x.as_integer_ratio())
print(acc)
cs = [0j, 1j, 1 + 2j, -3.5 + 0.25j, complex(0.0, -0.0), complex(-0.0, 0.0), 1e200 + 1e200j, complex('inf'), complex(1, float('nan'))]
for a in cs:
    for b in cs + [2, 0.5, -1, 100, 101]:
        for op in ('+', '-', '*', '/', '**', '=='):
            try: r = eval(f"a {op} b", globals())
            except Exception as e: r = (type(e).__name__, str(e))
            note(r)
    try: note(abs(a))
    except OverflowError as e: note(str(e))
    note(repr(a), -a, +a, a.conjugate(), a.real, a.imag, bool(a))
    if a == a: note(hash(a))
    print(a, acc)
for s in ['1', '1j', '-1j', 'j', '+j', '1+j', ' ( 1-2j ) ', '1e5+2e-3j', 'inf+nanj', '1_0j', '1+2', '(1', '1 + 2j', '', 'jj', '1e', '-inf-infj', '1-', 'nan', '1j+1', '++1j', '1+-2j']:
    try: print(repr(s), complex(s))
    except ValueError as e: print(repr(s), e)
for s in ['1', ' 1.5 ', '1e5', '1_0.5', '1__0', '_1', '1_', '1_e5', '1e_5', '.5', '5.', '.', 'inf', '-Infinity', 'nan', '+nan', '1e400', '1e-400', '0x1', '١٢٣', '1\u2003', '', ' ', '1 2', '--1', 'infinit', '1e5.5', '1.5j', b'2.5', b'\xff']:
    try: print(ascii(s), float(s))
    except ValueError as e: print(ascii(s), ascii(str(e)))
for s in ['1', ' 12\n', '+5', '-0', '1_000', '0_0', '00', '0_1', '١٢٣', '１', '', '-', '+-1', '0x', '0xg', '1.5', '9' * 30, '-' + '9' * 30, '1 2', '_1', '1_']:
    for b in (10, 0, 16, 2, 36):
        try: print(ascii(s), b, int(s, b))
        except ValueError as e: print(ascii(s), b, ascii(str(e)))
for s in ['0x1.8p1', '-0x1p-1074', '0x1p-1075', '0x1.8p-1075', '0x.8', '1.8', '0x1p1023', '0x1.fffffffffffff8p1023', '0x1.fffffffffffff7p1023', 'inf', '-nan', '0x', '', '0x1p', '0x1.p3', ' 0x1 ', '0x123456789abcdef01p-4', '0x1.00000000000008p0', '0x1.000000000000081p0', '0x0p99999999999', '0x1p-99999999999']:
    try: print(repr(s), float.fromhex(s))
    except (ValueError, OverflowError) as e: print(repr(s), e)
print(True + True, True & False, True | 1, ~True, -True, True << 3, True / 2, bool(5), True ^ True, int(True), repr(True), str(False))
class I(int):
    def __repr__(self): return "I!"
    def __add__(self, o): return "added"
    def __radd__(self, o): return "radded"
print(I(5) + 1, 1 + I(5), I(5) - 1, type(I(5) - 1), int(I(5)), I(5) == 5, hash(I(7)), I('12', 3), I.from_bytes(b'\1', 'big'), type(I.from_bytes(b'\1', 'big')), +I(3), type(+I(3)), f"{I(3)}", I(3).real, round(I(3)))
class F(float): pass
print(F(1.5) + 1, type(F(1.5) + 1), F('2'), F.fromhex('0x1p1'), type(F.fromhex('0x1p1')), type(abs(F(1))))
class X:
    def __index__(self): return 3
    def __float__(self): return 2.5
    def __int__(self): return 7
    def __complex__(self): return 1+1j
    def __trunc__(self): return 9
print(int(X()), float(X()), complex(X()), [1, 2, 3, 4][X()], range(10)[X()], 'a' * X(), [0] * X(), hex(X()), 1 << 3, "abc"[:X()])
class Bad:
    def __int__(self): return 'x'
    def __float__(self): return 1
    def __index__(self): return 1.5
for f in (int, float, complex, range, hex):
    try: f(Bad())
    except TypeError as e: print(e)
class Tr:
    def __trunc__(self): return 4
class Tr2:
    def __trunc__(self): return 'x'
print(int(Tr()))
try: int(Tr2())
except TypeError as e: print(e)
class Op:
    def __init__(self, n): self.n = n
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return ("radd", self.n)
    def __lt__(self, o): return NotImplemented
    def __gt__(self, o): return "gt"
    def __pow__(self, o, m=None): return ("pow", m)
    def __rpow__(self, o, m=None): return ("rpow", m)
    def __divmod__(self, o): return "dm"
    def __imul__(self, o): return NotImplemented
    def __mul__(self, o): return "mul"
    def __matmul__(self, o): return "mm"
print(1 + Op(1), Op(1) < Op(2), 2 ** Op(1), Op(1) ** 2, pow(Op(1), 2, 3), divmod(Op(1), 2), Op(1) @ 3)
x = Op(1); x *= 5; print(x)
for e in ["Op(1) + 1", "Op(1) < 1 < Op(1)", "pow(2, Op(1), 5)", "Op(1) - 1", "Op(1) > 'a' >= 2", "Op(1) <= 2"]:
    try: print(eval(e, globals()))
    except TypeError as err: print(err)
x = 5
for s in ["x += 'a'", "x -= []", "x **= 'a'", "x @= 1", "x //= None", "x <<= 1.5", "x |= 2.5", "x &= 'a'"]:
    try: exec(s, globals())
    except TypeError as err: print(err)
