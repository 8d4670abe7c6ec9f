//! The slot functions of classes made by `class`: each looks its dunder method up and calls it (`slot_*` of
//! `Objects/typeobject.c`).

use super::names::Names;
use super::slots::{BinaryFn, CmpOp};
use super::{Args, Machine, PyResult, Thrown};
use crate::heap::{NULL, Obj, Payload};

type Pick = fn(&Names) -> Obj;

/// Calls a dunder that must be there (`vectorcall_method`).
fn call(vm: &mut Machine, this: Obj, name: Obj, args: &[Obj]) -> PyResult<Obj> {
    match vm.call_dunder(this, name, args)? {
        Some(result) => Ok(result),
        None => {
            let name = vm.text(name);
            vm.raise(vm.types.attribute_error, name)
        }
    }
}

/// Calls an attribute hook by way of a bound method (`call_attribute`).
fn call_bound(vm: &mut Machine, this: Obj, name: Obj, args: &[Obj]) -> PyResult<Obj> {
    match vm.call_special(this, name, args)? {
        Some(result) => Ok(result),
        None => {
            let name = vm.text(name);
            vm.raise(vm.types.attribute_error, name)
        }
    }
}

/// Calls a dunder or answers NotImplemented (`vectorcall_maybe`).
fn call_maybe(vm: &mut Machine, this: Obj, name: Obj, args: &[Obj]) -> PyResult<Obj> {
    match vm.call_dunder(this, name, args)? {
        Some(result) => Ok(result),
        None => Ok(vm.new_not_implemented()),
    }
}

/// `SLOT1BINFULL`: the method of the left operand, or the reflected one of the right; of a subclass's right operand first.
fn binary(
    vm: &mut Machine,
    a: Obj,
    b: Obj,
    slot: BinaryFn,
    get: fn(&super::slots::Slots) -> Option<BinaryFn>,
    op: Pick,
    rop: Pick,
) -> PyResult<Obj> {
    let is_this =
        |vm: &Machine, o: Obj| get(vm.slots_of(o)).is_some_and(|f| std::ptr::fn_addr_eq(f, slot));
    let (op, rop) = (op(&vm.names), rop(&vm.names));
    let (ta, tb) = (vm.heap.ty(a), vm.heap.ty(b));
    let mut do_other = ta != tb && is_this(vm, b);
    if is_this(vm, a) {
        if do_other && vm.is_subtype(tb, ta) && overloaded(vm, ta, tb, rop) {
            let result = call_maybe(vm, b, rop, &[a])?;
            if result != vm.not_implemented {
                return Ok(result);
            }
            vm.decref(result);
            do_other = false;
        }
        let result = call_maybe(vm, a, op, &[b])?;
        if result != vm.not_implemented || ta == tb {
            return Ok(result);
        }
        vm.decref(result);
    }
    if do_other {
        return call_maybe(vm, b, rop, &[a]);
    }
    Ok(vm.new_not_implemented())
}

/// Whether the right operand's class has a reflected method of its own (`method_is_overloaded`).
fn overloaded(vm: &mut Machine, left: Obj, right: Obj, name: Obj) -> bool {
    let b = vm.type_lookup(right, name);
    if b.is_null() {
        return false;
    }
    let a = vm.type_lookup(left, name);
    a.is_null() || a != b
}

macro_rules! binary_slots {
    ($($name:ident $slot:ident $op:ident $rop:ident;)*) => {
        $(pub fn $name(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
            binary(vm, a, b, $name, |s| s.$slot, |n| n.$op, |n| n.$rop)
        })*
    };
}

binary_slots! {
    slot_nb_add nb_add __add__ __radd__;
    slot_nb_subtract nb_subtract __sub__ __rsub__;
    slot_nb_multiply nb_multiply __mul__ __rmul__;
    slot_nb_remainder nb_remainder __mod__ __rmod__;
    slot_nb_divmod nb_divmod __divmod__ __rdivmod__;
    slot_nb_lshift nb_lshift __lshift__ __rlshift__;
    slot_nb_rshift nb_rshift __rshift__ __rrshift__;
    slot_nb_and nb_and __and__ __rand__;
    slot_nb_xor nb_xor __xor__ __rxor__;
    slot_nb_or nb_or __or__ __ror__;
    slot_nb_floor_divide nb_floor_divide __floordiv__ __rfloordiv__;
    slot_nb_true_divide nb_true_divide __truediv__ __rtruediv__;
    slot_nb_matrix_multiply nb_matrix_multiply __matmul__ __rmatmul__;
}

