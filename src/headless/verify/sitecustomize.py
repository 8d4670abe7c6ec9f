# Begins the refcount trace of the script that this interpreter is about to run, and leaves nothing of itself behind.
import os
import _lifetimes_tracer

_lifetimes_tracer.begin(os.environ.pop("LIFETIMES_RECORDS"), os.environ.pop("LIFETIMES_SCRIPT"))
