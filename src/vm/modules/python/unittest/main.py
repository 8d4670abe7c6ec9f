"""The program: loads the tests that the command line names, runs them, exits."""

import sys

from . import loader, runner

__unittest = True

MAIN_EXAMPLES = """\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
"""

MODULE_EXAMPLES = """\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
"""


def _convert_name(name):
    """The module's name for the path of a file."""
    if not name.lower().endswith(".py"):
        return name
    import os

    if not os.path.isfile(name):
        return name
    if os.path.isabs(name):
        name = os.path.relpath(name, os.getcwd())
        if os.path.isabs(name) or name.startswith(os.pardir):
            return name
    return os.path.normpath(name)[:-3].replace("\\", ".").replace("/", ".")


def _convert_names(names):
    return [_convert_name(name) for name in names]


def _convert_select_pattern(pattern):
    return pattern if "*" in pattern else "*%s*" % pattern


class TestProgram(object):
    """Everything between the command line and the exit status."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=loader.defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        if argv is None:
            argv = sys.argv
        self.exit, self.failfast, self.catchbreak = exit, failfast, catchbreak
        self.verbosity, self.buffer, self.tb_locals = verbosity, buffer, tb_locals
        # Where nobody says what to do with warnings, each is shown once.
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.defaultTest, self.testRunner, self.testLoader = defaultTest, testRunner, testLoader
        self.progName = argv[0].rstrip("/").rsplit("/", 1)[-1]
        self.parseArgs(argv)
        self.runTests()

    def usageExit(self, msg=None):
        if msg:
            print(msg)
        if self._discovery_parser is None:
            self._initArgParsers()
        self._print_help()
        sys.exit(2)

    def _print_help(self, *args, **kwargs):
        if self.module is None:
            print(self._main_parser.format_help())
            print(MAIN_EXAMPLES % {"prog": self.progName})
            self._discovery_parser.print_help()
        else:
            print(self._main_parser.format_help())
            print(MODULE_EXAMPLES % {"prog": self.progName})

    def parseArgs(self, argv):
        given = argv[1:]
        if self.module is None and given[:1] == ["discover"]:
            self._do_discovery(argv[2:])
            return
        self.tests = []
        if given:
            self._initArgParsers()
            self._main_parser.parse_args(given, self)
        if self.module is None and not self.tests:
            self._do_discovery([])
            return
        if self.tests:
            self.testNames = _convert_names(self.tests)
            if __name__ == "__main__":
                self.module = None
        elif self.defaultTest is None:
            self.testNames = None
        elif isinstance(self.defaultTest, str):
            self.testNames = (self.defaultTest,)
        else:
            self.testNames = list(self.defaultTest)
        self.createTests()

    def createTests(self, from_discovery=False, Loader=None):
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            finder = self.testLoader if Loader is None else Loader()
            self.test = finder.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _initArgParsers(self):
        parent = self._getParentArgParser()
        self._main_parser = self._getMainArgParser(parent)
        self._discovery_parser = self._getDiscoveryArgParser(parent)

    def _getParentArgParser(self):
        import argparse

        parser = argparse.ArgumentParser(add_help=False)
        parser.add_argument("-v", "--verbose", dest="verbosity", action="store_const", const=2, help="Verbose output")
        parser.add_argument("-q", "--quiet", dest="verbosity", action="store_const", const=0, help="Quiet output")
        parser.add_argument("--locals", dest="tb_locals", action="store_true", help="Show local variables in tracebacks")
        for attribute, option, words in (
            ("failfast", "-f", "Stop on first fail or error"),
            ("catchbreak", "-c", "Catch Ctrl-C and display results so far"),
            ("buffer", "-b", "Buffer stdout and stderr during tests")):
            if getattr(self, attribute) is None:
                long = "catch" if attribute == "catchbreak" else attribute
                parser.add_argument(option, "--" + long, dest=attribute, action="store_true", help=words)
                setattr(self, attribute, False)
        if self.testNamePatterns is None:
            parser.add_argument(
                "-k", dest="testNamePatterns", action="append", type=_convert_select_pattern,
                help="Only run tests which match the given substring")
            self.testNamePatterns = []
        return parser

    def _getMainArgParser(self, parent):
        import argparse

        parser = argparse.ArgumentParser(parents=[parent])
        parser.prog = self.progName
        parser.print_help = self._print_help
        parser.add_argument("tests", nargs="*", help="a list of any number of test modules, classes and test methods.")
        return parser

    def _getDiscoveryArgParser(self, parent):
        import argparse

        parser = argparse.ArgumentParser(parents=[parent])
        parser.prog = "%s discover" % self.progName
        parser.epilog = "For test discovery all test modules must be importable from the top level directory of the project."
        for short, long, name, words in (
            ("-s", "--start-directory", "start", "Directory to start discovery ('.' default)"),
            ("-p", "--pattern", "pattern", "Pattern to match tests ('test*.py' default)"),
            ("-t", "--top-level-directory", "top", "Top level directory of project (defaults to start directory)")):
            parser.add_argument(short, long, dest=name, help=words)
        for name in ("start", "pattern", "top"):
            parser.add_argument(name, nargs="?", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return parser

    def _do_discovery(self, argv, Loader=None):
        self.start, self.pattern, self.top = ".", "test*.py", None
        if argv:
            if self._discovery_parser is None:
                self._initArgParsers()
            self._discovery_parser.parse_args(argv, self)
        self.createTests(from_discovery=True, Loader=Loader)

    def runTests(self):
        if self.catchbreak:
            from .signals import installHandler

            installHandler()
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        running = self.testRunner
        if isinstance(running, type):
            options = dict(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer, warnings=self.warnings)
            try:
                try:
                    running = self.testRunner(tb_locals=self.tb_locals, **options)
                except TypeError:
                    running = self.testRunner(**options)
            except TypeError:
                running = self.testRunner()
        self.result = running.run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
