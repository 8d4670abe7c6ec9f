//! The machine's thread and the line to it: requests in, screens out.
//!
//! The machine is not `Send` and runs scripts of any depth, so it lives on a thread with a big stack, made there and never moved.
//! What crosses is plain data. Invariant: every request is answered by an [`Update`] that counts it, whatever happens, so the
//! terminal always knows whether something runs. Requests that wait are run before the next screen is made: holding a key down
//! never leaves the screen behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use crate::views::screen::Screen;

/// Room for deep recursion of natives; only touched pages cost memory.
const STACK_BYTES: usize = 1 << 30;

/// What the terminal asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A line of the command language.
    Line(String),
    /// The line of input that the program waits for.
    Input(String),
}

/// What the machine's thread tells.
#[derive(Clone, Debug, Default)]
pub struct Update {
    pub screen: Option<Box<Screen>>,
    pub said: Vec<Said>,
    /// Requests answered by this.
    pub answered: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// What a query answered, under the line that asked.
    Answer { to: String, text: String },
    /// A user's mistake, or what the machine cannot do.
    Error(String),
}

/// What one request did.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    pub said: Vec<Said>,
    /// The screen may look different now.
    pub moved: bool,
}

/// A session as the terminal sees it. The real one is in `session.rs`; tests bring recorded screens.
pub trait Driver {
    fn run(&mut self, request: &Request) -> Reply;
    fn screen(&mut self) -> Screen;

    /// What can be seen and said while `run` runs.
    fn watch(&self) -> Watch {
        Watch::default()
    }
}

/// Seen by both threads while a request runs.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Drop the requests that wait.
    pub interrupt: Arc<AtomicBool>,
    /// End the motion under way soon, and show where it has come to.
    pub cancel: Arc<AtomicBool>,
    /// Instructions executed so far, for the progress in the last line.
    pub step: Arc<AtomicU64>,
}

impl Watch {
    fn stop(&self, stop: bool) {
        self.interrupt.store(stop, Ordering::Relaxed);
        self.cancel.store(stop, Ordering::Relaxed);
    }
}

/// The terminal's end.
pub struct Link {
    requests: Sender<Request>,
    pub watch: Watch,
}

impl Link {
    /// False if the machine's thread is gone.
    pub fn send(&self, request: Request) -> bool {
        self.requests.send(request).is_ok()
    }

    pub fn interrupt(&self) {
        self.watch.stop(true);
    }
}

/// Starts the thread, makes the driver there, and waits for its first screen or its error.
pub fn start<D: Driver>(
    make: impl FnOnce() -> anyhow::Result<D> + Send + 'static,
    updates: impl Fn(Update) -> bool + Send + 'static,
) -> anyhow::Result<(Link, Screen)> {
    let (requests, inbox) = mpsc::channel();
    let (ready, first) = mpsc::channel();
    let work = move || {
        let mut driver = match make() {
            Ok(driver) => driver,
            Err(error) => return drop(ready.send(Err(error))),
        };
        let watch = driver.watch();
        if ready.send(Ok((driver.screen(), watch.clone()))).is_ok() {
            serve(&mut driver, &inbox, &watch, &updates);
        }
    };
    std::thread::Builder::new()
        .name("machine".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(work)?;
    let (screen, watch) = first
        .recv()
        .map_err(|_| anyhow::anyhow!("the machine's thread ended before its first screen"))??;
    Ok((Link { requests, watch }, screen))
}

fn serve<D: Driver>(
    driver: &mut D,
    inbox: &Receiver<Request>,
    watch: &Watch,
    updates: &impl Fn(Update) -> bool,
) {
    while let Ok(request) = inbox.recv() {
        let mut update = Update::default();
        let mut moved = false;
        let mut next = Some(request);
        while let Some(request) = next {
            // An interrupt stops everything that was asked for before it, not only the first.
            if update.answered == 0 || !watch.interrupt.load(Ordering::Relaxed) {
                let reply = driver.run(&request);
                moved |= reply.moved;
                update.said.extend(reply.said);
            }
            update.answered += 1;
            next = inbox.try_recv().ok();
        }
        watch.stop(false);
        update.screen = moved.then(|| Box::new(driver.screen()));
        if !updates(update) {
            return;
        }
    }
}
