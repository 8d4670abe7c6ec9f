//! The module `array` (`Modules/arraymodule.c`): the type, how an array is made, and what the other parts share.
//!
//! `items.rs` turns machine values into objects and back, `subscript.rs` reads and writes items and slices, `methods.rs` and
//! `transfer.rs` (bytes, lists, texts, files) hold the methods, `reconstruct.rs` what pickles need, `iter.rs` the iterator.
//!
//! Invariant: no length is trusted across a call that may run Python code; the length never changes while a memoryview looks on.

mod items;
mod iter;
mod methods;
mod reconstruct;
mod subscript;
mod transfer;

use super::ModuleSpec;
use crate::heap::payload::Array;
use crate::heap::payload::array::item_size;
use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::Slots;
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "array",
    doc: "Arrays of machine values: numbers or characters of one kind, side by side in memory.\n\nAn array behaves much like a list whose items are all of the kind that its type code says.\n",
    functions: &[Method::new(
        "_array_reconstructor",
        Arity::Positional(4, 4),
        reconstruct::reconstruct,
    )
    .doc("_array_reconstructor($module, arraytype, typecode, mformat_code, items,\n                     /)\n--\n\nInternal. Used for pickling support.")],
    init: |vm, dict| {
        let object = vm.types.object;
        let ty = vm.add_module_type(dict, &SPEC, object);
        let iterator = vm.make_module_type(&iter::SPEC, object);
        // Heap types carry their module's name themselves.
        let module = vm.intern("array");
        for class in [ty, iterator] {
            let own = vm.heap.class(class).dict;
            vm.dict_set_name(own, "__module__", module);
        }
        vm.decref(module);
        vm.dict_set_name(dict, "ArrayType", ty);
        let codes = vm.new_str(TYPE_CODES);
        vm.dict_set_name(dict, "typecodes", codes);
        vm.decref(codes);
        let collections = vm.import_module("_collections_abc")?;
        let registered = vm.with_held(collections, |vm, collections| {
            let sequence = vm.get_attr_str(collections, "MutableSequence")?;
            vm.with_held(sequence, |vm, sequence| {
                vm.call_method(sequence, "register", &[ty])
            })
        })?;
        vm.decref(registered);
        let function = vm.dict_get_name(dict, "_array_reconstructor");
        vm.incref(function);
        if let Some(old) = vm.module_state.insert(RECONSTRUCTOR, function) {
            vm.decref(old);
        }
        Ok(())
    },
};

const TYPE_CODES: &str = "bBuhHiIlLqQfd";

/// The function of the module that pickles name.
const RECONSTRUCTOR: &str = "array._array_reconstructor";

pub static SPEC: TypeSpec = TypeSpec {
    doc: DOC,
    base_type: true,
    has_weakrefs: true,
    sequence: true,
    methods: METHODS,
    getset: &[
        GetSet {
            doc: "the typecode character used to create the array",
            ..GetSet::new("typecode", |vm, this| {
                let code = char::from(array(vm, this).code);
                Ok(vm.new_string(code.to_string()))
            })
        },
        GetSet {
            doc: "the size, in bytes, of one array item",
            ..GetSet::new("itemsize", |vm, this| {
                let size = array(vm, this).item_size();
                Ok(vm.new_int(size as i64))
            })
        },
    ],
    slots: fill,
    ..TypeSpec::new("array.array")
};

const DOC: &str = "array(typecode [, initializer]) -> array\n\n\
    A new array of items of the kind that the type code names, filled from the initializer: a list, a bytes-like\n\
    object, a str (for type code 'u') or any iterable of fitting items.\n\n\
    Type code   C Type             Minimum size in bytes\n\
    'b'         signed integer     1\n\
    'B'         unsigned integer   1\n\
    'u'         Unicode character  2 (see note)\n\
    'h'         signed integer     2\n\
    'H'         unsigned integer   2\n\
    'i'         signed integer     2\n\
    'I'         unsigned integer   2\n\
    'l'         signed integer     4\n\
    'L'         unsigned integer   4\n\
    'q'         signed integer     8 (see note)\n\
    'Q'         unsigned integer   8 (see note)\n\
    'f'         floating point     4\n\
    'd'         floating point     8\n";

