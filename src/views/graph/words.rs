//! What boxes say about objects: state, trend, notes, feet, captions.
//!
//! Knows facts and words, no boxes' places. Where there is little room, every text comes with shorter choices, longest
//! first. Everything returned is clean.

use super::facts::ObjectFact;
use super::model::{Isolate, State, Trend};
use super::text::clean;

/// An attribute in a folded `__dict__` is an attribute of the instance.
pub(super) fn label(label: &str, in_dict: bool) -> String {
    match label
        .strip_prefix("['")
        .and_then(|rest| rest.strip_suffix("']"))
    {
        Some(name) if in_dict => format!(".{name}"),
        _ => label.to_string(),
    }
}

pub(super) fn state(object: &ObjectFact) -> State {
    if object.ghost {
        State::Ghost
    } else if object.finaliser_running {
        State::FinaliserRunning
    } else if object.gc_list.as_deref() == Some("unreachable") {
        State::Doomed
    } else if object.born {
        State::Born
    } else if object.changed {
        State::Changed
    } else {
        State::Plain
    }
}

pub(super) fn trend(object: &ObjectFact) -> Trend {
    match object.previous_refcount {
        Some(before) if before < object.refcount => Trend::Up,
        Some(before) if before > object.refcount => Trend::Down,
        _ => Trend::Same,
    }
}

pub(super) fn note(object: &ObjectFact) -> Vec<String> {
    if object.finaliser_running {
        return vec!["in its __del__ now".to_string(), "in __del__".to_string()];
    }
    let Some(gc_refs) = object.gc_refs else {
        return match object.finalized && !object.ghost {
            true => vec!["finalized".to_string()],
            false => Vec::new(),
        };
    };
    let list = object.gc_list.as_deref().map(clean).unwrap_or_default();
    let short = match &list[..] {
        "unreachable" => format!("gc_refs {gc_refs} ✗"),
        "reachable" => format!("gc_refs {gc_refs} ✓"),
        _ => format!("gc_refs {gc_refs}"),
    };
    vec![format!("{short} {list}").trim_end().to_string(), short]
}

/// Something a box does not show.
pub(super) enum Cut {
    Atoms(usize),
    Hidden(usize),
}

/// The words for what is cut, longest first; nothing for nothing.
pub(super) fn foot(cuts: &[Cut]) -> Vec<String> {
    let words = |short: bool| {
        let mut parts = Vec::new();
        for cut in cuts {
            match (cut, short) {
                (Cut::Atoms(0) | Cut::Hidden(0), _) => {}
                (Cut::Atoms(1), false) => parts.push("+1 value".to_string()),
                (Cut::Atoms(n), false) => parts.push(format!("+{n} values")),
                (Cut::Hidden(n), false) => parts.push(format!("+{n} hidden")),
                (Cut::Atoms(n) | Cut::Hidden(n), true) => parts.push(format!("+{n}")),
            }
        }
        parts.join(" ")
    };
    match words(false) {
        long if long.is_empty() => Vec::new(),
        long => vec![long, words(true)],
    }
}

pub(super) fn join_feet(one: &[String], other: &[String]) -> Vec<String> {
    if one.is_empty() {
        return other.to_vec();
    }
    let long = other.iter().map(|word| format!("{} {word}", one[0]));
    let short = other
        .last()
        .map(|word| format!("{} {word}", one[one.len() - 1]));
    long.chain(short).collect()
}

/// `12,345`.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl Isolate {
    pub(super) fn new(boxes: Vec<usize>, objects: usize, since: Option<&str>) -> Isolate {
        let plural = if objects == 1 { "" } else { "s" };
        let count = format!("{} object{plural}", thousands(objects));
        let mut caption = Vec::new();
        if let Some(since) = since {
            caption.push(format!("cyclic isolate: {count}, unreachable {since}"));
            caption.push(format!("cyclic isolate: {count}, {since}"));
            caption.push(format!("isolate: {count}, {since}"));
        }
        caption.push(format!("cyclic isolate: {count}"));
        caption.push(format!("isolate: {count}"));
        caption.push("isolate".to_string());
        Isolate { boxes, caption }
    }
}
