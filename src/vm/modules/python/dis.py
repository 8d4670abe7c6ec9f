"""Bytecode as text, and as objects to look at."""

import collections
import sys
import types
from opcode import *
from opcode import __all__ as _opcodes_all

__all__ = (
    "code_info dis disassemble distb disco findlinestarts findlabels show_code get_instructions Instruction Bytecode"
).split() + _opcodes_all

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

FORMAT_VALUE, MAKE_FUNCTION = opmap["FORMAT_VALUE"], opmap["MAKE_FUNCTION"]
FORMAT_VALUE_CONVERTERS = ((None, ""), (str, "str"), (repr, "repr"), (ascii, "ascii"))
MAKE_FUNCTION_FLAGS = ("defaults", "kwdefaults", "annotations", "closure")

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
    128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}

# Widths of the columns of instruction names and of arguments.
_OPNAME_WIDTH, _OPARG_WIDTH = 20, 5


def _try_compile(source, name):
    """Code of an expression if it is one, else of statements."""
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def _inner_code(x):
    """The code inside functions, methods, generators."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            return getattr(x, name)
    return x


def dis(x=None, *, file=None, depth=None):
    """Disassembles a class, method, function, generator, code, source, or bytes; without any, the last traceback."""
    if x is None:
        distb(file=file)
        return
    x = _inner_code(x)
    if hasattr(x, "__dict__"):
        for name, each in sorted(x.__dict__.items()):
            if isinstance(each, _have_code):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(each, file=file, depth=depth)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
    elif hasattr(x, "co_code"):
        _disassemble_recursive(x, file=file, depth=depth)
    elif isinstance(x, (bytes, bytearray)):
        _disassemble_bytes(x, file=file)
    elif isinstance(x, str):
        _disassemble_str(x, file=file, depth=depth)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def distb(tb=None, *, file=None):
    """Disassembles the innermost code of a traceback, with a mark where it was."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def pretty_flags(flags):
    """The names of the flags, and what is left as a number."""
    names = []
    for bit in range(32):
        flag = 1 << bit
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
            if not flags:
                break
    else:
        names.append(hex(flags))
    return ", ".join(names)


def _get_code_object(x):
    """The code of whatever has some."""
    x = _inner_code(x)
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, "co_code"):
        return x
    raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def code_info(x):
    """Formatted details of methods, functions, or code."""
    return _format_code_info(_get_code_object(x))


