//! Runs the grammar over tokens, as CPython's generated parser would.
//!
//! Knows no Python beyond keywords. Invariant: `fetched` is how far CPython's parser has read, which is where it reports
//! errors without a better place. An `Err` is a raised error and ends the parse.

use std::collections::HashMap;
use std::rc::Rc;

use super::peg::{Action, Alternative, Grammar, Item};
use crate::syntax::error::SyntaxError;
use crate::syntax::source::Source;
use crate::syntax::tokens::{Stop, Token, TokenKind, Tokens};

/// What was matched: tokens `start..end`.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: &'static str,
    pub start: usize,
    pub end: usize,
    pub children: Vec<Rc<Node>>,
}

/// A matched node, no match, or an error.
pub(super) type Match = Result<Option<Rc<Node>>, Box<SyntaxError>>;

/// What a rule matched at a token, and the token behind it.
type Remembered = (Option<Rc<Node>>, usize);

/// More steps than this and the generic error has to do; CPython would take as long.
const MAX_STEPS: u64 = 20_000_000;

pub(super) struct Parser<'a> {
    pub source: &'a Source,
    pub grammar: &'a Grammar,
    pub tokens: &'a Tokens,
    /// The next token to look at.
    pub at: usize,
    /// How many tokens were asked for.
    pub fetched: usize,
    /// Whether rules that only raise errors are tried.
    pub second_pass: bool,
    memo: HashMap<(usize, usize), Remembered>,
    pub steps: u64,
    /// An f-string's literals are looked into once.
    pub checked_strings: std::collections::HashSet<usize>,
    depth: usize,
    /// The error raised has its final words: it is the tokenizer's or comes from inside an f-string.
    pub settled: bool,
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Deeper recursion than this is CPython's "too many nested parentheses" or a MemoryError; nothing is diagnosed there.
const MAX_DEPTH: usize = 6000;

impl<'a> Parser<'a> {
    pub(super) fn new(source: &'a Source, grammar: &'a Grammar, tokens: &'a Tokens) -> Parser<'a> {
        Parser {
            source,
            grammar,
            tokens,
            at: 0,
            fetched: 0,
            second_pass: false,
            memo: HashMap::new(),
            steps: 0,
            checked_strings: std::collections::HashSet::new(),
            depth: 0,
            settled: false,
        }
    }

    /// Start again, with the rules that raise errors.
    pub(super) fn begin_second_pass(&mut self) {
        self.at = 0;
        self.memo.clear();
        self.second_pass = true;
        self.steps = 0;
    }

    pub(super) fn text(&self, token: &Token) -> &'a str {
        &self.source.text[token.start..token.end]
    }

    /// The token at `self.at`; asking for one behind the tokenizer's stop raises its error.
    pub(super) fn token(&mut self) -> Result<Token, Box<SyntaxError>> {
        match self.tokens.tokens.get(self.at) {
            Some(token) => {
                self.fetched = self.fetched.max(self.at + 1);
                Ok(*token)
            }
            None => Err(self.stopped()),
        }
    }

    /// The tokenizer's error, as the parser reports it.
    pub(super) fn stopped(&mut self) -> Box<SyntaxError> {
        match &self.tokens.stop {
            Some(Stop::Raised(error)) => {
                self.settled = true;
                error.clone()
            }
            Some(Stop::Lazy(error)) => error.clone(),
            _ => self.end_of_source(),
        }
    }

    fn expect(&mut self, matches: impl Fn(&Self, &Token) -> bool) -> Match {
        let token = self.token()?;
        if !matches(self, &token) {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(Rc::new(Node {
            kind: "Token",
            start: self.at - 1,
            end: self.at,
            children: Vec::new(),
        })))
    }

    fn is_text(&self, token: &Token, text: &str) -> bool {
        matches!(token.kind, TokenKind::Name | TokenKind::Op) && self.text(token) == text
    }

    fn is_name(&self, token: &Token) -> bool {
        token.kind == TokenKind::Name && !KEYWORDS.contains(&self.text(token))
    }

    pub(super) fn rule(&mut self, index: usize) -> Match {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth > MAX_DEPTH {
            return Ok(None);
        }
        self.depth += 1;
        let result = self.rule_inside(index);
        self.depth -= 1;
        result
    }

