//! `pickle.PickleBuffer`: a wrapper that says that a buffer may travel beside the pickle.

use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::types::memoryview::MemoryView;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
pub struct PickleBuffer {
    /// A memoryview of the object; NULL once released.
    pub view: Obj,
}

impl Native for PickleBuffer {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("view"), self.view);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.view, NULL)]
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Wrapper for potentially out-of-band buffers",
    has_weakrefs: true,
    methods: &[
        Method::new("raw", Arity::NoArgs, raw).doc(
            "raw($self, /)\n--\n\nReturn a memoryview of the raw memory underlying this buffer.",
        ),
        Method::new("release", Arity::NoArgs, release)
            .doc("release($self, /)\n--\n\nRelease the underlying buffer exposed by the PickleBuffer object."),
    ],
    slots: |s| s.tp_new = Some(new),
    ..TypeSpec::new("pickle.PickleBuffer")
};

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("PickleBuffer() takes no keyword arguments".to_string());
    }
    let given = args.len();
    if given != 1 {
        return vm.type_error(format!("function takes exactly 1 argument ({given} given)"));
    }
    let of = args.get(vm, 0);
    if vm.heap.native::<PickleBuffer>(of).is_some() {
        view(vm, of)?;
    }
    if vm.buffer(of).is_none() && vm.heap.native::<MemoryView>(of).is_none() {
        let name = vm.type_name(of);
        return vm.type_error(format!("a bytes-like object is required, not '{name}'"));
    }
    let view = vm.memoryview_of(of)?;
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(PickleBuffer { view }))),
    ))
}

/// The view inside, borrowed.
pub(super) fn view(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match vm
        .heap
        .native::<PickleBuffer>(this)
        .map_or(NULL, |b| b.view)
        .some()
    {
        Some(view) => Ok(view),
        None => vm.value_error("operation forbidden on released PickleBuffer object"),
    }
}

fn raw(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let view = view(vm, this)?;
    vm.memoryview_of(view)
}

fn release(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let old = vm
        .heap
        .native_mut::<PickleBuffer>(this)
        .map_or(NULL, |b| std::mem::replace(&mut b.view, NULL));
    vm.xdecref(old);
    Ok(vm.new_none())
}
