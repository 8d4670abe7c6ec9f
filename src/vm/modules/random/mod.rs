//! The module `_random` (`Modules/_randommodule.c`): the type `Random`, a Mersenne Twister. What is built on it is `python/random.py`.
//!
//! A generator that is not given a seed takes the number of such seedings so far, so that two runs show the same.

pub mod twister;

use num_bigint::{BigInt, Sign};
use num_traits::Signed;
use sha2::{Digest, Sha512};

use self::twister::{STATE_WORDS, Twister};
use super::ModuleSpec;
use crate::heap::payload::Native;
use crate::heap::{Edge, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_random",
    doc: "The Mersenne Twister random number generator.",
    functions: &[Method::new("_sha512", Arity::One, sha512)],
    init: |vm, dict| {
        let object = vm.types.object;
        vm.add_module_type(dict, &SPEC, object);
        Ok(())
    },
};

static SPEC: TypeSpec = TypeSpec {
    doc: "Random() -> create a random number generator with its own internal state.",
    gc: false,
    base_type: true,
    methods: &[
        Method::new("random", Arity::NoArgs, random).doc("random($self, /)\n--\n\nrandom() -> x in the interval [0, 1)."),
        Method::new("seed", Arity::Positional(0, 1), seed)
            .doc("seed($self, n=None, /)\n--\n\nseed([n]) -> None.\n\nWithout n a seed is chosen."),
        Method::new("getstate", Arity::NoArgs, getstate)
            .doc("getstate($self, /)\n--\n\ngetstate() -> tuple containing the current state."),
        Method::new("setstate", Arity::One, setstate)
            .doc("setstate($self, state, /)\n--\n\nsetstate(state) -> None.  Restores generator state."),
        Method::new("getrandbits", Arity::One, getrandbits)
            .doc("getrandbits($self, k, /)\n--\n\ngetrandbits(k) -> x.  Generates an int with k random bits."),
    ],
    slots: |s| s.tp_new = Some(new),
    ..TypeSpec::new("_random.Random")
};

#[derive(Clone)]
struct Generator(Box<Twister>);

impl Native for Generator {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn take(&mut self) -> Vec<Obj> {
        Vec::new()
    }
    native_boilerplate!();
}

fn twister(vm: &mut Machine, this: Obj) -> &mut Twister {
    &mut vm
        .heap
        .native_mut::<Generator>(this)
        .expect("checked by the type")
        .0
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    if args.kw_len(vm) > 0 && !vm.heap.class(class).flags.heap_type {
        return vm.type_error("Random() takes no keyword arguments".to_string());
    }
    if args.len() > 1 {
        return vm.type_error("Random() requires 0 or 1 argument".to_string());
    }
    let seed = args.get(vm, 0);
    let seeded = seeded(vm, seed)?;
    Ok(vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Generator(Box::new(seeded))))),
    ))
}

/// Under this name the number of seedings without a seed is kept in `module_state`.
const UNSEEDED: &str = "_random.unseeded";

/// A number that is another one each time.
fn next_unseeded(vm: &mut Machine) -> i64 {
    let known = vm.module_state.get(UNSEEDED).copied();
    let number = known.and_then(|o| vm.as_i64(o)).unwrap_or(0) + 1;
    let o = vm.new_int(number);
    vm.module_state.insert(UNSEEDED, o);
    if let Some(old) = known {
        vm.decref(old);
    }
    number
}

/// A generator for a seed: an int's absolute value, or the hash of anything else; NULL and None choose one.
fn seeded(vm: &mut Machine, seed: Obj) -> PyResult<Twister> {
    let number = if seed.is_null() || seed == vm.none {
        BigInt::from(next_unseeded(vm))
    } else if let Some(number) = vm.as_int(seed) {
        number.abs()
    } else {
        BigInt::from(vm.hash(seed)? as u64)
    };
    Ok(Twister::by_array(&number.magnitude().to_u32_digits()))
}

fn seed(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let seed = args.get(vm, 0);
    let fresh = seeded(vm, seed)?;
    *twister(vm, this) = fresh;
    Ok(vm.new_none())
}

fn random(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let x = twister(vm, this).next_f64();
    Ok(vm.new_float(x))
}

fn getrandbits(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let index = vm.number_index(args.get(vm, 0))?;
    let bits = vm.as_i64(index).and_then(|k| i32::try_from(k).ok());
    vm.decref(index);
    let Some(bits) = bits else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C int".to_string(),
        );
    };
    if bits < 0 {
        return vm.value_error("number of bits must be non-negative");
    }
    let bits = bits as usize;
    vm.check_allocation(bits.div_ceil(8), 1)?;
    let words = twister(vm, this).next_bits(bits);
    Ok(vm.new_big_int(BigInt::from_slice(Sign::Plus, &words)))
}

fn getstate(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let (words, at) = {
        let twister = twister(vm, this);
        (twister.state.to_vec(), twister.at)
    };
    let mut items: Vec<Obj> = words.iter().map(|w| vm.new_int(i64::from(*w))).collect();
    items.push(vm.new_int(at as i64));
    Ok(vm.new_tuple(items))
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let Some(items) = vm.heap.tuple(args.get(vm, 0)).map(<[Obj]>::to_vec) else {
        return vm.type_error("state vector must be a tuple".to_string());
    };
    if items.len() != STATE_WORDS + 1 {
        return vm.value_error("state vector is the wrong size");
    }
    let mut state = [0; STATE_WORDS];
    for (word, o) in state.iter_mut().zip(&items) {
        // The low half of what fits an unsigned long, as C takes it.
        let Some(value) = vm.as_int(*o) else {
            return vm.type_error("an integer is required".to_string());
        };
        if value.is_negative() {
            return vm.raise(
                vm.types.overflow_error,
                "can't convert negative value to unsigned int".to_string(),
            );
        }
        let Ok(value) = u64::try_from(value) else {
            return vm.raise(
                vm.types.overflow_error,
                "Python int too large to convert to C unsigned long".to_string(),
            );
        };
        *word = value as u32;
    }
    let at = vm.number_index(items[STATE_WORDS])?;
    let value = vm.as_i64(at);
    vm.decref(at);
    let Some(at) = value else {
        return vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C long".to_string(),
        );
    };
    match usize::try_from(at).ok().filter(|at| *at <= STATE_WORDS) {
        Some(at) => *twister(vm, this) = Twister { state, at },
        None => return vm.value_error("invalid state"),
    }
    Ok(vm.new_none())
}

/// The digest of bytes, by which `random.seed` spreads a text over the state.
fn sha512(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let Some(data) = vm.buffer(args.get(vm, 0)).map(|d| d.to_vec()) else {
        return vm.type_error("a bytes-like object is required".to_string());
    };
    Ok(vm.new_bytes(Sha512::digest(&data).to_vec()))
}
