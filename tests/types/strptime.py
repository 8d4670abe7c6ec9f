# Verifies time.strptime, datetime.strptime and time.get_clock_info.
import time
def t(*a):
    try: print(a, time.strptime(*a))
    except BaseException as e: print(a, type(e).__name__, e)
for a in [('2020-01-01','%Y-%m-%d'),('x','%Y'),('2020','%Q'),('2020','%'),('2020x','%Y'),('','%Y'),('30 Feb 2020','%d %b %Y'),('12/31/99','%x'),('Wed Jan  1 00:00:00 2020','%c'),('Wed Jan  1 00:00:00 2020',),('1 pm','%I %p'),('12 AM','%I %p'),('12 PM','%I %p'),('13','%I'),('366 2021','%j %Y'),('366 2020','%j %Y'),('60','%S'),('61','%S'),('62','%S'),('2020 01 1','%G %V %u'),('2020 01','%G %V'),('2020 1','%Y %V'),('2020 10 1','%Y %U %w'),('2020 10 1','%Y %W %w'),('2020 53 0','%Y %U %w'),('+0100','%z'),('+01:00','%z'),('-01:30:15.123','%z'),('Z','%z'),('UTC','%Z'),('gmt','%Z'),('xyz','%Z'),('68','%y'),('69','%y'),('a%b','a%%b'),('  1','%d'),('1','  %d'),('1  2','%d %m'),('1 2','%d   %m'),('WEDNESDAY','%A'),('jAn','%b'),('.123','.%f'),('.1234567','.%f'),('0','%w'),('7','%w'),('29 Feb','%d %b'),(5,'%d'),('5',5),('2020-02-30','%Y-%m-%d'),('1','%m%'),('12','%H%M'),('123','%H%M'),('1a','%H'),('a','%a')]: t(*a)
import datetime as D
def u(*a):
    try: print(a, repr(D.datetime.strptime(*a)))
    except BaseException as e: print(a, type(e).__name__, e)
for a in [('2020-01-01 +0100','%Y-%m-%d %z'),('2020 UTC','%Y %Z'),('2020 +00:00 UTC','%Y %z %Z'),('12:34:56.789','%H:%M:%S.%f'),('29 Feb','%d %b'),('2020 -0530','%Y %z'),('2020-01-01','%Y-%m'),('Z','%z'),(5,'')]: u(*a)
for n in ('time','monotonic','perf_counter','process_time','thread_time'): print(time.get_clock_info(n))
for y in (2018,2019,2020,2021,2015,2016): 
    for d in (1,2,3,4,5,28,29,30,31):
        for m in (1,12): print(D.date(y,m,d).strftime('%G-%V %g %U %W'), tuple(D.date(y,m,d).isocalendar()), end=' ')
