# An exception that nobody catches drops an older traceback, and with it what only the frames of that held: callbacks run then.
import weakref


class Held:
    def __init__(self, name):
        self.name = name
        self.me = weakref.finalize(self, print, 'gone', name)

    def __del__(self):
        print('del', self.name)


class Manager:
    def __enter__(self):
        self.held = Held('manager')
        return self

    def __exit__(self, kind, value, traceback):
        try:
            raise value
        except kind:
            return False


def fail():
    local = Held('local')
    with Manager():
        raise RuntimeError('final')


try:
    fail()
except RuntimeError as error:
    kept = error
print(kept.__traceback__ is None)
kept.__traceback__ = None
print('cleared')


async def steps():
    try:
        yield 1
    finally:
        pass


class Context:
    async def __aenter__(self):
        self.steps = steps()
        self.gone = weakref.ref(self.steps, lambda r: print('steps are gone'))
        return await self.steps.__anext__()

    async def __aexit__(self, kind, value, traceback):
        try:
            await self.steps.athrow(kind, value, traceback)
        except BaseException:
            return False


async def work():
    async with Context():
        raise RuntimeError('at the end')


work().send(None)
