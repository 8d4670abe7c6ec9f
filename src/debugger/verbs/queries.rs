//! How the verbs that ask, and `exec`, read their arguments.

use super::super::command::{Command, FrameChoice, ObjectRef, View, WhatIf};
use super::super::scan::{Parsed, Scan};
use super::motions::object;

/// `events` without a number.
const EVENTS_SHOWN: usize = 20;

pub fn owners(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Owners(object(scan)?))
}

pub fn why(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Why(object(scan)?))
}

pub fn history(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::History(object(scan)?))
}

pub fn whatif(scan: &mut Scan) -> Parsed<Command> {
    let cut = scan.accept("cut");
    let expected = match cut {
        true => "an attribute, item or name to cut: X.attr",
        false => "`del NAME`, `cut X.attr` or a statement",
    };
    let text = scan.remainder(expected)?.to_owned();
    Ok(Command::WhatIf(match cut {
        true => WhatIf::Cut(text),
        false => WhatIf::Statement(text),
    }))
}

pub fn frame(scan: &mut Scan) -> Parsed<Command> {
    let choice = match scan.peek_word() {
        "up" => FrameChoice::Up,
        "down" => FrameChoice::Down,
        _ => {
            return Ok(Command::Frame(FrameChoice::Depth(
                scan.number("up, down or a frame's number")?,
            )));
        }
    };
    scan.word();
    Ok(Command::Frame(choice))
}

pub fn namespace(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Show(View::Namespace))
}

pub fn refcounts(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Show(View::Refcounts))
}

pub fn graph(scan: &mut Scan) -> Parsed<Command> {
    let rest = scan.rest();
    let cut = match rest.starts_with("depth ") {
        true => Some(0),
        false => rest.rfind(" depth "),
    };
    let focus = scan.take(cut.unwrap_or(rest.len())).trim();
    let depth = match scan.accept("depth") {
        true => Some(scan.number("how many hops")?),
        false => None,
    };
    let focus = (!focus.is_empty()).then(|| ObjectRef::parse(focus));
    Ok(Command::Show(View::Graph { focus, depth }))
}

pub fn events(scan: &mut Scan) -> Parsed<Command> {
    let count = match scan.at_end() {
        true => EVENTS_SHOWN,
        false => scan.number("how many events")?,
    };
    Ok(Command::Show(View::Events(count)))
}

pub fn where_(_: &mut Scan) -> Parsed<Command> {
    Ok(Command::Show(View::Where))
}

pub fn print(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Print(
        scan.remainder("a Python expression")?.to_owned(),
    ))
}

pub fn exec(scan: &mut Scan) -> Parsed<Command> {
    Ok(Command::Exec(
        scan.remainder("a Python statement")?.to_owned(),
    ))
}
