//! `types.GenericAlias`: `list[int]` (`Objects/genericaliasobject.c`). `X | Y` is in `union_type.rs`.

use crate::heap::payload::Native;
use crate::heap::payload::class::Layout;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult, Thrown};

pub use super::union_type::{SPEC as UNION_SPEC, union_or};

#[derive(Clone)]
pub(super) struct GenericAlias {
    pub origin: Obj,
    pub args: Obj,
    /// The type variables among the arguments; NULL until asked for.
    pub parameters: Obj,
}

impl Native for GenericAlias {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("__origin__"), self.origin);
        f(Edge::Field("__args__"), self.args);
        f(Edge::Field("__parameters__"), self.parameters);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.origin, &mut self.args, &mut self.parameters].map(|o| std::mem::replace(o, NULL)).to_vec()
    }
    fn has_clear(&self) -> bool {
        false
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Represent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    layout: Layout::Other,
    base_type: true,
    has_weakrefs: true,
    methods: &[
        Method::new("__mro_entries__", Arity::One, mro_entries),
        Method::new("__instancecheck__", Arity::One, |vm, _, _| {
            vm.type_error("isinstance() argument 2 cannot be a parameterized generic".to_string())
        }),
        Method::new("__subclasscheck__", Arity::One, |vm, _, _| {
            vm.type_error("issubclass() argument 2 cannot be a parameterized generic".to_string())
        }),
        Method::new("__reduce__", Arity::NoArgs, reduce),
        Method::new("__dir__", Arity::NoArgs, dir),
    ],
    getset: &[
        GetSet::new("__origin__", |vm, this| {
            let origin = alias(vm, this).origin;
            Ok(vm.new_ref(origin))
        }),
        GetSet::new("__args__", |vm, this| {
            let args = alias(vm, this).args;
            Ok(vm.new_ref(args))
        }),
        GetSet::new("__parameters__", |vm, this| {
            let parameters = parameters(vm, this)?;
            Ok(vm.new_ref(parameters))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_call = Some(call);
        s.tp_repr = Some(repr);
        s.tp_hash = Some(hash);
        s.tp_richcompare = Some(rich_compare);
        s.tp_getattro = Some(getattro);
        s.mp_subscript = Some(subscript);
        s.nb_or = Some(super::union_type::union_or);
    },
    ..TypeSpec::new("types.GenericAlias")
};

/// Attributes that are the alias's own; all others are its origin's.
const OWN_ATTRIBUTES: [&str; 8] = [
    "__origin__",
    "__args__",
    "__parameters__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
];

/// `__class_getitem__` of built-in containers (`Py_GenericAlias`).
pub fn class_getitem(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let item = args.get(vm, 0);
    Ok(vm.new_generic_alias(class, item))
}

impl Machine {
    /// `origin[item]`; both are borrowed.
    pub fn new_generic_alias(&mut self, origin: Obj, item: Obj) -> Obj {
        self.new_generic_alias_of(self.types.generic_alias, origin, item)
    }

    fn new_generic_alias_of(&mut self, class: Obj, origin: Obj, item: Obj) -> Obj {
        self.incref(origin);
        let native = GenericAlias { origin, args: NULL, parameters: NULL };
        let made = self.alloc_instance(class, crate::heap::Payload::Native(Box::new(Box::new(native))));
        let args = if self.heap.tuple(item).is_some() { self.new_ref(item) } else { self.new_tuple_of(&[item]) };
        if let Some(alias) = self.heap.native_mut::<GenericAlias>(made) {
            alias.args = args;
        }
        made
    }
}

fn alias(vm: &Machine, this: Obj) -> &GenericAlias {
    vm.heap.native(this).expect("a generic alias")
}

pub(super) fn is_alias(vm: &Machine, o: Obj) -> bool {
    vm.heap.native::<GenericAlias>(o).is_some()
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("GenericAlias() takes no keyword arguments".to_string());
    }
    if args.len() != 2 {
        let given = args.len();
        return vm.type_error(format!("GenericAlias expected 2 arguments, got {given}"));
    }
    let (origin, item) = (args.get(vm, 0), args.get(vm, 1));
    Ok(vm.new_generic_alias_of(class, origin, item))
}

fn reduce(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let (origin, args) = (alias(vm, this).origin, alias(vm, this).args);
    let args = vm.new_tuple_of(&[origin, args]);
    let ty = vm.heap.ty(this);
    let ty = vm.new_ref(ty);
    Ok(vm.new_tuple(vec![ty, args]))
}

fn mro_entries(vm: &mut Machine, this: Obj, _args: Args) -> PyResult<Obj> {
    let origin = alias(vm, this).origin;
    Ok(vm.new_tuple_of(&[origin]))
}

fn getattro(vm: &mut Machine, this: Obj, name: Obj) -> PyResult<Obj> {
    let text = vm.text(name);
    if vm.heap.str(name).is_some() && !OWN_ATTRIBUTES.contains(&text.as_str()) {
        let origin = alias(vm, this).origin;
        return vm.get_attr(origin, name);
    }
    crate::vm::attribute::generic_getattr(vm, this, name)
}

/// What the origin has, and the alias's own.
fn dir(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let origin = alias(vm, this).origin;
    let names = vm.dir_of(origin)?;
    vm.hold(names);
    let known: Vec<String> = vm.heap.list(names).into_iter().flatten().map(|o| vm.text(*o)).collect();
    for own in OWN_ATTRIBUTES.iter().filter(|own| !known.iter().any(|k| k == *own)) {
        let name = vm.intern(own);
        if let Some(list) = vm.heap.list_mut(names) {
            list.push(name);
        }
    }
    Ok(vm.unhold())
}

/// The new object is told what it was made as, if it lets itself be told.
fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let origin = alias(vm, this).origin;
    let made = vm.call_args(origin, args)?;
    vm.hold(made);
    let set = vm.set_attr_str(made, "__orig_class__", this);
    if let Err(thrown) = set {
        let refused = vm.pending_matches(vm.types.attribute_error) || vm.pending_matches(vm.types.type_error);
        if thrown == Thrown::Interrupt || !refused {
            vm.drop_held();
            return Err(thrown);
        }
        vm.clear_exception();
    }
    Ok(vm.unhold())
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let (origin, args) = (alias(vm, this).origin, alias(vm, this).args);
    Ok(vm.hash(origin)? ^ vm.hash(args)?)
}

