//! The stack of frames, innermost first, finalisers and callbacks included.

use super::safe;
use super::sight::{Sight, label};
use crate::vm::frame::{Cont, Frame};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FramesView {
    pub rows: Vec<FrameRow>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameRow {
    /// 0 is the innermost.
    pub depth: usize,
    pub function: String,
    pub file: String,
    pub line: Option<u32>,
    /// The frame whose source and names are shown.
    pub shown: bool,
    /// Why a nested run started here: `__del__ of Person.1`; empty for plain calls.
    pub reason: String,
}

pub fn of(sight: &Sight) -> FramesView {
    let vm = sight.vm;
    let count = vm.frames.len();
    let row = |(index, frame): (usize, &Frame)| {
        let line = vm.frame_line(index);
        FrameRow {
            depth: count - 1 - index,
            function: safe::one_line(frame.name()),
            file: safe::one_line(&shown_file(sight, &frame.code.source.filename)),
            line: (line > 0).then_some(line),
            shown: sight.session.shown_frame() == Some(index),
            reason: reason(sight, frame),
        }
    };
    let mut rows: Vec<FrameRow> = vm.frames.iter().enumerate().map(row).collect();
    rows.reverse();
    FramesView { rows }
}

/// Why a native called this frame.
fn reason(sight: &Sight, frame: &Frame) -> String {
    let this = sight.vm.stack.get(frame.base).filter(|o| !o.is_null());
    match (frame.cont, frame.name(), this) {
        (Cont::Native, "__del__", Some(this)) => format!("finaliser of {}", label(sight.vm, *this)),
        (Cont::Native | Cont::Hook(_), ..) if frame.base > 0 => {
            "called from inside an instruction".to_owned()
        }
        _ => String::new(),
    }
}

/// The script by the path it was opened by, which is shorter than its file name and the same on every machine.
fn shown_file(sight: &Sight, filename: &str) -> String {
    match filename == sight.session.script() {
        true => sight.session.program().path.display().to_string(),
        false => filename.to_owned(),
    }
}
