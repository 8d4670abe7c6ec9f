//! An object in a few characters, without asking it: no `__repr__` runs, no count moves.
//!
//! Knows payloads. Invariant: the text is short, on one line and safe.

use super::safe;
use crate::heap::{Obj, Payload};
use crate::vm::Machine;

/// Longest text of a str or int that is shown whole.
const LONGEST: usize = 32;

/// `'Jane'`, `3`, `list of 2`, `Person object`.
pub fn brief(vm: &Machine, o: Obj) -> String {
    let text = match vm.heap.payload(o) {
        Payload::Free(_) | Payload::Dead => "nothing".to_owned(),
        Payload::None => "None".to_owned(),
        Payload::Ellipsis => "Ellipsis".to_owned(),
        Payload::NotImplemented => "NotImplemented".to_owned(),
        Payload::Bool(true) => "True".to_owned(),
        Payload::Bool(false) => "False".to_owned(),
        Payload::Int(n) => n.to_string(),
        Payload::BigInt(n) => n.to_string(),
        Payload::Float(x) => float(*x),
        Payload::Complex(parts) => format!("({}{:+}j)", float(parts.0), parts.1),
        Payload::Str(text) => quoted(&text.lossy()),
        Payload::Bytes(bytes) => format!("b{}", quoted(&String::from_utf8_lossy(&bytes.data))),
        Payload::Tuple { n, .. } => sized("tuple", usize::from(*n)),
        Payload::TupleBig(items) => sized("tuple", items.len()),
        Payload::List(items) => sized("list", items.len()),
        Payload::Dict(dict) => sized("dict", dict.len()),
        Payload::Split { v, .. } => sized("dict", v.iter().filter(|o| !o.is_null()).count()),
        Payload::Class(_) => "class".to_owned(),
        Payload::Func(_) => "function".to_owned(),
        Payload::Module { .. } => "module".to_owned(),
        Payload::Weakref(weakref) if weakref.referent.is_null() => {
            "weak reference, dead".to_owned()
        }
        Payload::Weakref(weakref) => {
            format!(
                "weak reference to {}",
                super::sight::label(vm, weakref.referent)
            )
        }
        _ => format!("{} object", vm.type_name(o)),
    };
    safe::cut(&safe::one_line(&text), LONGEST + 8)
}

/// True for values that are written where they stand instead of being followed.
pub fn is_atom(vm: &Machine, o: Obj) -> bool {
    !super::sight::is_named(vm, o)
}

fn sized(kind: &str, n: usize) -> String {
    match n {
        0 => format!("empty {kind}"),
        n => format!("{kind} of {n}"),
    }
}

fn quoted(text: &str) -> String {
    let short = safe::cut(text, LONGEST);
    match short.contains('\'') && !short.contains('"') {
        true => format!("\"{short}\""),
        false => format!("'{}'", short.replace('\'', "\\'")),
    }
}

/// As `repr` has it for the figures that scripts use; the shortest that reads back.
fn float(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 {
            "inf".to_owned()
        } else {
            "-inf".to_owned()
        };
    }
    match x != 0.0 && !(1e-4..1e16).contains(&x.abs()) {
        true => format!("{x:e}"),
        false => format!("{x:?}"),
    }
}
