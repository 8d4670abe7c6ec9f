//! The matcher: backtracking with a stack of its own, in the steps of CPython's engine (`Modules/sre_lib.h`).
//!
//! Why not a regular expression crate: Python's captures are those of its engine's steps. A group keeps what an earlier round of a
//! repetition captured, `lastindex` is the group closed last, a failed alternative outside repetitions gives only the number of groups
//! back, an empty round ends a repetition in a way of its own; `pos` hides nothing from a lookbehind; a str may hold lone
//! surrogates; and a match that takes for ever must give way to Ctrl-C and to a time limit. No crate has these.
//!
//! The stack holds two kinds of entries: what to try next, and what to take back on the way there. Neither patterns nor texts
//! use Rust's stack.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::case::Fold;
use super::emit::{Op, Place, Program, Unit, is_unbounded};

/// How a match attempt ended early.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    Cancelled,
    Memory,
}

/// The text being searched: bytes, or code points.
#[allow(clippy::len_without_is_empty)] // nobody asks
pub trait Subject {
    fn len(&self) -> usize;
    fn at(&self, i: usize) -> u32;
    /// The first place at or after `from`, before `to`, that holds the character.
    fn find(&self, c: u32, from: usize, to: usize) -> Option<usize>;
}

impl Subject for [u8] {
    fn len(&self) -> usize {
        <[u8]>::len(self)
    }
    #[inline(always)]
    fn at(&self, i: usize) -> u32 {
        u32::from(self[i])
    }
    fn find(&self, c: u32, from: usize, to: usize) -> Option<usize> {
        let c = u8::try_from(c).ok()?;
        memchr::memchr(c, &self[from..to]).map(|n| from + n)
    }
}

impl Subject for [u32] {
    fn len(&self) -> usize {
        <[u32]>::len(self)
    }
    #[inline(always)]
    fn at(&self, i: usize) -> u32 {
        self[i]
    }
    fn find(&self, c: u32, from: usize, to: usize) -> Option<usize> {
        self[from..to]
            .iter()
            .position(|p| *p == c)
            .map(|n| from + n)
    }
}

/// No mark, no repetition.
pub const NONE: usize = usize::MAX;
/// Steps between two looks at the cancel flag.
const LOOK_UP: u32 = 1 << 16;
/// Entries on the stack, at most: a hundred bytes each.
const MAX_STACK: usize = 1 << 24;

#[derive(Clone, Copy)]
struct Rep {
    count: i64,
    last: usize,
    outer: usize,
    at: usize,
}

/// What a choice point puts back.
#[derive(Clone, Copy)]
struct Saved {
    at: usize,
    lastmark: usize,
    lastindex: usize,
}

#[derive(Clone, Copy)]
enum Entry {
    /// Alternatives from this one on. `marks` have been saved if a repetition is open.
    Branch {
        pc: usize,
        next: usize,
        saved: Saved,
        marks: usize,
    },
    /// One unit fewer.
    Fewer {
        pc: usize,
        count: usize,
        saved: Saved,
    },
    /// One unit more.
    More {
        pc: usize,
        count: usize,
        saved: Saved,
    },
    /// The rounds so far were enough: what follows the repetition.
    Tail {
        pc: usize,
        rep: usize,
        last: usize,
        saved: Saved,
        marks: usize,
    },
    /// What follows did not match: another round.
    Round { pc: usize, rep: usize, saved: Saved },
    /// Takes back a count, and the place of the last round.
    Count { rep: usize, count: i64, last: usize },
    /// Takes back which repetition is the innermost.
    Innermost(usize),
    /// Takes back the start of a repetition.
    Start { outer: usize },
    /// A lookaround begins here.
    Look {
        pc: usize,
        at: usize,
        outermost: bool,
        rep: usize,
        reps: usize,
        marks: usize,
    },
}

pub struct Engine<'a, S: Subject + ?Sized> {
    program: &'a Program,
    text: &'a S,
    /// Where the text ends for this search.
    pub end: usize,
    /// Where the match begins.
    pub start: usize,
    /// Where it ended.
    pub at: usize,
    /// The match may not be empty at `start`.
    pub must_advance: bool,
    match_all: bool,
    pub marks: Vec<usize>,
    /// Marks that are valid: CPython's `lastmark + 1`.
    pub lastmark: usize,
    pub lastindex: usize,
    reps: Vec<Rep>,
    rep: usize,
    stack: Vec<Entry>,
    saved_marks: Vec<usize>,
    ticks: u32,
    cancel: Arc<AtomicBool>,
}

