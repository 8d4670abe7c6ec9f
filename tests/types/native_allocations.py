# Verifies what natives allocate for the collector: patterns, asynchronous generators, contexts, pickles, imports, abstract classes.
import abc
import collections
import contextvars
import gc
import pickle

gc.disable()


def allocated(name, work):
    counts = []
    for _ in range(2):
        gc.collect()
        before = gc.get_count()[0]
        made = work()
        after = gc.get_count()[0]
        made = None
        counts += [after - before, gc.get_count()[0] - before]
    print(name, counts)


class P:
    def __init__(self):
        self.b, self.c = 1, 2


def match(subject, pattern):
    scope = {'P': P, 'subject': subject}
    exec(f'def work():\n match subject:\n  case {pattern}: pass', scope)
    allocated(pattern, scope['work'])


for pattern in 'P()', 'P(a=3)', 'P(b=3)', 'P(b=1, c=2)':
    match(P(), pattern)
for pattern in '{}', '{"k": 1}', '{"z": 1}', '{"k": 1, "l": 2}', '{"k": 1, **rest}':
    match({'k': 1, 'l': 2}, pattern)
match(3, 'int(x)')
match(3, 'P(b=1)')
match([1, 2], '[x, *y]')


async def numbers(x):
    yield x
    yield 2


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as e:
        return e.value


for body in ('numbers(3)', 'a = numbers(3); await a.__anext__()', 'a = numbers(3); await a.asend(None)', 'a = numbers(3); a.asend(None)',
             'async for x in numbers(3): pass', 'async for x in numbers(3): break', 'return [x async for x in numbers(3)]',
             'a = numbers(3); await a.asend(None); await a.aclose()', 'await anext(numbers(1), 2)'):
    scope = {'numbers': numbers}
    exec(f'async def work():\n {body}', scope)
    allocated(body, lambda: run(scope['work']()))
allocated('context', contextvars.copy_context)
for o in 3, P, len, P(), [1], {1: 2}, {1}, frozenset({1}), (1, 2), [1, 2, 3]:
    for protocol in 2, 4:
        allocated(f'dumps {type(o).__name__} {protocol}', lambda: pickle.dumps(o, protocol))
        text = pickle.dumps(o, protocol)
        allocated(f'loads {type(o).__name__} {protocol}', lambda: pickle.loads(text))
for name in 'sys', 'gc', 'pickle', 'builtins', 'collections', '__main__':
    scope = {}
    exec(f'def work(): import {name}', scope)
    allocated('import ' + name, scope['work'])
    allocated('__import__ ' + name, lambda: __import__(name))


def abstract():
    class A(abc.ABC):
        @abc.abstractmethod
        def f(self): pass


abstract()
allocated('abstract', abstract)
allocated('hasattr', lambda: hasattr(P, 'q'))
allocated('keywords', lambda: dict.fromkeys([1], 2))
