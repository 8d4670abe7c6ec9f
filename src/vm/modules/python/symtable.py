"""The tables in which the compiler keeps what it knows of names."""

import weakref

import _symtable

__all__ = ["symtable", "SymbolTable", "Class", "Function", "Symbol"]

# Flags of a name in a scope: what was seen of it; above them, where it lives.
DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, USE = 1, 2, 4, 8, 16
DEF_IMPORT, DEF_ANNOT = 128, 256
DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT
SCOPE_OFF, SCOPE_MASK = 11, 15
LOCAL, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL = 1, 2, 3, 4, 5

_MODULE, _FUNCTION, _CLASS = 1, 2, 3
_KINDS = {_MODULE: "module", _FUNCTION: "function", _CLASS: "class"}


class _Scope:
    """What the compiler has of one scope."""

    def __init__(self, row):
        self.name, self.type, self.lineno, self.nested, self.symbols, self.varnames, self.children = row
        self.id = id(self)


def _scope_of(flags):
    return flags >> SCOPE_OFF & SCOPE_MASK


def symtable(code, filename, compile_type):
    """The table of the whole source; the third argument is the mode of `compile()`."""
    scopes = [_Scope(row) for row in _symtable.symtable(code, filename, compile_type)]
    for scope in scopes:
        scope.children = [scopes[n] for n in scope.children]
    return _table_of(scopes[0], filename)


# Tables by scope and file, so that the same scope has the same table as long as somebody holds it.
_tables = weakref.WeakValueDictionary()


def _table_of(scope, filename):
    key = scope, filename
    table = _tables.get(key)
    if table is None:
        kind = {_FUNCTION: Function, _CLASS: Class}.get(scope.type, SymbolTable)
        table = _tables[key] = kind(scope, filename)
    return table


class SymbolTable:
    """The names of a scope."""

    def __init__(self, raw_table, filename):
        self._table, self._filename, self._symbols = raw_table, filename, {}

    def __repr__(self):
        kind = "" if self.__class__ == SymbolTable else "%s " % self.__class__.__name__
        if self._table.name == "top":
            return "<{}SymbolTable for module {}>".format(kind, self._filename)
        return "<{}SymbolTable for {} in {}>".format(kind, self._table.name, self._filename)

    def get_type(self):
        return _KINDS[self._table.type]

    def get_id(self):
        return self._table.id

    def get_name(self):
        """The function's or class's name; "top" for a module."""
        return self._table.name

    def get_lineno(self):
        """The line in which the scope begins."""
        return self._table.lineno

    def is_optimized(self):
        """Whether its names are kept in slots rather than in a dictionary."""
        return self._table.type == _FUNCTION

    def is_nested(self):
        return bool(self._table.nested)

    def has_children(self):
        return bool(self._table.children)

    def get_identifiers(self):
        """A view of the names."""
        return self._table.symbols.keys()

    def lookup(self, name):
        """The symbol of that name."""
        symbol = self._symbols.get(name)
        if symbol is None:
            flags = self._table.symbols[name]
            inside = [table for table in self.get_children() if table.get_name() == name]
            symbol = Symbol(name, flags, inside, module_scope=self._table.name == "top")
            self._symbols[name] = symbol
        return symbol

    def get_symbols(self):
        return [self.lookup(name) for name in self.get_identifiers()]

    def get_children(self):
        """The tables of the scopes directly in this one."""
        return [_table_of(scope, self._filename) for scope in self._table.children]


class Function(SymbolTable):
    """The names of a function."""

    def _matching(self, test):
        return tuple(name for name, flags in self._table.symbols.items() if test(flags))

    def get_parameters(self):
        return self._matching(lambda flags: flags & DEF_PARAM)

    def get_locals(self):
        return self._matching(lambda flags: _scope_of(flags) in (LOCAL, CELL))

    def get_globals(self):
        return self._matching(lambda flags: _scope_of(flags) in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT))

    def get_nonlocals(self):
        return self._matching(lambda flags: flags & DEF_NONLOCAL)

    def get_frees(self):
        return self._matching(lambda flags: _scope_of(flags) == FREE)


class Class(SymbolTable):
    """The names of a class."""

    def get_methods(self):
        """Names of the scopes in the class."""
        return tuple(dict.fromkeys(scope.name for scope in self._table.children))


class Symbol:
    """One name of a scope."""

    def __init__(self, name, flags, namespaces=None, *, module_scope=False):
        self._name, self._flags, self._scope = name, flags, _scope_of(flags)
        self._namespaces, self._module_scope = namespaces or (), module_scope

    def __repr__(self):
        return "<symbol {!r}>".format(self._name)

    def get_name(self):
        return self._name

    def _has(self, flags):
        return bool(self._flags & flags)

    def _of_module(self):
        return bool(self._module_scope and self._flags & DEF_BOUND)

    def is_referenced(self):
        return self._has(USE)

    def is_parameter(self):
        return self._has(DEF_PARAM)

    def is_global(self):
        return self._scope in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT) or self._of_module()

    def is_nonlocal(self):
        return self._has(DEF_NONLOCAL)

    def is_declared_global(self):
        """Whether a global statement says so."""
        return self._scope == GLOBAL_EXPLICIT

    def is_local(self):
        return self._scope in (LOCAL, CELL) or self._of_module()

    def is_annotated(self):
        return self._has(DEF_ANNOT)

    def is_free(self):
        """Whether it belongs to a function around this one."""
        return self._scope == FREE

    def is_imported(self):
        return self._has(DEF_IMPORT)

    def is_assigned(self):
        return self._has(DEF_LOCAL)

    def is_namespace(self):
        """Whether a function or class of that name is defined here."""
        return bool(self._namespaces)

    def get_namespaces(self):
        return self._namespaces

    def get_namespace(self):
        """The one namespace of that name; ValueError if there are others."""
        if len(self._namespaces) != 1:
            raise ValueError("name is bound to multiple namespaces")
        return self._namespaces[0]
