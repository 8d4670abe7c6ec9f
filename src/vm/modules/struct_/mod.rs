//! The module `_struct`: values to bytes and back by a format (`Modules/_struct.c`).
//!
//! `format.rs` understands formats, `values.rs` converts single values, `half.rs` half-precision floats.

pub mod format;
pub mod half;
pub mod values;

use super::ModuleSpec;
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::types::buffer::Buffer;
use crate::vm::{Args, Machine, PyResult};

use format::Layout;

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_struct",
    doc: "Functions to convert between Python values and C structs.",
    functions: &[
        Method::new("_clearcache", Arity::NoArgs, |vm, _, _| Ok(vm.new_none()))
            .doc("_clearcache($module, /)\n--\n\nClear the internal cache."),
        Method::new("calcsize", Arity::One, |vm, _, args| {
            let layout = of(vm, args.get(vm, 0))?;
            Ok(vm.new_int(layout.size as i64))
        })
        .doc("calcsize($module, format, /)\n--\n\nReturn size in bytes of the struct described by the format string."),
        Method::new("iter_unpack", Arity::Positional(2, 2), |vm, _, args| {
            let layout = of(vm, args.get(vm, 0))?;
            iter_unpack(vm, NULL, layout, args.get(vm, 1))
        })
        .doc("iter_unpack($module, format, buffer, /)\n--\n\nReturn an iterator yielding tuples unpacked from the given bytes."),
        Method::new("pack", Arity::Any, |vm, _, args| {
            let layout = first_format(vm, args)?;
            pack(vm, &layout, args.skip(1))
        })
        .doc("pack(format, v1, v2, ...) -> bytes"),
        Method::new("pack_into", Arity::Any, |vm, _, args| {
            let layout = first_format(vm, args)?;
            pack_into(vm, &layout, args.skip(1))
        })
        .doc("pack_into(format, buffer, offset, v1, v2, ...)"),
        Method::new("unpack", Arity::Positional(2, 2), |vm, _, args| {
            let layout = of(vm, args.get(vm, 0))?;
            unpack(vm, &layout, args.get(vm, 1))
        })
        .doc("unpack($module, format, buffer, /)\n--\n\nReturn a tuple containing values unpacked according to the format string."),
        Method::new("unpack_from", Arity::Keywords, |vm, _, args| {
            let [format, buffer, offset] =
                vm.unpack("unpack_from", args, &[crate::vm::args::pos("format"), req("buffer"), opt("offset")])?;
            let layout = of(vm, format)?;
            unpack_from(vm, &layout, buffer, offset)
        })
        .doc("unpack_from($module, format, /, buffer, offset=0)\n--\n\nReturn a tuple of values unpacked from a place in a buffer."),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        vm.add_module_type(dict, &SPEC, object);
        vm.make_module_type(&ITERATOR_SPEC, object);
        let exception = vm.types.exception;
        let class = vm.new_exception_class("struct", "error", exception, "")?;
        vm.dict_set_name(dict, "error", class);
        if let Some(old) = vm.module_state.insert(ERROR, class) {
            vm.decref(old);
        }
        Ok(())
    },
};

const ERROR: &str = "struct.error";

pub(super) fn struct_error<T>(vm: &mut Machine, message: String) -> PyResult<T> {
    let class = vm
        .module_state
        .get(ERROR)
        .copied()
        .unwrap_or(vm.types.value_error);
    vm.raise(class, message)
}

/// What `struct.Struct` keeps; without a format until `__init__` has run.
#[derive(Clone, Default)]
struct Struct {
    format: Vec<u8>,
    layout: Layout,
}