    fn rule_inside(&mut self, index: usize) -> Match {
        let rule = &self.grammar.rules[index];
        if rule.name == "expression_plain" {
            let outer = std::mem::replace(&mut self.second_pass, false);
            let result = self.alternatives(&rule.alternatives);
            self.second_pass = outer;
            return result;
        }
        if !rule.remembers && !rule.left_recursive {
            let node = self.alternatives(&rule.alternatives)?;
            if let (Some(node), "real_number" | "imaginary_number") = (&node, rule.name) {
                self.check_complex_part(node, rule.name == "real_number")?;
            }
            return Ok(node);
        }
        let start = self.at;
        if let Some((node, end)) = self.memo.get(&(index, start)) {
            self.at = *end;
            return Ok(node.clone());
        }
        if rule.left_recursive {
            return self.left_recursive(index, start);
        }
        let node = self.alternatives(&rule.alternatives)?;
        self.memo.insert((index, start), (node.clone(), self.at));
        if let (Some(node), "strings") = (&node, rule.name)
            && self.checked_strings.insert(start)
        {
            self.check_strings(node.start, node.end)?;
        }
        Ok(node)
    }

    /// Grow the match for as long as it gets longer.
    fn left_recursive(&mut self, index: usize, start: usize) -> Match {
        let rule = &self.grammar.rules[index];
        let (mut best, mut best_end) = (None, start);
        loop {
            self.memo.insert((index, start), (best.clone(), best_end));
            self.at = start;
            let node = self.alternatives(&rule.alternatives)?;
            if node.is_none() || self.at <= best_end {
                break;
            }
            (best, best_end) = (node, self.at);
        }
        self.at = best_end;
        self.memo.insert((index, start), (best.clone(), best_end));
        Ok(best)
    }

    fn alternatives(&mut self, alternatives: &'a [Alternative]) -> Match {
        let start = self.at;
        for alternative in alternatives {
            // Only an alternative that is nothing but such a rule waits for the second pass: the one for pairs of a dict does not.
            if !self.second_pass && self.only_raises(alternative) {
                continue;
            }
            let mut cut = false;
            if let Some(node) = self.alternative(alternative, &mut cut)? {
                return Ok(Some(node));
            }
            self.at = start;
            if cut {
                break;
            }
        }
        Ok(None)
    }

    /// Whether an alternative is a rule that serves to raise errors, and nothing else.
    fn only_raises(&self, alternative: &Alternative) -> bool {
        match &alternative.items[..] {
            [(_, Item::Rule(index))] => self.grammar.rules[*index].is_bad,
            _ => false,
        }
    }

    fn alternative(&mut self, alternative: &'a Alternative, cut: &mut bool) -> Match {
        let start = self.at;
        let mut children = Vec::new();
        let (mut a, mut b) = (None, None);
        for (label, item) in &alternative.items {
            let Some(node) = self.item(item, cut)? else {
                return Ok(None);
            };
            match label {
                Some('a') => a = Some(node.clone()),
                Some(_) => b = Some(node.clone()),
                None => {}
            }
            children.push(node);
        }
        match alternative.action {
            Action::Error(name) => self.raise(name, a, b),
            Action::Node("Last") => Ok(a),
            Action::Node(kind) => Ok(Some(Rc::new(Node {
                kind,
                start,
                end: self.at,
                children: flat(children),
            }))),
            Action::Pass => {
                let mut real: Vec<Rc<Node>> = children
                    .into_iter()
                    .filter(|node| node.kind != "Nothing")
                    .collect();
                if real.len() == 1 {
                    return Ok(real.pop());
                }
                Ok(Some(Rc::new(Node {
                    kind: "Sequence",
                    start,
                    end: self.at,
                    children: real,
                })))
            }
        }
    }

    fn nothing(&self) -> Rc<Node> {
        Rc::new(Node {
            kind: "Nothing",
            start: self.at,
            end: self.at,
            children: Vec::new(),
        })
    }

