//! The terminal's modes: entered together, left together, whatever ends the program.
//!
//! Knows crossterm and nothing of what is drawn. Invariant: after [`leave`] the terminal is as it was before [`enter`]: main screen,
//! cursor shown, no mouse, no bracketed paste, cooked input. `leave` may be called at any time and any number of times.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use super::app::App;
use super::draw;

/// A frame is written in one go: one write, one synchronized update.
pub type Out = Terminal<CrosstermBackend<BufWriter<Stdout>>>;
const FRAME_BYTES: usize = 1 << 16;

/// Presses, releases and the wheel, in SGR form. Not crossterm's `EnableMouseCapture`: that asks for every movement too, and each
/// would wake us for nothing.
const MOUSE: &str = "\x1b[?1000h\x1b[?1006h";

/// The modes are on.
static ENTERED: AtomicBool = AtomicBool::new(false);

pub fn open() -> io::Result<Out> {
    enter()?;
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(
        FRAME_BYTES,
        io::stdout(),
    )))
}

pub fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        Print(MOUSE),
        EnableBracketedPaste,
        cursor::Hide
    )
}

/// Errors are passed over: there is nothing left to tell them to, and each mode is worth trying.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    // An update cut short by a panic would leave some terminals waiting for its end.
    let _ = execute!(out, EndSynchronizedUpdate);
    let _ = execute!(
        out,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// Leaves the terminal before any panic is reported: release builds abort, so nothing else would.
pub fn leave_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        leave();
        report(info);
        eprintln!("lifetimes: this is a bug of ours; the script is not to blame");
        std::process::exit(super::INTERNAL_ERROR);
    }));
}

/// Makes the next frame paint every cell. Not `Terminal::clear`: that asks the terminal where its cursor is, and the answer would
/// arrive as a key.
pub fn forget(terminal: &mut Out) -> io::Result<()> {
    let size = terminal.size()?;
    terminal.resize(Rect::new(0, 0, size.width, size.height))
}

/// Draws one frame.
pub fn paint(terminal: &mut Out, app: &mut App, steps: u64) -> io::Result<()> {
    queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
    terminal.draw(|frame| draw::draw(app, frame, steps))?;
    queue!(terminal.backend_mut(), EndSynchronizedUpdate)?;
    terminal.backend_mut().flush()
}
