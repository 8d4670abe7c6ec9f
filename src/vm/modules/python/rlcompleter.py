"""Completion of names and attributes, as readline asks for it."""

import builtins
import inspect
import keyword
import re
import __main__

__all__ = ["Completer"]


class Completer:
    """Completes in a namespace; without one, in that of the script."""

    def __init__(self, namespace=None):
        if namespace and not isinstance(namespace, dict):
            raise TypeError("namespace must be a dictionary")
        self.use_main_ns = namespace is None
        if not self.use_main_ns:
            self.namespace = namespace

    def complete(self, text, state):
        """The completion number `state`, or None."""
        if self.use_main_ns:
            self.namespace = __main__.__dict__
        if not text.strip():
            if state == 0:
                return "\t"
            return None
        if state == 0:
            self.matches = self.attr_matches(text) if "." in text else self.global_matches(text)
        try:
            return self.matches[state]
        except IndexError:
            return None

    def _callable_postfix(self, val, word):
        """Parentheses behind what is called; both, if there is nothing to give."""
        if callable(val):
            word += "("
            try:
                if not inspect.signature(val).parameters:
                    word += ")"
            except ValueError:
                pass
        return word

    def global_matches(self, text):
        """Keywords, built-ins and names that begin like the text."""
        matches = []
        seen = {"__builtins__"}
        size = len(text)
        for word in keyword.kwlist:
            if word[:size] != text:
                continue
            seen.add(word)
            if word in {"finally", "try"}:
                word += ":"
            elif word not in {"False", "None", "True", "break", "continue", "pass", "else"}:
                word += " "
            matches.append(word)
        for names in (self.namespace, builtins.__dict__):
            for word, val in names.items():
                if word[:size] == text and word not in seen:
                    seen.add(word)
                    matches.append(self._callable_postfix(val, word))
        return matches

    def attr_matches(self, text):
        """Attributes of a dotted expression; what begins with underscores only if asked for."""
        found = re.match(r"(\w+(\.\w+)*)\.(\w*)", text)
        if not found:
            return []
        expr, attr = found.group(1, 3)
        try:
            thisobject = eval(expr, self.namespace)
        except Exception:
            return []
        words = set(dir(thisobject))
        words.discard("__builtins__")
        if hasattr(thisobject, "__class__"):
            words.add("__class__")
            words.update(get_class_members(thisobject.__class__))
        matches = []
        size = len(attr)
        if attr == "":
            noprefix = "_"
        elif attr == "_":
            noprefix = "__"
        else:
            noprefix = None
        while True:
            for word in words:
                if word[:size] != attr or noprefix and word[:size + 1] == noprefix:
                    continue
                match = "%s.%s" % (expr, word)
                # A property is not computed to find out whether it can be called.
                if isinstance(getattr(type(thisobject), word, None), property):
                    matches.append(match)
                    continue
                value = getattr(thisobject, word, None)
                if value is not None:
                    matches.append(self._callable_postfix(value, match))
                else:
                    matches.append(match)
            if matches or not noprefix:
                break
            noprefix = "__" if noprefix == "_" else None
        matches.sort()
        return matches


def get_class_members(klass):
    """Names of a class and its bases."""
    names = dir(klass)
    if hasattr(klass, "__bases__"):
        for base in klass.__bases__:
            names = names + get_class_members(base)
    return names


# There is no readline here that could be told.
_readline_available = False
