# Verifies math's messages, and what it asks of objects that are no numbers.
import math
def t(f,*a,**k):
    try: print(f.__name__,a,k,f(*a,**k))
    except BaseException as e: print(f.__name__,a,k,type(e).__name__,e)
t(math.log);t(math.log,1,2,3);t(math.log,0);t(math.log,-1);t(math.log,10**400);t(math.log,-10**400);t(math.log,'a');t(math.log,2,0);t(math.log,2,1);t(math.log,x=1)
t(math.log2,0);t(math.log10,10**400);t(math.sin);t(math.sin,1,2);t(math.sin,x=1);t(math.atan2,1);t(math.fmod,1,0);t(math.hypot,'a');t(math.hypot);t(math.dist,(1,2),(1,));t(math.dist,1,2);t(math.dist,[1,2],'ab');t(math.dist,(1,2))
t(math.isclose,1);t(math.isclose,1,2,3);t(math.isclose,1,2,rel_tol=-1);t(math.isclose,1,2,foo=1);t(math.isclose,a=1,b=2)
t(math.prod);t(math.prod,[1,2],3);t(math.prod,[1],start=3);t(math.prod,[1],foo=1);t(math.prod,1);t(math.prod,['a'])
t(math.prod,[2,'a',3]);t(math.prod,[2,'a','b']);t(math.prod,[1.5,2,10**400]);t(math.prod, [[1]], start=2)
t(math.factorial,-1);t(math.factorial,2.0);t(math.factorial,2.5);t(math.factorial,float('inf'));t(math.factorial,float('nan'));t(math.factorial,10**20);t(math.factorial,-10**20);t(math.factorial,'a');t(math.factorial,1e30)
t(math.comb,-1,2);t(math.comb,2,-1);t(math.comb,10**30,10**29);t(math.comb,1.0,2);t(math.perm,-1);t(math.perm,5);t(math.perm,5,None);t(math.perm,10**30,10**29);t(math.perm,5,-1);t(math.perm);t(math.perm,1,2,3);t(math.comb,1)
t(math.comb,10**30,3);t(math.perm,10**30,3);t(math.perm,2**64-1,3)
t(math.isqrt,-1);t(math.isqrt,'a');t(math.isqrt,2.0)
t(math.ldexp,1,2.0);t(math.ldexp,1,10**30);t(math.ldexp,1,-10**30);t(math.ldexp,1.0,2000);t(math.ldexp,-1.0,-2000);t(math.ldexp,'a',1);t(math.ldexp,1,'a');t(math.ldexp,float('inf'),10**30);t(math.ldexp,1.0,True)
t(math.trunc,'a');t(math.floor,'a');t(math.ceil,'a');t(math.ceil,float('inf'));t(math.floor,float('nan'));t(math.trunc,float('nan'))
t(math.gcd);t(math.gcd,1.0);t(math.gcd,4,'a');t(math.lcm);t(math.lcm,0,'a');t(math.lcm,0,3)
t(math.fsum,[1e308,1e308]);t(math.fsum,[float('inf'),-float('inf')]);t(math.fsum,[1,'a']);t(math.fsum,1);t(math.fsum,[10**400])
t(math.gamma,0);t(math.gamma,-1);t(math.gamma,200);t(math.gamma,-float('inf'));t(math.lgamma,0);t(math.lgamma,-3);t(math.lgamma,1e308);t(math.pow,1);t(math.frexp,1,2)
class F:
    def __float__(self): return 2.5
    def __floor__(self): return 'fl'
    def __ceil__(self): return 'ce'
    def __trunc__(self): return 'tr'
class I:
    def __index__(self): return 7
class G(float):
    def __floor__(self): return 'G'
for x in (F(),I(),G(1.5)):
  for f in (math.floor,math.ceil,math.trunc,math.sin,math.log,math.gcd,math.isqrt,math.factorial,math.hypot):
    try: print(type(x).__name__, f.__name__, f(x))
    except Exception as e: print(type(x).__name__, f.__name__, type(e).__name__, e)
print(math.pi,math.e,math.tau,math.inf,math.nan,math.__name__)
import math as m
for n in dir(m):
    f=getattr(m,n)
    if callable(f) and n[0] != "_": print(n,f.__text_signature__,repr(f),f.__module__,f.__qualname__)
