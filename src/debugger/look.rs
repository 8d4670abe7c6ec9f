//! What the debugger reads off a machine: moments, places, names. The only file that knows how frames are laid out.
//!
//! Knows no session. Invariant: nothing here changes a machine.
//!
//! A moment's `step` is the number of instructions begun before it. The machine counts an instruction when it begins,
//! so what happens inside the instruction numbered `n` has the moments (n, 1), (n, 2), …, and (n + 1, 0) is before the next one.

use crate::heap::payload::code::Code;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::{Frame, Machine};

use super::command::ObjectName;
use super::stop::Moment;

/// The moment before the instruction that the machine is about to run.
pub fn moment_before(vm: &Machine) -> Moment {
    Moment {
        step: vm.steps(),
        event: 0,
    }
}

/// The moment of the event that the machine has just announced.
pub fn moment_inside(vm: &Machine) -> Moment {
    match vm.steps() {
        0 => Moment {
            step: 0,
            event: vm.events,
        },
        steps => Moment {
            step: steps - 1,
            event: vm.events,
        },
    }
}

/// `Node.2`; none for atoms and for what the interpreter made before the script began.
pub fn name_of(vm: &Machine, o: Obj) -> Option<ObjectName> {
    let birth = vm.heap.births.of(o);
    (birth.ordinal > 0).then(|| ObjectName {
        class: vm.heap.births.kind_name(birth.kind).to_owned(),
        ordinal: u64::from(birth.ordinal),
    })
}

/// The living object of this name.
pub fn find(vm: &Machine, name: &ObjectName) -> Option<Obj> {
    let kind = vm.heap.births.find_kind(&name.class)?;
    vm.heap.objects().find(|o| {
        let birth = vm.heap.births.of(*o);
        birth.kind == kind && u64::from(birth.ordinal) == name.ordinal
    })
}

/// How many objects of a class's name the script has made so far.
pub fn born(vm: &Machine, class: &str) -> u64 {
    u64::from(vm.heap.births.born(class))
}

/// Whether an object's class, or a base of it, has this name.
pub fn is_instance_of(vm: &Machine, o: Obj, class: &str) -> bool {
    mro_names(vm, vm.heap.ty(o)).any(|name| name == class)
}

/// The names of a class and its bases, nearest first, without their modules.
pub fn mro_names(vm: &Machine, class: Obj) -> impl Iterator<Item = &str> {
    let mro = vm.heap.tuple(vm.heap.class(class).mro).unwrap_or(&[]);
    mro.iter().map(|base| short_class_name(vm, *base))
}

/// A class's name without its module.
pub fn short_class_name(vm: &Machine, class: Obj) -> &str {
    let name = &vm.heap.class(class).name;
    name.rsplit('.').next().unwrap_or(name)
}

/// The index of the instruction that a frame will run next; of the innermost one, the one it is at.
pub fn next_pc(vm: &Machine, frame: usize) -> u32 {
    match frame + 1 == vm.frames.len() {
        true => vm.pc,
        false => vm.frames[frame].pc,
    }
}

/// The line a frame is at.
pub fn line(vm: &Machine, frame: usize) -> Option<u32> {
    Some(vm.frame_line(frame)).filter(|line| *line > 0)
}

pub fn filename(frame: &Frame) -> &str {
    &frame.code.source.filename
}

/// The innermost frame of the script: its index among the frames.
pub fn script_frame(vm: &Machine, script: &str) -> Option<usize> {
    vm.frames
        .iter()
        .rposition(|frame| filename(frame) == script)
}

/// Line and function of the innermost frame of the script.
pub fn place(vm: &Machine, script: &str) -> (Option<u32>, Option<String>) {
    match script_frame(vm, script) {
        Some(frame) => (
            line(vm, frame),
            Some(vm.frames[frame].code.name().to_owned()),
        ),
        None => (None, None),
    }
}

/// The class of the exception in flight.
pub fn raised_class(vm: &Machine) -> Obj {
    vm.pending.as_ref().map_or(NULL, |pending| pending.ty)
}

/// True for objects that have no life worth telling: numbers, texts, None, and what the interpreter made itself.
pub fn is_atom(vm: &Machine, o: Obj) -> bool {
    matches!(
        vm.heap.payload(o),
        Payload::None
            | Payload::Ellipsis
            | Payload::NotImplemented
            | Payload::Bool(_)
            | Payload::Int(_)
            | Payload::BigInt(_)
            | Payload::Float(_)
            | Payload::Complex(_)
            | Payload::Str(_)
            | Payload::Bytes(_)
    )
}

/// The code of a running frame.
pub fn code(vm: &Machine, frame: usize) -> &Code {
    &vm.frames[frame].code
}

/// Instances, containers, classes and exceptions: what a script means to make, not the frames, cells and tuples that code
/// makes by itself.
pub fn is_data(vm: &Machine, o: Obj) -> bool {
    matches!(
        vm.heap.payload(o),
        Payload::Inst { .. }
            | Payload::Ext(_)
            | Payload::Object
            | Payload::List(_)
            | Payload::Dict(_)
            | Payload::Split { .. }
            | Payload::Set(_)
            | Payload::Class(_)
            | Payload::Gen(_)
            | Payload::Exc(_)
            | Payload::Weakref(_)
            | Payload::Array(_)
            | Payload::Iter(_)
            | Payload::Native(_)
    )
}
