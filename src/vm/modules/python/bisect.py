"""Places in sorted sequences."""

from _bisect import *

bisect, insort = bisect_right, insort_right
