# Verifies containers that are changed while they are iterated, compared, sorted, shown.
# mutation during iteration/compare/sort
def attempt(name, f):
    try: r = f(); print(name, 'ok', r)
    except BaseException as e: print(name, type(e).__name__, e)
class K:
    def __init__(s,n,act=None): s.n=n; s.act=act
    def __eq__(s,o):
        if s.act: s.act()
        return s.n==getattr(o,'n',o)
    def __lt__(s,o):
        if s.act: s.act()
        return s.n<o.n
    def __hash__(s): return 1
    def __repr__(s): return f'K{s.n}'
def t1():
    l=[3,1,2]
    def key(x): l.append(x); return x
    l.sort(key=key); return l
attempt('sort append', t1)
def t2():
    l=[K(3),K(1),K(2)]
    for k in l: k.act=lambda: l.append(1)
    l.sort(); return l
attempt('sort lt append', t2)
def t3():
    l=[3,2,1]
    def key(x): l.clear(); return x
    try: l.sort(key=key)
    finally: print(l)
attempt('sort clear', t3)
def t3b():
    l=[3,2,1]
    def key(x): print(l, len(l)); return x
    l.sort(key=key); return l
attempt('sort look', t3b)
def t3c():
    l=[3,2,1]
    def key(x):
        if x==2: raise KeyError(x)
        return x
    try: l.sort(key=key)
    finally: print(l)
attempt('sort raise', t3c)
def t4():
    d={i:i for i in range(5)}
    for k in d: d[k+10]=1
attempt('dict grow', t4)
def t5():
    d={i:i for i in range(5)}
    for k in d: del d[k]
attempt('dict del', t5)
def t6():
    d={i:i for i in range(5)}
    for k in d:
        del d[k]; d[k+100]=1
        if k>300: break
    return d
attempt('dict swap', t6)
def t7():
    s={1,2,3}
    for x in s: s.add(x+10)
attempt('set grow', t7)
def t8():
    l=[1,2,3]
    for x in l:
        if len(l)<10: l.append(x)
    return l
attempt('list grow', t8)
def t9():
    l=[1,2,3,4,5,6]
    for x in l: l.remove(x)
    return l
attempt('list remove', t9)
def t10():
    l=[K(i) for i in range(5)]
    for k in l: k.act=lambda: l.clear()
    return l.index(K(3))
attempt('index clear', t10)
attempt('count clear', lambda: (lambda l: ([setattr(k,'act',l.clear) for k in l], l.count(K(3))))([K(i) for i in range(5)]))
attempt('in clear', lambda: (lambda l: ([setattr(k,'act',l.clear) for k in l], K(9) in l))([K(i) for i in range(5)]))
attempt('remove clear', lambda: (lambda l: ([setattr(k,'act',l.clear) for k in l], l.remove(K(3))))([K(i) for i in range(5)]))
def t11():
    a=[K(1),K(2)]; b=[K(1),K(2)]
    a[0].act=lambda: (a.clear(), b.clear())
    return a==b
attempt('eq clear', t11)
def t11b():
    a=[K(1),K(2)]; b=[K(1),K(2)]
    a[0].act=lambda: (a.pop(), None)
    return a==b, a<b
attempt('eq pop', t11b)
def t12():
    d={}; k=K(1); d[k]=1
    k.act=lambda: d.clear()
    return d.get(K(2)), d
attempt('dict get clear', t12)
def t13():
    d={}
    for i in range(3): d[K(i)]=i
    for k in d: k.act=lambda: d.update({K(7):1}) if len(d)<10 else None
    d[K(50)]=1
    return len(d)
attempt('dict set grow', t13)
def t14():
    a={K(1):K(1)}; b={K(1):K(1)}
    list(a.values())[0].act=lambda: (a.clear(), b.clear())
    return a==b
attempt('dicteq clear', t14)
def t15():
    s={K(1),K(2)}
    for k in s: k.act=lambda: s.clear()
    return K(3) in s
attempt('set in clear', t15)
def t16():
    s={K(1),K(2)}; t={K(3),K(4)}
    for k in list(s): k.act=lambda: t.clear()
    return len(s|t), len(s&t), len(s-t), s==t, s<=t
attempt('set ops', t16)
class RM:
    def __init__(s,c): s.c=c
    def __repr__(s): s.c.clear(); return 'RM'
def t17():
    l=[]; l.extend([RM(l),1,2]); return repr(l)
attempt('repr clear list', t17)
def t18():
    d={}; d[1]=RM(d); d[2]=2; return repr(d)
attempt('repr clear dict', t18)
def t19():
    s=set(); s.add(RM(s)); s.add(1); return repr(s)
import collections
def t20():
    q=collections.deque([1,2,3])
    for x in q: q.append(1)
attempt('deque grow', t20)
def t20b():
    q=collections.deque([K(1),K(2)]); 
    for k in q: k.act=q.clear
    return K(5) in q
attempt('deque in', t20b)
def t20c():
    q=collections.deque([K(1),K(2)]); 
    for k in list(q): k.act=q.clear
    return q.remove(K(5))
attempt('deque remove', t20c)
def t20d():
    q=collections.deque([K(1),K(2)]); 
    for k in list(q): k.act=q.clear
    return q.index(K(5))
attempt('deque index', t20d)
def t21():
    class L(list): pass
    l=L([1,2,3]); l.extend(l); l+=l; l*=2; l[1:2]=l; return len(l)
attempt('self extend', t21)
def t22():
    l=[1,2,3]
    class It:
        def __iter__(s):
            yield 1; l.clear(); yield 2
    l.extend(It()); return l
