# Verifies what a sort takes for a change of its list, which looks empty meanwhile: list_sort_impl asks whether anything was allocated.
import sys
L=[3,1,2]
def k(x):
    L.clear(); return x
L.sort(key=k); print(L)
def k2(x):
    print(sys.getsizeof(L), L.__sizeof__(), len(L)); return x
L.sort(key=k2); print(L, sys.getsizeof(L))
for act in ('L.append(1)','L.append(1);L.pop()','L.extend([])','L.extend([1]);del L[:]','L[:]=[]','L+=[]','L*=2','L.reverse()','L.insert(0,1);L.clear()','del L[:]', 'L.extend(iter([]))','L.extend(())','L.sort()','L[:]=iter(())','L.__init__()','L.__init__([])','L.__init__([1]);L.pop()','L.copy()','L.remove(1)','L.extend(x for x in [])','L.extend({})'):
    L=[2,1]
    def k3(x):
        try: exec(act, {'L':L})
        except Exception as e: print(act, repr(e))
        return x
    try: L.sort(key=k3); print(act, 'ok', L)
    except ValueError as e: print(act, e, L)
