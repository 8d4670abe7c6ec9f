//! What all views of one moment share: which objects are worth a row, what they are called, who holds them.
//!
//! Reads a session's machine, never changes it. Invariant: an object is called the same in every view of a moment, and whatever is
//! left out is counted in `folded`. It is made at every stop, so it walks the heap a fixed number of times, with one flag a slot.
//! Start at [`Sight::of`].

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::safe;
use crate::debugger::queries::owners::{self, Names};
use crate::debugger::queries::references::{self, Holder, Reference};
use crate::debugger::{Session, StopKind};
use crate::heap::{Obj, Payload};
use crate::vm::Machine;
use crate::vm::frame::Cont;
use crate::vm::roots::Root;

/// Rows in a table beyond this are counted, not listed: a screen is made at every stop.
pub const ROWS_AT_MOST: usize = 400;
/// Owners of one object that are listed; the command `owners` lists them all.
pub const OWNERS_AT_MOST: usize = 100;
/// Objects that the picture hears of, nearest to the script's names first; it shows some forty of them.
pub const PICTURED_AT_MOST: usize = 20_000;

/// A set of objects: one flag a slot.
pub struct Set(Vec<bool>);

impl Set {
    fn new(vm: &Machine) -> Set {
        Set(vec![false; vm.heap.slot_count()])
    }

    pub fn contains(&self, o: Obj) -> bool {
        self.0.get(o.0 as usize).is_some_and(|known| *known)
    }

    /// True if it was not in the set before.
    fn insert(&mut self, o: Obj) -> bool {
        !std::mem::replace(&mut self.0[o.0 as usize], true)
    }
}

/// One moment, looked at.
pub struct Sight<'a> {
    pub session: &'a Session,
    pub vm: &'a Machine,
    /// The machine at the stop before this one.
    pub before: Option<&'a Machine>,
    /// The stop before is earlier in time.
    pub forward: bool,
    /// Objects with rows of their own, in order of birth.
    pub shown: Vec<Obj>,
    /// Objects of the script's that have none.
    pub folded: usize,
    /// The script's objects, nearest to its names first, isolated ones at the end; at most [`PICTURED_AT_MOST`].
    pub own: Vec<Obj>,
    /// Held by counts, reached by nobody.
    pub isolated: BTreeSet<Obj>,
    /// Their `__del__` runs now.
    pub finalizing: BTreeSet<Obj>,
    /// Who holds each object that has a row.
    holders: HashMap<Obj, Vec<Reference>>,
    names: Names<'a>,
}

