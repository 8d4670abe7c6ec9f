//! What begins with a parenthesis: groups, flags, comments, lookaround, conditions.

use super::parse::{Parser, quoted};
use super::source::{Parsed, Token, Wrong, WrongKind};
use super::tree::{Node, flag};
use crate::heap::payload::StrObj;
use crate::vm::types::int_parse;
use crate::vm::types::str_case::is_identifier;

/// `sys.maxsize` of CPython's group numbers.
pub const MAX_GROUPS: usize = 0x7fff_ffff;

/// Whether a name can name a group.
pub fn is_name(points: &[u32]) -> bool {
    is_identifier(&StrObj::from_points(points.iter().copied()))
}

/// A group's number as `int()` reads it; `None` if it is none, or negative.
pub fn group_number(points: &[u32]) -> Option<usize> {
    let text: String = points
        .iter()
        .map(|p| char::from_u32(*p).unwrap_or('?'))
        .collect();
    let value = int_parse::parse(&int_parse::to_ascii(&text), 10, 0).ok()?;
    if value.sign() == num_bigint::Sign::Minus {
        return None;
    }
    Some(usize::try_from(value).unwrap_or(usize::MAX))
}

fn flag_of(token: Token) -> Option<u32> {
    Some(match token.plain()? {
        'i' => flag::IGNORECASE,
        'L' => flag::LOCALE,
        'm' => flag::MULTILINE,
        's' => flag::DOTALL,
        'x' => flag::VERBOSE,
        'a' => flag::ASCII,
        't' => flag::TEMPLATE,
        'u' => flag::UNICODE,
        _ => return None,
    })
}

/// What the extension after `(?` makes of the group.
enum Start {
    /// A group with contents: its name if it captures, flags added and taken away.
    Group {
        captures: bool,
        name: Option<Vec<u32>>,
        add: u32,
        del: u32,
    },
    Whole(Option<Node>),
}

/// Reads a group after its parenthesis; `None` if it stands for nothing. `first` and `at_beginning` tell whether global flags may
/// stand here.
pub fn parse(
    p: &mut Parser,
    verbose: bool,
    first: bool,
    at_beginning: bool,
) -> Parsed<Option<Node>> {
    let start = p.source.tell() - 1;
    let mut group = Start::Group {
        captures: true,
        name: None,
        add: 0,
        del: 0,
    };
    if p.source.take('?')? {
        group = extension(p, verbose, first && at_beginning, start)?;
    }
    let (captures, name, add, del) = match group {
        Start::Whole(node) => return Ok(node),
        Start::Group {
            captures,
            name,
            add,
            del,
        } => (captures, name, add, del),
    };
    let index = if captures {
        Some(p.open_group(name.as_deref())?)
    } else {
        None
    };
    let inner_verbose = (verbose || add & flag::VERBOSE != 0) && del & flag::VERBOSE == 0;
    let body = p.alternatives(inner_verbose, false)?;
    close(p, start)?;
    if let Some(index) = index {
        p.close_group(index, &body);
    }
    Ok(Some(Node::Group {
        index,
        add,
        del,
        body,
    }))
}

fn close(p: &mut Parser, start: usize) -> Parsed<()> {
    if p.source.take(')')? {
        return Ok(());
    }
    let back = p.source.tell() - start;
    p.source.fail("missing ), unterminated subpattern", back)
}

fn extension(p: &mut Parser, verbose: bool, flags_allowed: bool, start: usize) -> Parsed<Start> {
    let Some(token) = p.source.get()? else {
        return p.source.fail("unexpected end of pattern", 0);
    };
    let plain_group = |add, del| Start::Group {
        captures: false,
        name: None,
        add,
        del,
    };
    match token.plain() {
        Some('P') => named(p),
        Some(':') => Ok(plain_group(0, 0)),
        Some('#') => comment(p, start).map(|()| Start::Whole(None)),
        Some('=' | '!' | '<') => look(p, token, verbose, start).map(|n| Start::Whole(Some(n))),
        Some('(') => condition(p, verbose, start).map(|n| Start::Whole(Some(n))),
        _ if flag_of(token).is_some() || token.is('-') => match flags(p, token)? {
            Some((add, del)) => Ok(plain_group(add, del)),
            None => {
                if !flags_allowed {
                    warn_flags(p, start);
                }
                if p.flags & flag::VERBOSE != 0 && !verbose {
                    return Err(Wrong::new(WrongKind::Verbose, ""));
                }
                Ok(Start::Whole(None))
            }
        },
        _ => p.source.fail(
            format!("unknown extension ?{}", token.text()),
            token.len() + 1,
        ),
    }
}

