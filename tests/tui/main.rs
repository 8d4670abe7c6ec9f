//! The UI without a terminal: hand-made screens drawn into buffers, keys in, effects out.
//!
//! `LIFETIMES_SVG=DIR` writes each frame as SVG too, to look at.

mod chaos;
mod fixture;
mod frames;
mod keys;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use lifetimes::tui::app::{App, Effect, Language};
use lifetimes::tui::engine::Request;
use lifetimes::tui::theme::{Palette, Theme};
use lifetimes::tui::{draw, keys as table, svg};
use lifetimes::views::screen::Screen;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

fn app(screen: Screen) -> App {
    coloured(screen, Palette::Full)
}

fn coloured(screen: Screen, palette: Palette) -> App {
    let language = Language {
        complete: |before| {
            let words = ["break", "breakpoints", "continue"];
            words
                .into_iter()
                .filter(|w| w.starts_with(before))
                .map(str::to_owned)
                .collect()
        },
        check: |line| {
            if line.starts_with("bad") {
                Err("`bad` is no command".to_owned())
            } else {
                Ok(())
            }
        },
    };
    App::new(screen, Theme::new(palette), language)
}

/// One frame; named, for `LIFETIMES_SVG`.
fn frame(app: &mut App, name: &str, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test backend");
    terminal
        .draw(|frame| draw::draw(app, frame, 0))
        .expect("a test backend");
    let buffer = terminal.backend().buffer().clone();
    if let Some(folder) = std::env::var_os("LIFETIMES_SVG") {
        let path = std::path::Path::new(&folder).join(format!("{name}.svg"));
        std::fs::write(path, svg::svg(&buffer)).expect("LIFETIMES_SVG is a folder");
    }
    buffer
}

fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width)
            .map(|x| buffer[(x, y)].symbol())
            .collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// Where `needle` first stands, as (column, row).
fn find(buffer: &Buffer, needle: &str) -> (u16, u16) {
    for y in 0..buffer.area.height {
        let symbols: Vec<&str> = (0..buffer.area.width)
            .map(|x| buffer[(x, y)].symbol())
            .collect();
        let row = symbols.concat();
        if let Some(at) = row.find(needle) {
            return (row[..at].chars().count() as u16, y);
        }
    }
    panic!("{needle:?} is not in\n{}", text(buffer));
}

/// Keys by their names in the table; a blank between two.
fn press(app: &mut App, names: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for name in names.split(' ') {
        let (code, modifiers) = table::parse(name).unwrap_or_else(|| panic!("{name:?} is no key"));
        effects.extend(app.handle(Event::Key(KeyEvent::new(code, modifiers))));
    }
    effects
}

fn type_in(app: &mut App, line: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for c in line.chars() {
        effects.extend(app.handle(Event::Key(KeyEvent::new(
            KeyCode::Char(c),
            KeyModifiers::NONE,
        ))));
    }
    effects
}

fn run(line: &str) -> Vec<Effect> {
    vec![Effect::Send(Request::Line(line.to_owned()))]
}
