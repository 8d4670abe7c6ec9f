//! `__format__` of str, int, float and complex, and `format()` itself (`PyObject_Format`).
//!
//! The mini-language is parsed and laid out in `format_spec.rs`, digits come from `float_format.rs`. The rows of the method
//! tables (`str.rs`, `int.rs`, …) name `str_format`, `int_format`, `float_format`, `complex_format`.

use std::rc::Rc;

use num_bigint::{BigInt, Sign};
use rustpython_wtf8::Wtf8Buf;

use super::float_format::{FloatFlags, format_float};
use super::format_spec::{FormatSpec, Grouping, MOST_WIDTH, Number, SpecResult, push_point};
use crate::heap::payload::StrObj;
use crate::heap::{Obj, Payload};
use crate::vm::{Args, Machine, PyResult};

impl Machine {
    /// The conversion of FORMAT_VALUE: `!s`, `!r`, `!a`.
    pub fn convert_value(&mut self, value: Obj, conversion: u32) -> PyResult<Obj> {
        match conversion {
            1 => self.str_of(value),
            2 => self.repr(value),
            _ => self.ascii(value),
        }
    }

    /// FORMAT_VALUE behind its conversion: a str without a specifier is its own text.
    pub fn format_value(&mut self, value: Obj, spec: Obj) -> PyResult<Obj> {
        if spec.is_null() && self.heap.ty(value) == self.types.str {
            return Ok(self.new_ref(value));
        }
        self.format_object(value, spec)
    }