fn warn_flags(p: &mut Parser, start: usize) {
    let shown: Vec<u32> = p.source.points.iter().take(20).copied().collect();
    let quoted = if p.source.is_text {
        quoted(&shown)
    } else {
        let bytes: Vec<u8> = shown.iter().map(|p| *p as u8).collect();
        crate::vm::types::str_repr::bytes_repr(&bytes)
    };
    let more = if p.source.points.len() > 20 {
        " (truncated)"
    } else {
        ""
    };
    p.warnings.push((
        format!("Flags not at the start of the expression {quoted}{more} but at position {start}"),
        true,
    ));
}

/// `(?P<name>…)`, `(?P=name)`.
fn named(p: &mut Parser) -> Parsed<Start> {
    if p.source.take('<')? {
        let name = p.source.get_until('>', "group name")?;
        check_name(p, &name)?;
        return Ok(Start::Group {
            captures: true,
            name: Some(name),
            add: 0,
            del: 0,
        });
    }
    if p.source.take('=')? {
        let name = p.source.get_until(')', "group name")?;
        check_name(p, &name)?;
        let group = known_group(p, &name)?;
        if p.groups[group].is_none() {
            return p
                .source
                .fail("cannot refer to an open group", name.len() + 1);
        }
        p.check_lookbehind(group)?;
        return Ok(Start::Whole(Some(Node::Reference(group))));
    }
    match p.source.get()? {
        None => p.source.fail("unexpected end of pattern", 0),
        Some(token) => p.source.fail(
            format!("unknown extension ?P{}", token.text()),
            token.len() + 2,
        ),
    }
}

fn bad_name<T>(p: &Parser, name: &[u32]) -> Parsed<T> {
    p.source.fail(
        format!("bad character in group name {}", quoted(name)),
        name.len() + 1,
    )
}

fn check_name(p: &Parser, name: &[u32]) -> Parsed<()> {
    if is_name(name) {
        return Ok(());
    }
    bad_name(p, name)
}

fn known_group(p: &Parser, name: &[u32]) -> Parsed<usize> {
    match p.names.iter().find(|(known, _)| known == name) {
        Some((_, group)) => Ok(*group),
        None => p.source.fail(
            format!("unknown group name {}", quoted(name)),
            name.len() + 1,
        ),
    }
}

fn comment(p: &mut Parser, start: usize) -> Parsed<()> {
    loop {
        if p.source.next.is_none() {
            let back = p.source.tell() - start;
            return p.source.fail("missing ), unterminated comment", back);
        }
        if p.source.get()?.is_some_and(|t| t.is(')')) {
            return Ok(());
        }
    }
}

fn look(p: &mut Parser, token: Token, verbose: bool, start: usize) -> Parsed<Node> {
    let ahead = !token.is('<');
    let mut kind = token;
    let outer = p.lookbehind;
    if !ahead {
        let Some(next) = p.source.get()? else {
            return p.source.fail("unexpected end of pattern", 0);
        };
        if !next.is('=') && !next.is('!') {
            return p.source.fail(
                format!("unknown extension ?<{}", next.text()),
                next.len() + 2,
            );
        }
        kind = next;
        if outer.is_none() {
            p.lookbehind = Some(p.groups.len());
        }
    }
    let body = p.alternatives(verbose, false)?;
    if !ahead && outer.is_none() {
        p.lookbehind = None;
    }
    close(p, start)?;
    Ok(Node::Look {
        ahead,
        negated: kind.is('!'),
        body,
    })
}

