# What kind of Python this is, a value a line.
import os, platform, sys, sysconfig

print(platform.python_implementation())
print("%d.%d.%d" % sys.version_info[:3])
print(sys.executable)
include = sysconfig.get_paths()["include"]
print(include if os.path.exists(os.path.join(include, "Python.h")) else "")
print(sysconfig.get_config_var("EXT_SUFFIX") or "")
