//! `charmap_encode` and `charmap_decode` with any mapping (`PyUnicode_EncodeCharmap`, `PyUnicode_DecodeCharmap`), and the encodings
//! of one byte a character by their tables.

use std::collections::HashMap;

use super::codecs::Decoded;
use super::codecs_handlers::{Replacement, Trouble};
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::syntax::charmap::{Charmap, UNDEFINED};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Machine, PyResult, Thrown};

const WHY: &str = "character maps to <undefined>";

/// What a mapping has for a byte or a code point.
enum Mapped {
    Undefined,
    Points(Vec<u32>),
    Bytes(Vec<u8>),
}

pub fn decode_table(
    vm: &mut Machine,
    map: &'static Charmap,
    data: &[u8],
    errors: Obj,
) -> PyResult<Decoded> {
    decode_with(vm, data, errors, |_, byte| {
        Ok(match map.points[usize::from(byte)] {
            UNDEFINED => Mapped::Undefined,
            point => Mapped::Points(vec![point]),
        })
    })
}

fn decode_with(
    vm: &mut Machine,
    data: &[u8],
    errors: Obj,
    mut look_up: impl FnMut(&mut Machine, u8) -> PyResult<Mapped>,
) -> PyResult<Decoded> {
    let mut points = Vec::with_capacity(data.len());
    let mut data = std::borrow::Cow::Borrowed(data);
    let mut at = 0;
    while let Some(byte) = data.get(at).copied() {
        match look_up(vm, byte)? {
            Mapped::Points(found) => {
                points.extend(found);
                at += 1;
            }
            _ => {
                let trouble = Trouble {
                    codec: "charmap",
                    start: at,
                    end: at + 1,
                    why: WHY,
                };
                at = vm.decode_trouble(trouble, data.to_mut(), errors, &mut points)?;
            }
        }
    }
    Ok(Decoded {
        points,
        consumed: at,
    })
}

pub fn encode_table(
    vm: &mut Machine,
    map: &'static Charmap,
    text: Obj,
    errors: Obj,
) -> PyResult<Vec<u8>> {
    encode_with(vm, text, errors, |_, point| {
        Ok(match map.bytes.get(&point) {
            Some(byte) => Mapped::Bytes(vec![*byte]),
            None => Mapped::Undefined,
        })
    })
}

fn encode_with(
    vm: &mut Machine,
    text: Obj,
    errors: Obj,
    mut look_up: impl FnMut(&mut Machine, u32) -> PyResult<Mapped>,
) -> PyResult<Vec<u8>> {
    let contents = vm.text_rc(text);
    let mut out = Vec::with_capacity(contents.len());
    let mut at = 0;
    while at < contents.len() {
        if let Mapped::Bytes(bytes) = look_up(vm, contents.point(at))? {
            out.extend(bytes);
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < contents.len()
            && matches!(look_up(vm, contents.point(end))?, Mapped::Undefined)
        {
            end += 1;
        }
        let trouble = Trouble {
            codec: "charmap",
            start: at,
            end,
            why: WHY,
        };
        let (replacement, next) = vm.encode_trouble(trouble, text, &contents, errors)?;
        match replacement {
            Replacement::Bytes(bytes) => out.extend(bytes),
            Replacement::Points(points) => {
                // The replacement is mapped too.
                for point in points {
                    match look_up(vm, point)? {
                        Mapped::Bytes(bytes) => out.extend(bytes),
                        _ => return vm.raise_encode_trouble(trouble, text),
                    }
                }
            }
        }
        at = next;
    }
    Ok(out)
}

/// `EncodingMap`: what `charmap_build` makes of a table of 256 characters.
#[derive(Clone)]
pub struct EncodingMap {
    bytes: HashMap<u32, u8>,
}

impl Native for EncodingMap {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static MAP_SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: &[
        Method::new("size", Arity::NoArgs, |vm, this, _| {
            let count = vm
                .heap
                .native::<EncodingMap>(this)
                .map_or(0, |map| map.bytes.len());
            Ok(vm.new_int(count as i64))
        })
        .doc("Return the size (in bytes) of this object"),
    ],
    ..TypeSpec::new("EncodingMap")
};

/// `charmap_build`: a map if the table is an ordinary one, else a dict.
pub fn build(vm: &mut Machine, table: &StrObj) -> PyResult<Obj> {
    let points: Vec<u32> = table.points().take(256).collect();
    let ordinary = points.len() == 256
        && points[0] == 0
        && points[1..].iter().all(|p| *p != 0 && *p <= 0xffff);
    if !ordinary {
        let dict = vm.new_dict();
        vm.hold(dict);
        for (byte, point) in points.into_iter().enumerate() {
            let key = vm.new_int(i64::from(point));
            let value = vm.new_int(byte as i64);
            let set = vm.dict_set(dict, key, value);
            vm.decref(key);
            vm.decref(value);
            if set.is_err() {
                return vm.let_go(set.map(|()| dict));
            }
        }
        return Ok(vm.unhold());
    }
    let bytes = points
        .into_iter()
        .enumerate()
        .filter(|(_, point)| *point != UNDEFINED)
        .map(|(byte, point)| (point, byte as u8))
        .collect();
    let class = vm.module_type(&MAP_SPEC);
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(EncodingMap { bytes }))),
    ))
}

