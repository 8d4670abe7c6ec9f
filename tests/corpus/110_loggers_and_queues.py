"""logging with a queue handler, a formatter that keeps records, and dictConfig-less trees."""
import io
import logging
import logging.handlers
import queue
import sys

rc = sys.getrefcount


class R:
    def __init__(self, n):
        self.n = n

    def __str__(self):
        return "<%s>" % self.n

    def __del__(self):
        print("  free", self.n)


class KeepFormatter(logging.Formatter):
    last = None

    def format(self, record):
        KeepFormatter.last = record
        print("  format", rc(record), record.levelname)
        return super().format(record)


out = io.StringIO()
h = logging.StreamHandler(out)
h.setFormatter(KeepFormatter("%(name)s|%(message)s"))
log = logging.getLogger("svc.part")
log.addHandler(h)
log.propagate = False
log.error("one %s", R("arg one"))
print(out.getvalue().strip(), rc(KeepFormatter.last))
KeepFormatter.last = None
print("record dropped")
q = queue.SimpleQueue()
qh = logging.handlers.QueueHandler(q)
log.addHandler(qh)
log.warning("two %s", R("arg two"))
rec = q.get()
print(rec.msg, rec.args, rc(rec))
KeepFormatter.last = None
del rec
try:
    raise KeyError(R("in key"))
except KeyError as e:
    log.exception("three")
    print(rc(e))
print("after handler")
rec = q.get()
print(rec.exc_info, rec.exc_text)
del rec
KeepFormatter.last = None
log.removeHandler(qh)
print(rc(qh), rc(q))
del qh
ad = logging.LoggerAdapter(log, {"k": R("adapter extra")})
ad.error("four")
print(rc(KeepFormatter.last.k))
del ad
KeepFormatter.last = None
f = logging.Filter("other")
h.addFilter(f)
log.error("five %s", R("filtered arg"))
print(rc(f), len(out.getvalue().splitlines()))
h.removeFilter(f)
log.handlers.clear()
print(rc(h))
h.close()
del h
logging.getLogger("svc").addHandler(logging.NullHandler())
log.propagate = True
log.error("six %s", R("to nobody"))
print(log.parent.name, log.getEffectiveLevel(), log.hasHandlers())
