"""What `sys` holds: hooks, paths and caches, and when it lets go of them at exit."""
import gc
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __call__(self, *args):
        raise ImportError(self.name)

    def find_spec(self, name, path=None, target=None):
        return None

    def __del__(self):
        print("free", self.name)


modules, flags, hooks = sys.modules, sys.flags, sys.path_hooks
info = sys.implementation
meta = sys.meta_path
print([sys.getrefcount(x) - 1 for x in (meta, hooks, sys.path_importer_cache, sys.argv, sys.path)])
early = [d for d in gc.get_referrers(meta) if isinstance(d, dict) and d is not globals()]
print(len(early), early[0] is sys.__dict__ or early[1] is sys.__dict__)
del early
sys.meta_path.append(Loud("in meta_path: too late to be seen"))
sys.path_hooks.append(Loud("in path_hooks: too late to be seen"))
sys.path.append(Loud("in path"))
sys.argv.append(Loud("in argv"))
sys.warnoptions.append(Loud("in warnoptions"))
sys.orig_argv.append(Loud("in orig_argv"))
sys.last_value = Loud("last value")
sys.mine = Loud("behind the streams: too late to be seen")
sys.modules["no module"] = Loud("in modules")


def profiler(frame, event, arg):
    seen = Loud("of the profiler")
    events.append((event, getattr(arg, "__name__", arg)))
    seen = None


def profiled():
    local = Loud("profiled")
    return len(local.name)


events = []
sys.setprofile(profiler)
profiled()
sys.setprofile(None)
print(events)