/// `(?(1)yes|no)` after its second parenthesis.
fn condition(p: &mut Parser, verbose: bool, start: usize) -> Parsed<Node> {
    let name = p.source.get_until(')', "group name")?;
    let group = if is_name(&name) {
        known_group(p, &name)?
    } else {
        let Some(group) = group_number(&name) else {
            return bad_name(p, &name);
        };
        if group == 0 {
            return p.source.fail("bad group number", name.len() + 1);
        }
        if group >= MAX_GROUPS {
            let number: String = name.iter().filter_map(|p| char::from_u32(*p)).collect();
            let number = number.trim().trim_start_matches('+').to_string();
            return p
                .source
                .fail(format!("invalid group reference {number}"), name.len() + 1);
        }
        if p.conditions.iter().all(|(known, _)| *known != group) {
            let place = p.source.tell() - name.len() - 1;
            p.conditions.push((group, place));
        }
        group
    };
    p.check_lookbehind(group)?;
    p.nesting += 1;
    if p.nesting > p.max_nesting {
        return Err(Wrong::new(
            WrongKind::Recursion,
            "maximum recursion depth exceeded",
        ));
    }
    let yes = p.sequence(verbose, false)?;
    let no = if p.source.take('|')? {
        let no = p.sequence(verbose, false)?;
        if p.source.next.is_some_and(|t| t.is('|')) {
            return p
                .source
                .fail("conditional backref with more than two branches", 0);
        }
        Some(no)
    } else {
        None
    };
    p.nesting -= 1;
    close(p, start)?;
    Ok(Node::Condition { group, yes, no })
}

/// Flags after `(?`, from the first one on. `None`: they hold for the whole pattern and have been noted.
fn flags(p: &mut Parser, first: Token) -> Parsed<Option<(u32, u32)>> {
    let mut add = 0;
    let mut token = first;
    if !token.is('-') {
        token = added(p, first, &mut add)?;
        if token.is(')') {
            p.flags |= add;
            return Ok(None);
        }
    }
    if add & flag::GLOBAL != 0 {
        return p
            .source
            .fail("bad inline flags: cannot turn on global flag", 1);
    }
    let mut del = 0;
    if token.is('-') {
        removed(p, &mut del)?;
    }
    if del & flag::GLOBAL != 0 {
        return p
            .source
            .fail("bad inline flags: cannot turn off global flag", 1);
    }
    if add & del != 0 {
        return p.source.fail("bad inline flags: flag turned on and off", 1);
    }
    Ok(Some((add, del)))
}

fn not_a_flag<T>(p: &Parser, token: Token, missing: &str) -> Parsed<T> {
    let is_letter = !token.escaped && crate::vm::types::unicode_data::is_alpha(token.c);
    let message = if is_letter { "unknown flag" } else { missing };
    p.source.fail(message, token.len())
}

/// Flags that are turned on; answers the `)`, `-` or `:` behind them.
fn added(p: &mut Parser, first: Token, add: &mut u32) -> Parsed<Token> {
    let mut token = first;
    loop {
        let Some(flag) = flag_of(token) else {
            return not_a_flag(p, token, "missing -, : or )");
        };
        if p.source.is_text && flag == flag::LOCALE {
            return p.source.fail(
                "bad inline flags: cannot use 'L' flag with a str pattern",
                0,
            );
        }
        if !p.source.is_text && flag == flag::UNICODE {
            return p.source.fail(
                "bad inline flags: cannot use 'u' flag with a bytes pattern",
                0,
            );
        }
        *add |= flag;
        if flag & flag::TYPES != 0 && *add & flag::TYPES != flag {
            return p.source.fail(
                "bad inline flags: flags 'a', 'u' and 'L' are incompatible",
                0,
            );
        }
        match p.source.get()? {
            None => return p.source.fail("missing -, : or )", 0),
            Some(next) if next.is(')') || next.is('-') || next.is(':') => return Ok(next),
            Some(next) => token = next,
        }
    }
}

/// Flags that are turned off, and the colon behind them.
fn removed(p: &mut Parser, del: &mut u32) -> Parsed<()> {
    let Some(mut token) = p.source.get()? else {
        return p.source.fail("missing flag", 0);
    };
    if flag_of(token).is_none() {
        return not_a_flag(p, token, "missing flag");
    }
    loop {
        let Some(flag) = flag_of(token) else {
            return not_a_flag(p, token, "missing :");
        };
        if flag & flag::TYPES != 0 {
            return p.source.fail(
                "bad inline flags: cannot turn off flags 'a', 'u' and 'L'",
                0,
            );
        }
        *del |= flag;
        match p.source.get()? {
            None => return p.source.fail("missing :", 0),
            Some(next) if next.is(':') => return Ok(()),
            Some(next) => token = next,
        }
    }
}
