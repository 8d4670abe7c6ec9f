f()
f(a, b)
f(a, b=c)
f(*a)
f(a, *b, c)
f(**a)
f(a, *b, c=d, **e, g=h)
f(a=b, **c)
f(x=1, y=2, **z)
a.f()
a.f(b, c)
a.f(b=c)
a.f(*b)
a.b.c(d)(e).f
f(
    a,
    b,
)
a.f(
    b,
    c)
(a
 .b
 .c(
    d))
f(x for x in y)
f(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, a33, a34, a35, a36, a37, a38, a39)
a.f(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29)
f(k0=a, k1=a, k2=a, k3=a, k4=a, k5=a, k6=a, k7=a, k8=a, k9=a, k10=a, k11=a, k12=a, k13=a, k14=a, k15=a, k16=a, k17=a, k18=a, k19=a)
