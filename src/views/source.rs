//! The source of the frame that is looked at: its lines, the current one, the breakpoints on them.
//!
//! Knows no colours: highlighting is the terminal's. Invariant: line numbers count from 1 and index `text` at number - 1.

use std::sync::Arc;

use super::safe;
use super::sight::Sight;
use crate::debugger::Session;
use crate::debugger::breaks::{Breakpoint, Trigger};

/// A file's text, shared between the screens of a session because it never changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The name to show: the path as it was given, made safe.
    pub file: String,
    /// Lines without their ends, tabs expanded, made safe.
    pub lines: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceView {
    pub text: Arc<SourceText>,
    /// The line about to run; `None` before the first and after the last instruction.
    pub current: Option<u32>,
    /// Function of the frame shown, `<module>` at the top.
    pub function: String,
    /// Instructions executed so far.
    pub step: u64,
    /// Sorted by line.
    pub breakpoints: Vec<LineBreakpoint>,
    /// Lines where the selected object was made, finalised or freed lately, sorted.
    pub lit: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineBreakpoint {
    pub line: u32,
    pub number: u32,
    pub enabled: bool,
}

impl SourceText {
    pub fn new(file: &str, source: &str) -> SourceText {
        let lines = source.lines().map(super::safe::tabbed).collect();
        SourceText {
            file: super::safe::one_line(file),
            lines,
        }
    }
}

impl SourceView {
    /// The breakpoint to mark on `line`: an enabled one wins over a disabled one.
    pub fn breakpoint(&self, line: u32) -> Option<&LineBreakpoint> {
        let mut here = self.breakpoints.iter().filter(|b| b.line == line);
        let first = here.next()?;
        if first.enabled {
            Some(first)
        } else {
            here.find(|b| b.enabled).or(Some(first))
        }
    }
}

/// The script's source at the session's moment. `text` is the script's, shared by all its screens.
pub fn of(sight: &Sight, text: &Arc<SourceText>) -> SourceView {
    let session = sight.session;
    let stop = session.stop();
    let mut breakpoints: Vec<LineBreakpoint> = session.armed().iter().filter_map(on_line).collect();
    breakpoints.sort_by_key(|b| (b.line, b.number));
    let (line, function) = place(sight);
    SourceView {
        text: text.clone(),
        current: line,
        function: safe::one_line(function.as_deref().unwrap_or("")),
        step: stop.moment.step,
        breakpoints,
        lit: lit(session),
    }
}

/// Line and function of the frame that is looked at, if it is the script's; else of the innermost one that is.
fn place(sight: &Sight) -> (Option<u32>, Option<String>) {
    let (session, vm) = (sight.session, sight.vm);
    let stop = session.stop();
    match session.shown_frame() {
        Some(shown)
            if shown + 1 < vm.frames.len()
                && *vm.frames[shown].code.source.filename == *session.script() =>
        {
            let line = vm.frame_line(shown);
            (
                Some(line).filter(|line| *line > 0),
                Some(vm.frames[shown].name().to_owned()),
            )
        }
        _ => (stop.line, stop.function.clone()),
    }
}

fn lit(session: &Session) -> Vec<u32> {
    let Some(selected) = session.selected().map(ToString::to_string) else {
        return Vec::new();
    };
    let about = session
        .lately()
        .iter()
        .filter(|happened| happened.what.object() == Some(&selected));
    let mut lines: Vec<u32> = about.filter_map(|happened| happened.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn on_line(breakpoint: &Breakpoint) -> Option<LineBreakpoint> {
    match &*breakpoint.trigger {
        Trigger::Line {
            file: None, line, ..
        } => {
            let Breakpoint {
                number, enabled, ..
            } = *breakpoint;
            Some(LineBreakpoint {
                line: *line,
                number,
                enabled,
            })
        }
        _ => None,
    }
}
