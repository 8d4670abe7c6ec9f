"""Dates and times of day, spans of time, and time zones."""

import sys

from _datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta, timezone, tzinfo
from _datetime import __doc__

__all__ = "date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR"
