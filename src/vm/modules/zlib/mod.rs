//! The module `zlib`: compression and decompression (`Modules/zlibmodule.c` and the library behind it).
//!
//! `trees.rs` and `deflate.rs` compress, `inflate.rs` decompresses, `stream.rs` puts headers and checksums around, `objects.rs` has the
//! objects for data that come in pieces. What is compressed has the very bytes that zlib 1.2.13 gives, but for level 0, where the
//! library cuts stored blocks by the size of its caller's buffers, and for Z_RLE, which is not supported.
//!
//! Rejected: miniz_oxide and zlib-rs compress to other bytes, and no crate's stream can be copied without unsafe code, as
//! `Compress.copy` and every checkpoint of the machine need.

mod deflate;
mod inflate;
mod objects;
mod stream;
mod trees;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

use stream::{Compressor, Decompressor, Failure, Progress};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "zlib",
    doc: "Compression and decompression as the zlib library has them.\n\nadler32(string[, start]) -- Compute an Adler-32 checksum.\ncompress(data[, level]) -- Compress data, with compression level 0-9 or -1.\ncompressobj([level[, ...]]) -- Return a compressor object.\ncrc32(string[, start]) -- Compute a CRC-32 checksum.\ndecompress(string,[wbits],[bufsize]) -- Decompresses a compressed string.\ndecompressobj([wbits[, zdict]]) -- Return a decompressor object.\n",
    functions: &[
        Method::new("adler32", Arity::Positional(1, 2), |vm, _, args| {
            let data = vm.need_buffer(args.get(vm, 0))?;
            let start = checksum_start(vm, args.get(vm, 1), 1)?;
            Ok(vm.new_int(i64::from(stream::adler32(start, &data))))
        })
        .doc("adler32($module, data, value=1, /)\n--\n\nCompute an Adler-32 checksum of data."),
        Method::new("crc32", Arity::Positional(1, 2), |vm, _, args| {
            let data = vm.need_buffer(args.get(vm, 0))?;
            let start = checksum_start(vm, args.get(vm, 1), 0)?;
            Ok(vm.new_int(i64::from(stream::crc32(start, &data))))
        })
        .doc("crc32($module, data, value=0, /)\n--\n\nCompute a CRC-32 checksum of data."),
        Method::new("compress", Arity::Keywords, compress)
            .doc("compress($module, data, /, level=Z_DEFAULT_COMPRESSION)\n--\n\nReturns a bytes object containing compressed data."),
        Method::new("decompress", Arity::Keywords, decompress)
            .doc("decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)\n--\n\nReturns a bytes object containing the uncompressed data."),
        Method::new("compressobj", Arity::Keywords, objects::compressobj)
            .doc("compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=None)\n--\n\nReturn a compressor object."),
        Method::new("decompressobj", Arity::Keywords, objects::decompressobj)
            .doc("decompressobj($module, /, wbits=MAX_WBITS, zdict=b\'\')\n--\n\nReturn a decompressor object."),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        for spec in [&objects::COMPRESS_SPEC, &objects::DECOMPRESS_SPEC] {
            vm.make_module_type(spec, object);
        }
        let exception = vm.types.exception;
        let class = vm.new_exception_class("zlib", "error", exception, "")?;
        vm.dict_set_name(dict, "error", class);
        if let Some(old) = vm.module_state.insert(ERROR, class) {
            vm.decref(old);
        }
        for (name, value) in CONSTANTS {
            let value = vm.new_int(*value);
            vm.dict_set_name(dict, name, value);
            vm.decref(value);
        }
        for (name, text) in [
            ("ZLIB_VERSION", "1.2.13"),
            ("ZLIB_RUNTIME_VERSION", "1.2.13"),
            ("__version__", "1.0"),
        ] {
            let text = vm.new_str(text);
            vm.dict_set_name(dict, name, text);
            vm.decref(text);
        }
        Ok(())
    },
};

const ERROR: &str = "zlib.error";

