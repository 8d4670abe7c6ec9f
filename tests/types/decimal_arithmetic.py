# Verifies that decimal arithmetic gives CPython's results and signals, over random numbers and contexts.
from decimal import *

seed = 2024
def rnd(n):
    global seed
    seed=(seed*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (seed>>17)%n
def rdigits(n):
    k=rnd(4)
    if k==0: return '0'*n
    if k==1: return '9'*n
    if k==2: return '1'+'0'*(n-1)
    return ''.join(str(rnd(10)) for _ in range(n))
def rdec():
    k=rnd(40)
    if k==0: return rnd(2)*'-'+'Infinity'
    if k==1: return rnd(2)*'-'+'NaN'+(str(rnd(1000)) if rnd(2) else '')
    if k==2: return rnd(2)*'-'+'sNaN'+(str(rnd(1000)) if rnd(2) else '')
    s=rnd(2)*'-'+rdigits(1+rnd(12))
    if rnd(2): s+='.'+rdigits(1+rnd(12))
    r=rnd(6)
    if r==0: s+='E%d'%(rnd(40)-20)
    elif r==1: s+='E%d'%(rnd(1200)-600)
    return s
RM=[ROUND_CEILING,ROUND_FLOOR,ROUND_UP,ROUND_DOWN,ROUND_HALF_UP,ROUND_HALF_DOWN,ROUND_HALF_EVEN,ROUND_05UP]
U='abs exp ln log10 minus next_minus next_plus normalize plus to_integral_exact to_integral_value sqrt logb logical_invert copy_negate number_class to_sci_string to_eng_string is_normal is_subnormal'.split()
B='add compare compare_signal divide divide_int divmod max max_mag min min_mag multiply next_toward quantize remainder remainder_near subtract power compare_total compare_total_mag copy_sign rotate same_quantum scaleb shift logical_and logical_or logical_xor'.split()
def ctx():
    k=rnd(3)
    if k==0: return Context(prec=1+rnd(30),rounding=RM[rnd(8)],Emin=-999999,Emax=999999,clamp=0,traps=[],capitals=rnd(2))
    if k==1: return Context(prec=1+rnd(12),rounding=RM[rnd(8)],Emin=-rnd(60),Emax=rnd(60),clamp=rnd(2),traps=[])
    return Context(prec=1+rnd(60),rounding=RM[rnd(8)],Emin=-383,Emax=384,clamp=rnd(2),traps=[])
def show(name,c,f,*a):
    try: r=f(*a)
    except Exception as e: r=type(e).__name__
    print(name,c.prec,c.rounding,c.Emin,c.Emax,c.clamp,*a,'->',r,[k.__name__ for k,v in c.flags.items() if v])
def val():
    r=rnd(8)
    if r==0: return Decimal(rnd(40)-20)
    if r==1: return Decimal(''.join(str(rnd(2)) for _ in range(1+rnd(12))))
    return Decimal(rdec())
SPEC=['','.3f','e','.0e','.5g','g','%','.2%',',','012,.2f','+.4','*^20.3e','015','<12','=+14.1f','.0f',' ,.1f','020,','G','E','.1E','F','n','.10','08.3']
for i in range(120):
    c=ctx(); u=U[rnd(len(U))]; show(u,c,getattr(c,u),val())
    c=ctx(); b=B[rnd(len(B))]; show(b,c,getattr(c,b),val(),val())
    c=ctx(); show('fma',c,c.fma,val(),val(),val())
    c=ctx(); show('create',c,c.create_decimal,rdec())
    c=ctx(); show('powm',c,c.power,Decimal(rnd(1000)-500),Decimal(rnd(50)),Decimal(rnd(100)-50))
    c=ctx(); setcontext(c); x=val(); s=SPEC[rnd(len(SPEC))]
    show('fmt',c,lambda x,s: format(x,s),x,s)
    show('cmp',c,lambda x,y:(x==y,x!=y,x<y,x>=y),val(),val())
    show('hash',c,lambda x:hash(x) if not x.is_nan() else 0,x)
    show('float',c,float,x); show('tuple',c,lambda x:x.as_tuple(),x)
    if x.is_nan() or x.is_infinite() or abs(x.adjusted())<50: show('int',c,int,x); show('round',c,lambda x,n: round(x,n),x,rnd(10)-5); show('ratio',c,lambda x:x.as_integer_ratio(),x)
