//! The module `_blake2`: the types `blake2b` and `blake2s` (`Modules/_blake2`), and what `hashlib.scrypt` computes.

use num_traits::ToPrimitive;

use super::blake2::{Blake2b, Blake2s, Params};
use super::derive::{hmac, keyed};
use super::{hashable, hex};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::modules::ModuleSpec;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
enum Blake {
    B(Box<Blake2b>),
    S(Box<Blake2s>),
}

impl Native for Blake {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

/// What the two sizes differ in.
struct Kind {
    name: &'static str,
    spec: &'static TypeSpec,
    most: usize,
    /// Bytes of salt and of person.
    salt: usize,
    most_offset: u64,
    make: fn(&Params) -> Blake,
}

static B: Kind = Kind {
    name: "blake2b",
    spec: &B_SPEC,
    most: 64,
    salt: 16,
    most_offset: u64::MAX,
    make: |params| Blake::B(Box::new(Blake2b::new(params))),
};

static S: Kind = Kind {
    name: "blake2s",
    spec: &S_SPEC,
    most: 32,
    salt: 8,
    most_offset: (1 << 48) - 1,
    make: |params| Blake::S(Box::new(Blake2s::new(params))),
};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_blake2",
    doc: "_blake2b provides BLAKE2b for hashlib\n",
    functions: &[],
    init: |vm, dict| {
        let object = vm.types.object;
        for kind in [&B, &S] {
            let class = vm.add_module_type(dict, kind.spec, object);
            let own = vm.heap.class(class).dict;
            let sizes = [
                ("SALT_SIZE", kind.salt),
                ("PERSON_SIZE", kind.salt),
                ("MAX_KEY_SIZE", kind.most),
                ("MAX_DIGEST_SIZE", kind.most),
            ];
            for (name, size) in sizes {
                let size = vm.new_int(size as i64);
                vm.dict_set_name(own, name, size);
                let prefix = kind.name.to_uppercase();
                vm.dict_set_name(dict, &format!("{prefix}_{name}"), size);
                vm.decref(size);
            }
            let module = vm.intern("_blake2");
            vm.dict_set_name(own, "__module__", module);
            vm.decref(module);
        }
        Ok(())
    },
};

static METHODS: &[Method] = &[
    Method::new("copy", Arity::NoArgs, |vm, this, _| {
        let copy = blake(vm, this).clone();
        let class = vm.heap.ty(this);
        Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(copy)))))
    })
    .doc("copy($self, /)\n--\n\nReturn a copy of the hash object."),
    Method::new("digest", Arity::NoArgs, |vm, this, _| {
        let data = digest(vm, this);
        Ok(vm.new_bytes(data))
    })
    .doc("digest($self, /)\n--\n\nReturn the digest value as a bytes object."),
    Method::new("hexdigest", Arity::NoArgs, |vm, this, _| {
        let data = digest(vm, this);
        Ok(vm.new_string(hex(&data)))
    })
    .doc("hexdigest($self, /)\n--\n\nReturn the digest value as a string of hexadecimal digits."),
    Method::new("update", Arity::One, |vm, this, args| {
        let data = hashable(vm, args.get(vm, 0))?;
        match vm.heap.native_mut::<Blake>(this) {
            Some(Blake::B(state)) => state.feed(&data),
            Some(Blake::S(state)) => state.feed(&data),
            None => {}
        }
        Ok(vm.new_none())
    })
    .doc("update($self, data, /)\n--\n\nUpdate this hash object's state with the provided bytes-like object."),
];

