//! The module `_codecs`: the registry of encodings and error handlers (`registry.rs`), the handlers that are always there
//! (`handlers.rs`), and the machine's own codecs one by one, for the package `encodings`.

mod handlers;
pub mod registry;

use super::ModuleSpec;
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, Method};
use crate::vm::types::codecs::{Codec, Decoded, decode_as, encode_as};
use crate::vm::types::codecs_charmap as charmap;
use crate::vm::types::codecs_escape as escape;
use crate::vm::types::codecs_utf7 as utf7;
use crate::vm::{Args, Machine, PyResult};

pub use registry::HANDLERS;

/// Rows for a codec of the machine's own: its two functions.
macro_rules! codec {
    ($encode:literal $decode:literal $codec:path, $last:literal) => {
        [
            Method::new($encode, Arity::Positional(1, 2), |vm, _, args| {
                encode_own(vm, args, $encode, $codec)
            })
            .doc(concat!($encode, "($module, str, errors=None, /)\n--\n\n")),
            Method::new($decode, Arity::Positional(1, 2 + $last), |vm, _, args| {
                decode_own(vm, args, $decode, $codec, $last == 0)
            })
            .doc(concat!(
                $decode,
                "($module, data, errors=None, final=False, /)\n--\n\n"
            )),
        ]
    };
}

