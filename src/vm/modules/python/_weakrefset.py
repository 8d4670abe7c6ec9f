"""A set of weakly held members, and the guard under which a weak container does not shrink."""

from _weakref import ref

__all__ = ["WeakSet"]


class _IterationGuard:
    """Used by `with`: as long as one guard is registered, its container only notes down who died."""

    def __init__(self, weakcontainer):
        # Weakly, for a suspended generator must not keep what it walks over.
        self.weakcontainer = ref(weakcontainer)

    def __enter__(self):
        if (owner := self.weakcontainer()) is not None:
            owner._iterating.add(self)
        return self

    def __exit__(self, kind, value, trace):
        if (owner := self.weakcontainer()) is None:
            return
        guards = owner._iterating
        guards.remove(self)
        if not guards:
            owner._commit_removals()


# `gc.get_count()` shows each frame, iterator and exception that these methods make, so they make those that CPython's make: no
# helper is called, and an empty list is an exception.

class WeakSet:
    def __init__(self, data=None):
        self.data = set()

        def member_died(wr, owner_ref=ref(self)):
            owner = owner_ref()
            if owner is None:
                return
            if owner._iterating:
                owner._pending_removals.append(wr)
            else:
                owner.data.discard(wr)

        self._remove = member_died
        self._pending_removals, self._iterating = [], set()
        if data is None:
            return
        self.update(data)

    def _commit_removals(self):
        next_waiting, discard = self._pending_removals.pop, self.data.discard
        while True:
            try:
                dead = next_waiting()
            except IndexError:
                break
            discard(dead)

    # --- asking

    def __len__(self):
        size = len(self.data)
        return size - len(self._pending_removals)

    def __iter__(self):
        with _IterationGuard(self):
            for wr in self.data:
                # `member` is the one reference this generator adds, until the next step.
                if (member := wr()) is not None:
                    yield member

    def __contains__(self, item):
        try:
            probe = ref(item)
        except TypeError:
            # What cannot be referenced weakly cannot be in here.
            return False
        else:
            return probe in self.data

    def __repr__(self):
        return repr(self.data)

    def __reduce__(self):
        members = list(self)
        return type(self), (members,), getattr(self, "__dict__", None)

    # --- single members

    def add(self, item):
        if self._pending_removals:
            self._commit_removals()
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        if self._pending_removals:
            self._commit_removals()
        self.data.discard(ref(item))

    def remove(self, item):
        if self._pending_removals:
            self._commit_removals()
        self.data.remove(ref(item))

    def pop(self):
        if self._pending_removals:
            self._commit_removals()
        while True:
            try:
                kept = self.data.pop()
            except KeyError:
                raise KeyError("pop from empty WeakSet") from None
            if (member := kept()) is not None:
                return member

    def clear(self):
        if self._pending_removals:
            self._commit_removals()
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    # --- changes in place

    def update(self, other):
        if self._pending_removals:
            self._commit_removals()
        for member in other:
            self.add(member)

    def difference_update(self, other):
        self.__isub__(other)

    def intersection_update(self, other):
        self.__iand__(other)

    def symmetric_difference_update(self, other):
        self.__ixor__(other)

    def __ior__(self, other):
        self.update(other)
        return self

    def __iand__(self, other):
        if self._pending_removals:
            self._commit_removals()
        self.data.intersection_update(ref(member) for member in other)
        return self

    def __isub__(self, other):
        if self._pending_removals:
            self._commit_removals()
        # Walking over itself while it shrinks would fail; the result is known anyway.
        if other is self:
            self.data.clear()
        else:
            self.data.difference_update(ref(member) for member in other)
        return self

    def __ixor__(self, other):
        if self._pending_removals:
            self._commit_removals()
        if other is self:
            self.data.clear()
        else:
            self.data.symmetric_difference_update(ref(member, self._remove) for member in other)
        return self

    # --- new sets

    def union(self, other):
        return self.__class__(member for part in (self, other) for member in part)

    def intersection(self, other):
        return self.__class__(member for member in other if member in self)

    def difference(self, other):
        result = self.copy()
        result.difference_update(other)
        return result

    def symmetric_difference(self, other):
        result = self.copy()
        result.symmetric_difference_update(other)
        return result

    __or__, __and__, __sub__, __xor__ = union, intersection, difference, symmetric_difference

    # --- comparisons

    def issubset(self, other):
        return self.data.issubset(ref(member) for member in other)

    def issuperset(self, other):
        return self.data.issuperset(ref(member) for member in other)

    __le__, __ge__ = issubset, issuperset

    def __lt__(self, other):
        return self.data < set(map(ref, other))

    def __gt__(self, other):
        return self.data > set(map(ref, other))

    def __eq__(self, other):
        return self.data == set(map(ref, other)) if isinstance(other, self.__class__) else NotImplemented

    def isdisjoint(self, other):
        return not len(self.intersection(other))

    __class_getitem__ = classmethod(type(list[int]))
