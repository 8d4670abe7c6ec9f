"""Configuring loggers from a dict, or from a file in the form of `configparser`."""

import errno
import io
import logging
import logging.handlers
import re

DEFAULT_LOGGING_CONFIG_PORT = 9030
RESET_ERROR = errno.ECONNRESET

_listener = None


def _follow(name, importer):
    """The object of a dotted name; what is no attribute is imported."""
    top, *rest = name.split(".")
    path, found = top, importer(top)
    for part in rest:
        path += "." + part
        if not hasattr(found, part):
            importer(path)
        found = getattr(found, part)
    return found


def _resolve(name):
    return _follow(name, __import__)


def _clearExistingHandlers():
    """Lets all handlers go."""
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


def _children(existing, name):
    return [other for other in existing if other.startswith(name + ".")]


def _handle_existing_loggers(existing, child_loggers, disable_existing):
    """Loggers that the configuration does not name: those below a named one start afresh, others are disabled."""
    for name in existing:
        logger = logging.root.manager.loggerDict[name]
        if name not in child_loggers:
            logger.disabled = disable_existing
        elif not isinstance(logger, logging.PlaceHolder):
            logger.setLevel(logging.NOTSET)
            logger.handlers, logger.propagate = [], True


# ---- files


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Configure logging from a file, its name, or a parser that has read it."""
    import configparser

    if isinstance(fname, configparser.RawConfigParser):
        parser = fname
    else:
        parser = configparser.ConfigParser(defaults)
        if hasattr(fname, "readline"):
            parser.read_file(fname)
        else:
            parser.read(fname, encoding=io.text_encoding(encoding))
    formatters = _create_formatters(parser)
    logging._acquireLock()
    try:
        _clearExistingHandlers()
        handlers = _install_handlers(parser, formatters)
        _install_loggers(parser, handlers, disable_existing_loggers)
    finally:
        logging._releaseLock()


def _listed(text):
    return [name.strip() for name in text.split(",")] if text else []


def _create_formatters(parser):
    made = {}
    for name in _listed(parser["formatters"]["keys"]):
        section = f"formatter_{name}"
        given = [
            parser.get(section, option, raw=True, fallback=fallback)
            for option, fallback in (("format", None), ("datefmt", None), ("style", "%"))
        ]
        kind = parser[section].get("class")
        made[name] = (_resolve(kind) if kind else logging.Formatter)(*given)
    return made


def _evaluated(section, option, default):
    return eval(section.get(option, default), vars(logging))


def _install_handlers(parser, formatters):
    made, targets = {}, {}
    for name in _listed(parser["handlers"]["keys"]):
        section = parser[f"handler_{name}"]
        try:
            kind = eval(section["class"], vars(logging))
        except (AttributeError, NameError):
            kind = _resolve(section["class"])
        handler = made[name] = kind(*_evaluated(section, "args", "()"), **_evaluated(section, "kwargs", "{}"))
        handler.name = name
        if "level" in section:
            handler.setLevel(section["level"])
        if section.get("formatter", ""):
            handler.setFormatter(formatters[section["formatter"]])
        if issubclass(kind, logging.handlers.MemoryHandler) and section.get("target", ""):
            targets[name] = section["target"]
    for name, target in targets.items():
        made[name].setTarget(made[target])
    return made


def _set_up(logger, section, handlers):
    if "level" in section:
        logger.setLevel(section["level"])
    for old in logger.handlers[:]:
        logger.removeHandler(old)
    for name in _listed(section["handlers"]):
        logger.addHandler(handlers[name])


def _install_loggers(parser, handlers, disable_existing):
    names = _listed(parser["loggers"]["keys"])
    names.remove("root")
    _set_up(logging.root, parser["logger_root"], handlers)
    existing, children = sorted(logging.root.manager.loggerDict), []
    for name in names:
        section = parser[f"logger_{name}"]
        path = section["qualname"]
        logger = logging.getLogger(path)
        if path in existing:
            children += _children(existing, path)
            existing.remove(path)
        _set_up(logger, section, handlers)
        logger.propagate = section.getint("propagate", fallback=1)
        logger.disabled = 0
    _handle_existing_loggers(existing, children, disable_existing)


# ---- values of a dict: "ext://a.b" is an object, "cfg://a.b[0]" a value of the dict itself

IDENTIFIER = re.compile("^[a-z_][a-z0-9_]*$", re.I)


def valid_ident(s):
    if not IDENTIFIER.match(s):
        raise ValueError(f"Not a valid Python identifier: {s!r}")
    return True


class ConvertingMixin:
    """What converts its items when they are asked for."""

    def convert_with_key(self, key, value, replace=True):
        result = self.configurator.convert(value)
        if result is not value:
            if replace:
                self[key] = result  # once is enough
            self._adopt(result).key = key
        return result

    def convert(self, value):
        result = self.configurator.convert(value)
        if result is not value:
            self._adopt(result)
        return result

    def _adopt(self, result):
        if type(result) not in (ConvertingDict, ConvertingList, ConvertingTuple):
            return _Nobody()
        result.parent = self
        return result


class _Nobody:
    """Takes attributes for what cannot have any."""


class ConvertingDict(dict, ConvertingMixin):
    """A dict that does so."""

    def __getitem__(self, key):
        return self.convert_with_key(key, dict.__getitem__(self, key))

    def get(self, key, default=None):
        return self.convert_with_key(key, dict.get(self, key, default))

    def pop(self, key, default=None):
        return self.convert_with_key(key, dict.pop(self, key, default), replace=False)


class ConvertingList(list, ConvertingMixin):
    """A list that does so."""

    def __getitem__(self, key):
        return self.convert_with_key(key, list.__getitem__(self, key))

    def pop(self, idx=-1):
        return self.convert(list.pop(self, idx))


class ConvertingTuple(tuple, ConvertingMixin):
    """A tuple that does so."""

    def __getitem__(self, key):
        return self.convert_with_key(key, tuple.__getitem__(self, key), replace=False)


class BaseConfigurator:
    """Follows names, and makes objects of dicts that say by what: {"()": factory, "argument": value, ".": attributes}."""

    CONVERT_PATTERN = re.compile(r"^(?P<prefix>[a-z]+)://(?P<suffix>.*)$")
    WORD_PATTERN = re.compile(r"^\s*(\w+)\s*")
    DOT_PATTERN = re.compile(r"^\.\s*(\w+)\s*")
    INDEX_PATTERN = re.compile(r"^\[\s*(\w+)\s*\]\s*")
    DIGIT_PATTERN = re.compile(r"^\d+$")

    value_converters = {"ext": "ext_convert", "cfg": "cfg_convert"}
    importer = staticmethod(__import__)

    def __init__(self, config):
        self.config = ConvertingDict(config)
        self.config.configurator = self

    def resolve(self, s):
        """The object of a dotted name."""
        try:
            return _follow(s, self.importer)
        except ImportError as error:
            problem = ValueError(f"Cannot resolve {s!r}: {error}")
            problem.__cause__, problem.__traceback__ = error, error.__traceback__
            raise problem

    def ext_convert(self, value):
        return self.resolve(value)

    def cfg_convert(self, value):
        word = self.WORD_PATTERN.match(value)
        if word is None:
            raise ValueError(f"Unable to convert {value!r}")
        found, rest = self.config[word[1]], value[word.end() :]
        while rest:
            step = self.DOT_PATTERN.match(rest)
            if step:
                found = found[step[1]]
            else:
                step = self.INDEX_PATTERN.match(rest)
                if not step:
                    raise ValueError(f"Unable to convert {value!r} at {rest!r}")
                found = self._item(found, step[1])
            rest = rest[step.end() :]
        return found

    def _item(self, found, index):
        if self.DIGIT_PATTERN.match(index):
            try:
                return found[int(index)]  # most likely a list
            except TypeError:
                pass
        return found[index]

    def convert(self, value):
        """The value that one stands for: containers convert their items later."""
        if isinstance(value, str):
            match = self.CONVERT_PATTERN.match(value)
            name = match and self.value_converters.get(match["prefix"])
            return getattr(self, name)(match["suffix"]) if name else value
        for plain, converting in ((dict, ConvertingDict), (list, ConvertingList), (tuple, ConvertingTuple)):
            if isinstance(value, plain) and not isinstance(value, converting):
                if plain is tuple and hasattr(value, "_fields"):
                    continue
                value = converting(value)
                value.configurator = self
                break
        return value

    def configure_custom(self, config):
        """The object that a dict with "()" describes."""
        factory = config.pop("()")
        if not callable(factory):
            factory = self.resolve(factory)
        return self._made(factory, config)

    def _made(self, factory, config, dress=lambda result: None):
        attributes = config.pop(".", None)
        result = factory(**{key: config[key] for key in config if valid_ident(key)})
        dress(result)
        for name, value in (attributes or {}).items():
            setattr(result, name, value)
        return result

    def as_tuple(self, value):
        return tuple(value) if isinstance(value, list) else value


class _Step:
    """A block whose exceptions become a ValueError that says what could not be done."""

    def __init__(self, what):
        self.what = what

    def __enter__(self):
        return self

    def __exit__(self, kind, error, tb):
        if kind is not None and issubclass(kind, Exception):
            raise ValueError(f"Unable to {self.what}") from error


class _TargetMissing(TypeError):
    """A handler's target is configured after it."""


