//! The errors that the grammar's rules for wrong syntax raise: message and place.

use std::rc::Rc;

use super::parser::{Match, Node, Parser};
use crate::syntax::error::{ErrorKind, SyntaxError};
use crate::syntax::tokens::{Token, TokenKind};

/// CPython's limit on the digits of a decimal integer.
const MAX_STR_DIGITS: usize = 4300;

/// What an invalid target is looked for in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Targets {
    Star,
    Del,
    For,
}

impl Parser<'_> {
    /// The error named in the grammar; `None` if CPython then lets it pass after all.
    pub(super) fn raise(&mut self, name: &str, a: Option<Rc<Node>>, b: Option<Rc<Node>>) -> Match {
        let Some(a) = a else {
            return self.raise_unlabelled(name);
        };
        let last = b.clone().unwrap_or_else(|| a.clone());
        let line = self.tokens.tokens[a.start].line;
        let first_word = self.text(&self.tokens.tokens[a.start]).to_string();
        let indentation = |this: &Self, what: String| {
            this.at_last_token(
                ErrorKind::IndentationError,
                format!("expected an indented block after {what} on line {line}"),
            )
        };
        let error = match name {
            "block_after" => indentation(self, format!("'{first_word}' statement")),
            "expected_block_except" => indentation(self, "'except' statement".into()),
            "block_after_def" => indentation(self, "function definition".into()),
            "block_after_class" => indentation(self, "class definition".into()),
            "unpacking_after_keywords" => self.at_node(
                &a,
                "iterable argument unpacking follows keyword argument unpacking",
            ),
            "bare_generator" => {
                self.at_range(&a, &last, "Generator expression must be parenthesized")
            }
            "bare_generator_last" => match positional(&a).as_slice() {
                [_, .., argument] => self.at_range(
                    argument,
                    &last,
                    "Generator expression must be parenthesized",
                ),
                _ => return Ok(None),
            },
            "maybe_equal" => self.at_range(
                &a,
                &last,
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            ),
            "positional_after_keyword" => {
                let unpacked = find(&a, "Unpacking");
                let what = if unpacked {
                    "keyword argument unpacking"
                } else {
                    "keyword argument"
                };
                self.at_last_token(
                    ErrorKind::SyntaxError,
                    format!("positional argument follows {what}"),
                )
            }
            "assign_to_constant" => {
                self.at_range(&a, &last, format!("cannot assign to {first_word}"))
            }
            "expression_as_keyword" => self.at_range(
                &a,
                &last,
                "expression cannot contain assignment, perhaps you meant \"==\"?",
            ),
            "missing_parentheses" | "forgot_comma" => {
                return self.raise_on_legacy(name, &a, &last, &first_word);
            }
            _ => return self.raise_on_node(name, &a, &last),
        };
        Err(error)
    }

    /// Two expressions in a row: perhaps a statement of Python 2, perhaps a comma is missing.
    fn raise_on_legacy(
        &self,
        name: &str,
        a: &Rc<Node>,
        last: &Rc<Node>,
        first_word: &str,
    ) -> Match {
        let is_legacy = is_legacy(first_word);
        if name == "missing_parentheses" {
            let message = format!(
                "Missing parentheses in call to '{first_word}'. Did you mean {first_word}(...)?"
            );
            return if is_legacy {
                Err(self.at_range(a, last, message))
            } else {
                Ok(None)
            };
        }
        let is_legacy_name = a.kind == "Name" && is_legacy;
        if is_legacy_name || self.tokens.tokens[self.at - 1].level == 0 {
            return Ok(None);
        }
        Err(self.at_range(a, last, "invalid syntax. Perhaps you forgot a comma?"))
    }

    fn raise_on_node(&mut self, name: &str, a: &Rc<Node>, last: &Rc<Node>) -> Match {
        let what = self.describe(a);
        let error = match name {
            "walrus_target" => {
                self.at_node(a, format!("cannot use assignment expressions with {what}"))
            }
            "assign_here" => self.at_node(
                a,
                format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"),
            ),
            "annotated_display" => self.at_node(
                a,
                format!("only single target (not {what}) can be annotated"),
            ),
            "annotated_tuple" => self.at_node(a, "only single target (not tuple) can be annotated"),
            "illegal_annotation" => self.at_node(a, "illegal target for annotation"),
            "invalid_star_target" => return self.invalid_target(a, Targets::Star),
            "invalid_for_target" => return self.invalid_target(a, Targets::For),
            "invalid_del_target" => return self.invalid_target(a, Targets::Del),
            "assign_to_yield" => self.at_node(a, "assignment to yield expression not possible"),
            "augmented_target" => self.at_node(
                a,
                format!("'{what}' is an illegal expression for augmented assignment"),
            ),
            "unpacking_in_comprehension" => {
                self.at_node(a, "iterable unpacking cannot be used in comprehension")
            }
            "comprehension_target" => {
                let is_item = |node: &&Rc<Node>| node.kind != "Token";
                let last = last.children.iter().rfind(is_item).unwrap_or(last);
                self.at_range(
                    a,
                    last,
                    "did you forget parentheses around the comprehension target?",
                )
            }
            "unpacking_in_dict" => {
                self.at_node(a, "dict unpacking cannot be used in dict comprehension")
            }
            "default_order" => {
                let comma = self.text(&self.tokens.tokens[a.end - 1]) == ",";
                let last = self.tokens.tokens[a.end - 1 - usize::from(comma)];
                let start = self.tokens.tokens[a.start].start;
                let message = "non-default argument follows default argument";
                self.located(ErrorKind::SyntaxError, message, start, last.end)
            }
            "bare_star" => self.at_node(a, "named arguments must follow bare *"),
            "expected_else" => self.at_range(a, last, "expected 'else' after 'if' expression"),
            "starred_group" => self.at_node(a, "cannot use starred expression here"),
            "double_starred_group" => self.at_node(a, "cannot use double starred expression here"),
            "multiple_types" => {
                self.starting_at_node(a, "multiple exception types must be parenthesized")
            }
            "underscore_target" => self.at_node(a, "cannot use '_' as a target"),
            "pattern_target" => self.at_node(a, "invalid pattern target"),
            "positional_patterns" => self.at_node(a, "positional patterns follow keyword patterns"),
            "starred_value" => {
                self.starting_at_node(a, "cannot use a starred expression in a dictionary value")
            }
            "missing_value" => self.at_node(a, "expression expected after dictionary key and ':'"),
            "missing_key_colon" => self.after_key(a),
            _ => return Ok(None),
        };
        Err(error)
    }

    fn raise_unlabelled(&mut self, name: &str) -> Match {
        let (kind, message) = match name {
            "expected_block" => (ErrorKind::IndentationError, "expected an indented block"),
            "expected_colon" => (ErrorKind::SyntaxError, "expected ':'"),
            "expected_except" => (
                ErrorKind::SyntaxError,
                "expected 'except' or 'finally' block",
            ),
            "bare_lambda_star" => (ErrorKind::SyntaxError, "named arguments must follow bare *"),
            "trailing_comma" => (
                ErrorKind::SyntaxError,
                "trailing comma not allowed without surrounding parentheses",
            ),
            _ => return Ok(None),
        };
        Err(self.at_last_token(kind, message))
    }

    /// The parts of a complex number in a pattern.
    pub(super) fn check_complex_part(
        &self,
        node: &Node,
        real: bool,
    ) -> Result<(), Box<SyntaxError>> {
        let is_imaginary = self
            .text(&self.tokens.tokens[node.start])
            .ends_with(['j', 'J']);
        match (real, is_imaginary) {
            (true, true) => Err(self.at_node(node, "real number required in complex literal")),
            (false, false) => {
                Err(self.at_node(node, "imaginary number required in complex literal"))
            }
            _ => Ok(()),
        }
    }

    /// A decimal integer may have so many digits; the columns are left out, since nobody overlooks it.
    pub(super) fn check_digits(&self, at: usize) -> Result<(), Box<SyntaxError>> {
        let token = self.tokens.tokens[at];
        let Some(digits) = too_many_digits(self.text(&token)) else {
            return Ok(());
        };
        let message = format!(
            "Exceeds the limit ({MAX_STR_DIGITS}) for integer string conversion: value has {digits} digits; use \
             sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
             avoid decimal conversion limits."
        );
        let mut error = self.located(ErrorKind::SyntaxError, message, token.start, token.end);
        (error.column, error.end_column) = (0, 0);
        Err(error)
    }

    /// A token that had to come did not.
    pub(super) fn forced(&mut self, text: &str) -> Box<SyntaxError> {
        let token = self.tokens.tokens[self.at];
        self.at_token(&token, ErrorKind::SyntaxError, format!("expected '{text}'"))
    }

    /// `_PyPegen_get_invalid_target` and its message.
    fn invalid_target(&mut self, node: &Rc<Node>, targets: Targets) -> Match {
        match self.find_invalid(node, targets) {
            None => Ok(None),
            Some(found) => {
                let verb = if targets == Targets::Del {
                    "delete"
                } else {
                    "assign to"
                };
                let message = format!("cannot {verb} {}", self.describe(&found));
                Err(self.at_node(&found, message))
            }
        }
    }

    fn find_invalid(&self, node: &Rc<Node>, targets: Targets) -> Option<Rc<Node>> {
        match node.kind {
            "List" | "Tuple" => node
                .children
                .iter()
                .find_map(|child| self.find_invalid(child, targets)),
            "Starred" if targets == Targets::Del => Some(node.clone()),
            "Starred" | "Group" => node
                .children
                .first()
                .and_then(|child| self.find_invalid(child, targets)),
            "Compare" if targets == Targets::For => {
                let left = node.children.first()?;
                let is_in = self.text(&self.tokens.tokens[left.end]) == "in";
                if is_in {
                    self.find_invalid(left, targets)
                } else {
                    None
                }
            }
            "Name" | "Subscript" | "Attribute" => None,
            _ => Some(node.clone()),
        }
    }

    /// CPython's name for a kind of expression.
    fn describe(&self, node: &Node) -> &'static str {
        match node.kind {
            "Attribute" => "attribute",
            "Subscript" => "subscript",
            "Starred" => "starred",
            "Name" => "name",
            "List" => "list",
            "Tuple" => "tuple",
            "Lambda" => "lambda",
            "Call" => "function call",
            "GeneratorExp" => "generator expression",
            "Yield" => "yield expression",
            "Await" => "await expression",
            "ListComp" => "list comprehension",
            "SetComp" => "set comprehension",
            "DictComp" => "dict comprehension",
            "Dict" => "dict literal",
            "Set" => "set display",
            "Compare" => "comparison",
            "IfExp" => "conditional expression",
            "Named" => "named expression",
            "None" => "None",
            "True" => "True",
            "False" => "False",
            "Ellipsis" => "ellipsis",
            "Literal" => "literal",
            "Strings" => {
                let tokens = &self.tokens.tokens[node.start..node.end];
                let is_f = |token: &Token| {
                    let text = self.text(token);
                    let quote = text.find(['\'', '"']).unwrap_or(0);
                    text[..quote].contains(['f', 'F'])
                };
                if tokens.iter().any(is_f) {
                    "f-string expression"
                } else {
                    "literal"
                }
            }
            "Group" => node
                .children
                .first()
                .map_or("expression", |child| self.describe(child)),
            _ => "expression",
        }
    }

    pub(super) fn at_node(&self, node: &Node, message: impl Into<String>) -> Box<SyntaxError> {
        self.at_range(node, node, message)
    }

    /// CPython's node of a parenthesised expression is the expression without the parentheses.
    fn bare<'n>(&self, node: &'n Node) -> &'n Node {
        match (node.kind, node.children.first()) {
            ("Group", Some(child)) => self.bare(child),
            _ => node,
        }
    }

    fn at_range(&self, first: &Node, last: &Node, message: impl Into<String>) -> Box<SyntaxError> {
        let start = self.tokens.tokens[self.bare(first).start].start;
        let last = self.bare(last);
        let end = self.tokens.tokens[(last.end - 1).max(last.start)].end;
        self.located(ErrorKind::SyntaxError, message, start, end)
    }

    /// From a node to as far as the tokenizer has read.
    fn starting_at_node(&self, node: &Node, message: &str) -> Box<SyntaxError> {
        let start = self.tokens.tokens[self.bare(node).start].start;
        let end = self.tokens.tokens[self.fetched - 1].end;
        let mut error = self.located(ErrorKind::SyntaxError, message, start, end);
        error.end_column -= 1;
        error
    }

    fn after_key(&self, node: &Node) -> Box<SyntaxError> {
        let last = self.tokens.tokens[self.bare(node).end - 1];
        let mut error = self.located(
            ErrorKind::SyntaxError,
            "':' expected after dictionary key",
            last.end - 1,
            last.end,
        );
        error.end_column = 0;
        error
    }

    /// At the last token that was fetched, wherever that is.
    pub(super) fn at_last_token(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
    ) -> Box<SyntaxError> {
        match self.tokens.tokens.get(self.fetched.saturating_sub(1)) {
            Some(token) if self.has_column(token) => {
                self.located(kind, message, token.start, token.end)
            }
            // At a file's end its reader has begun a buffer anew.
            Some(token) if self.source.in_file && token.start >= self.source.text.len() => {
                self.at_column(token.line, 0, kind, message)
            }
            Some(token) => self.at_column(token.line, token.col, kind, message),
            None => self.located(kind, message, 0, 0),
        }
    }

    /// An error where the tokenizer is, in a line of which `col` bytes are read.
    fn at_column(
        &self,
        line: u32,
        col: u32,
        kind: ErrorKind,
        message: impl Into<String>,
    ) -> Box<SyntaxError> {
        let start = self.source.line_start(line);
        let mut error = self.located(kind, message, start, start);
        error.line = line;
        error.column = self.source.columns(line, col);
        error.end_line = line;
        error.end_column = -1;
        error
    }

    pub(super) fn at_token(
        &self,
        token: &Token,
        kind: ErrorKind,
        message: impl Into<String>,
    ) -> Box<SyntaxError> {
        if self.source.text.is_empty() {
            return self.source.end_is_wrong();
        }
        if self.has_column(token) {
            return self.located(kind, message, token.start, token.end);
        }
        let mut error = self.at_column(token.line, 0, kind, message);
        error.end_column = 0;
        error
    }

    pub(super) fn located(
        &self,
        kind: ErrorKind,
        message: impl Into<String>,
        start: usize,
        end: usize,
    ) -> Box<SyntaxError> {
        let read = self.read_line();
        let mut error = self.source.error_behind(kind, message, start, end, read);
        if read <= error.line && !self.source.in_file {
            let first = self.buffered_from(error.line);
            let before = self.source.line_start(first)..self.source.line_start(error.line);
            let text = error.text.unwrap_or_default();
            error.text = Some(self.source.text[before].to_string() + &text);
        }
        error
    }

    /// The first line in the buffer of CPython's tokenizer, which keeps what a token began in.
    fn buffered_from(&self, line: u32) -> u32 {
        self.source.buffered_from(self.tokens, line)
    }

    /// The line that CPython's tokenizer is in.
    fn read_line(&self) -> u32 {
        let last = self.fetched.saturating_sub(1);
        match self.tokens.tokens.get(last) {
            _ if self.at >= self.tokens.tokens.len() => self.source.last_line(),
            Some(token) if token.end > token.start => self.source.position(token.end - 1).0,
            Some(token) => token.line,
            None => 0,
        }
    }

    /// The source ends too early: inside a bracket, or after a backslash.
    pub(super) fn end_of_source(&self) -> Box<SyntaxError> {
        if let Some(error) = self.unclosed() {
            return error;
        }
        let line = self.source.last_line();
        let length = self
            .source
            .line(line)
            .map_or(0, |text| text.trim_end_matches('\n').len() as u32);
        self.at_column(
            line,
            length + 1,
            ErrorKind::SyntaxError,
            "unexpected EOF while parsing",
        )
    }

    /// CPython gives layout tokens no column, a newline among them if it stands for the end.
    fn has_column(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Indent | TokenKind::Dedent | TokenKind::End => false,
            TokenKind::Newline => {
                self.source.implied_newline || token.start < self.source.text.len()
            }
            _ => true,
        }
    }

    /// The innermost bracket that was never closed.
    pub(super) fn unclosed(&self) -> Option<Box<SyntaxError>> {
        let bracket = self.tokens.open.last()?;
        let message = format!("'{}' was never closed", bracket.open);
        let mut error = self.source.error_behind(
            ErrorKind::SyntaxError,
            message,
            bracket.offset,
            bracket.offset,
            self.source.last_line(),
        );
        error.end_column = 0;
        Some(error)
    }
}

/// How many digits a decimal integer has, if they are too many.
pub(in crate::syntax) fn too_many_digits(number: &str) -> Option<usize> {
    if number.len() <= MAX_STR_DIGITS {
        return None;
    }
    let is_decimal = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (number.bytes().all(is_decimal) && digits > MAX_STR_DIGITS).then_some(digits)
}

fn is_legacy(name: &str) -> bool {
    matches!(name, "print" | "exec")
}

/// The positional arguments of a call's arguments.
fn positional(args: &Rc<Node>) -> Vec<Rc<Node>> {
    let is_positional = |node: &&Rc<Node>| !matches!(node.kind, "Keyword" | "Unpacking" | "Kwargs");
    let mut found: Vec<Rc<Node>> = args
        .children
        .iter()
        .filter(is_positional)
        .cloned()
        .collect();
    for kwargs in args.children.iter().filter(|node| node.kind == "Kwargs") {
        found.extend(kwargs.children.iter().filter(is_positional).cloned());
    }
    found
}

fn find(node: &Rc<Node>, kind: &str) -> bool {
    node.kind == kind
        || (matches!(node.kind, "Args" | "KeywordArgs" | "Kwargs")
            && node.children.iter().any(|child| find(child, kind)))
}
