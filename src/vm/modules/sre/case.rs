//! Characters as regular expressions see them: which class they are in, and which are the same when case is ignored.

use super::tree::Class;
use crate::vm::types::unicode_data as data;

/// How case is ignored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fold {
    /// Only letters of ASCII; LOCALE too, since the locale has no other letters of one byte.
    Ascii,
    Unicode,
}

/// Lower-case letters that are the same letter though neither is the other's lower case (`_equivalences`).
static SAME: &[&[u32]] = &[
    &[0x69, 0x131],
    &[0x73, 0x17f],
    &[0xb5, 0x3bc],
    &[0x345, 0x3b9, 0x1fbe],
    &[0x390, 0x1fd3],
    &[0x3b0, 0x1fe3],
    &[0x3b2, 0x3d0],
    &[0x3b5, 0x3f5],
    &[0x3b8, 0x3d1],
    &[0x3ba, 0x3f0],
    &[0x3c0, 0x3d6],
    &[0x3c1, 0x3f1],
    &[0x3c2, 0x3c3],
    &[0x3c6, 0x3d5],
    &[0x432, 0x1c80],
    &[0x434, 0x1c81],
    &[0x43e, 0x1c82],
    &[0x441, 0x1c83],
    &[0x442, 0x1c84, 0x1c85],
    &[0x44a, 0x1c86],
    &[0x463, 0x1c87],
    &[0x1c88, 0xa64b],
    &[0x1e61, 0x1e9b],
    &[0xfb05, 0xfb06],
];

impl Fold {
    /// The lower case of a character, one for one.
    #[inline]
    pub fn lower(self, c: u32) -> u32 {
        if c < 0x80 {
            return u32::from((c as u8).to_ascii_lowercase());
        }
        match self {
            Fold::Ascii => c,
            Fold::Unicode => lower(c),
        }
    }

    /// Whether the character has another case.
    pub fn is_cased(self, c: u32) -> bool {
        match self {
            Fold::Ascii => c < 0x80 && (c as u8).is_ascii_alphabetic(),
            Fold::Unicode => c != lower(c) || c != upper(c),
        }
    }

    /// All lower-case letters that are the same letter as this lower-case letter, if there are others.
    pub fn same(self, c: u32) -> &'static [u32] {
        match self {
            Fold::Ascii => &[],
            Fold::Unicode => SAME.iter().find(|row| row.contains(&c)).map_or(&[], |r| r),
        }
    }
}

/// `_PyUnicode_ToLowercase`: of several characters, the first.
pub fn lower(c: u32) -> u32 {
    let mut out = None;
    data::to_lower(c, &mut |m| {
        out.get_or_insert(m);
    });
    out.unwrap_or(c)
}

/// `_PyUnicode_ToUppercase`: of several characters, the first.
pub fn upper(c: u32) -> u32 {
    let mut out = None;
    data::to_upper(c, &mut |m| {
        out.get_or_insert(m);
    });
    out.unwrap_or(c)
}

impl Class {
    pub fn has(self, c: u32, unicode: bool) -> bool {
        if c < 0x80 {
            let c = c as u8;
            return match self {
                Class::Digit => c.is_ascii_digit(),
                Class::Space => matches!(c, b' ' | 9..=13) || unicode && (0x1c..=0x1f).contains(&c),
                Class::Word => c.is_ascii_alphanumeric() || c == b'_',
            };
        }
        unicode
            && match self {
                Class::Digit => data::is_decimal(c),
                Class::Space => data::is_space(c),
                Class::Word => data::is_alnum(c),
            }
    }
}
