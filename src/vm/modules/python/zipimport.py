"""Can be named here, not used: modules come from folders only."""

__all__ = ["ZipImportError", "zipimporter"]


class ZipImportError(ImportError):
    """A zip file that has no such module, or is none."""


class zipimporter:
    """Loads modules from a zip file."""

    def __init__(self, path):
        from _sources import refuse

        refuse("zipimport.zipimporter")
