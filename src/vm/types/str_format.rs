//! `str.format` and `format_map`: replacement fields with attributes, indices, conversions and nested specifiers
//! (`Objects/stringlib/unicode_format.h`). `string.Formatter` uses the same parser (`parse_markup`, `split_field_name`).

use std::rc::Rc;

use rustpython_wtf8::Wtf8Buf;

use super::format_spec::push_point;
use super::unicode_data::decimal_value;
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

/// Fields inside specifiers inside fields: this deep.
const DEPTH: u32 = 2;

/// A stretch of code points.
type Part = std::ops::Range<usize>;

/// How fields without a name are numbered (`AutoNumber`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Unknown,
    Automatic,
    Manual,
}

/// What `format` was called with. All borrowed.
#[derive(Clone, Copy)]
struct Values {
    args: Args,
    /// `format_map`'s mapping; NULL for `format`.
    mapping: Obj,
}

struct Formatter {
    values: Values,
    numbering: Numbering,
    next: usize,
}

/// A replacement field as it is written.
pub struct Field {
    pub name: Part,
    pub spec: Part,
    pub spec_has_fields: bool,
    pub conversion: Option<u32>,
}

/// Reads one literal and the field behind it, if any (`MarkupIterator_next`). Errors are messages of a ValueError.
pub fn parse_markup(
    points: &[u32],
    at: &mut usize,
    end: usize,
) -> Result<(Part, Option<Field>), String> {
    let (open, close) = (u32::from('{'), u32::from('}'));
    let start = *at;
    let mut bracket = None;
    while *at < end {
        let point = points[*at];
        *at += 1;
        if point == open || point == close {
            bracket = Some(point);
            break;
        }
    }
    let Some(bracket) = bracket else {
        return Ok((start..end, None));
    };
    let next = points[..end].get(*at).copied();
    if bracket == close && next != Some(close) {
        return Err("Single '}' encountered in format string".to_string());
    }
    if bracket == open && next.is_none() {
        return Err("Single '{' encountered in format string".to_string());
    }
    if next == Some(bracket) {
        // Doubled: one of them is literal.
        *at += 1;
        return Ok((start..*at - 1, None));
    }
    let literal = start..*at - 1;
    let field = parse_field(points, at, end)?;
    Ok((literal, Some(field)))
}

/// `parse_field`
fn parse_field(points: &[u32], at: &mut usize, end: usize) -> Result<Field, String> {
    let start = *at;
    let mut last = '\0';
    while *at < end {
        last = char::from_u32(points[*at]).unwrap_or('\u{fffd}');
        *at += 1;
        match last {
            '{' => return Err("unexpected '{' in field name".to_string()),
            '[' => {
                while *at < end && points[*at] != u32::from(']') {
                    *at += 1;
                }
            }
            '}' | ':' | '!' => break,
            _ => {}
        }
    }
    if !matches!(last, '}' | ':' | '!') {
        return Err("expected '}' before end of string".to_string());
    }
    let mut field = Field {
        name: start..*at - 1,
        spec: *at..*at,
        spec_has_fields: false,
        conversion: None,
    };
    if last == '}' {
        return Ok(field);
    }
    if last == '!' {
        if *at >= end {
            return Err("end of string while looking for conversion specifier".to_string());
        }
        field.conversion = Some(points[*at]);
        *at += 1;
        if *at < end {
            let follows = char::from_u32(points[*at]);
            *at += 1;
            match follows {
                Some('}') => {
                    field.spec = *at..*at;
                    return Ok(field);
                }
                Some(':') => {}
                _ => return Err("expected ':' after conversion specifier".to_string()),
            }
        }
    }
    let start = *at;
    let mut depth = 1;
    while *at < end {
        let point = char::from_u32(points[*at]);
        *at += 1;
        match point {
            Some('{') => {
                field.spec_has_fields = true;
                depth += 1;
            }
            Some('}') => {
                depth -= 1;
                if depth == 0 {
                    field.spec = start..*at - 1;
                    return Ok(field);
                }
            }
            _ => {}
        }
    }
    Err("unmatched '{' in format spec".to_string())
}

/// A run of digits that is all of a part, as a number (`get_integer`).
pub fn as_index(points: &[u32]) -> Result<Option<usize>, String> {
    if points.is_empty() {
        return Ok(None);
    }
    let mut value = 0usize;
    for point in points {
        let Some(digit) = decimal_value(*point) else {
            return Ok(None);
        };
        let next = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit as usize))
            .filter(|v| *v <= isize::MAX as usize);
        value = next.ok_or("Too many decimal digits in format string")?;
    }
    Ok(Some(value))
}

