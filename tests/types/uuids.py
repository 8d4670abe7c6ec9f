# Verifies uuid: parsing, fields, order, names, messages.
import uuid, pickle, copy
U = uuid.UUID
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
a = U('{12345678-1234-5678-1234-567812345678}')
for n in 'bytes bytes_le fields time_low time_mid time_hi_version clock_seq_hi_variant clock_seq_low time clock_seq node hex int urn variant version is_safe'.split(): print(n, repr(getattr(a, n)))
print(a, repr(a), str(a), hash(a) == hash(a.int), int(a), a == U(int=a.int), a != 5, a < U(int=a.int + 1), U(bytes=a.bytes) == a, U(bytes_le=a.bytes_le) == a, U(fields=a.fields) == a)
for f in (lambda: U(), lambda: U('x'), lambda: U(bytes=b'a'), lambda: U(bytes_le=b'a'), lambda: U(fields=(1,)), lambda: U(fields=(-1, 0, 0, 0, 0, 0)), lambda: U(fields=(0, 0, 1 << 16, 0, 0, 0)), lambda: U(fields=(0, 0, 0, 256, 0, 0)), lambda: U(fields=(0, 0, 0, 0, 0, 1 << 48)), lambda: U(int=-1), lambda: U(int=1 << 128), lambda: U(int=5, version=6), lambda: setattr(a, 'int', 5), lambda: a < 5, lambda: U('12345678' * 4, int=5), lambda: U('urn:uuid:12345678-1234-5678-1234-567812345678'), lambda: U('zz345678-1234-5678-1234-567812345678')): t(f)
for v in range(1, 6): u = U(int=(1 << 128) - 1, version=v); print(u, u.version, u.variant)
for b in (0, 4, 6, 7): print(U(int=b << 61).variant, U(int=b << 61).version)
print(uuid.uuid3(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid5(uuid.NAMESPACE_URL, 'http://python.org/'), uuid.NAMESPACE_OID, uuid.NAMESPACE_X500)
u = uuid.uuid4(); print(u.version, u.variant, len(str(u)), u != uuid.uuid4())
u = uuid.uuid1(5, 77); print(u.version, u.node, u.clock_seq, u < uuid.uuid1(5, 77) or True, uuid.getnode() == uuid.getnode())
for p in range(2, 6): print(pickle.loads(pickle.dumps(a, p)) == a, copy.copy(a) == a, copy.deepcopy(a) == a)
