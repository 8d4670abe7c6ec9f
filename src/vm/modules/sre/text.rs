//! The text that is searched, and the searching of it piece by piece.

use std::rc::Rc;

use super::emit::Program;
use super::engine::{Engine, NONE, Stop, Subject};
use super::pattern::Pattern;
use crate::heap::payload::StrObj;
use crate::heap::{Obj, Payload};
use crate::vm::types::buffer::Buffer;
use crate::vm::{Exit, Machine, PyResult, Thrown};

/// A str or a bytes-like object as it was when the search began.
#[derive(Clone)]
pub enum Text {
    Str(Rc<StrObj>),
    Bytes(Rc<Buffer>),
}

impl Text {
    #[allow(clippy::len_without_is_empty)] // nobody asks
    pub fn len(&self) -> usize {
        match self {
            Text::Str(text) => text.len(),
            Text::Bytes(data) => data.len(),
        }
    }
}

/// What a search looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    Search,
    Match,
    FullMatch,
}

/// A match: where it is, what the groups captured, which group was closed last.
pub struct Found {
    pub start: usize,
    pub end: usize,
    pub groups: Vec<Option<(usize, usize)>>,
    pub lastindex: Option<usize>,
}

/// A search that can go on where it was (CPython's `SRE_STATE`).
#[derive(Clone)]
pub struct Search {
    pub program: Rc<Program>,
    pub text: Text,
    /// As given, within bounds.
    pub pos: usize,
    pub endpos: usize,
    pub start: usize,
    pub must_advance: bool,
}

impl Search {
    /// The text must be of the pattern's kind; `pos` and `endpos` are brought within it (`state_init`).
    pub fn new(
        vm: &mut Machine,
        pattern: Obj,
        string: Obj,
        pos: isize,
        endpos: isize,
    ) -> PyResult<Search> {
        let text = vm.searchable(string)?;
        let own: &Pattern = super::pattern::of(vm, pattern);
        let (program, is_bytes) = (own.program.clone(), own.is_bytes);
        match (&text, is_bytes) {
            (Text::Str(_), Some(true)) => {
                return vm.type_error("cannot use a bytes pattern on a string-like object".into());
            }
            (Text::Bytes(_), Some(false)) => {
                return vm.type_error("cannot use a string pattern on a bytes-like object".into());
            }
            _ => {}
        }
        let len = text.len();
        let clamp = |n: isize| usize::try_from(n).unwrap_or(0).min(len);
        let (pos, endpos) = (clamp(pos), clamp(endpos));
        Ok(Search {
            program,
            text,
            pos,
            endpos,
            start: pos,
            must_advance: false,
        })
    }

    /// The next match; the search goes on behind it.
    pub fn next(&mut self, vm: &mut Machine, how: How) -> PyResult<Option<Found>> {
        let text = self.text.clone();
        match &text {
            Text::Bytes(data) => self.next_in::<[u8]>(vm, data, how),
            Text::Str(text) if text.is_ascii() => self.next_in::<[u8]>(vm, text.bytes(), how),
            Text::Str(text) => self.next_in::<[u32]>(vm, text.wide(), how),
        }
    }

    fn next_in<S: Subject + ?Sized>(
        &mut self,
        vm: &mut Machine,
        text: &S,
        how: How,
    ) -> PyResult<Option<Found>> {
        let program = self.program.clone();
        let mut engine = Engine::new(&program, text, self.start, self.endpos, vm.cancel.clone());
        engine.must_advance = self.must_advance;
        let outcome = match how {
            _ if self.start > self.endpos => Ok(false),
            How::Search => engine.search(),
            How::Match => engine.match_here(false),
            How::FullMatch => engine.match_here(true),
        };
        match outcome {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(Stop::Cancelled) => {
                vm.interrupt = Some(Exit::Cancelled);
                return Err(Thrown::Interrupt);
            }
            Err(Stop::Memory) => return vm.raise_bare(vm.types.memory_error),
        }
        let found = Found {
            start: engine.start,
            end: engine.at,
            groups: (1..=program.groups).map(|g| engine.group(g)).collect(),
            lastindex: (engine.lastindex != NONE).then_some(engine.lastindex),
        };
        self.must_advance = found.start == found.end;
        self.start = found.end;
        Ok(Some(found))
    }
}

impl Machine {
    /// The contents of a str or a bytes-like object.
    pub fn searchable(&mut self, string: Obj) -> PyResult<Text> {
        if let Payload::Str(text) = self.heap.base(string) {
            return Ok(Text::Str(text.clone()));
        }
        match self.buffer(string) {
            Some(data) => Ok(Text::Bytes(Rc::new(data))),
            None => self.type_error("expected string or bytes-like object".to_string()),
        }
    }

    /// A part of the text as an object of its own (`getslice`); all of it is the string itself, if that is exactly a str or bytes.
    pub fn searched_part(&mut self, string: Obj, text: &Text, start: usize, end: usize) -> Obj {
        match text {
            Text::Str(contents) => {
                if start == 0 && end == contents.len() && self.is_exact(string, self.types.str) {
                    return self.new_ref(string);
                }
                let part = contents.slice(start.min(end), end);
                self.new_str_obj(part)
            }
            Text::Bytes(data) => {
                if start == 0 && end == data.len() && self.is_exact(string, self.types.bytes) {
                    return self.new_ref(string);
                }
                self.new_bytes(data[start.min(end)..end].to_vec())
            }
        }
    }
}
