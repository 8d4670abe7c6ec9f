//! The module `_hashlib`: hash functions under OpenSSL's names (`Modules/_hashopenssl.c`). The functions themselves are those of
//! RustCrypto.

pub mod blake2;
pub mod blake2_type;
pub mod derive;
pub mod keyed;

use digest::{DynDigest, ExtendableOutput, Update, XofReader};

use super::ModuleSpec;
use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{kw, opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// A function for each constructor `openssl_NAME`.
macro_rules! constructor {
    ($function:literal, $name:literal) => {
        Method::new($function, Arity::Keywords, |vm, _, args| {
            let [data, security] =
                vm.unpack($function, args, &[opt("string"), kw("usedforsecurity")])?;
            let _ = security;
            make(vm, $name, data)
        })
        .doc(concat!(
            $function,
            "($module, /, string=b'', *, usedforsecurity=True)\n--\n\nReturns a ",
            $name,
            " hash object; optionally initialized with a string"
        ))
    };
}

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_hashlib",
    doc: "Hash functions.",
    functions: &[
        constructor!("openssl_md5", "md5"),
        constructor!("openssl_sha1", "sha1"),
        constructor!("openssl_sha224", "sha224"),
        constructor!("openssl_sha256", "sha256"),
        constructor!("openssl_sha384", "sha384"),
        constructor!("openssl_sha512", "sha512"),
        constructor!("openssl_sha3_224", "sha3_224"),
        constructor!("openssl_sha3_256", "sha3_256"),
        constructor!("openssl_sha3_384", "sha3_384"),
        constructor!("openssl_sha3_512", "sha3_512"),
        constructor!("openssl_shake_128", "shake_128"),
        constructor!("openssl_shake_256", "shake_256"),
        Method::new("new", Arity::Keywords, new)
            .doc("new($module, /, name, string=b'', *, usedforsecurity=True)\n--\n\nReturn a new hash object using the named algorithm."),
        Method::new("pbkdf2_hmac", Arity::Keywords, derive::pbkdf2_hmac).doc(
            "pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            dklen=None)\n--\n\n\
             Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.",
        ),
        Method::new("hmac_digest", Arity::Keywords, derive::hmac_digest)
            .doc("hmac_digest($module, /, key, msg, digest)\n--\n\nSingle-shot HMAC."),
        Method::new("scrypt", Arity::Keywords, blake2_type::scrypt).doc(
            "scrypt($module, /, password, *, salt=None, n=None, r=None, p=None,\n       maxmem=0, dklen=64)\n--\n\n\
             scrypt password-based key derivation function.",
        ),
        Method::new("hmac_new", Arity::Keywords, keyed::hmac_new)
            .doc("hmac_new($module, /, key, msg=b'', digestmod=None)\n--\n\nReturn a new hmac object."),
        Method::new("compare_digest", Arity::Positional(2, 2), derive::compare_digest)
            .doc("compare_digest($module, a, b, /)\n--\n\nReturn 'a == b'."),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        let hash = vm.add_module_type(dict, &SPEC, object);
        vm.add_module_type(dict, &XOF_SPEC, hash);
        keyed::init(vm, dict)
    },
};

/// A hash under way.
pub enum State {
    Fixed(Box<dyn DynDigest>),
    Shake128(sha3::Shake128),
    Shake256(sha3::Shake256),
}

impl Clone for State {
    fn clone(&self) -> State {
        match self {
            State::Fixed(hasher) => State::Fixed(hasher.box_clone()),
            State::Shake128(hasher) => State::Shake128(hasher.clone()),
            State::Shake256(hasher) => State::Shake256(hasher.clone()),
        }
    }
}

#[derive(Clone)]
struct Hash {
    name: &'static str,
    state: State,
}

impl Native for Hash {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

static METHODS: &[Method] = &[
    Method::new("update", Arity::One, update).doc(
        "update($self, obj, /)\n--\n\nUpdate this hash object's state with the provided string.",
    ),
    Method::new("digest", Arity::NoArgs, |vm, this, _| {
        let data = finish(vm, this, None);
        Ok(vm.new_bytes(data))
    })
    .doc("digest($self, /)\n--\n\nReturn the digest value as a bytes object."),
    Method::new("hexdigest", Arity::NoArgs, |vm, this, _| {
        let data = finish(vm, this, None);
        Ok(vm.new_string(hex(&data)))
    })
    .doc("hexdigest($self, /)\n--\n\nReturn the digest value as a string of hexadecimal digits."),
    Method::new("copy", Arity::NoArgs, |vm, this, _| {
        let copy = hash(vm, this).clone();
        let class = vm.heap.ty(this);
        Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(copy)))))
    })
    .doc("copy($self, /)\n--\n\nReturn a copy of the hash object."),
];