static ATTRIBUTES: &[GetSet] = &[
    GetSet::new("name", |vm, this| {
        let name = match blake(vm, this) {
            Blake::B(_) => "blake2b",
            Blake::S(_) => "blake2s",
        };
        Ok(vm.new_str(name))
    }),
    GetSet::new("block_size", |vm, this| {
        let size = match blake(vm, this) {
            Blake::B(_) => Blake2b::BLOCK,
            Blake::S(_) => Blake2s::BLOCK,
        };
        Ok(vm.new_int(size as i64))
    }),
    GetSet::new("digest_size", |vm, this| {
        let size = match blake(vm, this) {
            Blake::B(state) => state.digest_size(),
            Blake::S(state) => state.digest_size(),
        };
        Ok(vm.new_int(size as i64))
    }),
];

static B_SPEC: TypeSpec = TypeSpec {
    doc: "blake2b(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)\n--\n\nReturn a new BLAKE2b hash object.",
    gc: false,
    base_type: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    slots: |s| s.tp_new = Some(|vm, class, args| new(vm, class, args, &B)),
    ..TypeSpec::new("_blake2.blake2b")
};

static S_SPEC: TypeSpec = TypeSpec {
    doc: "blake2s(data=b'', /, *, digest_size=32, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)\n--\n\nReturn a new BLAKE2s hash object.",
    gc: false,
    base_type: true,
    methods: METHODS,
    getset: ATTRIBUTES,
    slots: |s| s.tp_new = Some(|vm, class, args| new(vm, class, args, &S)),
    ..TypeSpec::new("_blake2.blake2s")
};

fn blake(vm: &Machine, this: Obj) -> &Blake {
    vm.heap.native(this).expect("checked by the type")
}

fn digest(vm: &Machine, this: Obj) -> Vec<u8> {
    match blake(vm, this).clone() {
        Blake::B(state) => state.digest(),
        Blake::S(state) => state.digest(),
    }
}

const KEYWORDS: [&str; 12] = [
    "digest_size",
    "key",
    "salt",
    "person",
    "fanout",
    "depth",
    "leaf_size",
    "node_offset",
    "node_depth",
    "inner_size",
    "last_node",
    "usedforsecurity",
];

/// Keyword arguments by their places in `KEYWORDS`.
fn keywords(vm: &mut Machine, args: Args, kind: &Kind) -> PyResult<[Obj; 12]> {
    let name = kind.name;
    if args.len() > 1 {
        let given = args.len();
        return vm.type_error(format!(
            "{name}() takes at most 1 positional argument ({given} given)"
        ));
    }
    let mut found = [NULL; 12];
    for (key, value) in args.keywords(vm) {
        let key = vm.text(key);
        match KEYWORDS.iter().position(|known| *known == key) {
            Some(place) => found[place] = value,
            None => {
                return vm.type_error(format!(
                    "'{key}' is an invalid keyword argument for {name}()"
                ));
            }
        }
    }
    Ok(found)
}

/// A number within bounds, or the default.
fn bounded(
    vm: &mut Machine,
    given: Obj,
    default: i64,
    (low, high): (i64, i64),
    message: &str,
) -> PyResult<i64> {
    if given.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(given)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value {
        Some(value) if (low..=high).contains(&value) => Ok(value),
        _ => vm.value_error(message),
    }
}

fn unsigned(vm: &mut Machine, given: Obj, name: &str, most: u64) -> PyResult<u64> {
    if given.is_null() {
        return Ok(0);
    }
    let index = vm.number_index(given)?;
    let (negative, value) = (
        vm.int_is_negative(index),
        vm.as_int(index).and_then(|i| i.to_u64()),
    );
    vm.decref(index);
    match value {
        Some(value) if value <= most => Ok(value),
        Some(_) => vm.raise(vm.types.overflow_error, format!("{name} is too large")),
        None if negative => vm.value_error("value must be positive"),
        None => vm.raise(
            vm.types.overflow_error,
            "int too big to convert".to_string(),
        ),
    }
}

fn bytes(vm: &mut Machine, given: Obj, name: &str, most: usize) -> PyResult<Vec<u8>> {
    if given.is_null() {
        return Ok(Vec::new());
    }
    let data = vm.bytes_like(given)?;
    if data.len() > most {
        return vm.value_error(&format!("maximum {name} length is {most} bytes"));
    }
    Ok(data)
}

