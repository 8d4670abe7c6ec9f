# Verifies native callbacks of the exit, which no Python code calls: pickling by name, and frames that are not there.
import atexit
import io
import pickle
import weakref


class P:
    pass


kept = P()
written = io.BytesIO()
atexit.register(lambda: print(len(written.getvalue()), pickle.loads(written.getvalue()[:-1] + b'.').__name__))
weakref.finalize(kept, pickle.dump, P, written)
atexit.register(pickle.dump, P, written)
atexit.register(pickle.loads, pickle.dumps(P))
print('end')
import sys
import types
try:
    eval('1', types.MappingProxyType({}))
except TypeError as e:
    print(e)
# Run first.
seen = []
atexit.register(lambda: print(seen))
class Frames(dict):
    def __init__(self, made=()): seen.append(len(sys._current_frames()))
atexit.register(sys._current_frames)
atexit.register(Frames)
