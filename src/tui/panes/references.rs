//! The reference graph's pane: what to show of it, scrolling, and walking from box to box.
//!
//! What the picture says and where its boxes stand is `views::graph`'s; this keeps the hints that hold it still from one moment to
//! the next. Invariant: the picture is built anew only when the moment, the selection, the wish or the width has changed.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::{Context, Knob, Motion, Pane, Reply};
use crate::tui::theme::{Role, Theme};
use crate::views::graph::{
    self, COVERED, Canvas, Cell, GraphOptions, Hints, Key, Model, Placed, Tone,
};
use crate::views::screen::Screen;

/// Rows and columns kept between the selected box and the pane's edge when scrolling to it.
const MARGIN: usize = 1;
/// Moments whose places are remembered.
const MOMENTS_AT_MOST: usize = 1000;
/// A row is about twice as high as a column is wide: distances count it so.
const ROW_WEIGHT: i32 = 2;

#[derive(Default)]
pub struct References {
    wish: Wish,
    hints: Hints,
    /// By step and event: a moment that was seen before looks as it did then.
    memory: BTreeMap<(u64, u32), Memory>,
    /// The moment shown.
    moment: (u64, u32),
    picture: Option<Picture>,
    left: usize,
    top: usize,
    /// Width and height at the last draw.
    size: (usize, usize),
    /// The size that `memory` is for.
    laid_out: (usize, usize),
}

/// What the reader asked for beyond the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wish {
    focus: Option<Key>,
    depth: Option<usize>,
    dicts: bool,
    noise: bool,
    opened: std::collections::BTreeSet<Key>,
}

/// How a moment was shown: the hints before it was placed, and how far it was scrolled.
struct Memory {
    hints: Hints,
    left: usize,
    top: usize,
}

struct Picture {
    /// What it was built for, next to the moment.
    wish: Wish,
    selected: Option<Key>,
    size: (usize, usize),
    model: Model,
    placed: Placed,
    canvas: Canvas,
}

impl Pane for References {
    fn title(&self, screen: &Screen) -> String {
        let mut parts = vec!["references".to_owned()];
        if let Some(collection) = &screen.graph.collection {
            parts.push(format!(
                "collection of generation {}",
                collection.generation
            ));
            if !collection.phase.is_empty() {
                parts.push(format!("after {}", collection.phase));
            }
        }
        if let Some(focus) = self.wish.focus.and_then(|key| name(screen, key)) {
            parts.push(format!("around {focus}"));
        }
        if let Some(depth) = self.wish.depth {
            parts.push(format!("depth {depth}"));
        }
        if self.wish.dicts {
            parts.push("dicts apart".to_owned());
        }
        if self.wish.noise {
            parts.push("everything".to_owned());
        }
        let beyond = self.beyond();
        if !beyond.is_empty() {
            parts.push(format!("more {beyond}"));
        }
        parts.join(" · ")
    }

    fn draw(&mut self, context: &Context, area: Rect, buffer: &mut Buffer) {
        self.size = (area.width as usize, area.height as usize);
        self.build(context.screen);
        self.settle();
        let Some(picture) = &self.picture else { return };
        if picture.model.boxes.is_empty() {
            let style = context.theme.style(Role::Dim);
            let text = "no objects of the script's own yet";
            buffer.set_stringn(area.x, area.y, text, area.width as usize, style);
            return;
        }
        for y in 0..area.height {
            for x in 0..area.width {
                let (column, row) = (self.left + x as usize, self.top + y as usize);
                let at = (area.x + x, area.y + y);
                paint(
                    picture.canvas.cell(column, row),
                    at,
                    x + 1 < area.width,
                    context.theme,
                    buffer,
                );
            }
        }
    }

    fn moved(&mut self, motion: Motion, screen: &Screen) -> Reply {
        let page = self.size.1.saturating_sub(2).max(1);
        match motion {
            Motion::PageUp => self.top = self.top.saturating_sub(page),
            Motion::PageDown => self.top += page,
            Motion::Home => (self.left, self.top) = (0, 0),
            Motion::End => self.top = usize::MAX / 2,
            Motion::Choose => self.choose(screen),
            Motion::Up => return self.walk((0, -1), screen),
            Motion::Down => return self.walk((0, 1), screen),
            Motion::Left => return self.walk((-1, 0), screen),
            Motion::Right => return self.walk((1, 0), screen),
        }
        self.settle();
        Reply::Nothing
    }

    fn clicked(&mut self, column: u16, row: u16, screen: &Screen) -> Reply {
        let (x, y) = (
            self.left as i32 + i32::from(column),
            self.top as i32 + i32::from(row),
        );
        let key = self
            .picture
            .as_ref()
            .and_then(|picture| picture.placed.at(x, y));
        select(key, screen)
    }

