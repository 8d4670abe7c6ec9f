//! `operator.attrgetter`, `itemgetter`, `methodcaller` (`Modules/_operator.c`).

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// What was given to the constructor: a tuple, and a dict of keywords or NULL.
#[derive(Clone)]
struct Getter {
    /// The method's name, which `methodcaller` keeps apart; else NULL.
    name: Obj,
    args: Obj,
    kwargs: Obj,
    /// `itemgetter` visits its class first, the others last.
    class_first: bool,
    /// `args` is the only argument itself, as `itemgetter` keeps it.
    single: bool,
}

impl Native for Getter {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("name"), self.name);
        f(Edge::Field("args"), self.args);
        f(Edge::Field("kwargs"), self.kwargs);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn traverse_typed(&self, class: Obj, f: &mut dyn FnMut(Edge, Obj)) {
        if self.class_first {
            f(Edge::Type, class);
        }
        self.traverse(f);
        if !self.class_first {
            f(Edge::Type, class);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![
            std::mem::replace(&mut self.name, NULL),
            std::mem::replace(&mut self.args, NULL),
            std::mem::replace(&mut self.kwargs, NULL),
        ]
    }
    native_boilerplate!();
}

pub static TYPES: &[TypeSpec] = &[
    TypeSpec {
        methods: METHODS,
        slots: |s| {
            s.tp_repr = Some(repr);
            s.tp_new = Some(|vm, class, args| {
                no_keywords(vm, args, "itemgetter")?;
                new(vm, class, args, "itemgetter")
            });
            s.tp_call = Some(call_item);
        },
        doc: "itemgetter(item, ...) - a callable that gets these items of its argument",
        ..TypeSpec::new("operator.itemgetter")
    },
    TypeSpec {
        methods: METHODS,
        slots: |s| {
            s.tp_repr = Some(repr);
            s.tp_new = Some(new_attr);
            s.tp_call = Some(call_attr);
        },
        doc: "attrgetter(attr, ...) - a callable that gets these attributes of its argument",
        ..TypeSpec::new("operator.attrgetter")
    },
    TypeSpec {
        methods: METHODS,
        slots: |s| {
            s.tp_repr = Some(repr);
            s.tp_new = Some(new_caller);
            s.tp_call = Some(call_method);
        },
        doc: "methodcaller(name, ...) - a callable that calls this method of its argument",
        ..TypeSpec::new("operator.methodcaller")
    },
];

static METHODS: &[Method] = &[Method::new("__reduce__", Arity::NoArgs, reduce)];

fn parts(vm: &Machine, this: Obj) -> (Vec<Obj>, Obj) {
    let getter = vm.heap.native::<Getter>(this).expect("checked by the type");
    if getter.single {
        return (vec![getter.args], NULL);
    }
    let name = (!getter.name.is_null()).then_some(getter.name);
    let rest = vm.heap.tuple(getter.args).unwrap_or_default();
    (
        name.into_iter().chain(rest.iter().copied()).collect(),
        getter.kwargs,
    )
}

fn no_keywords(vm: &mut Machine, args: Args, name: &str) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        return vm.type_error(format!("{name}() takes no keyword arguments"));
    }
    Ok(())
}

fn new(vm: &mut Machine, class: Obj, args: Args, name: &str) -> PyResult<Obj> {
    let class_first = name == "itemgetter";
    if args.is_empty() {
        return vm.type_error(format!("{name} expected 1 argument, got 0"));
    }
    let single = class_first && args.len() == 1;
    let args = match (single, class_first) {
        (true, _) => vm.new_ref(args.get(vm, 0)),
        (_, true) => args.to_tuple(vm),
        _ => {
            let items = args.to_vec(vm);
            vm.new_tuple_of(&items)
        }
    };
    Ok(make(
        vm,
        class,
        Getter {
            name: NULL,
            args,
            kwargs: NULL,
            class_first,
            single,
        },
    ))
}

fn make(vm: &mut Machine, class: Obj, getter: Getter) -> Obj {
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(getter))))
}

fn new_attr(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    no_keywords(vm, args, "attrgetter")?;
    if args.to_vec(vm).iter().any(|o| vm.heap.str(*o).is_none()) {
        return vm.type_error("attribute name must be a string".to_string());
    }
    new(vm, class, args, "attrgetter")
}

