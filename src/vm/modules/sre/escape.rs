//! Escapes in patterns and sets: `\n`, `\x41`, `\d`, `\1`, `\N{BULLET}`.

use super::parse::Parser;
use super::source::{Parsed, Source, Token};
use super::tree::{At, Class, Node, SetItem};

/// What a control letter stands for.
pub fn control(c: u32) -> Option<u32> {
    Some(match char::from_u32(c)? {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

pub fn is_octal(c: char) -> bool {
    ('0'..='7').contains(&c)
}

pub fn is_letter(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| c.is_ascii_alphabetic())
}

/// `\d` and its like.
fn class(c: u32) -> Option<SetItem> {
    let (class, negated) = match char::from_u32(c)? {
        'd' => (Class::Digit, false),
        'D' => (Class::Digit, true),
        's' => (Class::Space, false),
        'S' => (Class::Space, true),
        'w' => (Class::Word, false),
        'W' => (Class::Word, true),
        _ => return None,
    };
    Some(SetItem::Class { class, negated })
}

fn at(c: u32) -> Option<At> {
    Some(match char::from_u32(c)? {
        'A' => At::BeginningOfString,
        'b' => At::Boundary,
        'B' => At::NonBoundary,
        'Z' => At::EndOfString,
        _ => return None,
    })
}

/// `\x41`, `\u1234`, `\U0001f600`, `\N{name}`; `None` if it is none of these.
fn by_code(source: &mut Source, token: Token) -> Parsed<Option<u32>> {
    let letter = char::from_u32(token.c).unwrap_or(' ');
    let digits = match letter {
        'x' => 2,
        'u' if source.is_text => 4,
        'U' if source.is_text => 8,
        'N' if source.is_text => return by_name(source).map(Some),
        _ => return Ok(None),
    };
    let text = source.get_while(digits, |c| c.is_ascii_hexdigit())?;
    if text.len() != digits {
        let shown = format!("incomplete escape \\{letter}{text}");
        return source.fail(shown, text.len() + 2);
    }
    match u32::from_str_radix(&text, 16) {
        Ok(code) if code <= 0x10ffff => Ok(Some(code)),
        _ => source.fail(format!("bad escape \\{letter}{text}"), text.len() + 2),
    }
}

fn by_name(source: &mut Source) -> Parsed<u32> {
    if !source.take('{')? {
        return source.fail("missing {", 0);
    }
    let name = source.get_until('}', "character name")?;
    let text: String = name.iter().filter_map(|p| char::from_u32(*p)).collect();
    match unicode_names2::character(&text) {
        Some(c) => Ok(c as u32),
        None => source.fail(
            format!("undefined character name {}", super::parse::quoted(&name)),
            name.len() + 4,
        ),
    }
}

fn octal(source: &Source, text: &str) -> Parsed<u32> {
    let code = u32::from_str_radix(text, 8).unwrap_or(u32::MAX);
    if code > 0o377 {
        let shown = format!("octal escape value \\{text} outside of range 0-0o377");
        return source.fail(shown, text.len() + 1);
    }
    Ok(code)
}

/// An escape in a set.
pub fn in_set(source: &mut Source, token: Token) -> Parsed<SetItem> {
    if let Some(code) = control(token.c) {
        return Ok(SetItem::Literal(code));
    }
    if let Some(item) = class(token.c) {
        return Ok(item);
    }
    if let Some(code) = by_code(source, token)? {
        return Ok(SetItem::Literal(code));
    }
    let letter = char::from_u32(token.c).unwrap_or(' ');
    if is_octal(letter) {
        let text = format!("{letter}{}", source.get_while(2, is_octal)?);
        return octal(source, &text).map(SetItem::Literal);
    }
    if letter.is_ascii_digit() || letter.is_ascii_alphabetic() {
        return source.fail(format!("bad escape \\{letter}"), 2);
    }
    Ok(SetItem::Literal(token.c))
}

/// An escape outside sets.
pub fn outside(parser: &mut Parser, token: Token) -> Parsed<Node> {
    if let Some(at) = at(token.c) {
        return Ok(Node::At(at));
    }
    if let Some(item) = class(token.c) {
        return Ok(Node::In {
            negated: false,
            items: vec![item],
        });
    }
    if let Some(code) = control(token.c) {
        return Ok(Node::Literal(code));
    }
    let source = &mut parser.source;
    if let Some(code) = by_code(source, token)? {
        return Ok(Node::Literal(code));
    }
    let letter = char::from_u32(token.c).unwrap_or(' ');
    if letter == '0' {
        let text = source.get_while(2, is_octal)?;
        return Ok(Node::Literal(u32::from_str_radix(&text, 8).unwrap_or(0)));
    }
    if letter.is_ascii_digit() {
        return number(parser, letter);
    }
    if letter.is_ascii_alphabetic() {
        return source.fail(format!("bad escape \\{letter}"), 2);
    }
    Ok(Node::Literal(token.c))
}

/// A group's number, or three octal digits.
fn number(parser: &mut Parser, first: char) -> Parsed<Node> {
    let source = &mut parser.source;
    let mut text = first.to_string();
    if let Some(second) = source.peek(|c| c.is_ascii_digit()) {
        text.push(second);
        source.get()?;
        if is_octal(first)
            && is_octal(second)
            && let Some(third) = source.peek(is_octal)
        {
            text.push(third);
            source.get()?;
            return octal(source, &text).map(Node::Literal);
        }
    }
    let group: usize = text.parse().unwrap_or(usize::MAX);
    if group >= parser.groups.len() {
        return source.fail(format!("invalid group reference {group}"), text.len());
    }
    if parser.groups[group].is_none() {
        return source.fail("cannot refer to an open group", text.len() + 1);
    }
    parser.check_lookbehind(group)?;
    Ok(Node::Reference(group))
}
