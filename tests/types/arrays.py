# arrays of machine values: making, items, slices, methods, messages, pickling, and memoryviews of them
from array import array
import array as A, copy, pickle, io
def t(s):
    try: r=eval(s); print(s,'=>',repr(r)[:100])
    except BaseException as e: print(s,'!!',type(e).__name__,e, '' if e.__cause__ is None else repr(e.__cause__))
def x(s):
    a=array('i',[1,2,3,4,5]); d={'a':a}
    try: exec(s,globals(),d); print(s,'=>',d['a'])
    except BaseException as e: print(s,'!!',type(e).__name__,e)
class I:
    def __index__(self): return 5
class F:
    def __float__(self): return 1.5
for s in ["array()","array('i',1,2,3)","array(1)","array('xx')","array('z')","array('i',typecode=3)","array('b','abc')","array('b',array('u','abc'))","array('u','abc')","array('u',[65])","array('u',['ab'])","array('i',5)","array('i',None)","array('i',[1.5])","array('i',['a'])","array('b',[128])","array('b',[-129])","array('b',[1<<20])","array('b',[1<<70])","array('B',[256])","array('B',[-1])","array('B',[1<<70])","array('h',[1<<15])","array('h',[-1<<16])","array('H',[-1])","array('H',[1<<16])","array('H',[1<<40])","array('i',[1<<31])","array('i',[-1<<32])","array('i',[-1<<70])","array('I',[-1])","array('I',[1<<32])","array('I',[1<<64])","array('I',[1.5])","array('l',[1<<63])","array('l',[-1<<64])","array('L',[-1])","array('L',[1<<64])","array('L',['a'])","array('q',[1<<63])","array('Q',[1<<64])","array('Q',[-1])","array('q',[1.5])","array('q',['a'])","array('f',['a'])","array('d',['a'])","array('d',[1<<2000])","array('f',[1e300])","array('i',[I()])","array('b',[I()])","array('I',[I()])","array('q',[I()])","array('d',[F()])","array('f',[F(),I()])","array('b',[F()])",
"array('i',b'abcd')","array('i',b'abc')","array('i',bytearray(b'abcd'))","array('i',memoryview(b'abcd'))","array('d',array('i',[1,2]))","array('i',array('d',[1,2]))",
"array('i').pop()","array('i',[1]).pop(3)","array('i',[1]).pop('a')","array('i',[1]).index(2)","array('i',[1]).remove(2)","array('i',[1])[5]","array('i',[1])['a']","array('i',[1])+1","array('i',[1])+array('d')","array('i',[1])*2","array('i',[1])*'a'","2*array('i',[1])","array('i',[1])<array('i',[2])","array('i',[1])==array('d',[1])","array('i',[1])<array('d',[1])","array('i',[1])<3",
"array('i').fromlist(3)","array('i').fromlist([1,'a'])","array('i').fromunicode('a')","array('i').fromunicode(3)","array('u').fromunicode(3)","array('u').frombytes(3)","array('i').frombytes(b'abc')","array('i').frombytes('abc')","array('i').frombytes(array('d',[1]))","array('i').tounicode()","array('u','abc').tounicode()","array('i').extend(3)","array('i').extend(array('d'))","array('i').append('a')","array('i').insert('a',1)","array('i').insert(1)","array('i').fromfile(3,1)","array('i').tofile(3)","array('i').fromfile(io.BytesIO(b'abcdefg'),2)","array('i').fromfile(io.BytesIO(b''),-1)","array('i').fromfile(io.StringIO('abcd'),1)","array('i').__reduce_ex__(3)","array('i').__reduce_ex__(2)","array('i',[1,2]).__reduce_ex__(2)","array('u','ab').__reduce_ex__(3)","array('i').__reduce_ex__()","array('i').__reduce_ex__('a')","array('d',[1]).__reduce_ex__(4)","array('b',[1]).__reduce_ex__(4)","array('B',[1]).__reduce_ex__(4)","array('l',[1]).__reduce_ex__(4)","array('f',[1]).__reduce_ex__(4)","array('i').itemsize","array('i').typecode","A._array_reconstructor(array,'i',8,b'abcd')","A._array_reconstructor(array,'i',22,b'abcd')","A._array_reconstructor(array,'i',8,'abcd')","A._array_reconstructor(int,'i',8,b'abcd')","A._array_reconstructor(array,'z',8,b'abcd')","A._array_reconstructor(3,'i',8,b'abcd')","A._array_reconstructor(array,'i',8,b'abc')","A._array_reconstructor(array,'i','a',b'abc')","A._array_reconstructor(array,'i',8)","A._array_reconstructor(array,'d',14,b'abcd')","A._array_reconstructor(array,'i',12,b'abcdabcd')","A._array_reconstructor(array,'u',18,b'abcd')",
"array('i').__copy__()","array('i',[1]).__deepcopy__({})","array('i').__deepcopy__()","array('u',['a','\\ud800'])","array('f',[1.1])","array('d',[1.1,float('nan')])","iter(array('i',[1,2])).__reduce__()","list(iter(array('i',[1])).__reduce__())","iter(array('i',[1,2])).__setstate__(1)","iter(array('i',[1,2])).__setstate__('a')","array('i',[1,2]).buffer_info()[1]","array('i').buffer_info()","array('u','abc').byteswap()","memoryview(array('i',[1,2])).format","memoryview(array('u','ab')).format","memoryview(array('l',[1])).format","memoryview(array('d',[1,2])).tolist()","memoryview(array('u','ab')).tolist()","1 in array('i',[1])","'a' in array('i',[1])","1.0 in array('i',[1])","array('i',[1,1,2]).count(1)","array('i',[1,2,1]).index(1,1)","array('i',[1,2,1]).index(1,1,2)","array('i',[1,2]).index()","array('i',[1,2]).index(1,'a')","array('i',[1,2]).index(1,0,0,0)","bytes(array('i',[1,2]))","array('i').__sizeof__()","array('i',[1,2,3]).__sizeof__()","array('i').__class_getitem__","A.typecodes","A.ArrayType","hash(array('i'))","array('i',range(3)).__reduce_ex__(2)","array('i').tobytes(1)","array('i').append()","array('i').append(1,2)","array.append()","array.append(3,4)","A.array.__new__(int,'i')","type(iter(array('i')))()","array('u',array('u','ab'))","array('u',array('i',[1]))","array('i',array('u'))","array('u',b'abcd')","array('u',b'abcdefgh')","array('u',[1])",'array("d",(1,2))','array("d","a")',"array('i',{1:2})","array('b',[1.0])","array('l',[1.0])","array('Q',[1.0])","array('L',[1.0])","array('I',[F()])","array('q',[F()])","array('u',[None])","array('b').fromlist([1,2,300])","array('i',[3]*3)*-1","array('i',[3])*(1<<62)","array('i',[3])*(1<<70)","array('b',[1])<array('b',[1,2])","array('b',[1,2])>=array('b',[1])","array('u','é')","array('i',[1]).__eq__(3)","array('i', iter([1,2]))", "array('i', (x for x in [1,'a']))","A.array('i').__init__(1,2,3)","array('i').__module__","array('u').__reduce_ex__(2)","array('u','ab').__reduce_ex__(2)"]: t(s)
for s in ["a[0]='x'","a[10]=1","a[1:2]=[1]","a[1:2]=array('d',[1])","a[1:2]=array('i',[9,9,9])","a[::2]=array('i',[9,9,9])","a[::2]=array('i',[9,9])","del a[0]","del a[9]","del a[::2]","del a[1:3]","del a['x']","a['x']=1","a[1:1]=a","a[::-1]=a","a+=array('i',[7])","a+=array('d')","a+=[1]","a*=2","a*=-1","a.extend([1,2])","a.extend(a)","a.insert(-1,9)","a.insert(100,9)","a.pop(0)","a.reverse()","a.byteswap()","a.remove(3)","a.fromlist([6])","a.frombytes(b'abcdefgh')","m=memoryview(a); a.append(1)","m=memoryview(a); a[0:2]=array('i',[5,5])","m=memoryview(a); del a[0]","m=memoryview(a); a.fromlist([])","m=memoryview(a); m[0]=9","m=memoryview(a)[::2]; m[0]=9;m[1]=8","m=memoryview(a); m[1:3]=array('i',[7,7])","m=memoryview(a); m[1:3]=b'abcdefgh'","m=memoryview(a); m[0]='a'","m=memoryview(a); m[0]=1<<40","m=memoryview(a); a.extend([])","m=memoryview(a); a*=1","m=memoryview(a); a*=2","m=memoryview(a); a.pop()","m=memoryview(a); a.insert(0,1)","a[True]=0","a[1:3]=a","a[5:0]=array('i',[1])","a[4:1]=array('i',[1])","del a[4:1]","del a[::-2]","a.x=1","a.typecode='d'","a[1.0]","a[None:None]","a[0]=1.5"]: x(s)
t("A._array_reconstructor(array,'d',14,b'abcde')")
t("A._array_reconstructor(array,'i',9,b'abcde')")
t("A._array_reconstructor(array,'i',-1,b'abcde')")
t("A._array_reconstructor(array,'ii',8,b'abcde')")
t("A._array_reconstructor(array,3,8,b'abcde')")
t("A._array_reconstructor(array,'u',20,b'abcde')")
t("A._array_reconstructor(array,'u',21,b'\\0\\0\\0a')")
t("array('i',[1]).__reduce_ex__(1<<80)")
t("array('i',[1]).__reduce_ex__(-1)")
t("array('i',[1]).__class__.__reduce__(array('i',[1]))")
t("memoryview(array('i',[1,2]))==array('d',[1,2])")
t("memoryview(array('d',[float('nan')]))==array('d',[float('nan')])")
t("memoryview(array('i',[1,2]))==memoryview(b'\\1\\0\\0\\0\\2\\0\\0\\0')")
t("memoryview(array('u','ab'))==memoryview(array('u','ab'))")
t("memoryview(array('u','ab'))[0]")
t("hash(memoryview(array('i',[1])).toreadonly())")
t("memoryview(array('i',[1,2])).cast('d')")
t("memoryview(array('i',[1,2])).cast('B').cast('d')[0]")
t("memoryview(array('i',[1,2,3])).cast('B').cast('d')[0]")
t("memoryview(array('i',[1,2,3]))[::2].cast('B')")
t("memoryview(b'abcd').cast('z')")
t("memoryview(b'abcd').cast('<i')")
t("memoryview(b'abcd').cast('@i').format")
t("memoryview(b'abcdabcd').cast('P')[0]")
t("memoryview(b'abcdabcd').cast('n').tolist()")
t("memoryview(b'abcdabcd').cast('e').tolist()")
t("memoryview(b'abcdabcd').cast('?').tolist()")
t("memoryview(b'ab').cast(3)")
t("memoryview(array('d',[1.5,2]))[::-1].tolist()")
t("memoryview(array('d',[1.5,2]))[::-1].tobytes()")
t("memoryview(array('d',[1.5,2])).nbytes")
t("memoryview(array('d',[1.5,2])).strides")
t("memoryview(array('d',[1.5,2]))[5]")
t("bytes(memoryview(array('i',[1,2])))")
t("list(memoryview(array('i',[1,2])))")
t("1 in memoryview(array('i',[1,2]))")
t("memoryview(array('i',[1,2])).hex()")
t("memoryview(array('i',[1,2]))==array('i',[1,2])")
t("array('i',[1,2])==memoryview(array('i',[1,2]))")
t("memoryview(array('i',[1,2]))<array('i',[1,2])")
def s(code):
    m=memoryview(array('d',[1,2])); d=dict(m=m,array=array, mi=memoryview(array('i',[1,2])), mB=memoryview(bytearray(8)))
    try: exec(code,d); print(code,'=>',d['m'].tolist(), d['mi'].tolist(), bytes(d['mB']))
    except BaseException as e: print(code,'!!',type(e).__name__,e)
