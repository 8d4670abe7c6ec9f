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

    def __exit__(self, *exc_info):
        if (owner := self.weakcontainer()) is None:
            return
        owner._iterating.remove(self)
        if not owner._iterating:
            owner._commit_removals()


def _dropper(owner_ref):
    """The callback of all members of one set; it knows the set only weakly."""

    def member_died(wr, owner_ref=owner_ref):
        owner = owner_ref()
        if owner is None:
            return
        drop = owner._pending_removals.append if owner._iterating else owner.data.discard
        drop(wr)

    return member_died


def _refs(members, *callback):
    for member in members:
        yield ref(member, *callback)


def _ref_set(members):
    return {*map(ref, members)}


class WeakSet:
    def __init__(self, data=None):
        self.data = set()
        self._remove = _dropper(ref(self))
        self._pending_removals, self._iterating = [], set()
        if data is None:
            return
        self.update(data)

    def _commit_removals(self):
        waiting, data = self._pending_removals, self.data
        while waiting:
            try:
                dead = waiting.pop()
            except IndexError:      # another thread was faster
                break
            data.discard(dead)

    def _settled(self):
        """The set of references, without those that only waited to be dropped."""
        if self._pending_removals:
            self._commit_removals()
        return self.data

    def _changed_copy(self, change, other):
        result = self.copy()
        getattr(result, change)(other)
        return result

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
        self._settled().add(ref(item, self._remove))

    def discard(self, item):
        self._settled().discard(ref(item))

    def remove(self, item):
        self._settled().remove(ref(item))

    def pop(self):
        data = self._settled()
        while data:
            if (member := data.pop()()) is not None:
                return member
        raise KeyError("pop from empty WeakSet")

    def clear(self):
        self._settled().clear()

    def copy(self):
        return self.__class__(self)

    # --- changes in place

    def update(self, other):
        self._settled()
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
        self._settled().intersection_update(_refs(other))
        return self

    def __isub__(self, other):
        mine = self._settled()
        # Walking over itself while it shrinks would fail; the result is known anyway.
        mine.clear() if other is self else mine.difference_update(_refs(other))
        return self

    def __ixor__(self, other):
        mine = self._settled()
        mine.clear() if other is self else mine.symmetric_difference_update(_refs(other, self._remove))
        return self

    # --- new sets

    def union(self, other):
        return self.__class__(member for part in (self, other) for member in part)

    def intersection(self, other):
        return self.__class__(member for member in other if member in self)

    def difference(self, other):
        return self._changed_copy("difference_update", other)

    def symmetric_difference(self, other):
        return self._changed_copy("symmetric_difference_update", other)

    __or__, __and__, __sub__, __xor__ = union, intersection, difference, symmetric_difference

    # --- comparisons

    def issubset(self, other):
        return self.data.issubset(_refs(other))

    def issuperset(self, other):
        return self.data.issuperset(_refs(other))

    __le__, __ge__ = issubset, issuperset

    def __lt__(self, other):
        return self.data < _ref_set(other)

    def __gt__(self, other):
        return self.data > _ref_set(other)

    def __eq__(self, other):
        return self.data == _ref_set(other) if isinstance(other, self.__class__) else NotImplemented

    def isdisjoint(self, other):
        return not len(self.intersection(other))

    __class_getitem__ = classmethod(type(list[int]))
