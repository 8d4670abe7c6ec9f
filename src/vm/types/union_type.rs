//! `types.UnionType`: `int | str` (`Objects/unionobject.c`).

use crate::bytecode::opcode::Op;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

use super::generic_alias::{is_alias, make_parameters, repr_item, substitute};

#[derive(Clone)]
struct Union {
    args: Obj,
    /// The type variables among the arguments; NULL until asked for.
    parameters: Obj,
}

impl Native for Union {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("__args__"), self.args);
        f(Edge::Field("__parameters__"), self.parameters);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.args, &mut self.parameters].map(|o| std::mem::replace(o, NULL)).to_vec()
    }
    fn has_clear(&self) -> bool {
        false
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Represent a PEP 604 union type\n\nE.g. for int | str",
    methods: &[
        Method::new("__instancecheck__", Arity::One, instancecheck),
        Method::new("__subclasscheck__", Arity::One, subclasscheck),
    ],
    getset: &[
        GetSet::new("__args__", |vm, this| {
            let args = args_of(vm, this);
            Ok(vm.new_ref(args))
        }),
        GetSet::new("__parameters__", |vm, this| {
            let parameters = parameters(vm, this)?;
            Ok(vm.new_ref(parameters))
        }),
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.tp_hash = Some(hash);
        s.tp_richcompare = Some(rich_compare);
        s.tp_getattro = Some(getattro);
        s.mp_subscript = Some(subscript);
        s.nb_or = Some(union_or);
    },
    ..TypeSpec::new("types.UnionType")
};

fn args_of(vm: &Machine, this: Obj) -> Obj {
    vm.heap.native::<Union>(this).map_or(NULL, |u| u.args)
}

fn items_of(vm: &Machine, this: Obj) -> Vec<Obj> {
    vm.heap.tuple(args_of(vm, this)).unwrap_or(&[]).to_vec()
}

fn is_union(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<Union>(o).is_some()
}

fn is_unionable(vm: &Machine, o: Obj) -> bool {
    o == vm.none || vm.heap.is_class(o) || is_alias(vm, o) || is_union(vm, o)
}

/// `X | Y` of classes, aliases, unions and None (`_Py_union_type_or`); the slot `nb_or` of `type` too.
pub fn union_or(vm: &mut Machine, a: Obj, b: Obj) -> PyResult<Obj> {
    if !is_unionable(vm, a) || !is_unionable(vm, b) {
        return Ok(vm.new_not_implemented());
    }
    // A tuple of the operands, one of all their members, one of those that differ.
    let parts: Vec<Obj> = [a, b]
        .into_iter()
        .flat_map(|o| if is_union(vm, o) { items_of(vm, o) } else { vec![o] })
        .collect();
    vm.reserve_tuple(2);
    vm.reserve_tuple(parts.len());
    vm.reserve_tuple(parts.len());
    let members = different(vm, &parts);
    vm.give_back_tuple(parts.len());
    let made = match members {
        Err(thrown) => {
            vm.give_back_tuple(parts.len());
            Err(thrown)
        }
        Ok(members) if members.len() == 1 => {
            vm.give_back_tuple(1);
            Ok(vm.new_ref(members[0]))
        }
        Ok(members) => {
            members.iter().for_each(|o| vm.incref(*o));
            let args = vm.new_reserved_tuple(members);
            Ok(vm.new_native(vm.types.union_type, Union { args, parameters: NULL }))
        }
    };
    vm.give_back_tuple(2);
    made
}

/// Each once, in the order in which they come, None as its class (`dedup_and_flatten_args`).
fn different(vm: &mut Machine, parts: &[Obj]) -> PyResult<Vec<Obj>> {
    let mut members: Vec<Obj> = Vec::new();
    for part in parts {
        let part = if *part == vm.none { vm.types.none_type } else { *part };
        if !has_member(vm, &members, part)? {
            members.push(part);
        }
    }
    Ok(members)
}

/// Aliases are the same if they are equal, all else if it is identical.
fn has_member(vm: &mut Machine, members: &[Obj], o: Obj) -> PyResult<bool> {
    for member in members {
        let same = if is_alias(vm, *member) && is_alias(vm, o) {
            vm.rich_compare_bool(*member, o, CmpOp::Eq)?
        } else {
            *member == o
        };
        if same {
            return Ok(true);
        }
    }
    Ok(false)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let mut parts = Vec::new();
    for item in items_of(vm, this) {
        parts.push(if item == vm.types.none_type { "None".to_string() } else { repr_item(vm, item)? });
    }
    Ok(vm.new_string(parts.join(" | ")))
}

/// Unions are equal whatever the order of their members: both are made sets.
fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let args = args_of(vm, this);
    let set = super::set::make_new_set(vm, vm.types.frozenset, args)?;
    vm.hold(set);
    let hash = vm.hash(set);
    vm.let_go(hash)
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_union(vm, other) || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (args_of(vm, this), args_of(vm, other));
    let mark = vm.mark();
    let a = super::set::make_new_set(vm, vm.types.set, a)?;
    vm.hold(a);
    let result = match super::set::make_new_set(vm, vm.types.set, b) {
        Ok(b) => {
            vm.hold(b);
            vm.rich_compare(a, b, op)
        }
        Err(thrown) => Err(thrown),
    };
    vm.releasing(mark, result)
}

fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    if name == vm.names.__module__ {
        let ty = vm.heap.ty(this);
        return vm.get_attr(ty, name);
    }
    crate::vm::attribute::generic_getattr(vm, this, name)
}

fn parameters(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let known = vm.heap.native::<Union>(this).map_or(NULL, |u| u.parameters);
    if !known.is_null() {
        return Ok(known);
    }
    let args = args_of(vm, this);
    let made = make_parameters(vm, args)?;
    if let Some(union) = vm.heap.native_mut::<Union>(this) {
        union.parameters = made;
    }
    Ok(made)
}

/// The type variables are replaced and the result is put together again with `|`.
fn subscript(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<Obj> {
    let parameters = parameters(vm, this)?;
    let args = args_of(vm, this);
    let new_args = substitute(vm, this, args, parameters, item)?;
    vm.hold(new_args);
    let items = vm.heap.tuple(new_args).unwrap_or(&[]).to_vec();
    let mut result = Ok(vm.new_ref(items[0]));
    for item in &items[1..] {
        let Ok(left) = result else { break };
        vm.hold(left);
        result = vm.binary_op(Op::BinaryOr, left, *item);
        vm.drop_held();
    }
    vm.drop_held();
    result
}

fn check_members(vm: &mut Machine, this: Obj, function: &str) -> PyResult<Vec<Obj>> {
    let items = items_of(vm, this);
    if items.iter().any(|o| is_alias(vm, *o)) {
        return vm.type_error(format!("{function}() argument 2 cannot contain a parameterized generic"));
    }
    Ok(items.into_iter().filter(|o| vm.heap.is_class(*o)).collect())
}

fn instancecheck(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let instance = args.get(vm, 0);
    for class in check_members(vm, this, "isinstance")? {
        if vm.is_instance(instance, class)? {
            return Ok(vm.new_bool(true));
        }
    }
    Ok(vm.new_bool(false))
}

fn subclasscheck(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let class = args.get(vm, 0);
    if !vm.heap.is_class(class) {
        return vm.type_error("issubclass() arg 1 must be a class".to_string());
    }
    for member in check_members(vm, this, "issubclass")? {
        let answer = vm.call_builtin("issubclass", &[class, member])?;
        let yes = answer == vm.true_;
        vm.decref(answer);
        if yes {
            return Ok(vm.new_bool(true));
        }
    }
    Ok(vm.new_bool(false))
}
