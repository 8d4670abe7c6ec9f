//! `zlib.Compress` and `zlib.Decompress`: for data that come in pieces.

use super::stream::{Compressor, Decompressor, Failure, Progress};
use super::{error, failed, int_argument};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Compress {
    compressor: Compressor,
}

impl Native for Compress {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

pub static COMPRESS_SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: &[
        Method::new("compress", Arity::Parsed(1, 1), compress)
            .with_class().doc("compress($self, data, /)\n--\n\nReturns a bytes object containing compressed data."),
        Method::new("flush", Arity::Parsed(0, 1), flush)
            .with_class().doc("flush($self, mode=zlib.Z_FINISH, /)\n--\n\nReturn a bytes object containing any remaining compressed data."),
        Method::new("copy", Arity::Parsed(0, 0), copy_compress)
            .with_class().doc("copy($self, /)\n--\n\nReturn a copy of the compression object."),
        Method::new("__copy__", Arity::Parsed(0, 0), copy_compress).with_class().doc("__copy__($self, /)\n--\n\n"),
        Method::new("__deepcopy__", Arity::Parsed(1, 1), copy_compress)
            .with_class().doc("__deepcopy__($self, memo, /)\n--\n\n"),
    ],
    ..TypeSpec::new("zlib.Compress")
};

fn compressor(vm: &mut Machine, this: Obj) -> &mut Compressor {
    &mut vm
        .heap
        .native_mut::<Compress>(this)
        .expect("checked by the type")
        .compressor
}

pub fn compressobj(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let names = ["level", "method", "wbits", "memLevel", "strategy", "zdict"];
    let [level, method, wbits, mem_level, strategy, zdict] =
        vm.unpack("compressobj", args, &names.map(opt))?;
    let level = int_argument(vm, level, -1)?;
    let method = int_argument(vm, method, 8)?;
    let wbits = int_argument(vm, wbits, 15)?;
    let mem_level = int_argument(vm, mem_level, 8)?;
    let strategy = int_argument(vm, strategy, 0)?;
    let dictionary = match zdict.some() {
        Some(zdict) => Some(vm.bytes_like(zdict)?),
        None => None,
    };
    if strategy == 3 {
        return vm.unsupported("zlib.compressobj() with the strategy Z_RLE".to_string());
    }
    let made = Compressor::new(level, wbits, mem_level, strategy).filter(|_| method == 8);
    let Some(mut made) = made else {
        return vm.value_error("Invalid initialization option");
    };
    if let Some(dictionary) = dictionary {
        made.set_dictionary(&dictionary);
    }
    let class = vm.module_type(&COMPRESS_SPEC);
    Ok(vm.alloc_named(class, native(Compress { compressor: made })))
}

fn native(of: impl Native) -> crate::heap::Payload {
    crate::heap::Payload::Native(Box::new(Box::new(of)))
}

fn compress(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let data = vm.need_buffer(args.get(vm, 0))?;
    if compressor(vm, this).finished {
        return error(
            vm,
            "Error -2 while compressing data: buffer error".to_string(),
        );
    }
    let out = compressor(vm, this).feed(&data);
    Ok(vm.new_bytes(out))
}

fn flush(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let mode = int_argument(vm, args.get(vm, 0), 4)?;
    if mode == 0 {
        return Ok(vm.new_bytes(Vec::new()));
    }
    if !(1..=5).contains(&mode) || compressor(vm, this).finished {
        let why = if (1..=5).contains(&mode) {
            "buffer error"
        } else {
            "inconsistent stream state"
        };
        return error(vm, format!("Error -2 while flushing: {why}"));
    }
    let out = compressor(vm, this).flush(mode);
    Ok(vm.new_bytes(out))
}

fn copy_compress(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if compressor(vm, this).finished {
        return vm.value_error("Inconsistent stream state");
    }
    let copy = compressor(vm, this).clone();
    let class = vm.heap.ty(this);
    Ok(vm.alloc_named(class, native(Compress { compressor: copy })))
}

#[derive(Clone)]
struct Decompress {
    decompressor: Decompressor,
    /// bytes objects.
    unused_data: Obj,
    unconsumed_tail: Obj,
    eof: bool,
    /// It was flushed at its end: the stream is given back (`is_initialised`).
    ended: bool,
}

impl Native for Decompress {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("unused_data"), self.unused_data);
        f(Edge::Field("unconsumed_tail"), self.unconsumed_tail);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.unused_data, &mut self.unconsumed_tail]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static DECOMPRESS_SPEC: TypeSpec = TypeSpec {
    gc: false,
    methods: &[
        Method::new("decompress", Arity::Keywords, decompress)
            .with_class().doc("decompress($self, data, /, max_length=0)\n--\n\nReturn a bytes object containing the decompressed version of the data."),
        Method::new("flush", Arity::Parsed(0, 1), flush_decompress)
            .with_class().doc("flush($self, length=zlib.DEF_BUF_SIZE, /)\n--\n\nReturn a bytes object containing any remaining decompressed data."),
        Method::new("copy", Arity::Parsed(0, 0), copy_decompress)
            .with_class().doc("copy($self, /)\n--\n\nReturn a copy of the decompression object."),
        Method::new("__copy__", Arity::Parsed(0, 0), copy_decompress).with_class().doc("__copy__($self, /)\n--\n\n"),
        Method::new("__deepcopy__", Arity::Parsed(1, 1), copy_decompress)
            .with_class().doc("__deepcopy__($self, memo, /)\n--\n\n"),
    ],
    getset: &[
        GetSet::new("unused_data", |vm, this| {
            let data = state(vm, this).unused_data;
            Ok(vm.new_ref(data))
        }),
        GetSet::new("unconsumed_tail", |vm, this| {
            let data = state(vm, this).unconsumed_tail;
            Ok(vm.new_ref(data))
        }),
        GetSet::new("eof", |vm, this| {
            let eof = state(vm, this).eof;
            Ok(vm.new_bool(eof))
        }),
    ],
    ..TypeSpec::new("zlib.Decompress")
};

