# strftime's flags, widths and modifiers, as the C library has them; zones' names; timestamps that no calendar reaches.
import struct, time
from datetime import date, datetime, time as clock, timezone
FORMATS = ['%-d', '%5d', '%-H|%_H|%0e|%^b|%#B|%#Z|%^Z|%#p', '%010Y|%-y|%_5d|%+4d', '%Ey|%OH|%Ed|%EY', '%-j|%_j|%3j|%05j', '%-C|%3C|%C',
           '%10A|%-10A|%^10a|%010A', '%5%|%-%', '%-n', '%q|%-q|%5', '%10c', '%-D|%10D|%010F|%+F', '%:z|%_z|%10z', '%-s', '%-I:%-M%#p',
           '%05k|%-k|%-l|%_e|%-e', '%N|%v|%L', '%-u%w%_u', '%', '%^c|%#c|%^x', '%^B %#A %^p %#P', '%OB|%Oe|%OS|%OY|%EC|%Ex|%Ep|%En',
           '%_10Y|%-10Y|%10s', '%0_5d|%_05d|%^#b', 'a%%b%%%d', '%A, %d. %B %Y']
for f in FORMATS:
    for t in ((2024, 3, 5, 7, 8, 9, 1, 65, 0), (83, 12, 31, 0, 8, 9, 6, 366, 0), (9, 1, 1, 12, 0, 0, 0, 1, -1)):
        print(f, repr(time.strftime(f, t)), repr(datetime(*t[:6]).strftime(f)))
print([time.strftime('%Z|%z', t) for t in (datetime(2020, 1, 1).timetuple(), time.gmtime(0), (2020, 1, 1, 0, 0, 0, 0, 1, 0), time.strptime('2020', '%Y'))])
print(repr(clock(1, 2, fold=1, tzinfo=timezone.utc)), repr(datetime(1, 2, 3, fold=1, tzinfo=timezone.utc)), date(2020, 1, 1).strftime('%#Z|%x'))
for x in (1e18, -1e18, 9.22e18, 9.3e18, 1e15, 253402300800, -62135596801):
    try: print(datetime.utcfromtimestamp(x))
    except Exception as e: print(x, type(e).__name__, e)
for f, v in (('>H', 70000), ('>h', -40000), ('>q', 2**63), ('>Q', -1), ('<H', 70000), ('<Q', 2**64), ('>I', -1), ('>L', 2**40)):
    try: print(struct.pack(f, v))
    except struct.error as e: print(f, v, e)
for text in ('ǅ1_', '1_é', '1__0', '１_０j'):
    try: print(complex(text))
    except ValueError as e: print(ascii(e))
import cmath
try: print(cmath.phase(complex(1e300, 1e-300)))
except OverflowError as e: print(e)
