# Verifies _testcapi: each calling convention in each binding, calls from native code, flags, signatures, exceptions made.
import _testcapi as t

for o in (t, t.MethInstance(), t.MethClass, t.MethClass(), t.MethStatic):
    for name in ("meth_varargs", "meth_varargs_keywords", "meth_o", "meth_noargs", "meth_fastcall", "meth_fastcall_keywords"):
        for args, kwargs in (((), {}), ((1,), {}), ((1, 2), {}), ((), {"k": 1}), ((1,), {"k": 2})):
            try:
                got = getattr(o, name)(*args, **kwargs)
                rest = got[1:] if isinstance(got, tuple) else ()
                kept = tuple(r or None for r in rest) if name.endswith("keywords") else rest
                print(name, kept)
            except TypeError as error:
                print(name, str(error).rpartition(".")[2])
for call in (lambda: t.pyobject_fastcall(len, ("abc",)), lambda: t.pyobject_fastcalldict(dict, (), {"a": 1}),
             lambda: t.pyobject_vectorcall(dict, (1,), ("a",)), lambda: t.pyvectorcall_call(len, ("ab",)),
             lambda: t.pyvectorcall_call(type("X", (), {})(), ()), lambda: t.pyobject_vectorcall(len, 1, None),
             lambda: t.pyobject_vectorcall(len, (1,), (1, 2, 3)), lambda: t.raise_memoryerror(), lambda: t.dict_getitem_knownhash({}, 1, 1),
             lambda: t.dict_hassplittable(1), lambda: t.sequence_getitem(b"ab", -1), lambda: t.sequence_getitem({}, 1),
             lambda: t.make_exception_with_doc("x"), lambda: t.raise_exception(ValueError, 2), lambda: t.getbuffer_with_null_view(b"")):
    try:
        print(call())
    except BaseException as error:
        print(type(error).__name__, error)
made = t.make_exception_with_doc("m.error", "words", (ValueError,), {"a": 1})
print(made, made.__bases__, made.__doc__, made.a, made.__module__)
print(t.MethodDescriptorBase()(0), t.MethodDescriptor2()(0), t.MethodDescriptorDerived()(0), t.MethodDescriptorNopGet()(1, 2))
print([bool(c.__flags__ & 1 << 17) for c in (t.MethodDescriptorBase, t.MethodDescriptorDerived, t.MethodDescriptorNopGet, type(repr), type(list.append))])
print(t.INT_MAX, t.ULONG_MAX, t.PY_SSIZE_T_MIN, t.DBL_MIN, t.error.__mro__)
for name in ("docstring_empty", "docstring_no_signature", "docstring_with_invalid_signature2", "docstring_with_signature_with_defaults"):
    print(repr(getattr(t, name).__doc__), repr(getattr(t, name).__text_signature__))