    /// Drops a reference after a call, keeping its exception if there is one. An interrupt leaves everything as it is.
    pub(in crate::vm) fn decref_raising<T: 'static>(&mut self, o: Obj, result: PyResult<T>) -> PyResult<T> {
        if self.interrupt.is_some() {
            return result;
        }
        if result.is_ok() {
            self.keeping(&result, |vm| vm.decref(o));
            return result;
        }
        let saved = self.take_exception();
        self.decref(o);
        self.restore_exception(saved);
        result
    }

    /// `format(value, spec)`; the specifier may be NULL (`PyObject_Format`).
    pub fn format_object(&mut self, value: Obj, spec: Obj) -> PyResult<Obj> {
        let text = match spec.some() {
            None => Rc::new(StrObj::from_str("")),
            Some(spec) => match self.heap.str(spec) {
                Some(text) => text.clone(),
                None => {
                    let name = self.type_name(spec);
                    return self.raise(
                        self.types.system_error,
                        format!("Format specifier must be a string, not {name}"),
                    );
                }
            },
        };
        let ty = self.heap.ty(value);
        if ty == self.types.str {
            return if text.is_empty() {
                Ok(self.new_ref(value))
            } else {
                self.format_text(value, &text)
            };
        } else if ty == self.types.int {
            return if text.is_empty() {
                self.str_of(value)
            } else {
                self.format_int(value, &text)
            };
        } else if ty == self.types.float {
            return if text.is_empty() {
                self.str_of(value)
            } else {
                self.format_float(value, &text)
            };
        }
        self.format_by_method(value, if spec.is_null() { self.empty_str } else { spec })
    }

    fn format_by_method(&mut self, value: Obj, spec: Obj) -> PyResult<Obj> {
        // A bound method, as `_PyObject_LookupSpecial` makes it: it counts the object once more.
        let Some(method) = self.lookup_special(value, self.names.__format__)? else {
            let name = self.type_name(value);
            return self.type_error(format!("Type {name} doesn't define __format__"));
        };
        let mark = self.mark();
        self.hold(method);
        let result = self.call(method, &[spec]);
        self.release_raising(mark);
        let result = result?;
        if self.heap.str(result).is_none() {
            let name = self.type_name(result);
            let error = self.type_error(format!("__format__ must return a str, not {name}"));
            return self.decref_raising(result, error);
        }
        Ok(result)
    }

    fn spec_result<T>(&mut self, result: SpecResult<T>) -> PyResult<T> {
        match result {
            Ok(value) => Ok(value),
            Err(message) => self.value_error(&message),
        }
    }

    /// Parses a specifier; a width that no memory holds is refused here.
    fn parse_spec(&mut self, spec: &StrObj, kind: char, align: char) -> PyResult<FormatSpec> {
        let points: Vec<u32> = spec.points().collect();
        let parsed = FormatSpec::parse(&points, kind, align);
        let parsed = self.spec_result(parsed)?;
        if parsed.width.is_some_and(|w| w > MOST_WIDTH) {
            return self.raise_bare(self.types.memory_error);
        }
        Ok(parsed)
    }

    /// A str (subclasses too) by a specifier that is not empty.
    fn format_text(&mut self, value: Obj, spec: &StrObj) -> PyResult<Obj> {
        let spec = self.parse_spec(spec, 's', '<')?;
        let text = self
            .heap
            .str(value)
            .expect("the caller made sure of a str")
            .clone();
        let laid_out = match spec.kind_char() {
            's' => spec.lay_out_text(text.wtf8(), text.len()),
            _ => spec.unknown_kind(&self.type_name(value)),
        };
        let laid_out = self.spec_result(laid_out)?;
        // Neither filled up nor cut off it is the object itself, as CPython's writer has it.
        if !laid_out.is_empty() && laid_out.as_bytes() == text.wtf8().as_bytes() {
            return Ok(self.new_ref(value));
        }
        Ok(self.new_wtf8(laid_out))
    }

    /// An int (subclasses too) by a specifier that is not empty (`_PyLong_FormatAdvancedWriter`).
    fn format_int(&mut self, value: Obj, spec: &StrObj) -> PyResult<Obj> {
        let spec = self.parse_spec(spec, 'd', '>')?;
        match spec.kind_char() {
            'c' => self.format_character(value, &spec),
            'b' | 'd' | 'o' | 'x' | 'X' | 'n' => {
                if spec.precision.is_some() {
                    return self.value_error("Precision not allowed in integer format specifier");
                }
                let (negative, digits) = self.int_digits_checked(value, spec.kind_char())?;
                let prefix = match (spec.alternate, spec.kind_char()) {
                    (true, 'b') => "0b",
                    (true, 'o') => "0o",
                    (true, 'x') => "0x",
                    (true, 'X') => "0X",
                    _ => "",
                };
                let text = spec.lay_out_number(&Number {
                    negative,
                    prefix,
                    digits: &digits,
                    rest: "",
                });
                Ok(self.new_wtf8(text))
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
                let float = self.as_f64(value)?;
                self.lay_out_float(float, &spec)
            }
            _ => {
                let unknown = spec.unknown_kind(&self.type_name(value));
                self.spec_result(unknown)
            }
        }
    }

    /// Presentation type `c`.
    /// Sign and digits of an int; too many decimal ones are refused.
    pub fn int_digits_checked(&mut self, value: Obj, kind: char) -> PyResult<(bool, String)> {
        if !matches!(kind, 'd' | 'n') {
            return Ok(int_digits(self.heap.base(value), kind));
        }
        let text = super::int_parse::decimal(self, value)?;
        Ok(match text.strip_prefix('-') {
            Some(digits) => (true, digits.to_string()),
            None => (false, text),
        })
    }

    fn format_character(&mut self, value: Obj, spec: &FormatSpec) -> PyResult<Obj> {
        if spec.precision.is_some() {
            return self.value_error("Precision not allowed in integer format specifier");
        }
        if spec.sign.is_some() {
            return self.value_error("Sign not allowed with integer format specifier 'c'");
        }
        if spec.alternate {
            return self
                .value_error("Alternate form (#) not allowed with integer format specifier 'c'");
        }
        let Some(code) = self.as_i64(value) else {
            return self.raise(
                self.types.overflow_error,
                "Python int too large to convert to C long".to_string(),
            );
        };
        let Some(point) = u32::try_from(code).ok().filter(|c| *c < 0x110000) else {
            return self.raise(
                self.types.overflow_error,
                "%c arg not in range(0x110000)".to_string(),
            );
        };
        let mut character = Wtf8Buf::new();
        push_point(&mut character, point);
        // A character is laid out as a number whose text has no digits to group: `=` puts the padding in front.
        let (left, right) = spec.padding(1);
        let mut text = Wtf8Buf::new();
        super::format_spec::push_fill(&mut text, spec.fill, left);
        text.push_wtf8(&character);
        super::format_spec::push_fill(&mut text, spec.fill, right);
        Ok(self.new_wtf8(text))
    }

    /// A float (subclasses too) by a specifier that is not empty.
    fn format_float(&mut self, value: Obj, spec: &StrObj) -> PyResult<Obj> {
        let spec = self.parse_spec(spec, '\0', '>')?;
        if !matches!(
            spec.kind_char(),
            '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%'
        ) {
            let unknown = spec.unknown_kind(&self.type_name(value));
            return self.spec_result(unknown);
        }
        let Payload::Float(float) = *self.heap.base(value) else {
            panic!("the caller made sure of a float")
        };
        self.lay_out_float(float, &spec)
    }

    /// `format_float_internal`
    fn lay_out_float(&mut self, value: f64, spec: &FormatSpec) -> PyResult<Obj> {
        self.check_precision(spec)?;
        let percent = spec.kind_char() == '%';
        let (kind, flags) = float_kind(spec);
        let mut text = match (kind, spec.precision) {
            ('r', None) => format_float(value, 'r', 0, flags),
            ('r', Some(precision)) => format_float(value, 'g', precision, flags),
            (_, precision) => format_float(
                if percent { value * 100.0 } else { value },
                kind,
                precision.unwrap_or(6),
                flags,
            ),
        };
        if percent {
            text.push('%');
        }
        if spec.sign.is_none() && spec.width.is_none() && spec.grouping == Grouping::None {
            return Ok(self.new_string(text));
        }
        let text = spec.lay_out_number(&Number::of_float(&text));
        Ok(self.new_wtf8(text))
    }

    fn check_precision(&mut self, spec: &FormatSpec) -> PyResult<()> {
        match spec.precision {
            Some(p) if p > i32::MAX as usize => self.value_error("precision too big"),
            Some(p) if p > MOST_WIDTH => self.raise_bare(self.types.memory_error),
            _ => Ok(()),
        }
    }

    /// `format_complex_internal`
    fn format_complex(&mut self, value: Obj, spec: &StrObj) -> PyResult<Obj> {
        let spec = self.parse_spec(spec, '\0', '>')?;
        if !matches!(
            spec.kind_char(),
            '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n'
        ) {
            let unknown = spec.unknown_kind(&self.type_name(value));
            return self.spec_result(unknown);
        }
        self.check_precision(&spec)?;
        if spec.fill == u32::from('0') {
            return self.value_error("Zero padding is not allowed in complex format specifier");
        }
        if spec.align == '=' {
            return self
                .value_error("'=' alignment flag is not allowed in complex format specifier");
        }
        let Payload::Complex(parts) = self.heap.base(value) else {
            panic!("the caller made sure of a complex")
        };
        let (real, imaginary) = **parts;
        let text = lay_out_complex(real, imaginary, &spec);
        Ok(self.new_wtf8(text))
    }

    /// The specifier given to `__format__`.
    fn spec_argument(&mut self, args: Args) -> PyResult<(Obj, Rc<StrObj>)> {
        let spec = args.get(self, 0);
        match self.heap.str(spec) {
            Some(text) => Ok((spec, text.clone())),
            None => {
                let name = if spec == self.none {
                    "None".to_string()
                } else {
                    self.argument_type(spec)
                };
                self.type_error(format!("__format__() argument must be str, not {name}"))
            }
        }
    }
}