static METHODS: &[Method] = &[
    Method::new("append", Arity::One, methods::append)
        .doc("append($self, v, /)\n--\n\nAppend new value v to the end of the array."),
    Method::new("buffer_info", Arity::NoArgs, transfer::buffer_info)
        .doc("buffer_info($self, /)\n--\n\nReturn a tuple (address, length): where the items lie in memory, and how many there are."),
    Method::new("byteswap", Arity::NoArgs, transfer::byteswap)
        .doc("byteswap($self, /)\n--\n\nByteswap all items of the array."),
    Method::new("__copy__", Arity::NoArgs, methods::copy)
        .doc("__copy__($self, /)\n--\n\nReturn a copy of the array."),
    Method::new("count", Arity::One, methods::count)
        .doc("count($self, v, /)\n--\n\nReturn number of occurrences of v in the array."),
    Method::new("__deepcopy__", Arity::One, methods::copy)
        .doc("__deepcopy__($self, unused, /)\n--\n\nReturn a copy of the array."),
    Method::new("extend", Arity::Parsed(1, 1), methods::extend)
        .with_class().doc("extend($self, bb, /)\n--\n\nAppend items to the end of the array."),
    Method::new("fromfile", Arity::Positional(2, 2), transfer::fromfile)
        .doc("fromfile($self, f, n, /)\n--\n\nRead n objects from the file object f and append them to the end of the array."),
    Method::new("fromlist", Arity::One, transfer::fromlist)
        .doc("fromlist($self, list, /)\n--\n\nAppend items to array from list."),
    Method::new("frombytes", Arity::One, transfer::frombytes)
        .doc("frombytes($self, buffer, /)\n--\n\nAppend items of which these are the bytes."),
    Method::new("fromunicode", Arity::One, transfer::fromunicode)
        .doc("fromunicode($self, ustr, /)\n--\n\nAppend the characters of a str to an array of characters; any other raises ValueError."),
    Method::new("index", Arity::Positional(1, 3), methods::index)
        .doc("index($self, v, start=0, stop=sys.maxsize, /)\n--\n\nReturn index of first occurrence of v in the array.\n\nRaise ValueError if the value is not present."),
    Method::new("insert", Arity::Positional(2, 2), methods::insert)
        .doc("insert($self, i, v, /)\n--\n\nInsert a new item v into the array before position i."),
    Method::new("pop", Arity::Positional(0, 1), methods::pop)
        .doc("pop($self, i=-1, /)\n--\n\nReturn the i-th element and delete it from the array.\n\ni defaults to -1."),
    Method::new("__reduce_ex__", Arity::One, reconstruct::reduce_ex)
        .doc("__reduce_ex__($self, value, /)\n--\n\nReturn state information for pickling."),
    Method::new("remove", Arity::One, methods::remove)
        .doc("remove($self, v, /)\n--\n\nRemove the first occurrence of v in the array."),
    Method::new("reverse", Arity::NoArgs, methods::reverse)
        .doc("reverse($self, /)\n--\n\nReverse the order of the items in the array."),
    Method::new("tofile", Arity::One, transfer::tofile)
        .doc("tofile($self, f, /)\n--\n\nWrite all items (as machine values) to the file object f."),
    Method::new("tolist", Arity::NoArgs, transfer::tolist)
        .doc("tolist($self, /)\n--\n\nConvert array to an ordinary list with the same items."),
    Method::new("tobytes", Arity::NoArgs, transfer::tobytes)
        .doc("tobytes($self, /)\n--\n\nReturn the bytes of all items."),
    Method::new("tounicode", Arity::NoArgs, transfer::tounicode)
        .doc("tounicode($self, /)\n--\n\nReturn an array of characters as a str; any other raises ValueError."),
    Method::new("__sizeof__", Arity::NoArgs, methods::sizeof)
        .doc("__sizeof__($self, /)\n--\n\nSize of the array in memory, in bytes."),
];

