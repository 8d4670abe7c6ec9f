"""Reading dates and times by a format: strptime of time and datetime, in the C locale.

A format becomes a list of pieces; each piece offers the ends it could have in the text, the best first, and a search with
backtracking takes the first combination that fits.
"""

import time
from datetime import date as datetime_date, timedelta as datetime_timedelta, timezone as datetime_timezone

__all__ = []

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()

# Words that a directive stands for, and what each means.
_WORDS = {
    "A": {name: n for n, name in enumerate(_DAYS)},
    "a": {name[:3]: n for n, name in enumerate(_DAYS)},
    "B": {name: n for n, name in enumerate(_MONTHS, 1)},
    "b": {name[:3]: n for n, name in enumerate(_MONTHS, 1)},
    "p": {"am": 0, "pm": 1},
    "Z": {"utc": 0, "gmt": 0},
}

# Numbers: for each width that is tried, in this order, the least and the greatest value.
_NUMBERS = {
    "d": ((2, 1, 31), (1, 1, 9)),
    "H": ((2, 0, 23), (1, 0, 9)),
    "I": ((2, 1, 12), (1, 1, 9)),
    "G": ((4, 0, 9999),),
    "j": ((3, 1, 366), (2, 1, 99), (1, 1, 9)),
    "m": ((2, 1, 12), (1, 1, 9)),
    "M": ((2, 0, 59), (1, 0, 9)),
    "S": ((2, 0, 61), (1, 0, 9)),
    "U": ((2, 0, 53), (1, 0, 9)),
    "W": ((2, 0, 53), (1, 0, 9)),
    "V": ((2, 1, 53), (1, 0, 9)),
    "w": ((1, 0, 6),),
    "u": ((1, 1, 7),),
    "y": ((2, 0, 99),),
    "Y": ((4, 0, 9999),),
    "f": tuple((width, 0, 999999) for width in range(6, 0, -1)),
}

_EXPANDED = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}

_WEEKDAY_DIRECTIVES = "a weekday directive ('%A', '%a', '%w', or '%u')."


# ---- formats


def _pieces(format, whole):
    """(kind, text) for each piece: a literal, a stretch of space, or a directive."""
    at = 0
    while at < len(format):
        char = format[at]
        at += 1
        if char.isspace():
            while at < len(format) and format[at].isspace():
                at += 1
            yield "space", ""
        elif char != "%":
            yield "literal", char
        else:
            if at == len(format):
                raise ValueError("stray %% in format '%s'" % whole) from None
            code = format[at]
            at += 1
            if code == "%":
                yield "literal", "%"
            elif code in _EXPANDED:
                yield from _pieces(_EXPANDED[code], whole)
            elif code in _WORDS or code in _NUMBERS or code == "z":
                yield "directive", code
            else:
                raise ValueError("'%s' is a bad directive in format '%s'" % (code, whole)) from None


def _number_ends(code, text, at):
    for width, least, greatest in _NUMBERS[code]:
        digits = text[at:at + width]
        if len(digits) == width and digits.isdecimal() and least <= int(digits) <= greatest:
            yield at + width
    if code == "d" and text[at:at + 1] == " " and "1" <= text[at + 1:at + 2] <= "9":
        yield at + 2


def _offset_ends(text, at):
    """A sign, hours, minutes, perhaps seconds, perhaps a fraction; or Z."""
    if text[at:at + 1] == "Z":
        yield at + 1
        return
    if text[at:at + 1] not in ("+", "-") or not _digits(text, at + 1, 99):
        return
    minutes = at + 3 + (text[at + 3:at + 4] == ":")
    if not _digits(text, minutes, 59):
        return
    seconds = minutes + 2 + (text[minutes + 2:minutes + 3] == ":")
    if _digits(text, seconds, 59):
        end = seconds + 2
        if text[end:end + 1] == ".":
            for width in range(6, 0, -1):
                if text[end + 1:end + 1 + width].isdecimal() and len(text) >= end + 1 + width:
                    yield end + 1 + width
        yield end
    yield minutes + 2


def _digits(text, at, most):
    pair = text[at:at + 2]
    return len(pair) == 2 and pair.isdecimal() and int(pair) <= most


def _ends(kind, what, text, at):
    """Where a piece that begins at a place could end."""
    if kind == "literal":
        if text[at:at + 1].lower() == what.lower():
            yield at + 1
    elif kind == "space":
        end = at
        while end < len(text) and text[end].isspace():
            end += 1
        yield from range(end, at, -1)
    elif what == "z":
        yield from _offset_ends(text, at)
    elif what in _NUMBERS:
        yield from _number_ends(what, text, at)
    else:
        lowered = text[at:].lower()
        for word in sorted(_WORDS[what], key=len, reverse=True):
            if lowered.startswith(word):
                yield at + len(word)


