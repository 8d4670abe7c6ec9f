//! The one table of verbs: parser, help, completion and the README's table all come from it.
//!
//! Knows no session and no machine. Invariant: a verb that is not a row here does not exist; a row's parse function
//! lives in `verbs/` and only reads the rest of the line. Start at [`VERBS`] and [`parse_command`].

mod checks;
mod motions;
mod queries;
mod settings;

use super::command::Command;
use super::predicate;
use super::scan::{ParseError, Parsed, Scan, did_you_mean};

/// A row of the table.
pub struct Verb {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// What follows the name, as HEADLESS.md writes it.
    pub arguments: &'static str,
    pub help: &'static str,
    pub parse: fn(&mut Scan) -> Parsed<Command>,
    /// Words that may come next, for completion.
    pub next: &'static [&'static str],
}

const fn verb(
    name: &'static str,
    aliases: &'static [&'static str],
    arguments: &'static str,
    help: &'static str,
    parse: fn(&mut Scan) -> Parsed<Command>,
    next: &'static [&'static str],
) -> Verb {
    Verb {
        name,
        aliases,
        arguments,
        help,
        parse,
        next,
    }
}

const UNITS: &[&str] = &[
    "line", "instr", "over", "into", "out", "event", "phase", "death",
];
const BREAKS: &[&str] = &[
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
];
const STOPS: &[&str] = &["stop", "output"];

/// Every verb, in the order in which help lists them.
#[rustfmt::skip]
pub const VERBS: &[Verb] = &[
    verb("break", &["b"], "line [FILE:]N [if EXPR]", "stop before a line, or at a del, death, birth, resurrect, weakref, isolate, refcount, gc or raise", settings::break_, BREAKS),
    verb("breakpoints", &[], "", "list the breakpoints and how often each was hit", settings::breakpoints, &[]),
    verb("delete", &[], "N", "delete a breakpoint", settings::delete, &[]),
    verb("disable", &[], "N", "keep a breakpoint, but do not stop at it", settings::disable, &[]),
    verb("enable", &[], "N", "stop at a disabled breakpoint again", settings::enable, &[]),
    verb("run", &["r"], "", "on to the next stop", motions::run, &[]),
    verb("continue", &["c"], "", "on to the next stop", motions::continue_, &[]),
    verb("reverse", &["rc"], "", "back to the last stop before here", motions::reverse, &[]),
    verb("step", &["s"], "[line|instr|over|into|out|event|phase|death] [N]", "step N of a unit; one line, over calls, by default", motions::step, UNITS),
    verb("back", &[], "[line|instr|over|into|out|event|phase|death] [N]", "step the other way in time", motions::back, UNITS),
    verb("goto", &[], "start|end|line N[#K]|instr N[+K]|del X|death X|gc N", "go to a moment, forward or back", motions::goto, &["start", "end", "line", "instr", "del", "death", "gc"]),
    verb("until", &["u"], "N", "on to the next time line N is about to run", motions::until, &[]),
    verb("last", &[], "X", "back to the last change of X's count", motions::last, &[]),
    verb("owners", &[], "X", "who holds each count of X", queries::owners, &[]),
    verb("why", &[], "X", "why X is alive, and which cut frees it; or how it died", queries::why, &[]),
    verb("history", &[], "X", "every change of X's count so far, with its cause", queries::history, &[]),
    verb("whatif", &[], "del NAME | cut X.attr | STATEMENT", "what would die, in order; tried on a fork", queries::whatif, &["del", "cut"]),
    verb("namespace", &["ns"], "", "the names of this frame and of the module", queries::namespace, &[]),
    verb("refcounts", &[], "", "every object the script made, its count and its owners", queries::refcounts, &[]),
    verb("graph", &[], "[X] [depth N]", "the reference graph", queries::graph, &["depth"]),
    verb("gc", &[], "[on|off|collect|thresholds A B C|stress N]", "the collector's lists; or set it", settings::gc, &["on", "off", "collect", "thresholds", "stress"]),
    verb("events", &[], "[N]", "the last N births, count changes and deaths", queries::events, &[]),
    verb("where", &["bt"], "", "the frames, outermost first", queries::where_, &[]),
    verb("frame", &["f"], "up|down|N", "the frame that the panes show; 0 is the innermost", queries::frame, &["up", "down"]),
    verb("print", &["p"], "EXPR", "a Python expression's value, evaluated on a fork", queries::print, &[]),
    verb("exec", &[], "STMT", "really run a statement here: a new future begins", queries::exec, &[]),
    verb("label", &[], "NAME = X", "call X @NAME", settings::label, &[]),
    verb("snapshot", &[], "graph|namespace|refcounts \"NAME\"", "compare with the golden of that name", checks::snapshot, &["graph", "namespace", "refcounts"]),
    verb("allow", &[], "survivors CLASS reason \"WHY\"", "let objects of a class outlive the program", checks::allow, &["survivors"]),
    verb("expect", &[], "stop KIND [X] [because refcount|gc|exit] | output \"TEXT\"", "fail unless the stop just reached, or the output since the last one, is this", checks::expect, STOPS),
    verb("assert", &[], "PRED [at exit]", "fail unless PRED holds, now or at the end", checks::assert, &[]),
    verb("select", &[], "[X]", "the object that every pane marks", settings::select, &[]),
    verb("help", &["h"], "[VERB]", "all verbs, or one", settings::help, &[]),
];

