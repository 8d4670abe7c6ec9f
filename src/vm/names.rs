//! Interned names that the machine itself uses: one object each, made at start, never freed.

use super::Machine;
use crate::heap::Obj;

macro_rules! names {
    ($($name:ident)*) => {
        /// `vm.names.__init__` is the str object "__init__".
        #[derive(Clone, Copy)]
        #[allow(non_snake_case)]
        pub struct Names { $(pub $name: Obj,)* }

        impl Names {
            /// No names yet.
            pub const NONE: Names = Names { $($name: crate::heap::NULL,)* };

            pub fn new(vm: &mut Machine) -> Names {
                Names { $($name: vm.intern(stringify!($name)),)* }
            }

            /// The method of a comparison.
            pub fn comparison(&self, op: super::slots::CmpOp) -> crate::heap::Obj {
                [self.__lt__, self.__le__, self.__eq__, self.__ne__, self.__gt__, self.__ge__][op as usize]
            }

            /// All of them: the machine's own references.
            pub fn all(&self) -> Vec<Obj> {
                vec![$(self.$name,)*]
            }
        }
    };
}

names! {
    __abs__ __add__ __aenter__ __aexit__ __aiter__ __all__ __and__ __anext__ __annotations__ __await__ __bases__ __bool__ __build_class__
    __builtins__ __bytes__ __cached__ __call__ __ceil__ __class__ __class_getitem__ __classcell__ __closure__ __code__ __complex__ __contains__
    __debug__ __del__ __delattr__ __delete__ __delitem__ __dict__ __dir__ __divmod__ __doc__ __enter__ __eq__ __exit__ __file__ __float__
    __floor__ __floordiv__ __format__ __ge__ __get__ __getattr__ __getattribute__ __getitem__ __getnewargs__ __getnewargs_ex__ __getstate__
    __gt__ __hash__ __iadd__ __iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__ __import__ __imul__ __index__ __init__ __init_subclass__
    __instancecheck__ __int__ __invert__ __ior__ __ipow__ __irshift__ __isub__ __iter__ __itruediv__ __ixor__ __le__ __len__ __length_hint__
    __loader__ __lshift__ __lt__ __main__ __match_args__ __matmul__ __missing__ __mod__ __module__ __mro_entries__ __mul__ __name__ __ne__ __neg__ __new__ __next__
    __or__ __orig_bases__ __origin__ __parameters__ __package__ __path__ __pos__ __pow__ __prepare__ __qualname__ __radd__ __rand__ __rdivmod__ __reduce__
    __reduce_ex__ __repr__ __reversed__ __rfloordiv__ __rlshift__ __rmatmul__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__
    __rsub__ __rtruediv__ __rxor__ __set__ __set_name__ __setattr__ __setitem__ __setstate__ __slots__ __slotnames__ __spec__ _initializing __str__ __sub__ __subclasscheck__
    __subclasshook__ __subclasses__ __sizeof__ __text_signature__ __traceback__ __truediv__ __trunc__ __weakref__ __wrapped__ __xor__ __isabstractmethod__ __abstractmethods__
    __func__ __self__ __objclass__ __defaults__ __kwdefaults__ __globals__ __mro__ __cause__ __context__ __suppress_context__ __notes__
    args close code end excepthook file flush keys items values metaclass mro msg name obj path print_file_and_line modules builtins
    read readline send sep stderr stdin stdout throw unraisablehook value write encoding errors displayhook big little strict
    last_traceback last_type last_value tb_frame update get copy filename lineno offset text errno strerror characters_written
}