def _match(pieces, text):
    """What each directive found, and where the match ends; None if there is none."""
    tries, spans, at = [], [], 0
    while len(tries) < len(pieces) or (tries and len(spans) < len(tries)):
        if len(tries) == len(spans):
            tries.append(_ends(*pieces[len(tries)], text, at))
        end = next(tries[-1], None)
        if end is not None:
            spans.append((at, end))
            at = end
            continue
        tries.pop()
        if not tries:
            return None
        at, _ = spans.pop()
    found = {}
    for (kind, what), (start, end) in zip(pieces, spans):
        if kind == "directive":
            found[what] = text[start:end]
    return found, at


# ---- the same as regular expressions, for who wants to see them


def _getlang():
    import locale

    return locale.getlocale(locale.LC_TIME)


class LocaleTime:
    """Names of days, months and zones, in lower case, and the formats behind %c, %x and %X."""

    def __init__(self):
        self.lang = _getlang()
        self.f_weekday, self.a_weekday = list(_DAYS), [name[:3] for name in _DAYS]
        self.f_month, self.a_month = ["", *_MONTHS], ["", *(name[:3] for name in _MONTHS)]
        self.am_pm = ["am", "pm"]
        self.LC_date_time, self.LC_date, self.LC_time = (_EXPANDED[code] for code in "cxX")
        self.tzname, self.daylight = time.tzname, time.daylight
        summer = {self.tzname[1].lower()} if self.daylight else ()
        self.timezone = frozenset({"utc", "gmt", self.tzname[0].lower()}), frozenset(summer)


# The ranges of `_NUMBERS` in the alternatives that TimeRE is known by.
_PATTERNS = {
    "d": r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]",
    "G": r"\d\d\d\d",
    "H": r"2[0-3]|[0-1]\d|\d",
    "I": r"1[0-2]|0[1-9]|[1-9]",
    "j": r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]",
    "m": r"1[0-2]|0[1-9]|[1-9]",
    "M": r"[0-5]\d|\d",
    "S": r"6[0-1]|[0-5]\d|\d",
    "U": r"5[0-3]|[0-4]\d|\d",
    "W": r"5[0-3]|[0-4]\d|\d",
    "w": "[0-6]",
    "u": "[1-7]",
    "V": r"5[0-3]|0[1-9]|[1-4]\d|\d",
    "y": r"\d\d",
    "Y": r"\d\d\d\d",
    "f": "[0-9]{1,6}",
    "z": r"[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z)",
}


class TimeRE(dict):
    """Directives and the regular expressions that they stand for."""

    def __init__(self, locale_time=None):
        self.locale_time = names = locale_time or LocaleTime()
        super().__init__({code: f"(?P<{code}>{pattern})" for code, pattern in _PATTERNS.items()})
        words = {
            "A": names.f_weekday, "a": names.a_weekday, "B": names.f_month[1:], "b": names.a_month[1:], "p": names.am_pm,
            "Z": [zone for zones in names.timezone for zone in zones],
        }
        self.update({code: self._any_of(of, code) for code, of in words.items()})
        self["%"] = "%"
        for code, format in zip("cxX", (names.LC_date_time, names.LC_date, names.LC_time)):
            self[code] = self.pattern(format)

    @staticmethod
    def _any_of(words, code):
        from re import escape

        longest_first = sorted(words, key=len, reverse=True)
        return f"(?P<{code}>{'|'.join(map(escape, longest_first))})" if any(longest_first) else ""

    def pattern(self, format):
        """The format as a regular expression; space stands for any space."""
        import re

        format = re.sub(r"\s+", lambda _: r"\s+", re.sub(r"([\\.^$*+?(){}\[\]|])", r"\\\1", format))
        parts = format.split("%")
        out = parts.pop(0)
        while parts:
            part = parts.pop(0)
            if not part and parts:
                # Doubled: a percent sign, and what follows it is plain.
                out += "%" + parts.pop(0)
            else:
                out += self[part[:1]] + part[1:]
        return out

    def compile(self, format):
        import re

        return re.compile(self.pattern(format), re.IGNORECASE)


# ---- meaning


def _calc_julian_from_U_or_W(year, week_of_year, day_of_week, week_starts_Mon):
    """The day of the year of a weekday (Monday is 0) in a week of %U or %W."""
    first = datetime_date(year, 1, 1).weekday()
    if not week_starts_Mon:
        first, day_of_week = (first + 1) % 7, (day_of_week + 1) % 7
    if not week_of_year:
        return 1 + day_of_week - first
    return 1 + (7 - first) % 7 + 7 * (week_of_year - 1) + day_of_week