impl Native for Struct {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Struct(fmt) --> compiled struct object",
    base_type: true,
    has_weakrefs: true,
    methods: &[
        Method::new("iter_unpack", Arity::One, |vm, this, args| {
            let layout = own(vm, this)?;
            iter_unpack(vm, this, layout, args.get(vm, 0))
        })
        .doc("iter_unpack($self, buffer, /)\n--\n\nReturn an iterator yielding tuples."),
        Method::new("pack", Arity::Any, |vm, this, args| {
            let layout = own(vm, this)?;
            pack(vm, &layout, args)
        })
        .doc("S.pack(v1, v2, ...) -> bytes"),
        Method::new("pack_into", Arity::Any, |vm, this, args| {
            let layout = own(vm, this)?;
            pack_into(vm, &layout, args)
        })
        .doc("S.pack_into(buffer, offset, v1, v2, ...)"),
        Method::new("unpack", Arity::One, |vm, this, args| {
            let layout = own(vm, this)?;
            unpack(vm, &layout, args.get(vm, 0))
        })
        .doc("unpack($self, buffer, /)\n--\n\nReturn a tuple containing unpacked values."),
        Method::new("unpack_from", Arity::Keywords, |vm, this, args| {
            let [buffer, offset] = vm.unpack("unpack_from", args, &[req("buffer"), opt("offset")])?;
            let layout = own(vm, this)?;
            unpack_from(vm, &layout, buffer, offset)
        })
        .doc("unpack_from($self, /, buffer, offset=0)\n--\n\nReturn a tuple containing unpacked values."),
        Method::new("__sizeof__", Arity::NoArgs, |vm, this, _| {
            let runs = own(vm, this)?.runs.len() as i64;
            Ok(vm.new_int(56 + 32 * (runs + 1)))
        })
        .doc("S.__sizeof__() -> size of S in memory, in bytes"),
    ],
    getset: &[
        GetSet::new("format", |vm, this| {
            let format = vm.heap.native::<Struct>(this).map(|s| s.format.clone()).unwrap_or_default();
            let text: String = format.iter().map(|b| char::from(*b)).collect();
            Ok(vm.new_string(text))
        }),
        GetSet::new("size", |vm, this| {
            let size = own(vm, this)?.size;
            Ok(vm.new_int(size as i64))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(Struct::default())))))
        });
        s.tp_init = Some(|vm, this, args| {
            let [format] = vm.unpack("Struct", args, &[req("format")])?;
            let format = format::text(vm, format)?;
            let layout = format::parse(vm, &format)?;
            if let Some(own) = vm.heap.native_mut::<Struct>(this) {
                *own = Struct { format, layout };
            }
            Ok(())
        });
    },
    ..TypeSpec::new("_struct.Struct")
};

/// The layout of a Struct object.
fn own(vm: &mut Machine, this: Obj) -> PyResult<Layout> {
    Ok(vm
        .heap
        .native::<Struct>(this)
        .expect("checked by the type")
        .layout
        .clone())
}

fn of(vm: &mut Machine, format: Obj) -> PyResult<Layout> {
    let text = format::text(vm, format)?;
    format::parse(vm, &text)
}

fn first_format(vm: &mut Machine, args: Args) -> PyResult<Layout> {
    if args.is_empty() {
        return vm.type_error("missing format argument".to_string());
    }
    of(vm, args.get(vm, 0))
}

/// The values of the arguments in a place of the layout's size.
fn fill(vm: &mut Machine, layout: &Layout, args: Args) -> PyResult<Vec<u8>> {
    vm.check_allocation(layout.size, 1)?;
    let mut out = vec![0; layout.size];
    let mut n = 0;
    for run in &layout.runs {
        for i in 0..run.count {
            let start = run.offset + i * run.size;
            let o = args.get(vm, n);
            values::pack(vm, layout, run, o, &mut out[start..start + run.size])?;
            n += 1;
        }
    }
    Ok(out)
}

fn count_values(vm: &mut Machine, layout: &Layout, name: &str, given: usize) -> PyResult<()> {
    if given == layout.len {
        return Ok(());
    }
    let want = layout.len;
    struct_error(
        vm,
        format!("{name} expected {want} items for packing (got {given})"),
    )
}

fn pack(vm: &mut Machine, layout: &Layout, args: Args) -> PyResult<Obj> {
    count_values(vm, layout, "pack", args.len())?;
    let data = fill(vm, layout, args)?;
    Ok(vm.new_bytes(data))
}

/// The words of a complaint that a buffer is too short.
struct Short {
    space: &'static str,
    function: &'static str,
    doing: &'static str,
}

const INTO: Short = Short {
    space: "no space to pack",
    function: "pack_into",
    doing: "packing",
};

const FROM: Short = Short {
    space: "not enough data to unpack",
    function: "unpack_from",
    doing: "unpacking",
};

/// Where in a buffer of `len` bytes the layout begins; a negative offset counts from the end.
fn place(
    vm: &mut Machine,
    layout: &Layout,
    len: usize,
    offset: isize,
    words: &Short,
) -> PyResult<usize> {
    let (size, mut at) = (layout.size as isize, offset);
    if at < 0 {
        if at + size > 0 {
            let space = words.space;
            return struct_error(vm, format!("{space} {size} bytes at offset {offset}"));
        }
        at += len as isize;
        if at < 0 {
            return struct_error(
                vm,
                format!("offset {offset} out of range for {len}-byte buffer"),
            );
        }
    }
    if (len as isize) - at < size {
        let least = (at as i128) + (size as i128);
        let Short {
            function, doing, ..
        } = words;
        return struct_error(
            vm,
            format!(
                "{function} requires a buffer of at least {least} bytes for {doing} {size} bytes at offset {at} \
                 (actual buffer size is {len})"
            ),
        );
    }
    Ok(at as usize)
}

