//! The format mini-language as data: parsing a specifier, and laying out text and numbers by it (`Python/formatter_unicode.c`).
//!
//! Pure: knows nothing of objects. Every error is the message of a ValueError. `format.rs` is what objects do with it.

use rustpython_wtf8::{CodePoint, Wtf8, Wtf8Buf};

use super::unicode_data::decimal_value;

/// An error is the message of a ValueError.
pub type SpecResult<T> = Result<T, String>;

/// A longer result than this raises MemoryError instead of being tried.
pub const MOST_WIDTH: usize = 1 << 28;

/// `enum LocaleType`, as far as there is a locale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grouping {
    None,
    Comma,
    Underscore,
}

/// A parsed specifier (`InternalFormatSpec`).
#[derive(Clone, Copy, Debug)]
pub struct FormatSpec {
    pub fill: u32,
    pub align: char,
    pub alternate: bool,
    /// `+`, `-`, space, or none given.
    pub sign: Option<char>,
    pub width: Option<usize>,
    pub grouping: Grouping,
    pub precision: Option<usize>,
    /// The presentation type; none given: 0.
    pub kind: u32,
}

/// Appends a code point, lone surrogates too.
pub fn push_point(text: &mut Wtf8Buf, point: u32) {
    text.push(CodePoint::from_u32(point).expect("a code point is at most 0x10ffff"));
}

pub fn push_fill(text: &mut Wtf8Buf, fill: u32, count: usize) {
    (0..count).for_each(|_| push_point(text, fill));
}

/// A character as messages show it: itself if it is plain ASCII, else `\x` and its number.
pub fn shown(point: u32) -> String {
    match char::from_u32(point) {
        Some(c) if (0x21..0x80).contains(&point) => c.to_string(),
        _ => format!("\\x{point:x}"),
    }
}

fn is_align(point: u32) -> bool {
    point < 128 && matches!(point as u8, b'<' | b'>' | b'=' | b'^')
}

/// A run of decimal digits as a number; `None` inside if there is none (`get_integer`).
fn integer(points: &[u32], at: &mut usize) -> SpecResult<Option<usize>> {
    let mut value: Option<usize> = None;
    while let Some(digit) = points.get(*at).and_then(|p| decimal_value(*p)) {
        let next = value
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit as usize));
        match next.filter(|v| *v <= isize::MAX as usize) {
            Some(next) => value = Some(next),
            None => return Err("Too many decimal digits in format string".to_string()),
        }
        *at += 1;
    }
    Ok(value)
}

impl FormatSpec {
    /// Parses a specifier; `kind` and `align` are what holds if it says nothing (`parse_internal_render_format_spec`).
    pub fn parse(points: &[u32], kind: char, align: char) -> SpecResult<FormatSpec> {
        let mut spec = FormatSpec {
            fill: u32::from(' '),
            align,
            alternate: false,
            sign: None,
            width: None,
            grouping: Grouping::None,
            precision: None,
            kind: u32::from(kind),
        };
        let mut at = spec.parse_alignment(points, align);
        let is = |at: usize, c: char| points.get(at) == Some(&u32::from(c));
        spec.width = integer(points, &mut at)?;
        if is(at, ',') {
            spec.grouping = Grouping::Comma;
            at += 1;
        }
        if is(at, '_') {
            if spec.grouping != Grouping::None {
                return Err("Cannot specify both ',' and '_'.".to_string());
            }
            spec.grouping = Grouping::Underscore;
            at += 1;
        }
        if is(at, ',') && spec.grouping == Grouping::Underscore {
            return Err("Cannot specify both ',' and '_'.".to_string());
        }
        if is(at, '.') {
            at += 1;
            spec.precision = integer(points, &mut at)?;
            if spec.precision.is_none() {
                return Err("Format specifier missing precision".to_string());
            }
        }
        match points.len() - at {
            0 => {}
            1 => spec.kind = points[at],
            _ => return Err("Invalid format specifier".to_string()),
        }
        spec.check_grouping()?;
        Ok(spec)
    }

    /// Fill, alignment, sign, `#` and `0`; returns where it ended.
    fn parse_alignment(&mut self, points: &[u32], default: char) -> usize {
        let mut at = 0;
        let mut aligned = false;
        let mut filled = false;
        let take_align = |p: u32| char::from_u32(p).expect("an alignment is ASCII");
        if points.len() >= 2 && is_align(points[1]) {
            (self.fill, self.align) = (points[0], take_align(points[1]));
            (aligned, filled) = (true, true);
            at = 2;
        } else if !points.is_empty() && is_align(points[0]) {
            self.align = take_align(points[0]);
            aligned = true;
            at = 1;
        }
        if let Some(c @ (' ' | '+' | '-')) = points.get(at).and_then(|p| char::from_u32(*p)) {
            self.sign = Some(c);
            at += 1;
        }
        if points.get(at) == Some(&u32::from('#')) {
            self.alternate = true;
            at += 1;
        }
        if !filled && points.get(at) == Some(&u32::from('0')) {
            self.fill = u32::from('0');
            if !aligned && default == '>' {
                self.align = '=';
            }
            at += 1;
        }
        at
    }

    fn check_grouping(&self) -> SpecResult<()> {
        let comma = match self.grouping {
            Grouping::None => return Ok(()),
            Grouping::Comma => true,
            Grouping::Underscore => false,
        };
        match char::from_u32(self.kind) {
            Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => Ok(()),
            Some('b' | 'o' | 'x' | 'X') if !comma => Ok(()),
            _ => {
                let sign = if comma { ',' } else { '_' };
                Err(format!(
                    "Cannot specify '{sign}' with '{}'.",
                    shown(self.kind)
                ))
            }
        }
    }

