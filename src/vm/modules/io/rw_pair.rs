//! `io.BufferedRWPair` (`Modules/_io/bufferedio.c`): a reader and a writer that look like one stream.

use super::buffered::{READER_SPEC, WRITER_SPEC, want};
use super::stream_spec;
use crate::heap::payload::{Native, Payload};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{pos, pos_opt};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Pair {
    reader: Obj,
    writer: Obj,
    dict: Obj,
}

impl Native for Pair {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Dict, self.dict);
        f(Edge::Field("reader"), self.reader);
        f(Edge::Field("writer"), self.writer);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.reader, &mut self.writer, &mut self.dict]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    fn dict(&self) -> Option<&Obj> {
        Some(&self.dict)
    }
    fn dict_mut(&mut self) -> Option<&mut Obj> {
        Some(&mut self.dict)
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "A buffered reader and a buffered writer, as the two ends of a connection have them.",
    methods: &[
        Method::new("read", Arity::Any, |vm, this, args| {
            reading(vm, this, "read", args)
        })
        .varargs(),
        Method::new("peek", Arity::Any, |vm, this, args| {
            reading(vm, this, "peek", args)
        })
        .varargs(),
        Method::new("read1", Arity::Any, |vm, this, args| {
            reading(vm, this, "read1", args)
        })
        .varargs(),
        Method::new("readinto", Arity::Any, |vm, this, args| {
            reading(vm, this, "readinto", args)
        })
        .varargs(),
        Method::new("readinto1", Arity::Any, |vm, this, args| {
            reading(vm, this, "readinto1", args)
        })
        .varargs(),
        Method::new("readable", Arity::Any, |vm, this, args| {
            reading(vm, this, "readable", args)
        }),
        Method::new("write", Arity::Any, |vm, this, args| {
            writing(vm, this, "write", args)
        })
        .varargs(),
        Method::new("flush", Arity::Any, |vm, this, args| {
            writing(vm, this, "flush", args)
        }),
        Method::new("writable", Arity::Any, |vm, this, args| {
            writing(vm, this, "writable", args)
        }),
        Method::new("close", Arity::NoArgs, close),
        Method::new("isatty", Arity::NoArgs, isatty),
    ],
    getset: &[GetSet::new("closed", |vm, this| {
        let writer = parts(vm, this)?.1;
        vm.get_attr_str(writer, "closed")
    })],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            let native = Pair {
                reader: NULL,
                writer: NULL,
                dict: NULL,
            };
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
        });
        s.tp_init = Some(init);
    },
    ..stream_spec("_io.BufferedRWPair")
};

fn parts(vm: &mut Machine, this: Obj) -> PyResult<(Obj, Obj)> {
    let pair = vm.heap.native::<Pair>(this).expect("a BufferedRWPair");
    let (reader, writer) = (pair.reader, pair.writer);
    if reader.is_null() || writer.is_null() {
        return vm.value_error("I/O operation on uninitialized object");
    }
    Ok((reader, writer))
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    if args.kw_len(vm) > 0 {
        return vm.type_error("BufferedRWPair() takes no keyword arguments".to_string());
    }
    let [reader, writer, size] = vm.unpack(
        "BufferedRWPair",
        args,
        &[pos("reader"), pos("writer"), pos_opt("buffer_size")],
    )?;
    want(vm, reader, "readable")?;
    want(vm, writer, "writable")?;
    let (reader_class, writer_class) = (vm.module_type(&READER_SPEC), vm.module_type(&WRITER_SPEC));
    let with_size = |o: Obj| {
        if size.is_null() {
            vec![o]
        } else {
            vec![o, size]
        }
    };
    let made = vm.call(reader_class, &with_size(reader))?;
    vm.hold(made);
    let second = vm.call(writer_class, &with_size(writer));
    if vm.interrupt.is_some() {
        return second.map(drop);
    }
    let made = vm.unhold();
    let second = match second {
        Ok(second) => second,
        Err(thrown) => {
            vm.drop_keeping_exception(made);
            return Err(thrown);
        }
    };
    let pair = vm.heap.native_mut::<Pair>(this).expect("a BufferedRWPair");
    let old = [
        std::mem::replace(&mut pair.reader, made),
        std::mem::replace(&mut pair.writer, second),
    ];
    for o in old {
        vm.xdecref(o);
    }
    Ok(())
}

fn forward(vm: &mut Machine, o: Obj, name: &str, args: Args) -> PyResult<Obj> {
    let items = args.to_vec(vm);
    vm.call_method(o, name, &items)
}

fn reading(vm: &mut Machine, this: Obj, name: &str, args: Args) -> PyResult<Obj> {
    let reader = parts(vm, this)?.0;
    forward(vm, reader, name, args)
}

fn writing(vm: &mut Machine, this: Obj, name: &str, args: Args) -> PyResult<Obj> {
    let writer = parts(vm, this)?.1;
    forward(vm, writer, name, args)
}

/// The writer first; the reader whatever came of that.
fn close(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (reader, writer) = parts(vm, this)?;
    let first = vm.call_method(writer, "close", &[]);
    if vm.interrupt.is_some() {
        return first;
    }
    let second = vm.keeping_exception(|vm| vm.call_method(reader, "close", &[]));
    match (first, second) {
        (Ok(none), second) => {
            vm.drop_keeping_exception(none);
            second
        }
        (Err(thrown), Ok(none)) => {
            vm.drop_keeping_exception(none);
            Err(thrown)
        }
        (Err(_), Err(thrown)) => Err(thrown),
    }
}

fn isatty(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (reader, writer) = parts(vm, this)?;
    let answer = vm.call_method(writer, "isatty", &[])?;
    if answer == vm.false_ {
        vm.decref(answer);
        return vm.call_method(reader, "isatty", &[]);
    }
    Ok(answer)
}
