# Verifies that a trace function hears of the StopIteration with which a generator that returns a value ends a loop.
import sys
def with_value():
    yield 1
    return 5
def without():
    yield 1
def main():
    for i in with_value():
        pass
    for i in without():
        pass
    [x for x in with_value()]
    a, = with_value()
    return 'done'
events = []
def trace(frame, event, arg):
    if frame.f_code.co_name in ('main', '<listcomp>', 'with_value', 'without'):
        events.append((frame.f_code.co_name, frame.f_lineno, event, repr(arg[1]) if event == 'exception' else repr(arg)))
    return trace
sys.settrace(trace); main(); sys.settrace(None)
for e in events: print(*e)
class Stop(Exception): pass
def angry(frame, event, arg):
    if event == 'exception' and frame.f_code.co_name == 'main': raise Stop
    return angry
sys.settrace(angry)
try: main()
except Stop: print('stopped')
finally: sys.settrace(None)
