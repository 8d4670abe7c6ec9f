//! Which box-drawing character joins which arms.
//!
//! One table of what Unicode has for light and heavy arms in four directions. Knows nothing of edges.

use std::sync::LazyLock;

/// How strong a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    #[default]
    None,
    /// A weak reference; only its straight pieces have a character of their own.
    Dashed,
    Light,
    Heavy,
}

/// The arms of one cell: up, right, down, left, as `Dir` counts.
pub(super) type Arms = [Weight; 4];

/// Characters by arms: up, right, down, left as base-3 digits (0 none, 1 light, 2 heavy).
const JOINTS: [(&str, &str); 10] = [
    // Straight lines and the mixed ones.
    ("0101 1010 0202 2020 0102 0201 1020 2010", "─│━┃╾╼╽╿"),
    // Single arms.
    ("1000 0100 0010 0001 2000 0200 0020 0002", "╵╶╷╴╹╺╻╸"),
    // Corners.
    ("0110 0210 0120 0220 0011 0012 0021 0022", "┌┍┎┏┐┑┒┓"),
    ("1100 1200 2100 2200 1001 1002 2001 2002", "└┕┖┗┘┙┚┛"),
    // Tees.
    ("1110 1210 2110 1120 2120 2210 1220 2220", "├┝┞┟┠┡┢┣"),
    ("1011 1012 2011 1021 2021 2012 1022 2022", "┤┥┦┧┨┩┪┫"),
    ("0111 0112 0211 0212 0121 0122 0221 0222", "┬┭┮┯┰┱┲┳"),
    ("1101 1102 1201 1202 2101 2102 2201 2202", "┴┵┶┷┸┹┺┻"),
    // Crosses.
    ("1111 1112 1211 1212 2111 1121 2121 2112", "┼┽┾┿╀╁╂╃"),
    ("2211 1122 1221 2212 1222 2122 2221 2222", "╄╅╆╇╈╉╊╋"),
];

pub(super) fn glyph(arms: Arms) -> char {
    match arms {
        [Weight::None, Weight::Dashed, Weight::None, Weight::Dashed] => return '┄',
        [Weight::Dashed, Weight::None, Weight::Dashed, Weight::None] => return '╎',
        _ => {}
    }
    TABLE[arms.iter().fold(0, |code, &arm| code * 3 + digit(arm))]
}

fn digit(arm: Weight) -> usize {
    match arm {
        Weight::None => 0,
        Weight::Dashed | Weight::Light => 1,
        Weight::Heavy => 2,
    }
}

/// `JOINTS` by the number that its digits write.
static TABLE: LazyLock<[char; 81]> = LazyLock::new(|| {
    let mut table = [' '; 81];
    for (codes, glyphs) in JOINTS {
        for (code, glyph) in codes.split(' ').zip(glyphs.chars()) {
            let at = usize::from_str_radix(code, 3).expect("the table's codes are base-3 numbers");
            table[at] = glyph;
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::{JOINTS, Weight, glyph};

    #[test]
    fn every_combination_of_arms_has_its_own_character() {
        let weights = [Weight::None, Weight::Light, Weight::Heavy];
        let mut seen = std::collections::BTreeSet::new();
        for code in 1..81_usize {
            let arm = |place: usize| weights[code / 3_usize.pow(place as u32) % 3];
            let symbol = glyph([arm(0), arm(1), arm(2), arm(3)]);
            assert!(symbol != ' ' && seen.insert(symbol), "{code}: {symbol}");
        }
        assert_eq!(
            JOINTS.iter().map(|(_, g)| g.chars().count()).sum::<usize>(),
            80
        );
    }
}
