"""The features that came before they were the rule: since when they can be asked for, and since when they are."""

# What `compile` is told to switch each on.
_FLAGS = {
    "nested_scopes": ("CO_NESTED", 0x10),
    "generators": ("CO_GENERATOR_ALLOWED", 0),
    "division": ("CO_FUTURE_DIVISION", 0x20000),
    "absolute_import": ("CO_FUTURE_ABSOLUTE_IMPORT", 0x40000),
    "with_statement": ("CO_FUTURE_WITH_STATEMENT", 0x80000),
    "print_function": ("CO_FUTURE_PRINT_FUNCTION", 0x100000),
    "unicode_literals": ("CO_FUTURE_UNICODE_LITERALS", 0x200000),
    "barry_as_FLUFL": ("CO_FUTURE_BARRY_AS_BDFL", 0x400000),
    "generator_stop": ("CO_FUTURE_GENERATOR_STOP", 0x800000),
    "annotations": ("CO_FUTURE_ANNOTATIONS", 0x1000000),
}

_RELEASES = {
    "nested_scopes": ((2, 1, 0, "beta", 1), (2, 2, 0, "alpha", 0)),
    "generators": ((2, 2, 0, "alpha", 1), (2, 3, 0, "final", 0)),
    "division": ((2, 2, 0, "alpha", 2), (3, 0, 0, "alpha", 0)),
    "absolute_import": ((2, 5, 0, "alpha", 1), (3, 0, 0, "alpha", 0)),
    "with_statement": ((2, 5, 0, "alpha", 1), (2, 6, 0, "alpha", 0)),
    "print_function": ((2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0)),
    "unicode_literals": ((2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0)),
    "barry_as_FLUFL": ((3, 1, 0, "alpha", 2), (4, 0, 0, "alpha", 0)),
    "generator_stop": ((3, 5, 0, "beta", 1), (3, 7, 0, "alpha", 0)),
    "annotations": ((3, 7, 0, "beta", 1), (3, 11, 0, "alpha", 0)),
}

all_feature_names = list(_RELEASES)
__all__ = ["all_feature_names", *all_feature_names]


class _Feature:
    def __init__(self, optionalRelease, mandatoryRelease, compiler_flag):
        self.optional, self.mandatory, self.compiler_flag = optionalRelease, mandatoryRelease, compiler_flag

    def getOptionalRelease(self):
        """The first release in which it can be asked for."""
        return self.optional

    def getMandatoryRelease(self):
        """The release in which it is, or was to become, the rule."""
        return self.mandatory

    def __repr__(self):
        return "_Feature" + repr((self.optional, self.mandatory, self.compiler_flag))


for _name in all_feature_names:
    globals()[_FLAGS[_name][0]] = _FLAGS[_name][1]
    globals()[_name] = _Feature(*_RELEASES[_name], _FLAGS[_name][1])
del _name
