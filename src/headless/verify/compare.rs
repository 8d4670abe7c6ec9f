//! The first place where two runs differ.
//!
//! Knows texts only. Invariant: addresses are compared by identity (the first one printed is the first on both sides), for no two
//! processes have the same. Start at [`first`].

use std::collections::HashMap;

/// A difference, ready to be shown: where, and both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub place: String,
    pub here: String,
    pub there: String,
}

/// What stands for a line that is not there.
const NOTHING: &str = "(nothing more)";

/// Compares line by line; `place` names a line by its index.
pub fn first(
    here: &[String],
    there: &[String],
    place: impl Fn(usize) -> String,
) -> Option<Difference> {
    let count = here.len().max(there.len());
    let line =
        |side: &[String], i: usize| side.get(i).cloned().unwrap_or_else(|| NOTHING.to_owned());
    let at = (0..count).find(|i| here.get(*i) != there.get(*i))?;
    Some(Difference {
        place: place(at),
        here: line(here, at),
        there: line(there, at),
    })
}

/// The lines of a text; addresses replaced by their order of appearance.
pub fn lines(text: &str) -> Vec<String> {
    let mut seen = HashMap::new();
    text.lines()
        .map(|line| without_addresses(line, &mut seen))
        .collect()
}

/// An address has more digits than a number that a script would write in hexadecimal.
const ADDRESS_DIGITS: usize = 6;

fn without_addresses(line: &str, seen: &mut HashMap<String, usize>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("at 0x") {
        let (before, number) = rest.split_at(at + "at 0x".len());
        let end = number
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        out.push_str(before);
        if digits.len() < ADDRESS_DIGITS {
            out.push_str(digits);
        } else {
            let next = seen.len() + 1;
            let ordinal = seen.entry(digits.to_owned()).or_insert(next);
            out.push_str(&format!("(address {ordinal})"));
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_by_identity() {
        let here = lines("<A at 0x7f0000> <B at 0x7f0010>\n<A at 0x7f0000>");
        let there = lines("<A at 0x55aa10> <B at 0x55aa00>\n<A at 0x55aa10>");
        assert_eq!(here, there);
        assert_ne!(
            here[1],
            lines("<A at 0x7f0000> <B at 0x7f0010>\n<A at 0x7f0010>")[1]
        );
        assert_eq!(lines("at 0x10")[0], "at 0x10");
    }

    #[test]
    fn the_shorter_side_ends_first() {
        let difference = first(&lines("a\nb"), &lines("a"), |i| format!("line {}", i + 1));
        let difference = difference.expect("they differ");
        assert_eq!(difference.place, "line 2");
        assert_eq!(difference.there, NOTHING);
    }
}
