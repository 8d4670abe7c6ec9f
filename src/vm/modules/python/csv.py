"""Tables as comma separated values."""

import re
from io import StringIO

from _csv import (
    Error, QUOTE_ALL, QUOTE_MINIMAL, QUOTE_NONE, QUOTE_NONNUMERIC, __doc__, __version__, field_size_limit, get_dialect,
    list_dialects, reader, register_dialect, unregister_dialect, writer,
)
from _csv import Dialect as _Dialect

__all__ = [
    *"QUOTE_MINIMAL QUOTE_ALL QUOTE_NONNUMERIC QUOTE_NONE Error Dialect __doc__ excel excel_tab".split(),
    *"field_size_limit reader writer register_dialect get_dialect list_dialects Sniffer".split(),
    *"unregister_dialect __version__ DictReader DictWriter unix_dialect".split(),
]


class Dialect:
    """Describe a CSV dialect.

    This must be subclassed (see csv.excel).  Valid attributes are:
    delimiter, quotechar, escapechar, doublequote, skipinitialspace,
    lineterminator, quoting.

    """

    _name, _valid = "", False
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as e:
            raise Error(str(e))


class excel(Dialect):
    """Describe the usual properties of Excel-generated CSV files."""

    delimiter, quotechar, doublequote, skipinitialspace = ",", '"', True, False
    lineterminator, quoting = "\r\n", QUOTE_MINIMAL


class excel_tab(excel):
    """Describe the usual properties of Excel-generated TAB-delimited files."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """Describe the usual properties of Unix-generated CSV files."""

    delimiter, quotechar, doublequote, skipinitialspace = ",", '"', True, False
    lineterminator, quoting = "\n", QUOTE_ALL


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


class DictReader:

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = fieldnames
        self.restkey, self.restval = restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect, self.line_num = dialect, 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        # Empty lines are no records.
        while row == []:
            row = next(self.reader)
        record = dict(zip(self.fieldnames, row))
        names, values = len(self.fieldnames), len(row)
        if names < values:
            record[self.restkey] = row[names:]
        elif names > values:
            for key in self.fieldnames[values:]:
                record[key] = self.restval
        return record


class DictWriter:

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames, self.restval = fieldnames, restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == "raise":
            extra = rowdict.keys() - self.fieldnames
            if extra:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(repr(x) for x in extra))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        return self.writer.writerow(self._dict_to_list(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._dict_to_list, rowdicts))


# What a quoted field looks like: between two delimiters, first or last in its line, alone in its line.
_DELIM, _QUOTE = r'(?P<delim>[^\w\n"\'])', r'(?P<quote>["\']).*?(?P=quote)'
_QUOTED = [
    _DELIM + "(?P<space> ?)" + _QUOTE + "(?P=delim)",
    r"(?:^|\n)" + _QUOTE + _DELIM + "(?P<space> ?)",
    _DELIM + "(?P<space> ?)" + _QUOTE + r"(?:$|\n)",
    r"(?:^|\n)" + _QUOTE + r"(?:$|\n)",
]


def _commonest(counts):
    return max(counts, key=counts.get)


class Sniffer:
    """
    "Sniffs" the format of a CSV file (i.e. delimiter, quotechar)
    Returns a Dialect object.
    """

    def __init__(self):
        # If several characters may be the delimiter.
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """
        Returns a dialect (or None) corresponding to the sample
        """
        quote, doubled, delim, spaced = self._guess_quote_and_delimiter(sample, delimiters)
        if not delim:
            delim, spaced = self._guess_delimiter(sample, delimiters)
            if not delim:
                raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL
            doublequote = doubled
            delimiter = delim
            quotechar = quote or '"'
            skipinitialspace = spaced

        return dialect

    def _guess_quote_and_delimiter(self, data, delimiters):
        """By fields with quotes around them: quote, whether it is doubled inside, delimiter, whether a space follows that."""
        for pattern in _QUOTED:
            found = list(re.finditer(pattern, data, re.DOTALL | re.MULTILINE))
            if found:
                break
        else:
            return "", False, None, 0
        quotes, delims, spaces = {}, {}, 0
        for match in found:
            parts = match.groupdict()
            quotes[parts["quote"]] = quotes.get(parts["quote"], 0) + 1
            if "delim" not in parts:
                continue
            delim = parts["delim"]
            if delim and (delimiters is None or delim in delimiters):
                delims[delim] = delims.get(delim, 0) + 1
            if parts["space"]:
                spaces += 1
        quote = _commonest(quotes)
        delim, spaced = "", 0
        if delims:
            delim = _commonest(delims)
            spaced = delims[delim] == spaces
            if delim == "\n":
                delim = ""  # there is one field a line
        edge, inside = re.escape(delim), f"[^{re.escape(delim)}\\n]*"
        doubled = rf"(({edge})|^)\W*{quote}{inside}{quote}{inside}{quote}\W*(({edge})|$)"
        return quote, re.search(doubled, data, re.MULTILINE) is not None, delim, spaced

    def _is_spaced(self, line, delim):
        return line.count(delim) == line.count(delim + " ")

    def _guess_delimiter(self, data, delimiters):
        """By a character that is in nearly every line equally often: it, and whether a space follows it.

        Lines are looked at in portions of ten; a character stands for its commonest count, less how many lines have another one."""
        lines = [line for line in data.split("\n") if line]
        portion = min(10, len(lines))
        counts = {chr(code): {} for code in range(127)}
        usual, candidates = {}, {}
        for start in range(0, len(lines), portion or 1):
            for line in lines[start : start + portion]:
                for char, seen in counts.items():
                    times = line.count(char)
                    seen[times] = seen.get(times, 0) + 1
            for char, seen in counts.items():
                if set(seen) != {0}:
                    times = _commonest(seen)
                    usual[char] = times, 2 * seen[times] - sum(seen.values())
            total = min(start + portion, len(lines))
            candidates = candidates or self._consistent(usual, total, delimiters)
            if len(candidates) == 1:
                (delim,) = candidates
                return delim, self._is_spaced(lines[0], delim)
        if not candidates:
            return "", 0
        for delim in self.preferred:
            if delim in candidates:
                return delim, self._is_spaced(lines[0], delim)
        delim = max((figures, char) for char, figures in candidates.items())[1]
        return delim, self._is_spaced(lines[0], delim)

    def _consistent(self, usual, total, delimiters):
        """The characters that as many lines as possible agree on, nine out of ten at least."""
        wanted = 1.0
        while wanted >= 0.9:
            found = {
                char: (times, lines)
                for char, (times, lines) in usual.items()
                if times > 0 and lines > 0 and lines / total >= wanted and (delimiters is None or char in delimiters)
            }
            if found:
                return found
            wanted -= 0.01
        return {}

    def has_header(self, sample):
        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for _, row in zip(range(21), rows):
            if len(row) != len(header):
                continue
            for column in list(kinds):
                kind = self._kind(row[column])
                if kinds[column] is None:
                    kinds[column] = kind
                elif kinds[column] != kind:
                    del kinds[column]  # no vote
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                differs = len(header[column]) != kind
            else:
                differs = kind is None or self._kind(header[column]) is not complex
            votes += 1 if differs else -1
        return votes > 0

    def _kind(self, field):
        try:
            complex(field)
        except (ValueError, OverflowError):
            return len(field)
        return complex