const UTF8: [Method; 2] = codec!("utf_8_encode" "utf_8_decode" Codec::Utf8, 1);
const ASCII: [Method; 2] = codec!("ascii_encode" "ascii_decode" Codec::Ascii, 0);
const LATIN1: [Method; 2] = codec!("latin_1_encode" "latin_1_decode" Codec::Latin1, 0);
const UTF16LE: [Method; 2] = codec!("utf_16_le_encode" "utf_16_le_decode" Codec::Utf16Le, 1);
const UTF16BE: [Method; 2] = codec!("utf_16_be_encode" "utf_16_be_decode" Codec::Utf16Be, 1);
const UTF32LE: [Method; 2] = codec!("utf_32_le_encode" "utf_32_le_decode" Codec::Utf32Le, 1);
const UTF32BE: [Method; 2] = codec!("utf_32_be_encode" "utf_32_be_decode" Codec::Utf32Be, 1);

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_codecs",
    doc: "",
    functions: &[
        Method::new("register", Arity::One, registry::register)
            .doc("register($module, search_function, /)\n--\n\nRegister a codec search function.\n\nIt is asked for an encoding by its name, in lower case, and answers with a CodecInfo or None."),
        Method::new("unregister", Arity::One, registry::unregister)
            .doc("unregister($module, search_function, /)\n--\n\nUnregister a codec search function and clear the registry's cache."),
        Method::new("lookup", Arity::One, registry::lookup)
            .doc("lookup($module, encoding, /)\n--\n\nLooks up a codec tuple in the Python codec registry and returns a CodecInfo object."),
        Method::new("_forget_codec", Arity::One, registry::forget)
            .doc("_forget_codec($module, encoding, /)\n--\n\nPurge the named codec from the internal codec lookup cache"),
        Method::new("encode", Arity::Keywords, registry::encode)
            .doc("encode($module, /, obj, encoding=\'utf-8\', errors=\'strict\')\n--\n\nEncodes obj using the codec registered for encoding."),
        Method::new("decode", Arity::Keywords, registry::decode)
            .doc("decode($module, /, obj, encoding=\'utf-8\', errors=\'strict\')\n--\n\nDecodes obj using the codec registered for encoding."),
        Method::new("register_error", Arity::Positional(2, 2), registry::register_error)
            .doc("register_error($module, errors, handler, /)\n--\n\nRegister the specified error handler under the name errors."),
        Method::new("lookup_error", Arity::One, registry::lookup_error)
            .doc("lookup_error($module, name, /)\n--\n\nReturn the error handler of a name, or raise LookupError."),
        UTF8[0], UTF8[1], ASCII[0], ASCII[1], LATIN1[0], LATIN1[1],
        UTF16LE[0], UTF16LE[1], UTF16BE[0], UTF16BE[1], UTF32LE[0], UTF32LE[1], UTF32BE[0], UTF32BE[1],
        Method::new("utf_16_encode", Arity::Positional(1, 3), |vm, _, args| {
            encode_wide(vm, args, "utf_16_encode", [Codec::Utf16Le, Codec::Utf16, Codec::Utf16Be])
        })
        .doc("utf_16_encode($module, str, errors=None, byteorder=0, /)\n--\n\n"),
        Method::new("utf_16_decode", Arity::Positional(1, 3), |vm, _, args| {
            decode_own(vm, args, "utf_16_decode", Codec::Utf16, false)
        })
        .doc("utf_16_decode($module, data, errors=None, final=False, /)\n--\n\n"),
        Method::new("utf_16_ex_decode", Arity::Positional(1, 4), |vm, _, args| {
            decode_wide(vm, args, "utf_16_ex_decode", [Codec::Utf16Le, Codec::Utf16, Codec::Utf16Be])
        })
        .doc("utf_16_ex_decode($module, data, errors=None, byteorder=0,\n                 final=False, /)\n--\n\n"),
        Method::new("utf_32_encode", Arity::Positional(1, 3), |vm, _, args| {
            encode_wide(vm, args, "utf_32_encode", [Codec::Utf32Le, Codec::Utf32, Codec::Utf32Be])
        })
        .doc("utf_32_encode($module, str, errors=None, byteorder=0, /)\n--\n\n"),
        Method::new("utf_32_decode", Arity::Positional(1, 3), |vm, _, args| {
            decode_own(vm, args, "utf_32_decode", Codec::Utf32, false)
        })
        .doc("utf_32_decode($module, data, errors=None, final=False, /)\n--\n\n"),
        Method::new("utf_32_ex_decode", Arity::Positional(1, 4), |vm, _, args| {
            decode_wide(vm, args, "utf_32_ex_decode", [Codec::Utf32Le, Codec::Utf32, Codec::Utf32Be])
        })
        .doc("utf_32_ex_decode($module, data, errors=None, byteorder=0,\n                 final=False, /)\n--\n\n"),
        Method::new("utf_7_encode", Arity::Positional(1, 2), |vm, _, args| {
            encode_pure(vm, args, "utf_7_encode", utf7::encode)
        })
        .doc("utf_7_encode($module, str, errors=None, /)\n--\n\n"),
        Method::new("utf_7_decode", Arity::Positional(1, 3), utf_7_decode)
            .doc("utf_7_decode($module, data, errors=None, final=False, /)\n--\n\n"),
        Method::new("unicode_escape_encode", Arity::Positional(1, 2), |vm, _, args| {
            encode_pure(vm, args, "unicode_escape_encode", escape::unicode_escape_encode)
        })
        .doc("unicode_escape_encode($module, str, errors=None, /)\n--\n\n"),
        Method::new("unicode_escape_decode", Arity::Positional(1, 3), |vm, _, args| {
            escapes(vm, args, "unicode_escape_decode", false)
        })
        .doc("unicode_escape_decode($module, data, errors=None, final=True, /)\n--\n\n"),
        Method::new("raw_unicode_escape_encode", Arity::Positional(1, 2), |vm, _, args| {
            encode_pure(vm, args, "raw_unicode_escape_encode", escape::raw_unicode_escape_encode)
        })
        .doc("raw_unicode_escape_encode($module, str, errors=None, /)\n--\n\n"),
        Method::new("raw_unicode_escape_decode", Arity::Positional(1, 3), |vm, _, args| {
            escapes(vm, args, "raw_unicode_escape_decode", true)
        })
        .doc("raw_unicode_escape_decode($module, data, errors=None, final=True, /)\n--\n\n"),
        Method::new("escape_encode", Arity::Positional(1, 2), escape_encode)
            .doc("escape_encode($module, data, errors=None, /)\n--\n\n"),
        Method::new("escape_decode", Arity::Positional(1, 2), escape_decode)
            .doc("escape_decode($module, data, errors=None, /)\n--\n\n"),
        Method::new("charmap_encode", Arity::Positional(1, 3), charmap_encode)
            .doc("charmap_encode($module, str, errors=None, mapping=None, /)\n--\n\n"),
        Method::new("charmap_decode", Arity::Positional(1, 3), charmap_decode)
            .doc("charmap_decode($module, data, errors=None, mapping=None, /)\n--\n\n"),
        Method::new("charmap_build", Arity::One, charmap_build)
            .doc("charmap_build($module, map, /)\n--\n\n"),
        Method::new("readbuffer_encode", Arity::Positional(1, 2), readbuffer_encode)
            .doc("readbuffer_encode($module, data, errors=None, /)\n--\n\n"),
        Method::new("_charmap_table", Arity::One, charmap_table),
        Method::new("_aliases", Arity::NoArgs, alias_dict),
        Method::new("_missing", Arity::One, |vm, _, args| {
            let name = vm.text(args.get(vm, 0));
            vm.unsupported(format!("the codec '{name}'"))
        }),
    ],
    init: |_, _| Ok(()),
};

