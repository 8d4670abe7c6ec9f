//! What the next step does, said before it happens.
//!
//! Invariant: true. The sentences come from really doing the step on a fork of the machine and comparing, never from guessing; where
//! it cannot be known (input to come, too long a step), they say that. Start at [`of`].

use std::collections::{HashMap, HashSet};

use super::safe;
use super::sight::{Chosen, Sight, name, serial};
use crate::debugger::queries::owners;
use crate::debugger::session::around::{Ahead, Foresight, Happening};
use crate::debugger::{Session, StopKind};
use crate::heap::Obj;
use crate::vm::Machine;

/// Objects named in a sentence before the rest is counted.
const NAMED: usize = 4;
/// Sentences about counts: the rest is in the table after the step.
const COUNTS_TOLD: usize = 3;
const SOURCE_AT_MOST: usize = 48;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EffectView {
    /// Full sentences, most telling first.
    pub sentences: Vec<String>,
}

/// From the moment and what was foreseen of the step to the next line.
pub fn of(sight: &Sight, foresight: Option<&Foresight>) -> EffectView {
    let mut sentences = here(sight);
    if let Some(foresight) = foresight {
        sentences.extend(ahead(sight, foresight));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    EffectView {
        sentences: sentences.iter().map(|s| safe::one_line(s)).collect(),
    }
}

/// What is special about the place itself.
fn here(sight: &Sight) -> Vec<String> {
    let stop = sight.session.stop();
    match &stop.kind {
        StopKind::Del { object, cause } => {
            vec![format!("{object} is about to be finalised: {cause}.")]
        }
        StopKind::Death { object, cause } => {
            vec![format!("{object} has just been freed: {cause}.")]
        }
        StopKind::Birth { object } => vec![format!("{object} has just been made.")],
        StopKind::Resurrect { object } => {
            vec![format!(
                "{object} is back: its finaliser made something refer to it. It will not run again."
            )]
        }
        StopKind::Weakref { referent } => {
            vec![format!("A weak reference to {referent} is being cleared.")]
        }
        StopKind::Refcount {
            object,
            before,
            after,
        } => {
            vec![format!(
                "The count of {object} has gone from {before} to {after}."
            )]
        }
        StopKind::Gc {
            phase: Some(phase), ..
        } => vec![phase_meaning(phase, sight)],
        StopKind::Raise { class } => vec![format!("{class} has been raised.")],
        StopKind::Halted(error) => vec![format!("Stopped: {error}.")],
        StopKind::End { status } => {
            let uncaught = sight.session.ended().and_then(|ended| ended.uncaught);
            let how = uncaught.map_or_else(String::new, |text| {
                format!(" An exception ended it: {text}.")
            });
            vec![
                format!("The program has ended with status {status}.{how}"),
                survivors(sight),
            ]
        }
        StopKind::NeedInput { .. } => vec!["The program waits for a line of input.".to_owned()],
        _ => Vec::new(),
    }
}

/// What a phase of the collector has just done.
fn phase_meaning(phase: &str, sight: &Sight) -> String {
    let count = sight.isolated.len();
    match phase {
        "update_refs" => "The collector has copied each count into gc_refs.".to_owned(),
        "subtract_refs" => {
            "It has taken one off gc_refs for each reference between the objects it looks at: what is left comes from outside."
                .to_owned()
        }
        "move_unreachable" => match count {
            0 => "Everything can be reached from outside: nothing is garbage.".to_owned(),
            n => format!("{} held by each other only: no count is left over for anything outside.", these(n)),
        },
        "handle_weakrefs" => "Weak references to the unreachable are cleared.".to_owned(),
        "finalize_garbage" => "The finalisers of the unreachable have run.".to_owned(),
        "handle_resurrected_objects" => "What a finaliser brought back has been sorted out.".to_owned(),
        _ => "The unreachable have been cleared, and with that freed.".to_owned(),
    }
}

fn these(n: usize) -> String {
    match n {
        1 => "One object is".to_owned(),
        n => format!("These {n} objects are"),
    }
}

fn survivors(sight: &Sight) -> String {
    match sight.isolated.len() {
        0 => String::new(),
        n => format!("{n} objects were never freed."),
    }
}

fn ahead(sight: &Sight, foresight: &Foresight) -> Vec<String> {
    let (after, end) = match &foresight.ahead {
        Ahead::At(machine) => (machine, None),
        Ahead::End { machine, status } => (machine, Some(*status)),
        Ahead::Input => return vec![format!("{} asks for a line of input.", subject(sight))],
        Ahead::Unknown(why) => {
            return vec![format!(
                "What {} does is not foreseen: {why}.",
                subject(sight)
            )];
        }
    };
    let then = super::sight::choose(after);
    let telling = Telling::of(sight, after, &then, foresight);
    let (changes, held) = counts(sight, after, &telling);
    let mut clauses = telling.before_counts(sight.vm.collection.is_some());
    clauses.extend(changes);
    clauses.extend(telling.after_counts());
    clauses.extend(printed(sight, after));
    clauses.extend(telling.raised.iter().map(|class| format!("raises {class}")));
    if clauses.is_empty() && end.is_none() {
        clauses.push("changes no count of the script's objects".to_owned());
    }
    let mut sentences = Vec::new();
    if !clauses.is_empty() {
        sentences.push(format!("{} {}.", subject(sight), joined(&clauses)));
    }
    sentences.extend(held);
    if let Some(status) = end {
        sentences.push(format!(
            "Then the program ends with status {status}.{}",
            telling.exit()
        ));
    } else {
        sentences.extend(isolates(sight, after, &then));
    }
    sentences
}

/// `a, b and c`.
fn joined(clauses: &[String]) -> String {
    match clauses {
        [] => String::new(),
        [only] => only.clone(),
        [first, last] => format!("{first} and {last}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}

/// `del jane`: the line about to run, as its author wrote it.
fn line_text(sight: &Sight) -> String {
    let line = sight
        .session
        .stop()
        .line
        .and_then(|line| sight.session.source_line(line));
    match line.as_deref().map(str::trim) {
        Some(text) if !text.is_empty() => format!("`{}`", safe::cut(text, SOURCE_AT_MOST)),
        _ => "The next step".to_owned(),
    }
}

fn subject(sight: &Sight) -> String {
    match &sight.session.stop().kind {
        StopKind::Line | StopKind::Start => line_text(sight),
        _ => "The rest of the line".to_owned(),
    }
}

/// The events of a step, sorted by kind.
#[derive(Default)]
struct Telling {
    born: Vec<String>,
    dead: Vec<String>,
    finalised: Vec<String>,
    back: Vec<String>,
    weak: Vec<String>,
    raised: Option<String>,
    collections: Vec<u64>,
    /// Finalised at the interpreter's exit.
    at_exit: Vec<String>,
}

impl Telling {
    fn of(sight: &Sight, after: &Machine, then: &Chosen, foresight: &Foresight) -> Telling {
        let mut telling = Telling::default();
        for event in &foresight.events {
            match &event.what {
                Happening::Del(name) if event.at_exit => telling.at_exit.push(name.clone()),
                _ if event.at_exit => {}
                Happening::Birth(name) => telling.born.push(name.clone()),
                Happening::Death(name) => telling.dead.push(name.clone()),
                Happening::Del(name) => telling.finalised.push(name.clone()),
                Happening::Resurrect(name) => telling.back.push(name.clone()),
                Happening::Weakref(name) => telling.weak.push(name.clone()),
                Happening::Raise(class) => telling.raised = Some(class.clone()),
                Happening::GcEnd { collected } => telling.collections.push(*collected),
                Happening::GcStart { .. } => {}
            }
        }
        // What is made and dead again within the step is of no account, unless something ran because of it.
        let passing: Vec<String> = telling
            .born
            .iter()
            .filter(|n| telling.dead.contains(n))
            .cloned()
            .collect();
        telling.born.retain(|name| !passing.contains(name));
        telling.dead.retain(|name| !passing.contains(name));
        // Births and deaths of what has no row are the interpreter's business.
        let rows: HashMap<String, Obj> = then
            .shown
            .iter()
            .filter_map(|o| Some((name(after, *o)?, *o)))
            .collect();
        telling.born.retain(|name| rows.contains_key(name));
        for name in &mut telling.born {
            let o = rows[name];
            if after.heap.is_class(o) {
                *name = format!("class {}", super::sight::label(after, o));
            }
        }
        let rows: HashSet<String> = sight.shown.iter().filter_map(|o| sight.name(*o)).collect();
        telling.dead.retain(|name| rows.contains(name));
        telling
    }

    fn before_counts(&self, collecting: bool) -> Vec<String> {
        let mut clauses = Vec::new();
        for (index, collected) in self.collections.iter().enumerate() {
            clauses.push(match collecting && index == 0 {
                true => format!("ends the collection, which finds {collected} unreachable"),
                false => format!("runs the collector, which finds {collected} unreachable"),
            });
        }
        if !self.born.is_empty() {
            clauses.push(format!("makes {}", list(&self.born)));
        }
        clauses
    }

    fn after_counts(&self) -> Vec<String> {
        let mut clauses = Vec::new();
        let mut add = |verb: &str, names: &[String]| {
            if !names.is_empty() {
                clauses.push(format!("{verb} {}", list(names)));
            }
        };
        add("runs __del__ of", &self.finalised);
        add("brings back to life", &self.back);
        add("clears weak references to", &self.weak);
        add("frees", &self.dead);
        clauses
    }

    fn exit(&self) -> String {
        match self.at_exit.is_empty() {
            true => String::new(),
            false => format!(" At its exit, __del__ of {} runs.", list(&self.at_exit)),
        }
    }
}

fn list(names: &[String]) -> String {
    let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>();
    match names.len().saturating_sub(NAMED) {
        0 => match shown.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
            None => String::new(),
        },
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Counts of living objects that are different afterwards, as clauses; and who still holds what was let go of, as sentences.
fn counts(sight: &Sight, after: &Machine, telling: &Telling) -> (Vec<String>, Vec<String>) {
    let vm = sight.vm;
    let (mut clauses, mut held) = (Vec::new(), Vec::new());
    let mut untold = 0;
    let mut rows: Vec<Obj> = sight.shown.clone();
    rows.sort_by_key(|o| (vm.heap.is_class(*o), serial(vm, *o)));
    for o in rows.into_iter().filter(|o| is_same(vm, after, *o)) {
        let (before, now) = (vm.heap.rc(o), after.heap.rc(o));
        // A class counts its instances; their births and deaths say it already.
        let told_already =
            vm.heap.is_class(o) && !(telling.born.is_empty() && telling.dead.is_empty());
        if before == now || told_already {
            continue;
        }
        if clauses.len() == COUNTS_TOLD {
            untold += 1;
            continue;
        }
        let label = sight.label(o);
        if now < before {
            clauses.push(format!("drops {label} from {before} to {now}"));
            held.extend(still_held(after, o));
        } else {
            clauses.push(format!("raises {label} from {before} to {now}"));
        }
    }
    if untold > 0 {
        clauses.push(format!("changes {untold} more counts"));
    }
    (clauses, held)
}

/// An object keeps its slot for life.
fn is_same(vm: &Machine, after: &Machine, o: Obj) -> bool {
    after.heap.is_live(o) && serial(vm, o) == serial(after, o)
}

/// Who keeps an object alive that has lost an owner.
fn still_held(after: &Machine, o: Obj) -> Option<String> {
    let owners = owners::of(after, o);
    let label = super::sight::label(after, o);
    let del = match after.heap.class(after.heap.ty(o)).has_del {
        true => ", so its __del__ does not run",
        false => "",
    };
    match owners.as_slice() {
        [] => None,
        [one] => Some(format!("{one} still holds {label}{del}.")),
        several => Some(format!("{} still hold {label}{del}.", list(several))),
    }
}

/// What nothing reaches any more afterwards, though it is held.
fn isolates(sight: &Sight, after: &Machine, then: &Chosen) -> Vec<String> {
    let known = |o: &&Obj| sight.is_shown(**o) && is_same(sight.vm, after, **o);
    let new = then
        .isolated
        .iter()
        .filter(|o| !sight.isolated.contains(o))
        .filter(known);
    let lost: Vec<String> = new.filter_map(|o| name(after, *o)).collect();
    match lost.len() {
        0 => Vec::new(),
        1 => vec![format!(
            "{} then holds itself: no name leads to it, and only a collection can free it.",
            lost[0]
        )],
        _ => vec![format!(
            "{} then hold only each other: no name leads to them, and only a collection can free them.",
            list(&lost)
        )],
    }
}

fn printed(sight: &Sight, after: &Machine) -> Option<String> {
    let new = after.output.since(sight.vm.output.len());
    let text: String = new.into_iter().map(|(_, text)| text).collect();
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    Some(format!("prints {:?}", safe::cut(first, SOURCE_AT_MOST)))
}

/// Foresees one line for the effect, if the session is at a place from which it can.
pub fn foresee(session: &mut Session) -> Option<Foresight> {
    session.foresee(crate::debugger::command::Unit::Line)
}