attempt('extend clear', t22)
def t23():
    l=[1,2,3,4]
    class It:
        def __iter__(s):
            l.clear(); return iter([9,9])
    l[1:3]=It(); return l
attempt('slice assign clear', t23)
class Ix:
    def __init__(s,f): s.f=f
    def __index__(s): s.f(); return 1
attempt('getitem idx clear', lambda: (lambda l: l[Ix(l.clear)])([1,2,3]))
attempt('slice idx clear', lambda: (lambda l: l[Ix(l.clear):3])([1,2,3]))
attempt('insert idx clear', lambda: (lambda l: (l.insert(Ix(l.clear),5),l))([1,2,3]))
attempt('pop idx clear', lambda: (lambda l: (l.pop(Ix(l.clear)),l))([1,2,3]))
attempt('mul idx', lambda: (lambda l: (l*Ix(l.clear),l))([1,2,3]))
def t24():
    l=[1,2,3]
    l[Ix(l.clear):2]=[7]; return l
attempt('sliceassign idx', t24)
def t25():
    l=[1,2,3]
    del l[Ix(l.clear)]
attempt('del idx', t25)
def t26():
    l=[1,2,3,4]
    del l[Ix(l.clear)::2]; return l
attempt('del step', t26)
def t26b():
    l=[1,2,3,4]
    l[Ix(l.clear)::2]=[1,2]; return l
attempt('set step', t26b)
def t27():
    ba=bytearray(b'abcdef')
    ba[Ix(ba.clear)]=5; return ba
attempt('ba', t27)
def t28():
    ba=bytearray(b'abcdef'); m=memoryview(ba)
    try: ba.append(1)
    except BufferError as e: print(e)
    m.release(); ba.append(1); return ba
attempt('mv', t28)
def t29():
    d={1:1}
    it=iter(d.items()); next(it); d[2]=2
    try: next(it)
    except RuntimeError as e: print(e)
    try: print(next(it))
    except BaseException as e: print(type(e), e)
    return list(reversed(d))
attempt('items', t29)
def t30():
    l=[1,2,3]; it=iter(l); next(it); l.clear(); print(list(it)); l.extend([1,2,3,4,5]); return list(it)
attempt('iter exhausted', t30)
def t31():
    l=[1,2,3]; it=reversed(l); next(it); l.clear(); print(list(it)); l.extend([1,2,3,4,5]); return list(it)
attempt('rev exhausted', t31)
def t32():
    d={K(1):1}
    class U:
        def keys(s): return [1,2]
        def __getitem__(s,k): d.clear(); return k
    d.update(U()); return d
attempt('update clear', t32)
def t33():
    d={}
    class Evil:
        def __init__(s,h): s.h=h
        def __hash__(s): return s.h
        def __eq__(s,o): d.pop(s,None) if 0 else d.clear(); return False
    for i in range(5): d[Evil(1)]=i
    return len(d)
attempt('evil eq', t33)
def t34():
    x=[1,2,3]
    a,b,c=x.pop(),x.clear(),x
    a,*b=iter(x)
attempt('unpack', t34)
def t35():
    l=[5,4,3,2,1]
    def cmp(a,b): l[:]=[1]; return a-b
    import functools
    l.sort(key=functools.cmp_to_key(cmp)); return l
attempt('cmp_to_key', t35)
class Dl:
    def __init__(s,f): s.f=f
    def __del__(s): s.f()
def t36():
    l=[]; l.append(Dl(l.clear)); l.append(1); l[0]=5; return l
attempt('del clear set', t36)
def t37():
    l=[]; l.extend([Dl(lambda: l.append('x')) for i in range(3)]); l.clear(); return l
attempt('clear append', t37)
def t38():
    l=[]; l.extend([Dl(lambda: l.append('x')) for i in range(3)]); del l[:]; return l
attempt('delslice append', t38)
def t39():
    l=[]; l.extend([Dl(lambda: l.clear()) for i in range(3)]); l[1:2]=[1,2,3]; return l
attempt('setslice clear', t39)
def t40():
    d={}; d.update({i:Dl(lambda: d.clear()) for i in range(3)}); d[1]=0; return d
attempt('dict replace clear', t40)
def t41():
    d={}; d.update({i:Dl(lambda: d.update({9:9})) for i in range(3)}); d.clear(); return d
attempt('dict clear update', t41)
def t42():
    class O: pass
    o=O(); o.a=Dl(lambda: o.__dict__.clear()); o.b=1; o.a=2; return o.__dict__
attempt('inst dict', t42)
def t43():
    class O: pass
    o=O(); o.a=Dl(lambda: setattr(o,'a',7)); del o.a; return o.__dict__
attempt('inst del', t43)
def t44():
    s=set(); s.update([Dl(lambda: s.add(1)) for i in range(3)]); s.clear(); return s
attempt('set clear add', t44)
def t45():
    x=Dl(lambda: print('x is', 'x' in globals()))
    x=1; return x
attempt('local', t45)
def t46():
    l=[K(i) for i in (3,1,2)]
    del K.__lt__
    try: l.sort()
    finally: print(l)
attempt('nolt', t46)
attempt('zip', lambda: (lambda l: list(zip(l, (l.clear() for _ in range(5)))))([1,2,3]))
attempt('enumerate', lambda: (lambda l: [(i, l.append(1) if len(l)<6 else 0) for i,_ in enumerate(l)])([1,2,3]))
attempt('join', lambda: (lambda l: ','.join(l))(['a',1]))
attempt('sum', lambda: (lambda l: sum(l[0] for l in [[1],[]]))(0))
attempt('dictview', lambda: (lambda d: d.keys() & (d.clear() or k for k in [1]))({1:2}))
