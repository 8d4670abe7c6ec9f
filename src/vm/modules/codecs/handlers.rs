//! The error handlers that are always there, as functions: what `codecs.lookup_error` gives.

use super::*;
use crate::heap::payload::StrObj;
use crate::vm::types::codecs_handlers::{Handler, Replacement, for_decoding, for_encoding};
use crate::vm::types::exception_unicode::{ENCODING, END, OBJECT, START};

/// Name in the registry, and the function.
static FUNCTIONS: [(&str, Method); 8] = [
    ("strict", Method::new("strict_errors", Arity::One, |vm, _, args| {
        strict(vm, args.get(vm, 0))
    })
    .doc("Implements the 'strict' error handling, which raises a UnicodeError on coding errors.")),
    ("ignore", Method::new("ignore_errors", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::Ignore)
    })
    .doc("Implements the 'ignore' error handling, which ignores malformed data and continues.")),
    ("replace", Method::new("replace_errors", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::Replace)
    })
    .doc("Implements the 'replace' error handling, which replaces malformed data with a replacement marker.")),
    ("xmlcharrefreplace", Method::new("xmlcharrefreplace_errors", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::XmlCharRefReplace)
    })
    .doc("Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the appropriate XML character reference.")),
    ("backslashreplace", Method::new("backslashreplace_errors", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::BackslashReplace)
    })
    .doc("Implements the 'backslashreplace' error handling, which replaces malformed data with a backslashed escape sequence.")),
    ("namereplace", Method::new("namereplace_errors", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::NameReplace)
    })
    .doc("Implements the 'namereplace' error handling, which replaces an unencodable character with a \\N{...} escape sequence.")),
    ("surrogatepass", Method::new("surrogatepass", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::SurrogatePass)
    })),
    ("surrogateescape", Method::new("surrogateescape", Arity::One, |vm, _, args| {
        handle(vm, args.get(vm, 0), Handler::SurrogateEscape)
    })),
];

/// The dict of handlers, borrowed; made when first asked for.
pub fn registry(vm: &mut Machine) -> Obj {
    if let Some(registry) = vm.module_state.get(HANDLERS) {
        return *registry;
    }
    let registry = vm.new_dict();
    vm.module_state.insert(HANDLERS, registry);
    for (name, method) in &FUNCTIONS {
        let function = vm.new_builtin(method, NULL, NULL);
        vm.dict_set_name(registry, name, function);
        vm.decref(function);
    }
    registry
}

fn strict(vm: &mut Machine, exception: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(exception);
    if vm.is_subtype(class, vm.types.base_exception) {
        return vm.raise_object(exception);
    }
    vm.type_error("codec must pass exception instance".to_string())
}

fn cannot<T>(vm: &mut Machine, exception: Obj) -> PyResult<T> {
    let name = vm.type_name(exception);
    vm.type_error(format!("don't know how to handle {name} in error callback"))
}

/// Start and end as the exception has them, cut to the length of what it is about (`PyUnicodeEncodeError_GetStart`).
fn range(vm: &Machine, exception: Obj, len: usize) -> (usize, usize) {
    let number = |place| vm.as_i64(vm.exc_field(exception, place)).unwrap_or(0);
    let len = len as i64;
    let start = number(START).max(0).min((len - 1).max(0));
    let end = number(END).max(1).min(len);
    (start as usize, end.max(0) as usize)
}

fn answer(vm: &mut Machine, replacement: Replacement, at: usize) -> PyResult<Obj> {
    let made = match replacement {
        Replacement::Points(points) => vm.new_str_obj(StrObj::from_points(points)),
        Replacement::Bytes(bytes) => vm.new_bytes(bytes),
    };
    let at = vm.new_int(at as i64);
    Ok(vm.new_tuple(vec![made, at]))
}

fn handle(vm: &mut Machine, exception: Obj, handler: Handler) -> PyResult<Obj> {
    let class = vm.heap.ty(exception);
    let kind = |vm: &Machine, of: Obj| vm.is_subtype(class, of);
    let decoding = kind(vm, vm.types.unicode_decode_error);
    let encoding = kind(vm, vm.types.unicode_encode_error);
    let translating = kind(vm, vm.types.unicode_translate_error);
    if !(decoding || encoding || translating) {
        return cannot(vm, exception);
    }
    let object = vm.exc_field(exception, OBJECT);
    if decoding {
        if matches!(handler, Handler::XmlCharRefReplace | Handler::NameReplace) {
            return cannot(vm, exception);
        }
        let Some(data) = vm.heap.bytes_of(object).map(|b| b.data.to_vec()) else {
            return vm.type_error("object attribute must be bytes".to_string());
        };
        let (start, end) = range(vm, exception, data.len());
        let codec = vm.text(vm.exc_field(exception, ENCODING));
        let handled = for_decoding(handler, &codec, &data, (start, end.max(start)));
        return match handled {
            Some((points, at)) => answer(vm, Replacement::Points(points), at),
            None => vm.raise_object(exception),
        };
    }
    let Some(text) = vm.heap.str(object).cloned() else {
        return vm.type_error("object attribute must be unicode".to_string());
    };
    let (start, end) = range(vm, exception, text.len());
    let end = end.max(start);
    if translating {
        return match handler {
            Handler::Ignore => answer(vm, Replacement::Points(Vec::new()), end),
            Handler::Replace => answer(vm, Replacement::Points(vec![0xfffd; end - start]), end),
            Handler::BackslashReplace => match for_encoding(handler, "", &text, (start, end)) {
                Some((replacement, at)) => answer(vm, replacement, at),
                None => vm.raise_object(exception),
            },
            _ => cannot(vm, exception),
        };
    }
    let codec = vm.text(vm.exc_field(exception, ENCODING));
    match for_encoding(handler, &codec, &text, (start, end)) {
        Some((replacement, at)) => answer(vm, replacement, at),
        None => vm.raise_object(exception),
    }
}
