//! How deep a source may be nested, told from its tokens, before anything that recurses looks at it.
//!
//! Knows no grammar, so it can only bound: operators that stand in front of their operand (`-`, `not`, `lambda`, …) nest
//! in each other, everything else within an expression nests at most once a token. Invariant: what passes fits the stack
//! of `on_a_deep_stack`.

use crate::syntax::source::Source;
use crate::syntax::tokens::{TokenKind, Tokens};

/// CPython's compiler gives up with a RecursionError at about this many expressions inside each other.
const MAX_PREFIXES: usize = 3000;

/// CPython's parser gives up with a MemoryError at 6000 rules inside each other (`MAXSTACK`), of which an expression takes
/// these many less.
const MAX_RULES: usize = 5970;

/// More tokens than this in one expression may nest too deeply to be dropped again.
const MAX_TOKENS: usize = 200_000;

/// How deep a source is nested.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Depth {
    Fits,
    /// The compiler would give up, and here the parser might.
    TooDeep,
    /// CPython's parser would give up.
    TooDeepToParse,
}

/// Whether a source may be nested too deeply to be parsed safely.
pub(super) fn depth(source: &Source, tokens: &Tokens) -> Depth {
    // One count of (prefixes, tokens) for each open bracket, and the sums of those outside.
    let mut outside = vec![];
    let (mut prefixes, mut length) = (0, 0);
    let mut rules = 0;
    let mut depth = Depth::Fits;
    let mut after_operand = false;
    for token in &tokens.tokens {
        let text = &source.text[token.start..token.end];
        match token.kind {
            TokenKind::Newline => {
                outside.clear();
                (prefixes, length) = (0, 0);
                rules = 0;
            }
            TokenKind::Op if matches!(text, "(" | "[" | "{") => outside.push((prefixes, length)),
            TokenKind::Op if matches!(text, ")" | "]" | "}") => {
                (prefixes, _) = outside.pop().unwrap_or((0, 0));
                rules = prefixes;
                length += 1;
            }
            TokenKind::Op if matches!(text, "," | ";" | "=") => {
                (prefixes, length) = outside.last().copied().unwrap_or((0, 0));
                rules = prefixes;
            }
            _ => length += 1,
        }
        let is_prefix = match token.kind {
            TokenKind::Name => {
                matches!(text, "not" | "lambda" | "await" | "else" | "yield" | "for")
            }
            TokenKind::Op => {
                text == "**"
                    || (matches!(text, "-" | "+" | "~" | "*" | ":=" | ":") && !after_operand)
            }
            _ => false,
        };
        prefixes += usize::from(is_prefix);
        rules += usize::from(is_prefix)
            * if matches!(text, "lambda" | "**") {
                2
            } else {
                1
            };
        after_operand = match token.kind {
            TokenKind::Name => !is_prefix && !matches!(text, "and" | "or" | "is" | "return"),
            TokenKind::Op => matches!(text, ")" | "]" | "}" | "..."),
            TokenKind::Number | TokenKind::String => true,
            _ => false,
        };
        if rules >= MAX_RULES {
            return Depth::TooDeepToParse;
        }
        if prefixes > MAX_PREFIXES || length > MAX_TOKENS {
            depth = Depth::TooDeep;
        }
    }
    depth
}