fn state(vm: &mut Machine, this: Obj) -> &mut Decompress {
    vm.heap.native_mut(this).expect("checked by the type")
}

pub fn decompressobj(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [wbits, zdict] = vm.unpack("decompressobj", args, &["wbits", "zdict"].map(opt))?;
    let wbits = int_argument(vm, wbits, 15)?;
    let dictionary = match zdict.some() {
        Some(zdict) => match vm.buffer(zdict) {
            Some(data) => Some(data.to_vec()),
            None => {
                return vm
                    .type_error("zdict argument must support the buffer protocol".to_string());
            }
        },
        None => None,
    };
    let Some(decompressor) = Decompressor::new(wbits, dictionary) else {
        return vm.value_error("Invalid initialization option");
    };
    let made = Decompress {
        decompressor,
        unused_data: vm.new_bytes(Vec::new()),
        unconsumed_tail: vm.new_bytes(Vec::new()),
        eof: false,
        ended: false,
    };
    let class = vm.module_type(&DECOMPRESS_SPEC);
    Ok(vm.alloc_named(class, native(made)))
}

/// Puts new bytes in the place of the attribute's.
fn set_bytes(vm: &mut Machine, this: Obj, unused: bool, data: Vec<u8>) {
    let made = vm.new_bytes(data);
    let state = state(vm, this);
    let place = if unused {
        &mut state.unused_data
    } else {
        &mut state.unconsumed_tail
    };
    let old = std::mem::replace(place, made);
    vm.xdecref(old);
}

/// Decompresses, and keeps what is behind the end or has to wait.
fn run(vm: &mut Machine, this: Obj, data: &[u8], most: usize) -> PyResult<Obj> {
    if state(vm, this).eof {
        let unused = state(vm, this).unused_data;
        let all = [vm.heap.bytes_of(unused).map_or(&[][..], |b| &b.data), data].concat();
        set_bytes(vm, this, true, all);
        return Ok(vm.new_bytes(Vec::new()));
    }
    let Progress { out, rest, failure } = state(vm, this).decompressor.run(data, most);
    match failure {
        Some(Failure {
            code: -3,
            why: "setting zdict",
        }) => {
            return error(
                vm,
                "Error -3 while setting zdict: invalid input data".to_string(),
            );
        }
        Some(failure) => return failed(vm, failure, "while decompressing data"),
        None => {}
    }
    if state(vm, this).decompressor.is_done() {
        state(vm, this).eof = true;
        set_bytes(vm, this, true, rest);
        set_bytes(vm, this, false, Vec::new());
    } else {
        set_bytes(vm, this, false, rest);
    }
    Ok(vm.new_bytes(out))
}

fn decompress(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (data, [most]) = super::one_and_keywords(vm, "decompress", args, ["max_length"])?;
    let data = vm.bytes_like(data)?;
    let most = match most.some() {
        Some(most) => vm.ssize(most)?,
        None => 0,
    };
    if most < 0 {
        return vm.value_error("max_length must be non-negative");
    }
    let most = if most == 0 {
        vm.options.max_memory
    } else {
        most as usize
    };
    if state(vm, this).ended {
        let tail = vm.new_bytes(data.to_vec());
        let old = std::mem::replace(&mut state(vm, this).unconsumed_tail, tail);
        vm.decref(old);
        return error(
            vm,
            "Error -2 while decompressing data: inconsistent stream state".to_string(),
        );
    }
    run(vm, this, &data, most)
}

fn flush_decompress(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if let Some(length) = args.get(vm, 0).some()
        && vm.ssize(length)? <= 0
    {
        return vm.value_error("length must be greater than zero");
    }
    if state(vm, this).eof {
        state(vm, this).ended = true;
        return Ok(vm.new_bytes(Vec::new()));
    }
    let tail = state(vm, this).unconsumed_tail;
    let data = vm.bytes_like(tail)?;
    let most = vm.options.max_memory;
    let out = run(vm, this, &data, most)?;
    let state = state(vm, this);
    state.ended |= state.eof;
    Ok(out)
}

fn copy_decompress(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    if state(vm, this).ended {
        return vm.value_error("Inconsistent stream state");
    }
    let copy = state(vm, this).clone();
    vm.incref(copy.unused_data);
    vm.incref(copy.unconsumed_tail);
    let class = vm.heap.ty(this);
    Ok(vm.alloc_named(class, native(copy)))
}
