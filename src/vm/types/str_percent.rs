//! `'…' % values` (`PyUnicode_Format`). The parsing of a conversion and the layout of numbers serve bytes too.

use std::rc::Rc;

use rustpython_wtf8::{Wtf8, Wtf8Buf};

use super::float_format::{FloatFlags, format_float};
use super::format_spec::{MOST_WIDTH, push_fill, push_point};
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

/// One conversion specifier, read.
#[derive(Clone, Copy, Default, Debug)]
pub struct Conversion {
    pub left: bool,
    pub plus: bool,
    pub blank: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: usize,
    pub precision: Option<usize>,
    pub kind: u32,
}

/// Where the values come from (`struct unicode_formatter_t`).
pub struct Values {
    /// The right operand, borrowed.
    pub args: Obj,
    /// How many positional values; `None`: the operand is the only one.
    pub count: Option<usize>,
    pub next: usize,
    /// The operand can be indexed by name.
    pub mapping: bool,
    /// A value by name is in use: owned by the machine's stack.
    pub named: Obj,
}

impl Values {
    pub fn new(vm: &Machine, args: Obj, is_text: bool) -> Values {
        let count = vm.heap.tuple(args).map(<[Obj]>::len);
        let mapping = count.is_none() && !is_text && vm.slots_of(args).mp_subscript.is_some();
        Values {
            args,
            count,
            next: 0,
            mapping,
            named: NULL,
        }
    }

    /// The next value, borrowed (`unicode_format_getnextarg`).
    pub fn take(&mut self, vm: &mut Machine) -> PyResult<Obj> {
        if !self.named.is_null() {
            return Ok(std::mem::replace(&mut self.named, NULL));
        }
        let taken = match self.count {
            Some(count) if self.next < count => vm
                .heap
                .tuple(self.args)
                .and_then(|items| items.get(self.next).copied()),
            None if self.next == 0 => Some(self.args),
            _ => None,
        };
        match taken {
            Some(value) => {
                self.next += 1;
                Ok(value)
            }
            None => vm.type_error("not enough arguments for format string".to_string()),
        }
    }

    /// Whether positional values are left over.
    pub fn left_over(&self) -> bool {
        !self.mapping && self.next < self.count.unwrap_or(1)
    }
}

/// The format, as code points, and how far it is read.
pub struct Format<'a> {
    pub points: &'a [u32],
    pub at: usize,
}

impl Format<'_> {
    fn peek(&self) -> Option<char> {
        self.points
            .get(self.at)
            .map(|p| char::from_u32(*p).unwrap_or('\u{fffd}'))
    }

    /// The name in parentheses, if there is one.
    pub fn key(&mut self, vm: &mut Machine) -> PyResult<Option<(usize, usize)>> {
        if self.peek() != Some('(') {
            return Ok(None);
        }
        self.at += 1;
        let start = self.at;
        let mut depth = 1;
        while depth > 0 {
            match self.peek() {
                Some(')') => depth -= 1,
                Some('(') => depth += 1,
                Some(_) => {}
                None => return vm.value_error("incomplete format key"),
            }
            self.at += 1;
        }
        Ok(Some((start, self.at - 1)))
    }

    /// Flags, width, precision, length and kind, behind the key (`unicode_format_arg_parse`).
    pub fn conversion(&mut self, vm: &mut Machine, values: &mut Values) -> PyResult<Conversion> {
        let mut conversion = Conversion::default();
        while let Some(flag) = self.peek() {
            match flag {
                '-' => conversion.left = true,
                '+' => conversion.plus = true,
                ' ' => conversion.blank = true,
                '#' => conversion.alternate = true,
                '0' => conversion.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        if let Some(width) = self.number(vm, values, "width")? {
            conversion.left |= width < 0;
            conversion.width = width.unsigned_abs();
        }
        if self.peek() == Some('.') {
            self.at += 1;
            let precision = self.number(vm, values, "precision")?;
            conversion.precision = Some(precision.unwrap_or(0).max(0) as usize);
        }
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1;
        }
        match self.points.get(self.at) {
            Some(kind) => conversion.kind = *kind,
            None => return vm.value_error("incomplete format"),
        }
        self.at += 1;
        if conversion.width > MOST_WIDTH || conversion.precision.is_some_and(|p| p > MOST_WIDTH) {
            return vm.raise_bare(vm.types.memory_error);
        }
        Ok(conversion)
    }

    /// A width or precision: digits, or `*` for a value.
    fn number(
        &mut self,
        vm: &mut Machine,
        values: &mut Values,
        what: &str,
    ) -> PyResult<Option<isize>> {
        if self.peek() == Some('*') {
            self.at += 1;
            let value = values.take(vm)?;
            if !vm.is_int(value) {
                return vm.type_error("* wants int".to_string());
            }
            let limit = if what == "width" {
                i64::MAX
            } else {
                i64::from(i32::MAX)
            };
            return match vm.as_i64(value) {
                Some(value) if value <= limit => Ok(Some(value as isize)),
                Some(_) => vm.raise(
                    vm.types.overflow_error,
                    "Python int too large to convert to C int".to_string(),
                ),
                None if what == "width" => vm.raise(
                    vm.types.overflow_error,
                    "Python int too large to convert to C ssize_t".to_string(),
                ),
                None => vm.raise(
                    vm.types.overflow_error,
                    "Python int too large to convert to C int".to_string(),
                ),
            };
        }
        let limit = if what == "width" {
            isize::MAX
        } else {
            i32::MAX as isize
        };
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let digit = digit as isize;
            let so_far: isize = number.unwrap_or(0);
            if so_far > (limit - digit) / 10 {
                return vm.value_error(&format!("{what} too big"));
            }
            number = Some(so_far * 10 + digit);
            self.at += 1;
        }
        Ok(number)
    }
}