fn binary_power(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    let names = (vm.names.__pow__, vm.names.__rpow__);
    let is_this = |vm: &Machine, o: Obj| {
        vm.slots_of(o)
            .nb_power
            .is_some_and(|f| std::ptr::fn_addr_eq(f, slot_nb_power as super::slots::TernaryFn))
    };
    let (ta, tb) = (vm.heap.ty(a), vm.heap.ty(b));
    let mut do_other = ta != tb && is_this(vm, b);
    if is_this(vm, a) {
        if do_other && vm.is_subtype(tb, ta) && overloaded(vm, ta, tb, names.1) {
            let result = call_maybe(vm, b, names.1, &[a])?;
            if result != vm.not_implemented {
                return Ok(result);
            }
            vm.decref(result);
            do_other = false;
        }
        let result = call_maybe(vm, a, names.0, &[b])?;
        if result != vm.not_implemented || ta == tb {
            return Ok(result);
        }
        vm.decref(result);
    }
    if do_other {
        return call_maybe(vm, b, names.1, &[a]);
    }
    Ok(vm.new_not_implemented())
}

pub fn slot_nb_power(vm: &mut Machine, a: Obj, b: Obj, modulus: Obj) -> PyResult<Obj> {
    if modulus == vm.none {
        return binary_power(vm, a, b);
    }
    let overrides = vm
        .slots_of(a)
        .nb_power
        .is_some_and(|f| std::ptr::fn_addr_eq(f, slot_nb_power as super::slots::TernaryFn));
    if overrides {
        return call_maybe(vm, a, vm.names.__pow__, &[b, modulus]);
    }
    Ok(vm.new_not_implemented())
}

macro_rules! inplace_slots {
    ($($name:ident $op:ident;)*) => {
        $(pub fn $name(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
            call(vm, a, vm.names.$op, &[b])
        })*
    };
}

inplace_slots! {
    slot_nb_inplace_add __iadd__;
    slot_nb_inplace_subtract __isub__;
    slot_nb_inplace_multiply __imul__;
    slot_nb_inplace_remainder __imod__;
    slot_nb_inplace_lshift __ilshift__;
    slot_nb_inplace_rshift __irshift__;
    slot_nb_inplace_and __iand__;
    slot_nb_inplace_xor __ixor__;
    slot_nb_inplace_or __ior__;
    slot_nb_inplace_floor_divide __ifloordiv__;
    slot_nb_inplace_true_divide __itruediv__;
    slot_nb_inplace_matrix_multiply __imatmul__;
}

pub fn slot_nb_inplace_power(vm: &mut Machine, a: Obj, b: Obj, _modulus: Obj) -> PyResult<Obj> {
    call(vm, a, vm.names.__ipow__, &[b])
}

macro_rules! unary_slots {
    ($($name:ident $op:ident;)*) => {
        $(pub fn $name(vm: &mut Machine, a: Obj) -> PyResult<Obj> {
            call(vm, a, vm.names.$op, &[])
        })*
    };
}

unary_slots! {
    slot_nb_negative __neg__;
    slot_nb_positive __pos__;
    slot_nb_absolute __abs__;
    slot_nb_invert __invert__;
    slot_nb_int __int__;
    slot_nb_float __float__;
    slot_nb_index __index__;
    slot_tp_iternext_raw __next__;
}

/// `object.__repr__` stands in when a class takes its `__repr__` away.
pub fn slot_tp_repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match vm.call_dunder(this, vm.names.__repr__, &[])? {
        Some(text) => Ok(text),
        None => super::types::object::repr(vm, this),
    }
}

pub fn slot_tp_str(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    call(vm, this, vm.names.__str__, &[])
}