/// The argument `errors`: NULL if it is None or missing.
fn errors_argument(vm: &mut Machine, function: &str, args: Args, at: usize) -> PyResult<Obj> {
    let errors = args.get(vm, at);
    if errors.is_null() || errors == vm.none {
        return Ok(NULL);
    }
    if vm.heap.str(errors).is_none() {
        let (place, name) = (at + 1, vm.argument_type(errors));
        return vm.type_error(format!(
            "{function}() argument {place} must be str or None, not {name}"
        ));
    }
    Ok(errors)
}

fn text_argument(vm: &mut Machine, function: &str, args: Args) -> PyResult<Obj> {
    let text = args.get(vm, 0);
    vm.str_argument(function, "argument 1", text)?;
    Ok(text)
}

/// (bytes, how many characters they came of)
fn encoded(vm: &mut Machine, text: Obj, data: Vec<u8>) -> PyResult<Obj> {
    let len = vm.heap.str(text).map_or(0, |s| s.len());
    let parts = vec![vm.new_bytes(data), vm.new_int(len as i64)];
    Ok(vm.new_tuple(parts))
}

/// (text, how many bytes it came of)
fn decoded(vm: &mut Machine, decoded: Decoded, consumed: usize) -> PyResult<Obj> {
    let text = vm.new_str_obj(StrObj::from_points(decoded.points));
    let consumed = vm.new_int(consumed as i64);
    Ok(vm.new_tuple(vec![text, consumed]))
}

fn encode_own(vm: &mut Machine, args: Args, name: &str, codec: Codec) -> PyResult<Obj> {
    let text = text_argument(vm, name, args)?;
    let errors = errors_argument(vm, name, args, 1)?;
    let data = encode_as(vm, codec, text, errors)?;
    encoded(vm, text, data)
}

/// `whole`: it takes no argument `final`, and everything is consumed.
fn decode_own(
    vm: &mut Machine,
    args: Args,
    name: &str,
    codec: Codec,
    whole: bool,
) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let errors = errors_argument(vm, name, args, 1)?;
    let last = whole || final_argument(vm, args, 2, false)?;
    // Less than a byte order mark says nothing yet.
    let short = !last
        && (codec == Codec::Utf16 && data.len() < 2 || codec == Codec::Utf32 && data.len() < 4);
    if short {
        return decoded(
            vm,
            Decoded {
                points: Vec::new(),
                consumed: 0,
            },
            0,
        );
    }
    let made = decode_as(vm, codec, &data, errors, last)?;
    let consumed = if last { data.len() } else { made.consumed };
    decoded(vm, made, consumed)
}

