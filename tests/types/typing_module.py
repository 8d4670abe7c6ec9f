# Verifies typing: reprs, substitution, flattening, protocols, named tuples, typed dicts, hints, and what is refused.
import collections.abc
import typing
from typing import *

T, S, P = TypeVar("T"), TypeVar("S", int, str), ParamSpec("P")


def check(*makers):
    for make in makers:
        try:
            print(repr(make()))
        except Exception as error:
            print(type(error).__name__, error)


check(
    lambda: List[int], lambda: Dict[str, List[T]], lambda: Dict[T, S][int, str], lambda: Union[int, str, int], lambda: Union[int],
    lambda: Optional[int], lambda: Optional[Union[str, None]], lambda: Union[Union[int, str], List[int]], lambda: Tuple[int, ...],
    lambda: Tuple[()], lambda: Callable[[int, str], bool], lambda: Callable[..., T][int], lambda: Callable[P, T][[int], str],
    lambda: Callable[Concatenate[int, P], T], lambda: Literal[1, "a", True, 1], lambda: Literal[Literal[1, 2], 3],
    lambda: Annotated[int, "x", 5], lambda: Annotated[Annotated[int, 1], 2], lambda: ClassVar[int], lambda: Final[str],
    lambda: TypeGuard[int], lambda: Type[int], lambda: Any, lambda: NoReturn, lambda: (T, S, P, P.args, P.kwargs),
    lambda: Iterable[T], lambda: Generator[int, None, str], lambda: List, lambda: int | List[str], lambda: List[int] | None,
    lambda: ForwardRef("x.y"), lambda: List["x"], lambda: DefaultDict[str, int], lambda: Counter[T], lambda: Pattern[str],
    lambda: AnyStr, lambda: Text, lambda: NewType("N", int), lambda: List[int] is List[int], lambda: IO[str], lambda: TextIO)
check(
    lambda: List[int, str], lambda: List[1], lambda: Dict[int], lambda: Optional[int, str], lambda: Union[()], lambda: Union[1],
    lambda: Any[int], lambda: Any(), lambda: Union(), lambda: isinstance(1, List[int]), lambda: isinstance(1, Union),
    lambda: isinstance(1, Any), lambda: List(), lambda: Callable[int], lambda: ClassVar[ClassVar[int]], lambda: List[ClassVar[int]],
    lambda: Generic[int], lambda: Generic[T, T], lambda: Generic, lambda: List[int][str], lambda: TypeVar("X", int),
    lambda: TypeVar("X", int, bound=str), lambda: TypeVar("X", covariant=True, contravariant=True), lambda: Annotated[int],
    lambda: Concatenate[int], lambda: ForwardRef("a b"), lambda: ForwardRef(1), lambda: type("X", (Any,), {}),
    lambda: Literal[1](), lambda: Tuple[int](), lambda: issubclass(int, Union[int, str]))


class Box(Generic[T]):
    def __init__(self, x: T) -> None:
        self.x = x


class Pair(Box[S], Generic[S, T]):
    pass


print(Box[int], Box[int](3).__orig_class__, Box.__parameters__, Pair.__parameters__, Pair.__orig_bases__, Pair[int, str], Pair.__mro__)
check(lambda: Box[int, str], lambda: Box[int][str], lambda: type("Y", (Generic,), {}), lambda: Pair[int])
print(get_origin(Dict[str, int]), get_args(Dict[str, int]), get_args(Callable[[int], str]), get_origin(Box[int]), get_args(int | str))
print(get_args(Annotated[int, 1]), get_origin(Annotated[int, 1]), get_args(List), get_args(Literal[1, 2]), get_origin(P.args))


@runtime_checkable
class Closes(Protocol):
    def close(self): ...


class Named(Protocol):
    name: str


class File:
    def close(self): pass


print(isinstance(File(), Closes), isinstance(3, Closes), issubclass(File, Closes), isinstance(3, SupportsInt), isinstance("", Sized))
check(lambda: isinstance(3, Named), lambda: issubclass(File, Named), lambda: Closes(), lambda: runtime_checkable(File))


class Point(NamedTuple):
    "a point"
    x: int
    y: int = 5

    def total(self): return self.x + self.y


print(Point(1), Point(1, 2).total(), Point._fields, Point._field_defaults, Point.__annotations__, Point.__doc__, Point.__mro__)
print(NamedTuple("Q", [("a", int)])(3), NamedTuple("R", b=int)(4))
check(lambda: type("Z", (NamedTuple, int), {}), lambda: NamedTuple("Q", [("a", int)], b=int), lambda: NamedTuple("Q", [("a", 5)]))


class Movie(TypedDict):
    title: str


class More(Movie, total=False):
    year: int


print(Movie(title="x"), More.__annotations__, More.__required_keys__, More.__optional_keys__, More.__total__, is_typeddict(More), More.__mro__)
print(TypedDict("D", {"a": int}).__annotations__)
check(lambda: isinstance({}, Movie), lambda: TypedDict("D", {"a": int}, b=str), lambda: type("E", (Movie, int), {}))


class Node:
    next: "Optional[Node]"
    count: ClassVar[int] = 0
    tag: Annotated[str, "short"]


def f(a: "int", b: "List[Node]" = None, *c: T, d: None) -> "Node": ...


print(get_type_hints(Node), get_type_hints(f), get_type_hints(Node, include_extras=True))
check(lambda: get_type_hints(3), lambda: get_type_hints(len), lambda: get_type_hints(type("B", (), {"__annotations__": {"x": "nope"}})))
UserId = NewType("UserId", int)
print(UserId(5), UserId.__supertype__, UserId, UserId | None, cast("x", 3), final(f) is f, no_type_check(f) is f, get_type_hints(f))


@overload
def g(x: int): ...


check(lambda: g(1))
print(sorted(typing.__all__) == sorted(set(typing.__all__)), typing.io.IO is IO, typing.re.Pattern is Pattern, TYPE_CHECKING)
import pickle, copy
for o in (List[int], Union[int, str], T, Box[int], Callable[[int], str], Literal[1], Any, Optional[int], Tuple[()]):
    print(copy.copy(o) == o, pickle.loads(pickle.dumps(o)) == o)
print(collections.abc.Callable[P, T][[int], str], collections.abc.Callable[P, T][..., str])
check(lambda: collections.abc.Callable[P, T][int, str], lambda: Callable[P, T][int, str])
