# Verifies what attributes of built-in types say of themselves, and that text formatted without change is the object itself.
import types, io, functools, datetime, array
for t in (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType, io.FileIO, io.BytesIO, int, float, complex, super, memoryview, functools.partial, array.array, OSError, SyntaxError, UnicodeDecodeError, ImportError, types.MethodType, slice, range, property, datetime.timedelta, types.FunctionType, types.CodeType, type, BaseException, types.ModuleType, types.FrameType):
    for k, v in sorted(t.__dict__.items()):
        if type(v) in (types.GetSetDescriptorType, types.MemberDescriptorType) and v.__doc__ and k not in ('__dict__','__weakref__'):
            print(t.__name__, k, repr(v.__doc__))
text="abcde"
for i,v in enumerate(["%s" % text,"%.5s" % text,"%.10s" % text,"%1s" % text,"%5s" % text,"{0}".format(text),"{0:s}".format(text),"{0:.5s}".format(text),"{0:.10s}".format(text),"{0:1s}".format(text),"{0:5s}".format(text),text % (),text.format(), f"{text}", f"{text:s}", str(text), format(text,''), format(text,'s'), format(text,'5')]): print(i, v is text)
