# Verifies mocks of what is awaited: AsyncMock's own assertions, the asynchronous attributes of a spec, and the asynchronous
# magic methods of a MagicMock.
import asyncio
from unittest.mock import AsyncMock, MagicMock, Mock, call


class Service:
    def plain(self):
        pass

    async def fetch(self, key):
        return key


def told(check, *args, **kwargs):
    try:
        print(check(*args, **kwargs))
    except AssertionError as e:
        print(e)


async def main():
    mock = AsyncMock(return_value=4)
    print(await mock(1), await mock(2, a=3), mock.await_count, mock.await_args_list)
    told(mock.assert_any_await, 1)
    told(mock.assert_any_await, 5)
    told(mock.assert_has_awaits, [call(1), call(2, a=3)])
    told(mock.assert_has_awaits, [call(2, a=3), call(1)])
    told(mock.assert_has_awaits, [call(2, a=3), call(1)], any_order=True)
    told(mock.assert_has_awaits, [call(9)], any_order=True)
    mock.reset_mock()
    print(mock.await_count, mock.await_args)
    told(mock.assert_awaited)
    service = Mock(spec=Service)
    print(type(service.fetch).__name__, type(service.plain).__name__, asyncio.iscoroutinefunction(service.fetch))
    print(type(await service.fetch("k")).__name__, service.fetch.mock_calls)
    both = MagicMock()
    both.__aiter__.return_value = [1, 2, 3]
    async with both as entered:
        print(type(entered).__name__, [item async for item in both])


asyncio.run(main())
