# None that was set as a traceback is kept as itself, and taken for none at all.
import gc
import sys
import traceback


def referents(e):
    return [type(o).__name__ for o in gc.get_referents(e)]


e = ValueError('x')
print(referents(e), e.__traceback__)
before = sys.getrefcount(None)
e.__traceback__ = None
print(referents(e), e.__traceback__, sys.getrefcount(None) - before)
print(ValueError().with_traceback(None).__traceback__, referents(KeyError('k').with_traceback(None)))
try:
    raise e
except ValueError as caught:
    print(referents(caught), traceback.extract_tb(caught.__traceback__)[0].line)
    caught.__traceback__ = None
    print(referents(caught))
    try:
        raise caught
    except ValueError as again:
        print(len(traceback.extract_tb(again.__traceback__)))


def generator():
    try:
        yield
    except ValueError as thrown:
        print(len(traceback.extract_tb(thrown.__traceback__)))
        thrown.__traceback__ = None
        raise


g = generator()
next(g)
e.__traceback__ = None
try:
    g.throw(e)
except ValueError as out:
    print(len(traceback.extract_tb(out.__traceback__)))
error = NameError('name')
error.__traceback__ = None
error.name = 'erorr'
print(traceback.format_exception(error), traceback.format_exception_only(error))
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError('f').with_traceback(None))
    try:
        await future
    except ValueError as out:
        print(len(traceback.extract_tb(out.__traceback__)), future.exception() is out)


asyncio.run(main())
sys.excepthook(NameError, error, None)