/// Style and flags for `format_float`; `r` is the shortest, or `g` with a precision.
fn float_kind(spec: &FormatSpec) -> (char, FloatFlags) {
    let mut flags = FloatFlags {
        alternate: spec.alternate,
        ..FloatFlags::default()
    };
    let kind = match spec.kind_char() {
        '\0' => {
            flags.add_dot_0 = true;
            'r'
        }
        'n' => 'g',
        '%' => 'f',
        kind => kind,
    };
    (kind, flags)
}

fn lay_out_complex(real: f64, imaginary: f64, spec: &FormatSpec) -> Wtf8Buf {
    let (kind, mut flags) = float_kind(spec);
    // Without a presentation type it looks like `repr`: in parentheses, and without a real part that is zero.
    flags.add_dot_0 = false;
    let plain = kind == 'r';
    let skip_real = plain && real == 0.0 && !real.is_sign_negative();
    let text = |value: f64| match (kind, spec.precision) {
        ('r', None) => format_float(value, 'r', 0, flags),
        ('r', Some(precision)) => format_float(value, 'g', precision, flags),
        (_, precision) => format_float(value, kind, precision.unwrap_or(6), flags),
    };
    let part = FormatSpec {
        fill: u32::from(' '),
        align: '<',
        width: None,
        ..*spec
    };
    let mut body = Wtf8Buf::new();
    if plain && !skip_real {
        body.push_str("(");
    }
    if !skip_real {
        body.push_wtf8(&part.lay_out_number(&Number::of_float(&text(real))));
    }
    // The imaginary part has a sign whenever there is something in front of it.
    let sign = if skip_real { part.sign } else { Some('+') };
    body.push_wtf8(
        &FormatSpec { sign, ..part }.lay_out_number(&Number::of_float(&text(imaginary))),
    );
    body.push_str("j");
    if plain && !skip_real {
        body.push_str(")");
    }
    let (left, right) = spec.padding(body.len());
    let mut out = Wtf8Buf::new();
    super::format_spec::push_fill(&mut out, spec.fill, left);
    out.push_wtf8(&body);
    super::format_spec::push_fill(&mut out, spec.fill, right);
    out
}

