"""Trees back to source, for `ast.unparse`."""

import sys
from ast import *
from ast import NodeVisitor, get_docstring
from _stdlib_enums import Precedence

__name__ = "ast"

# A number that reads back as infinity.
_INFSTR = "1e" + repr(sys.float_info.max_10_exp + 1)


_P = Precedence

_SINGLE_QUOTES = ("'", '"')
_MULTI_QUOTES = ('"""', "'''")
_ALL_QUOTES = (*_SINGLE_QUOTES, *_MULTI_QUOTES)

_BINARY = {
    "Add": ("+", _P.ARITH), "Sub": ("-", _P.ARITH), "Mult": ("*", _P.TERM), "MatMult": ("@", _P.TERM),
    "Div": ("/", _P.TERM), "Mod": ("%", _P.TERM), "LShift": ("<<", _P.SHIFT), "RShift": (">>", _P.SHIFT),
    "BitOr": ("|", _P.BOR), "BitXor": ("^", _P.BXOR), "BitAnd": ("&", _P.BAND), "FloorDiv": ("//", _P.TERM),
    "Pow": ("**", _P.POWER)}
_UNARY = {"Invert": ("~", _P.FACTOR), "Not": ("not", _P.NOT), "UAdd": ("+", _P.FACTOR), "USub": ("-", _P.FACTOR)}
_COMPARISONS = {
    "Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in",
    "NotIn": "not in"}
_BOOLEAN = {"And": ("and", _P.AND), "Or": ("or", _P.OR)}


