# Verifies that an attribute that is remembered is looked up anew when a descriptor's class gets hooks, that nothing is decoded by
# no codec, and what arrays and memoryviews are to `match`.
import array
class Descriptor: pass
class C:
    def __init__(self): self.x = 1
    x = Descriptor()
def get(o): return o.x
def put(o): o.x = 5
o = C()
for i in range(100): get(o), put(o)
Descriptor.__get__ = lambda self, instance, owner: 'got'
print(get(o))
Descriptor.__set__ = lambda self, instance, value: print('set', value)
print(get(o)); put(o); print(vars(o))
del Descriptor.__set__
put(o); print(get(o), vars(o))
print(repr(b''.decode('nope')), repr(str(b'', 'nope')), repr(bytearray().decode(errors='nope')))
try: ''.encode('nope')
except LookupError as e: print(e)
for w in (array.array('b', b'abc'), memoryview(b'abc'), bytearray(b'abc'), b'abc', range(3)):
    match w:
        case [x, *rest]: print(x, rest)
        case _: print('none')
