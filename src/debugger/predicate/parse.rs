//! From text to a predicate: `or`, `and`, `not`, comparisons, terms, in rising order of strength, as Python has them.
//!
//! Invariant: every error says the column and what could stand there. Start at [`Predicate::parse`].

use super::super::command::{ObjectRef, is_identifier};
use super::super::scan::{ParseError, Parsed, Scan, did_you_mean};
use super::{
    ATOMS, Atom, CompareOp, Expr, FUNCTIONS, Function, Operand, Order, Predicate, Term, Value,
};

const KEYWORDS: &[&str] = &["and", "or", "not", "in", "at"];

impl Predicate {
    /// Reads all that is left of the line, up to `at exit` or the end.
    pub fn parse(scan: &mut Scan) -> Parsed<Predicate> {
        let before = scan.rest();
        let expr = or(scan)?;
        let text = before[..before.len() - scan.rest().len()].trim_end();
        Ok(Predicate {
            text: text.to_owned(),
            expr,
        })
    }
}

fn keyword(scan: &mut Scan, word: &str) -> bool {
    let mut ahead = scan.clone();
    let found = ahead.identifier() == Some(word);
    if found {
        *scan = ahead;
    }
    found
}

fn or(scan: &mut Scan) -> Parsed<Expr> {
    let mut parts = vec![and(scan)?];
    while keyword(scan, "or") {
        parts.push(and(scan)?);
    }
    Ok(one_or(parts, Expr::Or))
}

fn and(scan: &mut Scan) -> Parsed<Expr> {
    let mut parts = vec![not(scan)?];
    while keyword(scan, "and") {
        parts.push(not(scan)?);
    }
    Ok(one_or(parts, Expr::And))
}

fn one_or(mut parts: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

fn not(scan: &mut Scan) -> Parsed<Expr> {
    if keyword(scan, "not") {
        return Ok(Expr::Not(Box::new(not(scan)?)));
    }
    let first = operand(scan)?;
    let mut rest = Vec::new();
    while let Some(op) = compare_op(scan)? {
        rest.push((op, operand(scan)?));
    }
    Ok(Expr::Compare { first, rest })
}

fn compare_op(scan: &mut Scan) -> Parsed<Option<CompareOp>> {
    // Longer ones first: `<=` begins with `<`.
    const SIGNS: [(&str, CompareOp); 6] = [
        ("==", CompareOp::Eq),
        ("!=", CompareOp::Ne),
        ("<=", CompareOp::Le),
        (">=", CompareOp::Ge),
        ("<", CompareOp::Lt),
        (">", CompareOp::Gt),
    ];
    for (sign, op) in SIGNS {
        if scan.accept_text(sign) {
            return Ok(Some(op));
        }
    }
    if scan.peek_char() == Some('=') {
        return Err(scan.error("a comparison").hint("equality is written `==`"));
    }
    if keyword(scan, "in") {
        return Ok(Some(CompareOp::In));
    }
    if keyword(scan, "not") {
        return match keyword(scan, "in") {
            true => Ok(Some(CompareOp::NotIn)),
            false => Err(scan.error("`in` after `not`")),
        };
    }
    Ok(None)
}

fn operand(scan: &mut Scan) -> Parsed<Operand> {
    let before = scan.rest();
    let term = term(scan)?;
    let text = before[..before.len() - scan.rest().len()].trim_end();
    Ok(Operand {
        text: text.to_owned(),
        term,
    })
}

fn term(scan: &mut Scan) -> Parsed<Term> {
    match scan.peek_char() {
        Some('"' | '\'') => Ok(Term::Literal(Value::Str(scan.quoted("a text")?))),
        Some('(') => group(scan),
        Some('[') => list(scan),
        Some('@') => label(scan),
        Some(c) if c.is_ascii_digit() || c == '-' || c == '.' => number(scan),
        Some(c) if c.is_alphabetic() || c == '_' => named(scan),
        _ => Err(scan.error("a value, an object or a function such as `alive(…)`")),
    }
}

fn group(scan: &mut Scan) -> Parsed<Term> {
    scan.accept_text("(");
    let inner = or(scan)?;
    if !scan.accept_text(")") {
        return Err(scan.error("`)`"));
    }
    Ok(Term::Group(Box::new(inner)))
}

fn list(scan: &mut Scan) -> Parsed<Term> {
    scan.accept_text("[");
    let mut items = Vec::new();
    while !scan.accept_text("]") {
        items.push(operand(scan)?);
        if scan.peek_char() != Some(']') && !scan.accept_text(",") {
            return Err(scan.error("`,` or `]`"));
        }
    }
    Ok(Term::List(items))
}

fn label(scan: &mut Scan) -> Parsed<Term> {
    scan.accept_text("@");
    match scan.identifier() {
        Some(name) => Ok(Term::Object(ObjectRef::Label(name.to_owned()))),
        None => Err(scan.error("a label's name after `@`")),
    }
}

fn number(scan: &mut Scan) -> Parsed<Term> {
    let rest = scan.rest();
    let mut previous = ' ';
    let end = rest
        .find(|c: char| {
            let exponent_sign = matches!(c, '+' | '-') && matches!(previous, 'e' | 'E' | ' ');
            previous = c;
            !(c.is_ascii_alphanumeric() || c == '.' || c == '_' || exponent_sign)
        })
        .unwrap_or(rest.len());
    let text = rest[..end].replace('_', "");
    let value = match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(n), _) => Value::Int(n),
        (_, Ok(x)) => Value::Float(x),
        _ => return Err(scan.error("a number")),
    };
    scan.take(end);
    Ok(Term::Literal(value))
}

