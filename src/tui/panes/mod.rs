//! The panes: one file each, each with its own cursor and scroll, drawn from a [`Screen`] alone.
//!
//! A pane knows the views and the theme; not the session, not the other panes, not where on the screen it is. Invariant: a pane never
//! writes outside the rectangle it is given. Most panes are lists: see [`list`]. Start at [`Pane`].

pub mod breakpoints;
pub mod bytecode;
pub mod collector;
pub mod effect;
pub mod events;
pub mod frames;
pub mod list;
pub mod namespace;
pub mod output;
pub mod refcounts;
pub mod references;
pub mod source;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::highlight::Highlights;
use super::theme::Theme;
use crate::views::screen::Screen;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Source,
    References,
    Namespace,
    Refcounts,
    Bytecode,
    Output,
    Events,
    Frames,
    Breakpoints,
    Collector,
    Effect,
}

/// Kind, the digit that focuses it, its name in titles, the same where room is short.
#[rustfmt::skip]
pub const KINDS: [(Kind, char, &str, &str); 11] = [
    (Kind::Source, '1', "source", "source"),
    (Kind::References, '2', "references", "graph"),
    (Kind::Namespace, '3', "namespace", "names"),
    (Kind::Refcounts, '4', "refcounts", "counts"),
    (Kind::Bytecode, '5', "bytecode", "code"),
    (Kind::Output, '6', "output", "output"),
    (Kind::Events, '7', "events", "events"),
    (Kind::Frames, '8', "frames", "frames"),
    (Kind::Breakpoints, '9', "breakpoints", "breaks"),
    (Kind::Collector, '0', "collector", "gc"),
    (Kind::Effect, ' ', "what this step does", "effect"),
];

impl Kind {
    pub fn digit(self) -> char {
        KINDS[self as usize].1
    }

    pub fn name(self) -> &'static str {
        KINDS[self as usize].2
    }

    pub fn short(self) -> &'static str {
        KINDS[self as usize].3
    }

    pub fn of_digit(digit: char) -> Option<Kind> {
        KINDS
            .iter()
            .find(|(_, d, ..)| *d == digit)
            .map(|(kind, ..)| *kind)
    }

    /// The effect is read, not walked through.
    pub fn takes_focus(self) -> bool {
        self != Kind::Effect
    }
}

/// A movement inside a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    /// Enter or a double click: do what this row is for.
    Choose,
}

/// What can be set on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    Deeper,
    Shallower,
    /// An instance and its `__dict__` in one box, or apart.
    Dicts,
    /// Classes, modules, functions.
    Noise,
    /// Only what is around the selected object.
    Around,
}

/// What a pane wants done after a key or a click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    Nothing,
    /// This object becomes the selected one, everywhere.
    Select(String),
    /// A line of the command language.
    Run(String),
}

/// What a pane draws from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub screen: &'a Screen,
    pub theme: &'a Theme,
    pub focused: bool,
    /// `None` until the highlighter is ready.
    pub highlights: Option<&'a Highlights>,
}

pub trait Pane {
    /// What stands after the pane's number in its title.
    fn title(&self, screen: &Screen) -> String;

    /// Draws into `area`, the inside of the border.
    fn draw(&mut self, context: &Context, area: Rect, buffer: &mut Buffer);

    fn moved(&mut self, motion: Motion, screen: &Screen) -> Reply;

    /// A click at a cell of the inside, (0, 0) at its top left.
    fn clicked(&mut self, column: u16, row: u16, screen: &Screen) -> Reply;

    /// The wheel over the pane: scrolls by `rows`, selects nothing.
    fn scrolled(&mut self, _rows: isize, _screen: &Screen) {}

    /// Changes what the picture shows; nothing to the other panes.
    fn turned(&mut self, _knob: Knob, _screen: &Screen) {}

    /// A new moment is shown: bring what is current into sight.
    fn arrived(&mut self, _screen: &Screen) {}

    /// Moves the cursor to the next row after it that holds `needle`; `false` if there is none.
    fn find(&mut self, needle: &str, screen: &Screen) -> bool;

    /// The object under the cursor, for panes that have some.
    fn object(&self, _screen: &Screen) -> Option<String> {
        None
    }

    /// The line of source under the cursor, for panes that have one.
    fn line(&self) -> Option<u32> {
        None
    }
}

/// One pane of each kind.
pub struct Panes {
    panes: Vec<Box<dyn Pane>>,
}

impl Default for Panes {
    fn default() -> Panes {
        let panes = KINDS.iter().map(|(kind, ..)| make(*kind)).collect();
        Panes { panes }
    }
}

fn make(kind: Kind) -> Box<dyn Pane> {
    match kind {
        Kind::Source => Box::<source::Source>::default(),
        Kind::References => Box::<references::References>::default(),
        Kind::Namespace => Box::<list::ListPane<namespace::Namespace>>::default(),
        Kind::Refcounts => Box::<list::ListPane<refcounts::Refcounts>>::default(),
        Kind::Bytecode => Box::<list::ListPane<bytecode::Bytecode>>::default(),
        Kind::Output => Box::<list::ListPane<output::Output>>::default(),
        Kind::Events => Box::<list::ListPane<events::Events>>::default(),
        Kind::Frames => Box::<list::ListPane<frames::Frames>>::default(),
        Kind::Breakpoints => Box::<list::ListPane<breakpoints::Breakpoints>>::default(),
        Kind::Collector => Box::<list::ListPane<collector::Collector>>::default(),
        Kind::Effect => Box::<effect::Effect>::default(),
    }
}

impl Panes {
    pub fn get(&mut self, kind: Kind) -> &mut dyn Pane {
        self.panes[kind as usize].as_mut()
    }

    pub fn arrived(&mut self, screen: &Screen) {
        for pane in &mut self.panes {
            pane.arrived(screen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_in_the_order_of_their_table() {
        for (index, (kind, ..)) in KINDS.iter().enumerate() {
            assert_eq!(*kind as usize, index);
        }
    }
}
