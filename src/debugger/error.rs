//! What went wrong in a session, for the user: a sentence, what to try next, and which exit status it calls for.
//!
//! Knows no command line. A Python exception inside the machine is not an `Error`, and neither is a failed assertion.

use std::fmt;

/// The kinds of trouble that HEADLESS.md's exit statuses tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// A wrong line, an unknown label, a missing file: status 2.
    Usage,
    /// A question that has no answer here, as an object never born: a failure, status 1.
    Failed,
    /// The program itself is at fault, as with a syntax error: status 3.
    Program,
    /// Python that is not supported here: status 4.
    Unsupported,
    /// A limit was reached: status 5.
    Budget,
    /// Ctrl-C: status 130.
    Interrupted,
    /// A bug of ours: status 70.
    Internal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub kind: ErrorKind,
    pub message: String,
    pub hint: Option<String>,
}

impl Error {
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error {
            kind,
            message: message.into(),
            hint: None,
        }
    }

    pub fn usage(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Usage, message)
    }

    pub fn failed(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Failed, message)
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
