//! What all views of one moment share: which objects are worth a row, what they are called, who holds them.
//!
//! Reads a session's machine, never changes it. Invariant: an object is called the same in every view of a moment, and whatever is
//! left out is counted in `folded`. Start at [`Sight::of`].

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::safe;
use crate::debugger::queries::owners::{self, Names};
use crate::debugger::queries::references::{self, Holder, Reference};
use crate::debugger::{Session, StopKind};
use crate::heap::{NULL, Obj, Payload};
use crate::vm::Machine;
use crate::vm::frame::Cont;

/// Rows in a table beyond this are counted, not listed: a screen is made at every stop.
pub const ROWS_AT_MOST: usize = 400;

/// One moment, looked at.
pub struct Sight<'a> {
    pub session: &'a Session,
    pub vm: &'a Machine,
    /// The machine at the stop before this one.
    pub before: Option<&'a Machine>,
    /// Objects with rows of their own, in order of birth.
    pub shown: Vec<Obj>,
    /// Objects of the script that have none.
    pub folded: usize,
    /// Everything of the script's, shown or not.
    pub own: HashSet<Obj>,
    /// Held by counts, reached by nobody.
    pub isolated: BTreeSet<Obj>,
    /// Who holds each object of the script's.
    pub holders: HashMap<Obj, Vec<Reference>>,
    names: Names<'a>,
    /// Objects alive at the stop before, by serial.
    pub past: BTreeMap<u32, Obj>,
    /// Serials of all named objects alive now.
    pub alive: HashSet<u32>,
    /// The stop before is earlier in time.
    pub forward: bool,
    /// Their `__del__` runs now.
    pub finalizing: BTreeSet<Obj>,
}

