"""Declarations of markup: what `html.parser` needs to get over `<!...>`."""

import re

_declname_match = re.compile(r"[a-zA-Z][-_.a-zA-Z0-9]*\s*").match
_declstringlit_match = re.compile(r'(\'[^\']*\'|"[^"]*")\s*').match
_commentclose = re.compile(r"--\s*>")
_markedsectionclose = re.compile(r"]\s*]\s*>")
# Marked sections as Microsoft's programs write them.
_msmarkedsectionclose = re.compile(r"]\s*>")


class ParserBase:
    """Reads declarations; knows where it is in the text."""

    def __init__(self):
        if self.__class__ is ParserBase:
            raise RuntimeError("_markupbase.ParserBase must be subclassed")

    def reset(self):
        self.lineno = 1
        self.offset = 0

    def getpos(self):
        """Line and column."""
        return self.lineno, self.offset

    def updatepos(self, i, j):
        """Counts lines from i to j."""
        if i >= j:
            return j
        lines = self.rawdata.count("\n", i, j)
        if lines:
            self.lineno += lines
            self.offset = j - (self.rawdata.rindex("\n", i, j) + 1)
        else:
            self.offset += j - i
        return j

    _decl_otherchars = ""

    def parse_declaration(self, i):
        """A declaration at i: where it ends, or -1 if it is not whole."""
        rawdata = self.rawdata
        j = i + 2
        assert rawdata[i:j] == "<!", "unexpected call to parse_declaration"
        if rawdata[j:j + 1] == ">":
            return j + 1
        if rawdata[j:j + 1] in ("-", ""):
            return -1
        size = len(rawdata)
        if rawdata[j:j + 2] == "--":
            return self.parse_comment(i)
        if rawdata[j] == "[":
            return self.parse_marked_section(i)
        decltype, j = self._scan_name(j, i)
        if j < 0:
            return j
        if decltype == "doctype":
            self._decl_otherchars = ""
        while j < size:
            c = rawdata[j]
            if c == ">":
                data = rawdata[i + 2:j]
                if decltype == "doctype":
                    self.handle_decl(data)
                else:
                    self.unknown_decl(data)
                return j + 1
            if c in "\"'":
                found = _declstringlit_match(rawdata, j)
                if not found:
                    return -1
                j = found.end()
            elif c.isascii() and c.isalpha():
                name, j = self._scan_name(j, i)
            elif c in self._decl_otherchars:
                j += 1
            elif c == "[":
                if decltype == "doctype":
                    j = self._parse_doctype_subset(j + 1, i)
                elif decltype in {"attlist", "linktype", "link", "element"}:
                    raise AssertionError("unsupported '[' char in %s declaration" % decltype)
                else:
                    raise AssertionError("unexpected '[' char in declaration")
            else:
                raise AssertionError("unexpected %r char in declaration" % rawdata[j])
            if j < 0:
                return j
        return -1

    def parse_marked_section(self, i, report=1):
        """`<![NAME[...]]>`"""
        rawdata = self.rawdata
        assert rawdata[i:i + 3] == "<![", "unexpected call to parse_marked_section()"
        name, j = self._scan_name(i + 3, i)
        if j < 0:
            return j
        if name in {"temp", "cdata", "ignore", "include", "rcdata"}:
            found = _markedsectionclose.search(rawdata, i + 3)
        elif name in {"if", "else", "endif"}:
            found = _msmarkedsectionclose.search(rawdata, i + 3)
        else:
            raise AssertionError("unknown status keyword %r in marked section" % rawdata[i + 3:j])
        if not found:
            return -1
        if report:
            self.unknown_decl(rawdata[i + 3:found.start(0)])
        return found.end(0)

    def parse_comment(self, i, report=1):
        """`<!-- ... -->`"""
        rawdata = self.rawdata
        if rawdata[i:i + 4] != "<!--":
            raise AssertionError("unexpected call to parse_comment()")
        found = _commentclose.search(rawdata, i + 4)
        if not found:
            return -1
        if report:
            self.handle_comment(rawdata[i + 4:found.start(0)])
        return found.end(0)

    def _parse_doctype_subset(self, i, declstartpos):
        """What stands in brackets in a DOCTYPE: where it ends."""
        rawdata = self.rawdata
        size = len(rawdata)
        j = i
        while j < size:
            c = rawdata[j]
            if c == "<":
                start = rawdata[j:j + 2]
                if start == "<":
                    return -1
                if start != "<!":
                    self.updatepos(declstartpos, j + 1)
                    raise AssertionError("unexpected char in internal subset (in %r)" % start)
                if j + 2 == size or j + 4 > size:
                    return -1
                if rawdata[j:j + 4] == "<!--":
                    j = self.parse_comment(j, report=0)
                    if j < 0:
                        return j
                    continue
                name, j = self._scan_name(j + 2, declstartpos)
                if j == -1:
                    return -1
                if name not in {"attlist", "element", "entity", "notation"}:
                    self.updatepos(declstartpos, j + 2)
                    raise AssertionError("unknown declaration %r in internal subset" % name)
                j = getattr(self, "_parse_doctype_" + name)(j, declstartpos)
                if j < 0:
                    return j
            elif c == "%":
                if j + 1 == size:
                    return -1
                name, j = self._scan_name(j + 1, declstartpos)
                if j < 0:
                    return j
                if rawdata[j] == ";":
                    j += 1
            elif c == "]":
                j += 1
                while j < size and rawdata[j].isspace():
                    j += 1
                if j < size:
                    if rawdata[j] == ">":
                        return j
                    self.updatepos(declstartpos, j)
                    raise AssertionError("unexpected char after internal subset")
                return -1
            elif c.isspace():
                j += 1
            else:
                self.updatepos(declstartpos, j)
                raise AssertionError("unexpected char %r in internal subset" % c)
        return -1

    def _parse_doctype_element(self, i, declstartpos):
        name, j = self._scan_name(i, declstartpos)
        if j == -1:
            return -1
        if ">" in self.rawdata[j:]:
            return self.rawdata.find(">", j) + 1
        return -1

    def _parse_doctype_attlist(self, i, declstartpos):
        rawdata = self.rawdata
        name, j = self._scan_name(i, declstartpos)
        c = rawdata[j:j + 1]
        if c == "":
            return -1
        if c == ">":
            return j + 1
        while True:
            # A name, its type, its default.
            name, j = self._scan_name(j, declstartpos)
            if j < 0:
                return j
            c = rawdata[j:j + 1]
            if c == "":
                return -1
            if c == "(":
                if ")" not in rawdata[j:]:
                    return -1
                j = rawdata.find(")", j) + 1
                while rawdata[j:j + 1].isspace():
                    j += 1
                if not rawdata[j:]:
                    return -1
            else:
                name, j = self._scan_name(j, declstartpos)
            c = rawdata[j:j + 1]
            if not c:
                return -1
            if c in "'\"":
                found = _declstringlit_match(rawdata, j)
                if not found:
                    return -1
                j = found.end()
                c = rawdata[j:j + 1]
                if not c:
                    return -1
            if c == "#":
                if rawdata[j:] == "#":
                    return -1
                name, j = self._scan_name(j + 1, declstartpos)
                if j < 0:
                    return j
                c = rawdata[j:j + 1]
                if not c:
                    return -1
            if c == ">":
                return j + 1

    def _parse_doctype_notation(self, i, declstartpos):
        name, j = self._scan_name(i, declstartpos)
        if j < 0:
            return j
        rawdata = self.rawdata
        while True:
            c = rawdata[j:j + 1]
            if not c:
                return -1
            if c == ">":
                return j + 1
            if c in "'\"":
                found = _declstringlit_match(rawdata, j)
                if not found:
                    return -1
                j = found.end()
            else:
                name, j = self._scan_name(j, declstartpos)
                if j < 0:
                    return j

    def _parse_doctype_entity(self, i, declstartpos):
        rawdata = self.rawdata
        if rawdata[i:i + 1] == "%":
            j = i + 1
            while True:
                c = rawdata[j:j + 1]
                if not c:
                    return -1
                if not c.isspace():
                    break
                j += 1
        else:
            j = i
        name, j = self._scan_name(j, declstartpos)
        if j < 0:
            return j
        while True:
            c = rawdata[j:j + 1]
            if not c:
                return -1
            if c in "'\"":
                found = _declstringlit_match(rawdata, j)
                if not found:
                    return -1
                j = found.end()
            elif c == ">":
                return j + 1
            else:
                name, j = self._scan_name(j, declstartpos)
                if j < 0:
                    return j

    def _scan_name(self, i, declstartpos):
        """A name at i in lower case, and where it ends; None and -1 if more may come."""
        rawdata = self.rawdata
        size = len(rawdata)
        if i == size:
            return None, -1
        found = _declname_match(rawdata, i)
        if not found:
            self.updatepos(declstartpos, i)
            raise AssertionError("expected name token", rawdata[declstartpos:declstartpos + 20])
        text = found.group()
        if i + len(text) == size:
            return None, -1
        return text.strip().lower(), found.end()

    def unknown_decl(self, data):
        pass
