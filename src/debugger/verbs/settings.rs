//! How the verbs that set something (breakpoints, the collector, labels) read their arguments.

use super::super::command::{
    BreakSpec, Command, GcMoment, GcSetting, ObjectRef, View, What, is_identifier,
};
use super::super::scan::{ParseError, Parsed, Scan, did_you_mean};
use super::motions::object;
use super::{BREAKS, find};

pub fn break_(scan: &mut Scan) -> Parsed<Command> {
    let start = scan.clone();
    let spec = match scan.word() {
        Some("line") => line(scan)?,
        Some("del") => BreakSpec::Del(what(scan)?),
        Some("death") => BreakSpec::Death(what(scan)?),
        Some("birth") => BreakSpec::Birth(what(scan)?),
        Some("resurrect") => BreakSpec::Resurrect(what(scan)?),
        Some("weakref") => BreakSpec::Weakref(what(scan)?),
        Some("isolate") => BreakSpec::Isolate(what(scan)?),
        Some("refcount") => refcount(scan)?,
        Some("gc") => BreakSpec::Gc(gc_moment(scan)?),
        Some("raise") => BreakSpec::Raise(scan.word().map(str::to_owned)),
        word => {
            *scan = start;
            return Err(unknown_break(scan, word));
        }
    };
    Ok(Command::Break(spec))
}

fn unknown_break(scan: &mut Scan, word: Option<&str>) -> ParseError {
    let error = scan.error(BREAKS.join(", "));
    let word = word.unwrap_or_default();
    if word.starts_with(|c: char| c.is_ascii_digit()) || word.contains(':') {
        return error.hint(format!("a line's breakpoint is `break line {word}`"));
    }
    match did_you_mean(word, BREAKS.iter().copied()) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

fn line(scan: &mut Scan) -> Parsed<BreakSpec> {
    let place = scan.peek_word();
    let (file, number) = match place.rsplit_once(':') {
        Some((file, number)) => (Some(file.to_owned()), number),
        None => (None, place),
    };
    let Some(line) = number.parse().ok().filter(|n| *n > 0) else {
        return Err(scan.error("a line's number, from 1, or FILE:N"));
    };
    scan.word();
    let condition = match scan.accept("if") {
        true => Some(scan.remainder("a Python expression after `if`")?.to_owned()),
        false => None,
    };
    Ok(BreakSpec::Line {
        file,
        line,
        condition,
    })
}

fn what(scan: &mut Scan) -> Parsed<What> {
    Ok(What::parse(scan.remainder("a class, an object, or *")?))
}

fn refcount(scan: &mut Scan) -> Parsed<BreakSpec> {
    let rest = scan.remainder("an object")?;
    let compared = rest
        .rsplit_once("==")
        .and_then(|(object, count)| Some((object, count.trim().parse().ok()?)));
    let (object, count) = match compared {
        Some((object, count)) => (object, Some(count)),
        None => (rest, None),
    };
    Ok(BreakSpec::Refcount {
        object: ObjectRef::parse(object),
        count,
    })
}

/// `start`, `phase`, `end`, or nothing.
pub fn gc_moment(scan: &mut Scan) -> Parsed<Option<GcMoment>> {
    let moment = match scan.peek_word() {
        "" => return Ok(None),
        "start" => GcMoment::Start,
        "phase" => GcMoment::Phase,
        "end" => GcMoment::End,
        _ => return Err(scan.error("start, phase or end")),
    };
    scan.word();
    Ok(Some(moment))
}

pub fn breakpoints(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Breakpoints)
}

const BREAKPOINT: &str = "a breakpoint's number (`breakpoints` lists them)";

pub fn delete(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Delete(scan.number(BREAKPOINT)?))
}

pub fn disable(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Disable(scan.number(BREAKPOINT)?))
}

pub fn enable(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Enable(scan.number(BREAKPOINT)?))
}

pub fn gc(scan: &mut Scan) -> Parsed<Command> {
    let setting = match scan.peek_word() {
        "" => return Ok(Command::Show(View::Gc)),
        "on" => GcSetting::On,
        "off" => GcSetting::Off,
        "collect" => GcSetting::Collect,
        "thresholds" => {
            scan.word();
            let mut next = || scan.number("three thresholds");
            return Ok(Command::Gc(GcSetting::Thresholds(
                next()?,
                next()?,
                next()?,
            )));
        }
        "stress" => {
            scan.word();
            return Ok(Command::Gc(GcSetting::Stress(
                scan.number("every how many allocations")?,
            )));
        }
        _ => return Err(scan.error("on, off, collect, thresholds A B C or stress N")),
    };
    scan.word();
    Ok(Command::Gc(setting))
}

pub fn label(scan: &mut Scan) -> Parsed<Command> {
    let Some(name) = scan.identifier() else {
        return Err(scan.error("a label's name"));
    };
    if !scan.accept_text("=") {
        return Err(scan.error("`=`"));
    }
    Ok(Command::Label {
        name: name.to_owned(),
        object: object(scan)?,
    })
}

pub fn select(scan: &mut Scan) -> Parsed<Command> {
    match scan.at_end() {
        true => Ok(Command::Select(None)),
        false => Ok(Command::Select(Some(object(scan)?))),
    }
}

pub fn help(scan: &mut Scan) -> Parsed<Command> {
    let word = scan.peek_word();
    if word.is_empty() {
        return Ok(Command::Help(None));
    }
    match find(word).filter(|_| is_identifier(word)) {
        Some(verb) => {
            scan.word();
            Ok(Command::Help(Some(verb.name.to_owned())))
        }
        None => Err(super::unknown_verb(scan)),
    }
}
