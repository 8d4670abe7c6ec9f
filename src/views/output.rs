//! What the program has printed up to this moment.
//!
//! Output belongs to the machine's state: going back takes it back. Invariant: lines in the order of writing, made safe.

use super::sight::Sight;
use crate::vm::output::Stream;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputView {
    pub lines: Vec<OutputLine>,
    /// Lines before the first one shown.
    pub dropped: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputLine {
    pub text: String,
    pub stderr: bool,
    /// Written since the last stop.
    pub new: bool,
}

/// Lines kept in a view: a pane shows tens, and a screen is made at every stop.
pub const LINES_SHOWN: usize = 1000;

impl OutputView {
    /// Cuts one stream into lines; those from byte `new_from` on are new.
    pub fn of(text: &str, stderr: bool, new_from: usize) -> OutputView {
        let mut at = 0;
        let mut lines = Vec::new();
        for piece in text.split_inclusive('\n') {
            let end = at + piece.len();
            let line = piece.strip_suffix('\n').unwrap_or(piece);
            lines.push(OutputLine {
                text: super::safe::tabbed(line),
                stderr,
                new: end > new_from,
            });
            at = end;
        }
        let mut view = OutputView { lines, dropped: 0 };
        view.trim();
        view
    }

    /// Drops the oldest lines past [`LINES_SHOWN`].
    pub fn trim(&mut self) {
        let over = self.lines.len().saturating_sub(LINES_SHOWN);
        self.lines.drain(..over);
        self.dropped += over;
    }
}

/// Both streams in the order of writing; what was written since the stop before is new.
pub fn of(sight: &Sight) -> OutputView {
    let output = &sight.vm.output;
    let before = sight.before.filter(|_| sight.forward);
    let old = before.map_or(output.len(), |before| before.output.len());
    let mut view = OutputView::default();
    let mut at = 0;
    let mut pending: Option<(Stream, String, usize)> = None;
    for (stream, bytes) in output.chunks() {
        let text = String::from_utf8_lossy(bytes);
        match &mut pending {
            Some((open, joined, _)) if *open == stream => joined.push_str(&text),
            _ => {
                take(&mut view, pending.take(), old);
                pending = Some((stream, text.into_owned(), at));
            }
        }
        at += bytes.len();
    }
    take(&mut view, pending, old);
    view.trim();
    view
}

fn take(view: &mut OutputView, stretch: Option<(Stream, String, usize)>, old: usize) {
    if let Some((stream, text, from)) = stretch {
        let part = OutputView::of(&text, stream == Stream::Stderr, old.saturating_sub(from));
        view.dropped += part.dropped;
        view.lines.extend(part.lines);
    }
}