/// Sign and digits of an int in the base that the presentation type means.
pub fn int_digits(value: &Payload, kind: char) -> (bool, String) {
    let (negative, magnitude) = match value {
        Payload::Int(i) => (*i < 0, i.unsigned_abs()),
        Payload::Bool(b) => (false, u64::from(*b)),
        Payload::BigInt(big) => return (big.sign() == Sign::Minus, big_digits(big, kind)),
        _ => panic!("the caller made sure of an int"),
    };
    let digits = match kind {
        'b' => format!("{magnitude:b}"),
        'o' => format!("{magnitude:o}"),
        'x' => format!("{magnitude:x}"),
        'X' => format!("{magnitude:X}"),
        _ => magnitude.to_string(),
    };
    (negative, digits)
}

fn big_digits(big: &BigInt, kind: char) -> String {
    let magnitude = big.magnitude();
    match kind {
        'b' => magnitude.to_str_radix(2),
        'o' => magnitude.to_str_radix(8),
        'x' => magnitude.to_str_radix(16),
        'X' => magnitude.to_str_radix(16).to_ascii_uppercase(),
        _ => magnitude.to_str_radix(10),
    }
}

/// `str.__format__`
pub fn str_format(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (_, spec) = vm.spec_argument(args)?;
    if spec.is_empty() {
        return vm.str_of(this);
    }
    vm.format_text(this, &spec)
}

/// `int.__format__`
pub fn int_format(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (_, spec) = vm.spec_argument(args)?;
    if spec.is_empty() {
        return vm.str_of(this);
    }
    vm.format_int(this, &spec)
}

/// `float.__format__`
pub fn float_format(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (_, spec) = vm.spec_argument(args)?;
    if spec.is_empty() {
        return vm.str_of(this);
    }
    vm.format_float(this, &spec)
}

/// `complex.__format__`
pub fn complex_format(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (_, spec) = vm.spec_argument(args)?;
    if spec.is_empty() {
        return vm.str_of(this);
    }
    vm.format_complex(this, &spec)
}