    fn scrolled(&mut self, rows: isize, _screen: &Screen) {
        self.top = self.top.saturating_add_signed(rows);
        self.settle();
    }

    fn turned(&mut self, knob: Knob, screen: &Screen) {
        let depth = self.wish.depth.unwrap_or(GraphOptions::default().depth);
        match knob {
            Knob::Deeper => self.wish.depth = Some(depth + 1),
            Knob::Shallower => self.wish.depth = Some(depth.saturating_sub(1).max(1)),
            Knob::Dicts => self.wish.dicts = !self.wish.dicts,
            Knob::Noise => self.wish.noise = !self.wish.noise,
            Knob::Around => {
                let selected = key(screen, screen.selected.as_deref());
                self.wish.focus = if self.wish.focus == selected {
                    None
                } else {
                    selected
                };
            }
        }
        self.hints.forget();
        self.memory.clear();
    }

    fn arrived(&mut self, _screen: &Screen) {
        self.picture = None;
    }

    fn find(&mut self, needle: &str, _screen: &Screen) -> bool {
        let Some(picture) = &self.picture else {
            return false;
        };
        let found = picture.model.boxes.iter().position(|view| {
            let texts = view.rows.iter().map(|row| row.label.as_str());
            texts
                .chain([view.title.as_str()])
                .any(|text| text.contains(needle))
        });
        if let Some(rect) = found.map(|index| picture.placed.boxes[index].rect) {
            self.reveal(rect);
        }
        found.is_some()
    }
}

impl References {
    /// Builds, places and draws, if what is there is not what is wanted.
    fn build(&mut self, screen: &Screen) {
        let selected = key(screen, screen.selected.as_deref());
        if let Some(picture) = &self.picture
            && picture.wish == self.wish
            && picture.selected == selected
            && picture.size == self.size
        {
            return;
        }
        let moved = self.picture.as_ref().is_none_or(|p| p.selected != selected);
        let (width, height) = self.size;
        let defaults = GraphOptions::for_pane(width, height);
        let options = GraphOptions {
            focus: self.wish.focus,
            depth: self.wish.depth.unwrap_or(defaults.depth),
            show_dicts: self.wish.dicts,
            show_noise: self.wish.noise,
            opened: self.wish.opened.clone(),
            selected,
            ..defaults
        };
        let model = graph::build(&screen.graph, &options);
        self.remember(screen);
        let placed = graph::layout(&model, &mut self.hints, width);
        let canvas = graph::draw(&model, &placed);
        let rect = selected.and_then(|key| placed.rect_of(&model, key));
        let wish = self.wish.clone();
        self.picture = Some(Picture {
            wish,
            selected,
            size: self.size,
            model,
            placed,
            canvas,
        });
        if let Some(rect) = rect.filter(|_| moved) {
            self.reveal(rect);
        }
    }

    /// Takes the hints of this moment's last showing, or keeps those it is shown with now.
    fn remember(&mut self, screen: &Screen) {
        if self.laid_out != self.size {
            self.laid_out = self.size;
            self.memory.clear();
        }
        self.moment = (screen.source.step, screen.event);
        match self.memory.get(&self.moment) {
            Some(memory) => {
                self.hints = memory.hints.clone();
                (self.left, self.top) = (memory.left, memory.top);
            }
            None => {
                let (hints, left, top) = (self.hints.clone(), self.left, self.top);
                self.memory.insert(self.moment, Memory { hints, left, top });
            }
        }
        if self.memory.len() > MOMENTS_AT_MOST {
            self.memory.pop_first();
        }
    }

    /// Keeps the offsets where there is something to see: where room is short, blank rows at the top are the first to go.
    fn settle(&mut self) {
        let Some(picture) = &self.picture else { return };
        let canvas = &picture.canvas;
        let blank = |y: &usize| canvas.row(*y).iter().all(|cell| cell.symbol == ' ');
        let first = (0..canvas.height).take_while(blank).count();
        let beyond = canvas.height.saturating_sub(self.size.1);
        self.left = self.left.min(canvas.width.saturating_sub(self.size.0));
        self.top = self.top.max(first).min(beyond);
        if let Some(memory) = self.memory.get_mut(&self.moment) {
            (memory.left, memory.top) = (self.left, self.top);
        }
    }

    /// Scrolls as little as brings a box into sight.
    fn reveal(&mut self, rect: graph::Rect) {
        let from = |start: i32| usize::try_from(start).unwrap_or(0).saturating_sub(MARGIN);
        let to = |end: i32| usize::try_from(end).unwrap_or(0) + MARGIN;
        let fit = |offset: usize, room: usize, start: usize, end: usize| {
            offset.max(end.saturating_sub(room)).min(start)
        };
        self.left = fit(self.left, self.size.0, from(rect.x), to(rect.right()));
        self.top = fit(self.top, self.size.1, from(rect.y), to(rect.bottom()));
    }

