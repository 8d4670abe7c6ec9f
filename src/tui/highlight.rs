//! Python colours for the source pane: text in, ranges with roles out, on a thread of its own.
//!
//! Knows syntect and the dump in `assets/`; not the screen. Invariant: the ranges of a line lie on character boundaries, in order.
//! The dump is made from `assets/python.sublime-syntax` by the test at the end, which also says when it is stale.

use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::theme::Role;
use crate::views::source::SourceText;

const DUMP: &[u8] = include_bytes!("../../assets/python.syntax.dump");
/// Lines past this stay plain: the highlighter must end some day.
const LINES_AT_MOST: usize = 50_000;
/// A line longer than this stays plain: regular expressions over it would take too long.
const LINE_AT_MOST: usize = 2_000;

type Tokens = Vec<(Range<usize>, Role)>;

/// The ranges of every line of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlights {
    /// Which text they are for.
    pub text: Arc<SourceText>,
    lines: Vec<Option<Tokens>>,
}

impl Highlights {
    pub fn line(&self, row: usize) -> Option<&Tokens> {
        self.lines.get(row)?.as_ref()
    }
}

/// Highlights `text` on a thread, and sends the result when it is whole.
pub fn start<T: Send + 'static>(text: Arc<SourceText>, to: Sender<T>, wrap: fn(Highlights) -> T) {
    let work = move || {
        let highlights = highlight(text);
        // The receiver may be gone: the user quit before the colours were ready.
        let _ = to.send(wrap(highlights));
    };
    let spawned = std::thread::Builder::new()
        .name("highlight".to_owned())
        .spawn(work);
    // Without a thread the source stays plain: nothing else depends on it.
    drop(spawned);
}

/// The same at once, for tests and pictures.
pub fn highlight(text: Arc<SourceText>) -> Highlights {
    let set: SyntaxSet =
        syntect::dumps::from_uncompressed_data(DUMP).expect("the dump is checked by a test");
    let syntax = set
        .find_syntax_by_extension("py")
        .expect("the dump holds Python");
    let lines = parse(&set, syntax, &text.lines);
    Highlights { text, lines }
}

fn parse(set: &SyntaxSet, syntax: &SyntaxReference, lines: &[String]) -> Vec<Option<Tokens>> {
    let roles = Roles::new();
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut result = Vec::with_capacity(lines.len());
    for line in lines.iter().take(LINES_AT_MOST) {
        if line.len() > LINE_AT_MOST {
            result.push(None);
            continue;
        }
        let Ok(ops) = state.parse_line(&format!("{line}\n"), set) else {
            break;
        };
        let mut tokens = Tokens::new();
        let mut from = 0;
        for (at, op) in ops {
            push(&mut tokens, from..at.min(line.len()), roles.of(&stack));
            from = at.min(line.len());
            if stack.apply(&op).is_err() {
                return result;
            }
        }
        push(&mut tokens, from..line.len(), roles.of(&stack));
        result.push(Some(tokens));
    }
    result
}

fn push(tokens: &mut Tokens, range: Range<usize>, role: Role) {
    match tokens.last_mut() {
        _ if range.is_empty() => {}
        Some((last, r)) if *r == role && last.end == range.start => last.end = range.end,
        _ => tokens.push((range, role)),
    }
}

/// Scopes and what they mean here; the innermost scope that is in the table decides.
struct Roles(Vec<(Scope, Role)>);

impl Roles {
    fn new() -> Roles {
        let table = [
            ("comment", Role::Comment),
            ("string", Role::Str),
            ("meta.interpolation", Role::Text),
            ("constant.character.escape", Role::Number),
            ("constant.numeric", Role::Number),
            ("constant.language", Role::Number),
            ("keyword", Role::Keyword),
            ("entity.name", Role::Definition),
            ("support.function", Role::Builtin),
            ("support.type", Role::Builtin),
            ("variable.language", Role::SelfName),
            ("variable.annotation", Role::Decorator),
        ];
        let scope = |name| Scope::new(name).expect("the names in the table are scopes");
        Roles(
            table
                .into_iter()
                .map(|(name, role)| (scope(name), role))
                .collect(),
        )
    }

    fn of(&self, stack: &ScopeStack) -> Role {
        let of = |scope: &Scope| {
            let row = self
                .0
                .iter()
                .find(|(prefix, _)| prefix.is_prefix_of(*scope));
            row.map(|(_, role)| *role)
        };
        stack.scopes.iter().rev().find_map(of).unwrap_or(Role::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntect::parsing::{SyntaxDefinition, SyntaxSetBuilder};

    /// With `LIFETIMES_UPDATE=1` in the environment, writes the dump instead of comparing.
    #[test]
    fn the_dump_is_made_from_the_syntax_beside_it() {
        let source = include_str!("../../assets/python.sublime-syntax");
        let syntax = SyntaxDefinition::load_from_str(source, true, None).expect("valid syntax");
        let mut builder = SyntaxSetBuilder::new();
        builder.add(syntax);
        let mut made = Vec::new();
        syntect::dumps::dump_to_uncompressed_file(&builder.build(), temporary()).expect("writable");
        std::io::Read::read_to_end(
            &mut std::fs::File::open(temporary()).expect("just written"),
            &mut made,
        )
        .expect("readable");
        if std::env::var_os("LIFETIMES_UPDATE").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/python.syntax.dump");
            std::fs::write(path, &made).expect("writable");
        }
        assert!(
            made == DUMP,
            "stale: run this test with LIFETIMES_UPDATE=1, then again"
        );
    }

    fn temporary() -> std::path::PathBuf {
        std::env::temp_dir().join(format!("lifetimes-syntax-{}.dump", std::process::id()))
    }

    fn roles(source: &str) -> Vec<(String, Role)> {
        let highlights = highlight(Arc::new(SourceText::new("x.py", source)));
        let mut found = Vec::new();
        for (row, line) in highlights.text.lines.iter().enumerate() {
            for (range, role) in highlights.line(row).expect("highlighted") {
                found.push((line[range.clone()].trim().to_owned(), *role));
            }
        }
        found.retain(|(text, _)| !text.is_empty());
        found
    }

    fn role(source: &str, word: &str) -> Role {
        let all = roles(source);
        all.iter()
            .find(|(text, _)| text.contains(word))
            .unwrap_or_else(|| panic!("{word} in {all:?}"))
            .1
    }

    #[test]
    fn words_get_the_role_of_their_meaning() {
        assert_eq!(role("class Node(Base): pass", "Node"), Role::Definition);
        assert_eq!(role("def __del__(self):", "self"), Role::SelfName);
        assert_eq!(role("x = 'it''s' # why", "why"), Role::Comment);
        assert_eq!(role("print(f\"{a!r} b\")", "print"), Role::Builtin);
        assert_eq!(role("print(f\"{name} b\")", "name"), Role::Text);
        assert_eq!(role("print(f\"{name} b\")", "b\""), Role::Str);
        assert_eq!(
            role("@decorated.by\ndef f(): pass", "decorated"),
            Role::Decorator
        );
        assert_eq!(role("y = 0x1f + 1e3j", "0x1f"), Role::Number);
    }

    #[test]
    fn a_docstring_goes_on_over_lines_and_ends() {
        assert_eq!(role("'''one\ntwo'''\nx = None", "two"), Role::Str);
        assert_eq!(role("'''one\ntwo'''\nx = None", "None"), Role::Number);
        assert_eq!(role("s = 'open\nif x: pass", "if"), Role::Keyword);
    }
}