class DictConfigurator(BaseConfigurator):
    """Configures logging from a dict of the schema's version 1."""

    def configure(self):
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError(f"Unsupported version: {config['version']}")
        incremental = config.pop("incremental", False)
        logging._acquireLock()
        try:
            if incremental:
                self._change()
            else:
                self._replace()
        finally:
            logging._releaseLock()

    def _change(self):
        """Changes levels of what is there."""
        handlers = self.config.get("handlers", {})
        for name in handlers:
            if name not in logging._handlers:
                raise ValueError(f"No handler found with name {name!r}")
            with _Step(f"configure handler {name!r}"):
                level = handlers[name].get("level", None)
                if level:
                    logging._handlers[name].setLevel(logging._checkLevel(level))
        self._loggers(True)
        self._root(True)

    def _loggers(self, incremental, each=lambda name: None):
        loggers = self.config.get("loggers", {})
        for name in loggers:
            each(name)
            with _Step(f"configure logger {name!r}"):
                self.configure_logger(name, loggers[name], incremental)

    def _root(self, incremental):
        root = self.config.get("root", None)
        if root:
            with _Step("configure root logger"):
                self.configure_root(root, incremental)

    def _replace(self):
        """Sets everything up anew."""
        disable_existing = self.config.pop("disable_existing_loggers", True)
        _clearExistingHandlers()
        for kind, make in (("formatter", self.configure_formatter), ("filter", self.configure_filter)):
            described = self.config.get(kind + "s", {})
            for name in described:
                with _Step(f"configure {kind} {name!r}"):
                    described[name] = make(described[name])
        self._handlers(self.config.get("handlers", {}))
        existing, children = sorted(logging.root.manager.loggerDict), []

        def known(name):
            if name in existing:
                children.extend(_children(existing, name))
                existing.remove(name)

        self._loggers(False, known)
        _handle_existing_loggers(existing, children, disable_existing)
        self._root(False)

    def _handlers(self, described):
        """By name; those whose target comes later are made in a second round."""
        waiting = []
        for names in (sorted(described), waiting):
            for name in names:
                try:
                    handler = self.configure_handler(described[name])
                    handler.name = name
                    described[name] = handler
                except Exception as error:
                    if names is not waiting and isinstance(error.__cause__, _TargetMissing):
                        waiting.append(name)
                    else:
                        raise ValueError(f"Unable to configure handler {name!r}") from error

    def configure_formatter(self, config):
        """A formatter of a dict."""
        if "()" in config:
            factory = config["()"]  # it is taken out, and may be needed again
            try:
                return self.configure_custom(config)
            except TypeError as error:
                if "'format'" not in str(error):
                    raise
                # Formatters call this argument "fmt".
                config["fmt"] = config.pop("format")
                config["()"] = factory
                return self.configure_custom(config)
        kind = config.get("class", None)
        make = _resolve(kind) if kind else logging.Formatter
        given = [config.get("format", None), config.get("datefmt", None), config.get("style", "%")]
        if "validate" in config:
            given.append(config["validate"])
        return make(*given)

    def configure_filter(self, config):
        """A filter of a dict."""
        if "()" in config:
            return self.configure_custom(config)
        return logging.Filter(config.get("name", ""))

    def add_filters(self, filterer, filters):
        """Adds filters by their names."""
        for name in filters:
            with _Step(f"add filter {name!r}"):
                filterer.addFilter(self.config["filters"][name])

    def add_handlers(self, logger, handlers):
        """Adds handlers by their names."""
        for name in handlers:
            with _Step(f"add handler {name!r}"):
                logger.addHandler(self.config["handlers"][name])

    def _handler_class(self, config, untouched):
        kind = self.resolve(config.pop("class"))
        if issubclass(kind, logging.handlers.MemoryHandler) and "target" in config:
            with _Step(f"set target handler {config['target']!r}"):
                target = self.config["handlers"][config["target"]]
                if not isinstance(target, logging.Handler):
                    config.update(untouched)  # for the second round
                    raise _TargetMissing("target not configured yet")
                config["target"] = target
        elif issubclass(kind, logging.handlers.SMTPHandler) and "mailhost" in config:
            config["mailhost"] = self.as_tuple(config["mailhost"])
        elif issubclass(kind, logging.handlers.SysLogHandler) and "address" in config:
            config["address"] = self.as_tuple(config["address"])
        return kind

    def configure_handler(self, config):
        """A handler of a dict."""
        untouched = dict(config)
        formatter = config.pop("formatter", None)
        if formatter:
            with _Step(f"set formatter {formatter!r}"):
                formatter = self.config["formatters"][formatter]
        level, filters = config.pop("level", None), config.pop("filters", None)
        if "()" in config:
            factory = config.pop("()")
            if not callable(factory):
                factory = self.resolve(factory)
        else:
            factory = self._handler_class(config, untouched)

        def dress(handler):
            if formatter:
                handler.setFormatter(formatter)
            if level is not None:
                handler.setLevel(logging._checkLevel(level))
            if filters:
                self.add_filters(handler, filters)

        def make(**arguments):
            try:
                return factory(**arguments)
            except TypeError as error:
                if "'stream'" not in str(error):
                    raise
                # Old handlers call this argument "strm".
                arguments["strm"] = arguments.pop("stream")
                return factory(**arguments)

        return self._made(make, config, dress)

    def common_logger_config(self, logger, config, incremental=False):
        """What the root has in common with other loggers."""
        level = config.get("level", None)
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for old in logger.handlers[:]:
            logger.removeHandler(old)
        for option, add in (("handlers", self.add_handlers), ("filters", self.add_filters)):
            names = config.get(option, None)
            if names:
                add(logger, names)

    def configure_logger(self, name, config, incremental=False):
        """A logger of a dict."""
        logger = logging.getLogger(name)
        self.common_logger_config(logger, config, incremental)
        logger.disabled = False
        propagate = config.get("propagate", None)
        if propagate is not None:
            logger.propagate = propagate

    def configure_root(self, config, incremental=False):
        """The root logger of a dict."""
        self.common_logger_config(logging.getLogger(), config, incremental)


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configure logging from a dict."""
    dictConfigClass(config).configure()


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    """Would take configurations from a socket."""
    from _asyncio import _unsupported

    _unsupported("logging.config.listen()")


def stopListening():
    """Ends what listen() began."""
    global _listener
    if _listener:
        _listener._stop()
        _listener = None
