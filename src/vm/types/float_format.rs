//! Floats as text: the shortest digits that read back (`repr`), and exactly rounded digits of any number (`%e`, `%f`, `%g`).
//!
//! Pure functions; what width, fill and grouping do is in `format_spec.rs`. The digits come from the standard library, whose
//! exact mode rounds half to even on the true value, as David Gay's does; the layout is CPython's `format_float_short`.

/// Digits beyond this place after the point of a double's exact decimal expansion are zero.
const MOST_DIGITS: usize = 1100;

/// Flags of `PyOS_double_to_string`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct FloatFlags {
    /// `Py_DTSF_ALT`: always a point, and `g` keeps trailing zeros.
    pub alternate: bool,
    /// `Py_DTSF_ADD_DOT_0`: ".0" after what would look like an int.
    pub add_dot_0: bool,
    /// `Py_DTSF_SIGN`: a plus sign too.
    pub sign: bool,
}

/// `repr()` of a float.
pub fn float_repr(value: f64) -> String {
    format_float(
        value,
        'r',
        0,
        FloatFlags {
            add_dot_0: true,
            ..FloatFlags::default()
        },
    )
}

/// Significant digits without trailing zeros, and where the point is: 0.digits × 10^point.
struct Digits {
    text: Vec<u8>,
    point: i64,
}

impl Digits {
    /// Of text like "1.25e-7".
    fn of_scientific(text: &str) -> Digits {
        let (mantissa, exponent) = text
            .split_once('e')
            .expect("scientific notation has an exponent");
        let exponent: i64 = exponent.parse().expect("an exponent is an int");
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        Digits {
            text: digits,
            point: exponent + 1,
        }
        .trimmed()
    }

    /// As few digits as read back the same, and of those the nearest (mode 0). The standard library may take the upper of two
    /// that are equally near, where David Gay's code takes the even one: rounding to that many digits settles it.
    fn shortest(value: f64) -> Digits {
        if value == 0.0 {
            return Digits::zero();
        }
        let shortest = Digits::of_scientific(&format!("{value:e}"));
        let after_first = shortest.text.len() - 1;
        let even = format!("{value:.after_first$e}");
        if even.parse() == Ok(value) {
            Digits::of_scientific(&even)
        } else {
            shortest
        }
    }

    /// Rounded to this many significant digits (mode 2 of `_Py_dg_dtoa`).
    fn significant(value: f64, count: usize) -> Digits {
        if value == 0.0 {
            return Digits::zero();
        }
        let after_first = count.clamp(1, MOST_DIGITS) - 1;
        Digits::of_scientific(&format!("{value:.after_first$e}"))
    }

    /// Rounded to this many places after the point (mode 3).
    fn fixed(value: f64, places: usize) -> Digits {
        let places = places.min(MOST_DIGITS);
        let text = format!("{value:.places$}");
        let whole = text.split('.').next().map_or(0, str::len);
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        let zeros = digits.iter().take_while(|d| **d == b'0').count();
        if zeros == digits.len() {
            // `_Py_dg_dtoa` reports where rounding left off.
            return Digits {
                text: Vec::new(),
                point: if value == 0.0 { 1 } else { -(places as i64) },
            };
        }
        Digits {
            text: digits[zeros..].to_vec(),
            point: whole as i64 - zeros as i64,
        }
        .trimmed()
    }

    fn zero() -> Digits {
        Digits {
            text: vec![b'0'],
            point: 1,
        }
    }

    fn trimmed(mut self) -> Digits {
        while self.text.last() == Some(&b'0') && self.text.len() > 1 {
            self.text.pop();
        }
        self
    }

    /// The digit at a place counted from the first; zero outside.
    fn at(&self, place: i64) -> u8 {
        usize::try_from(place)
            .ok()
            .and_then(|p| self.text.get(p))
            .copied()
            .unwrap_or(b'0')
    }
}

/// A float in the style `kind`: `e E f F g G` with this precision, or `r` (the shortest that reads back; precision is
/// ignored). Follows `PyOS_double_to_string`.
pub fn format_float(value: f64, kind: char, precision: usize, flags: FloatFlags) -> String {
    let upper = matches!(kind, 'E' | 'F' | 'G');
    let sign = if value.is_sign_negative() && !value.is_nan() {
        "-"
    } else if flags.sign {
        "+"
    } else {
        ""
    };
    let body = if value.is_nan() {
        "nan".to_string()
    } else if value.is_infinite() {
        "inf".to_string()
    } else {
        finite(value.abs(), kind.to_ascii_lowercase(), precision, flags)
    };
    let text = format!("{sign}{body}");
    if upper {
        text.to_ascii_uppercase()
    } else {
        text
    }
}

/// `format_float_short` for a value that is finite and not negative.
fn finite(value: f64, kind: char, precision: usize, flags: FloatFlags) -> String {
    let (digits, places) = match kind {
        'e' => (
            Digits::significant(value, precision.saturating_add(1)),
            precision.saturating_add(1),
        ),
        'f' => (Digits::fixed(value, precision), precision),
        'g' => (
            Digits::significant(value, precision.max(1)),
            precision.max(1),
        ),
        _ => (Digits::shortest(value), 0),
    };
    let places = places as i64;
    let mut point = digits.point;
    let (mut end, exponential) = match kind {
        'e' => (places, true),
        'f' => (point + places, false),
        'g' => {
            let exponential = point <= -4 || point > places - i64::from(flags.add_dot_0);
            (
                if flags.alternate {
                    places
                } else {
                    digits.text.len() as i64
                },
                exponential,
            )
        }
        _ => (digits.text.len() as i64, point <= -4 || point > 16),
    };
    let exponent = point - 1;
    if exponential {
        point = 1;
    }
    let start = if point <= 0 { point - 1 } else { 0 };
    end = if !exponential && flags.add_dot_0 {
        end.max(point + 1)
    } else {
        end.max(point)
    };

    let mut text = String::with_capacity((end - start) as usize + 8);
    (start..point).for_each(|place| text.push(char::from(digits.at(place))));
    if end > point || flags.alternate {
        text.push('.');
    }
    (point..end).for_each(|place| text.push(char::from(digits.at(place))));
    if exponential {
        let sign = if exponent < 0 { '-' } else { '+' };
        text.push_str(&format!("e{sign}{:02}", exponent.unsigned_abs()));
    }
    text
}
