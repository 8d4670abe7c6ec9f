"""Following a program line by line: listing, counting, and who calls whom."""

__all__ = ["Trace", "CoverageResults"]

import dis
import gc
import inspect
import linecache
import os
import pickle
import sys
import sysconfig
import token
import tokenize
from time import monotonic as _time

import threading

PRAGMA_NOCOVER = "#pragma NO COVER"


class _Ignore:
    """Which modules are left out: by name, or by the folder they are in."""

    def __init__(self, modules=None, dirs=None):
        self._mods = set(modules or [])
        self._dirs = [os.path.normpath(d) for d in dirs or []]
        self._ignore = {"<string>": 1}

    def names(self, filename, modulename):
        known = self._ignore.get(modulename)
        if known is not None:
            return known
        self._ignore[modulename] = answer = self._decide(filename, modulename)
        return answer

    def _decide(self, filename, modulename):
        if modulename in self._mods:
            return 1
        for mod in self._mods:
            # Whatever is in a package that is left out.
            if modulename.startswith(mod + "."):
                return 1
        if filename is None:
            # A built-in one.
            return 1
        return int(any(filename.startswith(d + os.sep) for d in self._dirs))


def _modname(path):
    """A plausible name for a module in a file."""
    return os.path.splitext(os.path.basename(path))[0]


def _fullmodname(path):
    """The same with its packages, as `sys.path` makes it likely."""
    comparepath = os.path.normcase(path)
    longest = ""
    for folder in sys.path:
        folder = os.path.normcase(folder)
        if comparepath.startswith(folder) and comparepath[len(folder)] == os.sep and len(folder) > len(longest):
            longest = folder
    base = path[len(longest) + 1:] if longest else path
    drive, base = os.path.splitdrive(base)
    base = base.replace(os.sep, ".")
    if os.altsep:
        base = base.replace(os.altsep, ".")
    return os.path.splitext(base)[0].lstrip(".")


