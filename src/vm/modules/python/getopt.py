"""Command lines read as the C library's getopt does."""

import os

try:
    from gettext import gettext as _
except ImportError:

    def _(text):
        return text


__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg, self.opt = msg, opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def _long_names(longopts):
    return [longopts] if isinstance(longopts, str) else list(longopts)


def _take(opts, args, shortopts, longopts):
    """Reads the option at the front; answers the rest."""
    if args[0].startswith("--"):
        return do_longs(opts, args[0][2:], longopts, args[1:])
    return do_shorts(opts, args[0][1:], shortopts, args[1:])


def getopt(args, shortopts, longopts=[]):
    """Options up to the first argument that is none: pairs of option and value, and the other arguments."""
    opts = []
    longopts = _long_names(longopts)
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        opts, args = _take(opts, args, shortopts, longopts)
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    """The same with options anywhere between the arguments."""
    opts, others = [], []
    longopts = _long_names(longopts)
    in_order = shortopts.startswith("+")
    if in_order:
        shortopts = shortopts[1:]
    elif os.environ.get("POSIXLY_CORRECT"):
        in_order = True
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0][:2] == "--" or args[0][:1] == "-" and args[0] != "-":
            opts, args = _take(opts, args, shortopts, longopts)
        elif in_order:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return opts, others


def do_longs(opts, opt, longopts, args):
    opt, equals, value = opt.partition("=")
    optarg = value if equals else None
    has_arg, opt = long_has_args(opt, longopts)
    if has_arg:
        if optarg is None:
            if not args:
                raise GetoptError(_("option --%s requires argument") % opt, opt)
            optarg, args = args[0], args[1:]
    elif optarg is not None:
        raise GetoptError(_("option --%s must not have an argument") % opt, opt)
    opts.append(("--" + opt, optarg or ""))
    return opts, args


def long_has_args(opt, longopts):
    """Whether a long option, maybe shortened, takes an argument, and its full name."""
    candidates = [name for name in longopts if name.startswith(opt)]
    if not candidates:
        raise GetoptError(_("option --%s not recognized") % opt, opt)
    if opt in candidates:
        return False, opt
    if opt + "=" in candidates:
        return True, opt
    if len(candidates) > 1:
        raise GetoptError(_("option --%s not a unique prefix") % opt, opt)
    name = candidates[0]
    return (True, name[:-1]) if name.endswith("=") else (False, name)


def do_shorts(opts, optstring, shortopts, args):
    while optstring:
        opt, optstring = optstring[0], optstring[1:]
        value = ""
        if short_has_arg(opt, shortopts):
            if not optstring:
                if not args:
                    raise GetoptError(_("option -%s requires argument") % opt, opt)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ""
        opts.append(("-" + opt, value))
    return opts, args


def short_has_arg(opt, shortopts):
    for at, known in enumerate(shortopts):
        if opt == known != ":":
            return shortopts.startswith(":", at + 1)
    raise GetoptError(_("option -%s not recognized") % opt, opt)