def _format_code_info(co):
    lines = []
    for title, value in (
        ("Name:", co.co_name), ("Filename:", co.co_filename), ("Argument count:", co.co_argcount),
        ("Positional-only arguments:", co.co_posonlyargcount), ("Kw-only arguments:", co.co_kwonlyargcount),
        ("Number of locals:", co.co_nlocals), ("Stack size:", co.co_stacksize), ("Flags:", pretty_flags(co.co_flags)),
    ):
        lines.append("%-18s %s" % (title, value))
    for title, values, show in (
        ("Constants", co.co_consts, repr), ("Names", co.co_names, str), ("Variable names", co.co_varnames, str),
        ("Free variables", co.co_freevars, str), ("Cell variables", co.co_cellvars, str),
    ):
        if values:
            lines.append(title + ":")
            lines += ["%4d: %s" % (at, show(value)) for at, value in enumerate(values)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Prints details of code."""
    print(code_info(co), file=file)


_Instruction = collections.namedtuple(
    "_Instruction", "opname opcode arg argval argrepr offset starts_line is_jump_target")
_Instruction.__doc__ = "Details of an instruction."


class Instruction(_Instruction):
    """An instruction: `opname`, `opcode`, `arg` as a number, `argval` as what it stands for, `argrepr` as text, `offset`,
    `starts_line` (or None), `is_jump_target`."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        """A line of a listing."""
        columns = []
        if lineno_width:
            line = self.starts_line
            columns.append(" " * lineno_width if line is None else "%*d" % (lineno_width, line))
        columns.append("-->" if mark_as_current else "   ")
        columns.append(">>" if self.is_jump_target else "  ")
        columns.append(repr(self.offset).rjust(offset_width))
        columns.append(self.opname.ljust(_OPNAME_WIDTH))
        if self.arg is not None:
            columns.append(repr(self.arg).rjust(_OPARG_WIDTH))
            if self.argrepr:
                columns.append("(" + self.argrepr + ")")
        return " ".join(columns).rstrip()


def get_instructions(x, *, first_line=None):
    """The instructions of whatever has code, one after the other."""
    co = _get_code_object(x)
    offset = 0 if first_line is None else first_line - co.co_firstlineno
    return _get_instructions_bytes(
        co.co_code, co.co_varnames, co.co_names, co.co_consts, co.co_cellvars + co.co_freevars,
        dict(findlinestarts(co)), offset)


def _get_const_info(const_index, const_list):
    value = const_index if const_list is None else const_list[const_index]
    return value, repr(value)


def _get_name_info(name_index, name_list):
    value = name_index
    if name_list is None:
        return value, repr(value)
    value = name_list[name_index]
    return value, value


def _argument(op, arg, offset, varnames, names, constants, cells):
    """What an argument stands for, and how that is shown."""
    if op in hasconst:
        return _get_const_info(arg, constants)
    if op in hasname:
        return _get_name_info(arg, names)
    if op in hasjabs:
        return arg * 2, "to " + repr(arg * 2)
    if op in hasjrel:
        return offset + 2 + arg * 2, "to " + repr(offset + 2 + arg * 2)
    if op in haslocal:
        return _get_name_info(arg, varnames)
    if op in hascompare:
        return cmp_op[arg], cmp_op[arg]
    if op in hasfree:
        return _get_name_info(arg, cells)
    if op == FORMAT_VALUE:
        converter, shown = FORMAT_VALUE_CONVERTERS[arg & 3]
        with_format = bool(arg & 4)
        if with_format:
            shown += ", with format" if shown else "with format"
        return (converter, with_format), shown
    if op == MAKE_FUNCTION:
        return arg, ", ".join([name for bit, name in enumerate(MAKE_FUNCTION_FLAGS) if arg & 1 << bit])
    return arg, ""


def _get_instructions_bytes(code, varnames=None, names=None, constants=None, cells=None, linestarts=None, line_offset=0):
    labels, line = findlabels(code), None
    for offset, op, arg in _unpack_opargs(code):
        if linestarts is not None:
            line = linestarts.get(offset, None)
            if line is not None:
                line += line_offset
        value, shown = None, ""
        if arg is not None:
            value, shown = _argument(op, arg, offset, varnames, names, constants, cells)
        yield Instruction(opname[op], op, arg, value, shown, offset, line, offset in labels)


def disassemble(co, lasti=-1, *, file=None):
    """Disassembles code, with a mark at an offset."""
    _disassemble_bytes(
        co.co_code, lasti, co.co_varnames, co.co_names, co.co_consts, co.co_cellvars + co.co_freevars,
        dict(findlinestarts(co)), file=file)


def _disassemble_recursive(co, *, file=None, depth=None):
    disassemble(co, file=file)
    if depth is not None and depth <= 0:
        return
    if depth is not None:
        depth -= 1
    for each in co.co_consts:
        if hasattr(each, "co_code"):
            print(file=file)
            print("Disassembly of %r:" % (each,), file=file)
            _disassemble_recursive(each, file=file, depth=depth)


def _disassemble_bytes(code, lasti=-1, varnames=None, names=None, constants=None, cells=None, linestarts=None, *, file=None,
                       line_offset=0):
    lineno_width = 0
    if linestarts:
        lineno_width = max(3, len(str(max(linestarts.values()) + line_offset)))
    offset_width = max(4, len(str(len(code) - 2)))
    for each in _get_instructions_bytes(code, varnames, names, constants, cells, linestarts, line_offset):
        if linestarts and each.starts_line is not None and each.offset > 0:
            print(file=file)
        print(each._disassemble(lineno_width, each.offset == lasti, offset_width), file=file)


def _disassemble_str(source, **kwargs):
    _disassemble_recursive(_try_compile(source, "<dis>"), **kwargs)


disco = disassemble


def _unpack_opargs(code):
    """Offset, opcode and argument (None for none) of each instruction; EXTENDED_ARG is in the next one's argument too."""
    extended = 0
    for offset in range(0, len(code), 2):
        op, arg = code[offset], None
        if op >= HAVE_ARGUMENT:
            arg = code[offset + 1] | extended
            extended = arg << 8 if op == EXTENDED_ARG else 0
        else:
            extended = 0
        yield offset, op, arg


def findlabels(code):
    """The offsets that are jumped to."""
    labels = []
    for offset, op, arg in _unpack_opargs(code):
        if arg is None:
            continue
        if op in hasjrel:
            label = offset + 2 + arg * 2
        elif op in hasjabs:
            label = arg * 2
        else:
            continue
        if label not in labels:
            labels.append(label)
    return labels


def findlinestarts(code):
    """(offset, line) wherever a line begins."""
    last = None
    for start, end, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


class Bytecode:
    """The bytecode of whatever has some: iterate over it for instructions, `dis()` gives a listing."""

    def __init__(self, x, *, first_line=None, current_offset=None):
        self.codeobj = co = _get_code_object(x)
        if first_line is None:
            self.first_line, self._line_offset = co.co_firstlineno, 0
        else:
            self.first_line, self._line_offset = first_line, first_line - co.co_firstlineno
        self._cell_names = co.co_cellvars + co.co_freevars
        self._linestarts = dict(findlinestarts(co))
        self._original_object, self.current_offset = x, current_offset

    def __iter__(self):
        co = self.codeobj
        return _get_instructions_bytes(
            co.co_code, co.co_varnames, co.co_names, co.co_consts, self._cell_names, self._linestarts,
            line_offset=self._line_offset)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb):
        """The bytecode of the innermost frame of a traceback."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """Details of the code as text."""
        return _format_code_info(self.codeobj)

    def dis(self):
        """A listing."""
        import io

        co, offset = self.codeobj, -1 if self.current_offset is None else self.current_offset
        with io.StringIO() as output:
            _disassemble_bytes(
                co.co_code, varnames=co.co_varnames, names=co.co_names, constants=co.co_consts, cells=self._cell_names,
                linestarts=self._linestarts, line_offset=self._line_offset, file=output, lasti=offset)
            return output.getvalue()


def _test():
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    args = parser.parse_args()
    with args.infile as infile:
        source = infile.read()
    dis(compile(source, args.infile.name, "exec"))


if __name__ == "__main__":
    _test()
