//! Functions of each calling convention, alone and as methods of each kind: they return what they were called with. And callable
//! types that are method descriptors.

use crate::heap::payload::Native;
use crate::heap::payload::class::Layout;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{Args, req};
use crate::vm::native::{Arity, Binding, GetSet, Method, NativeFn, TypeSpec};
use crate::vm::{Machine, PyResult};

/// The six conventions, bound in one way.
const fn conventions(binding: Binding) -> [Method; 6] {
    let rows = [
        Method::new("meth_varargs", Arity::Any, positional),
        Method::new("meth_varargs_keywords", Arity::Keywords, with_keywords),
        Method::new("meth_o", Arity::One, one),
        Method::new("meth_noargs", Arity::NoArgs, only_self),
        Method::new("meth_fastcall", Arity::Any, positional),
        Method::new("meth_fastcall_keywords", Arity::Keywords, with_keywords),
    ];
    let unbound: [NativeFn; 6] = [
        |vm, _, args| positional(vm, NULL, args),
        |vm, _, args| with_keywords(vm, NULL, args),
        |vm, _, args| one(vm, NULL, args),
        |vm, _, args| only_self(vm, NULL, args),
        |vm, _, args| positional(vm, NULL, args),
        |vm, _, args| with_keywords(vm, NULL, args),
    ];
    let mut out = rows;
    let mut i = 0;
    while i < out.len() {
        out[i] = Method { binding, ..rows[i] };
        if matches!(binding, Binding::Static) {
            // A static method gets nothing for the object, though it knows its class.
            out[i].call = unbound[i];
        }
        i += 1;
    }
    out
}

pub(super) static METHODS: &[Method] = &conventions(Binding::Instance);

static INSTANCE: TypeSpec = TypeSpec {
    doc: "Class with normal (instance) methods to test calling conventions",
    methods: &conventions(Binding::Instance),
    ..plain("MethInstance")
};

static CLASS: TypeSpec = TypeSpec {
    doc: "Class with class methods to test calling conventions",
    methods: &conventions(Binding::Class),
    ..plain("MethClass")
};

static STATIC: TypeSpec = TypeSpec {
    doc: "Class with static methods to test calling conventions",
    methods: &conventions(Binding::Static),
    ..plain("MethStatic")
};

const fn plain(name: &'static str) -> TypeSpec {
    TypeSpec {
        gc: false,
        slots: |s| s.tp_new = Some(|vm, class, _| Ok(vm.alloc_instance(class, Payload::Object))),
        ..TypeSpec::new(name)
    }
}

static BASE: TypeSpec = TypeSpec {
    base_type: true,
    slots: |s| {
        s.tp_new = Some(|vm, class, _| Ok(vm.alloc_instance(class, Payload::Object)));
        s.tp_call = Some(|vm, _, _| Ok(vm.new_bool(true)));
        s.tp_descr_get = Some(|vm, this, obj, _| {
            if obj.is_null() || obj == vm.none {
                return Ok(vm.new_ref(this));
            }
            Ok(vm.new_method(this, obj))
        });
    },
    gc: false,
    ..TypeSpec::new("MethodDescriptorBase")
};

static DERIVED: TypeSpec = TypeSpec {
    base_type: true,
    gc: false,
    ..TypeSpec::new("MethodDescriptorDerived")
};

/// Binding gives itself; calling gives the arguments.
static NOP_GET: TypeSpec = TypeSpec {
    base_type: true,
    gc: false,
    slots: |s| {
        s.tp_call = Some(|vm, _, args| {
            let items = args.to_vec(vm);
            Ok(vm.new_tuple_of(&items))
        });
        s.tp_descr_get = Some(|vm, this, _, _| Ok(vm.new_ref(this)));
    },
    ..TypeSpec::new("MethodDescriptorNopGet")
};

static SECOND: TypeSpec = TypeSpec {
    base_type: true,
    gc: false,
    slots: |s| {
        s.tp_new = Some(|vm, class, _| Ok(vm.alloc_instance(class, Payload::Object)));
        s.tp_call = Some(|vm, _, _| Ok(vm.new_bool(false)));
    },
    ..TypeSpec::new("MethodDescriptor2")
};

/// A container that the collector does not see.
#[derive(Clone)]
struct Container(Obj);

impl Native for Container {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("value"), self.0);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.0, NULL)]
    }
    native_boilerplate!();
}

static CONTAINER: TypeSpec = TypeSpec {
    base_type: true,
    gc: false,
    layout: Layout::Native(Obj(0)),
    getset: &[GetSet::new("value", |vm, this| {
        let value = vm.heap.native::<Container>(this).map_or(NULL, |c| c.0);
        Ok(if value.is_null() {
            vm.new_none()
        } else {
            vm.new_ref(value)
        })
    })],
    slots: |s| {
        s.tp_new = Some(|vm, class, args| {
            let [value] = vm.unpack("ContainerNoGC", args, &[req("value")])?;
            vm.incref(value);
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Container(value))))))
        });
    },
    ..TypeSpec::new("_testcapi.ContainerNoGC")
};

pub(super) fn add_types(vm: &mut Machine, dict: Obj) {
    let object = vm.types.object;
    for spec in [&INSTANCE, &CLASS, &STATIC, &CONTAINER, &AWAITED] {
        vm.add_module_type(dict, spec, object);
    }
    let base = vm.add_module_type(dict, &BASE, object);
    for spec in [&DERIVED, &NOP_GET, &SECOND] {
        vm.add_module_type(dict, spec, base);
    }
}

/// An object whose slot for awaiting, and no method, answers with what it was made with; the collector does not see it.
static AWAITED: TypeSpec = TypeSpec {
    gc: false,
    layout: Layout::Native(Obj(0)),
    slots: |s| {
        s.tp_new = Some(|vm, class, args| {
            if args.len() != 1 {
                let n = args.len();
                return vm.type_error(format!("awaitObject expected 1 argument, got {n}"));
            }
            let value = vm.new_ref(args.get(vm, 0));
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Container(value))))))
        });
        s.am_await = Some(|vm, this| {
            let value = vm.heap.native::<Container>(this).map_or(NULL, |c| c.0);
            Ok(vm.new_ref(value))
        });
    },
    ..TypeSpec::new("awaitType")
};

/// What it is bound to, None for nothing; owned.
fn this_or_none(vm: &mut Machine, this: Obj) -> Obj {
    if this.is_null() {
        vm.new_none()
    } else {
        vm.new_ref(this)
    }
}

fn only_self(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    Ok(this_or_none(vm, this))
}

fn one(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let this = this_or_none(vm, this);
    let arg = vm.new_ref(args.get(vm, 0));
    Ok(vm.new_tuple(vec![this, arg]))
}

fn positional(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let this = this_or_none(vm, this);
    let items = args.to_vec(vm);
    let given = vm.new_tuple_of(&items);
    Ok(vm.new_tuple(vec![this, given]))
}

fn with_keywords(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let this = this_or_none(vm, this);
    let items = args.to_vec(vm);
    let given = vm.new_tuple_of(&items);
    let keywords = args.keywords(vm);
    let kwargs = if keywords.is_empty() {
        vm.new_none()
    } else {
        vm.new_dict()
    };
    for (name, value) in keywords {
        vm.dict_set_str(kwargs, name, value);
    }
    Ok(vm.new_tuple(vec![this, given, kwargs]))
}