static CONSTANTS: &[(&str, i64)] = &[
    ("MAX_WBITS", 15),
    ("DEFLATED", 8),
    ("DEF_MEM_LEVEL", 8),
    ("DEF_BUF_SIZE", 16384),
    ("Z_NO_COMPRESSION", 0),
    ("Z_BEST_SPEED", 1),
    ("Z_BEST_COMPRESSION", 9),
    ("Z_DEFAULT_COMPRESSION", -1),
    ("Z_FILTERED", 1),
    ("Z_HUFFMAN_ONLY", 2),
    ("Z_RLE", 3),
    ("Z_FIXED", 4),
    ("Z_DEFAULT_STRATEGY", 0),
    ("Z_NO_FLUSH", 0),
    ("Z_PARTIAL_FLUSH", 1),
    ("Z_SYNC_FLUSH", 2),
    ("Z_FULL_FLUSH", 3),
    ("Z_FINISH", 4),
    ("Z_BLOCK", 5),
    ("Z_TREES", 6),
];

fn error<T>(vm: &mut Machine, message: String) -> PyResult<T> {
    let class = vm.module_state.get(ERROR).copied().unwrap_or(NULL);
    vm.raise(class, message)
}

/// The library's error as CPython tells it; `doing` is "while decompressing data".
fn failed<T>(vm: &mut Machine, failure: Failure, doing: &str) -> PyResult<T> {
    let Failure { code, why } = failure;
    let colon = if why.is_empty() { "" } else { ": " };
    error(vm, format!("Error {code} {doing}{colon}{why}"))
}

/// The low 32 bits of a number.
fn checksum_start(vm: &mut Machine, given: Obj, default: u32) -> PyResult<u32> {
    if given.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(given)?;
    let value = vm.as_int(index).unwrap_or_default();
    vm.decref(index);
    let low: num_bigint::BigInt = value & num_bigint::BigInt::from(u32::MAX);
    Ok(num_traits::ToPrimitive::to_u32(&low).unwrap_or(0))
}

fn int_argument(vm: &mut Machine, given: Obj, default: i64) -> PyResult<i64> {
    if given.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(given)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value {
        Some(value) if i32::try_from(value).is_ok() => Ok(value),
        Some(value) => {
            let which = if value < 0 {
                "less than minimum"
            } else {
                "greater than maximum"
            };
            vm.raise(
                vm.types.overflow_error,
                format!("signed integer is {which}"),
            )
        }
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        ),
    }
}

/// The first argument by position, and up to two more by position or name.
fn one_and_keywords<const N: usize>(
    vm: &mut Machine,
    function: &str,
    args: Args,
    names: [&'static str; N],
) -> PyResult<(Obj, [Obj; N])> {
    if args.is_empty() {
        return vm.type_error(format!(
            "{function}() takes at least 1 positional argument (0 given)"
        ));
    }
    let given = args.len() + args.kw_len(vm);
    if given > N + 1 {
        let most = N + 1;
        return vm.type_error(format!(
            "{function}() takes at most {most} arguments ({given} given)"
        ));
    }
    let rest = vm.unpack(function, args.skip(1), &names.map(crate::vm::args::opt))?;
    Ok((args.get(vm, 0), rest))
}

fn compress(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (data, [level]) = one_and_keywords(vm, "compress", args, ["level"])?;
    let data = vm.need_buffer(data)?;
    let level = int_argument(vm, level, -1)?;
    let Some(mut compressor) = Compressor::new(level, 15, 8, 0) else {
        return error(vm, "Bad compression level".to_string());
    };
    let mut out = compressor.feed(&data);
    out.extend(compressor.finish());
    Ok(vm.new_bytes(out))
}

fn decompress(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (data, [wbits, bufsize]) = one_and_keywords(vm, "decompress", args, ["wbits", "bufsize"])?;
    let data = vm.need_buffer(data)?;
    let wbits = int_argument(vm, wbits, 15)?;
    if !bufsize.is_null() && vm.ssize(bufsize)? < 0 {
        return vm.value_error("bufsize must be non-negative");
    }
    let Some(mut decompressor) = Decompressor::new(wbits, None) else {
        return error(
            vm,
            "Error -2 while preparing to decompress data: inconsistent stream state".to_string(),
        );
    };
    let most = vm.options.max_memory;
    let Progress { out, failure, .. } = decompressor.run(&data, most);
    if let Some(failure) = failure {
        return failed(vm, failure, "while decompressing data");
    }
    if !decompressor.is_done() {
        let failure = Failure {
            code: -5,
            why: "incomplete or truncated stream",
        };
        return failed(vm, failure, "while decompressing data");
    }
    Ok(vm.new_bytes(out))
}