/// What begins with a name: a literal, an atom, a function, an object, or a Python expression.
fn named(scan: &mut Scan) -> Parsed<Term> {
    let mut ahead = scan.clone();
    let name = ahead.identifier().expect("the caller saw a letter");
    let called = ahead.rest().starts_with('(');
    if KEYWORDS.contains(&name) {
        return Err(scan.error("a value, an object or a function"));
    }
    if called {
        return call(scan, name);
    }
    let plain = !ahead.rest().starts_with(['.', '[']);
    let literal = match name {
        "None" => Some(Value::None),
        "True" => Some(Value::Bool(true)),
        "False" => Some(Value::Bool(false)),
        _ => None,
    };
    if let Some(value) = literal {
        *scan = ahead;
        return Ok(Term::Literal(value));
    }
    if let Some((_, atom, _)) = ATOMS.iter().find(|(known, ..)| *known == name && plain) {
        *scan = ahead;
        return Ok(Term::Atom(*atom));
    }
    Ok(Term::Object(python(scan)?))
}

fn call(scan: &mut Scan, name: &str) -> Parsed<Term> {
    let function = FUNCTIONS.iter().find(|(known, ..)| *known == name);
    let mut ahead = scan.clone();
    ahead.identifier();
    let Some((_, function, _)) = function else {
        return match name {
            "survivors" => {
                *scan = ahead;
                let class = argument(scan)?;
                match is_identifier(class.trim()) {
                    true => Ok(Term::Survivors(class.trim().to_owned())),
                    false => Err(scan.error("a class's name before this, as in `survivors(Node)`")),
                }
            }
            "order" => {
                *scan = ahead;
                order(scan)
            }
            _ => {
                let error = unknown_function(scan, name);
                match python(scan) {
                    // A call of the script's own: `f(x)`. It must not look like a misspelt question.
                    Ok(object) if error.hint.is_none() => Ok(Term::Object(object)),
                    _ => Err(error),
                }
            }
        };
    };
    *scan = ahead;
    let text = argument(scan)?;
    if text.trim().is_empty() {
        return Err(scan.error(format!("an object inside `{name}(…)`")));
    }
    Ok(Term::Call(*function, ObjectRef::parse(&text)))
}

fn unknown_function(scan: &mut Scan, name: &str) -> ParseError {
    let known = FUNCTIONS.iter().map(|(known, ..)| *known);
    let error = scan.error("a function such as `alive(…)`");
    match did_you_mean(name, known.chain(["survivors", "order"])) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

fn order(scan: &mut Scan) -> Parsed<Term> {
    let start = scan.clone();
    match argument(scan)?.trim() {
        "del" => Ok(Term::Order(Order::Del)),
        "death" => Ok(Term::Order(Order::Death)),
        _ => {
            *scan = start;
            Err(scan.error("`(del)` or `(death)`"))
        }
    }
}

/// The text between `(` and its `)`.
fn argument(scan: &mut Scan) -> Parsed<String> {
    match balanced(scan.rest()) {
        Some(end) => {
            let text = scan.take(end);
            Ok(text[1..text.len() - 1].to_owned())
        }
        None => Err(scan.error("`(…)` that is closed")),
    }
}

/// The length of a bracketed text at the start, brackets inside quotes left alone.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// A name with `.attr`, `[item]` and `(call)` behind it, or `Node.1`.
fn python(scan: &mut Scan) -> Parsed<ObjectRef> {
    let rest = scan.rest();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    loop {
        let tail = &rest[end..];
        if let Some(after) = tail.strip_prefix('.') {
            end += 1 + after.find(|c| !is_word(c)).unwrap_or(after.len());
        } else if tail.starts_with(['(', '[']) {
            match balanced(tail) {
                Some(length) => end += length,
                None => {
                    scan.take(end);
                    return Err(scan.error("a bracket that is closed"));
                }
            }
        } else {
            return Ok(ObjectRef::parse(scan.take(end)));
        }
    }
}

/// All words that may begin or join a predicate, for completion.
pub fn words() -> Vec<&'static str> {
    let functions = FUNCTIONS
        .iter()
        .map(|(name, _, _): &(_, Function, _)| *name);
    let atoms = ATOMS.iter().map(|(name, _, _): &(_, Atom, _)| *name);
    functions
        .chain(["survivors", "order"])
        .chain(atoms)
        .collect()
}
