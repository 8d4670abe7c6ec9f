# heapq and bisect: the counts that comparisons see, and what is kept meanwhile.
import heapq, bisect, sys, gc
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def __lt__(self, o):
        print('lt', self.n, o.n, sys.getrefcount(self), sys.getrefcount(o))
        return self.n < o.n
h = []
for i in (3, 1, 2):
    heapq.heappush(h, N(i))
x = heapq.heappop(h)
print(x.n, sys.getrefcount(x))
y = heapq.heapreplace(h, N(0))
print(y.n)
z = heapq.heappushpop(h, N(9))
print(z.n)
del x, y, z
l = [N(5), N(4)]
heapq.heapify(l)
print([i.n for i in l])
b = heapq.nlargest(1, l)
c = heapq.nsmallest(2, l, key=lambda o: o.n)
print(len(b), len(c))
del b, c
m = list(heapq.merge([N(1), N(3)], [N(2)]))
print([i.n for i in m])
del m
bisect.insort(l, N(4.5))
print(bisect.bisect_left(l, N(4.5)), bisect.bisect([1, 2, 3], 2), bisect.bisect_right(l, 4.6, key=lambda o: o.n))
l.clear()
h.clear()
print('end')
