//! Type slots under CPython's names, and the table that ties them to dunder methods (`slotdefs` of `Objects/typeobject.c`).
//!
//! A slot is a function pointer. A built-in type fills its own slots, and its `__dict__` gets a wrapper for each. A class
//! made by `class` gets, for each slot, either the native function that its dunder stands for (if nothing
//! overrides it) or the generic function of `generic_slots.rs` that looks the dunder up: `update_slots`, CPython's
//! `update_one_slot`. This table is the only place that knows which dunder belongs to which slot.

use super::generic_slots as g;
use super::wrappers::*;
use super::{Args, Machine, PyResult};
use crate::heap::Obj;

/// `Py_LT` … `Py_GE`, in the order of `COMPARE_OP`'s argument.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CmpOp {
    Lt,
    Le,
    Eq,
    Ne,
    Gt,
    Ge,
}

impl CmpOp {
    pub const ALL: [CmpOp; 6] = [
        CmpOp::Lt,
        CmpOp::Le,
        CmpOp::Eq,
        CmpOp::Ne,
        CmpOp::Gt,
        CmpOp::Ge,
    ];

    pub fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }

    /// The operator with its operands exchanged (`_Py_SwappedOp`).
    pub fn swapped(self) -> CmpOp {
        [
            CmpOp::Gt,
            CmpOp::Ge,
            CmpOp::Eq,
            CmpOp::Ne,
            CmpOp::Lt,
            CmpOp::Le,
        ][self as usize]
    }

    pub fn test(self, order: std::cmp::Ordering) -> bool {
        match self {
            CmpOp::Lt => order.is_lt(),
            CmpOp::Le => order.is_le(),
            CmpOp::Eq => order.is_eq(),
            CmpOp::Ne => order.is_ne(),
            CmpOp::Gt => order.is_gt(),
            CmpOp::Ge => order.is_ge(),
        }
    }
}

pub type UnaryFn = fn(&mut Machine, Obj) -> PyResult<Obj>;
pub type BinaryFn = fn(&mut Machine, Obj, Obj) -> PyResult<Obj>;
pub type TernaryFn = fn(&mut Machine, Obj, Obj, Obj) -> PyResult<Obj>;
pub type InquiryFn = fn(&mut Machine, Obj) -> PyResult<bool>;
pub type LenFn = fn(&mut Machine, Obj) -> PyResult<usize>;
pub type IndexFn = fn(&mut Machine, Obj, isize) -> PyResult<Obj>;
pub type ContainsFn = fn(&mut Machine, Obj, Obj) -> PyResult<bool>;
/// Value NULL deletes.
pub type StoreFn = fn(&mut Machine, Obj, Obj, Obj) -> PyResult<()>;
pub type StoreIndexFn = fn(&mut Machine, Obj, isize, Obj) -> PyResult<()>;
pub type HashFn = fn(&mut Machine, Obj) -> PyResult<i64>;
pub type CompareFn = fn(&mut Machine, Obj, Obj, CmpOp) -> PyResult<Obj>;
pub type CallFn = fn(&mut Machine, Obj, Args) -> PyResult<Obj>;
pub type InitFn = fn(&mut Machine, Obj, Args) -> PyResult<()>;
pub type FinalizeFn = fn(&mut Machine, Obj);

/// One dunder method of a slot.
pub struct SlotDef {
    pub name: &'static str,
    pub wrapper: fn(&mut Machine, &Slots, Obj, Args) -> PyResult<Obj>,
    /// Signature and text for `__doc__`.
    pub doc: &'static str,
}

/// One slot with all its dunder methods.
pub struct SlotGroup {
    pub name: &'static str,
    pub defs: &'static [SlotDef],
    pub is_set: fn(&Slots) -> bool,
    pub copy: fn(&Slots, &mut Slots),
    pub clear: fn(&mut Slots),
    /// Installs the generic function.
    pub generic: fn(&mut Slots),
}

macro_rules! slot_table {
    ($($slot:ident: $ty:ty = $generic:path { $($name:literal $wrap:ident $doc:literal),* };)*) => {
        /// The function pointers of a type.
        #[derive(Clone, Copy, Default)]
        pub struct Slots {
            $(pub $slot: Option<$ty>,)*
            /// No dunder of its own: `__new__` is a plain static method.
            pub tp_new: Option<CallFn>,
        }

        /// All slots that dunder methods stand for.
        pub static GROUPS: &[SlotGroup] = &[
            $(SlotGroup {
                name: stringify!($slot),
                defs: &[$(SlotDef {
                    name: $name,
                    wrapper: |vm, slots, this, args| match slots.$slot {
                        Some(f) => $wrap(vm, f, this, args),
                        None => panic!("a wrapper descriptor for a slot that its class does not have"),
                    },
                    doc: $doc,
                }),*],
                is_set: |slots| slots.$slot.is_some(),
                copy: |from, to| to.$slot = from.$slot,
                clear: |slots| slots.$slot = None,
                generic: |slots| slots.$slot = Some($generic),
            },)*
        ];
    };
}