/// An item of a mapping by number, owned; `None` if it has none (LookupError).
fn item(vm: &mut Machine, mapping: Obj, key: u32) -> PyResult<Option<Obj>> {
    let key = vm.new_int(i64::from(key));
    let found = vm.with_held(key, |vm, key| vm.get_item(mapping, key));
    match found {
        Ok(value) if value == vm.none => {
            vm.decref(value);
            Ok(None)
        }
        Ok(value) => Ok(Some(value)),
        Err(Thrown::Exception) if vm.pending_matches(vm.types.lookup_error) => {
            vm.clear_exception();
            Ok(None)
        }
        Err(thrown) => Err(thrown),
    }
}

/// `charmap_decode` with a str, a dict or anything indexed by bytes.
pub fn decode_mapping(
    vm: &mut Machine,
    data: &[u8],
    mapping: Obj,
    errors: Obj,
) -> PyResult<Decoded> {
    if let Payload::Str(table) = vm.heap.payload(mapping) {
        let table = table.clone();
        return decode_with(vm, data, errors, |_, byte| {
            let byte = usize::from(byte);
            let point = if byte < table.len() {
                table.point(byte)
            } else {
                UNDEFINED
            };
            Ok(match point {
                UNDEFINED => Mapped::Undefined,
                point => Mapped::Points(vec![point]),
            })
        });
    }
    decode_with(vm, data, errors, |vm, byte| {
        let Some(value) = item(vm, mapping, u32::from(byte))? else {
            return Ok(Mapped::Undefined);
        };
        let mapped = if let Some(text) = vm.heap.str(value) {
            let points: Vec<u32> = text.points().collect();
            Ok(match points[..] {
                [UNDEFINED] => Mapped::Undefined,
                _ => Mapped::Points(points),
            })
        } else if vm.is_int(value) {
            match vm.as_i64(value).filter(|n| (0..0x110000).contains(n)) {
                Some(n) if n as u32 == UNDEFINED => Ok(Mapped::Undefined),
                Some(n) => Ok(Mapped::Points(vec![n as u32])),
                None => vm.type_error("character mapping must be in range(0x110000)".to_string()),
            }
        } else {
            vm.type_error("character mapping must return integer, None or str".to_string())
        };
        vm.decref_raising(value, mapped)
    })
}

/// `charmap_encode` with an `EncodingMap`, a dict or anything indexed by code points.
pub fn encode_mapping(
    vm: &mut Machine,
    text: Obj,
    mapping: Obj,
    errors: Obj,
) -> PyResult<Vec<u8>> {
    encode_with(vm, text, errors, |vm, point| {
        if let Some(map) = vm.heap.native::<EncodingMap>(mapping) {
            return Ok(match map.bytes.get(&point) {
                Some(byte) => Mapped::Bytes(vec![*byte]),
                None => Mapped::Undefined,
            });
        }
        let Some(value) = item(vm, mapping, point)? else {
            return Ok(Mapped::Undefined);
        };
        let mapped = if let Some(bytes) = vm.heap.bytes_of(value) {
            Ok(Mapped::Bytes(bytes.data.to_vec()))
        } else if vm.is_int(value) {
            match vm.as_i64(value).and_then(|n| u8::try_from(n).ok()) {
                Some(byte) => Ok(Mapped::Bytes(vec![byte])),
                None => vm.type_error("character mapping must be in range(256)".to_string()),
            }
        } else {
            let name = vm.type_name(value);
            vm.type_error(format!(
                "character mapping must return integer, bytes or None, not {name}"
            ))
        };
        vm.decref_raising(value, mapped)
    })
}