class Unparser(NodeVisitor):
    """Writes a tree as source: statements fill `_out`, expressions are texts."""

    def __init__(self, *, _avoid_backslashes=False):
        self._out = []
        self._depth = 0
        self._avoid_backslashes = _avoid_backslashes

    def visit(self, node):
        """The source of the whole tree."""
        self._out = []
        self._write(node)
        text = "".join(self._out)
        self._out.clear()
        return text

    # Statements

    def _write(self, node):
        if isinstance(node, list):
            for each in node:
                self._write(each)
        elif isinstance(node, Module):
            self._body_with_docstring(node)
        elif isinstance(node, Interactive):
            self._write(node.body)
        elif isinstance(node, FunctionType):
            self._out.append(f"({self._comma(node.argtypes)}) -> {self._expr(node.returns)}")
        elif isinstance(node, Expression):
            self._out.append(self._expr(node.body))
        elif isinstance(node, stmt):
            getattr(self, "_stmt_" + node.__class__.__name__)(node)
        elif isinstance(node, excepthandler):
            self._handler(node)
        elif isinstance(node, match_case):
            self._case(node)
        else:
            self._out.append(self._any(node))

    def _any(self, node):
        if isinstance(node, pattern):
            return self._pattern(node)
        for kind, write in ((arguments, self._arguments), (arg, self._arg), (keyword, self._keyword), (alias, self._alias),
                            (withitem, self._withitem), (comprehension, self._comprehension)):
            if isinstance(node, kind):
                return write(node)
        return self._expr(node)

    def _line(self, text):
        """Begins a line with this."""
        self._out.append(("\n" if self._out else "") + "    " * self._depth + text)

    def _block(self, body, comment=""):
        self._out.append(":" + comment)
        self._depth += 1
        self._write(body)
        self._depth -= 1

    def _type_comment(self, node):
        comment = getattr(node, "type_comment", None)
        return f" # type: {comment}" if comment is not None else ""

    def _body_with_docstring(self, node):
        text = get_docstring(node, clean=False)
        if text is None:
            self._write(node.body)
            return
        first = node.body[0].value
        prefix = "u" if first.kind == "u" else ""
        self._line(prefix + self._quoted(text, quotes=_MULTI_QUOTES))
        self._write(node.body[1:])

    def _stmt_Expr(self, node):
        self._line(self._expr(node.value, _P.YIELD))

    def _stmt_FunctionDef(self, node, word="def"):
        self._maybe_newline()
        self._decorators(node)
        returns = f" -> {self._expr(node.returns)}" if node.returns else ""
        self._line(f"{word} {node.name}({self._arguments(node.args)}){returns}")
        self._definition(node, self._type_comment(node))

    def _stmt_AsyncFunctionDef(self, node):
        self._stmt_FunctionDef(node, "async def")

    def _stmt_ClassDef(self, node):
        self._maybe_newline()
        self._decorators(node)
        given = [self._expr(each) for each in node.bases] + [self._keyword(each) for each in node.keywords]
        self._line(f"class {node.name}" + (f"({', '.join(given)})" if given else ""))
        self._definition(node)

    def _maybe_newline(self):
        if self._out:
            self._out.append("\n")

    def _decorators(self, node):
        for each in node.decorator_list:
            self._line("@" + self._expr(each))

    def _definition(self, node, comment=""):
        self._out.append(":" + comment)
        self._depth += 1
        self._body_with_docstring(node)
        self._depth -= 1

    def _stmt_Return(self, node):
        self._line("return" + (f" {self._expr(node.value)}" if node.value else ""))

    def _stmt_Delete(self, node):
        self._line("del " + self._comma(node.targets))

    def _stmt_Assign(self, node):
        targets = [self._expr(each, _P.TUPLE) + " = " for each in node.targets]
        self._line("".join(targets) + self._expr(node.value) + self._type_comment(node))

    def _stmt_AugAssign(self, node):
        sign = _BINARY[node.op.__class__.__name__][0]
        self._line(f"{self._expr(node.target)} {sign}= {self._expr(node.value)}")

    def _stmt_AnnAssign(self, node):
        target = self._expr(node.target)
        if not node.simple and isinstance(node.target, Name):
            target = f"({target})"
        value = f" = {self._expr(node.value)}" if node.value else ""
        self._line(f"{target}: {self._expr(node.annotation)}{value}")

    def _stmt_For(self, node, word="for"):
        self._line(f"{word} {self._expr(node.target)} in {self._expr(node.iter)}")
        self._block(node.body, self._type_comment(node))
        self._else(node)

    def _stmt_AsyncFor(self, node):
        self._stmt_For(node, "async for")

    def _else(self, node):
        if node.orelse:
            self._line("else")
            self._block(node.orelse)

    def _stmt_While(self, node):
        self._line(f"while {self._expr(node.test)}")
        self._block(node.body)
        self._else(node)

    def _stmt_If(self, node):
        self._line(f"if {self._expr(node.test)}")
        self._block(node.body)
        while len(node.orelse) == 1 and isinstance(node.orelse[0], If):
            node = node.orelse[0]
            self._line(f"elif {self._expr(node.test)}")
            self._block(node.body)
        self._else(node)

    def _stmt_With(self, node, word="with"):
        self._line(f"{word} " + ", ".join([self._withitem(each) for each in node.items]))
        self._block(node.body, self._type_comment(node))

    def _stmt_AsyncWith(self, node):
        self._stmt_With(node, "async with")

    def _withitem(self, node):
        bound = f" as {self._expr(node.optional_vars)}" if node.optional_vars else ""
        return self._expr(node.context_expr) + bound

    def _stmt_Match(self, node):
        self._line(f"match {self._expr(node.subject)}")
        self._block(node.cases)

    def _case(self, node):
        guard = f" if {self._expr(node.guard)}" if node.guard else ""
        self._line(f"case {self._pattern(node.pattern, _P.TEST)}{guard}")
        self._block(node.body)

    def _stmt_Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't be used without a value attribute.")
            self._line("raise")
            return
        cause = f" from {self._expr(node.cause)}" if node.cause else ""
        self._line(f"raise {self._expr(node.exc)}{cause}")

    def _stmt_Try(self, node):
        self._line("try")
        self._block(node.body)
        for each in node.handlers:
            self._handler(each)
        self._else(node)
        if node.finalbody:
            self._line("finally")
            self._block(node.finalbody)

    def _handler(self, node):
        kind = f" {self._expr(node.type)}" if node.type else ""
        bound = f" as {node.name}" if node.name else ""
        self._line(f"except{kind}{bound}")
        self._block(node.body)

    def _stmt_Assert(self, node):
        self._line(f"assert {self._expr(node.test)}" + (f", {self._expr(node.msg)}" if node.msg else ""))

    def _alias(self, node):
        return node.name + (f" as {node.asname}" if node.asname else "")

    def _stmt_Import(self, node):
        self._line("import " + ", ".join(map(self._alias, node.names)))

    def _stmt_ImportFrom(self, node):
        names = ", ".join(map(self._alias, node.names))
        self._line(f"from {'.' * (node.level or 0)}{node.module or ''} import {names}")

    def _stmt_Global(self, node):
        self._line("global " + ", ".join(node.names))

    def _stmt_Nonlocal(self, node):
        self._line("nonlocal " + ", ".join(node.names))

    def _stmt_Pass(self, node):
        self._line("pass")

    def _stmt_Break(self, node):
        self._line("break")

    def _stmt_Continue(self, node):
        self._line("continue")

    # Parameters

    def _arg(self, node):
        return node.arg + (f": {self._expr(node.annotation)}" if node.annotation else "")

    def _keyword(self, node):
        return ("**" if node.arg is None else node.arg + "=") + self._expr(node.value)

    def _arguments(self, node):
        shown = []
        positional = node.posonlyargs + node.args
        defaults = [None] * (len(positional) - len(node.defaults)) + node.defaults
        for at, (each, default) in enumerate(zip(positional, defaults), 1):
            shown.append(self._arg(each) + (f"={self._expr(default)}" if default else ""))
            if at == len(node.posonlyargs):
                shown.append("/")
        if node.vararg or node.kwonlyargs:
            shown.append("*" + (self._arg(node.vararg) if node.vararg else ""))
        for each, default in zip(node.kwonlyargs, node.kw_defaults):
            shown.append(self._arg(each) + (f"={self._expr(default)}" if default else ""))
        if node.kwarg:
            shown.append("**" + self._arg(node.kwarg))
        return ", ".join(shown)

    # Patterns

    def _pattern(self, node, level=_P.TEST):
        return getattr(self, "_pattern_" + node.__class__.__name__)(node, level)

    def _pattern_MatchValue(self, node, level):
        return self._expr(node.value)

    def _pattern_MatchSingleton(self, node, level):
        return self._constant(node.value)

    def _pattern_MatchSequence(self, node, level):
        return f"[{', '.join(map(self._pattern, node.patterns))}]"

    def _pattern_MatchStar(self, node, level):
        return "*" + ("_" if node.name is None else node.name)

    def _pattern_MatchMapping(self, node, level):
        items = [f"{self._expr(key)}: {self._pattern(each)}" for key, each in zip(node.keys, node.patterns)]
        if node.rest is not None:
            items.append("**" + node.rest)
        return "{" + ", ".join(items) + "}"

    def _pattern_MatchClass(self, node, level):
        items = list(map(self._pattern, node.patterns))
        items += [f"{name}={self._pattern(each)}" for name, each in zip(node.kwd_attrs, node.kwd_patterns)]
        return f"{self._expr(node.cls, _P.ATOM)}({', '.join(items)})"

    def _pattern_MatchAs(self, node, level):
        if node.name is None:
            return "_"
        if node.pattern is None:
            return node.name
        text = f"{self._pattern(node.pattern, _P.BOR)} as {node.name}"
        return f"({text})" if level > _P.TEST else text

    def _pattern_MatchOr(self, node, level):
        text = " | ".join([self._pattern(each, _P.BOR.next()) for each in node.patterns])
        return f"({text})" if level > _P.BOR else text

    # Expressions

    def _expr(self, node, level=_P.TEST):
        """The expression as text, in parentheses where what is around it binds tighter."""
        return getattr(self, "_expr_" + node.__class__.__name__)(node, level)

    def _comma(self, nodes):
        return ", ".join([self._expr(each) for each in nodes])

    @staticmethod
    def _around(text, needed):
        return f"({text})" if needed else text

    def _expr_NamedExpr(self, node, level):
        text = f"{self._expr(node.target, _P.ATOM)} := {self._expr(node.value, _P.ATOM)}"
        return self._around(text, level > _P.TUPLE)

    def _expr_Await(self, node, level):
        value = f" {self._expr(node.value, _P.ATOM)}" if node.value else ""
        return self._around("await" + value, level > _P.AWAIT)

    def _expr_Yield(self, node, level):
        value = f" {self._expr(node.value, _P.ATOM)}" if node.value else ""
        return self._around("yield" + value, level > _P.YIELD)

    def _expr_YieldFrom(self, node, level):
        if not node.value:
            raise ValueError("Node can't be used without a value attribute.")
        return self._around(f"yield from {self._expr(node.value, _P.ATOM)}", level > _P.YIELD)

    def _expr_Name(self, node, level):
        return node.id

    def _expr_Constant(self, node, level):
        if isinstance(node.value, tuple):
            return self._parens_of(list(map(self._constant, node.value)))
        if node.value is ...:
            return "..."
        return ("u" if node.kind == "u" else "") + self._constant(node.value)

    @staticmethod
    def _parens_of(items):
        return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"

    def _constant(self, value):
        if isinstance(value, (float, complex)):
            return repr(value).replace("inf", _INFSTR).replace("nan", f"({_INFSTR}-{_INFSTR})")
        if self._avoid_backslashes and isinstance(value, str):
            return self._quoted(value)
        return repr(value)

    def _expr_List(self, node, level):
        return f"[{self._comma(node.elts)}]"

    def _expr_Tuple(self, node, level):
        items = [self._expr(each) for each in node.elts]
        return self._parens_of(items)

    def _expr_Set(self, node, level):
        # There is no display of an empty set, but this gives one.
        return "{" + self._comma(node.elts) + "}" if node.elts else "{*()}"

    def _expr_Dict(self, node, level):
        items = []
        for key, value in zip(node.keys, node.values):
            items.append("**" + self._expr(value, _P.EXPR) if key is None else f"{self._expr(key)}: {self._expr(value)}")
        return "{" + ", ".join(items) + "}"

    def _comprehension(self, node):
        ifs = "".join([f" if {self._expr(each, _P.TEST.next())}" for each in node.ifs])
        word = " async for " if node.is_async else " for "
        return f"{word}{self._expr(node.target, _P.TUPLE)} in {self._expr(node.iter, _P.TEST.next())}{ifs}"

    def _generators(self, node):
        return "".join(map(self._comprehension, node.generators))

    def _expr_ListComp(self, node, level):
        return f"[{self._expr(node.elt)}{self._generators(node)}]"

    def _expr_SetComp(self, node, level):
        return "{" + self._expr(node.elt) + self._generators(node) + "}"

    def _expr_GeneratorExp(self, node, level):
        return f"({self._expr(node.elt)}{self._generators(node)})"

    def _expr_DictComp(self, node, level):
        return "{" + f"{self._expr(node.key)}: {self._expr(node.value)}{self._generators(node)}" + "}"

    def _expr_IfExp(self, node, level):
        tight = _P.TEST.next()
        text = f"{self._expr(node.body, tight)} if {self._expr(node.test, tight)} else {self._expr(node.orelse)}"
        return self._around(text, level > _P.TEST)

    def _expr_UnaryOp(self, node, level):
        sign, own = _UNARY[node.op.__class__.__name__]
        # 'not' is a word, and wants a space; signs do not.
        return self._around(sign + (" " if own is not _P.FACTOR else "") + self._expr(node.operand, own), level > own)

    def _expr_BinOp(self, node, level):
        sign, own = _BINARY[node.op.__class__.__name__]
        if sign == "**":
            left, right = own.next(), own
        else:
            left, right = own, own.next()
        return self._around(f"{self._expr(node.left, left)} {sign} {self._expr(node.right, right)}", level > own)

    def _expr_Compare(self, node, level):
        tight = _P.CMP.next()
        text = self._expr(node.left, tight)
        for op, other in zip(node.ops, node.comparators):
            text += f" {_COMPARISONS[op.__class__.__name__]} {self._expr(other, tight)}"
        return self._around(text, level > _P.CMP)

    def _expr_BoolOp(self, node, level):
        word, own = _BOOLEAN[node.op.__class__.__name__]
        parts, inner = [], own
        for each in node.values:
            inner = inner.next()
            parts.append(self._expr(each, inner))
        return self._around(f" {word} ".join(parts), level > own)

    def _expr_Attribute(self, node, level):
        value = self._expr(node.value, _P.ATOM)
        # 3 .real: a point right after the number would be part of it.
        space = " " if isinstance(node.value, Constant) and isinstance(node.value.value, int) else ""
        return f"{value}{space}.{node.attr}"

    def _expr_Call(self, node, level):
        given = [self._expr(each) for each in node.args] + list(map(self._keyword, node.keywords))
        return f"{self._expr(node.func, _P.ATOM)}({', '.join(given)})"

    def _expr_Subscript(self, node, level):
        index = node.slice
        plain = isinstance(index, Tuple) and index.elts and not any(isinstance(each, Starred) for each in index.elts)
        if plain:
            items = [self._expr(each) for each in index.elts]
            text = items[0] + "," if len(items) == 1 else ", ".join(items)
        else:
            text = self._expr(index)
        return f"{self._expr(node.value, _P.ATOM)}[{text}]"

    def _expr_Starred(self, node, level):
        return "*" + self._expr(node.value, _P.EXPR)

    def _expr_Slice(self, node, level):
        text = (self._expr(node.lower) if node.lower else "") + ":" + (self._expr(node.upper) if node.upper else "")
        return text + (":" + self._expr(node.step) if node.step else "")

    def _expr_Lambda(self, node, level):
        params = self._arguments(node.args)
        text = f"lambda {params}: {self._expr(node.body)}"
        return self._around(text, level > _P.TEST)

    # Strings

    def _str_literal_helper(self, string, *, quote_types=_ALL_QUOTES, escape_special_whitespace=False):
        """The text escaped as far as needed, and the quotes that it can stand between."""

        def escaped(letter):
            if not escape_special_whitespace and letter in "\n\t":
                return letter
            if letter == "\\" or not letter.isprintable():
                return letter.encode("unicode_escape").decode("ascii")
            return letter

        text = "".join(map(escaped, string))
        possible = quote_types
        if "\n" in text:
            possible = [each for each in possible if each in _MULTI_QUOTES]
        possible = [each for each in possible if each not in text]
        if not possible:
            # None does: what repr makes of it, if need be with other quotes.
            shown = repr(string)
            quote = next((each for each in quote_types if shown[0] in each), shown[0])
            return shown[1:-1], [quote]
        if text:
            # A text that ends in a quote is not put between the same ones.
            possible.sort(key=lambda each: each[0] == text[-1])
            if possible[0][0] == text[-1]:
                assert len(possible[0]) == 3
                text = text[:-1] + "\\" + text[-1]
        return text, possible

    def _quoted(self, string, *, quotes=_ALL_QUOTES):
        text, possible = self._str_literal_helper(string, quote_types=quotes)
        return f"{possible[0]}{text}{possible[0]}"

    def _expr_JoinedStr(self, node, level):
        if self._avoid_backslashes:
            parts = "".join([self._fstring_part(each)[0] for each in node.values])
            return "f" + self._quoted(parts)
        parts = [self._fstring_part(each) for each in node.values]
        written, quote_types = [], _ALL_QUOTES
        for text, is_constant in parts:
            text, quote_types = self._str_literal_helper(
                text, quote_types=quote_types, escape_special_whitespace=is_constant)
            written.append(text)
        quote = quote_types[0]
        return f"f{quote}{''.join(written)}{quote}"

    def _expr_FormattedValue(self, node, level):
        return "f" + self._quoted(self._fstring_part(node)[0])

    def _fstring_part(self, node):
        """What stands between the quotes of an f-string, and whether it is plain text."""
        if isinstance(node, Constant):
            if not isinstance(node.value, str):
                raise ValueError("Constants inside JoinedStr should be a string.")
            return node.value.replace("{", "{{").replace("}", "}}"), True
        if isinstance(node, JoinedStr):
            return "".join([self._fstring_part(each)[0] for each in node.values]), False
        inner = type(self)(_avoid_backslashes=True)
        shown = inner._expr(node.value, _P.TEST.next())
        text = "{" + (" " if shown.startswith("{") else "") + shown
        if "\\" in shown:
            raise ValueError("Unable to avoid backslash in f-string expression part")
        if node.conversion != -1:
            conversion = chr(node.conversion)
            if conversion not in "sra":
                raise ValueError("Unknown f-string conversion.")
            text += "!" + conversion
        if node.format_spec:
            text += ":" + self._fstring_part(node.format_spec)[0]
        return text + "}", False