class CoverageResults:
    """What a run has counted."""

    def __init__(self, counts=None, calledfuncs=None, infile=None, callers=None, outfile=None):
        self.counts = {} if counts is None else counts
        self.counter = self.counts.copy()
        self.calledfuncs = {} if calledfuncs is None else calledfuncs
        self.calledfuncs = self.calledfuncs.copy()
        self.callers = {} if callers is None else callers
        self.callers = self.callers.copy()
        self.infile = infile
        self.outfile = outfile
        if self.infile:
            # Counts of earlier runs are added.
            try:
                with open(self.infile, "rb") as f:
                    counts, calledfuncs, callers = pickle.load(f)
                self.update(self.__class__(counts, calledfuncs, callers=callers))
            except (OSError, EOFError, ValueError) as err:
                print("Skipping counts file %r: %s" % (self.infile, err), file=sys.stderr)

    def is_ignored_filename(self, filename):
        return filename.startswith("<") and filename.endswith(">")

    def update(self, other):
        for key, count in other.counts.items():
            self.counts[key] = self.counts.get(key, 0) + count
        for key in other.calledfuncs:
            self.calledfuncs[key] = 1
        for key in other.callers:
            self.callers[key] = 1

    def write_results(self, show_missing=True, summary=False, coverdir=None):
        """Shows calls, and writes a `.cover` file for each module."""
        if self.calledfuncs:
            print()
            print("functions called:")
            for filename, modulename, funcname in sorted(self.calledfuncs):
                print("filename: %s, modulename: %s, funcname: %s" % (filename, modulename, funcname))
        if self.callers:
            print()
            print("calling relationships:")
            lastfile = lastcfile = ""
            for (pfile, pmod, pfunc), (cfile, cmod, cfunc) in sorted(self.callers):
                if pfile != lastfile:
                    print()
                    print("***", pfile, "***")
                    lastfile = pfile
                    lastcfile = ""
                if cfile != pfile and lastcfile != cfile:
                    print("  -->", cfile)
                    lastcfile = cfile
                print("    %s.%s -> %s.%s" % (pmod, pfunc, cmod, cfunc))
        per_file = {}
        for filename, lineno in self.counts:
            per_file.setdefault(filename, {})[lineno] = self.counts[filename, lineno]
        sums = {}
        for filename, count in per_file.items():
            if self.is_ignored_filename(filename):
                continue
            if filename.endswith(".pyc"):
                filename = filename[:-1]
            if coverdir is None:
                folder = os.path.dirname(os.path.abspath(filename))
                modulename = _modname(filename)
            else:
                folder = coverdir
                if not os.path.exists(folder):
                    os.makedirs(folder)
                modulename = _fullmodname(filename)
            lnotab = _find_executable_linenos(filename) if show_missing else {}
            source = linecache.getlines(filename)
            coverpath = os.path.join(folder, modulename + ".cover")
            with open(filename, "rb") as fp:
                encoding, _ = tokenize.detect_encoding(fp.readline)
            n_hits, n_lines = self.write_results_file(coverpath, source, lnotab, count, encoding)
            if summary and n_lines:
                sums[modulename] = n_lines, int(100 * n_hits / n_lines), modulename, filename
        if summary and sums:
            print("lines   cov%   module   (path)")
            for m in sorted(sums):
                print("%5d   %3d%%   %s   (%s)" % sums[m])
        if self.outfile:
            try:
                with open(self.outfile, "wb") as f:
                    pickle.dump((self.counts, self.calledfuncs, self.callers), f, 1)
            except OSError as err:
                print("Can't save counts files because %s" % err, file=sys.stderr)

    def write_results_file(self, path, lines, lnotab, lines_hit, encoding=None):
        """A module's source with counts in front; how many lines were hit, and how many could have been."""
        try:
            outfile = open(path, "w", encoding=encoding)
        except OSError as err:
            print("trace: Could not open %r for writing: %s - skipping" % (path, err), file=sys.stderr)
            return 0, 0
        n_lines = n_hits = 0
        with outfile:
            for lineno, line in enumerate(lines, 1):
                if lineno in lines_hit:
                    outfile.write("%5d: " % lines_hit[lineno])
                    n_hits += 1
                    n_lines += 1
                elif lineno in lnotab and not PRAGMA_NOCOVER in line:
                    outfile.write(">>>>>> ")
                    n_lines += 1
                else:
                    outfile.write("       ")
                outfile.write(line.expandtabs(8))
        return n_hits, n_lines


def _find_lines_from_code(code, strs):
    """Lines that a code object has instructions for, as the keys of a dict."""
    return {lineno: 1 for _, lineno in dis.findlinestarts(code) if lineno not in strs}


def _find_lines(code, strs):
    """The same with the code objects in it."""
    linenos = _find_lines_from_code(code, strs)
    for c in code.co_consts:
        if inspect.iscode(c):
            linenos.update(_find_lines(c, strs))
    return linenos


def _find_strings(filename, encoding=None):
    """Lines of strings that stand alone: documentation."""
    found = {}
    prev = token.INDENT
    with open(filename, encoding=encoding) as f:
        for kind, text, start, end, line in tokenize.generate_tokens(f.readline):
            if kind == token.STRING and prev == token.INDENT:
                found.update((i, 1) for i in range(start[0], end[0] + 1))
            prev = kind
    return found


def _find_executable_linenos(filename):
    try:
        with tokenize.open(filename) as f:
            prog = f.read()
            encoding = f.encoding
    except OSError as err:
        print("Not printing coverage data for %r: %s" % (filename, err), file=sys.stderr)
        return {}
    return _find_lines(compile(prog, filename, "exec"), _find_strings(filename, encoding))


