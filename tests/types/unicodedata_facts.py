# Facts of characters: blocks by a digest, single ones, and complaints.
import unicodedata as u
for f in []:
    v=getattr(u,f)
    if callable(v) and not f.startswith('__'): print(f, getattr(v,'__text_signature__',0))
    elif not f.startswith('__'): print(f, v)
for a in (('name','\x00'),('name','ab'),('name',1),('lookup','nope'),('decimal','x'),('digit','x'),('numeric','x'),('decimal','x',5),('normalize','X','a'),('normalize','NFC',1),('category','')  ,('lookup','a'*300),('is_normalized','NFC','e\u0301'),('name','\x00','dflt'),('numeric','½'),('digit','²'),('decimal','٣'),('name','가'),('name','一'),('lookup','NULL'),('lookup','latin small letter a')):
    try: print(a, ascii(getattr(u,a[0])(*a[1:])))
    except Exception as e: print(a, type(e).__name__, ascii(str(e)))
import sys

def h(vals):
    x=0
    for v in vals: x=(x*1000003^hash(v))&0xffffffff
    return x
for start in range(0,0x3000,0x800):
    row=[]
    rng=range(start,start+0x800)
    for f in (u.category,u.bidirectional,u.combining,u.mirrored,u.east_asian_width): row.append(h(f(chr(c)) for c in rng))
    for f in (u.decimal,u.digit,u.numeric,u.name): row.append(h(str(f(chr(c),None)) for c in rng))
    for k in ('NFC','NFD','NFKC','NFKD'): row.append(h(u.normalize(k,chr(c)) for c in rng))
    print(hex(start),row)
