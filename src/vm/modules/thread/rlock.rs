//! `_thread.RLock`: a lock that its owner can take again.

use super::MAIN_IDENT;
use super::lock::{patience, wait_in_vain};
use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone, Copy, Default)]
struct RLock {
    /// The identity of the thread that has it, 0 if none.
    owner: i64,
    count: u64,
}

impl Native for RLock {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

const ACQUIRE_DOC: &str =
    "acquire(blocking=True) -> bool\n\nLock the lock, once more if the thread has it already.";
const RELEASE_DOC: &str =
    "release()\n\nUndo one acquire; the last one lets other threads have the lock.";

pub static SPEC: TypeSpec = TypeSpec {
    base_type: true,
    has_weakrefs: true,
    methods: &[
        Method::new("acquire", Arity::Keywords, acquire).doc(ACQUIRE_DOC),
        Method::new("release", Arity::NoArgs, release).doc(RELEASE_DOC),
        Method::new("_is_owned", Arity::NoArgs, is_owned)
            .doc("_is_owned() -> bool\n\nWhether the current thread has the lock."),
        Method::new("_acquire_restore", Arity::One, acquire_restore)
            .doc("_acquire_restore(state) -> None\n\nTake the lock back in the state that _release_save() gave."),
        Method::new("_release_save", Arity::NoArgs, release_save)
            .doc("_release_save() -> tuple\n\nLet go of the lock altogether; the result is its state."),
        Method::new("__enter__", Arity::Keywords, acquire).doc(ACQUIRE_DOC),
        Method::new("__exit__", Arity::Any, release).varargs().doc(RELEASE_DOC),
        Method::new("_at_fork_reinit", Arity::NoArgs, reset),
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.tp_new = Some(|vm, class, _| {
            Ok(vm.alloc_instance(
                class,
                Payload::Native(Box::new(Box::new(RLock::default()))),
            ))
        });
    },
    ..TypeSpec::new("_thread.RLock")
};

fn state(vm: &Machine, this: Obj) -> RLock {
    vm.heap.native::<RLock>(this).copied().unwrap_or_default()
}

fn set_state(vm: &mut Machine, this: Obj, state: RLock) {
    if let Some(lock) = vm.heap.native_mut::<RLock>(this) {
        *lock = state;
    }
}

fn acquire(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let patience = patience(vm, args)?;
    let RLock { owner, count } = state(vm, this);
    let got = if count > 0 && owner != MAIN_IDENT {
        wait_in_vain(vm, patience)?
    } else {
        let Some(count) = count.checked_add(1) else {
            return vm.raise(
                vm.types.overflow_error,
                "Internal lock count overflowed".to_string(),
            );
        };
        let owner = MAIN_IDENT;
        set_state(vm, this, RLock { owner, count });
        true
    };
    Ok(vm.new_bool(got))
}

fn not_acquired<T>(vm: &mut Machine) -> PyResult<T> {
    vm.raise(
        vm.types.runtime_error,
        "cannot release un-acquired lock".to_string(),
    )
}

fn release(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let RLock { owner, count } = state(vm, this);
    if count == 0 || owner != MAIN_IDENT {
        return not_acquired(vm);
    }
    let owner = if count == 1 { 0 } else { owner };
    let count = count - 1;
    set_state(vm, this, RLock { owner, count });
    Ok(vm.new_none())
}

fn is_owned(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let RLock { owner, count } = state(vm, this);
    Ok(vm.new_bool(count > 0 && owner == MAIN_IDENT))
}

fn release_save(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let RLock { owner, count } = state(vm, this);
    if count == 0 {
        return not_acquired(vm);
    }
    set_state(vm, this, RLock::default());
    let items = vec![vm.new_int(count as i64), vm.new_int(owner)];
    Ok(vm.new_tuple(items))
}

fn acquire_restore(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let given = args.get(vm, 0);
    let numbers = match vm.heap.tuple(given) {
        Some(&[count, owner]) => vm.as_i64(count).zip(vm.as_i64(owner)),
        _ => None,
    };
    let Some((count, owner)) = numbers else {
        return vm.type_error(
            "_acquire_restore() argument 1 must be a tuple of two integers".to_string(),
        );
    };
    if state(vm, this).count > 0 {
        wait_in_vain(vm, super::lock::Patience::Endless)?;
    }
    let count = u64::try_from(count).unwrap_or(0);
    set_state(vm, this, RLock { owner, count });
    Ok(vm.new_none())
}

fn reset(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    set_state(vm, this, RLock::default());
    Ok(vm.new_none())
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let RLock { owner, count } = state(vm, this);
    let word = if count > 0 { "locked" } else { "unlocked" };
    let (name, address) = (vm.type_name(this), vm.id_of(this));
    Ok(vm.new_string(format!(
        "<{word} {name} object owner={owner} count={count} at {address:#x}>"
    )))
}
