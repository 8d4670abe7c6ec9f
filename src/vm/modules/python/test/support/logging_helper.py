"""A handler for tests: it keeps what it is given."""

import logging.handlers


class TestHandler(logging.handlers.BufferingHandler):
    """Keeps each record's attributes, as many as the matcher has fields for; `matches()` finds them again."""

    def __init__(self, matcher):
        super().__init__(0)
        self.matcher = matcher

    def shouldFlush(self):
        return False

    def emit(self, record):
        self.format(record)
        self.buffer.append(vars(record))

    def matches(self, **kwargs):
        """Whether a record has been kept with these attributes."""
        return any(self.matcher.matches(kept, **kwargs) for kept in self.buffer)
