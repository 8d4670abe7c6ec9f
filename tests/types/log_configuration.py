# Verifies logging.config.dictConfig and files of log records that rotate.
import logging
import logging.config
import logging.handlers
import os
import sys
import tempfile


def tried(config):
    try:
        logging.config.dictConfig(config)
    except Exception as error:
        cause = error.__cause__
        return type(error).__name__, str(error), type(cause).__name__, str(cause)


class Only(logging.Filter):
    def __init__(self, word="x"):
        self.word = word

    def filter(self, record):
        return self.word in record.getMessage()


stdout = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "short"}
config = {
    "version": 1,
    "formatters": {"short": {"format": "{levelname}:{name}:{message}", "style": "{"}},
    "filters": {"only": {"()": Only, "word": "keep"}},
    "handlers": {
        "out": {**stdout, "level": "cfg://levels.low"},
        "kept": {"class": "logging.handlers.MemoryHandler", "capacity": 2, "target": "out", "filters": ["only"]},
    },
    "levels": {"low": "DEBUG"},
    "loggers": {"a.b": {"level": "INFO", "handlers": ["kept"], "propagate": False}},
    "root": {"level": "WARNING", "handlers": ["out"]},
}
old = logging.getLogger("old")
print(tried(config))
logging.getLogger("a.b").info("keep %s", 1)
logging.getLogger("a.b").debug("keep 2")
logging.getLogger("a.b").error("drop")
logging.getLogger("a.b").error("keep 3")
logging.getLogger("a").warning("from root")
print(old.disabled, logging.root.handlers, sorted(logging._handlers))
print(tried({"version": 1, "incremental": True, "loggers": {"a.b": {"level": "ERROR"}}, "handlers": {"out": {"level": 30}}}))
print(logging.getLogger("a.b").level)
for wrong in ({}, {"version": 2}, {"version": 1, "handlers": {"h": {"class": "no.such"}}}, {"version": 1, "loggers": {"x": {"level": "NO"}}},
              {"version": 1, "root": {"handlers": ["none"]}}, {"version": 1, "handlers": {"h": {**stdout, "formatter": "none"}}},
              {"version": 1, "incremental": True, "handlers": {"none": {}}}, {"version": 1, "filters": {"f": {"()": "logging.nothing"}}}):
    print(tried(wrong))

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "log")
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=12, backupCount=2, encoding="utf-8")
    log = logging.Logger("rotating")
    log.addHandler(handler)
    for n in range(7):
        log.warning("line %d", n)
    handler.close()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name)) as file:
            print(name, file.read().split("\n"))
    watched = logging.handlers.WatchedFileHandler(os.path.join(folder, "w"), encoding="utf-8")
    log = logging.Logger("watched")
    log.addHandler(watched)
    log.warning("one")
    os.rename(watched.baseFilename, watched.baseFilename + ".old")
    log.warning("two")
    watched.close()
    print([open(os.path.join(folder, name)).read() for name in ("w", "w.old")])
    for when in ("S", "m", "H", "D", "W2", "w9", "W", "Q"):
        try:
            timed = logging.handlers.TimedRotatingFileHandler(os.path.join(folder, "t"), when, 2, utc=True, encoding="utf-8", delay=True)
            print(timed.when, timed.interval, timed.suffix, timed.extMatch.pattern, timed.computeRollover(1_000_000_000))
            timed.close()
        except ValueError as error:
            print(error)
