//! The reference graph's pane: scrolls over the picture, selects the box that is clicked.
//!
//! What the picture says and where its boxes stand is `views::graph`'s.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Context, Motion, Pane, Reply};
use crate::views::screen::Screen;

#[derive(Default)]
pub struct References {
    left: usize,
    top: usize,
}

impl Pane for References {
    fn title(&self, _screen: &Screen) -> String {
        "references".to_owned()
    }

    fn draw(&mut self, _context: &Context, _area: Rect, _buffer: &mut Buffer) {}

    fn moved(&mut self, motion: Motion, _screen: &Screen) -> Reply {
        match motion {
            Motion::Up => self.top = self.top.saturating_sub(1),
            Motion::Down => self.top += 1,
            Motion::Left => self.left = self.left.saturating_sub(4),
            Motion::Right => self.left += 4,
            Motion::PageUp => self.top = self.top.saturating_sub(10),
            Motion::PageDown => self.top += 10,
            Motion::Home => (self.left, self.top) = (0, 0),
            Motion::End | Motion::Choose => {}
        }
        Reply::Nothing
    }

    fn clicked(&mut self, _column: u16, _row: u16, _screen: &Screen) -> Reply {
        Reply::Nothing
    }

    fn find(&mut self, _needle: &str, _screen: &Screen) -> bool {
        false
    }
}