/// One step of a field's name behind the first part.
pub enum Step {
    Attribute(Part),
    Index(usize),
    Key(Part),
}

/// Where the first part of a field's name ends.
pub fn first_end(points: &[u32], name: &Part) -> usize {
    let is_end = |p: &u32| *p == u32::from('.') || *p == u32::from('[');
    points[name.clone()]
        .iter()
        .position(is_end)
        .map_or(name.end, |n| name.start + n)
}

/// The next step of a name (`FieldNameIterator_next`).
pub fn next_step(points: &[u32], at: &mut usize, end: usize) -> Result<Option<Step>, String> {
    if *at >= end {
        return Ok(None);
    }
    let kind = char::from_u32(points[*at]);
    *at += 1;
    let start = *at;
    let step = match kind {
        Some('.') => {
            *at = first_end(points, &(start..end));
            Step::Attribute(start..*at)
        }
        Some('[') => {
            let Some(len) = points[start..end].iter().position(|p| *p == u32::from(']')) else {
                return Err("Missing ']' in format string".to_string());
            };
            *at = start + len + 1;
            match as_index(&points[start..start + len])? {
                Some(index) => Step::Index(index),
                None => Step::Key(start..start + len),
            }
        }
        _ => return Err("Only '.' or '[' may follow ']' in format field specifier".to_string()),
    };
    match &step {
        Step::Attribute(part) | Step::Key(part) if part.is_empty() => {
            Err("Empty attribute in format string".to_string())
        }
        _ => Ok(Some(step)),
    }
}

pub fn format(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    run(
        vm,
        this,
        Values {
            args,
            mapping: NULL,
        },
    )
}

pub fn format_map(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let mapping = args.get(vm, 0);
    run(
        vm,
        this,
        Values {
            args: Args::none(),
            mapping,
        },
    )
}

fn run(vm: &mut Machine, this: Obj, values: Values) -> PyResult<Obj> {
    let points: Vec<u32> = vm.text_rc(this).points().collect();
    if !points.is_empty() && !points.iter().any(|p| *p == u32::from('{') || *p == u32::from('}')) {
        // A literal that is all of the result is the result.
        return Ok(vm.new_ref(this));
    }
    let mut formatter = Formatter {
        values,
        numbering: Numbering::Unknown,
        next: 0,
    };
    formatter.build(vm, &points, 0..points.len(), DEPTH)
}

impl Formatter {
    /// `build_string`, `do_markup`
    fn build(&mut self, vm: &mut Machine, points: &[u32], part: Part, depth: u32) -> PyResult<Obj> {
        if depth == 0 {
            return vm.value_error("Max string recursion exceeded");
        }
        let mut out = Wtf8Buf::new();
        let mut at = part.start;
        while at < part.end {
            let parsed = parse_markup(points, &mut at, part.end);
            let (literal, field) = or_value_error(vm, parsed)?;
            points[literal]
                .iter()
                .for_each(|p| push_point(&mut out, *p));
            if let Some(field) = field {
                let text = self.field_text(vm, points, &field, depth)?;
                // A str that is all of the result is the result, as CPython's writer has it.
                if out.is_empty() && at >= part.end {
                    return Ok(text);
                }
                out.push_wtf8(vm.text_rc(text).wtf8());
                vm.decref(text);
            }
        }
        Ok(vm.new_wtf8(out))
    }

    /// `output_markup`: an owned str.
    fn field_text(
        &mut self,
        vm: &mut Machine,
        points: &[u32],
        field: &Field,
        depth: u32,
    ) -> PyResult<Obj> {
        let mark = vm.mark();
        let value = self.field_value(vm, points, field)?;
        vm.hold(value);
        let result = self.convert_and_format(vm, points, field, value, depth);
        vm.releasing(mark, result)
    }

    fn convert_and_format(
        &mut self,
        vm: &mut Machine,
        points: &[u32],
        field: &Field,
        value: Obj,
        depth: u32,
    ) -> PyResult<Obj> {
        let value = match field.conversion {
            None => value,
            Some(conversion) => {
                let converted = convert(vm, value, conversion)?;
                vm.hold(converted)
            }
        };
        if field.spec.is_empty() {
            return vm.format_object(value, NULL);
        }
        let spec = match field.spec_has_fields {
            true => self.build(vm, points, field.spec.clone(), depth - 1)?,
            false => vm.new_str_obj(StrObj::from_points(
                points[field.spec.clone()].iter().copied(),
            )),
        };
        vm.hold(spec);
        let result = vm.format_object(value, spec);
        let spec = vm.unhold();
        vm.decref_raising(spec, result)
    }