impl<'a> Sight<'a> {
    pub fn of(session: &'a Session) -> Sight<'a> {
        let vm = session.machine();
        let reached = reach_all(vm);
        let own = reach_own(vm);
        let named: Vec<Obj> = vm.heap.objects().filter(|o| is_named(vm, *o)).collect();
        let isolated: BTreeSet<Obj> = named
            .iter()
            .copied()
            .filter(|o| !reached.contains(o))
            .collect();
        let own: HashSet<Obj> = named
            .iter()
            .copied()
            .filter(|o| own.contains(o) || isolated.contains(o))
            .collect();
        let holders = holders(vm, &own);
        let mut shown: Vec<Obj> = own.iter().copied().collect();
        shown.retain(|o| isolated.contains(o) || is_worth_a_row(vm, *o, &holders));
        shown.sort_by_key(|o| serial(vm, *o));
        shown.truncate(ROWS_AT_MOST);
        let before = session.previous();
        let past = before.map_or_else(BTreeMap::new, |past| {
            let named = past.heap.objects().filter(|o| is_named(past, *o));
            named.map(|o| (serial(past, o), o)).collect()
        });
        let folded = own.len() - shown.len();
        let alive = named.iter().map(|o| serial(vm, *o)).collect();
        let forward = before.is_some_and(|past| past.moment() <= vm.moment());
        let finalizing = finalizing(session);
        Sight {
            session,
            vm,
            before,
            shown,
            folded,
            own,
            isolated,
            holders,
            names: Names::new(vm),
            past,
            alive,
            forward,
            finalizing,
        }
    }

    pub fn name(&self, o: Obj) -> Option<String> {
        name(self.vm, o)
    }

    /// How the object is titled: by its own name where it has one (`class Person`, `function f`), else `Person.1`.
    pub fn label(&self, o: Obj) -> String {
        label(self.vm, o)
    }

    /// Who holds the object, one text for each count, oldest owner first.
    pub fn owners(&self, o: Obj) -> Vec<String> {
        let mut held: Vec<&Reference> = self.holders.get(&o).into_iter().flatten().collect();
        held.sort_by_key(|reference| self.names.age(reference));
        held.into_iter()
            .map(|reference| safe::one_line(&self.names.text(reference)))
            .collect()
    }

    /// Has a row of its own.
    pub fn is_shown(&self, o: Obj) -> bool {
        self.shown
            .binary_search_by_key(&serial(self.vm, o), |o| serial(self.vm, *o))
            .is_ok()
    }

    /// Made since the stop before.
    pub fn is_new(&self, o: Obj) -> bool {
        self.forward && self.past(o).is_none()
    }

    /// How an object that is gone now has died, as far as the stop tells.
    pub fn cause_of_death(&self, serial: u32) -> String {
        let then = self.before.zip(self.past.get(&serial));
        let name = then.and_then(|(vm, o)| name(vm, *o));
        match &self.session.stop().kind {
            StopKind::Death { object, cause } if Some(object.to_string()) == name => {
                cause.to_string()
            }
            _ => match self
                .before
                .and_then(|vm| vm.frames.len().checked_sub(1).map(|top| vm.frame_line(top)))
            {
                Some(line) => format!("since line {line}"),
                None => String::new(),
            },
        }
    }

    /// The same object at the stop before.
    pub fn past(&self, o: Obj) -> Option<Obj> {
        self.past.get(&serial(self.vm, o)).copied()
    }
}

pub fn serial(vm: &Machine, o: Obj) -> u32 {
    vm.heap.births.of(o).serial
}

pub fn is_named(vm: &Machine, o: Obj) -> bool {
    vm.heap.births.of(o).ordinal > 0
}

/// `Person.1`; none for atoms and for what the interpreter made for itself.
pub fn name(vm: &Machine, o: Obj) -> Option<String> {
    let birth = vm.heap.births.of(o);
    let kind = vm.heap.births.kind_name(birth.kind);
    (birth.ordinal > 0).then(|| safe::one_line(&format!("{kind}.{}", birth.ordinal)))
}

/// The object of this serial, if it lives.
pub fn find(vm: &Machine, wanted: u32) -> Option<Obj> {
    vm.heap.objects().find(|o| serial(vm, *o) == wanted)
}

/// What owners call it: a class by its name, `Person.1`, a plain value by its repr.
pub fn label(vm: &Machine, o: Obj) -> String {
    safe::one_line(&owners::display(vm, o))
}

/// Objects whose finaliser runs, or is about to.
fn finalizing(session: &Session) -> BTreeSet<Obj> {
    let vm = session.machine();
    let running = vm
        .frames
        .iter()
        .filter(|frame| frame.name() == "__del__" && frame.cont == Cont::Native);
    let mut found: BTreeSet<Obj> = running
        .map(|frame| vm.stack[frame.base])
        .filter(|o| !o.is_null())
        .collect();
    if let StopKind::Del { object, .. } = &session.stop().kind {
        let wanted = object.to_string();
        found.extend(
            vm.heap
                .objects()
                .find(|o| name(vm, *o).as_ref() == Some(&wanted)),
        );
    }
    found
}

/// Everything that can be reached from anywhere outside the heap.
pub fn reach_all(vm: &Machine) -> HashSet<Obj> {
    let mut roots = Vec::new();
    vm.roots(|_, o| roots.push(o));
    reach(vm, roots, |_| true)
}

/// What the script's own names and frames reach without passing through modules: not what a module keeps for itself.
fn reach_own(vm: &Machine) -> HashSet<Obj> {
    let mut roots = vec![vm.main_dict];
    for frame in &vm.frames {
        roots.extend(&vm.stack[frame.base..frame.end().min(vm.stack.len())]);
        roots.push(frame.locals);
    }
    roots.retain(|o| !o.is_null());
    let foreign = foreign_dicts(vm);
    reach(vm, roots, |o| {
        !foreign.contains(&o) && !matches!(vm.heap.payload(o), Payload::Module { .. })
    })
}

/// The namespaces of all modules but the script's.
fn foreign_dicts(vm: &Machine) -> HashSet<Obj> {
    let mut foreign = HashSet::from([vm.builtins, vm.sys_dict, vm.sys_modules]);
    for o in vm.heap.objects() {
        if let Payload::Module { dict } = vm.heap.payload(o) {
            foreign.insert(*dict);
        }
    }
    foreign.remove(&vm.main_dict);
    foreign
}

fn reach(vm: &Machine, roots: Vec<Obj>, enter: impl Fn(Obj) -> bool) -> HashSet<Obj> {
    let mut reached = HashSet::new();
    let mut waiting = roots;
    while let Some(o) = waiting.pop() {
        if o == NULL || !vm.heap.is_live(o) || !reached.insert(o) || !enter(o) {
            continue;
        }
        vm.heap.edges(o, |_, to| {
            if !reached.contains(&to) {
                waiting.push(to);
            }
        });
    }
    reached
}

/// One pass over the heap and the roots: every counted reference to the objects of a set.
fn holders(vm: &Machine, of: &HashSet<Obj>) -> HashMap<Obj, Vec<Reference>> {
    let mut holders: HashMap<Obj, Vec<Reference>> = HashMap::new();
    references::all(vm, |reference| {
        if of.contains(&reference.target) {
            holders.entry(reference.target).or_default().push(reference);
        }
    });
    holders
}

/// The script's data: not its code, and not what classes keep to be classes.
fn is_worth_a_row(vm: &Machine, o: Obj, holders: &HashMap<Obj, Vec<Reference>>) -> bool {
    let held_only = |by: &dyn Fn(Obj) -> bool| {
        let held_so = |reference: &Reference| match reference.holder {
            Holder::Object(holder, _) => by(holder),
            Holder::Root(_) => false,
        };
        holders
            .get(&o)
            .is_some_and(|held| !held.is_empty() && held.iter().all(held_so))
    };
    let is_class = |o: Obj| vm.heap.is_class(o);
    match vm.heap.payload(o) {
        Payload::Func(function) => !function.closure.is_null(),
        Payload::Code(_)
        | Payload::Builtin(_)
        | Payload::MethodDescr { .. }
        | Payload::GetSetDescr { .. }
        | Payload::WrapperDescr { .. }
        | Payload::Member(_)
        | Payload::Module { .. }
        | Payload::Property(_)
        | Payload::StaticMethod(_)
        | Payload::ClassMethod(_)
        | Payload::MappingProxy(_)
        | Payload::Cell(_) => false,
        Payload::Tuple { .. } | Payload::TupleBig(_) => {
            let code = |by: Obj| {
                is_class(by) || matches!(vm.heap.payload(by), Payload::Code(_) | Payload::Func(_))
            };
            !held_only(&code)
        }
        Payload::Dict(_) | Payload::Split { .. } => o != vm.main_dict && !held_only(&is_class),
        Payload::Weakref(_) => !held_only(&is_class),
        _ => true,
    }
}
