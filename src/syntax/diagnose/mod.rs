//! What is wrong with a source that does not parse, in CPython 3.10's words.
//!
//! Runs 3.10's own grammar, its rules for wrong syntax included, over 3.10's own tokens: first without those rules, to
//! see how far the source is right, then with them. Only errors come out, no tree. Start at `diagnose`.

pub(super) mod errors;
mod fstring;
mod parser;
mod peg;

use crate::syntax::Mode;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::source::Source;
use crate::syntax::tokens::{Stop, TokenKind, Tokens};
use parser::Parser;
use peg::Grammar;

/// Read when the first wrong source turns up.
static GRAMMAR: std::sync::LazyLock<Grammar> = std::sync::LazyLock::new(Grammar::read);

/// The error CPython 3.10 reports, or `None` if it finds none.
pub(super) fn diagnose(source: &Source, tokens: &Tokens, mode: Mode) -> Option<Box<SyntaxError>> {
    let start = match mode {
        Mode::Exec => "file",
        Mode::Eval => "eval",
        Mode::Single => "single",
    };
    run(source, tokens, start, &GRAMMAR)
        .err()
        .map(|failure| failure.error)
}

/// A raised error.
struct Failure {
    error: Box<SyntaxError>,
    /// It has its final words, even inside an f-string.
    settled: bool,
}

/// Parse twice, if need be.
fn run(source: &Source, tokens: &Tokens, start: &str, grammar: &Grammar) -> Result<(), Failure> {
    let mut parser = Parser::new(source, grammar, tokens);
    let rule = grammar.rule(start);
    let first = parser.rule(rule);
    if let Ok(Some(_)) = first {
        return Ok(());
    }
    let last = parser.fetched.saturating_sub(1);
    let second = match first {
        Err(error) => Err(error),
        Ok(_) => {
            parser.begin_second_pass();
            parser.rule(rule)
        }
    };
    let generic = match second {
        Err(error) => error,
        Ok(_) => match generic(&mut parser, last) {
            Generic::Final(error) => {
                return Err(Failure {
                    error,
                    settled: parser.settled,
                });
            }
            Generic::Error(error) => error,
        },
    };
    Err(overruled(&parser, generic))
}

/// An error that only says where.
enum Generic {
    Error(Box<SyntaxError>),
    /// One that no error of the tokenizer overrules.
    Final(Box<SyntaxError>),
}

/// What is said when no rule for wrong syntax applied: `_PyPegen_set_syntax_error`.
fn generic(parser: &mut Parser, last: usize) -> Generic {
    let Some(token) = parser.tokens.tokens.get(last).copied() else {
        return Generic::Final(parser.stopped());
    };
    match token.kind {
        TokenKind::Indent => {
            Generic::Final(parser.at_last_token(ErrorKind::IndentationError, "unexpected indent"))
        }
        TokenKind::Dedent => {
            Generic::Final(parser.at_last_token(ErrorKind::IndentationError, "unexpected unindent"))
        }
        _ => Generic::Error(parser.at_token(&token, ErrorKind::SyntaxError, "invalid syntax")),
    }
}

/// `_PyPegen_tokenize_full_source_to_check_for_errors`: an error of the tokenizer further on comes first.
fn overruled(parser: &Parser, error: Box<SyntaxError>) -> Failure {
    let settled = parser.settled;
    let kept = |error| Failure { error, settled };
    let Some(stop) = &parser.tokens.stop else {
        return kept(error);
    };
    if let Stop::Raised(raised) = stop {
        return Failure {
            error: raised.clone(),
            settled: true,
        };
    }
    let current = parser
        .fetched
        .checked_sub(1)
        .and_then(|at| parser.tokens.tokens.get(at));
    let bracket = parser.tokens.open.last();
    match (current, bracket) {
        (Some(token), Some(bracket)) if token.line > bracket.line => {
            kept(parser.unclosed().unwrap_or(error))
        }
        _ => kept(error),
    }
}