    /// The object that a field's name means, owned (`get_field_object`).
    fn field_value(&mut self, vm: &mut Machine, points: &[u32], field: &Field) -> PyResult<Obj> {
        let first_end = first_end(points, &field.name);
        let first = field.name.start..first_end;
        let index = as_index(&points[first.clone()]);
        let index = or_value_error(vm, index)?;
        let index = self.number(vm, index, first.is_empty())?;
        let mut value = match index {
            None => self.keyword(vm, &points[first])?,
            Some(index) => self.positional(vm, index)?,
        };
        let mut at = first_end;
        loop {
            let step = next_step(points, &mut at, field.name.end);
            let step = match or_value_error(vm, step) {
                Ok(Some(step)) => step,
                Ok(None) => return Ok(value),
                Err(thrown) => return vm.decref_raising(value, Err(thrown)),
            };
            vm.hold(value);
            let next = take_step(vm, points, value, step);
            let old = vm.unhold();
            value = vm.decref_raising(old, next)?;
        }
    }

    /// Numbers fields without a name; refuses to mix both ways (`autonumber_state_error`).
    fn number(
        &mut self,
        vm: &mut Machine,
        index: Option<usize>,
        empty: bool,
    ) -> PyResult<Option<usize>> {
        if index.is_none() && !empty {
            return Ok(None);
        }
        let wanted = if empty {
            Numbering::Automatic
        } else {
            Numbering::Manual
        };
        match (self.numbering, wanted) {
            (Numbering::Manual, Numbering::Automatic) => {
                return vm.value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                );
            }
            (Numbering::Automatic, Numbering::Manual) => {
                return vm.value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                );
            }
            _ => self.numbering = wanted,
        }
        if !empty {
            return Ok(index);
        }
        self.next += 1;
        Ok(Some(self.next - 1))
    }

    fn positional(&self, vm: &mut Machine, index: usize) -> PyResult<Obj> {
        if !self.values.mapping.is_null() {
            return vm.value_error("Format string contains positional fields");
        }
        match self.values.args.get(vm, index).some() {
            Some(value) => Ok(vm.new_ref(value)),
            None => vm.raise(
                vm.types.index_error,
                format!("Replacement index {index} out of range for positional args tuple"),
            ),
        }
    }

    fn keyword(&self, vm: &mut Machine, name: &[u32]) -> PyResult<Obj> {
        let text = Rc::new(StrObj::from_points(name.iter().copied()));
        let key = vm.new_str_obj((*text).clone());
        if !self.values.mapping.is_null() {
            vm.hold(key);
            let value = vm.get_item(self.values.mapping, key);
            let key = vm.unhold();
            return vm.decref_raising(key, value);
        }
        let keywords = self.values.args.keywords(vm);
        let found = keywords
            .iter()
            .find(|(name, _)| vm.heap.str(*name).is_some_and(|n| *n == text));
        let value = match found {
            Some((_, value)) => Ok(vm.new_ref(*value)),
            None => vm.raise_args(vm.types.key_error, key),
        };
        vm.decref_raising(key, value)
    }
}

fn or_value_error<T>(vm: &mut Machine, result: Result<T, String>) -> PyResult<T> {
    match result {
        Ok(value) => Ok(value),
        Err(message) => vm.value_error(&message),
    }
}

/// `!s`, `!r`, `!a` (`do_conversion`).
fn convert(vm: &mut Machine, value: Obj, conversion: u32) -> PyResult<Obj> {
    match char::from_u32(conversion) {
        Some('s') => vm.str_of(value),
        Some('r') => vm.repr(value),
        Some('a') => vm.ascii(value),
        Some(c) if (33..127).contains(&conversion) => {
            vm.value_error(&format!("Unknown conversion specifier {c}"))
        }
        _ => vm.value_error(&format!("Unknown conversion specifier \\x{conversion:x}")),
    }
}

fn take_step(vm: &mut Machine, points: &[u32], value: Obj, step: Step) -> PyResult<Obj> {
    match step {
        Step::Attribute(part) => {
            let name = StrObj::from_points(points[part].iter().copied());
            let name = vm.intern_str(name);
            vm.with_held(name, |vm, name| vm.get_attr(value, name))
        }
        Step::Key(part) => {
            let key = vm.new_str_obj(StrObj::from_points(points[part].iter().copied()));
            vm.with_held(key, |vm, key| vm.get_item(value, key))
        }
        Step::Index(index) => {
            let key = vm.new_int(index as i64);
            vm.with_held(key, |vm, key| vm.get_item(value, key))
        }
    }
}
