//! What is wrong with a source that does not parse, in CPython 3.10's words.
//!
//! Runs 3.10's own grammar, its rules for wrong syntax included, over 3.10's own tokens: first without those rules, to
//! see how far the source is right, then with them. Only errors come out, no tree. Start at `diagnose`.

mod errors;
mod fstring;
mod parser;
mod peg;

use crate::syntax::Mode;
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::source::Source;
use crate::syntax::tokens::{Stop, TokenKind, Tokens};
use parser::Parser;
use peg::Grammar;

/// The error CPython 3.10 reports, or `None` if it finds none.
pub(super) fn diagnose(source: &Source, tokens: &Tokens, mode: Mode) -> Option<Box<SyntaxError>> {
    let start = match mode {
        Mode::Exec => "file",
        Mode::Eval => "eval",
        Mode::Single => "single",
    };
    run(source, tokens, start, &Grammar::read()).err()
}

/// Parse twice, if need be.
fn run(
    source: &Source,
    tokens: &Tokens,
    start: &str,
    grammar: &Grammar,
) -> Result<(), Box<SyntaxError>> {
    let mut parser = Parser::new(source, grammar, tokens);
    let rule = grammar.rule(start);
    match parser.rule(rule) {
        Ok(Some(_)) => return Ok(()),
        Ok(None) => {}
        Err(error) => return Err(overruled(&parser, error)),
    }
    let last = parser.fetched.saturating_sub(1);
    parser.begin_second_pass();
    if let Err(error) = parser.rule(rule) {
        return Err(overruled(&parser, error));
    }
    let Some(token) = tokens.tokens.get(last).copied() else {
        return Err(parser.stopped());
    };
    Err(match token.kind {
        TokenKind::Indent => parser.at_last_token(ErrorKind::IndentationError, "unexpected indent"),
        TokenKind::Dedent => {
            parser.at_last_token(ErrorKind::IndentationError, "unexpected unindent")
        }
        _ => {
            let error = parser.at_token(&token, ErrorKind::SyntaxError, "invalid syntax");
            overruled(&parser, error)
        }
    })
}

/// `_PyPegen_tokenize_full_source_to_check_for_errors`: an error of the tokenizer further on comes first.
fn overruled(parser: &Parser, error: Box<SyntaxError>) -> Box<SyntaxError> {
    let Some(stop) = &parser.tokens.stop else {
        return error;
    };
    if let Stop::Raised(raised) = stop {
        return raised.clone();
    }
    let current = parser
        .fetched
        .checked_sub(1)
        .and_then(|at| parser.tokens.tokens.get(at));
    let bracket = parser.tokens.open.last();
    match (current, bracket) {
        (Some(token), Some(bracket)) if token.line > bracket.line => {
            parser.unclosed().unwrap_or(error)
        }
        _ => error,
    }
}