s("m[0]=3"); s("m[0]='a'"); s("mi[0]=1.5"); s("mi[0]=1<<70"); s("mi[0]=True"); s("m[0:1]=array('i',[1])"); s("m[0:1]=array('d',[1])"); s("mB.cast('f')[0]=1e300"); s("mB.cast('f')[0]=1.5"); s("mB.cast('Q')[0]=-1"); s("mB.cast('Q')[0]=(1<<64)-1"); s("mB.cast('q')[0]=1<<63"); s("mB.cast('H')[0]=1<<16"); s("mB.cast('n')[0]=-3"); s("mB.cast('P')[0]=3"); s("mB.cast('P')[0]=-3"); s("mB.cast('c')[0]=b'a'"); s("m[0:2]=m[::-1]"); s("mB[0:2]=mB[1:3]"); s("mB.cast('b')[0:2]=b'ab'")

import gc, sys, weakref
a = array('d', [1.5])
before = sys.getrefcount(array)
b = [array('d') for _ in range(3)]
print(sys.getrefcount(array) - before, gc.is_tracked(a), gc.get_referents(a), gc.get_referents(iter(a)))
class S(array):
    def __new__(cls, *args, extra=None):
        self = array.__new__(cls, *args)
        self.extra = extra
        return self
s = S('i', [1, 2], extra=[s for s in 'ab'])
print(s, s.extra, s[:], type(s + s), copy.copy(s), copy.deepcopy(s).extra if hasattr(copy.deepcopy(s), 'extra') else 'plain')
for proto in range(5):
    t2 = pickle.loads(pickle.dumps(array('d', [1.5, 2]), proto)); print(t2)
w = weakref.ref(a); print(w() is a); del a; print(w())
a = array('i'); sizes = []
for i in range(40):
    sizes.append(a.__sizeof__()); a.append(i)
print(sizes)
for i in range(40):
    a.pop(); sizes.append(a.__sizeof__())
print(sizes[40:])
class Evil:
    def __eq__(self, other):
        while len(a): a.pop()
        return False
a = array('i', range(5)); print(Evil() in a, a)
a = array('i', range(5)); print(a.count(Evil()))
it = iter(array('i', [1, 2, 3])); next(it); print(it.__reduce__()); print(list(it), it.__reduce__())
match array('i', [1, 2]):
    case [x, y]: print(x, y)
f = io.BytesIO(); array('h', [1, 2, 3]).tofile(f); f.seek(0)
a = array('h')
try: a.fromfile(f, 5)
except EOFError as e: print(e, a)
b = bytearray(4); b[:] = array('H', [1, 2]); print(b, b''.join([array('b', [65, 66])]), bytes(array('H', [7])))
import struct
a = array('i', [0, 0]); struct.pack_into('i', a, 4, 77); print(a, struct.unpack_from('i', a, 4))
print(io.BytesIO(b'abcdefgh').readinto(a), a)
