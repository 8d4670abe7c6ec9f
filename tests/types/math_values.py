# Verifies that math's functions give CPython's results to the last bit.
import math
seed=12345
def rnd():
    global seed
    seed=(seed*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return seed>>11
def rf():
    k=rnd()%6
    u=rnd()/2**53
    s=-1 if rnd()%2 else 1
    if k==0: return s*u
    if k==1: return s*u*10
    if k==2: return s*u*200
    if k==3: return s*math.ldexp(u, rnd()%2000-1000)
    if k==4: return float(rnd()%50)/2*s
    return s*math.ldexp(u, rnd()%80-40)

fs=('acos acosh asin asinh atan atanh cos cosh degrees erf erfc exp expm1 fabs gamma lgamma log log10 log1p log2 radians sin sinh sqrt tan tanh ulp frexp modf floor ceil trunc isfinite').split()
fs2='atan2 copysign fmod pow remainder nextafter hypot log isclose dist2'.split()
math_dist2=lambda a,b: math.dist((a,b,a*b),(b,a,3.0))
special=[0.0,-0.0,1.0,-1.0,float('inf'),-float('inf'),float('nan'),5e-324,1.7976931348623157e308,-1e308,0.5,2.0,-2.5,1e-300, 2.0**-1060, 170.0,171.5,-170.5,-180.5]
def t(n,f,*a):
    try: r=repr(f(*a))
    except Exception as e: r=type(e).__name__+': '+str(e)
    print(n,a,r)
for n in fs:
    f=getattr(math,n)
    for x in special: t(n,f,x)
    for i in range(int("12")): t(n,f,rf())
for n in fs2:
    f=math_dist2 if n=='dist2' else getattr(math,n)
    for x in special:
        for y in special: t(n,f,x,y)
    for i in range(int("12")): t(n,f,rf(),rf())
for i in range(int("12")):
    t('hyp',math.hypot,*[rf() for _ in range(rnd()%6)])
    t('fsum',math.fsum,[rf() for _ in range(rnd()%30)])
    t('prod',math.prod,[rf() for _ in range(rnd()%10)])
    t('ldexp',math.ldexp,rf(),rnd()%2400-1200)
    b=rnd()**(rnd()%12)
    t('log',math.log,b+1);t('log2',math.log2,b+1);t('log10',math.log10,b+1);t('isqrt',math.isqrt,b)
    t('comb',math.comb,rnd()%200,rnd()%50);t('perm',math.perm,rnd()%200,rnd()%50)
    t('gcd',math.gcd,rnd()%10000,rnd()%1000*b,-rnd()%1000);t('lcm',math.lcm,rnd()%10000,-rnd()%1000,7)
    t('fact',math.factorial,rnd()%300)
