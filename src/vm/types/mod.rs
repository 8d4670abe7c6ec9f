//! What each built-in type does. A file a type, under the name of its payload's file in `heap/payload/`.
//!
//! A type's file has a `SPEC` (slots, methods, attributes: tables whose rows only name functions) and the functions. What
//! a type owns and how it is traversed is not here. The table below is the only list of types; `boot.rs` makes them in its order.

use super::Machine;
use crate::heap::{NULL, Obj};

macro_rules! types {
    (
        modules { $($module:ident)* }
        types { $($field:ident = $path:path, $base:ident;)* }
        exceptions { $($exc:ident $name:literal $exc_base:ident $kind:ident;)* }
    ) => {
        $(pub mod $module;)*

        /// All built-in types that are always there.
        #[derive(Clone, Copy)]
        pub struct Types {
            pub object: Obj,
            pub type_: Obj,
            $(pub $field: Obj,)*
            $(pub $exc: Obj,)*
        }

        impl Types {
            /// No type yet.
            pub const NONE: Types = Types { object: NULL, type_: NULL, $($field: NULL,)* $($exc: NULL,)* };

            /// Every type, for the machine's roots.
            pub fn all(&self) -> Vec<Obj> {
                vec![self.object, self.type_, $(self.$field,)* $(self.$exc,)*]
            }
        }

        impl Machine {
            /// Makes all types but the exceptions: first the bare type objects, then what is in them.
            pub(super) fn make_types(&mut self) {
                self.types.type_ = Obj(1);
                self.types.type_ = self.bare_static_type(&type_::SPEC, NULL);
                self.types.object = self.bare_static_type(&object::SPEC, NULL);
                self.adopt_base(self.types.type_, self.types.object);
                $({
                    let base = self.types.$base;
                    self.types.$field = self.bare_static_type(&$path, base);
                })*
                self.make_singletons();
                self.finish_static_type(self.types.object, &object::SPEC);
                self.finish_static_type(self.types.type_, &type_::SPEC);
                $(self.finish_static_type(self.types.$field, &$path);)*
            }

            /// Makes the exceptions below BaseException.
            pub(super) fn make_exceptions(&mut self) {
                $({
                    let base = self.types.$exc_base;
                    self.types.$exc = exception::make_exception_type(self, $name, base, exception::Kind::$kind);
                })*
            }
        }

        /// Names and types of the exceptions, for the module builtins.
        pub fn exceptions(types: &Types) -> Vec<(&'static str, Obj)> {
            vec![$(($name, types.$exc),)*]
        }
    };
}