fn fill(s: &mut Slots) {
    s.tp_new = Some(new);
    s.tp_repr = Some(methods::repr);
    s.tp_richcompare = Some(methods::rich_compare);
    s.tp_iter = Some(iter::iter);
    s.sq_length = Some(|vm, this| Ok(array(vm, this).len()));
    s.mp_length = Some(|vm, this| Ok(array(vm, this).len()));
    s.sq_concat = Some(methods::concat);
    s.sq_repeat = Some(methods::repeat);
    s.sq_item = Some(subscript::item);
    s.sq_ass_item = Some(subscript::ass_item);
    s.sq_contains = Some(methods::contains);
    s.sq_inplace_concat = Some(methods::inplace_concat);
    s.sq_inplace_repeat = Some(methods::inplace_repeat);
    s.mp_subscript = Some(subscript::subscript);
    s.mp_ass_subscript = Some(subscript::ass_subscript);
}

#[inline(always)]
fn array(vm: &Machine, this: Obj) -> &Array {
    vm.heap
        .array(this)
        .expect("a method of array gets an array")
}

#[inline(always)]
fn array_mut(vm: &mut Machine, this: Obj) -> &mut Array {
    vm.heap
        .array_mut(this)
        .expect("a method of array gets an array")
}

fn is_array(vm: &Machine, o: Obj) -> bool {
    vm.heap.array(o).is_some()
}

/// An array of exactly this type.
fn new_array(vm: &mut Machine, array: Array) -> Obj {
    let class = vm.module_type(&SPEC);
    vm.alloc_instance(class, Payload::Array(Box::new(array)))
}

/// Refuses while a memoryview is open.
fn check_resize(vm: &mut Machine, this: Obj) -> PyResult<()> {
    if !array(vm, this).viewed {
        return Ok(());
    }
    if vm.is_exported(this) {
        return vm.raise(
            vm.types.buffer_error,
            "cannot resize an array that is exporting buffers".to_string(),
        );
    }
    array_mut(vm, this).viewed = false;
    Ok(())
}

/// Makes ready for a new length (`array_resize` before the items move).
fn resize(vm: &mut Machine, this: Obj, len: usize) -> PyResult<()> {
    if len != array(vm, this).len() {
        check_resize(vm, this)?;
        let size = array(vm, this).item_size();
        vm.check_allocation(len, size)?;
        array_mut(vm, this).resized(len);
    }
    Ok(())
}

/// Appends the bytes of whole items.
fn append_bytes(vm: &mut Machine, this: Obj, more: &[u8]) -> PyResult<()> {
    let len = array(vm, this).len() + more.len() / array(vm, this).item_size();
    resize(vm, this, len)?;
    array_mut(vm, this).data.extend_from_slice(more);
    Ok(())
}

/// `array_new`
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let own = vm.module_type(&SPEC);
    let plain_init = vm.heap.class(class).slots.tp_init.map(|f| f as usize)
        == vm.heap.class(own).slots.tp_init.map(|f| f as usize);
    if args.kw_len(vm) > 0 && (class == own || plain_init) {
        return vm.type_error("array.array() takes no keyword arguments".to_string());
    }
    let given = args.len();
    if given == 0 || given > 2 {
        let (bound, limit, s) = if given == 0 {
            ("least", 1, "")
        } else {
            ("most", 2, "s")
        };
        return vm.type_error(format!(
            "array() takes at {bound} {limit} argument{s} ({given} given)"
        ));
    }
    let code = code_argument(vm, "array", 1, args.get(vm, 0))?;
    let initial = args.get(vm, 1);
    check_initial(vm, code, initial)?;
    if !is_type_code(code) {
        return vm.value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    }
    make(vm, class, code as u8, initial)
}

/// A type code: a str of one character; others than ASCII are none (`C` of `PyArg_ParseTuple`).
fn code_argument(vm: &mut Machine, function: &str, place: u32, o: Obj) -> PyResult<u32> {
    match vm.heap.str(o) {
        Some(text) if text.len() == 1 => Ok(text.point(0)),
        _ => {
            let name = vm.argument_type(o);
            vm.type_error(format!(
                "{function}() argument {place} must be a unicode character, not {name}"
            ))
        }
    }
}

