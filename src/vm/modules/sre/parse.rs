//! Python's regular expression syntax to a tree, with the complaints of CPython's `sre_parse`, word for word and at the same places.
//!
//! Nesting is Rust recursion, bounded by what the script's recursion limit leaves.

use super::escape;
use super::group;
use super::source::{Parsed, Source, Token, Wrong, WrongKind};
use super::tree::{At, MAX_REPEAT, Node, Sequence, SetItem, flag, width};
use crate::heap::payload::StrObj;
use crate::vm::types::str_repr::repr_of;

/// Deeper nesting is refused whatever the recursion limit says: each level is a level of the machine's own stack.
const MAX_NESTING: usize = 4000;

pub struct Parser {
    pub source: Source,
    pub flags: u32,
    /// The width of each group, `None` while it is open; the first stands for the whole pattern.
    pub groups: Vec<Option<(u64, u64)>>,
    pub names: Vec<(Vec<u32>, usize)>,
    /// Inside a lookbehind: how many groups there were before it.
    pub lookbehind: Option<usize>,
    /// Groups that conditions refer to, and where.
    pub conditions: Vec<(usize, usize)>,
    /// Texts of warnings; whether it is a DeprecationWarning (else a FutureWarning).
    pub warnings: Vec<(String, bool)>,
    pub nesting: usize,
    pub max_nesting: usize,
}

/// `repr()` of a text of the pattern.
pub fn quoted(points: &[u32]) -> String {
    let text = StrObj::from_points(points.iter().copied());
    repr_of(&text).to_string_lossy().into_owned()
}

/// What came out of parsing.
pub struct Tree {
    pub body: Sequence,
    pub flags: u32,
    pub groups: Vec<Option<(u64, u64)>>,
    pub names: Vec<(Vec<u32>, usize)>,
}

/// Parses a pattern. Warnings are collected in either case.
pub fn parse(
    points: &[u32],
    is_text: bool,
    flags: u32,
    max_nesting: usize,
    warnings: &mut Vec<(String, bool)>,
) -> Parsed<Tree> {
    let source = Source::new(points.to_vec(), is_text)?;
    let mut parser = Parser {
        source,
        flags,
        groups: vec![None],
        names: Vec::new(),
        lookbehind: None,
        conditions: Vec::new(),
        warnings: Vec::new(),
        nesting: 0,
        max_nesting: max_nesting.min(MAX_NESTING),
    };
    let tree = parser.whole(flags);
    warnings.append(&mut parser.warnings);
    tree
}

impl Parser {
    fn whole(&mut self, flags: u32) -> Parsed<Tree> {
        let body = match self.alternatives(flags & flag::VERBOSE != 0, true) {
            Err(wrong) if wrong.kind == WrongKind::Verbose => {
                self.flags = flags | flag::VERBOSE;
                self.groups = vec![None];
                self.names.clear();
                self.lookbehind = None;
                self.conditions.clear();
                self.nesting = 0;
                self.source.seek(0)?;
                self.alternatives(true, true)?
            }
            other => other?,
        };
        self.fix_flags()?;
        if self.source.next.is_some() {
            return self.source.fail("unbalanced parenthesis", 0);
        }
        for (group, place) in &self.conditions {
            if *group >= self.groups.len() {
                return Err(Wrong {
                    kind: WrongKind::Pattern,
                    message: format!("invalid group reference {group}"),
                    place: Some(*place),
                });
            }
        }
        Ok(Tree {
            body,
            flags: self.flags,
            groups: std::mem::take(&mut self.groups),
            names: std::mem::take(&mut self.names),
        })
    }

    fn fix_flags(&mut self) -> Parsed<()> {
        let value = |text| Err(Wrong::new(WrongKind::Value, text));
        let has = |f| self.flags & f != 0;
        if self.source.is_text {
            if has(flag::LOCALE) {
                return value("cannot use LOCALE flag with a str pattern");
            }
            if has(flag::ASCII) && has(flag::UNICODE) {
                return value("ASCII and UNICODE flags are incompatible");
            }
            if !has(flag::ASCII) {
                self.flags |= flag::UNICODE;
            }
        } else {
            if has(flag::UNICODE) {
                return value("cannot use UNICODE flag with a bytes pattern");
            }
            if has(flag::LOCALE) && has(flag::ASCII) {
                return value("ASCII and LOCALE flags are incompatible");
            }
        }
        Ok(())
    }

    /// Alternatives up to the end or a closing parenthesis. `outermost` is the whole pattern.
    pub fn alternatives(&mut self, verbose: bool, outermost: bool) -> Parsed<Sequence> {
        self.nesting += 1;
        if self.nesting > self.max_nesting {
            return Err(Wrong::new(
                WrongKind::Recursion,
                "maximum recursion depth exceeded",
            ));
        }
        let mut items = Vec::new();
        loop {
            let first = outermost && items.is_empty();
            items.push(self.sequence(verbose, first)?);
            if !self.source.take('|')? {
                break;
            }
        }
        self.nesting -= 1;
        if items.len() == 1 {
            return Ok(items.pop().unwrap_or_default());
        }
        let mut out = common_prefix(&mut items);
        match as_set(&items) {
            Some(set) => out.push(set),
            None => out.push(Node::Branch(items)),
        }
        Ok(out)
    }

