"""Classes and functions of a module, found without importing it."""

import ast
import importlib.util
import sys

__all__ = ["readmodule", "readmodule_ex", "Class", "Function"]

_modules = {}


class _Object:
    """A class or function: where it is, what it is in, what is in it."""

    def __init__(self, module, name, file, lineno, end_lineno, parent):
        self.module = module
        self.name = name
        self.file = file
        self.lineno = lineno
        self.end_lineno = end_lineno
        self.parent = parent
        self.children = {}
        if parent is not None:
            parent.children[name] = self


class Function(_Object):

    def __init__(self, module, name, file, lineno, parent=None, is_async=False, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.is_async = is_async
        if isinstance(parent, Class):
            parent.methods[name] = lineno


class Class(_Object):

    def __init__(self, module, name, super_, file, lineno, parent=None, *, end_lineno=None):
        super().__init__(module, name, file, lineno, end_lineno, parent)
        self.super = super_ or []
        self.methods = {}


def _nest_function(ob, func_name, lineno, end_lineno, is_async=False):
    return Function(ob.module, func_name, ob.file, lineno, parent=ob, is_async=is_async, end_lineno=end_lineno)


def _nest_class(ob, class_name, lineno, end_lineno, super=None):
    return Class(ob.module, class_name, super, ob.file, lineno, parent=ob, end_lineno=end_lineno)


def readmodule(module, path=None):
    """The classes of a module by name."""
    return {name: each for name, each in _readmodule(module, path or []).items() if isinstance(each, Class)}


def readmodule_ex(module, path=None):
    """Classes and functions of a module by name."""
    return _readmodule(module, path or [])


def _readmodule(module, path, inpackage=None):
    fullmodule = module if inpackage is None else "%s.%s" % (inpackage, module)
    if fullmodule in _modules:
        return _modules[fullmodule]
    tree = {}
    if module in sys.builtin_module_names and inpackage is None:
        _modules[module] = tree
        return tree
    package, dot, submodule = module.rpartition(".")
    if dot:
        parent = _readmodule(package, path, inpackage)
        if inpackage is not None:
            package = "%s.%s" % (inpackage, package)
        if "__path__" not in parent:
            raise ImportError("No package named {}".format(package))
        return _readmodule(submodule, parent["__path__"], package)
    search_path = path if inpackage is not None else path + sys.path
    spec = importlib.util._find_spec_from_path(fullmodule, search_path) if hasattr(
        importlib.util, "_find_spec_from_path") else importlib.util.find_spec(fullmodule)
    if spec is None:
        raise ModuleNotFoundError(f"no module named {fullmodule!r}", name=fullmodule)
    _modules[fullmodule] = tree
    if spec.submodule_search_locations is not None:
        tree["__path__"] = spec.submodule_search_locations
    try:
        source = spec.loader.get_source(fullmodule)
    except (AttributeError, ImportError):
        return tree
    if source is None:
        return tree
    return _create_tree(fullmodule, path, spec.loader.get_filename(fullmodule), source, tree, inpackage)


class _ModuleBrowser(ast.NodeVisitor):

    def __init__(self, module, path, file, tree, inpackage):
        self.path = path
        self.tree = tree
        self.file = file
        self.module = module
        self.inpackage = inpackage
        self.stack = []

    def _base(self, base):
        """A base class: as an object if it is known, else its name."""
        name = ast.unparse(base)
        if name in self.tree:
            return self.tree[name]
        parts = name.split(".")
        if len(parts) > 1:
            *_, module, cls = parts
            if module in _modules:
                return _modules[module].get(cls, name)
        return name

    def visit_ClassDef(self, node):
        bases = [self._base(base) for base in node.bases]
        parent = self.stack[-1] if self.stack else None
        made = Class(self.module, node.name, bases, self.file, node.lineno, parent=parent, end_lineno=node.end_lineno)
        if parent is None:
            self.tree[node.name] = made
        self.stack.append(made)
        self.generic_visit(node)
        self.stack.pop()

    def visit_FunctionDef(self, node, *, is_async=False):
        parent = self.stack[-1] if self.stack else None
        made = Function(self.module, node.name, self.file, node.lineno, parent, is_async, end_lineno=node.end_lineno)
        if parent is None:
            self.tree[node.name] = made
        self.stack.append(made)
        self.generic_visit(node)
        self.stack.pop()

    def visit_AsyncFunctionDef(self, node):
        self.visit_FunctionDef(node, is_async=True)

    def visit_Import(self, node):
        if node.col_offset != 0:
            return
        for module in node.names:
            try:
                try:
                    _readmodule(module.name, self.path, self.inpackage)
                except ImportError:
                    _readmodule(module.name, [])
            except (ImportError, SyntaxError):
                # It is not known what it has: nothing is taken of it.
                continue

    def visit_ImportFrom(self, node):
        if node.col_offset != 0:
            return
        try:
            module = "." * node.level
            if node.module:
                module += node.module
            module = _readmodule(module, self.path, self.inpackage)
        except (ImportError, SyntaxError):
            return
        for name in node.names:
            if name.name in module:
                self.tree[name.asname or name.name] = module[name.name]
            elif name.name == "*":
                for import_name, import_value in module.items():
                    if import_name.startswith("_"):
                        continue
                    self.tree[import_name] = import_value


def _create_tree(fullmodule, path, fname, source, tree, inpackage):
    _ModuleBrowser(fullmodule, path, fname, tree, inpackage).visit(ast.parse(source))
    return tree


def _main():
    import os
    try:
        mod = sys.argv[1]
    except IndexError:
        mod = __file__
    if os.path.exists(mod):
        path = [os.path.dirname(mod)]
        mod = os.path.basename(mod)
        if mod.lower().endswith(".py"):
            mod = mod[:-3]
    else:
        path = []
    tree = readmodule_ex(mod, path)
    lineno_key = lambda a: getattr(a, "lineno", 0)
    objs = sorted(tree.values(), key=lineno_key, reverse=True)
    indent_level = 2
    while objs:
        obj = objs.pop()
        if isinstance(obj, list):
            continue
        if not hasattr(obj, "indent"):
            obj.indent = 0
        if isinstance(obj, _Object):
            new_objs = sorted(obj.children.values(), key=lineno_key, reverse=True)
            for ob in new_objs:
                ob.indent = obj.indent + indent_level
            objs.extend(new_objs)
        if isinstance(obj, Class):
            print("{}class {} {} {}".format(" " * obj.indent, obj.name, obj.super, obj.lineno))
        elif isinstance(obj, Function):
            print("{}def {} {}".format(" " * obj.indent, obj.name, obj.lineno))


if __name__ == "__main__":
    _main()
