//! Replacement texts: `\1`, `\g<name>`, and the escapes of patterns.

use super::escape::{control, is_letter, is_octal};
use super::group::{MAX_GROUPS, group_number, is_name};
use super::parse::quoted;
use super::source::{Parsed, Source, Token, Wrong, WrongKind};
use super::{points_of, problem_of};
use crate::heap::payload::StrObj;
use crate::heap::{Obj, Payload};
use crate::vm::{Args, Machine, PyResult};

enum Piece {
    Literal(Vec<u32>),
    Group(usize),
}

struct Template {
    source: Source,
    pieces: Vec<Piece>,
    groups: usize,
    names: Vec<(Vec<u32>, usize)>,
}

/// `_sre.template(source, groups, groupindex)`: what `parse_template` of CPython answers for a pattern with so many groups and a dict
/// of their names, and what is wrong or None.
pub fn parse(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (text, groups, index) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    let (points, is_text) = points_of(&vm.searchable(text)?);
    let groups = super::pattern::size(vm, groups, 0)?.max(0) as usize;
    if !matches!(vm.heap.base(index), Payload::Dict(_)) {
        return vm.type_error("groupindex must be a dict".to_string());
    }
    let mut names = Vec::new();
    for (name, number) in vm.heap.dict_items(index) {
        if let (Some(text), Some(number)) = (vm.heap.str(name), vm.as_i64(number)) {
            names.push((text.points().collect(), number as usize));
        }
    }
    match read(points, is_text, groups, names) {
        Ok(pieces) => Ok(answer(vm, pieces, is_text)),
        Err(wrong) => {
            let none = vm.new_none();
            let problem = problem_of(vm, &wrong);
            Ok(vm.new_tuple(vec![none, problem]))
        }
    }
}

/// `((groups, literals), None)`.
fn answer(vm: &mut Machine, pieces: Vec<Piece>, is_text: bool) -> Obj {
    let (mut groups, mut literals) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Literal(points) if is_text => {
                literals.push(vm.new_str_obj(StrObj::from_points(points)));
            }
            Piece::Literal(points) => {
                literals.push(vm.new_bytes(points.iter().map(|p| *p as u8).collect()));
            }
            Piece::Group(index) => {
                let pair = vec![vm.new_int(literals.len() as i64), vm.new_int(index as i64)];
                groups.push(vm.new_tuple(pair));
                literals.push(vm.new_none());
            }
        }
    }
    let pair = vec![vm.new_list(groups), vm.new_list(literals)];
    let pair = vm.new_tuple(pair);
    let none = vm.new_none();
    vm.new_tuple(vec![pair, none])
}

fn read(
    points: Vec<u32>,
    is_text: bool,
    groups: usize,
    names: Vec<(Vec<u32>, usize)>,
) -> Parsed<Vec<Piece>> {
    let mut template = Template {
        source: Source::new(points, is_text)?,
        pieces: Vec::new(),
        groups,
        names,
    };
    while let Some(token) = template.source.get()? {
        if token.escaped {
            template.escape(token)?;
        } else {
            template.literal(token.c);
        }
    }
    Ok(template.pieces)
}

impl Template {
    fn literal(&mut self, c: u32) {
        match self.pieces.last_mut() {
            Some(Piece::Literal(points)) => points.push(c),
            _ => self.pieces.push(Piece::Literal(vec![c])),
        }
    }

    fn group(&mut self, index: usize, back: usize) -> Parsed<()> {
        if index > self.groups {
            return self
                .source
                .fail(format!("invalid group reference {index}"), back);
        }
        self.pieces.push(Piece::Group(index));
        Ok(())
    }

    fn escape(&mut self, token: Token) -> Parsed<()> {
        match char::from_u32(token.c) {
            Some('g') => self.named(),
            Some('0') => {
                let digits = self.source.get_while(2, is_octal)?;
                let code = u32::from_str_radix(&digits, 8).unwrap_or(0);
                self.literal(code & 0xff);
                Ok(())
            }
            Some(digit) if digit.is_ascii_digit() => self.number(digit),
            _ => {
                if let Some(c) = control(token.c) {
                    self.literal(c);
                    return Ok(());
                }
                if is_letter(token.c) {
                    return self.source.fail(format!("bad escape {}", token.text()), 2);
                }
                // What is not known stays as it is.
                self.literal(u32::from(b'\\'));
                self.literal(token.c);
                Ok(())
            }
        }
    }

    fn named(&mut self) -> Parsed<()> {
        if !self.source.take('<')? {
            return self.source.fail("missing <", 0);
        }
        let name = self.source.get_until('>', "group name")?;
        let back = name.len() + 1;
        if is_name(&name) {
            let known = self.names.iter().find(|(known, _)| *known == name);
            let Some((_, index)) = known else {
                let message = format!("unknown group name {}", quoted(&name));
                return Err(Wrong::new(WrongKind::Index, &message));
            };
            let index = *index;
            return self.group(index, back);
        }
        let Some(index) = group_number(&name) else {
            let message = format!("bad character in group name {}", quoted(&name));
            return self.source.fail(message, back);
        };
        if index >= MAX_GROUPS {
            let text: String = name.iter().filter_map(|p| char::from_u32(*p)).collect();
            let message = format!("invalid group reference {}", text.trim());
            return self.source.fail(message, back);
        }
        self.group(index, back)
    }

    fn number(&mut self, first: char) -> Parsed<()> {
        let mut text = first.to_string();
        if let Some(second) = self.source.peek(|c| c.is_ascii_digit()) {
            text.push(second);
            self.source.get()?;
            if is_octal(first)
                && is_octal(second)
                && let Some(third) = self.source.peek(is_octal)
            {
                text.push(third);
                self.source.get()?;
                let code = u32::from_str_radix(&text, 8).unwrap_or(u32::MAX);
                if code > 0o377 {
                    let message = format!("octal escape value \\{text} outside of range 0-0o377");
                    return self.source.fail(message, text.len() + 1);
                }
                self.literal(code);
                return Ok(());
            }
        }
        let index = text.parse().unwrap_or(usize::MAX);
        self.group(index, text.len())
    }
}
