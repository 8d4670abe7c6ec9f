# Coroutines and generators that delegate to each other, driven by hand and by natives.
class Y:
    def __await__(self): return (yield)
async def sub(n):
    while n:
        try: await Y()
        except: raise
        n-=1
    return 'v'
async def sub2():
    f = await sub(1)
    return f
async def main():
    x=sub2()
    print('a', await x, await sub2())
    for i in range(2):
        print('a', await sub(0), await sub2(), await sub(3))
c=main()
try:
    while 1: c.send(None)
except StopIteration: print('over')
c=main()
async def drive():
  return await c
d=drive()
try:
    while 1: d.send(None)
except StopIteration: print('over')
def y():
    yield from d2()
def d2():
    r = yield from main().__await__(); print(r)
for _ in y(): pass