def _offset(text):
    """Seconds and microseconds of %z."""
    if text == "Z":
        return 0, 0
    digits = text
    if digits[3] == ":":
        digits = digits[:3] + digits[4:]
        if len(digits) > 5:
            if digits[5] != ":":
                raise ValueError(f"Inconsistent use of : in {text}")
            digits = digits[:5] + digits[6:]
    seconds = int(digits[1:3]) * 3600 + int(digits[3:5]) * 60 + int(digits[5:7] or 0)
    micros = int(digits[8:].ljust(6, "0"))
    return (-seconds, -micros) if digits[0] == "-" else (seconds, micros)


def _hour(found):
    if "I" not in found:
        return int(found.get("H", 0))
    return int(found["I"]) % 12 + (12 if found.get("p", "").lower() == "pm" else 0)


def _year(found):
    if "y" in found:
        short = int(found["y"])
        return short + (2000 if short <= 68 else 1900)
    return int(found["Y"]) if "Y" in found else None


def _weekday(found):
    for code in "Aa":
        if code in found:
            return _WORDS[code][found[code].lower()]
    if "w" in found:
        return (int(found["w"]) - 1) % 7
    return int(found["u"]) - 1 if "u" in found else None


def _month(found):
    for code in "Bb":
        if code in found:
            return _WORDS[code][found[code].lower()]
    return int(found.get("m", 1))


def _check_iso(found, year, weekday):
    if year is None and "G" in found:
        if "V" not in found or weekday is None:
            raise ValueError(
                "ISO year directive '%G' must be used with the ISO week directive '%V' and " + _WEEKDAY_DIRECTIVES
            )
        if "j" in found:
            raise ValueError(
                "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead."
            )
    elif "U" not in found and "W" not in found and "V" in found:
        if weekday is None:
            raise ValueError(
                "ISO week directive '%V' must be used with the ISO year directive '%G' and " + _WEEKDAY_DIRECTIVES
            )
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.")


def _date(found):
    """Year, month, day, weekday, day of the year."""
    year, month, day, weekday = _year(found), _month(found), int(found.get("d", 1)), _weekday(found)
    _check_iso(found, year, weekday)
    # 29 February without a year: looked up in a leap year, and given back as of 1900.
    leap = year is None and (month, day) == (2, 29)
    if year is None:
        year = 1904 if leap else 1900
    julian = int(found["j"]) if "j" in found else None
    if julian is None and weekday is not None:
        if "U" in found or "W" in found:
            week = int(found["U"] if "U" in found else found["W"])
            julian = _calc_julian_from_U_or_W(year, week, weekday, "U" not in found)
        elif "G" in found and "V" in found:
            when = datetime_date.fromisocalendar(int(found["G"]), int(found["V"]), weekday + 1)
            year, julian = when.year, when.timetuple().tm_yday
        if julian is not None and julian <= 0:
            year -= 1
            julian += datetime_date(year, 12, 31).timetuple().tm_yday
    if julian is None:
        julian = datetime_date(year, month, day).toordinal() - datetime_date(year, 1, 1).toordinal() + 1
    else:
        when = datetime_date.fromordinal(julian - 1 + datetime_date(year, 1, 1).toordinal())
        year, month, day = when.year, when.month, when.day
    if weekday is None:
        weekday = datetime_date(year, month, day).weekday()
    return (1900 if leap else year), month, day, weekday, julian


def _strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    """The fields of a struct_time, the fraction in microseconds, that of the offset."""
    for index, arg in enumerate([data_string, format]):
        if not isinstance(arg, str):
            raise TypeError("strptime() argument {} must be str, not {}".format(index, type(arg)))
    pieces = list(_pieces(format, format))
    directives = [what for kind, what in pieces if kind == "directive"]
    if len(set(directives)) < len(directives):
        # The same group twice: the regular expression says where.
        TimeRE().compile(format)
    match = _match(pieces, data_string)
    if match is None:
        raise ValueError("time data %r does not match format %r" % (data_string, format))
    found, end = match
    if end != len(data_string):
        raise ValueError("unconverted data remains: %s" % data_string[end:])
    gmtoff, gmtoff_fraction = _offset(found["z"]) if "z" in found else (None, 0)
    year, month, day, weekday, julian = _date(found)
    clock = _hour(found), int(found.get("M", 0)), int(found.get("S", 0))
    tz = 0 if "Z" in found else -1
    fields = (year, month, day, *clock, weekday, julian, tz, found.get("Z"), gmtoff)
    return fields, int(found.get("f", "0").ljust(6, "0")), gmtoff_fraction


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    fields = _strptime(data_string, format)[0]
    return time.struct_time(fields[:time._STRUCT_TM_ITEMS])


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    fields, fraction, gmtoff_fraction = _strptime(data_string, format)
    name, gmtoff = fields[-2:]
    args = fields[:6] + (fraction,)
    if gmtoff is not None:
        delta = datetime_timedelta(seconds=gmtoff, microseconds=gmtoff_fraction)
        args += (datetime_timezone(delta, name) if name else datetime_timezone(delta),)
    return cls(*args)
