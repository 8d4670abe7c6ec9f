# Verifies shelve over a mapping and over files of dbm.dumb, and the lines of http.cookies.
import dbm.dumb, shelve, tempfile, os
from http.cookies import SimpleCookie, CookieError
folder = tempfile.mkdtemp()
name = os.path.join(folder, 'base')
with dbm.dumb.open(name, 'n') as db:
    db['a'] = 'one'; db[b'b'] = b'two' * 300; db['c'] = ''; db['a'] = 'other'
    del db['c']
    print(db.keys(), len(db), 'a' in db, b'z' in db, db.get(b'z', 0), db['a'], sorted(len(v) for v in db.values()))
    for bad in (lambda: db.__setitem__(5, 'x'), lambda: db.__setitem__('k', 5), lambda: db['nope']):
        try: bad()
        except Exception as e: print(type(e).__name__, e)
print(sorted(os.listdir(folder)), open(name + '.dir').read(), os.path.getsize(name + '.dat'), dbm.whichdb(name), dbm.whichdb(name + 'x'))
with dbm.dumb.open(name, 'r') as db:
    print(sorted(db.items())[0])
    try: db['q'] = 'x'
    except dbm.dumb.error as e: print(e)
for call in (lambda: db.keys(), lambda: len(db), lambda: dbm.dumb.open(name, 'x'), lambda: dbm.open(name + 'none')):
    try: call()
    except Exception as e: print(type(e).__name__, e)
with shelve.Shelf(dbm.dumb.open(os.path.join(folder, 's'))) as s:
    s['list'] = [1, {'two': (3, None)}]; s['n'] = 5
    s['list'].append(4)
    print(s['list'], sorted(s), s.get('no', 'default'), 'n' in s, len(s))
    del s['n']
    print(dict(s))
try: s['list']
except ValueError as e: print(e)
with shelve.Shelf({}, writeback=True) as s:
    s['x'] = [1]; s['x'].append(2); s.sync(); print(s['x'], sorted(s.dict))
print(repr(s.dict))
c = SimpleCookie('a=1; b="x\\073\\"y"; Path=/p; Secure; c=3')
print(c, repr(c), c['b'].value, c['b']['path'], c['b']['secure'])
c['new'] = 'needs, quoting'; c['new']['max-age'] = 60; c['new']['httponly'] = True
print(c['new'].output(), c.output(['path'], header='H:', sep='|'), c['new'].js_output(), sep='\n')
for call in (lambda: c['a'].__setitem__('nope', 1), lambda: c.__setitem__('a b', 1), lambda: c.__setitem__('path', 1), lambda: c.load('x,y=1')):
    try: print(call())
    except CookieError as e: print(e)
c = SimpleCookie(); c.load('bad; a=1'); print(dict(c)); c.load({'k': 'v'}); print(c)