fn is_type_code(code: u32) -> bool {
    TYPE_CODES.chars().any(|known| u32::from(known) == code)
}

fn check_initial(vm: &mut Machine, code: u32, initial: Obj) -> PyResult<()> {
    if initial.is_null() || code == u32::from(b'u') {
        return Ok(());
    }
    let what = if vm.heap.str(initial).is_some() {
        "str"
    } else if vm.heap.array(initial).is_some_and(|a| a.code == b'u') {
        "unicode array"
    } else {
        return Ok(());
    };
    let shown = char::from_u32(code).unwrap_or('?');
    vm.type_error(format!(
        "cannot use a {what} to initialize an array with typecode '{shown}'"
    ))
}

fn make(vm: &mut Machine, class: Obj, code: u8, initial: Obj) -> PyResult<Obj> {
    let alloc = |vm: &mut Machine, data| {
        vm.alloc_instance(class, Payload::Array(Box::new(Array::of(code, data))))
    };
    if initial.is_null() {
        return Ok(alloc(vm, Vec::new()));
    }
    if let Some(other) = vm.heap.array(initial).filter(|a| a.code == code) {
        let data = other.data.clone();
        return Ok(alloc(vm, data));
    }
    if let Some(text) = vm.heap.str(initial).filter(|_| code == b'u') {
        let data = text.points().flat_map(u32::to_le_bytes).collect();
        return Ok(alloc(vm, data));
    }
    let bytes = vm.heap.bytes_of(initial).is_some() || vm.is_bytearray(initial);
    let sequence = match vm.heap.base(initial) {
        Payload::List(items) => Some(items.len()),
        Payload::TupleBig(items) => Some(items.len()),
        Payload::Tuple { n, .. } => Some(usize::from(*n)),
        _ => None,
    };
    if bytes {
        let made = alloc(vm, Vec::new());
        vm.hold(made);
        let filled = transfer::append_buffer(vm, made, initial);
        return finish(vm, filled);
    }
    if let Some(len) = sequence {
        vm.check_allocation(len, item_size(code))?;
        let made = alloc(vm, vec![0; len * item_size(code)]);
        vm.hold(made);
        let filled = (0..len).try_for_each(|i| {
            let value = vm.sequence_item(initial, i as isize)?;
            vm.with_held(value, |vm, value| items::store(vm, made, i, value))
        });
        return finish(vm, filled);
    }
    let iterator = vm.get_iter(initial)?;
    vm.hold(iterator);
    let made = alloc(vm, Vec::new());
    vm.hold(made);
    let filled = methods::extend_from_iterator(vm, made, iterator);
    let made = finish(vm, filled);
    if vm.interrupt.is_none() {
        let iterator = vm.unhold();
        vm.drop_keeping_exception(iterator);
    }
    made
}

/// Takes back the array that is held, or lets go of it if filling it failed.
fn finish(vm: &mut Machine, filled: PyResult<()>) -> PyResult<Obj> {
    match filled {
        Ok(()) => Ok(vm.unhold()),
        Err(thrown) => vm.let_go(Err(thrown)),
    }
}

/// The class an instance says it is, without the module.
fn short_name(vm: &Machine, this: Obj) -> String {
    let name = vm.type_name(this);
    name.rsplit('.').next().unwrap_or(&name).to_string()
}

/// An argument that must be an array of the same kind, as its bytes; `None`: it is none.
fn same_kind(vm: &Machine, this: Obj, other: Obj) -> Option<bool> {
    vm.heap
        .array(other)
        .map(|other| other.code == array(vm, this).code)
}

/// CPython's `PyErr_BadArgument`.
fn bad_argument<T>(vm: &mut Machine) -> PyResult<T> {
    vm.type_error("bad argument type for built-in operation".to_string())
}

/// The value of an item as an object; NULL if there is none at that place.
fn get(vm: &mut Machine, this: Obj, index: usize) -> PyResult<Obj> {
    if index >= array(vm, this).len() {
        return Ok(NULL);
    }
    items::load(vm, this, index)
}