    /// One alternative. `first`: global flags may stand at its beginning.
    pub fn sequence(&mut self, verbose: bool, first: bool) -> Parsed<Sequence> {
        let mut out = Vec::new();
        while let Some(this) = self.source.next {
            if this.is('|') || this.is(')') {
                break;
            }
            self.source.get()?;
            if verbose && self.skips(this)? {
                continue;
            }
            if this.escaped {
                out.push(escape::outside(self, this)?);
                continue;
            }
            match this.plain() {
                Some('[') => out.push(self.set()?),
                Some('*' | '+' | '?' | '{') => self.repeat(this, &mut out)?,
                Some('.') => out.push(Node::Any),
                Some('(') => {
                    if let Some(node) = group::parse(self, verbose, first, out.is_empty())? {
                        out.push(node);
                    }
                }
                Some('^') => out.push(Node::At(At::Beginning)),
                Some('$') => out.push(Node::At(At::End)),
                _ => out.push(Node::Literal(this.c)),
            }
        }
        Ok(unwrap_plain_groups(out))
    }

    /// White space and comments of a verbose pattern.
    fn skips(&mut self, this: Token) -> Parsed<bool> {
        match this.plain() {
            Some(' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') => Ok(true),
            Some('#') => {
                while let Some(token) = self.source.get()? {
                    if token.is('\n') {
                        break;
                    }
                }
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn warn_set(&mut self, what: &str, place: usize) {
        self.warnings
            .push((format!("Possible {what} at position {place}"), false));
    }

    /// A set, after its bracket.
    fn set(&mut self) -> Parsed<Node> {
        let here = self.source.tell() - 1;
        if self.source.next.is_some_and(|t| t.is('[')) {
            self.warn_set("nested set", self.source.tell());
        }
        let negated = self.source.take('^')?;
        let mut items: Vec<SetItem> = Vec::new();
        loop {
            let Some(this) = self.source.get()? else {
                return self.unterminated(here);
            };
            if this.is(']') && !items.is_empty() {
                break;
            }
            let low = self.set_item(this, !items.is_empty())?;
            if !self.source.take('-')? {
                items.push(low);
                continue;
            }
            let Some(that) = self.source.get()? else {
                return self.unterminated(here);
            };
            if that.is(']') {
                items.push(low);
                items.push(SetItem::Literal(u32::from(b'-')));
                break;
            }
            let range = self.range(this, low, that)?;
            items.push(range);
        }
        let mut unique: Vec<SetItem> = Vec::new();
        for item in items {
            if !unique.contains(&item) {
                unique.push(item);
            }
        }
        Ok(match unique.as_slice() {
            [SetItem::Literal(c)] if negated => Node::NotLiteral(*c),
            [SetItem::Literal(c)] => Node::Literal(*c),
            _ => Node::In {
                negated,
                items: unique,
            },
        })
    }

    fn unterminated<T>(&self, here: usize) -> Parsed<T> {
        let back = self.source.tell() - here;
        self.source.fail("unterminated character set", back)
    }

    fn set_item(&mut self, this: Token, not_first: bool) -> Parsed<SetItem> {
        if this.escaped {
            return escape::in_set(&mut self.source, this);
        }
        if not_first && self.source.next == Some(this) {
            let what = match this.plain() {
                Some('-') => "set difference",
                Some('&') => "set intersection",
                Some('~') => "set symmetric difference",
                Some('|') => "set union",
                _ => "",
            };
            if !what.is_empty() {
                self.warn_set(what, self.source.tell() - 1);
            }
        }
        Ok(SetItem::Literal(this.c))
    }

    fn range(&mut self, this: Token, low: SetItem, that: Token) -> Parsed<SetItem> {
        let high = if that.escaped {
            escape::in_set(&mut self.source, that)?
        } else {
            if that.is('-') {
                self.warn_set("set difference", self.source.tell() - 2);
            }
            SetItem::Literal(that.c)
        };
        if let (SetItem::Literal(low), SetItem::Literal(high)) = (&low, &high)
            && low <= high
        {
            return Ok(SetItem::Range(*low, *high));
        }
        // An escape of several characters is shown by its first two, and measured so.
        let message = format!("bad character range {}-{}", this.text(), that.text());
        self.source.fail(message, this.len() + 1 + that.len())
    }

    /// A repetition of what was read last.
    fn repeat(&mut self, this: Token, out: &mut Sequence) -> Parsed<()> {
        let here = self.source.tell();
        let (min, max) = match this.plain() {
            Some('?') => (0, 1),
            Some('*') => (0, MAX_REPEAT),
            Some('+') => (1, MAX_REPEAT),
            _ => match self.bounds(here)? {
                Some(bounds) => bounds,
                None => {
                    out.push(Node::Literal(this.c));
                    return Ok(());
                }
            },
        };
        let back = self.source.tell() - here + 1;
        match out.last() {
            None | Some(Node::At(_)) => return self.source.fail("nothing to repeat", back),
            Some(Node::Repeat { .. }) => return self.source.fail("multiple repeat", back),
            _ => {}
        }
        let body = match out.pop() {
            Some(Node::Group {
                index: None,
                add: 0,
                del: 0,
                body,
            }) => body,
            Some(node) => vec![node],
            None => Vec::new(),
        };
        let greedy = !self.source.take('?')?;
        out.push(Node::Repeat {
            min,
            max,
            greedy,
            body,
        });
        Ok(())
    }

    /// `{2,3}` after its brace; `None` if it is no repetition: the brace stands for itself, and reading goes on behind it.
    fn bounds(&mut self, here: usize) -> Parsed<Option<(u32, u32)>> {
        if self.source.next.is_some_and(|t| t.is('}')) {
            return Ok(None);
        }
        let low = self.source.get_while(usize::MAX, |c| c.is_ascii_digit())?;
        let high = if self.source.take(',')? {
            self.source.get_while(usize::MAX, |c| c.is_ascii_digit())?
        } else {
            low.clone()
        };
        if !self.source.take('}')? {
            self.source.seek(here)?;
            return Ok(None);
        }
        let number = |text: &str| match text.parse::<u32>() {
            Ok(n) if n < MAX_REPEAT => Ok(n),
            _ => Err(Wrong::new(
                WrongKind::Overflow,
                "the repetition number is too large",
            )),
        };
        let min = if low.is_empty() { 0 } else { number(&low)? };
        let max = if high.is_empty() {
            MAX_REPEAT
        } else {
            number(&high)?
        };
        if max < min {
            let back = self.source.tell() - here;
            return self.source.fail("min repeat greater than max repeat", back);
        }
        Ok(Some((min, max)))
    }

    pub fn open_group(&mut self, name: Option<&[u32]>) -> Parsed<usize> {
        let index = self.groups.len();
        self.groups.push(None);
        let Some(name) = name else { return Ok(index) };
        if let Some((_, old)) = self.names.iter().find(|(known, _)| known == name) {
            let shown = quoted(name);
            let message =
                format!("redefinition of group name {shown} as group {index}; was group {old}");
            return self.source.fail(message, name.len() + 1);
        }
        self.names.push((name.to_vec(), index));
        Ok(index)
    }

    pub fn close_group(&mut self, index: usize, body: &[Node]) {
        self.groups[index] = Some(width(body, &self.groups));
    }

    /// A lookbehind may refer only to groups from before it.
    pub fn check_lookbehind(&self, group: usize) -> Parsed<()> {
        let Some(known) = self.lookbehind else {
            return Ok(());
        };
        if self.groups.get(group).copied().flatten().is_none() {
            return self.source.fail("cannot refer to an open group", 0);
        }
        if group >= known {
            return self.source.fail(
                "cannot refer to group defined in the same lookbehind subpattern",
                0,
            );
        }
        Ok(())
    }
}

/// Takes what all alternatives begin with.
fn common_prefix(items: &mut [Sequence]) -> Sequence {
    let mut prefix = Vec::new();
    let mut taken = 0;
    while let Some(first) = items[0].get(taken) {
        let shared = items[1..]
            .iter()
            .all(|item| item.get(taken).is_some_and(|node| node.same(first)));
        if !shared {
            break;
        }
        taken += 1;
    }
    for (n, item) in items.iter_mut().enumerate() {
        let front: Sequence = item.drain(..taken).collect();
        if n == 0 {
            prefix = front;
        }
    }
    prefix
}

/// Alternatives of one character each are a set.
fn as_set(items: &[Sequence]) -> Option<Node> {
    let mut set: Vec<SetItem> = Vec::new();
    for item in items {
        let more = match item.as_slice() {
            [Node::Literal(c)] => vec![SetItem::Literal(*c)],
            [
                Node::In {
                    negated: false,
                    items,
                },
            ] => items.clone(),
            _ => return None,
        };
        for one in more {
            if !set.contains(&one) {
                set.push(one);
            }
        }
    }
    Some(Node::In {
        negated: false,
        items: set,
    })
}

/// Groups that neither capture nor change flags are their contents.
fn unwrap_plain_groups(nodes: Sequence) -> Sequence {
    let is_plain = |node: &Node| {
        matches!(
            node,
            Node::Group {
                index: None,
                add: 0,
                del: 0,
                ..
            }
        )
    };
    if !nodes.iter().any(is_plain) {
        return nodes;
    }
    let mut out = Vec::new();
    for node in nodes {
        match node {
            Node::Group {
                index: None,
                add: 0,
                del: 0,
                body,
            } => out.extend(body),
            other => out.push(other),
        }
    }
    out
}
