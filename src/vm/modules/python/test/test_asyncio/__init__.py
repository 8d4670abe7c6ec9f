"""Parts of CPython's tests of asyncio that tests import."""