impl Machine {
    /// `text % args`
    pub fn str_percent(&mut self, text: Obj, args: Obj) -> PyResult<Obj> {
        let points: Vec<u32> = self.text_rc(text).points().collect();
        let mut format = Format {
            points: &points,
            at: 0,
        };
        let is_text = self.heap.str(args).is_some();
        let mut values = Values::new(self, args, is_text);
        let mut out = Wtf8Buf::new();
        let mut only = NULL;
        let mark = self.mark();
        while format.at < points.len() {
            let point = points[format.at];
            format.at += 1;
            if point != u32::from('%') {
                push_point(&mut out, point);
                continue;
            }
            let whole = out.is_empty();
            match self.percent_one(&mut format, &mut values, &mut out) {
                Ok(piece) => {
                    // A str that is all of the result is the result, as CPython's writer has it.
                    if whole && format.at == points.len() && !piece.is_null() {
                        only = piece;
                        self.hold_ref(piece);
                    }
                    if !piece.is_null() {
                        self.decref(piece);
                    }
                }
                Err(thrown) => {
                    self.release_raising(mark);
                    return Err(thrown);
                }
            }
        }
        if values.left_over() {
            self.release_raising(mark);
            return self
                .type_error("not all arguments converted during string formatting".to_string());
        }
        if !only.is_null() {
            return Ok(self.unhold());
        }
        if !points.is_empty() && !points.contains(&u32::from('%')) {
            return Ok(self.new_ref(text));
        }
        Ok(self.new_wtf8(out))
    }

    /// One conversion, behind its `%`. Answers the str that was put in unchanged, owned, or NULL.
    fn percent_one(
        &mut self,
        format: &mut Format,
        values: &mut Values,
        out: &mut Wtf8Buf,
    ) -> PyResult<Obj> {
        if format.peek() == Some('%') {
            format.at += 1;
            out.push_str("%");
            return Ok(NULL);
        }
        let mark = self.mark();
        if let Some((start, end)) = format.key(self)? {
            if !values.mapping {
                return self.type_error("format requires a mapping".to_string());
            }
            let key = self.new_str_obj(StrObj::from_points(
                format.points[start..end].iter().copied(),
            ));
            self.hold(key);
            let value = self.get_item(values.args, key);
            let key = self.unhold();
            values.named = self.decref_raising(key, value)?;
            // After a value by name there is no next one by place.
            values.next = 1;
            self.hold(values.named);
        }
        let result = self.percent_value(format, values, out);
        self.releasing(mark, result)
    }

    fn percent_value(
        &mut self,
        format: &mut Format,
        values: &mut Values,
        out: &mut Wtf8Buf,
    ) -> PyResult<Obj> {
        let conversion = format.conversion(self, values)?;
        let kind = char::from_u32(conversion.kind).unwrap_or('\u{fffd}');
        let value = values.take(self)?;
        match kind {
            's' | 'r' | 'a' => {
                let text = match kind {
                    's' => self.str_of(value)?,
                    'r' => self.repr(value)?,
                    _ => self.ascii(value)?,
                };
                let contents = self.text_rc(text);
                if lay_out_text(&conversion, &contents, out) {
                    return Ok(text);
                }
                self.decref(text);
            }
            'i' | 'd' | 'u' | 'o' | 'x' | 'X' => {
                let digits = self.percent_int(value, kind, &conversion)?;
                lay_out_number(&conversion, &digits, out);
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let digits = self.percent_float(value, kind, &conversion)?;
                lay_out_number(&conversion, &digits, out);
            }
            'c' => {
                let point = self.percent_char(value)?;
                let text = StrObj::from_points([point]);
                lay_out_text(
                    &Conversion {
                        precision: None,
                        ..conversion
                    },
                    &Rc::new(text),
                    out,
                );
            }
            _ => return self.unsupported_kind(&conversion, format.at - 1),
        }
        Ok(NULL)
    }

    /// "unsupported format character"
    pub fn unsupported_kind<T>(&mut self, conversion: &Conversion, at: usize) -> PyResult<T> {
        let shown = match conversion.kind {
            31..127 => char::from_u32(conversion.kind).unwrap_or('?'),
            _ => '?',
        };
        self.value_error(&format!(
            "unsupported format character '{shown}' (0x{:x}) at index {at}",
            conversion.kind
        ))
    }

