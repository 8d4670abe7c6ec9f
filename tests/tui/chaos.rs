//! Any keys, clicks, sizes and answers in any order: nothing panics, and the screen can always be drawn.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use lifetimes::tui::engine::{Said, Update};
use lifetimes::views::screen::Screen;

use super::{app, fixture, frame};

/// A small generator of its own: the same walks in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn key(dice: &mut Dice) -> Event {
    const CODES: [KeyCode; 16] = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(5),
        KeyCode::Null,
    ];
    let code = match dice.roll(4) {
        0 => CODES[dice.roll(CODES.len())],
        _ => KeyCode::Char((b' ' + dice.roll(95) as u8) as char),
    };
    let modifiers = [
        KeyModifiers::NONE,
        KeyModifiers::SHIFT,
        KeyModifiers::CONTROL,
    ];
    let modifiers = if dice.roll(8) == 0 {
        modifiers[dice.roll(3)]
    } else {
        KeyModifiers::NONE
    };
    Event::Key(KeyEvent::new(code, modifiers))
}

fn mouse(dice: &mut Dice, width: u16, height: u16) -> Event {
    let kinds = [
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::ScrollUp,
        MouseEventKind::ScrollDown,
    ];
    Event::Mouse(MouseEvent {
        kind: kinds[dice.roll(3)],
        column: dice.roll(usize::from(width) + 2) as u16,
        row: dice.roll(usize::from(height) + 2) as u16,
        modifiers: KeyModifiers::NONE,
    })
}

fn screen(dice: &mut Dice) -> Screen {
    match dice.roll(5) {
        0 => fixture::before_del(),
        1 => fixture::in_collection(),
        2 => fixture::ended(),
        3 => Screen {
            input: Some("name? ".to_owned()),
            ..fixture::before_del()
        },
        _ => Screen::default(),
    }
}

#[test]
fn nothing_that_is_pressed_breaks_it() {
    for seed in 0..10 {
        let mut dice = Dice(seed);
        let mut app = app(fixture::before_del());
        let (mut width, mut height) = (80, 24);
        for _ in 0..150 {
            match dice.roll(12) {
                0 => (width, height) = (1 + dice.roll(200) as u16, 1 + dice.roll(70) as u16),
                1 | 2 => {
                    app.handle(mouse(&mut dice, width, height));
                }
                3 => app.updated(Update {
                    screen: Some(Box::new(screen(&mut dice))),
                    said: vec![Said::Error("no".to_owned())],
                    answered: 1,
                }),
                4 => app.updated(Update {
                    said: vec![Said::Answer {
                        to: "why".to_owned(),
                        text: "one\n\ttwo\x1b".to_owned(),
                    }],
                    ..Update::default()
                }),
                5 => {
                    app.handle(Event::Paste("paste\n\x1b[2J漢字".to_owned()));
                }
                _ => {
                    app.handle(key(&mut dice));
                }
            }
            frame(&mut app, "chaos", width, height);
        }
    }
}
