"""Tests that are coroutines."""

import asyncio
import inspect

from .case import TestCase


class IsolatedAsyncioTestCase(TestCase):
    """Each test, with its set-up and its clean-up, runs in an event loop of its own."""

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._asyncioTestLoop = self._asyncioCallsQueue = None

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        self.addCleanup(*(func, *args), **kwargs)

    def _callSetUp(self):
        self.setUp()
        self._callAsync(self.asyncSetUp)

    def _callTestMethod(self, method):
        self._callMaybeAsync(method)

    def _callTearDown(self):
        self._callAsync(self.asyncTearDown)
        self.tearDown()

    def _callCleanup(self, function, *args, **kwargs):
        self._callMaybeAsync(function, *args, **kwargs)

    def _query(self, awaitable):
        """A future of its value, once the runner task awaits it: all of the test runs in one task."""
        waiter = self._asyncioTestLoop.create_future()
        self._asyncioCallsQueue.put_nowait((waiter, awaitable))
        return waiter

    def _callAsync(self, func, /, *args, **kwargs):
        assert self._asyncioTestLoop is not None, "asyncio test loop is not initialized"
        made = func(*args, **kwargs)
        assert inspect.isawaitable(made), f"{func!r} returned non-awaitable"
        return self._asyncioTestLoop.run_until_complete(self._query(made))

    def _callMaybeAsync(self, func, /, *args, **kwargs):
        assert self._asyncioTestLoop is not None, "asyncio test loop is not initialized"
        made = func(*args, **kwargs)
        if not inspect.isawaitable(made):
            return made
        return self._asyncioTestLoop.run_until_complete(self._query(made))

    async def _asyncioLoopRunner(self, fut):
        self._asyncioCallsQueue = queue = asyncio.Queue()
        fut.set_result(None)
        while True:
            query = await queue.get()
            queue.task_done()
            if query is None:
                return
            waiter, awaitable = query
            try:
                value = await awaitable
                if not waiter.cancelled():
                    waiter.set_result(value)
            except (SystemExit, KeyboardInterrupt):
                raise
            except (BaseException, asyncio.CancelledError) as error:
                if not waiter.cancelled():
                    waiter.set_exception(error)

    def _setupAsyncioLoop(self):
        assert self._asyncioTestLoop is None, "asyncio test loop already initialized"
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.set_debug(True)
        self._asyncioTestLoop = loop
        ready = loop.create_future()
        self._asyncioCallsTask = loop.create_task(self._asyncioLoopRunner(ready))
        loop.run_until_complete(ready)

    def _tearDownAsyncioLoop(self):
        assert self._asyncioTestLoop is not None, "asyncio test loop is not initialized"
        loop, self._asyncioTestLoop = self._asyncioTestLoop, None
        self._asyncioCallsQueue.put_nowait(None)
        loop.run_until_complete(self._asyncioCallsQueue.join())
        try:
            left = asyncio.all_tasks(loop)
            if not left:
                return
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            for task in left:
                if not task.cancelled() and task.exception() is not None:
                    loop.call_exception_handler({
                        "message": "unhandled exception during test shutdown",
                        "exception": task.exception(),
                        "task": task,
                    })
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            # No loop may be left behind for the next test to stumble over.
            loop.run_until_complete(loop.shutdown_default_executor())
            asyncio.set_event_loop(None)
            loop.close()

    def run(self, result=None):
        self._setupAsyncioLoop()
        try:
            return super().run(result)
        finally:
            self._tearDownAsyncioLoop()

    def debug(self):
        self._setupAsyncioLoop()
        super().debug()
        self._tearDownAsyncioLoop()

    def __del__(self):
        if self._asyncioTestLoop is not None:
            self._tearDownAsyncioLoop()
