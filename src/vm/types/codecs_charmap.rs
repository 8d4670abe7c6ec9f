//! Encodings of one byte a character, by a table: the tables (`charmaps.txt`, recorded from CPython), and `charmap_encode`,
//! `charmap_decode` with any mapping (`PyUnicode_EncodeCharmap`, `PyUnicode_DecodeCharmap`).
//!
//! A line of `charmaps.txt` is a codec: its name, then code points in hexadecimal for bytes 0 to 255; `X*N` stands for N of them
//! that follow each other, `-` for none. A line of `encoding_aliases.txt` is a codec's module and its aliases.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::codecs::Decoded;
use super::codecs_handlers::{Replacement, Trouble};
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Machine, PyResult, Thrown};

/// The code point that a table has where there is none.
const UNDEFINED: u32 = 0xfffe;
const WHY: &str = "character maps to <undefined>";

/// A table in both directions.
#[derive(Debug)]
pub struct Charmap {
    pub name: &'static str,
    pub points: [u32; 256],
    bytes: HashMap<u32, u8>,
}

impl PartialEq for Charmap {
    fn eq(&self, other: &Charmap) -> bool {
        self.name == other.name
    }
}

impl Eq for Charmap {}

/// Aliases of encodings and the modules they stand for, in CPython's order.
pub fn aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("encoding_aliases.txt").lines().flat_map(|line| {
        let mut words = line.split(' ');
        let module = words.next().unwrap_or("");
        words.map(move |alias| (alias, module))
    })
}

fn read_table(line: &'static str) -> Charmap {
    let mut words = line.split(' ');
    let name = words.next().unwrap_or("");
    let mut points = [UNDEFINED; 256];
    let mut at = 0;
    for word in words {
        let (first, count) = word.split_once('*').unwrap_or((word, "1"));
        let count: usize = count.parse().expect("a count in charmaps.txt is a number");
        for n in 0..count {
            if let Ok(first) = u32::from_str_radix(first, 16) {
                points[at] = first + n as u32;
            }
            at += 1;
        }
    }
    // Of two bytes for the same character the later is written.
    let bytes = points
        .iter()
        .enumerate()
        .filter(|(_, point)| **point != UNDEFINED)
        .map(|(byte, point)| (*point, byte as u8))
        .collect();
    Charmap {
        name,
        points,
        bytes,
    }
}

impl Charmap {
    /// The table of a name that is normalised already; aliases too.
    pub fn find(name: &str) -> Option<&'static Charmap> {
        static TABLES: OnceLock<HashMap<&'static str, Charmap>> = OnceLock::new();
        static ALIASES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
        let tables = TABLES.get_or_init(|| {
            let tables = include_str!("charmaps.txt").lines().map(read_table);
            tables.map(|table| (table.name, table)).collect()
        });
        let aliases = ALIASES.get_or_init(|| aliases().collect());
        let plain = name.replace('.', "_");
        let module = aliases
            .get(name)
            .or_else(|| aliases.get(plain.as_str()))
            .copied()
            .unwrap_or(name);
        tables.get(module)
    }

    /// The character of a byte; `None` if the table has none.
    pub fn character(&self, byte: u8) -> Option<char> {
        let point = self.points[usize::from(byte)];
        (point != UNDEFINED)
            .then(|| char::from_u32(point))
            .flatten()
    }
}

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
    let class = vm.make_core_type(&MAP_SPEC);
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