    /// The character of `%c`.
    fn percent_char(&mut self, value: Obj) -> PyResult<u32> {
        if let Some(text) = self.heap.str(value) {
            if text.len() == 1 {
                return Ok(text.point(0));
            }
            return self.type_error("%c requires int or char".to_string());
        }
        if !self.is_int(value) && self.slots_of(value).nb_index.is_none() {
            return self.type_error("%c requires int or char".to_string());
        }
        let index = self.number_index(value)?;
        let code = self.as_i64(index);
        self.decref(index);
        match code
            .and_then(|c| u32::try_from(c).ok())
            .filter(|c| *c < 0x110000)
        {
            Some(point) => Ok(point),
            None => self.raise(
                self.types.overflow_error,
                "%c arg not in range(0x110000)".to_string(),
            ),
        }
    }

    /// Digits of `%d` and its like, with sign and with the prefix of `#` (`mainformatlong`, `_PyUnicode_FormatLong`).
    pub fn percent_int(
        &mut self,
        value: Obj,
        kind: char,
        conversion: &Conversion,
    ) -> PyResult<String> {
        let int = self.percent_int_object(value, kind)?;
        let base = match kind {
            'o' | 'x' | 'X' => kind,
            _ => 'd',
        };
        let digits = self.int_digits_checked(int, base);
        let (negative, digits) = self.with_held(int, |_, _| digits)?;
        let prefix = match (conversion.alternate, base) {
            (true, 'o') => "0o",
            (true, 'x') => "0x",
            (true, 'X') => "0X",
            _ => "",
        };
        let least = conversion.precision.unwrap_or(0);
        if prefix.is_empty() && digits.len() >= least {
            return Ok(match negative {
                true => format!("-{digits}"),
                false => digits,
            });
        }
        let zeros = "0".repeat(least.saturating_sub(digits.len()));
        Ok(format!(
            "{}{prefix}{zeros}{digits}",
            if negative { "-" } else { "" }
        ))
    }

    /// The value as an int, owned.
    fn percent_int_object(&mut self, value: Obj, kind: char) -> PyResult<Obj> {
        if self.is_int(value) {
            return Ok(self.new_ref(value));
        }
        let based = matches!(kind, 'o' | 'x' | 'X');
        let slots = self.slots_of(value);
        let is_number =
            slots.nb_index.is_some() || slots.nb_int.is_some() || slots.nb_float.is_some();
        if is_number {
            let int = if based {
                self.number_index(value)
            } else {
                self.number_long(value)
            };
            match int {
                Ok(int) => return Ok(int),
                Err(_) if self.pending_matches(self.types.type_error) => self.clear_exception(),
                Err(thrown) => return Err(thrown),
            }
        }
        let name = self.type_name(value);
        let wanted = if based { "an integer" } else { "a real number" };
        self.type_error(format!("%{kind} format: {wanted} is required, not {name}"))
    }

    /// Digits of `%f` and its like.
    pub fn percent_float(
        &mut self,
        value: Obj,
        kind: char,
        conversion: &Conversion,
    ) -> PyResult<String> {
        let float = self.as_f64(value)?;
        let flags = FloatFlags {
            alternate: conversion.alternate,
            ..FloatFlags::default()
        };
        Ok(format_float(
            float,
            kind,
            conversion.precision.unwrap_or(6),
            flags,
        ))
    }
}

/// Cuts to the precision and pads; whether it went in as it was.
fn lay_out_text(conversion: &Conversion, text: &StrObj, out: &mut Wtf8Buf) -> bool {
    let shown = conversion
        .precision
        .map_or(text.len(), |p| p.min(text.len()));
    let missing = conversion.width.saturating_sub(shown);
    if !conversion.left {
        push_fill(out, u32::from(' '), missing);
    }
    let part: &Wtf8 = text.wtf8();
    out.push_wtf8(&part[..text.byte_of(shown)]);
    if conversion.left {
        push_fill(out, u32::from(' '), missing);
    }
    missing == 0 && shown == text.len()
}

/// Sign, prefix, zeros and padding of a number (`unicode_format_arg_output`).
pub fn number_text(conversion: &Conversion, number: &str) -> String {
    let (mut sign, mut body) = match number.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", number),
    };
    if sign.is_empty() {
        sign = if conversion.plus {
            "+"
        } else if conversion.blank {
            " "
        } else {
            ""
        };
    }
    let mut prefix = "";
    if conversion.alternate && matches!(char::from_u32(conversion.kind), Some('x' | 'X' | 'o')) {
        (prefix, body) = body.split_at(2);
    }
    let missing = conversion
        .width
        .saturating_sub(sign.len() + prefix.len() + body.len());
    // Rust's own padding ends at 65,535.
    let padding = |fill: &str| fill.repeat(missing);
    match (conversion.left, conversion.zero) {
        (true, _) => format!("{sign}{prefix}{body}{}", padding(" ")),
        (false, true) => format!("{sign}{prefix}{}{body}", padding("0")),
        (false, false) => format!("{}{sign}{prefix}{body}", padding(" ")),
    }
}

fn lay_out_number(conversion: &Conversion, number: &str, out: &mut Wtf8Buf) {
    out.push_str(&number_text(conversion, number));
}
