//! Encodings of one byte a character: the tables (`charmaps.txt`, recorded from CPython), by which sources are read and the codecs work.
//!
//! A line of `charmaps.txt` is a codec: its name, then code points in hexadecimal for bytes 0 to 255; `X*N` stands for N of them
//! that follow each other, `-` for none. A line of `encoding_aliases.txt` is a codec's module and its aliases.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The code point that a table has where there is none.
pub const UNDEFINED: u32 = 0xfffe;

/// A table in both directions.
#[derive(Debug)]
pub struct Charmap {
    pub name: &'static str,
    pub points: [u32; 256],
    pub bytes: HashMap<u32, u8>,
}

impl PartialEq for Charmap {
    fn eq(&self, other: &Charmap) -> bool {
        self.name == other.name
    }
}

impl Eq for Charmap {}

/// Aliases of encodings and the modules they stand for, in CPython's order.
pub fn aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("encoding_aliases.txt")
        .lines()
        .flat_map(|line| {
            let mut words = line.split(' ');
            let module = words.next().unwrap_or("");
            words.map(move |alias| (alias, module))
        })
}

fn read_table(line: &'static str) -> Charmap {
    let mut words = line.split(' ');
    let name = words.next().unwrap_or("");
    let mut points = [UNDEFINED; 256];
    let mut at = 0;
    for word in words {
        let (first, count) = word.split_once('*').unwrap_or((word, "1"));
        let count: usize = count.parse().expect("a count in charmaps.txt is a number");
        for n in 0..count {
            if let Ok(first) = u32::from_str_radix(first, 16) {
                points[at] = first + n as u32;
            }
            at += 1;
        }
    }
    // Of two bytes for the same character the later is written.
    let bytes = points
        .iter()
        .enumerate()
        .filter(|(_, point)| **point != UNDEFINED)
        .map(|(byte, point)| (*point, byte as u8))
        .collect();
    Charmap {
        name,
        points,
        bytes,
    }
}

impl Charmap {
    /// The table of a name that is normalised already; aliases too.
    pub fn find(name: &str) -> Option<&'static Charmap> {
        static TABLES: OnceLock<HashMap<&'static str, Charmap>> = OnceLock::new();
        static ALIASES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
        let tables = TABLES.get_or_init(|| {
            let tables = include_str!("charmaps.txt").lines().map(read_table);
            tables.map(|table| (table.name, table)).collect()
        });
        let aliases = ALIASES.get_or_init(|| aliases().collect());
        let plain = name.replace('.', "_");
        let module = aliases
            .get(name)
            .or_else(|| aliases.get(plain.as_str()))
            .copied()
            .unwrap_or(name);
        tables.get(module)
    }

    /// The character of a byte; `None` if the table has none.
    pub fn character(&self, byte: u8) -> Option<char> {
        let point = self.points[usize::from(byte)];
        (point != UNDEFINED)
            .then(|| char::from_u32(point))
            .flatten()
    }
}