    /// The presentation type as ASCII; anything else is unknown to every type.
    pub fn kind_char(&self) -> char {
        char::from_u32(self.kind).unwrap_or('\u{fffd}')
    }

    pub fn unknown_kind<T>(&self, type_name: &str) -> SpecResult<T> {
        Err(format!(
            "Unknown format code '{}' for object of type '{type_name}'",
            shown(self.kind)
        ))
    }

    /// Text, cut to the precision and padded (`format_string_internal`). `len` is its length in code points.
    pub fn lay_out_text(&self, text: &Wtf8, len: usize) -> SpecResult<Wtf8Buf> {
        if let Some(sign) = self.sign {
            let what = if sign == ' ' { "Space" } else { "Sign" };
            return Err(format!("{what} not allowed in string format specifier"));
        }
        if self.alternate {
            return Err("Alternate form (#) not allowed in string format specifier".to_string());
        }
        if self.align == '=' {
            return Err("'=' alignment not allowed in string format specifier".to_string());
        }
        let shown = self.precision.map_or(len, |p| p.min(len));
        let mut out = Wtf8Buf::new();
        let (left, right) = self.padding(shown);
        push_fill(&mut out, self.fill, left);
        if shown == len {
            out.push_wtf8(text);
        } else {
            text.code_points().take(shown).for_each(|c| out.push(c));
        }
        push_fill(&mut out, self.fill, right);
        Ok(out)
    }

    /// How much goes before and after something of this length; `=` counts as `>` (`calc_padding`).
    pub fn padding(&self, len: usize) -> (usize, usize) {
        let missing = self.width.unwrap_or(0).saturating_sub(len);
        match self.align {
            '<' => (0, missing),
            '^' => (missing / 2, missing - missing / 2),
            _ => (missing, 0),
        }
    }

    /// A number: sign, prefix, digits, and the rest (point, fraction, exponent, `%`), grouped and padded (`calc_number_widths`,
    /// `fill_number`).
    pub fn lay_out_number(&self, number: &Number) -> Wtf8Buf {
        let sign = match (number.negative, self.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            _ => "",
        };
        let fixed = sign.len() + number.prefix.len() + number.rest.len();
        let zero_filled = self.fill == u32::from('0') && self.align == '=';
        let least = if zero_filled {
            self.width.unwrap_or(0).saturating_sub(fixed)
        } else {
            0
        };
        let digits = if number.digits.is_empty() {
            String::new()
        } else {
            group(number.digits, self.separator(), least)
        };
        let missing = self.width.unwrap_or(0).saturating_sub(fixed + digits.len());
        let (mut left, mut inner, mut right) = (0, 0, 0);
        match self.align {
            '<' => right = missing,
            '^' => (left, right) = (missing / 2, missing - missing / 2),
            '=' => inner = missing,
            _ => left = missing,
        }
        let mut out = Wtf8Buf::with_capacity(fixed + digits.len() + missing);
        push_fill(&mut out, self.fill, left);
        out.push_str(sign);
        out.push_str(number.prefix);
        push_fill(&mut out, self.fill, inner);
        out.push_str(&digits);
        out.push_str(number.rest);
        push_fill(&mut out, self.fill, right);
        out
    }

    /// The separator of groups of digits, and how many digits a group has.
    fn separator(&self) -> Option<(char, usize)> {
        match self.grouping {
            Grouping::None => None,
            Grouping::Comma => Some((',', 3)),
            Grouping::Underscore if matches!(self.kind_char(), 'b' | 'o' | 'x' | 'X') => {
                Some(('_', 4))
            }
            Grouping::Underscore => Some(('_', 3)),
        }
    }
}

/// The parts of a number's text. All ASCII.
pub struct Number<'a> {
    pub negative: bool,
    pub prefix: &'a str,
    pub digits: &'a str,
    pub rest: &'a str,
}

impl Number<'_> {
    /// Splits what `format_float` wrote (`parse_number`): digits before the point, and all else.
    pub fn of_float(text: &str) -> Number<'_> {
        let (negative, body) = match text.strip_prefix('-') {
            Some(body) => (true, body),
            None => (false, text),
        };
        let end = body.bytes().take_while(u8::is_ascii_digit).count();
        Number {
            negative,
            prefix: "",
            digits: &body[..end],
            rest: &body[end..],
        }
    }
}

/// Puts separators between groups of digits, and zeros in front up to a width (`_PyUnicode_InsertThousandsGrouping`).
fn group(digits: &str, separator: Option<(char, usize)>, least: usize) -> String {
    let Some((separator, size)) = separator else {
        return "0".repeat(least.saturating_sub(digits.len())) + digits;
    };
    let (mut left, mut least) = (digits.len() as isize, least as isize);
    let mut reversed = Vec::new();
    loop {
        let take = (size as isize).min(left.max(least).max(1));
        let chars = left.clamp(0, take);
        for n in 0..chars {
            reversed.push(digits.as_bytes()[(left - 1 - n) as usize]);
        }
        reversed.resize(reversed.len() + (take - chars) as usize, b'0');
        left -= chars;
        least -= take;
        if left <= 0 && least <= 0 {
            break;
        }
        reversed.push(separator as u8);
        least -= 1;
    }
    reversed.iter().rev().map(|b| char::from(*b)).collect()
}
