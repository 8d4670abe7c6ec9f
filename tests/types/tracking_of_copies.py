# Verifies which copies of dicts the collector watches: a table copied whole is tracked as its source is, whatever it holds by now.
import gc,copy,pickle
class P: pass
def t(n,d): print(n, gc.is_tracked(d))
p=P(); p.__dict__
p.__dict__ = {'name': 1}
t('d', p.__dict__)
d={'k':[1]}; d['k']=False; t('r',d); t('copy',d.copy()); t('cc',copy.copy(d)); t('dict',dict(d)); t('star',{**d}); t('or', d|{}); t('or2', {}|d)
d={'k':[1]}; del d['k']; t('del',d); t('copy',d.copy())
d={'k':[1]}; d.clear(); t('clear', d)
d={'k':[1]}; d.pop('k'); d['z']=1; t('pop', d); t('fk', dict.fromkeys('ab',1)); t('fk', dict.fromkeys(d,1)); t('upd', (lambda x:(x.update(d),x)[1])({}))
t('zip', dict(zip('ab',[1,2]))); t('kw', dict(a=1)); t('kw', (lambda **k:k)(a=1)); t('comp', {x:1 for x in 'ab'}); t('lit',{'a':1}); t('match', 0)
match {'a':1,'b':[1]}:
    case {'b':x, **rest}: t('rest', rest)
match {'a':1,'b':1}:
    case {'b':x, **rest}: t('rest', rest)
import dataclasses
@dataclasses.dataclass
class D: a:int=1
t('asdict', dataclasses.asdict(D())); t('vars', vars(D())); t('pick', pickle.loads(pickle.dumps({'a':1}))); t('dc', copy.deepcopy({'a':1}))
import collections
t('nt', collections.namedtuple('N','a')(1)._asdict()); t('cnt', dict(collections.Counter('a')))
import re
t('gd', re.match('(?P<a>a)','a').groupdict()); t('gi', re.compile('(?P<a>a)').groupindex.copy())
def f(x=1): return locals()
t('loc', f()); t('eval', eval('{1:2}')); ns={'y':[1]}; exec('y=1',ns); t('ns', ns)
class Own(dict):
    def __del__(self): print('gone', len(self))
class Prepared(type):
    @classmethod
    def __prepare__(meta, name, bases): return Own()
    def __new__(meta, name, bases, scope): return super().__new__(meta, name, bases, dict(scope))
# The namespace dies while the class is on its way to its name.
class C(metaclass=Prepared):
    def meth(self): return __class__
print(C)
big = {i: [i] for i in range(40)}
for i in range(40): big[i] = i
t('big', big); t('copy', big.copy()); t('dict', dict(big))
for i in range(30): del big[i]
t('gaps', big.copy()); t('gaps', dict(big)); t('gaps', {**big})
