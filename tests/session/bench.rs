//! App and session side by side: what the loop of `tui::run` does, in one thread and without waiting.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use lifetimes::debugger::{Options, Program};
use lifetimes::tui::app::{App, Effect};
use lifetimes::tui::engine::{Driver, Update};
use lifetimes::tui::session::{self, SessionDriver};
use lifetimes::tui::theme::{Palette, Theme};
use lifetimes::tui::{draw, highlight, keys, svg};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// What a deep program needs; only touched pages cost.
const STACK_BYTES: usize = 256 << 20;

pub struct Bench {
    pub app: App,
    driver: SessionDriver,
    size: (u16, u16),
}

/// Runs a test where the machine has room.
pub fn with(path: &'static str, size: (u16, u16), test: impl FnOnce(Bench) + Send + 'static) {
    let run = move || test(Bench::open(path, size));
    let thread = std::thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(run);
    let joined = thread.expect("the system gives a thread").join();
    if let Err(panic) = joined {
        std::panic::resume_unwind(panic);
    }
}

impl Bench {
    fn open(path: &str, size: (u16, u16)) -> Bench {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let text = std::fs::read_to_string(&path).expect("the script is there");
        let name = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let program = Program::from_text(&format!("demos/{name}"), &text);
        let mut driver = SessionDriver::open(program, Options::default()).expect("it compiles");
        let screen = driver.screen();
        let highlights = highlight::highlight(screen.source.text.clone());
        let mut app = App::new(screen, Theme::new(Palette::Full), session::language());
        app.highlighted(highlights);
        Bench { app, driver, size }
    }

    /// Keys by their names in the table, a blank between two.
    pub fn press(&mut self, names: &str) {
        for name in names.split(' ') {
            let (code, modifiers) =
                keys::parse(name).unwrap_or_else(|| panic!("{name:?} is no key"));
            self.key(code, modifiers);
        }
    }

    /// A line typed at the `:` prompt.
    pub fn command(&mut self, line: &str) {
        self.press(":");
        for c in line.chars() {
            self.key(KeyCode::Char(c), KeyModifiers::NONE);
        }
        self.press("Enter");
    }

    fn key(&mut self, code: KeyCode, modifiers: KeyModifiers) {
        for effect in self.app.handle(Event::Key(KeyEvent::new(code, modifiers))) {
            let Effect::Send(request) = effect else {
                continue;
            };
            let reply = self.driver.run(&request);
            let screen = reply.moved.then(|| Box::new(self.driver.screen()));
            self.app.updated(Update {
                screen,
                said: reply.said,
                answered: 1,
            });
        }
    }

    pub fn frame(&mut self, name: &str) -> Buffer {
        let mut terminal =
            Terminal::new(TestBackend::new(self.size.0, self.size.1)).expect("a test backend");
        terminal
            .draw(|frame| draw::draw(&mut self.app, frame, 0))
            .expect("a test backend");
        let buffer = terminal.backend().buffer().clone();
        if let Some(folder) = std::env::var_os("LIFETIMES_SVG") {
            let path = std::path::Path::new(&folder).join(format!("{name}.svg"));
            std::fs::write(path, svg::svg(&buffer)).expect("LIFETIMES_SVG is a folder");
        }
        buffer
    }

    pub fn text(&mut self, name: &str) -> String {
        let buffer = self.frame(name);
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

    /// The frame without its last line, which tells how one came here.
    pub fn panes(&mut self) -> String {
        let text = self.text("panes");
        let lines: Vec<&str> = text.lines().collect();
        lines[..lines.len() - 1].join("\n")
    }
}
