"""What a TZif file says: which offset holds when (RFC 8536), and after its last transition the rule in the words of POSIX's TZ."""

import re
import struct
from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86400


class Period:
    """What holds between two transitions."""

    __slots__ = "utcoff", "dstoff", "tzname", "seconds"

    def __init__(self, seconds, dst_seconds, tzname):
        self.seconds = seconds
        self.utcoff = timedelta(seconds=seconds)
        self.dstoff = timedelta(seconds=dst_seconds)
        self.tzname = tzname

    def __eq__(self, other):
        return (self.utcoff, self.dstoff, self.tzname) == (other.utcoff, other.dstoff, other.tzname)


class _Unknown:
    """What holds for no moment in particular."""

    utcoff = dstoff = tzname = None


def _local_seconds(moment):
    """The clock's seconds since 1970, whatever zone it shows."""
    day = moment.toordinal() - _EPOCH
    return day * _DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


class Rules:
    """All periods of a zone."""

    __slots__ = "utc_times", "local_times", "periods", "before", "after", "fixed"

    def __init__(self, data):
        times, kinds_of, kinds, footer = _read(data)
        saved = _saved_seconds(kinds_of, kinds)
        made = [Period(offset, dst, name) for (offset, _, name), dst in zip(kinds, saved)]
        self.utc_times = times
        self.local_times = _local_times(times, kinds_of, kinds)
        self.periods = [made[kind] for kind in kinds_of]
        standard = [period for period, kind in zip(made, kinds) if not kind[1]]
        self.before = (standard or self.periods or [None])[0]
        if footer:
            self.after = _parse_rule(footer)
        elif not made:
            raise ValueError("No time zone information found.")
        else:
            self.after = (self.periods or made)[-1]
        changes = len(made) > 1 or not isinstance(self.after, Period)
        self.fixed = not changes and (not self.periods or made[0] == self.after)

    def at(self, moment):
        """What holds at a local time."""
        if moment is None:
            return self.after if self.fixed else _Unknown
        seconds = _local_seconds(moment)
        times = self.local_times[moment.fold]
        if times and seconds < times[0]:
            return self.before
        if times and seconds <= times[-1]:
            return self.periods[bisect_right(times, seconds) - 1]
        if isinstance(self.after, Period):
            return self.after
        return self.after.at(seconds, moment.year, moment.fold)

    def at_utc(self, moment):
        """What holds at a moment of UTC, and whether its local time is there for the second time."""
        seconds = _local_seconds(moment)
        times = self.utc_times
        if times and seconds < times[0]:
            return self.before, False
        if not times or seconds > times[-1]:
            if not isinstance(self.after, Period):
                return self.after.at_utc(seconds, moment.year)
            if not times:
                return self.after, False
        n = bisect_right(times, seconds)
        period = self.periods[n - 1]
        previous = self.periods[n - 2] if n > 1 else self.before
        gained = (previous.utcoff - period.utcoff).total_seconds()
        return period, gained > seconds - times[n - 1]


def _read(data):
    """Times of transitions, the kind that begins at each, the kinds as (offset, daylight saving?, name), and the footer."""
    if data[:4] != b"TZif":
        raise ValueError("Invalid TZif file: magic not found")
    version = int(data[4:5]) if data[4:5] != b"\0" else 1
    at, width = 0, 4
    counts = struct.unpack_from(">6l", data, 20)
    if version >= 2:
        # The old block is skipped: the new one has wider times.
        utc, std, leap, time_count, kind_count, characters = counts
        at = 44 + time_count * 5 + kind_count * 6 + characters + leap * 8 + std + utc
        width = 8
        if data[at:at + 4] != b"TZif":
            raise ValueError("Invalid TZif file: magic not found")
        counts = struct.unpack_from(">6l", data, at + 20)
    utc, std, leap, time_count, kind_count, characters = counts
    at += 44
    times = list(struct.unpack_from(f">{time_count}{'q' if width == 8 else 'l'}", data, at))
    at += time_count * width
    kinds_of = list(data[at:at + time_count])
    at += time_count
    raw = [struct.unpack_from(">lbb", data, at + 6 * n) for n in range(kind_count)]
    at += kind_count * 6
    names = data[at:at + characters]
    at += characters + leap * (width + 4) + std + utc
    kinds = [(offset, bool(dst), names[name:names.index(b"\0", name)].decode()) for offset, dst, name in raw]
    footer = data[at:].strip(b"\n").decode("ascii") if version >= 2 else ""
    return times, kinds_of, kinds, footer