static ATTRIBUTES: &[GetSet] = &[
    GetSet::new("digest_size", |vm, this| {
        let size = match &hash(vm, this).state {
            State::Fixed(hasher) => hasher.output_size(),
            _ => 0,
        };
        Ok(vm.new_int(size as i64))
    }),
    GetSet::new("block_size", |vm, this| {
        let size = block_size(hash(vm, this).name);
        Ok(vm.new_int(size as i64))
    }),
    GetSet::new("name", |vm, this| {
        let name = hash(vm, this).name;
        Ok(vm.new_str(name))
    }),
];

static SPEC: TypeSpec = TypeSpec {
    doc: "A hash is an object used to calculate a checksum of a string of information.",
    gc: false,
    methods: METHODS,
    getset: ATTRIBUTES,
    slots: |s| {
        s.tp_repr = Some(|vm, this| {
            let (name, class, id) = (hash(vm, this).name, vm.type_name(this), vm.id_of(this));
            Ok(vm.new_string(format!("<{name} {class} object @ {id:#x}>")))
        });
    },
    ..TypeSpec::new("_hashlib.HASH")
};

static XOF_SPEC: TypeSpec = TypeSpec {
    doc: "A hash whose digest has the length that is asked for.",
    gc: false,
    methods: &[
        Method::new("digest", Arity::Keywords, |vm, this, args| {
            let length = length_argument(vm, args, "digest")?;
            let data = finish(vm, this, Some(length));
            Ok(vm.new_bytes(data))
        })
        .doc("digest($self, /, length)\n--\n\nReturn the digest value as a bytes object."),
        Method::new("hexdigest", Arity::Keywords, |vm, this, args| {
            let length = length_argument(vm, args, "hexdigest")?;
            let data = finish(vm, this, Some(length));
            Ok(vm.new_string(hex(&data)))
        })
        .doc("hexdigest($self, /, length)\n--\n\nReturn the digest value as a string of hexadecimal digits."),
    ],
    ..TypeSpec::new("_hashlib.HASHXOF")
};

/// The modules that have one family of hashes without OpenSSL: a type for each.
macro_rules! family {
    ($module:ident, $name:literal, $([$spec:ident, $hash:literal, $type:literal]),+) => {
        $(static $spec: TypeSpec = TypeSpec {
            gc: false,
            methods: METHODS,
            getset: ATTRIBUTES,
            slots: |s| s.tp_new = Some(|vm, _, _| vm.type_error(concat!("cannot create '", $type, "' instances").to_string())),
            ..TypeSpec::new($type)
        };)+
        pub static $module: ModuleSpec = ModuleSpec {
            name: $name,
            doc: "",
            functions: &[$(Method::new($hash, Arity::Keywords, |vm, _, args| {
                let [data, _] = vm.unpack($hash, args, &[opt("string"), kw("usedforsecurity")])?;
                let class = vm.module_type(&$spec);
                make_of(vm, $hash, data, class)
            }).doc(concat!($hash, "($module, /, string=b'', *, usedforsecurity=True)\n--\n\nReturn a new ", $hash, " hash object; optionally initialized with a string."))),+],
            init: |vm, dict| {
                let object = vm.types.object;
                $(vm.make_module_type(&$spec, object);)+
                let _ = dict;
                Ok(())
            },
        };
    };
}

family!(MD5, "_md5", [MD5_SPEC, "md5", "_md5.md5"]);
family!(SHA1, "_sha1", [SHA1_SPEC, "sha1", "_sha1.sha1"]);
family!(
    SHA256,
    "_sha256",
    [SHA256_SPEC, "sha256", "_sha256.sha256"],
    [SHA224_SPEC, "sha224", "_sha256.sha224"]
);
family!(
    SHA512,
    "_sha512",
    [SHA512_SPEC, "sha512", "_sha512.sha512"],
    [SHA384_SPEC, "sha384", "_sha512.sha384"]
);

fn hash(vm: &Machine, this: Obj) -> &Hash {
    vm.heap.native::<Hash>(this).expect("checked by the type")
}

pub fn hex(data: &[u8]) -> String {
    data.iter().map(|b| format!("{b:02x}")).collect()
}

