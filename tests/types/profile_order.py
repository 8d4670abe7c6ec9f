# A profiler hears of the end of a function in C before its arguments die.
import sys


class R:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        events.append('del ' + self.name)


events = []


def profiler(frame, event, arg):
    events.append('%s %s' % (event, arg.__name__ if event.startswith('c_') else frame.f_code.co_name))
    if event == fail:
        raise KeyError(event)


def work():
    [].append(R('a'))
    len([R('b')])
    [R('c')].count(1)
    print(*[R('d').name], end='')
    print(R('e').name, end='', sep='')
    isinstance(R('f'), int)
    dict().update({1: R('g')})
    try:
        [].index(R('h'))
    except ValueError:
        pass
    return 1


for fail in '', 'c_return', 'c_call', 'c_exception':
    sys.setprofile(profiler)
    try:
        work()
    except KeyError as e:
        events.append(repr(e))
    sys.setprofile(None)
    for event in events:
        print(event)
    print('--', fail)
    del events[:]


def count(function, hook):
    fail = ''
    function()
    before = sys.getrefcount(None), sys.getrefcount(200)
    hook(lambda *args: None)
    for i in range(100):
        function()
    hook(None)
    after = sys.getrefcount(None), sys.getrefcount(200)
    return [abs(a - b) < 9 for a, b in zip(after, before)]


for hook in sys.setprofile, sys.settrace:
    print(count(lambda: [].append(R('x')), hook), count(lambda: [R('x')].__sizeof__() and 1, hook))
    print(count(lambda: {1: R('x')}.get(2), hook), count(lambda: 1 + [R('x'), 200].pop(), hook))