pub fn find(name: &str) -> Option<&'static Verb> {
    VERBS
        .iter()
        .find(|verb| verb.name == name || verb.aliases.contains(&name))
}

/// One line of the language, without comment or leading blanks, as a command.
pub fn parse_command(line: &str) -> Result<Command, ParseError> {
    let mut scan = Scan::new(line);
    let Some(verb) = find(scan.peek_word()) else {
        return Err(unknown_verb(&mut scan));
    };
    scan.word();
    let command = (verb.parse)(&mut scan).map_err(|error| usage_hint(error, verb))?;
    scan.finish().map_err(|error| usage_hint(error, verb))?;
    Ok(command)
}

fn unknown_verb(scan: &mut Scan) -> ParseError {
    let word = scan.peek_word();
    let error = scan.error("a command");
    let names = VERBS.iter().map(|verb| verb.name);
    match did_you_mean(word, names) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`help` lists them"),
    }
}

fn usage_hint(error: ParseError, verb: &Verb) -> ParseError {
    match error.hint {
        Some(_) => error,
        None => error.hint(format!("usage: {}", usage(verb))),
    }
}

pub fn usage(verb: &Verb) -> String {
    format!("{} {}", verb.name, verb.arguments)
        .trim_end()
        .to_owned()
}

/// What `help` prints: every verb, or one with its aliases.
pub fn help_text(only: Option<&str>) -> String {
    match only.and_then(find) {
        Some(verb) => {
            let mut text = format!("{}\n    {}\n", usage(verb), verb.help);
            if !verb.aliases.is_empty() {
                text.push_str(&format!("    short: {}\n", verb.aliases.join(", ")));
            }
            text
        }
        None => VERBS
            .iter()
            .map(|verb| format!("{:<44} {}\n", usage(verb), verb.help))
            .collect(),
    }
}

/// The README's table of verbs.
pub fn markdown_table() -> String {
    let rows = VERBS.iter().map(|verb| {
        let usage = usage(verb).replace('|', "\\|");
        format!("| `{usage}` | {} |\n", verb.help)
    });
    "| command | does |\n| --- | --- |\n".to_owned() + &rows.collect::<String>()
}

/// Words that can stand at the end of `line`, in table order; objects and names are the caller's to add.
pub fn complete(line: &str) -> Vec<&'static str> {
    let (before, prefix) = match line.rfind(char::is_whitespace) {
        Some(at) => (line[..at].trim(), &line[at + 1..]),
        None => ("", line.trim_start()),
    };
    let candidates: Vec<&'static str> = match before.split_whitespace().collect::<Vec<_>>()[..] {
        [] => VERBS.iter().map(|verb| verb.name).collect(),
        ["expect", "stop"] => BREAKS.to_vec(),
        ["assert", ..] => predicate::words(),
        [verb] => find(verb).map_or(Vec::new(), |verb| verb.next.to_vec()),
        _ => Vec::new(),
    };
    candidates
        .into_iter()
        .filter(|word| word.starts_with(prefix))
        .collect()
}

#[cfg(test)]
mod tests;