fn new(vm: &mut Machine, class: Obj, args: Args, kind: &'static Kind) -> PyResult<Obj> {
    let [
        size,
        key,
        salt,
        person,
        fanout,
        depth,
        leaf,
        offset,
        node,
        inner,
        last,
        _,
    ] = keywords(vm, args, kind)?;
    let most = kind.most;
    let params = Params {
        digest_size: bounded(
            vm,
            size,
            most as i64,
            (1, most as i64),
            &format!("digest_size must be between 1 and {most} bytes"),
        )? as usize,
        salt: bytes(vm, salt, "salt", kind.salt)?,
        person: bytes(vm, person, "person", kind.salt)?,
        fanout: bounded(vm, fanout, 1, (0, 255), "fanout must be between 0 and 255")? as u8,
        depth: bounded(vm, depth, 1, (1, 255), "depth must be between 1 and 255")? as u8,
        leaf_size: unsigned(vm, leaf, "leaf_size", u64::from(u32::MAX))? as u32,
        node_offset: unsigned(vm, offset, "node_offset", kind.most_offset)?,
        node_depth: bounded(
            vm,
            node,
            0,
            (0, 255),
            "node_depth must be between 0 and 255",
        )? as u8,
        inner_size: bounded(
            vm,
            inner,
            0,
            (0, most as i64),
            &format!("inner_size must be between 0 and is {most}"),
        )? as u8,
        key: bytes(vm, key, "key", most)?,
        last_node: !last.is_null() && vm.is_true(last)?,
    };
    let data = match args.get(vm, 0).some() {
        Some(data) => hashable(vm, data)?,
        None => Vec::new(),
    };
    let mut made = (kind.make)(&params);
    match &mut made {
        Blake::B(state) => state.feed(&data),
        Blake::S(state) => state.feed(&data),
    }
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(made)))))
}

/// A positive C int, as OpenSSL's functions take it.
const MOST: i64 = i32::MAX as i64;

/// `hashlib.scrypt` (RFC 7914)
pub fn scrypt(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("password"),
        opt("salt"),
        opt("n"),
        opt("r"),
        opt("p"),
        opt("maxmem"),
        opt("dklen"),
    ];
    let [password, salt, n, r, p, maxmem, length] = vm.unpack("scrypt", args, &params)?;
    let password = vm.bytes_like(password)?;
    if salt.is_null() || salt == vm.none {
        return vm.type_error("salt is required".to_string());
    }
    let salt = vm.bytes_like(salt)?;
    let mut numbers = [0u64; 3];
    for ((name, given), place) in [("n", n), ("r", r), ("p", p)].into_iter().zip(&mut numbers) {
        if given.is_null() || given == vm.none {
            return vm.type_error(format!("{name} is required and must be an unsigned int"));
        }
        if !vm.is_int(given) {
            let got = vm.type_name(given);
            return vm.type_error(format!("scrypt() argument '{name}' must be int, not {got}"));
        }
        *place = match vm.as_int(given).and_then(|i| i.to_u64()) {
            Some(number) => number,
            None => {
                return vm.type_error(format!("{name} is required and must be an unsigned int"));
            }
        };
        if name == "n" && (*place < 2 || !place.is_power_of_two()) {
            return vm.value_error("n must be a power of 2.");
        }
    }
    let [n, r, p] = numbers;
    let maxmem = bounded(
        vm,
        maxmem,
        0,
        (0, MOST),
        "maxmem must be positive and smaller than 2147483647",
    )?;
    let length = bounded(
        vm,
        length,
        64,
        (1, MOST),
        "dklen must be greater than 0 and smaller than 2147483647",
    )?;
    let needed = n
        .checked_add(p)
        .and_then(|blocks| blocks.checked_add(2))
        .and_then(|blocks| blocks.checked_mul(r))
        .and_then(|blocks| blocks.checked_mul(128));
    if r == 0 || p == 0 {
        return vm.value_error("Invalid parameter combination for n, r, p, maxmem.");
    }
    let allowed = if maxmem == 0 { 32 << 20 } else { maxmem as u64 };
    let Some(needed) = needed.filter(|needed| *needed <= allowed) else {
        return vm.value_error("[digital envelope routines] memory limit exceeded");
    };
    vm.check_allocation(needed as usize, 1)?;
    vm.check_allocation(length as usize, 1)?;
    let mut blocks = pbkdf2(&password, &salt, (p * 128 * r) as usize);
    for block in blocks.chunks_mut((128 * r) as usize) {
        mix(block, n as usize);
    }
    let key = pbkdf2(&password, &blocks, length as usize);
    Ok(vm.new_bytes(key))
}

