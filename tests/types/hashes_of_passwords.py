# BLAKE2 with all its parameters, and scrypt
import hashlib
for n in ("blake2b","blake2s"):
    C=getattr(hashlib,n); print(C, C.__module__, C.MAX_DIGEST_SIZE,C.MAX_KEY_SIZE,C.SALT_SIZE,C.PERSON_SIZE, C().name, C().block_size, C().digest_size, C.__doc__, type(C()))
    for kw in [dict(digest_size=0),dict(digest_size=65),dict(key=b'x'*65),dict(salt=b'x'*17),dict(person=b'x'*17),dict(fanout=256),dict(fanout=-1),dict(depth=0),dict(depth=256),dict(leaf_size=-1),dict(leaf_size=1<<32),dict(node_offset=-1),dict(node_offset=1<<48),dict(node_offset=1<<64),dict(node_depth=256),dict(node_depth=-1),dict(inner_size=65),dict(inner_size=-1),dict(digest_size='a'),dict(key='a'),dict(foo=1),dict(last_node='x'),dict(digest_size=None)]:
        try: print(kw, C(b'', **kw).hexdigest()[:16])
        except Exception as e: print(str(kw)[:50], type(e).__name__, e)
    print(C(b'a', key=b'k', salt=b's', person=b'p', digest_size=20, fanout=3, depth=4, leaf_size=5, node_offset=6, node_depth=7, inner_size=8, last_node=True).hexdigest())
    try: C('abc')
    except Exception as e: print(type(e).__name__, e)
    try: C(b'a', 5)
    except Exception as e: print(type(e).__name__, e)
    h=C(b'x'*300); h.update(b'y'*129); g=h.copy(); g.update(b'z'); print(h.hexdigest(), g.digest()[:5]); print(hashlib.new(n,b'q').hexdigest()[:10])
for a in [dict(),dict(salt=b'',n=2,r=1,p=1),dict(salt=b's',n=3,r=1,p=1),dict(salt=b's',n=16,r=8,p=1,dklen=0),dict(salt=b's',n=1024,r=8,p=1,maxmem=-1),dict(salt=b's',n=1<<20,r=8,p=1),dict(salt=b's',n=16,r=0,p=1),dict(salt='s',n=16,r=8,p=1),dict(salt=b's',n=0,r=8,p=1),dict(salt=b's',n=16,r=8),dict(salt=b'NaCl',n=64,r=8,p=4,dklen=64),dict(salt=b's',n=16,r=8,p=1,dklen=-1),dict(salt=b's',n='a',r=8,p=1)]:
    try: print(a, hashlib.scrypt(b'password',**a).hex())
    except Exception as e: print(a, type(e).__name__, e)
