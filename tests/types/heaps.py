# Verifies heapq and bisect: results, order of comparisons, changes from within comparisons, messages.
import heapq, bisect, _heapq
from functools import total_ordering
class N:
    log = []
    def __init__(s, v, tag=None): s.v = v; s.tag = tag
    def __lt__(s, o): N.log.append((s.v, o.v)); return s.v < o.v
    def __repr__(s): return f'N({s.v})' if s.tag is None else f'N({s.v}, {s.tag})'
data = [(i * 7919) % 101 for i in range(40)]
h = []
for x in data:
    heapq.heappush(h, N(x))
print(h, len(N.log)); N.log.clear()
print([heapq.heappop(h) for _ in range(10)], len(N.log), N.log[:20]); N.log.clear()
print(heapq.heapreplace(h, N(5)), heapq.heappushpop(h, N(1)), heapq.heappushpop(h, N(50)), h, N.log); N.log.clear()
for f in heapq.heapify, _heapq._heapify_max:
    for n in range(9):
        h = [N(x) for x in data[:n]]
        f(h); print(h, N.log); N.log.clear()
h = [N(x) for x in data]; _heapq._heapify_max(h)
print([_heapq._heappop_max(h) for _ in range(5)], _heapq._heapreplace_max(h, N(0)), h); N.log.clear()
for n in (-1, 0, 1, 2, 5, 39, 40, 50):
    for it in (data, iter(data)):
        print(heapq.nsmallest(n, list(it)), heapq.nlargest(n, iter(data)), heapq.nsmallest(n, iter(data), key=lambda x: -x), heapq.nlargest(n, data, key=str))
tagged = [N(x % 5, i) for i, x in enumerate(data)]
print(heapq.nsmallest(7, tagged), heapq.nlargest(7, tagged), heapq.nsmallest(7, iter(tagged)), heapq.nlargest(7, iter(tagged)))
print(list(heapq.merge([1, 4, 7], [2, 5], [], [3, 6, 8, 9])), list(heapq.merge([9, 4], [8, 8], reverse=True)))
print(list(heapq.merge(['a', 'ccc'], ['bb', 'dd'], key=len)), list(heapq.merge(['ccc', 'a'], ['bb', 'd'], key=len, reverse=True)))
print(list(heapq.merge()), list(heapq.merge([1])), type(heapq.merge([1])))
print(list(heapq.merge(tagged[:1], tagged[1:2], sorted(tagged)[:5])))
class Bad:
    def __init__(s, h): s.h = h
    def __lt__(s, o): s.h.clear(); return True
for f in (lambda h: heapq.heappush(h, Bad(h)), lambda h: heapq.heapify(h), lambda h: heapq.heappop(h), lambda h: heapq.heapreplace(h, 1), lambda h: heapq.heappushpop(h, 1), lambda h: _heapq._heapify_max(h)):
    h = []; h.extend(Bad(h) for _ in range(5))
    try: print(f(h))
    except Exception as e: print(type(e).__name__, e)
class Boom:
    def __lt__(s, o): 1 / 0
for f in (lambda h: heapq.heappush(h, Boom()), heapq.heapify, heapq.heappop, lambda h: heapq.heapreplace(h, Boom())):
    h = [Boom(), Boom(), Boom()]
    try: f(h)
    except ZeroDivisionError as e: print(e, len(h))
for e in ['heapq.heappop([])', 'heapq.heapreplace([],1)', 'heapq.heappushpop([],1)', 'heapq.heappush((),1)', 'heapq.heapify(5)', '_heapq._heappop_max([])', '_heapq._heapreplace_max([],1)',
          'bisect.bisect([1],1,-1)', 'bisect.bisect(5,1)', 'bisect.bisect([1],1,0,"a")', 'bisect.bisect([1],"a")', 'bisect.bisect()', 'bisect.insort((1,),2)', 'bisect.bisect([1],1,lo=5,hi=3)',
          'bisect.bisect([1],1,0,9)', 'bisect.bisect([1],1,0,-1)', 'bisect.bisect([1],1,key=5)', 'heapq.heappush([1])', 'heapq.nlargest(2,[1,2],3)', 'list(heapq.merge([1],[2],key=5))', 'heapq.nsmallest(1.5,[1])', 'heapq.heapify()', 'heapq.heappush([],1,k=1)', 'bisect.bisect([1],1,0,1,2)']:
    try: print(e, eval(e))
    except Exception as x: print(e, type(x).__name__, x)
a = [1, 2, 2, 2, 3, 5]
for x in range(7):
    print(bisect.bisect_left(a, x), bisect.bisect_right(a, x), bisect.bisect(a, x, 2), bisect.bisect_left(a, x, 1, 3), bisect.bisect_left(a, x, hi=4), bisect.bisect(a, -x, key=lambda v: -v))
b = []
for x in data: bisect.insort(b, x)
print(b)
b = []
for x in data[:9]: bisect.insort_left(b, N(x)); bisect.insort_right(b, N(x, 'r'))
print(b, N.log); N.log.clear()
b = []
for x in data[:9]: bisect.insort(b, -x, key=lambda v: -v); bisect.insort_left(b, -x, key=abs)
print(b)
class L(list):
    def insert(s, i, x): print('insert', i, x); list.insert(s, i, x)
l = L([1, 3]); bisect.insort(l, 2); bisect.insort_left(l, 3); print(l)
class Seq:
    def __len__(s): return 10
    def __getitem__(s, i): print('get', i); return i
print(bisect.bisect(Seq(), 4), bisect.bisect is bisect.bisect_right, bisect.insort is bisect.insort_right)
print(heapq.__all__, heapq._siftup.__name__, heapq.heappush.__module__)
h = [5, 1, 2]; heapq._siftup(h, 0); print(h); heapq._siftdown(h, 0, 2); print(h)