pub fn slot_tp_hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let ty = vm.heap.ty(this);
    let func = vm.type_lookup(ty, vm.names.__hash__);
    if func.is_null() || func == vm.none {
        return hash_not_implemented(vm, this);
    }
    let result = call(vm, this, vm.names.__hash__, &[])?;
    if vm.as_int(result).is_none() {
        vm.decref(result);
        return vm.raise(
            vm.types.type_error,
            "__hash__ method should return an integer".to_string(),
        );
    }
    // A hash that fits is taken as it is, a larger int by its own hash.
    let hash = match vm.as_i64(result) {
        Some(-1) => -2,
        Some(hash) => hash,
        None => vm.int_hash(result),
    };
    vm.decref(result);
    Ok(hash)
}

/// `PyObject_HashNotImplemented`.
pub fn hash_not_implemented(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let name = vm.type_name(this);
    vm.raise(vm.types.type_error, format!("unhashable type: '{name}'"))
}

pub fn slot_tp_call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    call_spread(vm, this, vm.names.__call__, args)
}

/// Calls a dunder that gets arguments from a call. Keyword arguments came in a dict and are spread out: the names in a tuple,
/// every argument held once more (`_PyObject_Call_Prepend`, `_PyStack_UnpackDict`).
fn call_spread(vm: &mut Machine, this: Obj, name: Obj, args: Args) -> PyResult<Obj> {
    spread(vm, this, args, |vm, args| {
        vm.call_dunder_args(this, name, args)
    })
}

/// Spreads keyword arguments out for a call with `this` in front.
pub(super) fn spread(
    vm: &mut Machine,
    this: Obj,
    args: Args,
    call: impl FnOnce(&mut Machine, Args) -> PyResult<Obj>,
) -> PyResult<Obj> {
    if args.kw_len(vm) == 0 {
        return call(vm, args);
    }
    let mark = vm.mark();
    vm.hold_ref(this);
    let keywords = args.keywords(vm);
    let values = args.to_vec(vm).into_iter();
    for value in values.chain(keywords.iter().map(|k| k.1)) {
        vm.hold_ref(value);
    }
    let names: Vec<Obj> = keywords.iter().map(|k| k.0).collect();
    let names = vm.new_tuple_of(&names);
    vm.hold(names);
    let result = call(vm, args);
    vm.releasing(mark, result)
}

/// `__getattribute__`, then `__getattr__` if that raises AttributeError (`slot_tp_getattr_hook`).
pub fn slot_tp_getattr_hook(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    let ty = vm.heap.ty(this);
    let getattribute = vm.type_lookup(ty, vm.names.__getattribute__);
    // Without a `__getattr__` the method needs no binding (`slot_tp_getattro`).
    if !getattribute.is_null() && vm.type_lookup(ty, vm.names.__getattr__).is_null() {
        return call(vm, this, vm.names.__getattribute__, &[name]);
    }
    let is_generic = match vm.heap.payload(getattribute) {
        Payload::WrapperDescr { def, class } => {
            def.name == "__getattribute__" && vm.uses_generic_getattr(*class)
        }
        _ => false,
    };
    let first = if is_generic || getattribute.is_null() {
        vm.generic_getattr(this, name)
    } else {
        call_bound(vm, this, vm.names.__getattribute__, &[name])
    };
    match first {
        Err(_) if vm.pending_matches(vm.types.attribute_error) => {
            if vm.type_lookup(ty, vm.names.__getattr__).is_null() {
                return first;
            }
            vm.clear_exception();
            call_bound(vm, this, vm.names.__getattr__, &[name])
        }
        other => other,
    }
}

pub fn slot_tp_setattro(vm: &mut Machine, this: Obj, name: Obj, value: Obj) -> PyResult<()> {
    let result = if value.is_null() {
        call(vm, this, vm.names.__delattr__, &[name])?
    } else {
        call(vm, this, vm.names.__setattr__, &[name, value])?
    };
    vm.decref(result);
    Ok(())
}

pub fn slot_tp_richcompare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    let name = vm.names.comparison(op);
    let found = vm.type_lookup(vm.heap.ty(this), name);
    let plain = matches!(
        vm.heap.payload(found),
        Payload::Func(_) | Payload::MethodDescr { .. } | Payload::WrapperDescr { .. }
    );
    if plain {
        return call_maybe(vm, this, name, &[other]);
    }
    // What goes wrong in finding the method counts as having none.
    match vm.lookup_special(this, name) {
        Ok(Some(method)) => vm.call_and_drop(method, &[other]),
        Err(Thrown::Interrupt) => Err(Thrown::Interrupt),
        Ok(None) => Ok(vm.new_not_implemented()),
        Err(_) => {
            vm.clear_exception();
            Ok(vm.new_not_implemented())
        }
    }
}

