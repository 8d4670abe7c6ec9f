//! `Decimal.__format__`: format specifications and what they make of a number.

use super::arith::rescale;
use super::number::*;
use super::text::{special_text, split_at_point};

/// Widths and precisions beyond this are refused.
const MAX_SIZE: usize = MAX_DIGITS as usize;

struct Spec {
    fill: char,
    /// '<', '>', '^' or '='.
    align: char,
    sign: char,
    width: usize,
    thousands: bool,
    precision: Option<i64>,
    /// '\0' if there is none.
    kind: char,
}

/// Why a number could not be formatted.
pub enum Wrong {
    Spec,
    TooLong,
}

/// `[[fill]align][sign][0][width][,][.precision][type]`
fn parse(text: &str) -> Result<Spec, Wrong> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let is_align = |c: Option<&char>| matches!(c, Some('<' | '>' | '^' | '='));
    let mut spec = Spec {
        fill: ' ',
        align: '>',
        sign: '-',
        width: 0,
        thousands: false,
        precision: None,
        kind: '\0',
    };
    let mut aligned = false;
    if is_align(chars.get(1)) {
        (spec.fill, spec.align) = (chars[0], chars[1]);
        (at, aligned) = (2, true);
    } else if is_align(chars.first()) {
        spec.align = chars[0];
        (at, aligned) = (1, true);
    }
    if let Some(sign @ ('+' | '-' | ' ')) = chars.get(at) {
        spec.sign = *sign;
        at += 1;
    }
    if chars.get(at) == Some(&'0') {
        // Zeros after the sign; not beside an alignment.
        if aligned {
            return Err(Wrong::Spec);
        }
        (spec.fill, spec.align) = ('0', '=');
        at += 1;
    }
    let number = |at: &mut usize| {
        let start = *at;
        while chars.get(*at).is_some_and(char::is_ascii_digit) {
            *at += 1;
        }
        let text: String = chars[start..*at].iter().collect();
        (!text.is_empty()).then(|| text.parse::<usize>().unwrap_or(usize::MAX))
    };
    if let Some(width) = number(&mut at) {
        spec.width = width;
    }
    if chars.get(at) == Some(&',') {
        spec.thousands = true;
        at += 1;
    }
    if chars.get(at) == Some(&'.') {
        at += 1;
        let precision = number(&mut at).ok_or(Wrong::Spec)?;
        spec.precision = Some(precision.min(MAX_SIZE + 1) as i64);
    }
    if let Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) = chars.get(at) {
        if *kind == 'n' && spec.thousands {
            return Err(Wrong::Spec);
        }
        spec.kind = *kind;
        at += 1;
    }
    if at != chars.len() {
        return Err(Wrong::Spec);
    }
    if spec.width > MAX_SIZE || spec.precision.is_some_and(|p| p > MAX_SIZE as i64) {
        return Err(Wrong::TooLong);
    }
    Ok(spec)
}

/// To at most so many digits.
fn round_to(x: &Dec, count: i64, rounding: Rounding) -> Dec {
    let drop = x.digits() - count;
    if drop <= 0 {
        return x.clone();
    }
    let (n, _) = rounded(&x.coefficient, drop, x.negative, rounding);
    if digits(&n) > count {
        return Dec::finite(x.negative, n / 10_u32, x.exponent + drop + 1);
    }
    Dec::finite(x.negative, n, x.exponent + drop)
}

fn apply_precision(x: Dec, kind: char, precision: i64, ctx: &Ctx, status: &mut u32) -> Dec {
    match kind {
        'f' => rescale(&x, -precision, ctx.rounding, status).0,
        'e' => {
            if x.is_zero() {
                return x;
            }
            let x = round_to(&x, precision + 1, ctx.rounding);
            let missing = precision + 1 - x.digits();
            rescale(&x, x.exponent - missing, ctx.rounding, status).0
        }
        _ => round_to(&x, precision.max(1), ctx.rounding),
    }
}

