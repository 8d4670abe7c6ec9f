//! Colours by meaning: every style on the screen is a row of the table here.
//!
//! Invariant: a meaning that has a colour also has a glyph or a word where it is drawn, so the plain palette loses nothing. Knows
//! the environment (`NO_COLOR`, `TERM`, `COLORTERM`) and nothing of panes.

use ratatui::style::{Color, Modifier, Style};

/// What a piece of text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Text,
    /// Said in a lower voice: line numbers, other owners, folded things.
    Dim,
    Border,
    FocusBorder,
    Title,
    FocusTitle,
    /// The line or instruction about to run.
    Current,
    /// The cursor of the focused pane.
    Cursor,
    /// The selected object, wherever it shows.
    Selected,
    Breakpoint,
    Changed,
    Born,
    Dead,
    /// Part of a reference cycle, or isolated by one.
    Cycle,
    Finalizing,
    Weak,
    Stderr,
    Error,
    Key,
    Keyword,
    Str,
    Number,
    Comment,
    Definition,
    Builtin,
    SelfName,
    Decorator,
}

/// How many colours the terminal gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// `NO_COLOR` or a dumb terminal: bold, dim, underline and reverse only.
    Plain,
    /// The terminal's own sixteen.
    Sixteen,
    /// 24 bits: middle tones that can be read on a dark and on a light ground.
    Full,
}

#[derive(Clone, Copy, Debug)]
pub struct Theme {
    palette: Palette,
}

type Row = (Role, Color, Color, Modifier);

const NONE: Modifier = Modifier::empty();
const BOLD: Modifier = Modifier::BOLD;

/// Role, colour of sixteen, colour of 24 bits, modifier that stands in for both in the plain palette.
#[rustfmt::skip]
const TABLE: [Row; 27] = [
    (Role::Text,        Color::Reset,       Color::Reset,                     NONE),
    (Role::Dim,         Color::DarkGray,    Color::Rgb(0x92, 0x83, 0x74),     Modifier::DIM),
    (Role::Border,      Color::DarkGray,    Color::Rgb(0x7c, 0x6f, 0x64),     NONE),
    (Role::FocusBorder, Color::Cyan,        Color::Rgb(0x45, 0x85, 0x88),     BOLD),
    (Role::Title,       Color::Reset,       Color::Rgb(0x92, 0x83, 0x74),     NONE),
    (Role::FocusTitle,  Color::Cyan,        Color::Rgb(0x45, 0x85, 0x88),     Modifier::REVERSED),
    (Role::Current,     Color::Yellow,      Color::Rgb(0xd7, 0x99, 0x21),     BOLD),
    (Role::Cursor,      Color::Reset,       Color::Reset,                     Modifier::REVERSED),
    (Role::Selected,    Color::Cyan,        Color::Rgb(0x45, 0x9a, 0xa0),     Modifier::UNDERLINED),
    (Role::Breakpoint,  Color::Red,         Color::Rgb(0xcc, 0x24, 0x1d),     BOLD),
    (Role::Changed,     Color::Yellow,      Color::Rgb(0xd7, 0x99, 0x21),     BOLD),
    (Role::Born,        Color::Green,       Color::Rgb(0x98, 0x97, 0x1a),     BOLD),
    (Role::Dead,        Color::DarkGray,    Color::Rgb(0x92, 0x83, 0x74),     Modifier::DIM),
    (Role::Cycle,       Color::Red,         Color::Rgb(0xe0, 0x3c, 0x2e),     BOLD),
    (Role::Finalizing,  Color::Magenta,     Color::Rgb(0xb1, 0x62, 0x86),     BOLD),
    (Role::Weak,        Color::Blue,        Color::Rgb(0x45, 0x85, 0x88),     Modifier::DIM),
    (Role::Stderr,      Color::Red,         Color::Rgb(0xd6, 0x5d, 0x0e),     NONE),
    (Role::Error,       Color::Red,         Color::Rgb(0xe0, 0x3c, 0x2e),     BOLD),
    (Role::Key,         Color::Cyan,        Color::Rgb(0x45, 0x9a, 0xa0),     BOLD),
    (Role::Keyword,     Color::Red,         Color::Rgb(0xd6, 0x5d, 0x0e),     NONE),
    (Role::Str,         Color::Green,       Color::Rgb(0x98, 0x97, 0x1a),     NONE),
    (Role::Number,      Color::Magenta,     Color::Rgb(0xb1, 0x62, 0x86),     NONE),
    (Role::Comment,     Color::DarkGray,    Color::Rgb(0x92, 0x83, 0x74),     Modifier::DIM),
    (Role::Definition,  Color::Blue,        Color::Rgb(0x68, 0x9d, 0x6a),     NONE),
    (Role::Builtin,     Color::Blue,        Color::Rgb(0x45, 0x85, 0x88),     NONE),
    (Role::SelfName,    Color::Blue,        Color::Rgb(0xd7, 0x99, 0x21),     NONE),
    (Role::Decorator,   Color::Magenta,     Color::Rgb(0x68, 0x9d, 0x6a),     NONE),
];

impl Theme {
    pub fn new(palette: Palette) -> Theme {
        Theme { palette }
    }

    /// What the environment asks for; <https://no-color.org> wins over everything.
    pub fn from_environment() -> Theme {
        let set = |name: &str| std::env::var(name).is_ok_and(|v| !v.is_empty());
        let is = |name: &str, part: &str| std::env::var(name).is_ok_and(|v| v.contains(part));
        let palette = if set("NO_COLOR") || is("TERM", "dumb") || is("TERM", "mono") {
            Palette::Plain
        } else if is("COLORTERM", "truecolor") || is("COLORTERM", "24bit") || is("TERM", "direct") {
            Palette::Full
        } else {
            Palette::Sixteen
        };
        Theme::new(palette)
    }

    pub fn palette(&self) -> Palette {
        self.palette
    }

    pub fn style(&self, role: Role) -> Style {
        let (_, sixteen, full, modifier) = TABLE[role as usize];
        match self.palette {
            Palette::Plain => Style::new().add_modifier(modifier),
            Palette::Sixteen => Style::new().fg(sixteen).add_modifier(without_dim(modifier)),
            Palette::Full => Style::new().fg(full).add_modifier(without_dim(modifier)),
        }
    }
}

/// Dim stands in for grey; with colours, grey is grey and dim on top would be unreadable.
fn without_dim(modifier: Modifier) -> Modifier {
    modifier.difference(Modifier::DIM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_roles() {
        for (index, (role, ..)) in TABLE.iter().enumerate() {
            assert_eq!(*role as usize, index, "{role:?}");
        }
    }

    #[test]
    fn the_plain_palette_has_no_colour() {
        let theme = Theme::new(Palette::Plain);
        for (role, ..) in TABLE {
            assert_eq!(theme.style(role).fg, None, "{role:?}");
        }
    }
}