fn pack_into(vm: &mut Machine, layout: &Layout, args: Args) -> PyResult<Obj> {
    for (n, what) in ["buffer", "offset"].into_iter().enumerate() {
        if args.len() <= n {
            return struct_error(vm, format!("pack_into expected {what} argument"));
        }
    }
    count_values(vm, layout, "pack_into", args.len() - 2)?;
    let buffer = args.get(vm, 0);
    let Some(len) = vm.writable_room(buffer) else {
        let got = vm.type_name(buffer);
        return vm.type_error(format!(
            "argument must be read-write bytes-like object, not {got}"
        ));
    };
    let offset = vm.index_clamped(args.get(vm, 1), vm.types.index_error)?;
    let at = place(vm, layout, len, offset, &INTO)?;
    let data = fill(vm, layout, args.skip(2))?;
    vm.write_buffer(buffer, at, &data);
    Ok(vm.new_none())
}

/// A tuple of the values at the start of the bytes, which are enough.
fn take(vm: &mut Machine, layout: &Layout, data: &[u8]) -> PyResult<Obj> {
    let mark = vm.mark();
    for run in &layout.runs {
        for i in 0..run.count {
            let start = run.offset + i * run.size;
            match values::unpack(vm, layout, run, &data[start..start + run.size]) {
                Ok(value) => vm.hold(value),
                Err(thrown) => return vm.releasing(mark, Err(thrown)),
            };
        }
    }
    let items = vm.stack[mark..vm.top].to_vec();
    for o in &items {
        vm.incref(*o);
    }
    let tuple = vm.new_tuple(items);
    vm.release(mark);
    Ok(tuple)
}

fn unpack(vm: &mut Machine, layout: &Layout, buffer: Obj) -> PyResult<Obj> {
    let data = vm.need_buffer(buffer)?;
    if data.len() != layout.size {
        let size = layout.size;
        return struct_error(vm, format!("unpack requires a buffer of {size} bytes"));
    }
    take(vm, layout, &data)
}

fn unpack_from(vm: &mut Machine, layout: &Layout, buffer: Obj, offset: Obj) -> PyResult<Obj> {
    let data = vm.need_buffer(buffer)?;
    let offset = if offset.is_null() {
        0
    } else {
        vm.index_clamped(offset, vm.types.overflow_error)?
    };
    let at = place(vm, layout, data.len(), offset, &FROM)?;
    take(vm, layout, &data[at..])
}

/// The iterator of `iter_unpack`.
#[derive(Clone)]
struct Unpacker {
    /// The Struct object, or NULL if the module's function was used.
    owner: Obj,
    /// The buffer; NULL when all of it is read.
    buffer: Obj,
    layout: Layout,
    at: usize,
}

impl Native for Unpacker {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("struct"), self.owner);
        f(Edge::Field("buffer"), self.buffer);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.owner, &mut self.buffer]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

static ITERATOR_SPEC: TypeSpec = TypeSpec {
    methods: &[Method::new(
        "__length_hint__",
        Arity::NoArgs,
        |vm, this, _| {
            let left = rest(vm, this).map_or(0, |(data, layout, at)| {
                (data.len().saturating_sub(at)) / layout.size
            });
            Ok(vm.new_int(left as i64))
        },
    )],
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next);
    },
    ..TypeSpec::new("_struct.unpack_iterator")
};

fn iter_unpack(vm: &mut Machine, owner: Obj, layout: Layout, buffer: Obj) -> PyResult<Obj> {
    if layout.size == 0 {
        return struct_error(
            vm,
            "cannot iteratively unpack with a struct of length 0".to_string(),
        );
    }
    let data = vm.need_buffer(buffer)?;
    if data.len() % layout.size != 0 {
        let size = layout.size;
        return struct_error(
            vm,
            format!("iterative unpacking requires a buffer of a multiple of {size} bytes"),
        );
    }
    vm.xincref(owner);
    vm.incref(buffer);
    let class = vm.module_type(&ITERATOR_SPEC);
    Ok(vm.new_native(
        class,
        Unpacker {
            owner,
            buffer,
            layout,
            at: 0,
        },
    ))
}

/// Buffer, layout and place; `None` at the end.
fn rest(vm: &Machine, this: Obj) -> Option<(Buffer, Layout, usize)> {
    let it = vm.heap.native::<Unpacker>(this)?;
    Some((vm.buffer(it.buffer.some()?)?, it.layout.clone(), it.at))
}

fn next(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let found = rest(vm, this).filter(|(data, layout, at)| at + layout.size <= data.len());
    let Some((data, layout, at)) = found else {
        let buffer = vm
            .heap
            .native_mut::<Unpacker>(this)
            .map_or(NULL, |it| std::mem::replace(&mut it.buffer, NULL));
        vm.xdecref(buffer);
        return Ok(NULL);
    };
    let tuple = take(vm, &layout, &data[at..])?;
    if let Some(it) = vm.heap.native_mut::<Unpacker>(this) {
        it.at = at + layout.size;
    }
    Ok(tuple)
}
