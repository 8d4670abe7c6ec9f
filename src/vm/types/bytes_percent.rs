//! `b'…' % values` (`_PyBytes_FormatEx`): what differs from `str_percent.rs`, whose parsing and number layout it uses.

use super::str_percent::{Conversion, Format, Values, number_text};
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

/// The formatted bytes.
pub fn bytes_percent(vm: &mut Machine, this: Obj, args: Obj) -> PyResult<Vec<u8>> {
    let points: Vec<u32> = vm
        .buffer(this)
        .map_or_else(Vec::new, |d| d.iter().map(|b| u32::from(*b)).collect());
    let mut format = Format {
        points: &points,
        at: 0,
    };
    let is_bytes =
        vm.heap.bytes_of(args).is_some() || vm.is_bytearray(args) || vm.heap.str(args).is_some();
    let mut values = Values::new(vm, args, is_bytes);
    let mut out = Vec::new();
    while format.at < points.len() {
        let point = points[format.at];
        format.at += 1;
        if point != u32::from('%') {
            out.push(point as u8);
            continue;
        }
        if points.get(format.at) == Some(&u32::from('%')) {
            format.at += 1;
            out.push(b'%');
            continue;
        }
        let mark = vm.mark();
        let result = one(vm, &mut format, &mut values, &mut out);
        vm.release_raising(mark);
        result?;
    }
    if values.left_over() {
        return vm.type_error("not all arguments converted during bytes formatting".to_string());
    }
    Ok(out)
}

fn one(
    vm: &mut Machine,
    format: &mut Format,
    values: &mut Values,
    out: &mut Vec<u8>,
) -> PyResult<()> {
    if let Some((start, end)) = format.key(vm)? {
        if !values.mapping {
            return vm.type_error("format requires a mapping".to_string());
        }
        let key = vm.new_bytes(format.points[start..end].iter().map(|p| *p as u8).collect());
        vm.hold(key);
        let value = vm.get_item(values.args, key);
        let key = vm.unhold();
        values.named = vm.decref_raising(key, value)?;
        // After a value by name there is no next one by place.
        values.next = 1;
        vm.hold(values.named);
    }
    let conversion = format.conversion(vm, values)?;
    let value = values.take(vm)?;
    match char::from_u32(conversion.kind).unwrap_or('\u{fffd}') {
        'r' | 'a' => {
            let text = vm.ascii(value)?;
            let bytes = vm.text_rc(text).bytes().to_vec();
            vm.decref(text);
            lay_out(&conversion, &bytes, out);
        }
        's' | 'b' => {
            let bytes = bytes_value(vm, value)?;
            lay_out(&conversion, &bytes, out);
        }
        'c' => {
            let byte = byte_value(vm, value)?;
            lay_out(
                &Conversion {
                    precision: None,
                    ..conversion
                },
                &[byte],
                out,
            );
        }
        kind @ ('i' | 'd' | 'u' | 'o' | 'x' | 'X') => {
            let kind = if kind == 'i' { 'd' } else { kind };
            let digits = vm.percent_int(value, kind, &conversion)?;
            out.extend_from_slice(number_text(&conversion, &digits).as_bytes());
        }
        kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G') => {
            let digits = float_digits(vm, value, kind, &conversion)?;
            out.extend_from_slice(number_text(&conversion, &digits).as_bytes());
        }
        _ => return vm.unsupported_kind(&conversion, format.at - 1),
    }
    Ok(())
}

fn float_digits(
    vm: &mut Machine,
    value: Obj,
    kind: char,
    conversion: &Conversion,
) -> PyResult<String> {
    match vm.percent_float(value, kind, conversion) {
        Err(_) if vm.pending_matches(vm.types.type_error) => {
            vm.clear_exception();
            let name = vm.type_name(value);
            vm.type_error(format!("float argument required, not {name}"))
        }
        result => result,
    }
}

/// What `%b` puts in (`format_obj`).
fn bytes_value(vm: &mut Machine, value: Obj) -> PyResult<Vec<u8>> {
    if vm.heap.ty(value) != vm.types.bytes
        && !vm.is_bytearray(value)
        && let Some(made) = vm.bytes_by_method(value)?
    {
        let bytes = vm.buffer(made).map_or_else(Vec::new, |d| d.to_vec());
        vm.decref(made);
        return Ok(bytes);
    }
    match vm.buffer(value) {
        Some(data) => Ok(data.to_vec()),
        None => {
            let name = vm.type_name(value);
            vm.type_error(format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'"))
        }
    }
}

/// The byte of `%c`.
fn byte_value(vm: &mut Machine, value: Obj) -> PyResult<u8> {
    const WANTED: &str = "%c requires an integer in range(256) or a single byte";
    let is_bytes = vm.heap.bytes_of(value).is_some() || vm.is_bytearray(value);
    if is_bytes {
        return match vm.buffer(value).as_deref() {
            Some([byte]) => Ok(*byte),
            _ => vm.type_error(WANTED.to_string()),
        };
    }
    if !vm.is_int(value) && vm.slots_of(value).nb_index.is_none() {
        return vm.type_error(WANTED.to_string());
    }
    match u8::try_from(vm.index_clamped(value, NULL)?) {
        Ok(byte) => Ok(byte),
        Err(_) => vm.raise(
            vm.types.overflow_error,
            "%c arg not in range(256)".to_string(),
        ),
    }
}

/// Cuts to the precision and pads.
fn lay_out(conversion: &Conversion, bytes: &[u8], out: &mut Vec<u8>) {
    let shown = &bytes[..conversion
        .precision
        .map_or(bytes.len(), |p| p.min(bytes.len()))];
    let missing = conversion.width.saturating_sub(shown.len());
    if !conversion.left {
        out.resize(out.len() + missing, b' ');
    }
    out.extend_from_slice(shown);
    if conversion.left {
        out.resize(out.len() + missing, b' ');
    }
}
