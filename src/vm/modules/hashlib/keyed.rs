//! `_hashlib.HMAC`: a hash with a key, under way.

use super::derive::{hmac, keyed};
use super::{State, block_size, hashable, hex};
use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

const UNSUPPORTED: &str = "_hashlib.UnsupportedDigestmodError";

#[derive(Clone)]
struct Keyed {
    name: &'static str,
    /// The inner hash, with the message so far, and the outer one.
    states: (State, State),
}

impl Native for Keyed {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

static SPEC: TypeSpec = TypeSpec {
    doc: "The object used to calculate HMAC of a message.",
    gc: false,
    methods: &[
        Method::new("update", Arity::Keywords, |vm, this, args| {
            let [message] = vm.unpack("update", args, &[req("msg")])?;
            let data = hashable(vm, message)?;
            if let Some(keyed) = vm.heap.native_mut::<Keyed>(this) {
                keyed.states.0.feed(&data);
            }
            Ok(vm.new_none())
        })
        .doc("update($self, /, msg)\n--\n\nUpdate the HMAC object with msg."),
        Method::new("digest", Arity::NoArgs, |vm, this, _| {
            let data = digest(vm, this);
            Ok(vm.new_bytes(data))
        })
        .doc("digest($self, /)\n--\n\nReturn the digest of the bytes passed to the update() method so far."),
        Method::new("hexdigest", Arity::NoArgs, |vm, this, _| {
            let data = digest(vm, this);
            Ok(vm.new_string(hex(&data)))
        })
        .doc("hexdigest($self, /)\n--\n\nReturn hexadecimal digest of the bytes passed to the update() method so far."),
        Method::new("copy", Arity::NoArgs, |vm, this, _| {
            let copy = of(vm, this).clone();
            Ok(make(vm, copy))
        })
        .doc("copy($self, /)\n--\n\nReturn a copy (\"clone\") of the HMAC object."),
    ],
    getset: &[
        GetSet::new("digest_size", |vm, this| {
            let size = digest(vm, this).len();
            Ok(vm.new_int(size as i64))
        }),
        GetSet::new("block_size", |vm, this| {
            let size = block_size(of(vm, this).name);
            Ok(vm.new_int(size as i64))
        }),
        GetSet::new("name", |vm, this| {
            let name = format!("hmac-{}", of(vm, this).name);
            Ok(vm.new_string(name))
        }),
    ],
    slots: |s| {
        s.tp_new = Some(|vm, _, _| vm.type_error("cannot create '_hashlib.HMAC' instances".to_string()));
        s.tp_repr = Some(|vm, this| {
            let (name, id) = (of(vm, this).name, vm.id_of(this));
            Ok(vm.new_string(format!("<{name} HMAC object @ {id:#x}>")))
        });
    },
    ..TypeSpec::new("_hashlib.HMAC")
};

pub fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let object = vm.types.object;
    vm.add_module_type(dict, &SPEC, object);
    let base = vm.types.value_error;
    let class = vm.new_exception_class("_hashlib", "UnsupportedDigestmodError", base, "")?;
    vm.dict_set_name(dict, "UnsupportedDigestmodError", class);
    if let Some(old) = vm.module_state.insert(UNSUPPORTED, class) {
        vm.decref(old);
    }
    Ok(())
}

fn of(vm: &Machine, this: Obj) -> &Keyed {
    vm.heap.native::<Keyed>(this).expect("checked by the type")
}

fn digest(vm: &Machine, this: Obj) -> Vec<u8> {
    hmac(&of(vm, this).states, b"")
}

fn make(vm: &mut Machine, keyed: Keyed) -> Obj {
    let class = vm.module_type(&SPEC);
    vm.alloc_instance(class, Payload::Native(Box::new(Box::new(keyed))))
}

/// The name of the hash that an argument says: a name, or one of this module's constructors.
pub fn name_of(vm: &mut Machine, o: Obj) -> PyResult<String> {
    if vm.heap.str(o).is_some() {
        return Ok(vm.text(o));
    }
    if let Payload::Builtin(builtin) = vm.heap.payload(o)
        && let Some(name) = builtin.def.name.strip_prefix("openssl_")
    {
        return Ok(name.to_string());
    }
    let shown = vm.repr_text(o)?;
    refuse(vm, format!("Unsupported digestmod {shown}"))
}

pub fn refuse<T>(vm: &mut Machine, message: String) -> PyResult<T> {
    let class = vm.module_state.get(UNSUPPORTED).copied();
    vm.raise(class.unwrap_or(vm.types.value_error), message)
}

pub fn hmac_new(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let names = [req("key"), opt("msg"), opt("digestmod")];
    let [key, message, hash] = vm.unpack("hmac_new", args, &names)?;
    let key = vm.bytes_like(key)?;
    if hash.is_null() {
        return vm.type_error("Missing required parameter 'digestmod'.".to_string());
    }
    let name = name_of(vm, hash)?;
    let found = super::algorithm(&name).map(|a| a.0);
    let (Some(name), Some(mut states)) = (found, keyed(&name, &key)) else {
        return refuse(vm, format!("unsupported hash type {name}"));
    };
    if !message.is_null() && message != vm.none {
        states.0.feed(&hashable(vm, message)?);
    }
    Ok(make(vm, Keyed { name, states }))
}
