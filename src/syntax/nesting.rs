//! How deep a source may be nested, told from its tokens, before anything that recurses looks at it.
//!
//! Knows no grammar, so it can only bound: operators that stand in front of their operand (`-`, `not`, `lambda`, …) nest
//! in each other, everything else within an expression nests at most once a token. Invariant: what passes fits the stack
//! of `on_a_deep_stack`.

use crate::syntax::source::Source;
use crate::syntax::tokens::{TokenKind, Tokens};

/// CPython's parser gives up with a MemoryError at about this many rules inside each other.
const MAX_PREFIXES: usize = 3000;

/// More tokens than this in one expression may nest too deeply to be dropped again.
const MAX_TOKENS: usize = 200_000;

/// Whether a source may be nested too deeply to be parsed safely.
pub(super) fn is_too_deep(source: &Source, tokens: &Tokens) -> bool {
    // One count of (prefixes, tokens) for each open bracket, and the sums of those outside.
    let mut outside = vec![];
    let (mut prefixes, mut length) = (0, 0);
    let mut after_operand = false;
    for token in &tokens.tokens {
        let text = &source.text[token.start..token.end];
        match token.kind {
            TokenKind::Newline => {
                outside.clear();
                (prefixes, length) = (0, 0);
            }
            TokenKind::Op if matches!(text, "(" | "[" | "{") => outside.push((prefixes, length)),
            TokenKind::Op if matches!(text, ")" | "]" | "}") => {
                (prefixes, _) = outside.pop().unwrap_or((0, 0));
                length += 1;
            }
            TokenKind::Op if matches!(text, "," | ";" | "=") => {
                (prefixes, length) = outside.last().copied().unwrap_or((0, 0));
            }
            _ => length += 1,
        }
        let is_prefix = match token.kind {
            TokenKind::Name => matches!(
                text,
                "not" | "lambda" | "await" | "else" | "if" | "yield" | "in" | "for"
            ),
            TokenKind::Op => {
                text == "**"
                    || (matches!(text, "-" | "+" | "~" | "*" | ":=" | ":") && !after_operand)
            }
            _ => false,
        };
        prefixes += usize::from(is_prefix);
        after_operand = match token.kind {
            TokenKind::Name => !is_prefix && !matches!(text, "and" | "or" | "is" | "return"),
            TokenKind::Op => matches!(text, ")" | "]" | "}" | "..."),
            TokenKind::Number | TokenKind::String => true,
            _ => false,
        };
        if prefixes > MAX_PREFIXES || length > MAX_TOKENS {
            return true;
        }
    }
    false
}
