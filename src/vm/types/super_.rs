//! `super` (`superobject` of `Objects/typeobject.c`).

use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    base_type: true,
    doc: "super() -> the classes after the current one in the order of look-up, seen from the first argument",
    getset: &[
        GetSet::new("__thisclass__", |vm, this| part(vm, this, 0)),
        GetSet::new("__self__", |vm, this| part(vm, this, 1)),
        GetSet::new("__self_class__", |vm, this| part(vm, this, 2)),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_init = Some(init);
        s.tp_repr = Some(repr);
        s.tp_getattro = Some(getattro);
        s.tp_descr_get = Some(descr_get);
    },
    ..TypeSpec::new("super")
};

/// Class, object and the object's class, borrowed; NULL where not set.
fn parts(vm: &Machine, this: Obj) -> [Obj; 3] {
    match vm.heap.base(this) {
        Payload::Super(parts) => *parts,
        _ => [NULL; 3],
    }
}

fn part(vm: &mut Machine, this: Obj, i: usize) -> PyResult<Obj> {
    let o = parts(vm, this)[i];
    Ok(if o.is_null() { vm.new_none() } else { vm.new_ref(o) })
}

fn new(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    Ok(vm.alloc_instance(class, Payload::Super([NULL; 3])))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("super() takes no keyword arguments".to_string());
    }
    let given = args.len();
    if given > 2 {
        return vm.type_error(format!("super() expected at most 2 arguments, got {given}"));
    }
    let (class, object) = if given == 0 { from_frame(vm)? } else { (args.get(vm, 0), args.get(vm, 1)) };
    if !vm.heap.is_class(class) {
        let name = vm.argument_type(class);
        return vm.type_error(format!("super() argument 1 must be type, not {name}"));
    }
    let object = if object == vm.none { NULL } else { object };
    let object_class = if object.is_null() { NULL } else { super_check(vm, class, object)? };
    vm.incref(class);
    vm.xincref(object);
    let old = match vm.heap.base_mut(this) {
        Payload::Super(parts) => std::mem::replace(parts, [class, object, object_class]),
        _ => [NULL; 3],
    };
    for o in old {
        vm.xdecref(o);
    }
    Ok(())
}

/// The class whose order of look-up counts: the object itself if it is a subclass, else its class; owned (`supercheck`).
fn super_check(vm: &mut Machine, class: Obj, object: Obj) -> PyResult<Obj> {
    if vm.heap.is_class(object) && vm.is_subtype(object, class) {
        return Ok(vm.new_ref(object));
    }
    let ty = vm.heap.ty(object);
    if vm.is_subtype(ty, class) {
        return Ok(vm.new_ref(ty));
    }
    if let Some(claimed) = vm.lookup_attr(object, vm.names.__class__)? {
        if vm.heap.is_class(claimed) && claimed != ty && vm.is_subtype(claimed, class) {
            return Ok(claimed);
        }
        vm.decref(claimed);
    }
    wrong_object(vm)
}

/// The object is none that the class has to do with.
pub fn wrong_object<T>(vm: &mut Machine) -> PyResult<T> {
    vm.type_error("super(type, obj): obj must be an instance or subtype of type".to_string())
}

/// `super()` without arguments: `__class__` and the first argument of the function that runs; borrowed
/// (`super_init_without_args`).
fn from_frame(vm: &mut Machine) -> PyResult<(Obj, Obj)> {
    let complain = |vm: &mut Machine, what: &str| vm.raise(vm.types.runtime_error, format!("super(): {what}"));
    let Some(frame) = vm.frames.last() else { return complain(vm, "no current frame") };
    let (code, base) = (frame.code.clone(), frame.base);
    if code.argcount == 0 {
        return complain(vm, "no arguments");
    }
    let mut object = vm.stack[base];
    if object.is_null()
        && let Some(i) = code.cell_to_arg.iter().position(|a| *a == Some(0))
    {
        object = match vm.heap.payload(vm.stack[base + code.nlocals as usize + i]) {
            Payload::Cell(contents) => *contents,
            _ => NULL,
        };
    }
    if object.is_null() {
        return complain(vm, "arg[0] deleted");
    }
    let Some(i) = code.freevars.iter().position(|n| *n == vm.names.__class__) else {
        return complain(vm, "__class__ cell not found");
    };
    let cell = vm.stack[base + code.nlocals as usize + code.cellvars.len() + i];
    let class = match vm.heap.payload(cell) {
        Payload::Cell(contents) => *contents,
        _ => return complain(vm, "bad __class__ cell"),
    };
    if class.is_null() {
        return complain(vm, "empty __class__ cell");
    }
    if !vm.heap.is_class(class) {
        let name = vm.type_name(class);
        return complain(vm, &format!("__class__ is not a type ({name})"));
    }
    Ok((class, object))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let [class, _, object_class] = parts(vm, this);
    let class = if class.is_null() { "NULL".to_string() } else { vm.class_name(class) };
    let shown = if object_class.is_null() { "NULL".to_string() } else { format!("<{} object>", vm.class_name(object_class)) };
    Ok(vm.new_string(format!("<super: <class '{class}'>, {shown}>")))
}

/// Looks in the classes after `__thisclass__`; `__class__` is that of the super object itself (`super_getattro`).
fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    let [class, object, start] = parts(vm, this);
    if start.is_null() || vm.heap.str(name).is_none() || name == vm.names.__class__ {
        return crate::vm::attribute::generic_getattr(vm, this, name);
    }
    let mro = vm.heap.tuple(vm.heap.class(start).mro).map(<[Obj]>::to_vec).unwrap_or_default();
    let after = mro.iter().position(|c| *c == class).map_or(mro.len(), |i| i + 1);
    for c in &mro[after..] {
        let found = vm.heap.dict_get_str(vm.heap.class(*c).dict, name);
        if found.is_null() {
            continue;
        }
        vm.incref(found);
        let Some(get) = vm.slots_of(found).tp_descr_get else { return Ok(found) };
        let object = if object == start { NULL } else { object };
        return vm.with_held(found, |vm, found| get(vm, found, object, start));
    }
    crate::vm::attribute::generic_getattr(vm, this, name)
}

fn descr_get(vm: &mut Machine, this: Obj, obj: Obj, _: Obj) -> PyResult<Obj> {
    let [class, object, _] = parts(vm, this);
    if obj.is_null() || obj == vm.none || !object.is_null() {
        return Ok(vm.new_ref(this));
    }
    let ty = vm.heap.ty(this);
    if ty != vm.types.super_ {
        // Before `__init__` there is no class, and the arguments end there.
        return if class.is_null() { vm.call(ty, &[]) } else { vm.call(ty, &[class, obj]) };
    }
    let object_class = super_check(vm, class, obj)?;
    vm.incref(class);
    vm.incref(obj);
    Ok(vm.alloc_instance(ty, Payload::Super([class, obj, object_class])))
}
