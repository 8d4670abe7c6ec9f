//! The panel over the panes: an answer too long for one line, the reasons of `w`, the help of `?`.
//!
//! Knows only lines of text. Invariant: the first line shown is one that exists.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Flex, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget};

use super::panes::Motion;
use super::panes::list::{draw_line, draw_more};
use super::theme::{Role, Theme};
use crate::views::safe;

#[derive(Clone, Debug, Default)]
pub struct Panel {
    title: String,
    lines: Vec<String>,
    top: usize,
    left: usize,
    height: usize,
}

impl Panel {
    pub fn new(title: &str, text: &str) -> Panel {
        let lines = text.lines().map(safe::tabbed).collect();
        Panel {
            title: safe::one_line(title),
            lines,
            ..Panel::default()
        }
    }

    pub fn moved(&mut self, motion: Motion) {
        let page = self.height.saturating_sub(1).max(1);
        let last = self.lines.len().saturating_sub(self.height);
        self.top = match motion {
            Motion::Up => self.top.saturating_sub(1),
            Motion::Down => self.top + 1,
            Motion::PageUp => self.top.saturating_sub(page),
            Motion::PageDown => self.top + page,
            Motion::Home => 0,
            Motion::End => last,
            Motion::Left | Motion::Right | Motion::Choose => self.top,
        }
        .min(last);
        match motion {
            Motion::Left => self.left = self.left.saturating_sub(8),
            Motion::Right => self.left += 8,
            _ => {}
        }
    }

    pub fn draw(&mut self, theme: &Theme, body: Rect, buffer: &mut Buffer) {
        let widest = self
            .lines
            .iter()
            .map(|l| l.chars().count())
            .max()
            .unwrap_or(0);
        let width = (widest.max(self.title.chars().count()) as u16).saturating_add(4);
        let height = (self.lines.len() as u16).saturating_add(2);
        let area = middle(body, width.clamp(30, 100), height);
        Clear.render(area, buffer);
        let block = Block::bordered()
            .border_style(theme.style(Role::FocusBorder))
            .title(Line::styled(
                format!(" {} ", self.title),
                theme.style(Role::FocusTitle),
            ))
            .title_bottom(Line::styled(" Esc closes ", theme.style(Role::Dim)).right_aligned());
        let mut inside = block.inner(area);
        block.render(area, buffer);
        inside.x += 1;
        inside.width = inside.width.saturating_sub(2);
        self.height = inside.height as usize;
        self.top = self.top.min(self.lines.len().saturating_sub(self.height));
        for (line, y) in self
            .lines
            .iter()
            .skip(self.top)
            .zip(inside.y..inside.bottom())
        {
            let row = Rect {
                y,
                height: 1,
                ..inside
            };
            draw_line(&Line::raw(line.as_str()), self.left, row, buffer);
        }
        let below = self.lines.len().saturating_sub(self.top + self.height);
        draw_more(theme, self.top, below, inside, buffer);
    }
}

fn middle(body: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(body.width.saturating_sub(2));
    let height = height.min(body.height.saturating_sub(2));
    let [row] = Layout::vertical([Constraint::Length(height)])
        .flex(Flex::Center)
        .areas(body);
    let [area] = Layout::horizontal([Constraint::Length(width)])
        .flex(Flex::Center)
        .areas(row);
    area
}