fn rich_compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !is_alias(vm, this) || !is_alias(vm, other) || !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(vm.new_not_implemented());
    }
    let (a, b) = (alias(vm, this).clone(), alias(vm, other).clone());
    let equal = vm.rich_compare_bool(a.origin, b.origin, CmpOp::Eq)? && vm.rich_compare_bool(a.args, b.args, CmpOp::Eq)?;
    Ok(vm.new_bool(equal == (op == CmpOp::Eq)))
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let GenericAlias { origin, args, .. } = *alias(vm, this);
    let items = vm.heap.tuple(args).unwrap_or(&[]).to_vec();
    let mut text = repr_item(vm, origin)?;
    text.push('[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        text.push_str(&repr_item(vm, *item)?);
    }
    text.push_str(if items.is_empty() { "()]" } else { "]" });
    Ok(vm.new_string(text))
}

/// A class by its name, with the module unless that is builtins; anything else by its repr (`ga_repr_item`).
pub(super) fn repr_item(vm: &mut Machine, o: Obj) -> PyResult<String> {
    if o == vm.ellipsis {
        return Ok("...".to_string());
    }
    let is_generic = has_attr(vm, o, "__origin__")? && has_attr(vm, o, "__args__")?;
    if !is_generic && let Some(qualname) = vm.lookup_attr(o, vm.names.__qualname__)? {
        vm.hold(qualname);
        let named = named_item(vm, o, qualname);
        vm.drop_held();
        if let Some(text) = named? {
            return Ok(text);
        }
    }
    vm.repr_text(o)
}

fn named_item(vm: &mut Machine, o: Obj, qualname: Obj) -> PyResult<Option<String>> {
    let Some(module) = vm.lookup_attr(o, vm.names.__module__)? else { return Ok(None) };
    let (text, is_none) = (vm.text(module), module == vm.none);
    vm.decref(module);
    if is_none {
        return Ok(None);
    }
    let name = vm.text(qualname);
    Ok(Some(if text == "builtins" { name } else { format!("{text}.{name}") }))
}

