//! `strftime` as glibc has it in the C locale (`__strftime_internal`): flags, widths and modifiers too.

use super::time::{Calendar, asctime_text, day_name, days_from_civil, month_name};

/// A text of a moment's parts, in a zone of this name.
pub fn formatted(format: &str, c: &Calendar, zone: &str) -> String {
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        out += &rest[..at];
        let (directive, behind) = Directive::read(&rest[at..]);
        out += &directive.text(c, zone);
        rest = behind;
    }
    out + rest
}

/// `%`, flags, a width, a modifier, a letter.
struct Directive<'a> {
    whole: &'a str,
    pad: Option<char>,
    upper: bool,
    change_case: bool,
    width: usize,
    modifier: Option<char>,
    letter: char,
}

/// Wider than any text may become.
const MAX_WIDTH: usize = 1 << 16;

impl Directive<'_> {
    /// Reads from a `%` on; the rest of the format behind it.
    fn read(text: &str) -> (Directive<'_>, &str) {
        let mut d = Directive {
            whole: text,
            pad: None,
            upper: false,
            change_case: false,
            width: 0,
            modifier: None,
            letter: '\0',
        };
        let mut chars = text.char_indices().skip(1).peekable();
        while let Some(&(_, flag)) = chars.peek() {
            match flag {
                '_' | '-' | '0' => d.pad = Some(flag),
                '^' => d.upper = true,
                '#' => d.change_case = true,
                _ => break,
            }
            chars.next();
        }
        while let Some(digit) = chars.peek().and_then(|&(_, c)| c.to_digit(10)) {
            d.width = (d.width * 10 + digit as usize).min(MAX_WIDTH);
            chars.next();
        }
        if let Some(&(_, modifier @ ('E' | 'O'))) = chars.peek() {
            d.modifier = Some(modifier);
            chars.next();
        }
        let end = match chars.next() {
            Some((at, letter)) => {
                d.letter = letter;
                at + letter.len_utf8()
            }
            None => text.len(),
        };
        d.whole = &text[..end];
        (d, &text[end..])
    }

    fn text(&self, c: &Calendar, zone: &str) -> String {
        if self.is_wrong() {
            return self.padded(self.whole.to_string());
        }
        let twelve = if c[3] % 12 == 0 { 12 } else { c[3] % 12 };
        match self.letter {
            'a' => self.name(&day_name(c)[..3]),
            'A' => self.name(day_name(c)),
            'b' | 'h' => self.name(&month_name(c)[..3]),
            'B' => self.name(month_name(c)),
            'p' => self.half(c, self.change_case),
            'P' => self.half(c, true),
            // What does not know whether it is summer knows no zone.
            'z' if c[8] < 0 => String::new(),
            'Z' if c[8] < 0 => self.padded(String::new()),
            'Z' if self.change_case => self.padded(zone.to_lowercase()),
            'Z' if self.upper => self.padded(zone.to_uppercase()),
            'Z' => self.padded(zone.to_string()),
            'c' => self.name(asctime_text(c).as_str()),
            'D' | 'x' => self.name(&formatted("%m/%d/%y", c, zone)),
            'F' => self.name(&formatted("%Y-%m-%d", c, zone)),
            'r' => self.name(&formatted("%I:%M:%S %p", c, zone)),
            'R' => self.name(&formatted("%H:%M", c, zone)),
            'T' | 'X' => self.name(&formatted("%H:%M:%S", c, zone)),
            'n' => self.padded("\n".to_string()),
            't' => self.padded("\t".to_string()),
            '%' => self.padded("%".to_string()),
            'z' => self.padded("+".to_string()) + &self.number(4, 0),
            'e' => self.spaced(c[2]),
            'k' => self.spaced(c[3]),
            'l' => self.spaced(twelve),
            'C' => self.number(1, c[0].div_euclid(100)),
            'd' => self.number(2, c[2]),
            'g' => self.number(2, iso_week(c).0.rem_euclid(100)),
            'G' => self.number(1, iso_week(c).0),
            'H' => self.number(2, c[3]),
            'I' => self.number(2, twelve),
            'j' => self.number(3, c[7]),
            'm' => self.number(2, c[1]),
            'M' => self.number(2, c[4]),
            's' => {
                let days = days_from_civil(c[0], c[1], c[2]);
                self.number(1, days * 86_400 + c[3] * 3600 + c[4] * 60 + c[5])
            }
            'S' => self.number(2, c[5]),
            'u' => self.number(1, c[6] + 1),
            'U' => self.number(2, (c[7] + 6 - (c[6] + 1) % 7) / 7),
            'V' => self.number(2, iso_week(c).1),
            'w' => self.number(1, (c[6] + 1) % 7),
            'W' => self.number(2, (c[7] + 6 - c[6]) / 7),
            'y' => self.number(2, c[0].rem_euclid(100)),
            'Y' => self.number(1, c[0]),
            _ => self.padded(self.whole.to_string()),
        }
    }

    /// A modifier that the letter does not take.
    fn is_wrong(&self) -> bool {
        match self.modifier {
            None => false,
            Some('E') => matches!(
                self.letter,
                'a' | 'A'
                    | 'b'
                    | 'B'
                    | 'h'
                    | 'd'
                    | 'D'
                    | 'e'
                    | 'F'
                    | 'g'
                    | 'G'
                    | 'H'
                    | 'I'
                    | 'j'
                    | 'k'
                    | 'l'
                    | 'm'
                    | 'M'
                    | 'S'
                    | 'U'
                    | 'V'
                    | 'w'
                    | 'W'
                    | '%'
            ),
            Some(_) => matches!(
                self.letter,
                'a' | 'A' | 'c' | 'C' | 'D' | 'F' | 'x' | 'X' | 'Y' | '%'
            ),
        }
    }

    /// Text on the right of its width.
    fn padded(&self, text: String) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        let pad = if self.pad == Some('0') { "0" } else { " " };
        pad.repeat(missing) + &text
    }

    fn name(&self, text: &str) -> String {
        let is_name = matches!(self.letter, 'a' | 'A' | 'b' | 'B' | 'h');
        match self.upper || (self.change_case && is_name) {
            true => self.padded(text.to_uppercase()),
            false => self.padded(text.to_string()),
        }
    }

    fn half(&self, c: &Calendar, lower: bool) -> String {
        let text = if c[3] < 12 { "AM" } else { "PM" };
        match lower {
            true => self.padded(text.to_lowercase()),
            false => self.padded(text.to_string()),
        }
    }

    /// A number of at least so many digits.
    fn number(&self, digits: usize, value: i64) -> String {
        self.padded_number(digits, value, self.pad)
    }

    /// A number that has spaces in front unless a flag says otherwise.
    fn spaced(&self, value: i64) -> String {
        self.padded_number(2, value, self.pad.or(Some('_')))
    }

    fn padded_number(&self, digits: usize, value: i64, pad: Option<char>) -> String {
        let (sign, text) = (
            if value < 0 { "-" } else { "" },
            value.unsigned_abs().to_string(),
        );
        let missing = digits
            .max(self.width)
            .saturating_sub(text.len() + sign.len());
        match pad {
            Some('-') => self.padded(format!("{sign}{text}")),
            Some('_') => format!("{}{sign}{text}", " ".repeat(missing)),
            _ => format!("{sign}{}{text}", "0".repeat(missing)),
        }
    }
}

/// Year and number of the ISO week.
fn iso_week(c: &Calendar) -> (i64, i64) {
    let week = (c[7] - c[6] + 9) / 7;
    let leap = |y: i64| y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    let weeks_of = |year: i64, last_weekday: i64| {
        52 + i64::from(last_weekday == 3 || (last_weekday == 4 && leap(year)))
    };
    if week < 1 {
        let last_weekday = (c[6] - c[7]).rem_euclid(7);
        return (c[0] - 1, weeks_of(c[0] - 1, last_weekday));
    }
    let rest = 365 + i64::from(leap(c[0])) - c[7];
    if week == 53 && weeks_of(c[0], (c[6] + rest).rem_euclid(7)) == 52 {
        return (c[0] + 1, 1);
    }
    (c[0], week)
}