fn final_argument(vm: &mut Machine, args: Args, at: usize, default: bool) -> PyResult<bool> {
    match args.get(vm, at).some() {
        Some(flag) => {
            if !vm.is_int(flag) {
                let name = vm.type_name(flag);
                return vm.type_error(format!(
                    "'{name}' object cannot be interpreted as an integer"
                ));
            }
            vm.is_true(flag)
        }
        None => Ok(default),
    }
}

/// The byte order argument: negative is little endian, positive big endian.
fn by_order(vm: &mut Machine, order: Obj, codecs: [Codec; 3]) -> PyResult<Codec> {
    let order = match order.some() {
        Some(order) => vm.ssize(order)?,
        None => 0,
    };
    Ok(codecs[(order.signum() + 1) as usize])
}

fn encode_wide(vm: &mut Machine, args: Args, name: &str, codecs: [Codec; 3]) -> PyResult<Obj> {
    let text = text_argument(vm, name, args)?;
    let errors = errors_argument(vm, name, args, 1)?;
    let codec = by_order(vm, args.get(vm, 2), codecs)?;
    let data = encode_as(vm, codec, text, errors)?;
    encoded(vm, text, data)
}

/// The same with the byte order that was found as a third part: -1, 0 (none yet), 1.
fn decode_wide(vm: &mut Machine, args: Args, name: &str, codecs: [Codec; 3]) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let errors = errors_argument(vm, name, args, 1)?;
    let codec = by_order(vm, args.get(vm, 2), codecs)?;
    let last = final_argument(vm, args, 3, false)?;
    let unit = codec.unit();
    let big_mark = [vec![0; unit - 2], vec![0xfe, 0xff]].concat();
    let little_mark: Vec<u8> = big_mark.iter().rev().copied().collect();
    let order = match codec {
        _ if codec == codecs[0] => -1,
        _ if codec == codecs[2] => 1,
        _ if data.starts_with(&little_mark) => -1,
        _ if data.starts_with(&big_mark) => 1,
        _ => 0,
    };
    let made = if data.len() < unit && !last {
        Decoded {
            points: Vec::new(),
            consumed: 0,
        }
    } else {
        decode_as(vm, codec, &data, errors, last)?
    };
    let text = vm.new_str_obj(StrObj::from_points(made.points));
    let parts = vec![text, vm.new_int(made.consumed as i64), vm.new_int(order)];
    Ok(vm.new_tuple(parts))
}

/// A codec that can write every character.
fn encode_pure(
    vm: &mut Machine,
    args: Args,
    name: &str,
    encode: fn(&StrObj) -> Vec<u8>,
) -> PyResult<Obj> {
    let text = text_argument(vm, name, args)?;
    errors_argument(vm, name, args, 1)?;
    let contents = vm.text_rc(text);
    encoded(vm, text, encode(&contents))
}

fn utf_7_decode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let errors = errors_argument(vm, "utf_7_decode", args, 1)?;
    let last = final_argument(vm, args, 2, false)?;
    let made = utf7::decode(vm, &data, errors, last)?;
    let consumed = if last { data.len() } else { made.consumed };
    decoded(vm, made, consumed)
}

/// Bytes, or the utf-8 of a str (`s*`).
fn text_or_bytes(vm: &mut Machine, o: Obj) -> PyResult<Vec<u8>> {
    match vm.heap.str(o).cloned() {
        Some(text) => {
            vm.check_utf8(o)?;
            Ok(text.bytes().to_vec())
        }
        None => vm.bytes_like(o),
    }
}

fn escapes(vm: &mut Machine, args: Args, name: &str, raw: bool) -> PyResult<Obj> {
    let data = text_or_bytes(vm, args.get(vm, 0))?;
    let errors = errors_argument(vm, name, args, 1)?;
    let last = final_argument(vm, args, 2, true)?;
    let made = escape::decode_escapes(vm, &data, errors, last, raw)?;
    let consumed = if last { data.len() } else { made.consumed };
    decoded(vm, made, consumed)
}

