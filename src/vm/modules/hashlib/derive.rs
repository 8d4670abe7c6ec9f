//! Keyed hashes, keys of passwords, and comparison.

use super::{State, algorithm, block_size};
use crate::heap::Obj;
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

/// Inner and outer hash of HMAC, both with the key in.
pub fn keyed(name: &str, key: &[u8]) -> Option<(State, State)> {
    let (name, fresh) = algorithm(name).filter(|a| matches!(a.1, State::Fixed(_)))?;
    let mut block = key.to_vec();
    if block.len() > block_size(name) {
        let mut hash = fresh.clone();
        hash.feed(key);
        block = hash.digest(0);
    }
    block.resize(block_size(name), 0);
    let with = |pad: u8| {
        let mut hash = fresh.clone();
        hash.feed(&block.iter().map(|b| b ^ pad).collect::<Vec<u8>>());
        hash
    };
    Some((with(0x36), with(0x5c)))
}

pub fn hmac((inner, outer): &(State, State), message: &[u8]) -> Vec<u8> {
    let (mut inner, mut outer) = (inner.clone(), outer.clone());
    inner.feed(message);
    outer.feed(&inner.digest(0));
    outer.digest(0)
}

fn unsupported_hash<T>(vm: &mut Machine, name: &str) -> PyResult<T> {
    vm.value_error(&format!("unsupported hash type {name}"))
}

pub fn hmac_digest(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [key, message, name] = vm.unpack(
        "hmac_digest",
        args,
        &[req("key"), req("msg"), req("digest")],
    )?;
    let name = super::keyed::name_of(vm, name)?;
    let (key, message) = (vm.bytes_like(key)?, vm.bytes_like(message)?);
    match keyed(&name, &key) {
        Some(keyed) => {
            let data = hmac(&keyed, &message);
            Ok(vm.new_bytes(data))
        }
        None => super::keyed::refuse(vm, format!("unsupported hash type {name}")),
    }
}

pub fn pbkdf2_hmac(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let params = [
        req("hash_name"),
        req("password"),
        req("salt"),
        req("iterations"),
        opt("dklen"),
    ];
    let [name, password, salt, iterations, length] = vm.unpack("pbkdf2_hmac", args, &params)?;
    if vm.heap.str(name).is_none() {
        let got = vm.type_name(name);
        return vm.type_error(format!(
            "pbkdf2_hmac() argument 'hash_name' must be str, not {got}"
        ));
    }
    let name = vm.text(name);
    let (password, salt) = (vm.bytes_like(password)?, vm.bytes_like(salt)?);
    let iterations = vm.index_clamped(iterations, vm.types.overflow_error)?;
    let Some(keyed) = keyed(&name, &password) else {
        return unsupported_hash(vm, &name);
    };
    if iterations < 1 {
        return vm.value_error("iteration value must be greater than 0.");
    }
    let length = if length.is_null() || length == vm.none {
        hmac(&keyed, b"").len() as isize
    } else {
        vm.index_clamped(length, vm.types.overflow_error)?
    };
    let Some(length) = usize::try_from(length).ok().filter(|n| *n > 0) else {
        return vm.value_error("key length must be greater than 0.");
    };
    vm.check_allocation(length, 1)?;
    let mut out = Vec::new();
    let mut block = 1u32;
    while out.len() < length {
        let mut message = salt.clone();
        message.extend_from_slice(&block.to_be_bytes());
        let mut step = hmac(&keyed, &message);
        let mut sum = step.clone();
        for _ in 1..iterations {
            step = hmac(&keyed, &step);
            sum.iter_mut().zip(&step).for_each(|(a, b)| *a ^= b);
        }
        out.extend(sum);
        block += 1;
    }
    out.truncate(length);
    Ok(vm.new_bytes(out))
}

/// Whether two ASCII texts, or two buffers, are the same.
pub fn compare_digest(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (a, b) = (args.get(vm, 0), args.get(vm, 1));
    if let (Some(x), Some(y)) = (vm.heap.str(a), vm.heap.str(b)) {
        if !x.is_ascii() || !y.is_ascii() {
            return vm.type_error(
                "comparing strings with non-ASCII characters is not supported".to_string(),
            );
        }
        let same = x == y;
        return Ok(vm.new_bool(same));
    }
    let (x, y) = (vm.need_buffer(a)?, vm.need_buffer(b)?);
    let same = *x == *y;
    Ok(vm.new_bool(same))
}
