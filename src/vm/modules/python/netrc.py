"""Logins for hosts, as a .netrc file names them."""

import os
import shlex
import stat

__all__ = ["netrc", "NetrcParseError"]

_TOP_LEVEL = "machine", "default", "macdef"
# What a word may be made of beside letters, digits and the underscore: all that is printed, blanks apart.
_SIGNS = "".join(map(chr, (*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127))))


class NetrcParseError(Exception):
    """A file that is not as it should be: what, in which file, on which line."""

    def __init__(self, msg, filename=None, lineno=None):
        self.msg, self.filename, self.lineno = msg, filename, lineno
        Exception.__init__(self, msg)

    def __str__(self):
        return "%s (%s, line %s)" % (self.msg, self.filename, self.lineno)


class netrc:
    """The file's hosts, each with login, account and password, and its macros, each a list of lines."""

    def __init__(self, file=None):
        own = file is None
        if own:
            file = os.path.join(os.path.expanduser("~"), ".netrc")
        self.hosts, self.macros = {}, {}
        try:
            with open(file, encoding="utf-8") as stream:
                self._parse(file, stream, own)
        except UnicodeDecodeError:
            with open(file, encoding="locale") as stream:
                self._parse(file, stream, own)

    def _parse(self, file, stream, own):
        words = shlex.shlex(stream)
        words.wordchars += _SIGNS
        words.commenters = words.commenters.replace("#", "")

        def wrong(message):
            return NetrcParseError(message, file, words.lineno)

        while True:
            line = words.lineno
            keyword = words.get_token()
            if not keyword:
                return
            if keyword[0] == "#":
                if keyword == "#" and words.lineno == line:
                    # A lone sign, the comment is the rest of the line.
                    words.instream.readline()
            elif keyword == "macdef":
                name = words.get_token()
                self.macros[name] = []
                self._read_macro(words, self.macros[name])
            elif keyword in _TOP_LEVEL:
                host = words.get_token() if keyword == "machine" else keyword
                self.hosts[host] = {}
                self.hosts[host] = self._read_entry(words, wrong, keyword, host, stream if own else None)
            else:
                raise wrong("bad toplevel token %r" % keyword)

    @staticmethod
    def _read_macro(words, lines):
        """The lines up to an empty one."""
        words.whitespace = " \t"
        for line in iter(words.instream.readline, ""):
            if line == "\n":
                break
            lines.append(line)
        words.whitespace = " \t\r\n"

    @staticmethod
    def _read_entry(words, wrong, keyword, host, own_stream):
        said = {"login": "", "account": None, "password": None}
        while True:
            word = words.get_token()
            if not word or word.startswith("#") or word in _TOP_LEVEL:
                if not said["password"]:
                    raise wrong("malformed %s entry %s terminated by %s" % (keyword, host, repr(word)))
                words.push_token(word)
                return said["login"], said["account"], said["password"]
            field = "login" if word == "user" else word
            if field not in said:
                raise wrong("bad follower token %r" % word)
            if field == "password" and own_stream is not None and os.name == "posix":
                _check_owner(own_stream, wrong)
            said[field] = words.get_token()

    def authenticators(self, host):
        """The host's login, account and password, else the default's, else None."""
        return self.hosts.get(host, self.hosts.get("default"))

    def __repr__(self):
        lines = []
        for host, (login, account, password) in self.hosts.items():
            lines.append(f"machine {host}\n\tlogin {login}\n")
            if account:
                lines.append(f"\taccount {account}\n")
            lines.append(f"\tpassword {password}\n")
        for name, macro in self.macros.items():
            lines += [f"macdef {name}\n", *macro, "\n"]
        return "".join(lines)


def _check_owner(stream, wrong):
    """A password in one's own file asks that nobody else can read it."""
    about = os.fstat(stream.fileno())
    if about.st_uid != os.getuid():
        raise wrong(
            "~/.netrc file owner (%s) does not match current user (%s)" % (_name_of(about.st_uid), _name_of(os.getuid()))
        )
    if about.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise wrong("~/.netrc access too permissive: access permissions must restrict access to only the owner")


def _name_of(uid):
    import pwd

    try:
        return pwd.getpwuid(uid)[0]
    except KeyError:
        return "uid %s" % uid
