# Verifies the order in which lists let go of items, counts inside callbacks, and lists that change under a method.
import sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n, end="; ")
    def __repr__(self): return f"D{self.n}"
def section(s): print(); print("--", s)
section("clear"); l = [D(i) for i in range(4)]; l.clear()
section("slice delete"); l = [D(i) for i in range(6)]; del l[1:4]; print("|", l)
section("extended delete"); del l[::2]; print("|", l)
section("rest"); l = None
section("extended delete negative"); l = [D(i) for i in range(6)]; del l[::-2]; print("|", l); l = None
section("slice assign"); l = [D(i) for i in range(4)]; l[1:3] = [10, 11, 12]; print("|", l); l = None
section("extended assign"); l = [D(i) for i in range(4)]; l[::2] = [1, 2]; print("|", l); l = None
section("imul 0"); l = [D(i) for i in range(3)]; l *= 0; print("|", l)
section("init again"); l = [D(i) for i in range(3)]; l.__init__([7]); print("|", l)
section("item assign"); l = [D(0), D(1)]; l[0] = 5; print("|", l); del l[0]; print(l); del l[0]; print(l)
section("pop"); l = [D(0), D(1), D(2)]; l.pop(); l.pop(0); print("|", l); l.remove(l[0]); print(l)
section("tuple"); t = (D(0), D(1), D(2), D(3)); t = None
section("unpack"); a, *b, c = (D(i) for i in range(4)); print(a, b, c); a = b = c = None
section("unpack error")
try: a, b = [D(0), D(1), D(2)]
except ValueError as e: print(e)
try: a, b, c = iter([D(0), D(1)])
except ValueError as e: print(e)
try: a, *b, c, d = (D(i) for i in range(2))
except ValueError as e: print(e)
try: a, b = 5
except TypeError as e: print(e)
section("mutating eq")
class E:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        print("eq", self.n, getattr(o, "n", o), end="; ")
        if self.n == 1: l.clear()
        return False
l = [E(0), E(1), E(2)]
print(l.count(9), l)
l = [E(0), E(1), E(2)]
try: l.index(9)
except ValueError as e: print(e)
l = [E(0), E(1), E(2)]
try: l.remove(9)
except ValueError as e: print(e)
l = [E(0), E(1), E(2)]; print(9 in l, l)
l = [E(0), E(1), E(2)]; print(l == [7, 8, 9])
class R:
    def __eq__(self, o): print("R.eq", type(o).__name__, end="; "); return True
print(R() in [1, 2], [1, 2].index(R()), [R()].index(5), (1, 2).count(R()), R() in (3,), R() in iter([3]), R() in range(2))
section("refcounts")
class C:
    def __eq__(self, o): print(sys.getrefcount(self), sys.getrefcount(o), end="; "); return False
x = C(); y = C()
print([x].count(y), y in [x], [x] == [y], (x,) == (y,), y in (x,))
try: [x].index(y)
except ValueError: print("no")
try: [x].remove(y)
except ValueError: print("no")
def k(o): print(sys.getrefcount(o), end="; "); return 0
sorted([x], key=k); [x].sort(key=k); list(map(k, [x])); list(filter(k, [x])); max([x], key=k)
section("reprs"); l = [1]; l.append(l); print(l, (l,), [[]], (1,), ())
section("compare"); print([1, 2] < [1, 3], [1] < [1, 0], [] == [], [1, 2] != [1], (1, 2) <= (1, 2), [1, 'a'] == [1, 'b'])
section("slices"); l = list(range(10)); print(l[::3], l[-3:], l[8:2:-2], l[100:], l[:-100:-1], l[5:2]); t = tuple(l); print(t[::3], t[:] is t, l[:] is l)
l[3:3] = "ab"; print(l); l[20:] = [1]; print(l); l[-1:0:-3] = range(4); print(l)
try: l[::2] = [1]
except ValueError as e: print(e)
try: l[0:1] = 5
except TypeError as e: print(e)
try: l[::2] = 5
except TypeError as e: print(e)
try: l[100] = 5
except IndexError as e: print(e)
try: del l[100]
except IndexError as e: print(e)
try: del (1,)[0]
except TypeError as e: print(e)
try: (1,)[0] = 1
except TypeError as e: print(e)
section("extend"); l = [1]; l.extend(l); l += (2, 3); l += "ab"; l += {4: 5}; print(l); l.insert(-1, 'x'); l.insert(100, 'y'); l.insert(-100, 'z'); print(l); l.reverse(); print(l)
def gen():
    yield 1
    print(len(l), end="; ")
    yield 2
l = [0]; l.extend(gen()); print(l)
def bad():
    yield 1
    raise KeyError("x")
try: l.extend(bad())
except KeyError: print(l)
print([*range(3), *"ab"], (*range(2), 5))
try: print([*5])
except TypeError as e: print(e)
try: l + (1,)
except TypeError as e: print(e)
class L(list):
    def __init__(self, *a, **k): print("L.init", a, len(k)); super().__init__(*a)
s = L([1, 2], ); s.append(3); print(s, type(s + [1]), type(s[:]), s == [1, 2, 3], isinstance(s, list), len(s), s[1])
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
t = T(1, 2, 3); print(t, type(t), type(t[:]), t + (4,), hash(t) == hash((1, 2, 3)), t == (1, 2, 3))
section("iter"); it = iter([1, 2]); print(it.__length_hint__(), next(it), it.__length_hint__(), list(it), next(it, 'end'))
l = [1, 2, 3]
for i in l:
    if i < 3: l.append(i + 10)
    if len(l) > 20: break
print(l)
l = [1, 2, 3]; r = reversed(l); print(next(r), list(r), list(reversed((1, 2))), list(reversed(range(3))), list(reversed("ab")))
it = iter(l); list(it); l.append(4); print(list(it))
print(list[int], tuple[int, str], type(iter(l)), type(reversed(l)), type(iter(())), type(iter(range(2))), type(iter(range(1 << 70))))