def _saved_seconds(kinds_of, kinds):
    """How much of each kind's offset is daylight saving: the difference to the standard time before it, or after it."""
    saved = [0] * len(kinds)
    missing = sum(daylight for _, daylight, _ in kinds)
    for n in range(1, len(kinds_of)):
        if not missing:
            break
        kind = kinds_of[n]
        offset, daylight, _ = kinds[kind]
        if not daylight or saved[kind]:
            continue
        gain = 0
        earlier = kinds[kinds_of[n - 1]]
        if not earlier[1]:
            gain = offset - earlier[0]
        if not gain and n + 1 < len(kinds_of):
            later = kinds[kinds_of[n + 1]]
            if later[1]:
                continue
            gain = offset - later[0]
        if gain:
            missing -= 1
            saved[kind] = gain
    # An hour is a better guess than none.
    return [3600 if daylight and not gain else gain for (_, daylight, _), gain in zip(kinds, saved)]


def _local_times(times, kinds_of, kinds):
    """Transitions in local time, for fold 0 and for fold 1: what a clock shows at the end of a gap, or of an overlap."""
    if not times:
        return [], []
    first = kinds[0][0] if len(kinds) > 1 else kinds[kinds_of[0]][0]
    offsets = [first] + [kinds[kind][0] for kind in kinds_of]
    late, early = [], []
    for time, before, after in zip(times, offsets, offsets[1:]):
        late.append(time + max(before, after))
        early.append(time + min(before, after))
    return late, early


class _Rule:
    """Daylight saving that comes and goes each year."""

    __slots__ = "standard", "daylight", "start", "end"

    def __init__(self, standard, daylight, start, end):
        self.standard, self.daylight, self.start, self.end = standard, daylight, start, end

    def _gain(self):
        return self.daylight.seconds - self.standard.seconds

    def at(self, seconds, year, fold):
        start, end = self.start.in_year(year), self.end.in_year(year)
        gain = self._gain()
        # With fold 1 an hour that is there twice is the later one, and a missing one is counted by the offset after it.
        if fold == (gain >= 0):
            end -= gain
        else:
            start += gain
        if start < end:
            daylight = start <= seconds < end
        else:
            daylight = not end <= seconds < start
        return self.daylight if daylight else self.standard

    def at_utc(self, seconds, year):
        start = self.start.in_year(year) - self.standard.seconds
        end = self.end.in_year(year) - self.daylight.seconds
        if start < end:
            daylight = start <= seconds < end
        else:
            daylight = not end <= seconds < start
        gain = self._gain()
        # The hour that comes twice is after the change that turns clocks back.
        again = end if gain > 0 else start
        fold = again <= seconds < again + abs(gain)
        return (self.daylight if daylight else self.standard), fold


class _Yearly:
    """A day of each year with a time."""

    __slots__ = "form", "numbers", "seconds"

    def __init__(self, form, numbers, seconds):
        self.form, self.numbers, self.seconds = form, numbers, seconds

    def in_year(self, year):
        if self.form == "M":
            month, week, weekday = self.numbers
            first, length = monthrange(year, month)
            day = (weekday - (first + 1)) % 7 + 1 + (week - 1) * 7
            if day > length:
                day -= 7
            ordinal = date(year, month, day).toordinal()
        else:
            (day,) = self.numbers
            ordinal = date(year, 1, 1).toordinal() - 1 + day
            # The 29th of February is not counted after a J. (From the 59th day on, as CPython has it.)
            if self.form == "J" and day >= 59 and monthrange(year, 2)[1] == 29:
                ordinal += 1
        return (ordinal - _EPOCH) * _DAY + self.seconds


_NAME = r"(?:<([\w+-]+)>|([a-zA-Z]+))"
_TIME = r"([+-]?)(\d{1,3})(?::(\d{2})(?::(\d{2}))?)?"
_RULE = re.compile(rf"{_NAME}{_TIME}(?:{_NAME}(?:{_TIME})?(?:,([^,]+),([^,]+))?)?", re.ASCII)
_DATE = re.compile(rf"(M)(\d{{1,2}})\.(\d)\.(\d)(?:/{_TIME})?|(J?)(\d{{1,3}})(?:/{_TIME})?", re.ASCII)


def _parse_rule(text):
    match = _RULE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text} is not a valid TZ string")
    parts = match.groups()
    # West of Greenwich is positive there.
    offset = -_time(parts[2:6])
    standard = Period(offset, 0, parts[0] or parts[1])
    name = parts[6] or parts[7]
    if name is None:
        return standard
    shifted = -_time(parts[8:12]) if parts[9] else offset + 3600
    start, end = parts[12:]
    if start is None:
        raise ValueError(f"Missing transition rules: {text}")
    return _Rule(standard, Period(shifted, shifted - offset, name), _parse_date(start), _parse_date(end))


def _time(parts):
    sign, hours, minutes, seconds = parts
    value = int(hours) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return -value if sign == "-" else value


def _parse_date(text):
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"Invalid dst start/end date: {text}")
    parts = match.groups()
    if parts[0]:
        time, form, numbers = parts[4:8], "M", tuple(map(int, parts[1:4]))
    else:
        time, form, numbers = parts[10:14], parts[8], (int(parts[9]),)
    # Two o'clock, where nothing is said.
    return _Yearly(form, numbers, 2 * 3600 if time[1] is None else _time(time))