/// The algorithm of a name as `hashlib` has it, and the name as it shows it; `None` if there is none.
pub fn algorithm(name: &str) -> Option<(&'static str, State)> {
    let fixed = |hasher: Box<dyn DynDigest>| State::Fixed(hasher);
    Some(match name.to_ascii_lowercase().replace('-', "_").as_str() {
        "md5" => ("md5", fixed(Box::<md5::Md5>::default())),
        "sha1" | "sha_1" => ("sha1", fixed(Box::<sha1::Sha1>::default())),
        "sha224" | "sha_224" | "sha2_224" => ("sha224", fixed(Box::<sha2::Sha224>::default())),
        "sha256" | "sha_256" | "sha2_256" => ("sha256", fixed(Box::<sha2::Sha256>::default())),
        "sha384" | "sha_384" | "sha2_384" => ("sha384", fixed(Box::<sha2::Sha384>::default())),
        "sha512" | "sha_512" | "sha2_512" => ("sha512", fixed(Box::<sha2::Sha512>::default())),
        "sha3_224" => ("sha3_224", fixed(Box::<sha3::Sha3_224>::default())),
        "sha3_256" => ("sha3_256", fixed(Box::<sha3::Sha3_256>::default())),
        "sha3_384" => ("sha3_384", fixed(Box::<sha3::Sha3_384>::default())),
        "sha3_512" => ("sha3_512", fixed(Box::<sha3::Sha3_512>::default())),
        "shake_128" | "shake128" => ("shake_128", State::Shake128(Default::default())),
        "shake_256" | "shake256" => ("shake_256", State::Shake256(Default::default())),
        _ => return None,
    })
}

/// Bytes that the algorithm takes at a time.
pub fn block_size(name: &str) -> usize {
    match name {
        "sha384" | "sha512" => 128,
        "sha3_224" => 144,
        "sha3_256" | "shake_256" => 136,
        "sha3_384" => 104,
        "sha3_512" => 72,
        "shake_128" => 168,
        _ => 64,
    }
}

impl State {
    pub fn feed(&mut self, data: &[u8]) {
        match self {
            State::Fixed(hasher) => hasher.update(data),
            State::Shake128(hasher) => hasher.update(data),
            State::Shake256(hasher) => hasher.update(data),
        }
    }

    /// The digest of what has been fed; the length counts for those that have none of their own.
    pub fn digest(self, length: usize) -> Vec<u8> {
        let mut out = vec![0; length];
        match self {
            State::Fixed(hasher) => return hasher.finalize().to_vec(),
            State::Shake128(hasher) => hasher.finalize_xof().read(&mut out),
            State::Shake256(hasher) => hasher.finalize_xof().read(&mut out),
        }
        out
    }
}

fn finish(vm: &Machine, this: Obj, length: Option<usize>) -> Vec<u8> {
    hash(vm, this).state.clone().digest(length.unwrap_or(0))
}

fn length_argument(vm: &mut Machine, args: Args, name: &str) -> PyResult<usize> {
    let [length] = vm.unpack(name, args, &[req("length")])?;
    let length = vm.index_clamped(length, vm.types.overflow_error)?;
    match usize::try_from(length) {
        Ok(length) => {
            vm.check_allocation(length, 2)?;
            Ok(length)
        }
        Err(_) => vm.value_error("value must be positive"),
    }
}

/// The data argument of a hash.
fn hashable(vm: &mut Machine, o: Obj) -> PyResult<Vec<u8>> {
    if vm.heap.str(o).is_some() {
        return vm.type_error("Strings must be encoded before hashing".to_string());
    }
    match vm.buffer(o) {
        Some(data) => Ok(data.to_vec()),
        None => vm.type_error("object supporting the buffer API required".to_string()),
    }
}

fn make(vm: &mut Machine, name: &str, data: Obj) -> PyResult<Obj> {
    let xof = name.starts_with("shake");
    let class = vm.module_type(if xof { &XOF_SPEC } else { &SPEC });
    make_of(vm, name, data, class)
}

/// An instance of a class of hashes.
fn make_of(vm: &mut Machine, name: &str, data: Obj, class: Obj) -> PyResult<Obj> {
    let Some((name, mut state)) = algorithm(name) else {
        return vm.value_error(&format!("unsupported hash type {name}"));
    };
    if !data.is_null() {
        state.feed(&hashable(vm, data)?);
    }
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Hash { name, state }))),
    ))
}

fn new(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [name, data, security] = vm.unpack(
        "new",
        args,
        &[req("name"), opt("string"), kw("usedforsecurity")],
    )?;
    let _ = security;
    if vm.heap.str(name).is_none() {
        return vm.type_error("name must be a string".to_string());
    }
    let name = vm.text(name);
    make(vm, &name, data)
}

fn update(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let data = hashable(vm, args.get(vm, 0))?;
    if let Some(hash) = vm.heap.native_mut::<Hash>(this) {
        hash.state.feed(&data);
    }
    Ok(vm.new_none())
}