class Trace:
    """Runs a program and counts or shows its lines, or notes its calls."""

    def __init__(self, count=1, trace=1, countfuncs=0, countcallers=0, ignoremods=(), ignoredirs=(), infile=None,
                 outfile=None, timing=False):
        self.infile = infile
        self.outfile = outfile
        self.ignore = _Ignore(ignoremods, ignoredirs)
        self.counts = {}
        self.pathtobasename = {}
        self.donothing = 0
        self.trace = trace
        self._calledfuncs = {}
        self._callers = {}
        self._caller_cache = {}
        self.start_time = _time() if timing else None
        if countcallers:
            self.globaltrace = self.globaltrace_trackcallers
        elif countfuncs:
            self.globaltrace = self.globaltrace_countfuncs
        elif trace and count:
            self.globaltrace = self.globaltrace_lt
            self.localtrace = self.localtrace_trace_and_count
        elif trace:
            self.globaltrace = self.globaltrace_lt
            self.localtrace = self.localtrace_trace
        elif count:
            self.globaltrace = self.globaltrace_lt
            self.localtrace = self.localtrace_count
        else:
            self.donothing = 1

    def run(self, cmd):
        import __main__
        self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals=None, locals=None):
        if globals is None:
            globals = {}
        if locals is None:
            locals = {}
        if not self.donothing:
            threading.settrace(self.globaltrace)
            sys.settrace(self.globaltrace)
        try:
            exec(cmd, globals, locals)
        finally:
            if not self.donothing:
                sys.settrace(None)
                threading.settrace(None)

    def runfunc(self, func, /, *args, **kw):
        if not self.donothing:
            sys.settrace(self.globaltrace)
        try:
            return func(*args, **kw)
        finally:
            if not self.donothing:
                sys.settrace(None)

    def file_module_function_of(self, frame):
        code = frame.f_code
        filename = code.co_filename
        modulename = _modname(filename) if filename else None
        funcname = code.co_name
        clsname = None
        if code in self._caller_cache:
            if self._caller_cache[code] is not None:
                clsname = self._caller_cache[code]
        else:
            self._caller_cache[code] = None
            # The class is found by way of what refers to the code: one function, one dict, one class.
            funcs = [f for f in gc.get_referrers(code) if inspect.isfunction(f)]
            if len(funcs) == 1:
                dicts = [d for d in gc.get_referrers(funcs[0]) if isinstance(d, dict)]
                if len(dicts) == 1:
                    classes = [c for c in gc.get_referrers(dicts[0]) if hasattr(c, "__bases__")]
                    if len(classes) == 1:
                        clsname = classes[0].__name__
                        self._caller_cache[code] = clsname
        if clsname is not None:
            funcname = "%s.%s" % (clsname, funcname)
        return filename, modulename, funcname

    def globaltrace_trackcallers(self, frame, why, arg):
        if why == "call":
            this_func = self.file_module_function_of(frame)
            parent_func = self.file_module_function_of(frame.f_back)
            self._callers[parent_func, this_func] = 1

    def globaltrace_countfuncs(self, frame, why, arg):
        if why == "call":
            self._calledfuncs[self.file_module_function_of(frame)] = 1

    def globaltrace_lt(self, frame, why, arg):
        if why != "call":
            return None
        code = frame.f_code
        filename = frame.f_globals.get("__file__", None)
        if not filename:
            return None
        modulename = _modname(filename)
        if modulename is None or self.ignore.names(filename, modulename):
            return None
        if self.trace:
            print(" --- modulename: %s, funcname: %s" % (modulename, code.co_name))
        return self.localtrace

    def _show(self, frame):
        filename, lineno = frame.f_code.co_filename, frame.f_lineno
        if self.start_time:
            print("%.2f" % (_time() - self.start_time), end=" ")
        print("%s(%d): %s" % (os.path.basename(filename), lineno, linecache.getline(filename, lineno)), end="")

    def _count(self, frame):
        key = frame.f_code.co_filename, frame.f_lineno
        self.counts[key] = self.counts.get(key, 0) + 1

    def localtrace_trace_and_count(self, frame, why, arg):
        if why == "line":
            self._count(frame)
            self._show(frame)
        return self.localtrace

    def localtrace_trace(self, frame, why, arg):
        if why == "line":
            self._show(frame)
        return self.localtrace

    def localtrace_count(self, frame, why, arg):
        if why == "line":
            self._count(frame)
        return self.localtrace

    def results(self):
        return CoverageResults(self.counts, infile=self.infile, outfile=self.outfile, calledfuncs=self._calledfuncs,
                               callers=self._callers)