fn new_caller(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.is_empty() {
        return vm
            .type_error("methodcaller needs at least one argument, the method name".to_string());
    }
    if vm.heap.str(args.get(vm, 0)).is_none() {
        return vm.type_error("method name must be a string".to_string());
    }
    let name = vm.new_ref(args.get(vm, 0));
    let kwargs = match args.kw_len(vm) {
        0 => NULL,
        _ => args.to_dict(vm),
    };
    let rest = args.positional().skip(1).new_tuple(vm);
    Ok(make(
        vm,
        class,
        Getter {
            name,
            args: rest,
            kwargs,
            class_first: false,
            single: false,
        },
    ))
}

fn only(vm: &mut Machine, args: Args, name: &str) -> PyResult<Obj> {
    no_keywords(vm, args, name)?;
    let given = args.len();
    if given != 1 {
        return vm.type_error(format!("{name} expected 1 argument, got {given}"));
    }
    Ok(args.get(vm, 0))
}

/// One value, or a tuple of as many as there are keys.
fn each(
    vm: &mut Machine,
    keys: &[Obj],
    mut get: impl FnMut(&mut Machine, Obj) -> PyResult<Obj>,
) -> PyResult<Obj> {
    if let [key] = keys {
        return get(vm, *key);
    }
    let mark = vm.mark();
    for key in keys {
        match get(vm, *key) {
            Ok(value) => {
                vm.hold(value);
            }
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        }
    }
    let mut items: Vec<Obj> = keys.iter().map(|_| vm.unhold()).collect();
    items.reverse();
    Ok(vm.new_tuple(items))
}

fn call_item(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let o = only(vm, args, "itemgetter")?;
    let (keys, _) = parts(vm, this);
    each(vm, &keys, |vm, key| vm.get_item(o, key))
}

fn call_attr(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let o = only(vm, args, "attrgetter")?;
    let (keys, _) = parts(vm, this);
    each(vm, &keys, |vm, key| dotted(vm, o, key))
}

/// `a.b.c` step by step, each owned while it is asked (`dotted_getattr`).
fn dotted(vm: &mut Machine, o: Obj, path: Obj) -> PyResult<Obj> {
    let text = vm.text(path);
    if !text.contains('.') {
        return vm.get_attr(o, path);
    }
    let mut now = vm.new_ref(o);
    for name in text.split('.') {
        now = vm.with_held(now, |vm, now| vm.get_attr_str(now, name))?;
    }
    Ok(now)
}

fn call_method(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let o = only(vm, args, "methodcaller")?;
    let caller = vm.heap.native::<Getter>(this).expect("checked by the type");
    let (name, args, kwargs) = (caller.name, caller.args, caller.kwargs);
    let method = vm.get_attr(o, name)?;
    vm.with_held(method, |vm, method| {
        vm.incref(args);
        vm.xincref(kwargs);
        vm.call_object(method, args, kwargs)
    })
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let name = vm.class_name(vm.heap.ty(this));
    if vm.repr_enter(this) {
        return Ok(vm.new_string(format!("{name}(...)")));
    }
    let inside = repr_inside(vm, this);
    vm.repr_leave(this);
    let inside = inside?;
    Ok(vm.new_string(format!("{name}({inside})")))
}

fn repr_inside(vm: &mut Machine, this: Obj) -> PyResult<String> {
    let (args, kwargs) = parts(vm, this);
    let mut shown = Vec::new();
    for o in args {
        shown.push(vm.repr_text(o)?);
    }
    if !kwargs.is_null() {
        for (name, value) in vm.heap.dict_items(kwargs) {
            shown.push(format!("{}={}", vm.text(name), vm.repr_text(value)?));
        }
    }
    Ok(shown.join(", "))
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let getter = vm.heap.native::<Getter>(this).expect("checked by the type");
    let (name, args, kwargs) = (getter.name, getter.args, getter.kwargs);
    let class = vm.heap.ty(this);
    if getter.single {
        let args = vm.new_tuple_of(&[args]);
        vm.hold(args);
        let reduced = vm.new_tuple_of(&[class, args]);
        vm.drop_held();
        return Ok(reduced);
    }
    if name.is_null() {
        return Ok(vm.new_tuple_of(&[class, args]));
    }
    if kwargs.is_null() {
        let (all, _) = parts(vm, this);
        let all = vm.new_tuple_of(&all);
        vm.hold(all);
        let reduced = vm.new_tuple_of(&[class, all]);
        vm.drop_held();
        return Ok(reduced);
    }
    // With keyword arguments: a partial that makes it.
    let functools = vm.import_module("functools")?;
    let partial = vm.with_held(functools, |vm, functools| {
        vm.get_attr_str(functools, "partial")
    })?;
    let made = vm.with_held(partial, |vm, partial| {
        vm.call_with_dict(partial, &[class, name], kwargs)
    })?;
    let args = vm.new_ref(args);
    Ok(vm.new_tuple(vec![made, args]))
}
