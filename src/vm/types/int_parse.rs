//! Text to int and int to text (`PyLong_FromString`, `long_to_decimal_string`), and the limit on decimal digits.

use num_bigint::BigInt;
use num_traits::Signed;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::heap::{Obj, Payload};
use crate::vm::{Machine, PyResult};

/// `_PY_LONG_DEFAULT_MAX_STR_DIGITS`, and below how many digits nobody is asked.
pub const DEFAULT_MAX_STR_DIGITS: i64 = 4300;
pub const STR_DIGITS_CHECK_THRESHOLD: usize = 640;
/// Under this name `sys.set_int_max_str_digits` keeps its int in `module_state`.
pub const MAX_STR_DIGITS: &str = "sys.int_max_str_digits";

/// `sys.get_int_max_str_digits()`; 0 is no limit.
pub fn max_str_digits(vm: &Machine) -> usize {
    let set = vm
        .module_state
        .get(MAX_STR_DIGITS)
        .and_then(|o| vm.as_i64(*o));
    set.unwrap_or(DEFAULT_MAX_STR_DIGITS).max(0) as usize
}

/// The decimal text of an int.
pub fn decimal(vm: &mut Machine, o: Obj) -> PyResult<String> {
    if let Some(i) = vm.as_i64(o) {
        return Ok(i.to_string());
    }
    let value = vm.as_int(o).unwrap_or_default();
    let limit = max_str_digits(vm);
    // A cheap lower bound first, so that nobody waits for digits that are refused.
    let surely = (value.bits() as f64 * std::f64::consts::LOG10_2) as usize;
    if limit > 0 && surely > limit.max(STR_DIGITS_CHECK_THRESHOLD) + 1 {
        return too_long(vm, limit);
    }
    let text = value.to_str_radix(10);
    let digits = text.len() - usize::from(value.is_negative());
    if limit > 0 && digits > limit && digits > STR_DIGITS_CHECK_THRESHOLD {
        return too_long(vm, limit);
    }
    Ok(text)
}

fn too_long<T>(vm: &mut Machine, limit: usize) -> PyResult<T> {
    vm.value_error(&format!(
        "Exceeds the limit ({limit}) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// What is wrong with a text.
pub enum Wrong {
    Literal,
    TooManyDigits(usize),
}

/// Parses a text of ASCII digits, sign, prefix and underscores; base 0 goes by the prefix. `limit` bounds decimal digits, 0 is no limit.
pub fn parse(text: &str, base: u32, limit: usize) -> Result<BigInt, Wrong> {
    let trimmed = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let (negative, rest) = match trimmed.as_bytes().first() {
        Some(b'-') => (true, &trimmed[1..]),
        Some(b'+') => (false, &trimmed[1..]),
        _ => (false, trimmed),
    };
    let prefix = match rest.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let zero_only = base == 0 && prefix == 0 && rest.starts_with('0');
    let (radix, digits) = match (base, prefix) {
        (0, 0) => (10, rest),
        (b, p) if p != 0 && (b == 0 || b == p) => {
            (p, rest[2..].strip_prefix('_').unwrap_or(&rest[2..]))
        }
        (b, _) => (b, rest),
    };
    // The digits are counted up to what is none: too many of them are refused before what follows is looked at.
    let is_part = |c: char| c == '_' || c.is_digit(radix);
    let end = digits.find(|c| !is_part(c)).unwrap_or(digits.len());
    let leading = clean_digits(&digits[..end], radix).ok_or(Wrong::Literal)?;
    if !radix.is_power_of_two()
        && limit > 0
        && leading.len() > limit
        && leading.len() > STR_DIGITS_CHECK_THRESHOLD
    {
        return Err(Wrong::TooManyDigits(leading.len()));
    }
    if end < digits.len() || (zero_only && leading.bytes().any(|b| b != b'0')) {
        return Err(Wrong::Literal);
    }
    let digits = leading;
    let value = match digits.parse::<i64>() {
        Ok(small) if radix == 10 => BigInt::from(small),
        _ => BigInt::parse_bytes(digits.as_bytes(), radix).ok_or(Wrong::Literal)?,
    };
    Ok(if negative { -value } else { value })
}

/// The digits without underscores; `None` if one is no digit, or an underscore does not stand between two.
fn clean_digits(text: &str, radix: u32) -> Option<String> {
    let mut clean = String::with_capacity(text.len());
    let mut last = '_';
    for c in text.chars() {
        match c {
            '_' if last == '_' => return None,
            '_' => {}
            c if c.is_digit(radix) => clean.push(c),
            _ => return None,
        }
        last = c;
    }
    (last != '_').then_some(clean)
}

/// Decimal digits and spaces of any script as ASCII; other characters beyond ASCII become '?' (`_PyUnicode_TransformDecimalAndSpaceToASCII`).
pub fn to_ascii(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if c.is_ascii() => c,
            c if c.is_whitespace() => ' ',
            c => decimal_value(c).map_or('?', |d| (b'0' + d) as char),
        })
        .collect()
}

/// The value of a decimal digit of any script: Unicode keeps each script's ten in a row, and rows stand together only as whole tens.
fn decimal_value(c: char) -> Option<u8> {
    let is_digit = |p: u32| {
        char::from_u32(p).is_some_and(|c| c.general_category() == GeneralCategory::DecimalNumber)
    };
    let point = c as u32;
    if !is_digit(point) {
        return None;
    }
    let mut first = point;
    while is_digit(first - 1) {
        first -= 1;
    }
    Some(((point - first) % 10) as u8)
}

/// `int(text, base)`; the object is the text, for the message.
pub fn from_str(vm: &mut Machine, o: Obj, text: &str, base: u32) -> PyResult<Obj> {
    let ascii = if text.is_ascii() {
        text.to_string()
    } else {
        to_ascii(text)
    };
    let limit = max_str_digits(vm);
    match parse(&ascii, base, limit) {
        Ok(value) => Ok(vm.new_big_int(value)),
        Err(Wrong::TooManyDigits(digits)) => vm.value_error(&format!(
            "Exceeds the limit ({limit}) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to \
             increase the limit"
        )),
        Err(Wrong::Literal) => {
            let shown: String = shown(vm, o)?.chars().take(200).collect();
            vm.value_error(&format!("invalid literal for int() with base {base}: {shown}"))
        }
    }
}

/// `int(o)` of a str, bytes or bytearray; anything else is a TypeError.
pub fn from_text(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    match text_of(vm, o) {
        Some(text) => from_str(vm, o, &text, 10),
        None => {
            let name = vm.type_name(o);
            vm.type_error(format!("int() argument must be a string, a bytes-like object or a real number, not '{name}'"))
        }
    }
}

/// The characters of a str or the bytes of a bytes-like object, as text; a byte beyond ASCII becomes a character that is no digit.
pub fn text_of(vm: &Machine, o: Obj) -> Option<String> {
    if let Payload::Str(text) = vm.heap.base(o) {
        return Some(text.lossy());
    }
    let data = vm.buffer(o)?;
    let text = data
        .iter()
        .map(|b| if b.is_ascii() { *b as char } else { '?' });
    Some(text.collect())
}

/// The text as messages show it; any bytes-like object as bytes.
fn shown(vm: &mut Machine, o: Obj) -> PyResult<String> {
    match vm.buffer(o) {
        Some(data) => {
            let bytes = vm.new_bytes(data.to_vec());
            vm.with_held(bytes, |vm, bytes| vm.repr_text(bytes))
        }
        None => vm.repr_text(o),
    }
}
