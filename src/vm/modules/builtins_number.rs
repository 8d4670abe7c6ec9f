//! `abs`, `divmod`, `pow`, `round`, `bin`, `oct`, `hex`, `chr`, `ord` of the module `builtins`.

use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::args::{opt, req};
use crate::vm::{Args, Machine, PyResult};

pub fn abs(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    match vm.slots_of(o).nb_absolute {
        Some(f) => f(vm, o),
        None => {
            let name = vm.type_name(o);
            vm.type_error(format!("bad operand type for abs(): '{name}'"))
        }
    }
}

pub fn divmod(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    vm.divmod(args.get(vm, 0), args.get(vm, 1))
}

pub fn pow(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [base, exp, modulus] = vm.unpack("pow", args, &[req("base"), req("exp"), opt("mod")])?;
    let modulus = if modulus.is_null() { vm.none } else { modulus };
    vm.power(base, exp, modulus)
}

pub fn round(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let [number, digits] = vm.unpack("round", args, &[req("number"), opt("ndigits")])?;
    let Some(round) = vm.lookup_special(number, vm.names.__round__)? else {
        let name = vm.type_name(number);
        return vm.type_error(format!("type {name} doesn't define __round__ method"));
    };
    let digits = if digits == vm.none { NULL } else { digits };
    vm.with_held(round, |vm, round| {
        if digits.is_null() {
            vm.call(round, &[])
        } else {
            vm.call(round, &[digits])
        }
    })
}

/// An integer with a prefix in a base (`_PyLong_Format` with a base that is a power of two).
fn in_base(vm: &mut Machine, args: Args, base: u32, prefix: &str) -> PyResult<Obj> {
    let index = vm.number_index(args.get(vm, 0))?;
    let value = vm.as_int(index).expect("number_index answers an int");
    vm.decref(index);
    let sign = if value.sign() == num_bigint::Sign::Minus {
        "-"
    } else {
        ""
    };
    let digits = value.magnitude().to_str_radix(base);
    Ok(vm.new_string(format!("{sign}{prefix}{digits}")))
}

pub fn bin(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    in_base(vm, args, 2, "0b")
}

pub fn oct(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    in_base(vm, args, 8, "0o")
}

pub fn hex(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    in_base(vm, args, 16, "0x")
}

pub fn chr(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let index = vm.number_index(args.get(vm, 0))?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value {
        Some(point @ 0..=0x10ffff) => Ok(vm.new_str_obj(StrObj::from_points([point as u32]))),
        Some(wide) if i32::try_from(wide).is_ok() => {
            vm.value_error("chr() arg not in range(0x110000)")
        }
        _ => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        ),
    }
}

pub fn ord(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    let (len, point) = if let Some(text) = vm.heap.str(o) {
        (
            text.len(),
            if text.len() == 1 {
                i64::from(text.point(0))
            } else {
                0
            },
        )
    } else if vm.heap.bytes_of(o).is_some() || vm.is_subtype(vm.heap.ty(o), vm.types.bytearray) {
        let data = vm.bytes_like(o)?;
        (data.len(), data.first().copied().map_or(0, i64::from))
    } else {
        let name = vm.type_name(o);
        return vm.type_error(format!(
            "ord() expected string of length 1, but {name} found"
        ));
    };
    if len != 1 {
        return vm.type_error(format!(
            "ord() expected a character, but string of length {len} found"
        ));
    }
    Ok(vm.new_int(point))
}
