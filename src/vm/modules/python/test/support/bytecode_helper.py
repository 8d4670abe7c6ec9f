"""Tests that look at bytecode."""

import dis
import io
import unittest

_UNSPECIFIED = object()


class BytecodeTestCase(unittest.TestCase):
    """Asserts what is and what is not among the instructions of some code."""

    def get_disassembly_as_string(self, co):
        text = io.StringIO()
        dis.dis(co, file=text)
        return text.getvalue()

    def _matching(self, x, opname, argval):
        for instr in dis.get_instructions(x):
            if instr.opname == opname and (argval is _UNSPECIFIED or instr.argval == argval):
                return instr
        return None

    def assertInBytecode(self, x, opname, argval=_UNSPECIFIED):
        """The first such instruction."""
        found = self._matching(x, opname, argval)
        if found is None:
            shown = self.get_disassembly_as_string(x)
            if argval is _UNSPECIFIED:
                msg = "%s not found in bytecode:\n%s" % (opname, shown)
            else:
                msg = "(%s,%r) not found in bytecode:\n%s" % (opname, argval, shown)
            self.fail(msg)
        return found

    def assertNotInBytecode(self, x, opname, argval=_UNSPECIFIED):
        if self._matching(x, opname, argval) is not None:
            shown = self.get_disassembly_as_string(x)
            if argval is _UNSPECIFIED:
                msg = "%s occurs in bytecode:\n%s" % (opname, shown)
            else:
                msg = "(%s,%r) occurs in bytecode:\n%s" % (opname, argval, shown)
            self.fail(msg)
