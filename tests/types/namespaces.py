# Verifies that code run in several namespaces keeps them apart.
code=compile('x=x0+1\ndef f():\n  global y\n  y=x\nf()','c','exec')
for i in range(5):
    d={'x0':i}; exec(code,d); print(d['x'], d['y'])
c2=compile('z=q; r=z','c2','exec')
g={'q':1}
for i in range(5): exec(c2,g)
l={'q':5}
exec(c2,g,l); print(l, g['z'], g['r'])
exec(c2,g); print(g['z'])
class A:
    q=1
