//! `.lt` files and `# lifetimes:` comments: lines of the command language with the place they stand at.
//!
//! Knows no session. Invariant: every line that is neither blank nor a comment becomes a step or an error with its
//! line number; none is dropped. Start at [`Script::parse`].

use super::command::Command;
use super::scan::{ParseError, Scan};
use super::verbs::parse_command;

/// A `.lt` file that was read.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Script {
    /// From `script NAME.py`, the first line of a file that `check` finds.
    pub program: Option<String>,
    pub steps: Vec<ScriptLine>,
}

/// One command and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptLine {
    /// From 1.
    pub number: u32,
    pub text: String,
    pub command: Command,
}

/// A line that is no command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    pub number: u32,
    pub text: String,
    pub error: ParseError,
}

impl Script {
    /// All lines, or all errors: a file with three wrong lines names three.
    pub fn parse(text: &str) -> Result<Script, Vec<ScriptError>> {
        let mut script = Script::default();
        let mut errors = Vec::new();
        let mut first = true;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, raw) in (1..).zip(text.lines()) {
            let line = without_comment(raw);
            if line.trim().is_empty() {
                continue;
            }
            let is_script = Scan::new(line).accept("script");
            let read = match is_script {
                true => script.read_program(line, first),
                false => parse_command(line).map(|command| {
                    script.steps.push(ScriptLine {
                        number,
                        text: line.trim().to_owned(),
                        command,
                    });
                }),
            };
            first = false;
            if let Err(error) = read {
                errors.push(ScriptError {
                    number,
                    text: line.trim_end().to_owned(),
                    error,
                });
            }
        }
        if errors.is_empty() {
            Ok(script)
        } else {
            Err(errors)
        }
    }

    fn read_program(&mut self, line: &str, first: bool) -> Result<(), ParseError> {
        let mut scan = Scan::new(line);
        if !first {
            return Err(scan
                .error("a command")
                .hint("`script NAME.py` is the first line or nowhere"));
        }
        scan.word();
        let name = scan.remainder("a script's name: NAME.py")?;
        self.program = Some(name.trim().to_owned());
        Ok(())
    }
}

/// The line without a `#` that stands at its start or behind a blank, outside quotes. `line 7#3` keeps its `#`.
pub fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut escaped = false;
    let mut previous = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') if previous.is_whitespace() => return &line[..at],
            _ => {}
        }
        previous = c;
    }
    line
}

/// A `# lifetimes:` comment of a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// The program's line it stands on.
    pub line: u32,
    pub step: ScriptLine,
}

const MARK: &str = "# lifetimes:";

/// Every `# lifetimes:` comment in a program's text. Only what can be checked when a line has finished may stand there.
pub fn inline_checks(source: &str) -> Result<Vec<Inline>, Vec<ScriptError>> {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for (number, raw) in (1..).zip(source.lines()) {
        let Some(text) = comment_of(raw).and_then(|comment| comment.strip_prefix(MARK)) else {
            continue;
        };
        let text = text.trim();
        match parse_command(text).and_then(|command| allowed_inline(text, command)) {
            Ok(command) => found.push(Inline {
                line: number,
                step: ScriptLine {
                    number,
                    text: text.to_owned(),
                    command,
                },
            }),
            Err(error) => errors.push(ScriptError {
                number,
                text: raw.trim_end().to_owned(),
                error,
            }),
        }
    }
    if errors.is_empty() {
        Ok(found)
    } else {
        Err(errors)
    }
}

fn allowed_inline(text: &str, command: Command) -> Result<Command, ParseError> {
    match command {
        Command::Assert { .. }
        | Command::ExpectOutput(_)
        | Command::Label { .. }
        | Command::AllowSurvivors { .. }
        | Command::Snapshot { .. } => Ok(command),
        _ => Err(Scan::new(text)
            .error("assert, expect output, label, snapshot or allow")
            .hint("motions and breakpoints belong in a .lt file")),
    }
}

/// The comment a Python line ends with. Triple-quoted strings over several lines are not followed: the mark inside one
/// counts as a comment.
fn comment_of(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => return line[at..].find(MARK).map(|mark| &line[at + mark..]),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_and_comments_go() {
        let text = "script a.py\n\n# a comment\nrun  # to the end\ngoto line 7#3\nexpect output \"# no\"\n";
        let script = Script::parse(text).expect("a script");
        assert_eq!(script.program.as_deref(), Some("a.py"));
        let lines: Vec<(u32, &str)> = script
            .steps
            .iter()
            .map(|step| (step.number, step.text.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                (4, "run"),
                (5, "goto line 7#3"),
                (6, "expect output \"# no\"")
            ]
        );
    }

    #[test]
    fn every_wrong_line_is_named() {
        let errors = Script::parse("run\nrnu\nscript b.py\nassert\n").expect_err("three are wrong");
        assert_eq!(
            errors.iter().map(|error| error.number).collect::<Vec<_>>(),
            [2, 3, 4]
        );
    }

    #[test]
    fn inline_checks_stand_on_their_line() {
        let source = "a = 1\ndel a  # lifetimes: assert dead(Node.1)\nb = '# lifetimes: run'\n";
        let found = inline_checks(source).expect("one check");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].line, found[0].step.text.as_str()),
            (2, "assert dead(Node.1)")
        );
        assert!(inline_checks("a  # lifetimes: run\n").is_err());
    }
}