/// `iter()`: `__iter__`, or the old protocol by `__getitem__` (`slot_tp_iter`).
pub fn slot_tp_iter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let ty = vm.heap.ty(this);
    let func = vm.type_lookup(ty, vm.names.__iter__);
    if func == vm.none {
        let name = vm.type_name(this);
        return vm.raise(
            vm.types.type_error,
            format!("'{name}' object is not iterable"),
        );
    }
    if !func.is_null() {
        return call(vm, this, vm.names.__iter__, &[]);
    }
    if vm.type_lookup(ty, vm.names.__getitem__).is_null() {
        let name = vm.type_name(this);
        return vm.raise(
            vm.types.type_error,
            format!("'{name}' object is not iterable"),
        );
    }
    Ok(vm.new_seq_iter(this))
}

/// NULL at the end: the StopIteration is taken away.
pub fn slot_tp_iternext(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match slot_tp_iternext_raw(vm, this) {
        Err(_) if vm.pending_matches(vm.types.stop_iteration) => {
            vm.clear_exception();
            Ok(NULL)
        }
        other => other,
    }
}

pub fn slot_tp_descr_get(vm: &mut Machine, this: Obj, obj: Obj, owner: Obj) -> PyResult<Obj> {
    let or_none = |o: Obj, vm: &Machine| if o.is_null() { vm.none } else { o };
    let (obj, owner) = (or_none(obj, vm), or_none(owner, vm));
    // Called as it stands in the class, with the descriptor as its first argument, whether it binds or not.
    let func = vm.type_lookup(vm.heap.ty(this), vm.names.__get__);
    if func.is_null() {
        return Ok(vm.new_ref(this));
    }
    let func = vm.new_ref(func);
    vm.with_held(func, |vm, func| vm.call(func, &[this, obj, owner]))
}

pub fn slot_tp_descr_set(vm: &mut Machine, this: Obj, obj: Obj, value: Obj) -> PyResult<()> {
    let result = if value.is_null() {
        call(vm, this, vm.names.__delete__, &[obj])?
    } else {
        call(vm, this, vm.names.__set__, &[obj, value])?
    };
    vm.decref(result);
    Ok(())
}

pub fn slot_tp_init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let result = call_spread(vm, this, vm.names.__init__, args)?;
    if result != vm.none {
        let name = vm.type_name(result);
        vm.decref(result);
        return vm.raise(
            vm.types.type_error,
            format!("__init__() should return None, not '{name}'"),
        );
    }
    vm.decref(result);
    Ok(())
}

/// `__tp_del__`, the same of the old kind (`slot_tp_del` of `Modules/_testcapimodule.c`).
pub fn slot_tp_del(vm: &mut Machine, this: Obj) {
    let saved = vm.take_exception();
    let name = vm.intern("__tp_del__");
    vm.hold(name);
    match vm.call_dunder(this, name, &[]) {
        Ok(Some(result)) => vm.decref(result),
        Ok(None) => {}
        Err(_) => vm.write_unraisable_method(this, name),
    }
    vm.drop_held();
    vm.restore_exception(saved);
}

/// `__del__`: exceptions are written, the one in flight is kept (`slot_tp_finalize`).
pub fn slot_tp_finalize(vm: &mut Machine, this: Obj) {
    let saved = vm.take_exception();
    let ty = vm.heap.ty(this);
    let del = vm.type_lookup(ty, vm.names.__del__);
    if !del.is_null() {
        match vm.call_dunder(this, vm.names.__del__, &[]) {
            Ok(Some(result)) => vm.decref(result),
            Ok(None) => {}
            Err(_) => vm.write_unraisable_method(this, vm.names.__del__),
        }
    }
    vm.restore_exception(saved);
}

