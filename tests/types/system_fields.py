# Verifies that the fields of sys's named tuples are member descriptors, which cannot be set.
import sys
import types

for kind in map(type, (sys.flags, sys.float_info, sys.hash_info, sys.int_info, sys.thread_info, sys.version_info)):
    fields = {name: value for name, value in vars(kind).items() if isinstance(value, types.MemberDescriptorType)}
    print(kind, len(fields), sorted(fields)[0], fields[sorted(fields)[0]])
for change in (lambda: setattr(sys.flags, "debug", 1), lambda: delattr(sys.version_info, "major"), lambda: setattr(sys.float_info, "new", 1)):
    try:
        change()
    except AttributeError as error:
        print(error)
