"""Can be named here, not used: the debugger stands outside of the script."""

import bdb
import cmd

__all__ = ["run", "pm", "Pdb", "runeval", "runctx", "runcall", "set_trace", "post_mortem", "help"]


class Restart(Exception):
    """The program is to be run again."""


def _absent(name):
    def refuse(*args, **kwargs):
        from _sources import refuse

        refuse(f"pdb.{name}; lifetimes is a debugger itself")

    refuse.__name__ = refuse.__qualname__ = name.rpartition(".")[2]
    return refuse


class Pdb(bdb.Bdb, cmd.Cmd):
    """Python's own debugger."""

    __init__ = _absent("Pdb")


for _name in __all__:
    if _name != "Pdb":
        globals()[_name] = _absent(_name)
del _name
