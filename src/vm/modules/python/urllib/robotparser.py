"""What a robots.txt allows to whom."""

import collections
import urllib.error
import urllib.parse

__all__ = ["RobotFileParser"]

RequestRate = collections.namedtuple("RequestRate", "requests seconds")


class RobotFileParser:
    """The groups of rules of one robots.txt; the group for `*` is asked last."""

    def __init__(self, url=""):
        self.entries, self.sitemaps = [], []
        self.default_entry = None
        self.disallow_all = self.allow_all = False
        self.set_url(url)
        self.last_checked = 0

    def mtime(self):
        """When the file was fetched, in seconds since the epoch; 0 for never."""
        return self.last_checked

    def modified(self):
        """Notes that the file has been fetched now."""
        import time

        self.last_checked = time.time()

    def set_url(self, url):
        """Where the file is."""
        self.url = url
        self.host, self.path = urllib.parse.urlparse(url)[1:3]

    def read(self):
        """Fetches and reads the file; one that is forbidden forbids all, one that is missing allows all."""
        import urllib.request

        try:
            answer = urllib.request.urlopen(self.url)
        except urllib.error.HTTPError as e:
            if e.code in (401, 403):
                self.disallow_all = True
            elif 400 <= e.code < 500:
                self.allow_all = True
            return
        self.parse(answer.read().decode("utf-8").splitlines())

    def _add_entry(self, entry):
        if "*" not in entry.useragents:
            self.entries.append(entry)
        elif self.default_entry is None:
            self.default_entry = entry

    def parse(self, lines):
        """Reads lines. A group ends with an empty line, or where an agent is named after a rule."""
        self.modified()
        entry = Entry()
        for line in lines:
            if not line:
                if entry.has_rules:
                    self._add_entry(entry)
                entry = Entry()
                continue
            name, colon, value = line.partition("#")[0].strip().partition(":")
            if not colon:
                continue
            name, value = name.strip().lower(), urllib.parse.unquote(value.strip())
            if name == "user-agent":
                if entry.has_rules:
                    self._add_entry(entry)
                    entry = Entry()
                entry.useragents.append(value)
            elif name == "sitemap":
                self.sitemaps.append(value)
            elif name in _RULES and entry.useragents:
                entry.has_rules = True
                _RULES[name](entry, value)
        if entry.has_rules:
            self._add_entry(entry)

    def can_fetch(self, useragent, url):
        """Whether the agent may fetch the URL. Nothing may be fetched before the file has been read."""
        if self.disallow_all:
            return False
        if self.allow_all:
            return True
        if not self.last_checked:
            return False
        parts = urllib.parse.urlparse(urllib.parse.unquote(url))
        path = urllib.parse.quote(urllib.parse.urlunparse(("", "", *parts[2:]))) or "/"
        entry = self._entry_for(useragent)
        return entry.allowance(path) if entry else True

    def _entry_for(self, useragent):
        for entry in self.entries:
            if entry.applies_to(useragent):
                return entry
        return self.default_entry

    def _asked(self, useragent, field):
        entry = self._entry_for(useragent) if self.mtime() else None
        return getattr(entry, field) if entry else None

    def crawl_delay(self, useragent):
        """Seconds between two visits of the agent; None if the file does not say."""
        return self._asked(useragent, "delay")

    def request_rate(self, useragent):
        """How many visits of the agent in how many seconds; None if the file does not say."""
        return self._asked(useragent, "req_rate")

    def site_maps(self):
        """The sitemaps that are named; None if there are none."""
        return self.sitemaps or None

    def __str__(self):
        last = [] if self.default_entry is None else [self.default_entry]
        return "\n\n".join(map(str, self.entries + last))


class RuleLine:
    """A path, and whether it is allowed; an empty path that is not allowed forbids nothing."""

    def __init__(self, path, allowance):
        self.allowance = allowance or path == ""
        self.path = urllib.parse.quote(urllib.parse.urlunparse(urllib.parse.urlparse(path)))

    def applies_to(self, filename):
        """Whether the path begins so."""
        return self.path == "*" or filename.startswith(self.path)

    def __str__(self):
        return ("Allow: " if self.allowance else "Disallow: ") + self.path


class Entry:
    """A group: agents, and the rules for them in the file's order."""

    def __init__(self):
        self.useragents, self.rulelines = [], []
        self.delay = self.req_rate = None
        self.has_rules = False

    def __str__(self):
        lines = [f"User-agent: {agent}" for agent in self.useragents]
        if self.delay is not None:
            lines.append(f"Crawl-delay: {self.delay}")
        if self.req_rate is not None:
            lines.append(f"Request-rate: {self.req_rate.requests}/{self.req_rate.seconds}")
        return "\n".join(lines + [str(rule) for rule in self.rulelines])

    def applies_to(self, useragent):
        """Whether the agent, its version aside, is one of the group's."""
        asked = useragent.split("/")[0].lower()
        return any(agent == "*" or agent.lower() in asked for agent in self.useragents)

    def allowance(self, filename):
        """What the first rule for the path says; what no rule is about is allowed."""
        for rule in self.rulelines:
            if rule.applies_to(filename):
                return rule.allowance
        return True


def _set_delay(entry, value):
    if value.strip().isdigit():
        entry.delay = int(value)


def _set_rate(entry, value):
    numbers = value.split("/")
    if len(numbers) == 2 and all(n.strip().isdigit() for n in numbers):
        entry.req_rate = RequestRate(*map(int, numbers))


_RULES = {
    "allow": lambda entry, value: entry.rulelines.append(RuleLine(value, True)),
    "disallow": lambda entry, value: entry.rulelines.append(RuleLine(value, False)),
    "crawl-delay": _set_delay,
    "request-rate": _set_rate,
}