slot_table! {
    tp_repr: UnaryFn = g::slot_tp_repr { "__repr__" wrap_unary "($self, /)\n--\n\nReturn repr(self)." };
    tp_hash: HashFn = g::slot_tp_hash { "__hash__" wrap_hash "($self, /)\n--\n\nReturn hash(self)." };
    tp_call: CallFn = g::slot_tp_call { "__call__" wrap_call "($self, /, *args, **kwargs)\n--\n\nCall self as a function." };
    tp_str: UnaryFn = g::slot_tp_str { "__str__" wrap_unary "($self, /)\n--\n\nReturn str(self)." };
    tp_getattro: BinaryFn = g::slot_tp_getattr_hook {
        "__getattribute__" wrap_binary "($self, name, /)\n--\n\nReturn getattr(self, name).", "__getattr__" wrap_none "" };
    tp_setattro: StoreFn = g::slot_tp_setattro {
        "__setattr__" wrap_setattr "($self, name, value, /)\n--\n\nImplement setattr(self, name, value).",
        "__delattr__" wrap_delattr "($self, name, /)\n--\n\nImplement delattr(self, name)." };
    tp_richcompare: CompareFn = g::slot_tp_richcompare {
        "__lt__" wrap_lt "($self, value, /)\n--\n\nReturn self<value.", "__le__" wrap_le "($self, value, /)\n--\n\nReturn self<=value.",
        "__eq__" wrap_eq "($self, value, /)\n--\n\nReturn self==value.", "__ne__" wrap_ne "($self, value, /)\n--\n\nReturn self!=value.",
        "__gt__" wrap_gt "($self, value, /)\n--\n\nReturn self>value.", "__ge__" wrap_ge "($self, value, /)\n--\n\nReturn self>=value." };
    tp_iter: UnaryFn = g::slot_tp_iter { "__iter__" wrap_unary "($self, /)\n--\n\nImplement iter(self)." };
    tp_iternext: UnaryFn = g::slot_tp_iternext { "__next__" wrap_next "($self, /)\n--\n\nImplement next(self)." };
    tp_descr_get: TernaryFn = g::slot_tp_descr_get {
        "__get__" wrap_descr_get "($self, instance, owner=None, /)\n--\n\nReturn an attribute of instance, which is of type owner." };
    tp_descr_set: StoreFn = g::slot_tp_descr_set {
        "__set__" wrap_descr_set "($self, instance, value, /)\n--\n\nSet an attribute of instance to value.",
        "__delete__" wrap_descr_delete "($self, instance, /)\n--\n\nDelete an attribute of instance." };
    tp_init: InitFn = g::slot_tp_init {
        "__init__" wrap_init "($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for accurate signature." };
    tp_finalize: FinalizeFn = g::slot_tp_finalize { "__del__" wrap_del "($self, /)\n--\n\n" };
    am_await: UnaryFn = g::slot_am_await { "__await__" wrap_unary "($self, /)\n--\n\nReturn an iterator to be used in await expression." };
    am_aiter: UnaryFn = g::slot_am_aiter { "__aiter__" wrap_unary "($self, /)\n--\n\nReturn an awaitable, that resolves in asynchronous iterator." };
    am_anext: UnaryFn = g::slot_am_anext { "__anext__" wrap_unary "($self, /)\n--\n\nReturn a value or raise StopAsyncIteration." };
    nb_add: BinaryFn = g::slot_nb_add { "__add__" wrap_binary "($self, value, /)\n--\n\nReturn self+value.", "__radd__" wrap_binary_r "($self, value, /)\n--\n\nReturn value+self." };
    nb_subtract: BinaryFn = g::slot_nb_subtract { "__sub__" wrap_binary "($self, value, /)\n--\n\nReturn self-value.", "__rsub__" wrap_binary_r "($self, value, /)\n--\n\nReturn value-self." };
    nb_multiply: BinaryFn = g::slot_nb_multiply { "__mul__" wrap_binary "($self, value, /)\n--\n\nReturn self*value.", "__rmul__" wrap_binary_r "($self, value, /)\n--\n\nReturn value*self." };
    nb_remainder: BinaryFn = g::slot_nb_remainder { "__mod__" wrap_binary "($self, value, /)\n--\n\nReturn self%value.", "__rmod__" wrap_binary_r "($self, value, /)\n--\n\nReturn value%self." };
    nb_divmod: BinaryFn = g::slot_nb_divmod { "__divmod__" wrap_binary "($self, value, /)\n--\n\nReturn divmod(self, value).", "__rdivmod__" wrap_binary_r "($self, value, /)\n--\n\nReturn divmod(value, self)." };
    nb_power: TernaryFn = g::slot_nb_power { "__pow__" wrap_ternary "($self, value, mod=None, /)\n--\n\nReturn pow(self, value, mod).", "__rpow__" wrap_ternary_r "($self, value, mod=None, /)\n--\n\nReturn pow(value, self, mod)." };
    nb_negative: UnaryFn = g::slot_nb_negative { "__neg__" wrap_unary "($self, /)\n--\n\n-self" };
    nb_positive: UnaryFn = g::slot_nb_positive { "__pos__" wrap_unary "($self, /)\n--\n\n+self" };
    nb_absolute: UnaryFn = g::slot_nb_absolute { "__abs__" wrap_unary "($self, /)\n--\n\nabs(self)" };
    nb_bool: InquiryFn = g::slot_nb_bool { "__bool__" wrap_inquiry "($self, /)\n--\n\nTrue if self else False" };
    nb_invert: UnaryFn = g::slot_nb_invert { "__invert__" wrap_unary "($self, /)\n--\n\n~self" };
    nb_lshift: BinaryFn = g::slot_nb_lshift { "__lshift__" wrap_binary "($self, value, /)\n--\n\nReturn self<<value.", "__rlshift__" wrap_binary_r "($self, value, /)\n--\n\nReturn value<<self." };
    nb_rshift: BinaryFn = g::slot_nb_rshift { "__rshift__" wrap_binary "($self, value, /)\n--\n\nReturn self>>value.", "__rrshift__" wrap_binary_r "($self, value, /)\n--\n\nReturn value>>self." };
    nb_and: BinaryFn = g::slot_nb_and { "__and__" wrap_binary "($self, value, /)\n--\n\nReturn self&value.", "__rand__" wrap_binary_r "($self, value, /)\n--\n\nReturn value&self." };
    nb_xor: BinaryFn = g::slot_nb_xor { "__xor__" wrap_binary "($self, value, /)\n--\n\nReturn self^value.", "__rxor__" wrap_binary_r "($self, value, /)\n--\n\nReturn value^self." };
    nb_or: BinaryFn = g::slot_nb_or { "__or__" wrap_binary "($self, value, /)\n--\n\nReturn self|value.", "__ror__" wrap_binary_r "($self, value, /)\n--\n\nReturn value|self." };
    nb_int: UnaryFn = g::slot_nb_int { "__int__" wrap_unary "($self, /)\n--\n\nint(self)" };
    nb_float: UnaryFn = g::slot_nb_float { "__float__" wrap_unary "($self, /)\n--\n\nfloat(self)" };
    nb_inplace_add: BinaryFn = g::slot_nb_inplace_add { "__iadd__" wrap_binary "($self, value, /)\n--\n\nReturn self+=value." };
    nb_inplace_subtract: BinaryFn = g::slot_nb_inplace_subtract { "__isub__" wrap_binary "($self, value, /)\n--\n\nReturn self-=value." };
    nb_inplace_multiply: BinaryFn = g::slot_nb_inplace_multiply { "__imul__" wrap_binary "($self, value, /)\n--\n\nReturn self*=value." };
    nb_inplace_remainder: BinaryFn = g::slot_nb_inplace_remainder { "__imod__" wrap_binary "($self, value, /)\n--\n\nReturn self%=value." };
    nb_inplace_power: TernaryFn = g::slot_nb_inplace_power { "__ipow__" wrap_ternary "($self, value, /)\n--\n\nReturn self**=value." };
    nb_inplace_lshift: BinaryFn = g::slot_nb_inplace_lshift { "__ilshift__" wrap_binary "($self, value, /)\n--\n\nReturn self<<=value." };
    nb_inplace_rshift: BinaryFn = g::slot_nb_inplace_rshift { "__irshift__" wrap_binary "($self, value, /)\n--\n\nReturn self>>=value." };
    nb_inplace_and: BinaryFn = g::slot_nb_inplace_and { "__iand__" wrap_binary "($self, value, /)\n--\n\nReturn self&=value." };
    nb_inplace_xor: BinaryFn = g::slot_nb_inplace_xor { "__ixor__" wrap_binary "($self, value, /)\n--\n\nReturn self^=value." };
    nb_inplace_or: BinaryFn = g::slot_nb_inplace_or { "__ior__" wrap_binary "($self, value, /)\n--\n\nReturn self|=value." };
    nb_floor_divide: BinaryFn = g::slot_nb_floor_divide { "__floordiv__" wrap_binary "($self, value, /)\n--\n\nReturn self//value.", "__rfloordiv__" wrap_binary_r "($self, value, /)\n--\n\nReturn value//self." };
    nb_true_divide: BinaryFn = g::slot_nb_true_divide { "__truediv__" wrap_binary "($self, value, /)\n--\n\nReturn self/value.", "__rtruediv__" wrap_binary_r "($self, value, /)\n--\n\nReturn value/self." };
    nb_inplace_floor_divide: BinaryFn = g::slot_nb_inplace_floor_divide { "__ifloordiv__" wrap_binary "($self, value, /)\n--\n\nReturn self//=value." };
    nb_inplace_true_divide: BinaryFn = g::slot_nb_inplace_true_divide { "__itruediv__" wrap_binary "($self, value, /)\n--\n\nReturn self/=value." };
    nb_index: UnaryFn = g::slot_nb_index { "__index__" wrap_unary "($self, /)\n--\n\nReturn self converted to an integer, if self is suitable for use as an index into a list." };
    nb_matrix_multiply: BinaryFn = g::slot_nb_matrix_multiply { "__matmul__" wrap_binary "($self, value, /)\n--\n\nReturn self@value.", "__rmatmul__" wrap_binary_r "($self, value, /)\n--\n\nReturn value@self." };
    nb_inplace_matrix_multiply: BinaryFn = g::slot_nb_inplace_matrix_multiply { "__imatmul__" wrap_binary "($self, value, /)\n--\n\nReturn self@=value." };
    mp_length: LenFn = g::slot_mp_length { "__len__" wrap_len "($self, /)\n--\n\nReturn len(self)." };
    mp_subscript: BinaryFn = g::slot_mp_subscript { "__getitem__" wrap_binary "($self, key, /)\n--\n\nReturn self[key]." };
    mp_ass_subscript: StoreFn = g::slot_mp_ass_subscript {
        "__setitem__" wrap_setitem "($self, key, value, /)\n--\n\nSet self[key] to value.", "__delitem__" wrap_delitem "($self, key, /)\n--\n\nDelete self[key]." };
    sq_length: LenFn = g::slot_mp_length { "__len__" wrap_len "($self, /)\n--\n\nReturn len(self)." };
    sq_concat: BinaryFn = g::slot_never { "__add__" wrap_concat "($self, value, /)\n--\n\nReturn self+value." };
    sq_repeat: IndexFn = g::slot_never_index { "__mul__" wrap_repeat "($self, value, /)\n--\n\nReturn self*value.", "__rmul__" wrap_repeat "($self, value, /)\n--\n\nReturn value*self." };
    sq_item: IndexFn = g::slot_sq_item { "__getitem__" wrap_sq_item "($self, key, /)\n--\n\nReturn self[key]." };
    sq_ass_item: StoreIndexFn = g::slot_sq_ass_item {
        "__setitem__" wrap_sq_setitem "($self, key, value, /)\n--\n\nSet self[key] to value.", "__delitem__" wrap_sq_delitem "($self, key, /)\n--\n\nDelete self[key]." };
    sq_contains: ContainsFn = g::slot_sq_contains { "__contains__" wrap_contains "($self, key, /)\n--\n\nReturn key in self." };
    sq_inplace_concat: BinaryFn = g::slot_never { "__iadd__" wrap_concat "($self, value, /)\n--\n\nImplement self+=value." };
    sq_inplace_repeat: IndexFn = g::slot_never_index { "__imul__" wrap_repeat "($self, value, /)\n--\n\nImplement self*=value." };
}

impl SlotGroup {
    /// Slots that a class made by `class` never gets a generic function for: the number slot of the same dunder does it.
    pub fn sequence_twin(&self) -> bool {
        matches!(
            self.name,
            "sq_concat" | "sq_repeat" | "sq_inplace_concat" | "sq_inplace_repeat"
        )
    }
}

/// Inherits what the type does not fill in itself (`inherit_slots`); comparison and hash come together or not at all.
pub fn inherit(own: &mut Slots, base: &Slots, overrides_eq_or_hash: bool) {
    let keep = own.tp_richcompare.is_some() || own.tp_hash.is_some() || overrides_eq_or_hash;
    for group in GROUPS {
        let paired = matches!(group.name, "tp_richcompare" | "tp_hash");
        if (group.is_set)(own) || (paired && keep) {
            continue;
        }
        (group.copy)(base, own);
    }
    if own.tp_new.is_none() {
        own.tp_new = base.tp_new;
    }
}
