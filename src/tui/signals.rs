//! Signals as events: the loop hears of them between two frames, and leaves the terminal first.

use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::Heard;

/// Sends every signal that should not end the program as it stands.
pub fn listen(to: Sender<Heard>) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                if to.send(Heard::Signal(signal)).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Does what the signal would have done had nobody listened: ends the process, or stops it until SIGCONT.
pub fn obey(signal: i32) -> std::io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)
}

/// Stops the process, as Ctrl-Z does; returns when it goes on.
pub fn suspend() -> std::io::Result<()> {
    obey(SIGTSTP)
}

pub fn asks_to_stop(signal: i32) -> bool {
    signal == SIGTSTP
}

pub fn asks_to_go_on(signal: i32) -> bool {
    signal == SIGCONT
}

pub fn asks_to_interrupt(signal: i32) -> bool {
    signal == SIGINT
}