fn has_attr(vm: &mut Machine, o: Obj, name: &str) -> PyResult<bool> {
    match vm.lookup_attr_str(o, name)? {
        Some(found) => {
            vm.decref(found);
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The alias's type variables; borrowed.
fn parameters(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let GenericAlias { args, parameters, .. } = *alias(vm, this);
    if !parameters.is_null() {
        return Ok(parameters);
    }
    let made = make_parameters(vm, args)?;
    let place: &mut GenericAlias = vm.heap.native_mut(this).expect("a generic alias");
    place.parameters = made;
    Ok(made)
}

/// A tuple of the type variables in some arguments, each once, in order (`_Py_make_parameters`). Owned.
pub(super) fn make_parameters(vm: &mut Machine, args: Obj) -> PyResult<Obj> {
    let items = vm.heap.tuple(args).unwrap_or(&[]).to_vec();
    let mut found: Vec<Obj> = Vec::new();
    for item in items {
        if is_typevar(vm, item) {
            add_once(vm, &mut found, item);
        } else if vm.heap.is_class(item) {
            // The parameters of a generic class are not those of the alias.
            continue;
        } else if let Some(inner) = vm.lookup_attr(item, vm.names.__parameters__)? {
            for parameter in vm.heap.tuple(inner).unwrap_or(&[]).to_vec() {
                add_once(vm, &mut found, parameter);
            }
            vm.decref(inner);
        }
    }
    Ok(vm.new_tuple(found))
}

fn add_once(vm: &mut Machine, found: &mut Vec<Obj>, o: Obj) {
    if !found.contains(&o) {
        found.push(vm.new_ref(o));
    }
}

/// `is_typevar` goes by the name of the class, since `typing` is not imported for this.
fn is_typevar(vm: &Machine, o: Obj) -> bool {
    vm.type_name(o) == "TypeVar"
}

fn subscript(vm: &mut Machine, this: Obj, item: Obj) -> PyResult<Obj> {
    let parameters = parameters(vm, this)?;
    let GenericAlias { origin, args, .. } = *alias(vm, this);
    let new_args = substitute(vm, this, args, parameters, item)?;
    let made = vm.new_generic_alias(origin, new_args);
    vm.decref(new_args);
    Ok(made)
}

/// The arguments with the type variables replaced (`_Py_subs_parameters`). Owned tuple.
pub(super) fn substitute(vm: &mut Machine, this: Obj, args: Obj, parameters: Obj, item: Obj) -> PyResult<Obj> {
    let variables = vm.heap.tuple(parameters).unwrap_or(&[]).to_vec();
    let values = vm.heap.tuple(item).map_or_else(|| vec![item], <[Obj]>::to_vec);
    if variables.is_empty() || variables.len() != values.len() {
        let text = vm.repr_text(this)?;
        return vm.type_error(match (variables.is_empty(), values.len() > variables.len()) {
            (true, _) => format!("There are no type variables left in {text}"),
            (_, true) => format!("Too many arguments for {text}"),
            (_, false) => format!("Too few arguments for {text}"),
        });
    }
    let mark = vm.mark();
    for arg in vm.heap.tuple(args).unwrap_or(&[]).to_vec() {
        let replaced = if let Some(i) = variables.iter().position(|v| *v == arg) {
            Ok(vm.new_ref(values[i]))
        } else {
            substitute_inside(vm, arg, &variables, &values)
        };
        match replaced {
            Ok(o) => vm.hold(o),
            Err(thrown) => {
                vm.release_raising(mark);
                return Err(thrown);
            }
        };
    }
    let items = vm.stack[mark..vm.top].to_vec();
    let made = vm.new_tuple_of(&items);
    vm.release(mark);
    Ok(made)
}

/// `subs_tvars`: an argument that has type variables of its own is subscripted with their values.
fn substitute_inside(vm: &mut Machine, o: Obj, variables: &[Obj], values: &[Obj]) -> PyResult<Obj> {
    if vm.heap.is_class(o) {
        return Ok(vm.new_ref(o));
    }
    let Some(inner) = vm.lookup_attr(o, vm.names.__parameters__)? else { return Ok(vm.new_ref(o)) };
    let own = vm.heap.tuple(inner).unwrap_or(&[]).to_vec();
    if own.is_empty() {
        vm.decref(inner);
        return Ok(vm.new_ref(o));
    }
    let replaced: Vec<Obj> = own.iter().map(|p| variables.iter().position(|v| v == p).map_or(*p, |i| values[i])).collect();
    let key = vm.new_tuple_of(&replaced);
    vm.decref(inner);
    vm.hold(key);
    let result = vm.get_item(o, key);
    vm.let_go(result)
}
