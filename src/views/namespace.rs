//! Names and what they are bound to: the frame's locals and the module's globals.
//!
//! Shows names, never objects without one. Invariant: rows are in the order of binding, as the dict or the frame has them.

use std::collections::HashMap;
use std::rc::Rc;

use super::sight::Sight;
use super::{safe, value};
use crate::bytecode::opcode::Op;
use crate::heap::{Obj, Payload};
use crate::vm::Machine;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamespaceView {
    /// The frame's own names first, then the module's; one scope at module level.
    pub scopes: Vec<Scope>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// `<module>` or the function's name.
    pub title: String,
    pub rows: Vec<NameRow>,
    /// Names left out because the interpreter made them (`__name__`, `__builtins__`, …).
    pub hidden: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameRow {
    pub name: String,
    /// `Person.1`; `None` for values that are not followed (small ints, None).
    pub object: Option<String>,
    /// How the object is titled where it is not by that name: a class by its own. Empty: as `object`.
    pub label: String,
    /// A short value: `Person object`, `'Jane'`, `3`, `class`, `module`.
    pub value: String,
    pub change: NameChange,
    /// The step about to run unbinds this name.
    pub goes: bool,
}

impl NameRow {
    /// What stands in the column of objects.
    pub fn title(&self) -> &str {
        match &self.object {
            Some(_) if !self.label.is_empty() => &self.label,
            Some(object) => object,
            None => "",
        }
    }
}

/// What happened to the name since the last stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameChange {
    #[default]
    Same,
    New,
    Rebound,
    /// Kept for one stop, so that its going is seen.
    Gone,
}

impl NameChange {
    /// The word beside the row, so that colour is not needed.
    pub fn word(self) -> &'static str {
        match self {
            NameChange::Same => "",
            NameChange::New => "new",
            NameChange::Rebound => "rebound",
            NameChange::Gone => "gone",
        }
    }
}

/// The frame's own names, innermost first, and the module's.
pub fn of(sight: &Sight) -> NamespaceView {
    let vm = sight.vm;
    let going = going(sight);
    let mut scopes = Vec::new();
    if let Some(index) = sight.session.shown_frame()
        && let frame = &vm.frames[index]
        && (frame.locals.is_null() || frame.locals != vm.main_dict)
    {
        let title = safe::one_line(frame.name());
        let here = locals(vm, index);
        let past = sight.before.map(|past| match past.frames.get(index) {
            Some(then) if Rc::ptr_eq(&then.code, &frame.code) => locals(past, index),
            _ => Vec::new(),
        });
        let goes = |name: &str| going.as_ref().is_some_and(|(n, local)| *local && n == name);
        scopes.push(scope(sight, title, here, past, &goes));
    }
    let past = sight.before.map(|past| entries(past, past.main_dict));
    let at_module = scopes.is_empty();
    let goes = |name: &str| {
        going
            .as_ref()
            .is_some_and(|(n, local)| (at_module || !*local) && n == name)
    };
    scopes.push(scope(
        sight,
        "<module>".to_owned(),
        entries(vm, vm.main_dict),
        past,
        &goes,
    ));
    NamespaceView { scopes }
}

type Bound = Vec<(String, Obj)>;

fn scope(
    sight: &Sight,
    title: String,
    now: Bound,
    past: Option<Bound>,
    goes: &dyn Fn(&str) -> bool,
) -> Scope {
    let hidden = now.iter().filter(|(name, _)| is_internal(name)).count();
    let then: HashMap<&str, Obj> = past
        .iter()
        .flatten()
        .map(|(name, o)| (name.as_str(), *o))
        .collect();
    let mut rows = Vec::new();
    for (name, o) in now.iter().filter(|(name, _)| !is_internal(name)) {
        let change = match (then.get(name.as_str()), &past) {
            (_, None) => NameChange::Same,
            (None, Some(_)) => NameChange::New,
            (Some(old), Some(_)) if same(sight, *old, *o) => NameChange::Same,
            (Some(_), Some(_)) => NameChange::Rebound,
        };
        rows.push(NameRow {
            name: safe::one_line(name),
            object: followed(sight.vm, *o),
            label: super::sight::label(sight.vm, *o),
            value: value::brief(sight.vm, *o),
            change,
            goes: goes(name),
        });
    }
    let gone = past.iter().flatten().filter(|(name, _)| !is_internal(name));
    for (name, old) in gone.filter(|(name, _)| !now.iter().any(|(n, _)| n == name)) {
        let then = sight
            .before
            .expect("a past scope comes from a past machine");
        rows.push(NameRow {
            name: safe::one_line(name),
            object: followed(then, *old),
            label: super::sight::label(then, *old),
            value: value::brief(then, *old),
            change: NameChange::Gone,
            goes: false,
        });
    }
    Scope {
        title,
        rows,
        hidden,
    }
}

