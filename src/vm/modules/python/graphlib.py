"""Topological order of a graph whose nodes name their predecessors."""

__all__ = "TopologicalSorter", "CycleError"

_OUT, _DONE = -1, -2


class CycleError(ValueError):
    """The graph has a cycle; the second argument lists its nodes, the first one also last."""


class _Node:
    __slots__ = "node", "waits", "followers"

    def __init__(self, node):
        self.node = node
        # How many predecessors are not done; then _OUT, then _DONE.
        self.waits = 0
        self.followers = []


class TopologicalSorter:
    """Hands nodes out when all their predecessors are done."""

    def __init__(self, graph=None):
        self._node2info = {}
        self._ready_nodes = None
        self._npassedout = self._nfinished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _info(self, node):
        info = self._node2info.get(node)
        if info is None:
            info = self._node2info[node] = _Node(node)
        return info

    def add(self, node, *predecessors):
        if self._ready_nodes is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        info = self._info(node)
        info.waits += len(predecessors)
        for predecessor in predecessors:
            self._info(predecessor).followers.append(node)

    def prepare(self):
        if self._ready_nodes is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready_nodes = [info.node for info in self._node2info.values() if info.waits == 0]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def _prepared(self):
        if self._ready_nodes is None:
            raise ValueError("prepare() must be called first")

    def get_ready(self):
        self._prepared()
        ready = tuple(self._ready_nodes)
        for node in ready:
            self._node2info[node].waits = _OUT
        self._ready_nodes.clear()
        self._npassedout += len(ready)
        return ready

    def is_active(self):
        self._prepared()
        return self._nfinished < self._npassedout or bool(self._ready_nodes)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        self._prepared()
        for node in nodes:
            info = self._node2info.get(node)
            if info is None:
                raise ValueError(f"node {node!r} was not added using add()")
            if info.waits >= 0:
                raise ValueError(f"node {node!r} was not passed out (still not ready)")
            if info.waits == _DONE:
                raise ValueError(f"node {node!r} was already marked done")
            info.waits = _DONE
            for follower in info.followers:
                waiting = self._node2info[follower]
                waiting.waits -= 1
                if waiting.waits == 0:
                    self._ready_nodes.append(follower)
            self._nfinished += 1

    def _find_cycle(self):
        """Depth first along followers; the path back to a node that is on it is a cycle."""
        path, place, pending, seen = [], {}, [], set()
        for node in self._node2info:
            if node in seen:
                continue
            while True:
                if node in seen:
                    if node in place:
                        return path[place[node]:] + [node]
                else:
                    seen.add(node)
                    pending.append(iter(self._node2info[node].followers))
                    place[node] = len(path)
                    path.append(node)
                while path:
                    following = next(pending[-1], self)
                    if following is not self:
                        node = following
                        break
                    del place[path.pop()]
                    pending.pop()
                else:
                    break
        return None

    def static_order(self):
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)
