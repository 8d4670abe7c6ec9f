# Verifies what time makes of tuples and numbers at and beyond their bounds.
import time


def tried(function, *args):
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


start = (2000, 1, 1, 0, 0, 0, 0, 1, 0)
for place in range(9):
    for value in (-1, -2, 0, 13, 24, 32, 60, 61, 62, 366, 367, 2**31, 2**63, -2**31, 1.5, "x"):
        changed = start[:place] + (value,) + start[place + 1 :]
        print(place, value, tried(time.strftime, "%Y-%m-%d %H:%M:%S %w %j", changed), tried(time.asctime, changed))
for wrong in ((), start[1:], start + (1,), list(start), 5, None):
    print(tried(time.strftime, "%S", wrong), tried(time.asctime, wrong), tried(time.mktime, wrong))
print(tried(time.strftime, "%S\0", start), tried(time.strftime, b"%S", start))
for moment in (1e200, -1e200, float("nan"), float("inf"), 2**55, 2**56, 2**63, -2**63 - 1, "x", 67768036191676799, 67768036191676800,
               -67768040609740800, -67768040609740801, 1.999, -1.5, True):
    print(moment, tried(time.gmtime, moment))
for clock in (time.CLOCK_REALTIME, time.CLOCK_MONOTONIC, time.CLOCK_PROCESS_CPUTIME_ID, time.CLOCK_THREAD_CPUTIME_ID, 99, "x", 2**40):
    try:
        print(clock, type(time.clock_gettime(clock)).__name__, type(time.clock_gettime_ns(clock)).__name__, time.clock_getres(clock))
    except Exception as error:
        print(clock, type(error).__name__, error)
print(tried(time.clock_settime, 1, 5), tried(time.clock_settime, 99, 1), tried(time.clock_settime, 0, "x"))
print(tried(time.sleep, 1e200), tried(time.sleep, -1), tried(time.sleep, "x"))
before = time.process_time()
time.sleep(0.25)
print(time.process_time() - before < 0.1)
for text, format in (("", "%D"), ("19", "%Y %")):
    try:
        time.strptime(text, format)
    except ValueError as error:
        print(error, error.__suppress_context__)
