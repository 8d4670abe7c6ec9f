"""The instructions of the machine: their names, their numbers, and what their arguments mean."""

__all__ = (
    "cmp_op hasconst hasname hasjrel hasjabs haslocal hascompare hasfree opname opmap HAVE_ARGUMENT EXTENDED_ARG hasnargs "
    "stack_effect"
).split()

from _opcode import _table, stack_effect

cmp_op = ("<", "<=", "==", "!=", ">", ">=")

HAVE_ARGUMENT, EXTENDED_ARG = 90, 144

opname = [f"<{number}>" for number in range(256)]
opmap = {}
hasconst, hasname, hasjrel, hasjabs, haslocal, hascompare, hasfree, hasnargs = [], [], [], [], [], [], [], []

for _number, _name, _kind in _table():
    opname[_number] = _name
    opmap[_name] = _number
    _list = {
        "const": hasconst, "name": hasname, "jump relative": hasjrel, "jump absolute": hasjabs, "local": haslocal,
        "compare": hascompare, "free": hasfree}.get(_kind)
    if _list is not None:
        _list.append(_number)
del _number, _name, _kind, _list