/// The object's name, for objects whose life is shown.
fn followed(vm: &Machine, o: Obj) -> Option<String> {
    let is_module = matches!(vm.heap.payload(o), Payload::Module { .. });
    super::sight::name(vm, o).filter(|_| !is_module)
}

/// The same object at both stops; atoms by what they are worth.
fn same(sight: &Sight, old: Obj, now: Obj) -> bool {
    let Some(then) = sight.before else {
        return false;
    };
    let (a, b) = (then.heap.births.of(old), sight.vm.heap.births.of(now));
    match a.ordinal > 0 || b.ordinal > 0 {
        true => a.serial == b.serial,
        false => value::brief(then, old) == value::brief(sight.vm, now),
    }
}

/// `__name__`, `__builtins__`, …
fn is_internal(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__")
}

/// Names and values of a namespace, in the dict's order.
pub fn entries(vm: &Machine, dict: Obj) -> Bound {
    let mut bound = Vec::new();
    match vm.heap.base(dict) {
        Payload::Dict(dict) => {
            let mut at = 0;
            while let Some((n, entry)) = dict.next_entry(at) {
                bound.push((vm.text(entry.key), entry.value));
                at = n + 1;
            }
        }
        Payload::Split { n, shape, v } => {
            let names = vm
                .heap
                .shapes
                .names(*shape)
                .iter()
                .zip(&v[..usize::from(*n)]);
            bound.extend(
                names
                    .filter(|(_, o)| !o.is_null())
                    .map(|(name, o)| (vm.text(*name), *o)),
            );
        }
        _ => {}
    }
    bound
}

/// Names and values of a running frame: of its namespace, or its locals, cells and free variables.
pub fn locals(vm: &Machine, index: usize) -> Bound {
    let frame = &vm.frames[index];
    if !frame.locals.is_null() {
        return entries(vm, frame.locals);
    }
    let code = &frame.code;
    let names = code
        .varnames
        .iter()
        .chain(&code.cellvars)
        .chain(&code.freevars);
    let values = &vm.stack[frame.base..frame.stack_base()];
    let bound = names
        .zip(values)
        .filter(|(_, o)| !o.is_null())
        .filter_map(|(name, o)| {
            let o = match vm.heap.payload(*o) {
                Payload::Cell(contents) => contents.some()?,
                _ => *o,
            };
            Some((vm.text(*name), o))
        });
    bound.collect()
}

/// The name that the next instruction unbinds, and whether it is a local's.
fn going(sight: &Sight) -> Option<(String, bool)> {
    let vm = sight.vm;
    let frame = vm
        .frames
        .last()
        .filter(|_| sight.session.shown_frame() == Some(vm.frames.len() - 1))?;
    let ins = frame.code.ins.get(vm.pc as usize)?;
    let at = ins.arg as usize;
    let code = &frame.code;
    let name = match ins.op {
        Op::DeleteName | Op::DeleteGlobal => *code.names.get(at)?,
        Op::DeleteFast => *code.varnames.get(at)?,
        Op::DeleteDeref => *code.cellvars.iter().chain(&code.freevars).nth(at)?,
        _ => return None,
    };
    Some((vm.text(name), ins.op != Op::DeleteGlobal))
}
