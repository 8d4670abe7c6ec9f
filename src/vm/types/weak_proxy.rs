//! `weakref.proxy`: forwards everything to its referent while that lives (`proxy_*` of `Objects/weakrefobject.c`).
//!
//! The referent is held for the time of the operation, as CPython's `UNWRAP_CHECK` and `Py_INCREF` do.

use super::weakref::address;
use crate::bytecode::opcode::Op;
use crate::heap::payload::weakref::WeakKind;
use crate::heap::{Obj, Payload};
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::slots::{CmpOp, Slots};
use crate::vm::{Args, Machine, PyResult};

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("__bytes__", Arity::NoArgs, |vm, this, _| with(vm, this, |vm, o| vm.call_method(o, "__bytes__", &[]))),
        Method::new("__reversed__", Arity::NoArgs, |vm, this, _| with(vm, this, |vm, o| vm.call_method(o, "__reversed__", &[]))),
    ],
    slots: proxy_slots,
    ..TypeSpec::new("weakref.ProxyType")
};

pub static CALLABLE_SPEC: TypeSpec = TypeSpec {
    slots: |s| {
        proxy_slots(s);
        s.tp_call = Some(|vm, this, args| with(vm, this, |vm, o| vm.call_args(o, args)));
    },
    ..TypeSpec::new("weakref.CallableProxyType")
};

fn is_proxy(vm: &Machine, o: Obj) -> bool {
    matches!(vm.heap.payload(o), Payload::Weakref(w) if w.kind != WeakKind::Ref)
}

/// The object itself, or a proxy's referent, held; raises ReferenceError if that is gone.
fn hold_unwrapped(vm: &mut Machine, o: Obj) -> PyResult<Obj> {
    if !is_proxy(vm, o) {
        return Ok(vm.hold_ref(o));
    }
    match vm.weakref_referent(o).some() {
        Some(referent) => Ok(vm.hold_ref(referent)),
        None => vm.raise(vm.types.reference_error, "weakly-referenced object no longer exists".to_string()),
    }
}

fn with<T: 'static>(vm: &mut Machine, proxy: Obj, f: impl FnOnce(&mut Machine, Obj) -> PyResult<T>) -> PyResult<T> {
    let referent = hold_unwrapped(vm, proxy)?;
    let result = f(vm, referent);
    vm.let_go(result)
}

fn with_both<T: 'static>(vm: &mut Machine, a: Obj, b: Obj, f: impl FnOnce(&mut Machine, Obj, Obj) -> PyResult<T>) -> PyResult<T> {
    with(vm, a, |vm, a| with(vm, b, |vm, b| f(vm, a, b)))
}

macro_rules! binary {
    ($slots:ident, $($slot:ident $op:ident;)*) => {
        $($slots.$slot = Some(|vm, a, b| with_both(vm, a, b, |vm, a, b| vm.binary_op(Op::$op, a, b)));)*
    };
}

fn proxy_slots(s: &mut Slots) {
    binary! { s,
        nb_add BinaryAdd; nb_subtract BinarySubtract; nb_multiply BinaryMultiply; nb_remainder BinaryModulo;
        nb_lshift BinaryLshift; nb_rshift BinaryRshift; nb_and BinaryAnd; nb_xor BinaryXor; nb_or BinaryOr;
        nb_floor_divide BinaryFloorDivide; nb_true_divide BinaryTrueDivide; nb_matrix_multiply BinaryMatrixMultiply;
        nb_inplace_add InplaceAdd; nb_inplace_subtract InplaceSubtract; nb_inplace_multiply InplaceMultiply;
        nb_inplace_remainder InplaceModulo; nb_inplace_lshift InplaceLshift; nb_inplace_rshift InplaceRshift;
        nb_inplace_and InplaceAnd; nb_inplace_xor InplaceXor; nb_inplace_or InplaceOr;
        nb_inplace_floor_divide InplaceFloorDivide; nb_inplace_true_divide InplaceTrueDivide;
        nb_inplace_matrix_multiply InplaceMatrixMultiply;
    }
    number_slots(s);
    s.tp_repr = Some(repr);
    s.tp_str = Some(|vm, this| with(vm, this, |vm, o| vm.str_of(o)));
    s.tp_getattro = Some(|vm, this, name| with(vm, this, |vm, o| vm.get_attr(o, name)));
    s.tp_setattro = Some(|vm, this, name, value| with(vm, this, |vm, o| vm.set_attr(o, name, value)));
    s.tp_richcompare = Some(rich_compare);
    s.tp_iter = Some(|vm, this| with(vm, this, |vm, o| vm.get_iter(o)));
    s.tp_iternext = Some(next);
    s.sq_contains = Some(|vm, this, item| with(vm, this, |vm, o| vm.contains(o, item)));
    s.sq_length = Some(|vm, this| with(vm, this, |vm, o| vm.len(o)));
    s.mp_length = Some(|vm, this| with(vm, this, |vm, o| vm.len(o)));
    s.mp_subscript = Some(|vm, this, key| with_both(vm, this, key, |vm, o, key| vm.get_item(o, key)));
    s.mp_ass_subscript = Some(|vm, this, key, value| {
        with(vm, this, |vm, o| if value.is_null() { vm.del_item(o, key) } else { vm.set_item(o, key, value) })
    });
}

