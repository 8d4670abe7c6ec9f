//! Source text to tree: `ruff_python_parser`, wrapped, in CPython 3.10's shape and with its errors.
//!
//! Only this folder parses. Knows nothing of scopes or bytecode. Invariant: deep nesting ends in an error, never in a
//! crash. Start at `parse`.

pub mod charmap;
mod diagnose;
pub mod error;
mod lower;
mod nesting;
pub mod source;
mod tokens;
pub mod tree;

use ruff_python_ast::PythonVersion;
use ruff_python_parser::{
    Mode as RuffMode, ParseError, ParseErrorType, ParseOptions, UnsupportedSyntaxError,
    UnsupportedSyntaxErrorKind,
};
use ruff_text_size::Ranged;

pub use error::{ErrorKind, SyntaxError};
pub use source::Source;

/// What to parse a source as: the third argument of `compile()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Exec,
    Eval,
    Single,
}

/// Where a source comes from, which decides about its encoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// A file's bytes.
    #[default]
    File,
    /// Bytes that a program has at hand: the same, with other words for bad ones.
    Bytes,
    /// Text: what it says of its encoding is not asked.
    Text,
}

/// A parsed source.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub module: tree::Module,
    pub source: Source,
    /// How many scopes the tree has, the module's included.
    pub scopes: u32,
    /// CPython would give up on the nesting; the tree is cut off.
    pub too_deep: bool,
    /// CPython's parser itself would give up, out of its own stack.
    pub parser_full: bool,
    /// Deprecated things found on the way.
    pub warnings: Vec<crate::bytecode::code::Warning>,
}

impl Parsed {
    fn too_deep(source: Source, parser_full: bool) -> Parsed {
        Parsed {
            module: tree::Module::Module(Vec::new()),
            source,
            scopes: 1,
            too_deep: true,
            parser_full,
            warnings: Vec::new(),
        }
    }
}

/// Stack for parsing and compiling, enough for the nesting that `parse_here` lets through.
const DEEP_STACK_BYTES: usize = 512 << 20;

