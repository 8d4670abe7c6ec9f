# Documentation of what the library's own modules define is CPython's.
import base64
import bisect
import calendar
import collections
import contextlib
import csv
import functools
import heapq
import html
import inspect
import json
import queue
import sched
import secrets
import string
import textwrap

for module in [base64, bisect, calendar, collections, contextlib, csv, functools, heapq, html, json, queue, sched, secrets, string, textwrap]:
    public = [name for name in dir(module) if not name.startswith("_")]
    for name in sorted(getattr(module, "__all__", public)):
        thing = getattr(module, name)
        if inspect.isfunction(thing) or inspect.isclass(thing) and thing.__module__ == module.__name__:
            print(module.__name__, name, repr(thing.__doc__)[:70])
