async def f():
    await a
    async for b in c: d
    else: e
    async with g as h, i:
        return j
    async with k: l
    async for m in n:
        if m: break
        if n: continue
        return o
    return [p async for p in q if await p], {r: s async for r, s in t}, (u async for u in v)
async def g():
    async with a as b:
        async with c:
            await d
    try: await e
    finally: await f
async def h(): return [await x for x in y]
