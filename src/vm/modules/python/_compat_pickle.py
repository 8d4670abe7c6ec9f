"""What modules and names of Python 2 are called now, and the other way round: for pickles of protocols 0 to 2."""


def _pairs(text):
    """Lines of a new name and the old ones that mean it."""
    for line in text.split("\n"):
        new, *old = line.split()
        for name in old:
            yield name, new


_MODULES = """builtins __builtin__
copyreg copy_reg
queue Queue
socketserver SocketServer
configparser ConfigParser
reprlib repr
tkinter.filedialog tkFileDialog
tkinter.simpledialog tkSimpleDialog
tkinter.colorchooser tkColorChooser
tkinter.commondialog tkCommonDialog
tkinter.dialog Dialog
tkinter.dnd Tkdnd
tkinter.font tkFont
tkinter.messagebox tkMessageBox
tkinter.scrolledtext ScrolledText
tkinter.constants Tkconstants
tkinter.tix Tix
tkinter.ttk ttk
tkinter Tkinter
_markupbase markupbase
winreg _winreg
_thread thread
_dummy_thread dummy_thread
dbm.bsd dbhash
dbm.dumb dumbdbm
dbm.ndbm dbm
dbm.gnu gdbm
xmlrpc.client xmlrpclib
xmlrpc.server SimpleXMLRPCServer
http.client httplib
html.entities htmlentitydefs
html.parser HTMLParser
http.cookies Cookie
http.cookiejar cookielib
http.server BaseHTTPServer
test.support test.test_support
subprocess commands
urllib.parse urlparse
urllib.robotparser robotparser
urllib.request urllib2
dbm anydbm
collections.abc _abcoll"""

# Old modules whose contents went into a module that has an older name already.
_MERGED = """pickle cPickle
xml.etree.ElementTree _elementtree
tkinter.filedialog FileDialog
tkinter.simpledialog SimpleDialog
xmlrpc.server DocXMLRPCServer
http.server SimpleHTTPServer CGIHTTPServer
collections UserDict UserList UserString
dbm whichdb
io StringIO cStringIO"""

# Accelerators that the old name means as well.
_ACCELERATORS = """bz2 _bz2
dbm _dbm
functools _functools
gdbm _gdbm
pickle _pickle"""

# New module and name, old module and name (left out where it is the same).
_NAMES = """builtins range __builtin__ xrange
functools reduce __builtin__
sys intern __builtin__
builtins chr __builtin__ unichr
builtins str __builtin__ unicode
builtins int __builtin__ long
builtins zip itertools izip
builtins map itertools imap
builtins filter itertools ifilter
itertools filterfalse itertools ifilterfalse
itertools zip_longest itertools izip_longest
collections UserDict UserDict IterableUserDict
collections UserList UserList
collections UserString UserString
dbm whichdb whichdb
socket fromfd _socket
multiprocessing.connection Connection _multiprocessing
multiprocessing.context Process multiprocessing.process
multiprocessing.popen_fork Popen multiprocessing.forking
urllib.error ContentTooShortError urllib
urllib.request getproxies urllib
urllib.request pathname2url urllib
urllib.parse quote_plus urllib
urllib.parse quote urllib
urllib.parse unquote_plus urllib
urllib.parse unquote urllib
urllib.request url2pathname urllib
urllib.request urlcleanup urllib
urllib.parse urlencode urllib
urllib.request urlopen urllib
urllib.request urlretrieve urllib
urllib.error HTTPError urllib2
urllib.error URLError urllib2"""

_LOADED_ONLY = """builtins str __builtin__ basestring
builtins Exception exceptions StandardError
collections UserDict UserDict
socket SocketType socket _socketobject"""

_SAVED_ONLY = """_functools reduce __builtin__
tkinter.filedialog FileDialog FileDialog
tkinter.filedialog LoadFileDialog FileDialog
tkinter.filedialog SaveFileDialog FileDialog
tkinter.simpledialog SimpleDialog SimpleDialog
xmlrpc.server ServerHTMLDoc DocXMLRPCServer
xmlrpc.server XMLRPCDocGenerator DocXMLRPCServer
xmlrpc.server DocXMLRPCRequestHandler DocXMLRPCServer
xmlrpc.server DocXMLRPCServer DocXMLRPCServer
xmlrpc.server DocCGIXMLRPCRequestHandler DocXMLRPCServer
http.server SimpleHTTPRequestHandler SimpleHTTPServer
http.server CGIHTTPRequestHandler CGIHTTPServer
_socket socket socket _socketobject"""

PYTHON2_EXCEPTIONS = tuple("""ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning
DeprecationWarning EOFError EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError
ImportWarning IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError
OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StopIteration SyntaxError
SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError""".split())

MULTIPROCESSING_EXCEPTIONS = "AuthenticationError", "BufferTooShort", "ProcessError", "TimeoutError"

PYTHON3_OSERROR_EXCEPTIONS = tuple("""BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError
ConnectionRefusedError ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError
NotADirectoryError PermissionError ProcessLookupError TimeoutError""".split())

PYTHON3_IMPORTERROR_EXCEPTIONS = ("ModuleNotFoundError",)


def _names(text):
    """Lines of names as pairs of pairs, the old one first."""
    for line in text.split("\n"):
        module, name, old_module, *renamed = line.split()
        yield (old_module, renamed[0] if renamed else name), (module, name)


def _swapped(pairs):
    return {new: old for old, new in pairs}


IMPORT_MAPPING = dict(_pairs(_MODULES))
NAME_MAPPING = dict(_names(_NAMES))
for _old, _new, _group in (
    ("exceptions", "builtins", PYTHON2_EXCEPTIONS),
    ("multiprocessing", "multiprocessing.context", MULTIPROCESSING_EXCEPTIONS),
):
    NAME_MAPPING.update({(_old, excname): (_new, excname) for excname in _group})

REVERSE_IMPORT_MAPPING = _swapped(IMPORT_MAPPING.items())
REVERSE_NAME_MAPPING = _swapped(NAME_MAPPING.items())

# From here on the two directions differ.
IMPORT_MAPPING.update(_pairs(_MERGED))
REVERSE_IMPORT_MAPPING.update(_pairs(_ACCELERATORS))
NAME_MAPPING.update(_names(_LOADED_ONLY))
REVERSE_NAME_MAPPING.update((new, old) for old, new in _names(_SAVED_ONLY))
for _old, _group in (("OSError", PYTHON3_OSERROR_EXCEPTIONS), ("ImportError", PYTHON3_IMPORTERROR_EXCEPTIONS)):
    for excname in _group:
        REVERSE_NAME_MAPPING[("builtins", excname)] = "exceptions", _old