/// PBKDF2 with HMAC of SHA-256, one iteration.
fn pbkdf2(password: &[u8], salt: &[u8], length: usize) -> Vec<u8> {
    let keyed = keyed("sha256", password).expect("sha256 is there");
    let mut out = Vec::with_capacity(length);
    let mut number = 1u32;
    while out.len() < length {
        let message = [salt, &number.to_be_bytes()].concat();
        out.extend(hmac(&keyed, &message));
        number += 1;
    }
    out.truncate(length);
    out
}

/// `scryptROMix`
fn mix(block: &mut [u8], n: usize) {
    let mut x: Vec<u32> = block
        .chunks_exact(4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    let mut seen = Vec::with_capacity(n * x.len());
    for _ in 0..n {
        seen.extend_from_slice(&x);
        x = mix_block(&x);
    }
    let size = x.len();
    for _ in 0..n {
        let at = (x[size - 16] as usize & (n - 1)) * size;
        for (word, old) in x.iter_mut().zip(&seen[at..at + size]) {
            *word ^= old;
        }
        x = mix_block(&x);
    }
    for (bytes, word) in block.chunks_exact_mut(4).zip(x) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
}

/// `scryptBlockMix`: even results first, then the odd ones.
fn mix_block(block: &[u32]) -> Vec<u32> {
    let mut last: [u32; 16] = block[block.len() - 16..]
        .try_into()
        .expect("a block of 64 bytes");
    let (mut even, mut odd) = (Vec::new(), Vec::new());
    for (n, part) in block.chunks_exact(16).enumerate() {
        last.iter_mut().zip(part).for_each(|(a, b)| *a ^= b);
        salsa(&mut last);
        if n % 2 == 0 {
            even.extend_from_slice(&last);
        } else {
            odd.extend_from_slice(&last);
        }
    }
    even.extend(odd);
    even
}

/// Salsa20/8: four double rounds over the columns and rows of a square of words.
fn salsa(block: &mut [u32; 16]) {
    let mut x = *block;
    let quarter = |x: &mut [u32; 16], [a, b, c, d]: [usize; 4]| {
        x[b] ^= x[a].wrapping_add(x[d]).rotate_left(7);
        x[c] ^= x[b].wrapping_add(x[a]).rotate_left(9);
        x[d] ^= x[c].wrapping_add(x[b]).rotate_left(13);
        x[a] ^= x[d].wrapping_add(x[c]).rotate_left(18);
    };
    for _ in 0..4 {
        for at in [[0, 4, 8, 12], [5, 9, 13, 1], [10, 14, 2, 6], [15, 3, 7, 11]] {
            quarter(&mut x, at);
        }
        for at in [[0, 1, 2, 3], [5, 6, 7, 4], [10, 11, 8, 9], [15, 12, 13, 14]] {
            quarter(&mut x, at);
        }
    }
    block
        .iter_mut()
        .zip(x)
        .for_each(|(word, more)| *word = word.wrapping_add(more));
}