type Outcome = Result<bool, Stop>;

impl<'a, S: Subject + ?Sized> Engine<'a, S> {
    pub fn new(
        program: &'a Program,
        text: &'a S,
        start: usize,
        end: usize,
        cancel: Arc<AtomicBool>,
    ) -> Engine<'a, S> {
        Engine {
            program,
            text,
            end,
            start,
            at: start,
            must_advance: false,
            match_all: false,
            marks: vec![NONE; program.groups * 2],
            lastmark: 0,
            lastindex: NONE,
            reps: Vec::new(),
            rep: NONE,
            stack: Vec::new(),
            saved_marks: Vec::new(),
            ticks: 0,
            cancel,
        }
    }

    fn reset(&mut self) {
        self.lastmark = 0;
        self.lastindex = NONE;
        self.reps.clear();
        self.rep = NONE;
        self.stack.clear();
        self.saved_marks.clear();
    }

    /// Matches at `start` only.
    pub fn match_here(&mut self, whole: bool) -> Outcome {
        self.match_all = whole;
        self.reset();
        let found = self.run();
        self.match_all = false;
        found
    }

    /// Looks for the first match from `start` on; `start` is where it begins then.
    pub fn search(&mut self) -> Outcome {
        loop {
            if self.start > self.end {
                return Ok(false);
            }
            if !self.skip_ahead() {
                return Ok(false);
            }
            self.reset();
            if self.run()? {
                return Ok(true);
            }
            self.must_advance = false;
            self.start += 1;
        }
    }

    /// Moves `start` to where the first operation can match; false if nowhere.
    fn skip_ahead(&mut self) -> bool {
        let before = self.start;
        let first = self
            .program
            .ops
            .iter()
            .find(|op| !matches!(op, Op::Mark(_)));
        let found = match first {
            Some(Op::Unit(Unit::Literal(c))) => self.text.find(*c, self.start, self.end),
            Some(Op::Unit(unit)) | Some(Op::Many { unit, min: 1.., .. }) => {
                (self.start..self.end).find(|i| unit.has(self.text.at(*i)))
            }
            Some(Op::At(Place::Beginning)) => (self.start == 0).then_some(0),
            _ => return true,
        };
        let Some(found) = found else { return false };
        self.start = found;
        if found > before {
            self.must_advance = false;
        }
        true
    }

    fn saved(&self, at: usize) -> Saved {
        Saved {
            at,
            lastmark: self.lastmark,
            lastindex: self.lastindex,
        }
    }

    fn restore(&mut self, saved: Saved) {
        self.lastmark = saved.lastmark;
        self.lastindex = saved.lastindex;
    }

    /// Saves the valid marks; answers where they lie.
    fn push_marks(&mut self) -> usize {
        let from = self.saved_marks.len();
        // A single open group is not saved: CPython asks for a last mark above 0.
        if self.lastmark > 1 {
            self.saved_marks
                .extend_from_slice(&self.marks[..self.lastmark]);
        }
        from
    }

    fn copy_marks_back(&mut self, from: usize, lastmark: usize) {
        if lastmark > 1 {
            let saved = &self.saved_marks[from..from + lastmark];
            self.marks[..lastmark].copy_from_slice(saved);
        }
    }

    /// The program from its beginning, at `start`.
    fn run(&mut self) -> Outcome {
        let program = self.program;
        let mut pc = 0;
        let mut at = self.start;
        let mut outermost = true;
        loop {
            self.tick()?;
            let next = match &program.ops[pc] {
                Op::Unit(unit) => {
                    if at < self.end && unit.has(self.text.at(at)) {
                        at += 1;
                        Some(pc + 1)
                    } else {
                        None
                    }
                }
                Op::Success => match self.success(at, &mut outermost) {
                    Success::Found => return Ok(true),
                    Success::Looked(next, place) => {
                        at = place;
                        Some(next)
                    }
                    Success::Failed => None,
                },
                op => self.step(op, pc, &mut at, &mut outermost),
            };
            pc = match next {
                Some(next) => next,
                None => match self.backtrack(&mut at, &mut outermost) {
                    Some(next) => next,
                    None => return Ok(false),
                },
            };
        }
    }

    #[inline]
    fn tick(&mut self) -> Result<(), Stop> {
        self.ticks += 1;
        if self.ticks < LOOK_UP {
            return Ok(());
        }
        self.ticks = 0;
        if self.cancel.load(Ordering::Relaxed) {
            return Err(Stop::Cancelled);
        }
        if self.stack.len() + self.saved_marks.len() / 8 + self.reps.len() > MAX_STACK {
            return Err(Stop::Memory);
        }
        Ok(())
    }

    /// An operation that is neither a unit nor the end; where to go on, `None` if it does not match.
    fn step(&mut self, op: &Op, pc: usize, at: &mut usize, outermost: &mut bool) -> Option<usize> {
        match op {
            Op::At(place) => self.is_at(*place, *at).then_some(pc + 1),
            Op::Mark(mark) => {
                self.mark(*mark, *at);
                Some(pc + 1)
            }
            Op::Jump(to) => Some(*to),
            Op::Reference { group, fold } => {
                *at = self.reference(*group, *fold, *at)?;
                Some(pc + 1)
            }
            Op::Condition { group, no } => {
                let matched = self.group(*group).is_some();
                Some(if matched { pc + 1 } else { *no })
            }
            Op::Branch(_) => {
                let marks = if self.rep == NONE {
                    NONE
                } else {
                    self.push_marks()
                };
                let saved = self.saved(*at);
                self.alternative(pc, 0, saved, marks)
            }
            Op::Many {
                unit,
                min,
                max,
                greedy,
            } => self.many(pc, unit, (*min, *max, *greedy), at),
            Op::Repeat { until, .. } => {
                self.stack.push(Entry::Start { outer: self.rep });
                self.reps.push(Rep {
                    count: -1,
                    last: NONE,
                    outer: self.rep,
                    at: pc,
                });
                self.rep = self.reps.len() - 1;
                Some(*until)
            }
            Op::Until { greedy, body } => self.until(pc, *greedy, *body, *at),
            Op::Look { back, negated, end } => {
                self.look(pc, (*back, *negated, *end), at, outermost)
            }
            Op::Unit(_) | Op::Success => None,
        }
    }

    fn mark(&mut self, mark: usize, at: usize) {
        if mark & 1 == 1 {
            self.lastindex = mark / 2 + 1;
        }
        if mark + 1 > self.lastmark {
            for between in self.lastmark..mark {
                self.marks[between] = NONE;
            }
            self.lastmark = mark + 1;
        }
        self.marks[mark] = at;
    }

    /// What a group has captured.
    pub fn group(&self, group: usize) -> Option<(usize, usize)> {
        let first = group * 2 - 2;
        if first + 1 >= self.lastmark {
            return None;
        }
        let (from, to) = (self.marks[first], self.marks[first + 1]);
        (from != NONE && to != NONE && from <= to).then_some((from, to))
    }

    fn reference(&self, group: usize, fold: Option<Fold>, at: usize) -> Option<usize> {
        let (from, to) = self.group(group)?;
        if to - from > self.end.saturating_sub(at) {
            return None;
        }
        let same = |a: u32, b: u32| match fold {
            Some(fold) => fold.lower(a) == fold.lower(b),
            None => a == b,
        };
        let all = (0..to - from).all(|i| same(self.text.at(at + i), self.text.at(from + i)));
        all.then_some(at + to - from)
    }

    fn is_at(&self, place: Place, at: usize) -> bool {
        match place {
            Place::Beginning => at == 0,
            Place::BeginningOfLine => at == 0 || self.text.at(at - 1) == 10,
            Place::End => at == self.end || at + 1 == self.end && self.text.at(at) == 10,
            Place::EndOfLine => at == self.end || self.text.at(at) == 10,
            Place::EndOfString => at == self.end,
            Place::Boundary { unicode, negated } => {
                if self.end == 0 {
                    return false;
                }
                let before = at > 0 && Place::is_word(self.text.at(at - 1), unicode);
                let behind = at < self.end && Place::is_word(self.text.at(at), unicode);
                (before != behind) != negated
            }
        }
    }

    /// Enters an alternative, leaving a way back.
    fn alternative(&mut self, pc: usize, n: usize, saved: Saved, marks: usize) -> Option<usize> {
        let Op::Branch(starts) = &self.program.ops[pc] else {
            return None;
        };
        let start = *starts.get(n)?;
        self.stack.push(Entry::Branch {
            pc,
            next: n + 1,
            saved,
            marks,
        });
        Some(start)
    }

    /// How many units stand at a place, at most.
    fn count(&mut self, unit: &Unit, at: usize, most: usize) -> usize {
        let to = at + most.min(self.end.saturating_sub(at));
        let run = |test: &dyn Fn(u32) -> bool| {
            (at..to)
                .find(|i| !test(self.text.at(*i)))
                .map_or(to - at, |i| i - at)
        };
        match unit {
            Unit::Every => to - at,
            Unit::Any => self.text.find(10, at, to).map_or(to - at, |i| i - at),
            Unit::NotLiteral(c) => self.text.find(*c, at, to).map_or(to - at, |i| i - at),
            unit => run(&|c| unit.has(c)),
        }
    }

    fn many(
        &mut self,
        pc: usize,
        unit: &Unit,
        (min, max, greedy): (u32, u32, bool),
        at: &mut usize,
    ) -> Option<usize> {
        let (least, first) = (min as usize, *at);
        let most = if is_unbounded(max) {
            NONE
        } else {
            max as usize
        };
        if self.end.saturating_sub(first) < least {
            return None;
        }
        let wanted = if greedy { most } else { least };
        let count = self.count(unit, first, wanted);
        if count < least {
            return None;
        }
        let saved = self.saved(first);
        if greedy {
            return self.fewer(pc, count, saved, at);
        }
        *at = first + count;
        self.stack.push(Entry::More {
            pc,
            count,
            saved: Saved { at: *at, ..saved },
        });
        Some(pc + 1)
    }

    /// Goes on behind `count` units; a character that must follow is looked for backwards.
    fn fewer(
        &mut self,
        pc: usize,
        mut count: usize,
        saved: Saved,
        at: &mut usize,
    ) -> Option<usize> {
        let Op::Many { min, .. } = &self.program.ops[pc] else {
            return None;
        };
        let least = *min as usize;
        if let Some(Op::Unit(Unit::Literal(c))) = self.program.ops.get(pc + 1) {
            loop {
                let place = saved.at + count;
                if place < self.end && self.text.at(place) == *c {
                    break;
                }
                if count == least {
                    return None;
                }
                count -= 1;
            }
        }
        *at = saved.at + count;
        self.stack.push(Entry::Fewer { pc, count, saved });
        Some(pc + 1)
    }

    fn bounds(&self, rep: usize) -> (i64, i64) {
        match &self.program.ops[self.reps[rep].at] {
            Op::Repeat { min, max, .. } if is_unbounded(*max) => (i64::from(*min), i64::MAX),
            Op::Repeat { min, max, .. } => (i64::from(*min), i64::from(*max)),
            _ => (0, 0),
        }
    }

    /// A round of a repetition is over, or its first is to begin.
    fn until(&mut self, pc: usize, greedy: bool, body: usize, at: usize) -> Option<usize> {
        let rep = self.rep;
        let (min, max) = self.bounds(rep);
        let before = self.reps[rep];
        let count = before.count + 1;
        if count < min {
            self.reps[rep].count = count;
            self.stack.push(Entry::Count {
                rep,
                count: before.count,
                last: before.last,
            });
            return Some(body);
        }
        let saved = self.saved(at);
        if !greedy {
            self.rep = before.outer;
            self.stack.push(Entry::Round { pc, rep, saved });
            return Some(pc + 1);
        }
        if count < max && at != before.last {
            let marks = self.push_marks();
            self.stack.push(Entry::Tail {
                pc,
                rep,
                last: before.last,
                saved,
                marks,
            });
            self.reps[rep].count = count;
            self.reps[rep].last = at;
            return Some(body);
        }
        self.leave(rep);
        Some(pc + 1)
    }

    /// The repetition is over; what follows it belongs to the outer one.
    fn leave(&mut self, rep: usize) {
        self.stack.push(Entry::Innermost(rep));
        self.rep = self.reps[rep].outer;
    }

    fn look(
        &mut self,
        pc: usize,
        (back, negated, end): (usize, bool, usize),
        at: &mut usize,
        outermost: &mut bool,
    ) -> Option<usize> {
        if *at < back {
            return negated.then_some(end);
        }
        self.stack.push(Entry::Look {
            pc,
            at: *at,
            outermost: *outermost,
            rep: self.rep,
            reps: self.reps.len(),
            marks: self.saved_marks.len(),
        });
        *outermost = false;
        *at -= back;
        Some(pc + 1)
    }

    /// The end of the program, or of a lookaround's body.
    fn success(&mut self, at: usize, outermost: &mut bool) -> Success {
        if *outermost {
            let refused = self.match_all && at != self.end || self.must_advance && at == self.start;
            if refused {
                return Success::Failed;
            }
            self.at = at;
            return Success::Found;
        }
        // The body has matched: no way back into it.
        while let Some(entry) = self.stack.pop() {
            if let Entry::Look {
                pc,
                at,
                outermost: outer,
                rep,
                reps,
                marks,
            } = entry
            {
                self.rep = rep;
                self.reps.truncate(reps);
                self.saved_marks.truncate(marks);
                *outermost = outer;
                return match self.program.ops[pc] {
                    Op::Look {
                        negated: false,
                        end,
                        ..
                    } => Success::Looked(end, at),
                    _ => Success::Failed,
                };
            }
        }
        Success::Failed
    }

    /// Takes back what was done since the last choice, and makes another; `None` if there is none.
    fn backtrack(&mut self, at: &mut usize, outermost: &mut bool) -> Option<usize> {
        while let Some(entry) = self.stack.pop() {
            let next = match entry {
                Entry::Branch {
                    pc,
                    next,
                    saved,
                    marks,
                } => self.next_alternative(pc, next, saved, marks, at),
                Entry::Fewer { pc, count, saved } => {
                    self.restore(saved);
                    let least = match &self.program.ops[pc] {
                        Op::Many { min, .. } => *min as usize,
                        _ => 0,
                    };
                    if count > least {
                        self.fewer(pc, count - 1, saved, at)
                    } else {
                        None
                    }
                }
                Entry::More { pc, count, saved } => self.more(pc, count, saved, at),
                Entry::Tail {
                    pc,
                    rep,
                    last,
                    saved,
                    marks,
                } => {
                    self.copy_marks_back(marks, saved.lastmark);
                    self.saved_marks.truncate(marks);
                    self.restore(saved);
                    self.reps[rep].last = last;
                    self.reps[rep].count -= 1;
                    *at = saved.at;
                    self.leave(rep);
                    Some(pc + 1)
                }
                Entry::Round { pc, rep, saved } => self.round(pc, rep, saved, at),
                Entry::Count { rep, count, last } => {
                    self.reps[rep].count = count;
                    self.reps[rep].last = last;
                    None
                }
                Entry::Innermost(rep) => {
                    self.rep = rep;
                    None
                }
                Entry::Start { outer } => {
                    self.reps.pop();
                    self.rep = outer;
                    None
                }
                Entry::Look {
                    pc,
                    at: place,
                    outermost: outer,
                    ..
                } => {
                    *outermost = outer;
                    match self.program.ops[pc] {
                        Op::Look {
                            negated: true, end, ..
                        } => {
                            *at = place;
                            Some(end)
                        }
                        _ => None,
                    }
                }
            };
            if next.is_some() {
                return next;
            }
        }
        None
    }

    fn next_alternative(
        &mut self,
        pc: usize,
        next: usize,
        saved: Saved,
        marks: usize,
        at: &mut usize,
    ) -> Option<usize> {
        if marks != NONE {
            self.copy_marks_back(marks, saved.lastmark);
        }
        self.restore(saved);
        *at = saved.at;
        let entered = self.alternative(pc, next, saved, marks);
        if entered.is_none() && marks != NONE {
            self.saved_marks.truncate(marks);
        }
        entered
    }

    fn more(&mut self, pc: usize, count: usize, saved: Saved, at: &mut usize) -> Option<usize> {
        let Op::Many { unit, max, .. } = &self.program.ops[pc] else {
            return None;
        };
        if saved.at >= self.end || !unit.has(self.text.at(saved.at)) {
            return None;
        }
        self.restore(saved);
        if !is_unbounded(*max) && count >= *max as usize {
            return None;
        }
        *at = saved.at + 1;
        self.stack.push(Entry::More {
            pc,
            count: count + 1,
            saved: Saved { at: *at, ..saved },
        });
        Some(pc + 1)
    }

    fn round(&mut self, pc: usize, rep: usize, saved: Saved, at: &mut usize) -> Option<usize> {
        self.rep = rep;
        self.restore(saved);
        *at = saved.at;
        let (_, max) = self.bounds(rep);
        let before = self.reps[rep];
        let count = before.count + 1;
        if count >= max || saved.at == before.last {
            return None;
        }
        self.stack.push(Entry::Count {
            rep,
            count: before.count,
            last: before.last,
        });
        self.reps[rep].count = count;
        self.reps[rep].last = saved.at;
        match &self.program.ops[pc] {
            Op::Until { body, .. } => Some(*body),
            _ => None,
        }
    }
}

enum Success {
    Found,
    Looked(usize, usize),
    Failed,
}