def main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", action="version", version="trace 2.0")
    group = parser.add_argument_group("Main options", "One of these (or --report) must be given")
    group.add_argument("-c", "--count", action="store_true", help="Count the number of times each line is executed")
    group.add_argument("-t", "--trace", action="store_true", help="Print each line to sys.stdout before it is executed")
    group.add_argument("-l", "--listfuncs", action="store_true", help="Keep track of which functions are executed")
    group.add_argument("-T", "--trackcalls", action="store_true", help="Keep track of caller/called pairs")
    group = parser.add_argument_group("Modifiers")
    exclusive = group.add_mutually_exclusive_group()
    exclusive.add_argument("-r", "--report", action="store_true", help="Generate a report from a counts file")
    exclusive.add_argument("-R", "--no-report", action="store_true", help="Do not generate the coverage report files")
    group.add_argument("-f", "--file", help="File to accumulate counts over several runs")
    group.add_argument("-C", "--coverdir", help="Directory where the report files go")
    group.add_argument("-m", "--missing", action="store_true", help="Annotate executable lines that were not executed")
    group.add_argument("-s", "--summary", action="store_true", help="Write a brief summary for each file to sys.stdout")
    group.add_argument("-g", "--timing", action="store_true", help="Prefix each line with the time since the program started")
    group = parser.add_argument_group("Filters", "Can be specified multiple times")
    group.add_argument("--ignore-module", action="append", default=[], help="Ignore the given module(s)")
    group.add_argument("--ignore-dir", action="append", default=[], help="Ignore files in the given directory")
    parser.add_argument("--module", action="store_true", default=False, help="Trace a module.")
    parser.add_argument("progname", nargs="?", help="file to run as main program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="arguments to the program")
    opts = parser.parse_args()
    paths = {"$prefix": sysconfig.get_path("stdlib"), "$exec_prefix": sysconfig.get_path("platstdlib")}

    def folder(text):
        text = os.path.expanduser(os.path.expandvars(text))
        for name, path in paths.items():
            text = text.replace(name, path)
        return os.path.normpath(text)

    opts.ignore_module = [m.strip() for i in opts.ignore_module for m in i.split(",")]
    opts.ignore_dir = [folder(d) for i in opts.ignore_dir for d in i.split(os.pathsep)]
    if opts.report:
        if not opts.file:
            parser.error("-r/--report requires -f/--file")
        results = CoverageResults(infile=opts.file, outfile=opts.file)
        return results.write_results(opts.missing, opts.summary, opts.coverdir)
    if not any([opts.trace, opts.count, opts.listfuncs, opts.trackcalls]):
        parser.error("must specify one of --trace, --count, --report, --listfuncs, or --trackcalls")
    if opts.listfuncs and (opts.count or opts.trace):
        parser.error("cannot specify both --listfuncs and (--trace or --count)")
    if opts.summary and not opts.count:
        parser.error("--summary can only be used with --count or --report")
    if opts.progname is None:
        parser.error("progname is missing: required with the main options")
    t = Trace(opts.count, opts.trace, countfuncs=opts.listfuncs, countcallers=opts.trackcalls,
              ignoremods=opts.ignore_module, ignoredirs=opts.ignore_dir, infile=opts.file, outfile=opts.file,
              timing=opts.timing)
    try:
        if opts.module:
            import runpy
            module_name = opts.progname
            mod_name, mod_spec, code = runpy._get_module_details(module_name)
            sys.argv = [code.co_filename, *opts.arguments]
            globs = {"__name__": "__main__", "__file__": code.co_filename, "__package__": mod_spec.parent,
                     "__loader__": mod_spec.loader, "__spec__": mod_spec, "__cached__": None}
        else:
            sys.argv = [opts.progname, *opts.arguments]
            sys.path[0] = os.path.dirname(opts.progname)
            with open(opts.progname, "rb") as fp:
                code = compile(fp.read(), opts.progname, "exec")
            globs = {"__file__": opts.progname, "__name__": "__main__", "__package__": None, "__cached__": None}
        t.runctx(code, globs, globs)
    except OSError as err:
        sys.exit("Cannot run file %r because: %s" % (sys.argv[0], err))
    except SystemExit:
        pass
    results = t.results()
    if not opts.no_report:
        results.write_results(opts.missing, opts.summary, opts.coverdir)


if __name__ == "__main__":
    main()