    /// Arrows towards what does not fit.
    fn beyond(&self) -> String {
        let Some(picture) = &self.picture else {
            return String::new();
        };
        let sides = [
            (self.left > 0, '←'),
            (self.top > 0 && !self.blank_above(), '↑'),
            (self.top + self.size.1 < picture.canvas.height, '↓'),
            (self.left + self.size.0 < picture.canvas.width, '→'),
        ];
        sides
            .iter()
            .filter(|(more, _)| *more)
            .map(|(_, arrow)| *arrow)
            .collect()
    }

    fn blank_above(&self) -> bool {
        let Some(picture) = &self.picture else {
            return true;
        };
        let above = 0..self.top.min(picture.canvas.height);
        above
            .into_iter()
            .all(|y| picture.canvas.row(y).iter().all(|cell| cell.symbol == ' '))
    }

    /// Opens or closes the selected box, if something is folded in it.
    fn choose(&mut self, screen: &Screen) {
        if let Some(key) = key(screen, screen.selected.as_deref())
            && !self.wish.opened.remove(&key)
        {
            self.wish.opened.insert(key);
        }
    }

    /// Selects the nearest box that lies in a direction from the selected one.
    fn walk(&mut self, (dx, dy): (i32, i32), screen: &Screen) -> Reply {
        let Some(picture) = &self.picture else {
            return Reply::Nothing;
        };
        let middle = |rect: graph::Rect| (rect.x + rect.width / 2, rect.y + rect.height / 2);
        let from = picture
            .selected
            .and_then(|key| picture.placed.rect_of(&picture.model, key));
        let (x, y) = from.map_or((-1, -1), middle);
        let distance = |rect: graph::Rect| {
            let (tx, ty) = middle(rect);
            let (along, across) = match dx {
                0 => ((ty - y) * dy * ROW_WEIGHT, (tx - x).abs()),
                _ => ((tx - x) * dx, (ty - y).abs() * ROW_WEIGHT),
            };
            (along > 0).then_some(along + across * 2)
        };
        let boxes = picture.placed.boxes.iter();
        let candidates = boxes.filter_map(|b| Some((distance(b.rect)?, b.id.key()?)));
        let nearest = candidates.min().or_else(|| {
            let first = picture.placed.boxes.iter().find_map(|b| b.id.key())?;
            from.is_none().then_some((0, first))
        });
        select(nearest.map(|(_, key)| key), screen)
    }
}

fn select(key: Option<Key>, screen: &Screen) -> Reply {
    match key.and_then(|key| name(screen, key)) {
        Some(name) if screen.selected.as_deref() != Some(name) => Reply::Select(name.to_owned()),
        _ => Reply::Nothing,
    }
}

/// The name that commands take.
fn name(screen: &Screen, key: Key) -> Option<&str> {
    if let Ok(at) = screen.names.binary_search_by_key(&key, |(key, _)| *key) {
        return Some(&screen.names[at].1);
    }
    let found = screen
        .graph
        .objects
        .iter()
        .find(|object| object.key == key)?;
    Some(found.name.as_str())
}

fn key(screen: &Screen, wanted: Option<&str>) -> Option<Key> {
    let wanted = wanted?;
    if let Some((key, _)) = screen.names.iter().find(|(_, name)| name == wanted) {
        return Some(*key);
    }
    let found = screen
        .graph
        .objects
        .iter()
        .find(|object| object.name == wanted)?;
    Some(found.key)
}

fn paint(cell: Cell, at: (u16, u16), room_for_wide: bool, theme: &Theme, buffer: &mut Buffer) {
    if cell.symbol == COVERED {
        return;
    }
    let wide = unicode_width::UnicodeWidthChar::width(cell.symbol).unwrap_or(0) > 1;
    let symbol = if wide && !room_for_wide {
        ' '
    } else {
        cell.symbol
    };
    // Underlined lines of a box would look like more lines; a selected box has double ones.
    let mut style = theme
        .style(role(cell.tone))
        .remove_modifier(Modifier::UNDERLINED);
    if cell.bold {
        style = style.bold();
    }
    buffer.set_string(at.0, at.1, symbol.encode_utf8(&mut [0; 4]), style);
}

fn role(tone: Tone) -> Role {
    match tone {
        Tone::Plain | Tone::Border | Tone::Edge => Role::Text,
        Tone::Dim => Role::Dim,
        Tone::Root => Role::Definition,
        Tone::Atom => Role::Str,
        Tone::CycleEdge | Tone::Isolate | Tone::Doomed => Role::Cycle,
        Tone::WeakEdge => Role::Weak,
        Tone::Changed => Role::Changed,
        Tone::Born => Role::Born,
        Tone::Ghost => Role::Dead,
        Tone::FinaliserRunning => Role::Finalizing,
        Tone::Selected => Role::Selected,
        Tone::Fold => Role::Key,
    }
}
