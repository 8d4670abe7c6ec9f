//! `_thread.lock`, and how a lock's `acquire` reads its arguments.

use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

const NANOS: f64 = 1e9;
/// The longest wait, in nanoseconds (`PY_TIMEOUT_MAX` is in microseconds).
const LONGEST: i64 = i64::MAX / 1000 * 1000;

#[derive(Clone)]
struct Lock {
    locked: bool,
}

impl Native for Lock {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

const ACQUIRE_DOC: &str = "acquire(blocking=True, timeout=-1) -> bool\n(acquire_lock() is an obsolete synonym)\n\nLock the lock; \
tell whether that succeeded.";
const RELEASE_DOC: &str = "release()\n(release_lock() is an obsolete synonym)\n\nUnlock the lock.";
const LOCKED_DOC: &str =
    "locked() -> bool\n(locked_lock() is an obsolete synonym)\n\nWhether the lock is locked.";

pub static SPEC: TypeSpec = TypeSpec {
    doc: "A lock object is a synchronization primitive.  To create a lock,\ncall threading.Lock().  It belongs to no thread: whoever \
likes can release it.",
    has_weakrefs: true,
    methods: &[
        Method::new("acquire_lock", Arity::Keywords, acquire).doc(ACQUIRE_DOC),
        Method::new("acquire", Arity::Keywords, acquire).doc(ACQUIRE_DOC),
        Method::new("release_lock", Arity::NoArgs, release).doc(RELEASE_DOC),
        Method::new("release", Arity::NoArgs, release).doc(RELEASE_DOC),
        Method::new("locked_lock", Arity::NoArgs, locked).doc(LOCKED_DOC),
        Method::new("locked", Arity::NoArgs, locked).doc(LOCKED_DOC),
        Method::new("__enter__", Arity::Keywords, acquire).doc(ACQUIRE_DOC),
        Method::new("__exit__", Arity::Any, release)
            .varargs()
            .doc(RELEASE_DOC),
        Method::new("_at_fork_reinit", Arity::NoArgs, reset),
    ],
    slots: |s| s.tp_repr = Some(repr),
    ..TypeSpec::new("_thread.lock")
};

/// A new lock, unlocked; owned.
pub fn make(vm: &mut Machine) -> Obj {
    let class = vm.module_type(&SPEC);
    vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Lock { locked: false }))),
    )
}

fn is_locked(vm: &Machine, this: Obj) -> bool {
    vm.heap.native::<Lock>(this).is_some_and(|l| l.locked)
}

fn set_locked(vm: &mut Machine, this: Obj, locked: bool) {
    if let Some(lock) = vm.heap.native_mut::<Lock>(this) {
        lock.locked = locked;
    }
}

/// How long an `acquire` is ready to wait.
pub enum Patience {
    None,
    Nanos(i64),
    Endless,
}

/// `lock_acquire_parse_args`
pub fn patience(vm: &mut Machine, args: Args) -> PyResult<Patience> {
    let [blocking, timeout] = vm.unpack("acquire", args, &[opt("blocking"), opt("timeout")])?;
    let blocking = blocking.is_null() || vm.index_clamped(blocking, vm.types.overflow_error)? != 0;
    let timeout = if timeout.is_null() {
        -(NANOS as i64)
    } else {
        nanos_of(vm, timeout)?
    };
    let unset = timeout == -(NANOS as i64);
    if !blocking && !unset {
        return vm.value_error("can't specify a timeout for a non-blocking call");
    }
    if timeout < 0 && !unset {
        return vm.value_error("timeout value must be positive");
    }
    if timeout > LONGEST {
        return vm.raise(
            vm.types.overflow_error,
            "timeout value is too large".to_string(),
        );
    }
    Ok(match (blocking, unset) {
        (false, _) => Patience::None,
        (true, true) => Patience::Endless,
        (true, false) => Patience::Nanos(timeout),
    })
}

/// Seconds of an int or a float as nanoseconds, rounded away from zero as timeouts are (`_PyTime_FromSecondsObject`).
pub fn nanos_of(vm: &mut Machine, o: Obj) -> PyResult<i64> {
    const TOO_LARGE: &str = "timestamp too large to convert to C _PyTime_t";
    if matches!(vm.heap.base(o), Payload::Float(_)) {
        let seconds = vm.as_f64(o)?;
        if seconds.is_nan() {
            return vm.value_error("Invalid value NaN (not a number)");
        }
        let nanos = seconds * NANOS;
        let nanos = if nanos < 0.0 {
            nanos.floor()
        } else {
            nanos.ceil()
        };
        if !(-(2f64.powi(63))..2f64.powi(63)).contains(&nanos) {
            return vm.raise(vm.types.overflow_error, TOO_LARGE.to_string());
        }
        return Ok(nanos as i64);
    }
    let index = vm.number_index(o)?;
    let whole = vm.as_i64(index).and_then(|i| i.checked_mul(1_000_000_000));
    vm.decref(index);
    match whole {
        Some(nanos) => Ok(nanos),
        None => vm.raise(vm.types.overflow_error, TOO_LARGE.to_string()),
    }
}

/// Waits for what will not happen: false after the time limit, at once without patience, and the end of the run if there is no limit.
pub fn wait_in_vain(vm: &mut Machine, patience: Patience) -> PyResult<bool> {
    match patience {
        Patience::None => Ok(false),
        Patience::Nanos(nanos) => {
            crate::vm::modules::time::skip(vm, nanos.max(0) as u64);
            Ok(false)
        }
        Patience::Endless => vm.unsupported(
            "deadlock: this waits for ever, as the machine has one thread and nothing else can release the lock"
                .into(),
        ),
    }
}

fn acquire(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let patience = patience(vm, args)?;
    let got = if is_locked(vm, this) {
        wait_in_vain(vm, patience)?
    } else {
        set_locked(vm, this, true);
        true
    };
    Ok(vm.new_bool(got))
}

fn release(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if !is_locked(vm, this) {
        return vm.raise(vm.types.runtime_error, "release unlocked lock".to_string());
    }
    set_locked(vm, this, false);
    Ok(vm.new_none())
}

fn locked(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let locked = is_locked(vm, this);
    Ok(vm.new_bool(locked))
}

fn reset(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    set_locked(vm, this, false);
    Ok(vm.new_none())
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let word = if is_locked(vm, this) {
        "locked"
    } else {
        "unlocked"
    };
    let (name, address) = (vm.type_name(this), vm.id_of(this));
    Ok(vm.new_string(format!("<{word} {name} object at {address:#x}>")))
}
