//! How the verbs that move in time read their arguments.

use super::super::command::{Command, ObjectRef, Unit, When};
use super::super::scan::{Parsed, Scan, did_you_mean};
use super::super::stop::Moment;
use super::UNITS;

pub fn run(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Run)
}

pub fn continue_(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Continue { backward: false })
}

pub fn reverse(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Continue { backward: true })
}

pub fn step(scan: &mut Scan) -> Parsed<Command> {
    step_in(scan, false)
}

pub fn back(scan: &mut Scan) -> Parsed<Command> {
    step_in(scan, true)
}

fn step_in(scan: &mut Scan, backward: bool) -> Parsed<Command> {
    let unit = match scan.peek_word() {
        "line" => Some(Unit::Line),
        "instr" => Some(Unit::Instr),
        "over" => Some(Unit::Over),
        "into" => Some(Unit::Into),
        "out" => Some(Unit::Out),
        "event" => Some(Unit::Event),
        "phase" => Some(Unit::Phase),
        "death" => Some(Unit::Death),
        word if word.starts_with(|c: char| c.is_alphabetic()) => {
            let near = did_you_mean(word, UNITS.iter().copied());
            let error = scan.error("line, instr, over, into, out, event, phase or death");
            return Err(match near {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error,
            });
        }
        _ => None,
    };
    if unit.is_some() {
        scan.word();
    }
    let count = match scan.at_end() {
        true => 1,
        false => positive(scan, "how many steps, from 1")?,
    };
    Ok(Command::Step {
        unit: unit.unwrap_or(Unit::Line),
        count,
        backward,
    })
}

fn positive(scan: &mut Scan, expected: &str) -> Parsed<u32> {
    let error = scan.error(expected);
    match scan.number(expected)? {
        0 => Err(error),
        n => Ok(n),
    }
}

pub fn goto(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Goto(when(scan)?))
}

/// `start`, `end`, `line N`, `line N#3`, `instr N`, `del X`, `death X`, `gc N`.
pub fn when(scan: &mut Scan) -> Parsed<When> {
    let start = scan.clone();
    match scan.word() {
        Some("start") => Ok(When::Start),
        Some("end") => Ok(When::End),
        Some("line") => line_arrival(scan),
        Some("instr") => instruction(scan),
        Some("del") => Ok(When::Del(object(scan)?)),
        Some("death") => Ok(When::Death(object(scan)?)),
        Some("gc") => Ok(When::Gc(scan.number("a collection's number, from 1")?)),
        _ => {
            *scan = start;
            Err(scan.error("start, end, line N, line N#K, instr N, del X, death X or gc N"))
        }
    }
}

/// `52`, or `52+3` for the third event inside it.
fn instruction(scan: &mut Scan) -> Parsed<When> {
    let expected = "an instruction's number, or N+K for the Kth event inside it";
    let word = scan.peek_word();
    let Some((step, event)) = word.split_once('+') else {
        return Ok(When::Instr(scan.number(expected)?));
    };
    match (step.parse(), event.parse()) {
        (Ok(step), Ok(event)) => {
            scan.word();
            Ok(When::Inside(Moment { step, event }))
        }
        _ => Err(scan.error(expected)),
    }
}

fn line_arrival(scan: &mut Scan) -> Parsed<When> {
    let expected = "a line's number, or N#K for its Kth arrival";
    let word = scan.peek_word();
    let (line, arrival) = word.split_once('#').unwrap_or((word, "1"));
    match (line.parse(), arrival.parse()) {
        (Ok(line), Ok(arrival)) if arrival > 0 => {
            scan.word();
            Ok(When::Line { line, arrival })
        }
        _ => Err(scan.error(expected)),
    }
}

pub fn until(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Until(positive(scan, "a line's number")?))
}

pub fn last(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Last(object(scan)?))
}

/// All that is left, as an object.
pub fn object(scan: &mut Scan) -> Parsed<ObjectRef> {
    let text = scan.remainder("an object: Node.1, @label or a Python expression")?;
    Ok(ObjectRef::parse(text))
}
