# Time zones: offsets, daylight saving, folds and gaps, the cache, keys that are refused, zones of files.
import copy, io, pickle, struct, zoneinfo
from datetime import datetime, timedelta, timezone, time, date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError
ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 
         'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/London', 'America/St_Johns', 'Etc/GMT+5', 'Asia/Tokyo']
for name in ZONES:
    z = ZoneInfo(name)
    print(z, repr(z), z.key, z.utcoffset(None), z.dst(None), z.tzname(None), z is ZoneInfo(name))
    for year in (1901, 1942, 1969, 1985, 2011, 2024, 2037, 2038, 2100):
        for month, day, hour in ((1, 15, 12), (3, 31, 2), (7, 1, 0), (10, 27, 2), (11, 3, 1)):
            d = datetime(year, month, day, hour, 30, tzinfo=z)
            e = d.replace(fold=1)
            print(d, d.tzname(), d.dst(), e.utcoffset(), e.tzname(), d.astimezone(timezone.utc), end=' ')
            u = datetime(year, month, day, hour, 30, tzinfo=timezone.utc).astimezone(z)
            print(u, u.fold)
z = ZoneInfo('Europe/Berlin')
for hour in range(3):
    moment = datetime(2024, 10, 27, hour, 15, tzinfo=timezone.utc).astimezone(z)
    print(moment, moment.fold, moment.strftime('%Y %H:%M %Z %z'), moment.timestamp(), moment.isoformat())
a = datetime(2024, 3, 30, 12, tzinfo=z)
print(a + timedelta(days=1), (a + timedelta(days=1)) - a, (a + timedelta(days=1)).astimezone(timezone.utc) - a.astimezone(timezone.utc))
print(datetime(2024, 5, 1, tzinfo=z) == datetime(2024, 4, 30, 22, tzinfo=timezone.utc), time(12, tzinfo=z), time(12, tzinfo=z).utcoffset(),
      time(12, tzinfo=ZoneInfo('UTC')).utcoffset())
print(pickle.loads(pickle.dumps(z)) is z, copy.copy(z) is z, copy.deepcopy(z) is z, pickle.loads(pickle.dumps(a)) == a)
n = ZoneInfo.no_cache('Europe/Berlin')
print(n is z, n.key, n == z, n.utcoffset(a), len({n, z}))
ZoneInfo.clear_cache(only_keys=['Europe/Berlin']); print(ZoneInfo('Europe/Berlin') is z)
ZoneInfo.clear_cache()
for key in ('Nope/Nowhere', '/etc/passwd', '../x', 'Europe/../Europe/Berlin', 'Europe//Berlin', 'europe/nowhere', 'x' * 300):
    try: print(ZoneInfo(key))
    except Exception as e: print(type(e).__mro__[:3], str(e)[:90])
for f in (lambda: z.fromutc(5), lambda: z.fromutc(datetime(2000, 1, 1)), lambda: ZoneInfo(5), lambda: zoneinfo.reset_tzpath('x'), lambda: zoneinfo.reset_tzpath(['x'])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Mine(ZoneInfo): pass
m = Mine('Asia/Tokyo')
print(m, repr(m), m is Mine('Asia/Tokyo'), m is ZoneInfo('Asia/Tokyo'), type(m), isinstance(m, ZoneInfo))
def tzif(times, kinds_of, kinds, names, footer):
    head = lambda version, t, k, c: b'TZif' + version + bytes(15) + struct.pack('>6l', 0, 0, 0, t, k, c)
    body = struct.pack(f'>{len(times)}q', *times) + bytes(kinds_of) + b''.join(struct.pack('>lbb', *k) for k in kinds) + names
    return head(b'2', 0, 0, 0) + head(b'2', len(times), len(kinds), len(names)) + body + b'\n' + footer + b'\n'
made = tzif([0, 10**8], [1, 0], [(3600, 0, 0), (7200, 1, 4)], b'STD\0DST\0', b'STD-1DST,J60/3,300/-2')
f = ZoneInfo.from_file(io.BytesIO(made), key='Made/Up')
print(f, [(d, f.tzname(d), f.dst(d)) for d in (datetime(1960, 1, 1), datetime(1971, 1, 1), datetime(2024, 2, 29), datetime(2024, 3, 1, 4), datetime(2024, 10, 26, 21), datetime(2024, 10, 27))])
try: pickle.dumps(f)
except pickle.PicklingError as e: print('PicklingError', str(e)[:40])
for data in (b'', b'nope' * 20):
    try: ZoneInfo.from_file(io.BytesIO(data))
    except Exception as e: print(type(e).__name__, e)
zones = zoneinfo.available_timezones()
print(type(zones), {'Europe/Berlin', 'UTC', 'America/New_York'} <= zones, len(zones) > 400, zoneinfo.__all__)