impl<'a> Sight<'a> {
    pub fn of(session: &'a Session) -> Sight<'a> {
        let vm = session.machine();
        let Chosen {
            shown,
            own,
            isolated,
            total,
        } = choose(vm);
        let before = session.previous();
        Sight {
            session,
            vm,
            before,
            forward: before.is_some_and(|past| past.moment() <= vm.moment()),
            folded: total - shown.len(),
            holders: holders(vm, &shown),
            shown,
            own,
            isolated,
            finalizing: finalizing(session),
            names: Names::new(vm),
        }
    }

    pub fn name(&self, o: Obj) -> Option<String> {
        name(self.vm, o)
    }

    /// How the object is titled: a class by its name, else `Person.1`.
    pub fn label(&self, o: Obj) -> String {
        label(self.vm, o)
    }

    /// Who holds the object, one text for each count, oldest owner first; and how many more there are than [`OWNERS_AT_MOST`].
    pub fn owners(&self, o: Obj) -> (Vec<String>, usize) {
        let mut held: Vec<&Reference> = self.holders.get(&o).into_iter().flatten().collect();
        held.sort_by_key(|reference| self.names.age(reference));
        let more = held.len().saturating_sub(OWNERS_AT_MOST);
        held.truncate(OWNERS_AT_MOST);
        let text = |reference: &Reference| safe::one_line(&self.names.text(reference));
        (held.into_iter().map(text).collect(), more)
    }

    /// Has a row of its own.
    pub fn is_shown(&self, o: Obj) -> bool {
        let wanted = serial(self.vm, o);
        self.shown
            .binary_search_by_key(&wanted, |o| serial(self.vm, *o))
            .is_ok()
    }

    /// Whether the object was there at the stop before: an object keeps its slot for life.
    pub fn past(&self, o: Obj) -> Option<Obj> {
        let then = self.before?;
        let there = (o.0 as usize) < then.heap.slot_count() && then.heap.is_live(o);
        (there && serial(then, o) == serial(self.vm, o)).then_some(o)
    }

    /// Made since the stop before.
    pub fn is_new(&self, o: Obj) -> bool {
        self.forward && self.past(o).is_none()
    }

    /// What was there at the stop before and is dead now, by slots of the machine before.
    pub fn gone(&self) -> Vec<Obj> {
        let Some(then) = self.before.filter(|_| self.forward) else {
            return Vec::new();
        };
        let lives_on = |o: Obj| serial(then, o) == serial(self.vm, o) && self.vm.heap.is_live(o);
        then.heap
            .objects()
            .filter(|o| is_named(then, *o) && !lives_on(*o))
            .collect()
    }

    /// How an object that is gone now has died, as far as the stop tells: of a longer way here, only where it began.
    pub fn cause_of_death(&self, o: Obj) -> String {
        let Some(then) = self.before else {
            return String::new();
        };
        let name = name(then, o);
        match &self.session.stop().kind {
            StopKind::Death { object, cause } if Some(object.to_string()) == name => {
                cause.to_string()
            }
            _ => match then.frames.len().checked_sub(1) {
                Some(top) => format!("freed since line {}", then.frame_line(top)),
                None => String::new(),
            },
        }
    }
}

/// What a machine's objects come to.
pub struct Chosen {
    pub shown: Vec<Obj>,
    pub own: Vec<Obj>,
    pub isolated: BTreeSet<Obj>,
    total: usize,
}

/// Which objects are the script's, which of them are worth a row, which are isolated.
pub fn choose(vm: &Machine) -> Chosen {
    let reached = reach_all(vm);
    let mut own = reach_own(vm);
    // What nothing holds at all is on its way from where it was made to who wanted it.
    let held = held_by_objects(vm);
    let stray = |o: &Obj| is_named(vm, *o) && !reached.contains(*o) && held.contains(*o);
    let isolated: BTreeSet<Obj> = vm.heap.objects().filter(stray).collect();
    own.retain(|o| is_named(vm, *o) && !isolated.contains(o));
    let total = own.len() + isolated.len();
    own.truncate(PICTURED_AT_MOST.saturating_sub(isolated.len()));
    own.extend(&isolated);
    let mut known = Set::new(vm);
    for o in &own {
        known.insert(*o);
    }
    for o in &isolated {
        vm.heap.edges(*o, |_, to| {
            if is_named(vm, to) && known.insert(to) {
                own.push(to);
            }
        });
    }
    let machinery = held_by_machinery(vm);
    let mut shown = own.clone();
    shown.retain(|o| isolated.contains(o) || is_worth_a_row(vm, *o, &machinery));
    shown.truncate(ROWS_AT_MOST);
    shown.sort_by_key(|o| serial(vm, *o));
    Chosen {
        shown,
        own,
        isolated,
        total,
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
    let this = running.map(|frame| vm.stack[frame.base]);
    let mut found: BTreeSet<Obj> = this.filter(|o| !o.is_null()).collect();
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

/// Everything that can be reached from outside the heap. What only the collector holds, while it works, is not: it holds the garbage
/// that it is about to free.
pub fn reach_all(vm: &Machine) -> Set {
    let collecting = vm.collection.is_some();
    let mut waiting = VecDeque::new();
    vm.roots(|root, o| match root {
        Root::Gc => {}
        Root::Temporary { .. } if collecting => {}
        _ => waiting.push_back(o),
    });
    let mut reached = Set::new(vm);
    while let Some(o) = waiting.pop_front() {
        if !o.is_null() && vm.heap.is_live(o) && reached.insert(o) {
            vm.heap.edges(o, |_, to| waiting.push_back(to));
        }
    }
    reached
}

/// What the script's own names and frames reach, nearest first, without passing through modules: not what a module keeps for itself.
fn reach_own(vm: &Machine) -> Vec<Obj> {
    let mut waiting = VecDeque::from([vm.main_dict]);
    vm.roots(|root, o| match root {
        Root::Interpreter(_) => {}
        _ => waiting.push_back(o),
    });
    let mut reached = foreign_dicts(vm);
    let mut order = Vec::new();
    while let Some(o) = waiting.pop_front() {
        if o.is_null() || !vm.heap.is_live(o) || !reached.insert(o) {
            continue;
        }
        order.push(o);
        if !matches!(vm.heap.payload(o), Payload::Module { .. }) {
            vm.heap.edges(o, |_, to| waiting.push_back(to));
        }
    }
    order
}

/// The namespaces of all modules but the script's.
fn foreign_dicts(vm: &Machine) -> Set {
    let mut foreign = Set::new(vm);
    let modules = vm.heap.objects().filter_map(|o| match vm.heap.payload(o) {
        Payload::Module { dict } => Some(*dict),
        _ => None,
    });
    for dict in modules.chain([vm.builtins, vm.sys_dict, vm.sys_modules]) {
        if !dict.is_null() && dict != vm.main_dict {
            foreign.insert(dict);
        }
    }
    foreign
}

fn held_by_objects(vm: &Machine) -> Set {
    let mut held = Set::new(vm);
    for o in vm.heap.objects() {
        vm.heap.edges(o, |_, to| {
            held.insert(to);
        });
    }
    held
}

/// Objects whose only holders are classes, code and functions: parts of what makes classes classes.
fn held_by_machinery(vm: &Machine) -> Set {
    let mut otherwise = Set::new(vm);
    references::all(vm, |reference| {
        let by_machinery = match reference.holder {
            Holder::Root(_) => false,
            Holder::Object(holder, _) => {
                matches!(
                    vm.heap.payload(holder),
                    Payload::Class(_) | Payload::Code(_) | Payload::Func(_)
                )
            }
        };
        if !by_machinery {
            otherwise.insert(reference.target);
        }
    });
    otherwise.0.iter_mut().for_each(|held| *held = !*held);
    otherwise
}

/// Every counted reference to some objects, in one pass over the roots and the heap.
fn holders(vm: &Machine, of: &[Obj]) -> HashMap<Obj, Vec<Reference>> {
    let mut wanted = Set::new(vm);
    for o in of {
        wanted.insert(*o);
    }
    let mut holders: HashMap<Obj, Vec<Reference>> = HashMap::new();
    references::all(vm, |reference| {
        if wanted.contains(reference.target) {
            holders.entry(reference.target).or_default().push(reference);
        }
    });
    holders
}

/// The script's data: not its code, and not what classes keep to be classes.
fn is_worth_a_row(vm: &Machine, o: Obj, machinery: &Set) -> bool {
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
        Payload::Tuple { .. }
        | Payload::TupleBig(_)
        | Payload::Dict(_)
        | Payload::Split { .. }
        | Payload::Weakref(_) => o != vm.main_dict && !machinery.contains(o),
        _ => true,
    }
}
