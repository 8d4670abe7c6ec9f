# Verifies unittest.mock: calls remembered, assertions and their messages, specs, magic methods, patching.
import re
from unittest import mock
from unittest.mock import ANY, DEFAULT, AsyncMock, MagicMock, Mock, NonCallableMock, PropertyMock, call, create_autospec, patch, seal, sentinel


def show(*makers):
    for make in makers:
        try:
            print(re.sub(r"id='\d+'|0x[0-9a-f]+", "ID", str(make())))
        except Exception as error:
            print(type(error).__name__, re.sub(r"id='\d+'|0x[0-9a-f]+", "ID", str(error)))


m = Mock()
m(1, a=2); m.x.y(3); m.z = 5; m.f.return_value = 7; m.f(); m().q(8)
show(lambda: m, lambda: m.x, lambda: m.x.y, lambda: m(), lambda: m().a, lambda: m.z, lambda: m.f(), lambda: m.called, lambda: m.call_count)
print(m.call_args, m.call_args.args, m.call_args.kwargs, m.call_args_list, m.mock_calls[:3], m.method_calls)
print(m.call_args_list == [call(1, a=2), call(), call(), call()], call(1, b=ANY) == call(1, b=9), call.a.b(1), call(1).c(2).call_list(), call)
n = Mock(name="n", side_effect=[1, ValueError("v"), 3])
show(n, n, n, n, lambda: n, lambda: Mock(side_effect=KeyError("k"))(), lambda: Mock(side_effect=lambda x: x * 2)(4), lambda: Mock(side_effect=lambda: DEFAULT, return_value=9)())
a = Mock(name="a")
show(a.assert_called, a.assert_called_once, lambda: a.assert_called_with(1), lambda: a.assert_called_once_with(1), a.assert_not_called)
a(1); a(2, k=3)
show(a.assert_called, a.assert_called_once, lambda: a.assert_called_with(1), lambda: a.assert_called_with(2, k=3), lambda: a.assert_called_once_with(1), a.assert_not_called,
     lambda: a.assert_any_call(1), lambda: a.assert_any_call(5), lambda: a.assert_has_calls([call(1), call(2, k=3)]), lambda: a.assert_has_calls([call(9)]),
     lambda: a.assert_has_calls([call(2, k=3), call(1)], any_order=True), lambda: a.assert_has_calls([call(9)], any_order=True))
a.reset_mock()
print(a.called, a.call_args, a.mock_calls)


class Thing:
    attr = 1

    def method(self, x, y=2): return x


s = Mock(spec=Thing)
show(lambda: s, lambda: s.method(1), lambda: s.nope, lambda: isinstance(s, Thing), lambda: s.assert_foo, lambda: Mock(spec=["a"]).b, lambda: setattr(Mock(spec_set=Thing), "b", 1))
g = MagicMock()
print(len(g), bool(g), int(g), float(g), list(g), 3 in g, g == g, g == 1, g != 1, hash(g) == hash(g))
show(lambda: g + 1, lambda: g[3], lambda: g < 3, lambda: g.__enter__(), lambda: g.__getitem__.call_args)
g.__len__.return_value = 5; g.__getitem__.side_effect = lambda k: k * 2; g.__iter__.return_value = [1, 2]
print(len(g), g[4], list(g))
with g as h:
    pass
print(g.__exit__.call_args, g.mock_calls[-2:] and "calls")
p = Mock(); p.__str__ = Mock(return_value="text"); p.__len__ = lambda self: 3
print(str(p), len(p))


class Target:
    value = 1

    def run(self): return "real"


with patch.object(Target, "run", return_value="fake") as fake:
    print(Target().run(), fake.called)
print(Target().run())
with patch("__main__.Target") as T:
    show(lambda: Target, lambda: Target() is T.return_value)
print(Target.value)


@patch.object(Target, "value", 10)
@patch.object(Target, "run")
def decorated(run):
    run.return_value = "d"
    return Target.value, Target().run()


print(decorated(), Target.value, Target().run())
d = {"a": 1}
with patch.dict(d, {"b": 2}, clear=True):
    print(d)
print(d)
with patch.dict(d, c=3):
    print(d)
with patch.multiple(Target, value=5, run=DEFAULT) as both:
    print(sorted(both), Target.value)
started = patch.object(Target, "value", 99); started.start(); print(Target.value); patch.stopall(); print(Target.value)
show(lambda: patch.object(Target, "nope").start(), lambda: patch("x"), lambda: patch.multiple(Target))
with patch.object(Target, "value", new_callable=PropertyMock) as prop:
    prop.return_value = 42
    print(Target().value, prop.mock_calls)
auto = create_autospec(Thing)
show(lambda: auto().method(1), lambda: auto().method(), lambda: auto().nope, lambda: auto(5))


def function(a, b=1): pass


f = create_autospec(function)
f(1, b=2)
show(lambda: f(), lambda: f.assert_called_with(1, 2), lambda: f.assert_called_once_with(3))
sealed = Mock(); sealed.a.b = 1; seal(sealed)
show(lambda: sealed.c, lambda: sealed.a.b)
opened = mock.mock_open(read_data="one\ntwo\n")
with patch("builtins.open", opened):
    with open("x") as file:
        print(file.read())
    print(list(open("y")))
opened.assert_any_call("x")
w = Mock(wraps=[3, 1, 2])
print(w.index(1), w.index.call_args, sentinel.a is sentinel.a, sentinel.a, ANY == object(), repr(ANY))
m2 = Mock(); m2.attach_mock(Mock(name="old"), "new"); m2.new(4); print(m2.mock_calls)
c = Mock(**{"a.b.return_value": 3, "name": "x"}); print(c.a.b())
del c.a
show(lambda: c.a, lambda: NonCallableMock()())