fn am(vm: &mut Machine, this: Obj, name: Obj, what: &str) -> PyResult<Obj> {
    match vm.call_dunder(this, name, &[])? {
        Some(result) => Ok(result),
        None => {
            let ty = vm.type_name(this);
            vm.raise(
                vm.types.attribute_error,
                format!("object {ty} does not have {what} method"),
            )
        }
    }
}

pub fn slot_am_await(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    am(vm, this, vm.names.__await__, "__await__")
}

pub fn slot_am_aiter(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    am(vm, this, vm.names.__aiter__, "__aiter__")
}

pub fn slot_am_anext(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    am(vm, this, vm.names.__anext__, "__anext__")
}

/// `__bool__`, else `__len__` (`slot_nb_bool`).
pub fn slot_nb_bool(vm: &mut Machine, this: Obj) -> PyResult<bool> {
    if let Some(result) = vm.call_dunder(this, vm.names.__bool__, &[])? {
        let answer = match vm.heap.payload(result) {
            Payload::Bool(b) => Some(*b),
            _ => None,
        };
        let name = vm.type_name(result);
        vm.decref(result);
        return match answer {
            Some(b) => Ok(b),
            None => vm.raise(
                vm.types.type_error,
                format!("__bool__ should return bool, returned {name}"),
            ),
        };
    }
    let ty = vm.heap.ty(this);
    if vm.type_lookup(ty, vm.names.__len__).is_null() {
        return Ok(true);
    }
    Ok(slot_mp_length(vm, this)? > 0)
}

pub fn slot_mp_length(vm: &mut Machine, this: Obj) -> PyResult<usize> {
    let result = call(vm, this, vm.names.__len__, &[])?;
    let index = vm.with_held(result, |vm, result| vm.number_index(result))?;
    let n = vm.as_i64(index);
    let negative = n.map_or_else(|| vm.int_is_negative(index), |n| n < 0);
    vm.decref(index);
    if negative {
        return vm.raise(
            vm.types.value_error,
            "__len__() should return >= 0".to_string(),
        );
    }
    match n.and_then(|n| usize::try_from(n).ok()) {
        Some(n) => Ok(n),
        None => vm.raise(
            vm.types.overflow_error,
            "cannot fit 'int' into an index-sized integer".to_string(),
        ),
    }
}

pub fn slot_mp_subscript(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    call(vm, this, vm.names.__getitem__, &[key])
}

pub fn slot_mp_ass_subscript(vm: &mut Machine, this: Obj, key: Obj, value: Obj) -> PyResult<()> {
    let result = if value.is_null() {
        call(vm, this, vm.names.__delitem__, &[key])?
    } else {
        call(vm, this, vm.names.__setitem__, &[key, value])?
    };
    vm.decref(result);
    Ok(())
}

pub fn slot_sq_item(vm: &mut Machine, this: Obj, i: isize) -> PyResult<Obj> {
    let index = vm.new_int(i as i64);
    vm.with_held(index, |vm, index| {
        call(vm, this, vm.names.__getitem__, &[index])
    })
}

pub fn slot_sq_ass_item(vm: &mut Machine, this: Obj, i: isize, value: Obj) -> PyResult<()> {
    let index = vm.new_int(i as i64);
    vm.with_held(index, |vm, index| {
        slot_mp_ass_subscript(vm, this, index, value)
    })
}

/// `__contains__`, else by iterating (`slot_sq_contains`).
pub fn slot_sq_contains(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<bool> {
    let ty = vm.heap.ty(this);
    let func = vm.type_lookup(ty, vm.names.__contains__);
    if func == vm.none {
        let name = vm.type_name(this);
        return vm.raise(
            vm.types.type_error,
            format!("'{name}' object is not a container"),
        );
    }
    if func.is_null() {
        return vm.iter_contains(this, item);
    }
    let result = call(vm, this, vm.names.__contains__, &[item])?;
    vm.with_held(result, |vm, result| vm.is_true(result))
}

/// Sequence slots whose number twin serves the dunder; never installed (`SlotGroup::sequence_twin`).
pub fn slot_never(_: &mut Machine, _: Obj, _: Obj) -> PyResult<Obj> {
    panic!("a sequence slot without a generic function was installed")
}

pub fn slot_never_index(_: &mut Machine, _: Obj, _: isize) -> PyResult<Obj> {
    panic!("a sequence slot without a generic function was installed")
}
