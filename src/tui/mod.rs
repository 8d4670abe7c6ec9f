//! The terminal UI: one loop that hears keys, signals and the machine, and paints what changed.
//!
//! Knows the views and the command language, not the machine: that lives on its own thread behind [`engine`]. Invariant: the loop
//! never waits for the machine, and a frame is painted only when something was heard. Read [`app`] (what an event does), [`draw`]
//! (what is seen), [`panes`], [`keys`], then [`terminal`].

pub mod app;
pub mod draw;
pub mod engine;
pub mod highlight;
pub mod keys;
pub mod layout;
pub mod panel;
pub mod panes;
pub mod prompt;
pub mod session;
pub mod signals;
pub mod svg;
pub mod terminal;
pub mod theme;

use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use crossterm::event::{Event, KeyCode};

use app::{App, Effect, Language};
use engine::{Driver, Link, Update};
use highlight::Highlights;
use session::SessionDriver;
use theme::Theme;

use crate::debugger::{self, Options, Program};

/// Exit status for a bug of ours, as HEADLESS.md has it.
pub const INTERNAL_ERROR: i32 = 70;
/// How often the progress of a long request is painted anew.
const TICK: Duration = Duration::from_millis(100);

/// Everything the loop can hear.
pub enum Heard {
    Terminal(Event),
    Machine(Update),
    Highlighted(Highlights),
    Signal(i32),
    /// The keyboard is gone, and with it the terminal.
    Deaf,
}

/// Opens the UI on a program. `program` is called on the machine's thread, because what it returns cannot leave it. The error of a
/// program that cannot be opened is a [`debugger::Error`], with the kind that decides the exit status.
pub fn run(
    program: impl FnOnce() -> Result<Program, debugger::Error> + Send + 'static,
    options: Options,
) -> anyhow::Result<ExitCode> {
    let make = move || Ok(SessionDriver::open(program()?, options)?);
    run_driver(make, session::language())
}

/// Opens the UI on whatever `make` makes, on the machine's thread. Errors before the first frame leave the terminal untouched.
pub fn run_driver<D: Driver>(
    make: impl FnOnce() -> anyhow::Result<D> + Send + 'static,
    language: Language,
) -> anyhow::Result<ExitCode> {
    let (events, heard) = mpsc::channel();
    let machine = events.clone();
    let (link, screen) = engine::start(make, move |update| {
        machine.send(Heard::Machine(update)).is_ok()
    })?;
    highlight::start(
        screen.source.text.clone(),
        events.clone(),
        Heard::Highlighted,
    );
    let app = App::new(screen, Theme::from_environment(), language);
    terminal::leave_on_panic();
    signals::listen(events.clone())?;
    let mut terminal = terminal::open()?;
    let result = Loop {
        app,
        link,
        heard,
        terminal: &mut terminal,
        dirty: true,
        keyboard: Some(events),
    }
    .run();
    terminal::leave();
    result
}

struct Loop<'a> {
    app: App,
    link: Link,
    heard: Receiver<Heard>,
    terminal: &'a mut terminal::Out,
    dirty: bool,
    /// Where the keyboard's thread will send; taken after the first frame, so that the frame comes first.
    keyboard: Option<Sender<Heard>>,
}

impl Loop<'_> {
    fn run(mut self) -> anyhow::Result<ExitCode> {
        loop {
            if self.dirty {
                let steps = self.link.watch.step.load(Ordering::Relaxed);
                terminal::paint(self.terminal, &mut self.app, steps)?;
                self.dirty = false;
            }
            if let Some(events) = self.keyboard.take() {
                listen(events)?;
            }
            let heard = if self.app.waiting > 0 {
                self.heard.recv_timeout(TICK)
            } else {
                self.heard
                    .recv()
                    .map_err(|_| mpsc::RecvTimeoutError::Disconnected)
            };
            self.dirty = true;
            match heard {
                Ok(heard) => {
                    if let Some(code) = self.hear(heard)? {
                        return Ok(code);
                    }
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    anyhow::bail!("every thread of the UI is gone")
                }
            }
            // What is waiting is heard before the next frame: a burst of keys costs one frame.
            while let Ok(more) = self.heard.try_recv() {
                if let Some(code) = self.hear(more)? {
                    return Ok(code);
                }
            }
        }
    }

    /// The exit code, once it is time to go.
    fn hear(&mut self, heard: Heard) -> anyhow::Result<Option<ExitCode>> {
        match heard {
            Heard::Terminal(event) => {
                panic_on_demand(&event);
                for effect in self.app.handle(event) {
                    if let Some(code) = self.perform(effect)? {
                        return Ok(Some(code));
                    }
                }
            }
            Heard::Machine(update) => self.app.updated(update),
            Heard::Highlighted(highlights) => self.app.highlighted(highlights),
            Heard::Signal(signal) => return self.signalled(signal),
            Heard::Deaf => return Ok(Some(ExitCode::FAILURE)),
        }
        Ok(None)
    }

    fn perform(&mut self, effect: Effect) -> anyhow::Result<Option<ExitCode>> {
        match effect {
            Effect::Send(request) => {
                if !self.link.send(request) {
                    anyhow::bail!("the machine's thread is gone");
                }
            }
            Effect::Interrupt => self.link.interrupt(),
            Effect::Redraw => terminal::forget(self.terminal)?,
            Effect::Suspend => self.suspend()?,
            Effect::Quit => return Ok(Some(ExitCode::SUCCESS)),
        }
        Ok(None)
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        terminal::leave();
        signals::suspend()?;
        terminal::enter()?;
        terminal::forget(self.terminal)?;
        Ok(())
    }

    fn signalled(&mut self, signal: i32) -> anyhow::Result<Option<ExitCode>> {
        if signals::asks_to_stop(signal) {
            self.suspend()?;
        } else if signals::asks_to_go_on(signal) {
            terminal::enter()?;
            terminal::forget(self.terminal)?;
        } else if signals::asks_to_interrupt(signal) {
            self.link.interrupt();
        } else {
            terminal::leave();
            signals::obey(signal)?;
            return Ok(Some(ExitCode::from(128 + signal as u8)));
        }
        Ok(None)
    }
}

/// A way for the tests to see what a panic leaves behind; not in release builds.
fn panic_on_demand(event: &Event) {
    if cfg!(debug_assertions)
        && *event == Event::Key(KeyCode::F(12).into())
        && std::env::var_os("LIFETIMES_PANIC_ON_F12").is_some()
    {
        panic!("asked for by LIFETIMES_PANIC_ON_F12");
    }
}

/// Reads the keyboard on a thread of its own, because a read cannot be waited for together with a channel.
fn listen(to: Sender<Heard>) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("keyboard".to_owned())
        .spawn(move || {
            loop {
                let heard = crossterm::event::read().map_or(Heard::Deaf, Heard::Terminal);
                let deaf = matches!(heard, Heard::Deaf);
                if to.send(heard).is_err() || deaf {
                    return;
                }
            }
        })?;
    Ok(())
}
