//! How the verbs that can fail a run (`expect`, `assert`, `snapshot`) and `allow` read their arguments.

use super::super::command::{
    Because, Command, ExpectedKind, ExpectedStop, ObjectRef, SnapshotKind, What, is_identifier,
};
use super::super::predicate::Predicate;
use super::super::scan::{Parsed, Scan, did_you_mean};
use super::settings::gc_moment;

const KINDS: &[&str] = &[
    "line",
    "del",
    "death",
    "birth",
    "resurrect",
    "weakref",
    "isolate",
    "refcount",
    "gc",
    "raise",
    "start",
    "end",
    "step",
];

pub fn expect(scan: &mut Scan) -> Parsed<Command> {
    if scan.accept("stop") {
        return Ok(Command::ExpectStop(expected_stop(scan)?));
    }
    if scan.accept("output") {
        return Ok(Command::ExpectOutput(scan.quoted("the text")?));
    }
    Err(scan.error("`stop KIND` or `output \"TEXT\"`"))
}

fn expected_stop(scan: &mut Scan) -> Parsed<ExpectedStop> {
    let start = scan.clone();
    let kind = scan.word().unwrap_or_default();
    let (about, because) = split_because(scan)?;
    let mut about = Scan::new(about);
    let what = |about: &Scan| (!about.at_end()).then(|| What::parse(about.rest()));
    let kind = match kind {
        "line" if about.at_end() => ExpectedKind::Line(None),
        "line" => ExpectedKind::Line(Some(about.number("a line's number")?)),
        "del" => ExpectedKind::Del(what(&about)),
        "death" => ExpectedKind::Death(what(&about)),
        "birth" => ExpectedKind::Birth(what(&about)),
        "resurrect" => ExpectedKind::Resurrect(what(&about)),
        "weakref" => ExpectedKind::Weakref(what(&about)),
        "isolate" => ExpectedKind::Isolate(what(&about)),
        "refcount" => {
            ExpectedKind::Refcount((!about.at_end()).then(|| ObjectRef::parse(about.rest())))
        }
        "gc" => ExpectedKind::Gc(gc_moment(&mut about)?),
        "raise" => ExpectedKind::Raise(about.word().map(str::to_owned)),
        "start" => ExpectedKind::Start,
        "end" => ExpectedKind::End,
        "step" => ExpectedKind::Step,
        word => {
            *scan = start;
            let error = scan.error(KINDS.join(", "));
            return Err(match did_you_mean(word, KINDS.iter().copied()) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error,
            });
        }
    };
    Ok(ExpectedStop { kind, because })
}

/// What stands before `because`, and the cause behind it.
fn split_because<'a>(scan: &mut Scan<'a>) -> Parsed<(&'a str, Option<Because>)> {
    let rest = scan.rest();
    let at = match rest.starts_with("because") {
        true => Some(0),
        false => rest.rfind(" because"),
    };
    let about = scan.take(at.unwrap_or(rest.len())).trim();
    if !scan.accept("because") {
        return Ok((about, None));
    }
    let because = match scan.peek_word() {
        "refcount" => Because::Refcount,
        "gc" => Because::Gc,
        "exit" => Because::Exit,
        _ => return Err(scan.error("refcount, gc or exit")),
    };
    scan.word();
    Ok((about, Some(because)))
}

pub fn assert(scan: &mut Scan) -> Parsed<Command> {
    let predicate = Predicate::parse(scan)?;
    let at_exit = scan.accept("at");
    if at_exit && !scan.accept("exit") {
        return Err(scan.error("`exit` after `at`"));
    }
    if !at_exit && !scan.at_end() {
        return Err(scan.error("a comparison, `and`, `or`, `at exit` or the end of the line"));
    }
    Ok(Command::Assert { predicate, at_exit })
}

pub fn snapshot(scan: &mut Scan) -> Parsed<Command> {
    let kind = match scan.peek_word() {
        "graph" => SnapshotKind::Graph,
        "namespace" => SnapshotKind::Namespace,
        "refcounts" => SnapshotKind::Refcounts,
        _ => return Err(scan.error("graph, namespace or refcounts")),
    };
    scan.word();
    let start = scan.clone();
    let name = scan.quoted("a name")?;
    // It becomes a file's name beside the `.lt`.
    if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
        *scan = start;
        return Err(scan.error("a name that can be a file's"));
    }
    Ok(Command::Snapshot { kind, name })
}

pub fn allow(scan: &mut Scan) -> Parsed<Command> {
    if !scan.accept("survivors") {
        return Err(scan.error("`survivors`"));
    }
    let class = match scan.peek_word() {
        word if is_identifier(word) && word != "reason" => word.to_owned(),
        _ => return Err(scan.error("a class")),
    };
    scan.word();
    if !scan.accept("reason") {
        return Err(scan.error("`reason \"…\"`"));
    }
    let reason = scan.quoted("the reason")?;
    Ok(Command::AllowSurvivors { class, reason })
}