/// Run `work` on a thread with a large stack.
pub fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK_BYTES);
        let thread = builder
            .spawn_scoped(scope, work)
            .expect("the system grants one more thread");
        match thread.join() {
            Ok(value) => value,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Parse `source`, whatever its nesting. The error is CPython 3.10's.
pub fn parse(source: &[u8], filename: &str, mode: Mode) -> Result<Parsed, Box<SyntaxError>> {
    on_a_deep_stack(|| parse_here(source, filename, mode))
}

/// Parse an expression, as `eval` does.
pub fn parse_expression(source: &[u8], filename: &str) -> Result<Parsed, Box<SyntaxError>> {
    parse(source, filename, Mode::Eval)
}

/// Parse `source` on the caller's stack; use `parse` unless the stack is known to be large.
pub fn parse_here(source: &[u8], filename: &str, mode: Mode) -> Result<Parsed, Box<SyntaxError>> {
    parse_from(source, filename, mode, Origin::File)
}

/// The same for a source from elsewhere.
pub fn parse_from(
    source: &[u8],
    filename: &str,
    mode: Mode,
    origin: Origin,
) -> Result<Parsed, Box<SyntaxError>> {
    let mut source = Source::decode(source, filename, origin)?;
    source.implied_newline = mode == Mode::Exec;
    source.interactive = mode == Mode::Single;
    let tokens = tokens::tokenize(&source);
    // CPython reads a source to its end even when its parser has found an error: to look for one of the tokenizer's.
    let warnings = tokens.warnings.clone();
    parse_tokens(source, tokens, mode).map_err(|mut error| {
        error.warnings = warnings;
        error
    })
}

fn parse_tokens(
    source: Source,
    tokens: tokens::Tokens,
    mode: Mode,
) -> Result<Parsed, Box<SyntaxError>> {
    if tokens.open.len() >= tokens::MAX_BRACKETS
        && let Some(tokens::Stop::Raised(error)) = tokens.stop
    {
        return Err(error);
    }
    // Such a source is wrong, here or before; a BOM that is left is no space.
    if (matches!(tokens.stop, Some(tokens::Stop::Lazy(_))) || source.text.starts_with('\u{feff}'))
        && let Some(found) = diagnose::diagnose(&source, &tokens, mode)
    {
        return Err(found);
    }
    let is_huge = |token: &tokens::Token| {
        token.kind == tokens::TokenKind::Number
            && diagnose::errors::too_many_digits(&source.text[token.start..token.end]).is_some()
    };
    let has_huge = tokens.tokens.iter().any(is_huge);
    let depth = nesting::depth(&source, &tokens);
    if depth != nesting::Depth::Fits {
        return Ok(Parsed::too_deep(
            source,
            depth == nesting::Depth::TooDeepToParse,
        ));
    }
    let ruff_mode = if mode == Mode::Eval {
        RuffMode::Expression
    } else {
        RuffMode::Module
    };
    let options = ParseOptions::from(ruff_mode).with_target_version(PythonVersion::PY310);
    let parsed = ruff_python_parser::parse_unchecked(&source.text, options);
    let refused = parsed.errors().iter();
    let mut wrong = refused.filter(|error| !names_match_behind_semicolon(&source, error));
    let error = wrong.next();
    if error.is_none()
        && !parsed.errors().is_empty()
        && let Some(found) = diagnose::diagnose(&source, &tokens, mode)
    {
        return Err(found);
    }
    if let Some(error) = error {
        if let Some(found) = diagnose::diagnose(&source, &tokens, mode) {
            return Err(found);
        }
        // The first of several statements is right, or the grammar would have refused it.
        if mode == Mode::Single
            && let Some(error) = several_statements(&source, &tokens)
        {
            return Err(error);
        }
        let range = error.location;
        let message = error.error.to_string();
        return Err(source.error(
            ErrorKind::SyntaxError,
            message,
            range.start().to_usize(),
            range.end().to_usize(),
        ));
    }
    // Spaces that end an expression without a line break are an indent.
    let indented = |token: &tokens::Token| token.kind == tokens::TokenKind::Indent;
    if mode == Mode::Eval
        && tokens.tokens.iter().any(indented)
        && let Some(found) = diagnose::diagnose(&source, &tokens, mode)
    {
        return Err(found);
    }
    if has_huge && let Some(found) = diagnose::diagnose(&source, &tokens, mode) {
        return Err(found);
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(unsupported(error, &source, &tokens, mode));
    }
    if mode == Mode::Single
        && let Some(error) = more_than_one(&source, &tokens, parsed.syntax())
    {
        return Err(error);
    }
    let lowered = lower::module(&source, parsed.syntax(), mode == Mode::Single);
    if lowered.suspicious
        && let Some(found) = diagnose::diagnose(&source, &tokens, mode)
    {
        return Err(found);
    }
    Ok(Parsed {
        module: lowered.module,
        scopes: lowered.scopes,
        too_deep: lowered.too_deep,
        parser_full: false,
        warnings: {
            let mut warnings = tokens.warnings;
            warnings.extend(lowered.warnings);
            warnings.sort_by_key(|warning| (warning.line, warning.column));
            warnings
        },
        source,
    })
}

/// Whether the parser took a name `match` behind a semicolon for a statement's keyword. It parses what follows as it
/// should all the same; whether that is a statement of its own is for the grammar to say.
fn names_match_behind_semicolon(source: &Source, error: &ParseError) -> bool {
    let range = error.location;
    matches!(
        error.error,
        ParseErrorType::SimpleAndCompoundStatementOnSameLine
    ) && &source.text[range.start().to_usize()..range.end().to_usize()] == "match"
        && source.text[..range.start().to_usize()]
            .trim_end_matches([' ', '\t', '\x0c', '\\', '\n'])
            .ends_with(';')
}

/// What is wrong with a source that should be one interactive statement (`bad_single_statement`).
fn more_than_one(
    source: &Source,
    tokens: &tokens::Tokens,
    parsed: &ruff_python_ast::Mod,
) -> Option<Box<SyntaxError>> {
    use ruff_python_ast::{Mod, Stmt};
    let Mod::Module(module) = parsed else {
        return None;
    };
    let Some(first) = module.body.first() else {
        let blank = tokens.tokens.first()?.kind == tokens::TokenKind::Indent;
        return match diagnose::diagnose(source, tokens, Mode::Single) {
            Some(found) if blank => Some(found),
            _ => Some(source.end_is_wrong()),
        };
    };
    let simple = !matches!(
        first,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::If(_)
            | Stmt::With(_)
            | Stmt::Match(_)
            | Stmt::Try(_)
    );
    if !simple {
        // It ends with a line break of its own, or with its block.
        if module.body.len() == 1 && source.text.ends_with('\n') {
            return None;
        }
        return diagnose::diagnose(source, tokens, Mode::Single);
    }
    let newline = first_newline(tokens)?;
    let last = module.body.last()?.range().start().to_usize();
    let found = several_statements(source, tokens)?;
    (last > newline.start).then_some(found)
}

fn first_newline(tokens: &tokens::Tokens) -> Option<&tokens::Token> {
    let mut all = tokens.tokens.iter();
    all.find(|token| token.kind == tokens::TokenKind::Newline)
}

/// The error for a source that goes on behind its first line's end.
fn several_statements(source: &Source, tokens: &tokens::Tokens) -> Option<Box<SyntaxError>> {
    let newline = first_newline(tokens)?;
    let mut error = source.error(
        ErrorKind::SyntaxError,
        "multiple statements found while compiling a single statement",
        newline.start,
        newline.end,
    );
    let first = source.line_start(source.buffered_from(tokens, error.line));
    let before = &source.text[first..source.line_start(error.line)];
    error.text = error.text.map(|line| before.to_string() + &line);
    Some(error)
}

/// The error for syntax newer than 3.10: what CPython 3.10 finds wrong with it. Only where it is not known what that is, the
/// error names the version that brought the syntax.
fn unsupported(
    error: &UnsupportedSyntaxError,
    source: &Source,
    tokens: &tokens::Tokens,
    mode: Mode,
) -> Box<SyntaxError> {
    if let Some(found) = diagnose::diagnose(source, tokens, mode) {
        return found;
    }
    let (start, end) = (
        error.range().start().to_usize(),
        error.range().end().to_usize(),
    );
    source.error(ErrorKind::SyntaxError, error.to_string(), start, end)
}

/// The first thing in a source that Python 3 did not have before a later version than the one given (`CHECK_VERSION`).
pub fn too_new(
    source: &[u8],
    filename: &str,
    origin: Origin,
    minor: u8,
) -> Option<Box<SyntaxError>> {
    use UnsupportedSyntaxErrorKind as Kind;
    let source = Source::decode(source, filename, origin).ok()?;
    let version = PythonVersion::from((3, minor));
    let options = ParseOptions::from(RuffMode::Module).with_target_version(version);
    let parsed = ruff_python_parser::parse_unchecked(&source.text, options);
    parsed.unsupported_syntax_errors().iter().find_map(|error| {
        let (what, since) = match error.kind {
            Kind::Match => ("Pattern matching is", 10),
            Kind::ParenthesizedContextManager => ("Parenthesized context managers are", 9),
            Kind::Walrus => ("Assignment expressions are", 8),
            Kind::PositionalOnlyParameter => ("Positional-only parameters are", 8),
            _ => return None,
        };
        let (start, end) = (error.range.start().to_usize(), error.range.end().to_usize());
        let message = format!("{what} only supported in Python 3.{since} and greater");
        Some(source.error(ErrorKind::SyntaxError, message, start, end))
    })
}

/// What CPython's parser finds wrong in a source that was accepted here but does not compile: its parser's errors come
/// before its compiler's.
pub fn parser_error(source: &Source, mode: Mode) -> Option<Box<SyntaxError>> {
    diagnose::diagnose(source, &tokens::tokenize(source), mode)
}