fn number_slots(s: &mut Slots) {
    s.nb_divmod = Some(|vm, a, b| with_both(vm, a, b, |vm, a, b| vm.call_builtin("divmod", &[a, b])));
    s.nb_power = Some(|vm, a, b, modulus| {
        with_both(vm, a, b, |vm, a, b| match modulus == vm.none || modulus.is_null() {
            true => vm.binary_op(Op::BinaryPower, a, b),
            false => with(vm, modulus, |vm, modulus| vm.call_builtin("pow", &[a, b, modulus])),
        })
    });
    s.nb_inplace_power = Some(|vm, a, b, _| with_both(vm, a, b, |vm, a, b| vm.binary_op(Op::InplacePower, a, b)));
    s.nb_negative = Some(|vm, this| with(vm, this, |vm, o| vm.unary_op(Op::UnaryNegative, o)));
    s.nb_positive = Some(|vm, this| with(vm, this, |vm, o| vm.unary_op(Op::UnaryPositive, o)));
    s.nb_invert = Some(|vm, this| with(vm, this, |vm, o| vm.unary_op(Op::UnaryInvert, o)));
    s.nb_absolute = Some(|vm, this| with(vm, this, |vm, o| vm.call_builtin("abs", &[o])));
    s.nb_bool = Some(|vm, this| with(vm, this, |vm, o| vm.is_true(o)));
    s.nb_int = Some(|vm, this| with(vm, this, |vm, o| vm.number_long(o)));
    s.nb_float = Some(|vm, this| with(vm, this, |vm, o| vm.call(vm.types.float, &[o])));
    s.nb_index = Some(|vm, this| with(vm, this, |vm, o| vm.number_index(o)));
}

impl Machine {
    /// Calls a function or class of the module builtins, for operations that no instruction stands for.
    pub fn call_builtin(&mut self, name: &str, args: &[Obj]) -> PyResult<Obj> {
        let found = self.dict_get_name(self.builtins, name);
        if found.is_null() {
            return self.raise(self.types.runtime_error, format!("lost builtins.{name}"));
        }
        self.hold_ref(found);
        let result = self.call(found, args);
        self.let_go(result)
    }
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let referent = vm.weakref_referent(this).some().unwrap_or(vm.none);
    let (at, ty, referent_at) = (address(vm, this), vm.type_name(referent), address(vm, referent));
    Ok(vm.new_string(format!("<weakproxy at {at} to {ty} at {referent_at}>")))
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    with_both(vm, this, other, |vm, a, b| vm.rich_compare(a, b, op))
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    with(vm, this, |vm, o| {
        if vm.slots_of(o).tp_iternext.is_none() {
            let name = vm.type_name(o);
            return vm.type_error(format!("Weakref proxy referenced a non-iterator '{name}' object"));
        }
        vm.iter_next(o)
    })
}

/// `_weakref.proxy`
pub fn proxy(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (referent, callback) = super::weakref::referent_and_callback(vm, "proxy", args)?;
    vm.new_weak_proxy(referent, callback)
}