types! {
    modules {
        anext_awaitable async_awaitable async_generator async_hooks bool buffer builtin_function
        bytearray bytearray_methods bytes bytes_find bytes_hex bytes_methods bytes_percent
        bytes_split cell classmethod code code_new codecs codecs_charmap codecs_decode
        codecs_encode codecs_escape codecs_handlers codecs_utf7 complex
        complex_arith descriptor docstrings dict dict_iter dict_merge dict_views ellipsis enumerate
        exception exception_kinds exception_os exception_unicode filter float float_arith
        float_format float_parse format format_spec frame frame_jump function generator generator_throw generic_alias int
        int_arith int_parse list list_iter list_methods list_slice list_sort map mapping_proxy member_table
        memoryview memoryview_dims memoryview_items memoryview_methods method module none object property range range_iter
        reversed seq_iter set set_iter set_table signatures slice sort_compare str str_case str_find str_format
        str_methods str_pad str_percent str_repr str_split str_translate super_ traceback tuple
        type_ type_facts unicode_data union_type weak_proxy weakref zip
    }
    types {
        int = int::SPEC, object;
        bool = bool::SPEC, int;
        float = float::SPEC, object;
        complex = complex::SPEC, object;
        str = str::SPEC, object;
        str_iter = str::ITER_SPEC, object;
        bytes = bytes::SPEC, object;
        bytes_iter = bytes::ITER_SPEC, object;
        bytearray = bytearray::SPEC, object;
        bytearray_iter = bytearray::ITER_SPEC, object;
        memoryview = memoryview::SPEC, object;
        tuple = tuple::SPEC, object;
        tuple_iter = tuple::ITER_SPEC, object;
        list = list::SPEC, object;
        list_iter = list::ITER_SPEC, object;
        list_reverse_iter = list::REVERSE_ITER_SPEC, object;
        dict = dict::SPEC, object;
        dict_keys = dict_views::KEYS_SPEC, object;
        dict_values = dict_views::VALUES_SPEC, object;
        dict_items = dict_views::ITEMS_SPEC, object;
        dict_key_iter = dict_views::KEY_ITER_SPEC, object;
        dict_value_iter = dict_views::VALUE_ITER_SPEC, object;
        dict_item_iter = dict_views::ITEM_ITER_SPEC, object;
        dict_reverse_key_iter = dict_views::REVERSE_KEY_ITER_SPEC, object;
        dict_reverse_value_iter = dict_views::REVERSE_VALUE_ITER_SPEC, object;
        dict_reverse_item_iter = dict_views::REVERSE_ITEM_ITER_SPEC, object;
        set = set::SPEC, object;
        frozenset = set::FROZEN_SPEC, object;
        set_iter = set::ITER_SPEC, object;
        slice = slice::SPEC, object;
        range = range::SPEC, object;
        range_iter = range::ITER_SPEC, object;
        long_range_iter = range::LONG_ITER_SPEC, object;
        seq_iter = seq_iter::SPEC, object;
        callable_iter = seq_iter::CALLABLE_SPEC, object;
        enumerate = enumerate::SPEC, object;
        zip = zip::SPEC, object;
        map = map::SPEC, object;
        filter = filter::SPEC, object;
        reversed = reversed::SPEC, object;
        none_type = none::SPEC, object;
        not_implemented_type = none::NOT_IMPLEMENTED_SPEC, object;
        ellipsis_type = ellipsis::SPEC, object;
        module = module::SPEC, object;
        function = function::SPEC, object;
        method = method::SPEC, object;
        builtin_function = builtin_function::SPEC, object;
        builtin_method = builtin_function::METHOD_SPEC, builtin_function;
        method_descriptor = descriptor::METHOD_SPEC, object;
        classmethod_descriptor = descriptor::CLASSMETHOD_SPEC, object;
        getset_descriptor = descriptor::GETSET_SPEC, object;
        member_descriptor = descriptor::MEMBER_SPEC, object;
        wrapper_descriptor = descriptor::WRAPPER_SPEC, object;
        method_wrapper = descriptor::METHOD_WRAPPER_SPEC, object;
        mapping_proxy = mapping_proxy::SPEC, object;
        property = property::SPEC, object;
        staticmethod = classmethod::STATIC_SPEC, object;
        classmethod = classmethod::SPEC, object;
        super_ = super_::SPEC, object;
        cell = cell::SPEC, object;
        code = code::SPEC, object;
        frame = frame::SPEC, object;
        traceback = traceback::SPEC, object;
        generator = generator::SPEC, object;
        coroutine = generator::COROUTINE_SPEC, object;
        coroutine_wrapper = generator::WRAPPER_SPEC, object;
        async_generator = async_generator::SPEC, object;
        async_gen_asend = async_generator::ASEND_SPEC, object;
        async_gen_athrow = async_generator::ATHROW_SPEC, object;
        async_gen_wrapped = async_generator::WRAPPED_SPEC, object;
        weakref = weakref::SPEC, object;
        weak_proxy = weakref::PROXY_SPEC, object;
        weak_callable_proxy = weakref::CALLABLE_PROXY_SPEC, object;
        generic_alias = generic_alias::SPEC, object;
        union_type = generic_alias::UNION_SPEC, object;
        base_exception = exception::SPEC, object;
    }
    exceptions {
        exception "Exception" base_exception Plain;
        system_exit "SystemExit" base_exception SystemExit;
        keyboard_interrupt "KeyboardInterrupt" base_exception Plain;
        generator_exit "GeneratorExit" base_exception Plain;
        stop_iteration "StopIteration" exception StopIteration;
        stop_async_iteration "StopAsyncIteration" exception Plain;
        arithmetic_error "ArithmeticError" exception Plain;
        floating_point_error "FloatingPointError" arithmetic_error Plain;
        overflow_error "OverflowError" arithmetic_error Plain;
        zero_division_error "ZeroDivisionError" arithmetic_error Plain;
        assertion_error "AssertionError" exception Plain;
        attribute_error "AttributeError" exception AttributeError;
        buffer_error "BufferError" exception Plain;
        eof_error "EOFError" exception Plain;
        import_error "ImportError" exception ImportError;
        module_not_found_error "ModuleNotFoundError" import_error ImportError;
        lookup_error "LookupError" exception Plain;
        index_error "IndexError" lookup_error Plain;
        key_error "KeyError" lookup_error KeyError;
        memory_error "MemoryError" exception Plain;
        name_error "NameError" exception NameError;
        unbound_local_error "UnboundLocalError" name_error NameError;
        os_error "OSError" exception OsError;
        blocking_io_error "BlockingIOError" os_error OsError;
        child_process_error "ChildProcessError" os_error OsError;
        connection_error "ConnectionError" os_error OsError;
        broken_pipe_error "BrokenPipeError" connection_error OsError;
        connection_aborted_error "ConnectionAbortedError" connection_error OsError;
        connection_refused_error "ConnectionRefusedError" connection_error OsError;
        connection_reset_error "ConnectionResetError" connection_error OsError;
        file_exists_error "FileExistsError" os_error OsError;
        file_not_found_error "FileNotFoundError" os_error OsError;
        interrupted_error "InterruptedError" os_error OsError;
        is_a_directory_error "IsADirectoryError" os_error OsError;
        not_a_directory_error "NotADirectoryError" os_error OsError;
        permission_error "PermissionError" os_error OsError;
        process_lookup_error "ProcessLookupError" os_error OsError;
        timeout_error "TimeoutError" os_error OsError;
        reference_error "ReferenceError" exception Plain;
        runtime_error "RuntimeError" exception Plain;
        not_implemented_error "NotImplementedError" runtime_error Plain;
        recursion_error "RecursionError" runtime_error Plain;
        syntax_error "SyntaxError" exception SyntaxError;
        indentation_error "IndentationError" syntax_error SyntaxError;
        tab_error "TabError" indentation_error SyntaxError;
        system_error "SystemError" exception Plain;
        type_error "TypeError" exception Plain;
        value_error "ValueError" exception Plain;
        unicode_error "UnicodeError" value_error Plain;
        unicode_decode_error "UnicodeDecodeError" unicode_error UnicodeDecode;
        unicode_encode_error "UnicodeEncodeError" unicode_error UnicodeEncode;
        unicode_translate_error "UnicodeTranslateError" unicode_error UnicodeTranslate;
        warning "Warning" exception Plain;
        bytes_warning "BytesWarning" warning Plain;
        deprecation_warning "DeprecationWarning" warning Plain;
        encoding_warning "EncodingWarning" warning Plain;
        future_warning "FutureWarning" warning Plain;
        import_warning "ImportWarning" warning Plain;
        pending_deprecation_warning "PendingDeprecationWarning" warning Plain;
        resource_warning "ResourceWarning" warning Plain;
        runtime_warning "RuntimeWarning" warning Plain;
        syntax_warning "SyntaxWarning" warning Plain;
        unicode_warning "UnicodeWarning" warning Plain;
        user_warning "UserWarning" warning Plain;
    }
}
