//! The debugger: a session is one program on one machine, moved both ways in time and asked about its objects.
//!
//! Knows no terminal and no JSON; front ends turn keys and lines into [`Command`]s and draw [`Outcome`]s. Read
//! `command.rs` first, then `verbs.rs` (how a line becomes a command), then `session.rs`.

pub mod command;
pub mod error;
pub mod outcome;
pub mod predicate;
pub mod program;
pub mod scan;
pub mod script;
pub mod session;
pub mod stop;
pub mod verbs;

pub use command::{Command, ObjectName, ObjectRef};
pub use error::{Error, ErrorKind};
pub use outcome::{Answer, Failure, Outcome};
pub use program::Program;
pub use scan::ParseError;
pub use session::{Options, Session};
pub use stop::{Moment, Stop, StopKind};
pub use verbs::parse_command;
