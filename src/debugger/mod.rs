//! The debugger: a session is one program on one machine, moved both ways in time and asked about its objects.
//!
//! Knows no terminal and no JSON; front ends turn keys and lines into [`Command`]s and draw [`Outcome`]s. Read
//! `command.rs` first, then `verbs.rs` (how a line becomes a command), `session.rs`, `hunt.rs` (how everything that looks for a
//! moment works), `drive.rs` and `timeline.rs` (how it comes back to one), `queries/`.

pub mod breaks;
mod causes;
pub mod command;
pub mod drive;
pub mod error;
pub mod evaluate;
mod goals;
pub mod hunt;
mod isolates;
mod lines;
pub mod look;
pub mod outcome;
mod pattern;
pub mod predicate;
pub mod program;
pub mod queries;
pub mod scan;
pub mod script;
pub mod session;
pub mod start;
pub mod stop;
pub mod straight;
pub mod text;
mod timeline;
pub mod trace;
pub mod verbs;

pub use command::{Command, ObjectName, ObjectRef};
pub use error::{Error, ErrorKind};
pub use outcome::{Answer, Failure, Outcome};
pub use program::Program;
pub use scan::ParseError;
pub use session::{Options, Session};
pub use stop::{Moment, Stop, StopKind};
pub use verbs::parse_command;