fn escape_encode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = args.get(vm, 0);
    let Some(bytes) = vm.heap.bytes_of(data).map(|b| b.data.to_vec()) else {
        let name = vm.argument_type(data);
        return vm.type_error(format!(
            "escape_encode() argument 1 must be bytes, not {name}"
        ));
    };
    errors_argument(vm, "escape_encode", args, 1)?;
    let parts = vec![
        vm.new_bytes(escape::escape_encode(&bytes)),
        vm.new_int(bytes.len() as i64),
    ];
    Ok(vm.new_tuple(parts))
}

fn escape_decode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = text_or_bytes(vm, args.get(vm, 0))?;
    let errors = errors_argument(vm, "escape_decode", args, 1)?;
    let errors = if errors.is_null() {
        "strict".to_string()
    } else {
        vm.text(errors)
    };
    let made = escape::escape_decode(vm, &data, &errors)?;
    let parts = vec![vm.new_bytes(made), vm.new_int(data.len() as i64)];
    Ok(vm.new_tuple(parts))
}

/// The argument `mapping`; NULL: latin-1.
fn mapping_argument(vm: &Machine, args: Args) -> Obj {
    let mapping = args.get(vm, 2);
    if mapping == vm.none { NULL } else { mapping }
}

fn charmap_encode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let text = text_argument(vm, "charmap_encode", args)?;
    let errors = errors_argument(vm, "charmap_encode", args, 1)?;
    let data = match mapping_argument(vm, args).some() {
        Some(mapping) => charmap::encode_mapping(vm, text, mapping, errors)?,
        None => encode_as(vm, Codec::Latin1, text, errors)?,
    };
    encoded(vm, text, data)
}

fn charmap_decode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.bytes_like(args.get(vm, 0))?;
    let errors = errors_argument(vm, "charmap_decode", args, 1)?;
    let made = match mapping_argument(vm, args).some() {
        Some(mapping) => charmap::decode_mapping(vm, &data, mapping, errors)?,
        None => decode_as(vm, Codec::Latin1, &data, errors, true)?,
    };
    decoded(vm, made, data.len())
}

fn charmap_build(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let table = vm.str_argument("charmap_build", "argument", args.get(vm, 0))?;
    charmap::build(vm, &table)
}

fn readbuffer_encode(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let data = text_or_bytes(vm, args.get(vm, 0))?;
    errors_argument(vm, "readbuffer_encode", args, 1)?;
    let len = vm.new_int(data.len() as i64);
    let parts = vec![vm.new_bytes(data), len];
    Ok(vm.new_tuple(parts))
}

/// The 256 characters of a codec of ours, for `encodings`.
fn charmap_table(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let name = vm.text(args.get(vm, 0));
    match crate::syntax::charmap::Charmap::find(&name) {
        Some(map) => Ok(vm.new_str_obj(StrObj::from_points(map.points.iter().copied()))),
        None => vm.raise(vm.types.lookup_error, format!("no table for {name}")),
    }
}

fn alias_dict(vm: &mut Machine, _: Obj, _: Args) -> PyResult<Obj> {
    let dict = vm.new_dict();
    for (alias, module) in crate::syntax::charmap::aliases() {
        let module = vm.new_str(module);
        vm.dict_set_name(dict, alias, module);
        vm.decref(module);
    }
    Ok(dict)
}

/// What a decoder made: the code points of a str; lets go of it.
pub fn decoded_points(vm: &mut Machine, made: Obj) -> PyResult<Vec<u32>> {
    let points = match vm.heap.str(made) {
        Some(text) => Ok(text.points().collect()),
        None => {
            let name = vm.type_name(made);
            vm.type_error(format!(
                "decoder should return a string result, not '{name}'"
            ))
        }
    };
    vm.decref_raising(made, points)
}
