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
    locale: Locale,
    precision: Option<i64>,
    /// '\0' if there is none.
    kind: char,
}

/// How a number is written in a country. An empty point stands for the usual one.
#[derive(Clone, Default)]
pub struct Locale {
    point: String,
    separator: String,
    /// Sizes of groups from the right; the last one goes on, but for `ALL`.
    groups: Vec<u8>,
}

/// A group of all digits that are left (`CHAR_MAX`).
const ALL: u8 = 127;

/// A point or separator has at most so many bytes.
const MOST_BYTES: usize = 4;

/// What a caller has instead of parts of the locale: point, groups, separator.
#[derive(Default)]
pub struct Override {
    pub point: Option<String>,
    pub groups: Option<String>,
    pub separator: Option<String>,
}

impl Locale {
    fn changed(mut self, given: &Override) -> Result<Locale, Wrong> {
        if let Some(point) = &given.point {
            self.point.clone_from(point);
        }
        if let Some(separator) = &given.separator {
            self.separator.clone_from(separator);
        }
        if let Some(groups) = &given.groups {
            // A size is a signed char, which no letter beyond ASCII fits.
            if !groups.is_ascii() {
                return Err(Wrong::Override);
            }
            let end = groups.bytes().position(|b| b == 0);
            self.groups = groups.as_bytes()[..end.unwrap_or(groups.len())].to_vec();
        }
        let fits = (1..=MOST_BYTES).contains(&self.point.len());
        if !fits || self.separator.len() > MOST_BYTES {
            return Err(Wrong::Override);
        }
        Ok(self)
    }
}

/// Why a number could not be formatted.
pub enum Wrong {
    Spec,
    Override,
    /// A width or precision that no number could have.
    Limits,
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
        locale: Locale::default(),
        precision: None,
        kind: '\0',
    };
    let (mut aligned, mut thousands) = (false, false);
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
        // A width does not begin with another zero.
        if chars.get(at) == Some(&'0') {
            return Err(Wrong::Spec);
        }
    }
    let number = |at: &mut usize| {
        let start = *at;
        while chars.get(*at).is_some_and(char::is_ascii_digit) {
            *at += 1;
        }
        let text: String = chars[start..*at].iter().collect();
        if text.is_empty() {
            return Ok(None);
        }
        // `strtol`: what does not fit a word is no number.
        text.parse::<i64>().map(Some).map_err(|_| Wrong::Spec)
    };
    if let Some(width) = number(&mut at)? {
        spec.width = width as usize;
    }
    if chars.get(at) == Some(&',') {
        thousands = true;
        at += 1;
    }
    if chars.get(at) == Some(&'.') {
        at += 1;
        spec.precision = Some(number(&mut at)?.ok_or(Wrong::Spec)?);
    }
    if let Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) = chars.get(at) {
        if *kind == 'n' && thousands {
            return Err(Wrong::Spec);
        }
        spec.kind = *kind;
        at += 1;
    }
    if at != chars.len() {
        return Err(Wrong::Spec);
    }
    if thousands || spec.kind == 'n' {
        spec.locale.point = ".".to_string();
    }
    if thousands {
        (spec.locale.separator, spec.locale.groups) = (",".to_string(), vec![3, 3]);
    }
    if spec.width > MAX_PREC as usize || spec.precision.is_some_and(|p| p > MAX_PREC) {
        return Err(Wrong::Limits);
    }
    if spec.width > MAX_SIZE {
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

/// Digits in groups, with zeros in front until they are so many characters; a number never begins with a separator.
fn grouped(whole: &str, width: usize, locale: &Locale) -> String {
    let mut groups: Vec<String> = Vec::new();
    // However long it is: libmpdec counts separators, and the point, as one.
    let gap = i64::from(!locale.separator.is_empty());
    let (mut rest, mut missing) = (whole, width as i64);
    let mut sizes = locale.groups.iter().copied().peekable();
    let mut wanted = 0;
    loop {
        wanted = sizes.next().unwrap_or(wanted);
        let all = (rest.len() as i64).max(missing).max(1);
        let size = match wanted {
            0 | ALL.. => all,
            wanted => all.min(i64::from(wanted)),
        } as usize;
        let (left, group) = rest.split_at(rest.len().saturating_sub(size));
        groups.push("0".repeat(size.saturating_sub(group.len())) + group);
        rest = left;
        missing -= size as i64;
        if rest.is_empty() && missing <= 0 {
            break;
        }
        missing -= gap;
    }
    groups.reverse();
    groups.join(&locale.separator)
}

/// So many characters of the body do not count: those of separators after their first.
fn padded(sign: &str, body: &str, uncounted: usize, spec: &Spec, align: char) -> String {
    let length = sign.len() + body.chars().count() - uncounted;
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

pub fn format(x: &Dec, text: &str, given: Option<&Override>, ctx: &Ctx) -> Result<String, Wrong> {
    let mut spec = parse(text)?;
    if let Some(given) = given {
        spec.locale = spec.locale.changed(given)?;
    }
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
        return Ok(padded(sign, &body, 0, &spec, align));
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
    let dot = match spec.locale.point.as_str() {
        _ if places.is_empty() => "",
        "" => ".",
        point => point,
    };
    let rest = format!("{dot}{places}{exponent}{percent}");
    let longer = |text: &str| text.chars().count().saturating_sub(1);
    let mut uncounted = longer(dot);
    if !spec.locale.groups.is_empty() {
        let zeros = spec.align == '=' && spec.fill == '0';
        let width = if zeros {
            let taken = sign.len() + rest.chars().count() - uncounted;
            spec.width.saturating_sub(taken)
        } else {
            0
        };
        whole = grouped(&whole, width, &spec.locale);
        let separator = &spec.locale.separator;
        if !separator.is_empty() {
            uncounted += whole.matches(separator.as_str()).count() * longer(separator);
        }
    }
    Ok(padded(sign, &(whole + &rest), uncounted, &spec, spec.align))
}