/// Whole part, places, and exponent with its letter.
fn parts(x: &Dec, spec: &Spec, kind: char, upper: bool) -> (String, String, String) {
    let all = x.coefficient.to_string();
    let left = x.exponent + all.len() as i64;
    let point = match kind {
        'f' => left,
        'e' => match spec.precision {
            Some(precision) if x.is_zero() => 1 - precision,
            _ => 1,
        },
        _ if x.exponent <= 0 && left > -6 => left,
        _ => 1,
    };
    let (whole, places) = split_at_point(&all, point);
    let letter = if upper { 'E' } else { 'e' };
    let exponent = if kind == 'e' || left != point {
        format!("{letter}{:+}", left - point)
    } else {
        String::new()
    };
    (whole, places, exponent)
}

/// Digits in groups of three, with zeros in front until they are so many characters; a number never begins with a comma.
fn grouped(whole: &str, width: usize) -> String {
    let mut groups: Vec<String> = Vec::new();
    let (mut rest, mut missing) = (whole, width as i64);
    loop {
        let size = (rest.len() as i64).max(missing).clamp(1, 3) as usize;
        let (left, group) = rest.split_at(rest.len().saturating_sub(size));
        groups.push("0".repeat(size.saturating_sub(group.len())) + group);
        rest = left;
        missing -= size as i64;
        if rest.is_empty() && missing <= 0 {
            break;
        }
        missing -= 1;
    }
    groups.reverse();
    groups.join(",")
}

fn padded(sign: &str, body: &str, spec: &Spec, align: char) -> String {
    let length = sign.len() + body.chars().count();
    let missing = spec.width.saturating_sub(length);
    let pad = |n: usize| spec.fill.to_string().repeat(n);
    match align {
        '<' => format!("{sign}{body}{}", pad(missing)),
        '^' => format!(
            "{}{sign}{body}{}",
            pad(missing / 2),
            pad(missing - missing / 2)
        ),
        '=' => format!("{sign}{}{body}", pad(missing)),
        _ => format!("{}{sign}{body}", pad(missing)),
    }
}

pub fn format(x: &Dec, text: &str, ctx: &Ctx) -> Result<String, Wrong> {
    let spec = parse(text)?;
    let sign = match (x.negative, spec.sign) {
        (true, _) => "-",
        (false, '+') => "+",
        (false, ' ') => " ",
        _ => "",
    };
    let percent = if spec.kind == '%' { "%" } else { "" };
    if !x.is_finite() {
        let body = special_text(&x.clone().with_sign(false)) + percent;
        let zeros = spec.align == '=' && spec.fill == '0';
        let spec = if zeros {
            Spec {
                fill: ' ',
                align: '>',
                ..spec
            }
        } else {
            spec
        };
        let align = spec.align;
        return Ok(padded(sign, &body, &spec, align));
    }
    let kind = match spec.kind {
        '%' | 'f' | 'F' => 'f',
        'e' | 'E' => 'e',
        _ => 'g',
    };
    let upper = matches!(spec.kind, 'E' | 'F' | 'G') || (spec.kind == '\0' && ctx.capitals);
    let mut x = x.clone();
    if spec.kind == '%' {
        x.exponent += 2;
    }
    let mut status = 0;
    if let Some(precision) = spec.precision {
        x = apply_precision(x, kind, precision, ctx, &mut status);
    }
    if kind == 'f' && x.exponent > 0 {
        x = rescale(&x, 0, ctx.rounding, &mut status).0;
    }
    if status & NO_MEMORY != 0 || (kind == 'f' && -x.exponent > MAX_DIGITS) {
        return Err(Wrong::TooLong);
    }
    let (mut whole, places, exponent) = parts(&x, &spec, kind, upper);
    let dot = if places.is_empty() { "" } else { "." };
    let rest = format!("{dot}{places}{exponent}{percent}");
    if spec.thousands {
        let zeros = spec.align == '=' && spec.fill == '0';
        let width = if zeros {
            spec.width.saturating_sub(sign.len() + rest.len())
        } else {
            0
        };
        whole = grouped(&whole, width);
    }
    Ok(padded(sign, &(whole + &rest), &spec, spec.align))
}