    fn item(&mut self, item: &'a Item, cut: &mut bool) -> Match {
        match item {
            Item::Text(text) => self.expect(|this, token| this.is_text(token, text)),
            Item::Soft(text) => self
                .expect(|this, token| token.kind == TokenKind::Name && this.text(token) == *text),
            Item::AnySoft => self.expect(|this, token| {
                token.kind == TokenKind::Name && begins_soft_keyword(this.text(token))
            }),
            Item::Name => {
                let node = self.expect(|this, token| this.is_name(token))?;
                Ok(node.map(|node| {
                    Rc::new(Node {
                        kind: "Name",
                        start: node.start,
                        end: node.end,
                        children: Vec::new(),
                    })
                }))
            }
            Item::Number => {
                let node = self.expect(|_, token| token.kind == TokenKind::Number)?;
                if let Some(node) = &node {
                    self.check_digits(node.start)?;
                }
                Ok(node)
            }
            Item::String => self.expect(|_, token| token.kind == TokenKind::String),
            Item::Newline => self.expect(|_, token| token.kind == TokenKind::Newline),
            Item::Indent => self.expect(|_, token| token.kind == TokenKind::Indent),
            Item::Dedent => self.expect(|_, token| token.kind == TokenKind::Dedent),
            Item::End => self.expect(|_, token| token.kind == TokenKind::End),
            Item::Rule(index) => self.rule(*index),
            Item::Group(alternatives) => self.alternatives(alternatives),
            Item::Cut => {
                *cut = true;
                Ok(Some(self.nothing()))
            }
            Item::Forced(text) => match self.expect(|this, token| this.is_text(token, text))? {
                Some(node) => Ok(Some(node)),
                None => Err(self.forced(text)),
            },
            _ => self.repetition(item),
        }
    }

    fn repetition(&mut self, item: &'a Item) -> Match {
        let start = self.at;
        match item {
            Item::Optional(inner) => {
                let node = self.item(inner, &mut false)?;
                Ok(Some(node.unwrap_or_else(|| {
                    self.at = start;
                    self.nothing()
                })))
            }
            Item::Star(inner) => {
                let nodes = self.many(inner, None)?;
                Ok(Some(Rc::new(Node {
                    kind: "Sequence",
                    start,
                    end: self.at,
                    children: nodes,
                })))
            }
            Item::Plus(inner) => self.list(start, inner, None),
            Item::Separated(inner, separator) => self.list(start, inner, Some(separator)),
            Item::Ahead(inner) => {
                let found = self.item(inner, &mut false)?.is_some();
                self.at = start;
                Ok(found.then(|| self.nothing()))
            }
            Item::NotAhead(inner) => {
                let found = self.item(inner, &mut false)?.is_some();
                self.at = start;
                Ok((!found).then(|| self.nothing()))
            }
            _ => Ok(None),
        }
    }

    fn list(&mut self, start: usize, inner: &'a Item, separator: Option<&'a Item>) -> Match {
        let nodes = self.many(inner, separator)?;
        if nodes.is_empty() {
            return Ok(None);
        }
        Ok(Some(Rc::new(Node {
            kind: "Sequence",
            start,
            end: self.at,
            children: nodes,
        })))
    }

    fn many(
        &mut self,
        inner: &'a Item,
        separator: Option<&'a Item>,
    ) -> Result<Vec<Rc<Node>>, Box<SyntaxError>> {
        let mut nodes = Vec::new();
        loop {
            let before = self.at;
            if let (Some(separator), false) = (separator, nodes.is_empty())
                && self.item(separator, &mut false)?.is_none()
            {
                self.at = before;
                return Ok(nodes);
            }
            match self.item(inner, &mut false)? {
                Some(node) if self.at > before => nodes.push(node),
                _ => {
                    self.at = before;
                    return Ok(nodes);
                }
            }
        }
    }
}

/// CPython 3.10 compares only as many letters as the name has.
fn begins_soft_keyword(name: &str) -> bool {
    ["_", "case", "match"]
        .iter()
        .any(|keyword| keyword.starts_with(name))
}

/// The nodes of a node's parts; lists are taken apart.
fn flat(children: Vec<Rc<Node>>) -> Vec<Rc<Node>> {
    let mut out = Vec::new();
    for child in children {
        match child.kind {
            "Nothing" | "Token" => {}
            "Sequence" => out.extend(flat(child.children.clone())),
            _ => out.push(child),
        }
    }
    out
}
