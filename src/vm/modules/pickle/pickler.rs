//! `pickle.Pickler`: the type, its settings and its memo.

use std::collections::HashMap;

use super::opcodes::{DEFAULT, HIGHEST};
use super::{flag, method_of, output, pickler_memo, pickling_error, save};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// The objects that have been written, in the order in which they came: an object's index is the number it has in the pickle.
/// After somebody set the memo, numbers may be others; therefore they are kept.
#[derive(Clone, Default)]
pub struct Memo {
    pub index: HashMap<Obj, usize>,
    pub order: Vec<Obj>,
}

#[derive(Clone, Default)]
pub struct Pickler {
    /// `__init__` has run.
    pub ready: bool,
    /// The file's `write`; NULL when writing into memory.
    pub write: Obj,
    pub dispatch_table: Obj,
    /// `persistent_id`: NULL if there is none; and whether it wants the pickler as its first argument.
    pub pers_func: Obj,
    pub pers_bound: bool,
    pub reducer_override: Obj,
    pub buffer_callback: Obj,
    pub proto: i64,
    pub bin: i64,
    pub fast: i64,
    pub fix_imports: bool,
    pub framing: bool,
    pub frame_start: Option<usize>,
    pub out: Vec<u8>,
    pub memo: Memo,
    /// Fast mode: how deep containers are nested, and, when that is very deep, which are open.
    pub fast_nesting: usize,
    pub fast_open: Vec<Obj>,
}

impl Native for Pickler {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("write"), self.write);
        f(Edge::Field("dispatch_table"), self.dispatch_table);
        f(Edge::Field("persistent_id"), self.pers_func);
        f(Edge::Field("reducer_override"), self.reducer_override);
        f(Edge::Field("buffer_callback"), self.buffer_callback);
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        for o in &self.memo.order {
            f(Edge::Field("memo"), *o);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        let mut taken: Vec<Obj> = [
            &mut self.write,
            &mut self.pers_func,
            &mut self.dispatch_table,
            &mut self.reducer_override,
            &mut self.buffer_callback,
        ]
        .map(|o| std::mem::replace(o, NULL))
        .to_vec();
        taken.append(&mut self.memo.order);
        self.memo.index.clear();
        taken
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n\
          This takes a binary file for writing a pickle data stream.",
    base_type: true,
    methods: &[
        Method::new("dump", Arity::One, dump)
            .doc("dump($self, obj, /)\n--\n\nWrite a pickled representation of the given object to the open file."),
        Method::new("clear_memo", Arity::NoArgs, clear_memo)
            .doc("clear_memo($self, /)\n--\n\nForget which objects have been written already."),
        Method::new("__sizeof__", Arity::NoArgs, sizeof).doc("__sizeof__($self, /)\n--\n\nSize in memory, in bytes."),
    ],
    getset: &[
        GetSet::rw("bin", |vm, this| Ok(int_field(vm, this, |p| p.bin)), |vm, this, value| {
            let value = int_value(vm, value)?;
            parts(vm, this).bin = value;
            Ok(())
        }),
        GetSet::rw("fast", |vm, this| Ok(int_field(vm, this, |p| p.fast)), |vm, this, value| {
            let value = int_value(vm, value)?;
            parts(vm, this).fast = value;
            Ok(())
        }),
        GetSet::rw("dispatch_table", get_dispatch_table, set_dispatch_table),
        GetSet::rw("memo", pickler_memo::get_pickler, pickler_memo::set_pickler),
        GetSet::rw("persistent_id", get_persistent_id, set_persistent_id),
    ],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            let made = Payload::Native(Box::new(Box::new(Pickler::default())));
            Ok(vm.alloc_instance(class, made))
        });
        s.tp_init = Some(init);
    },
    ..TypeSpec::new("_pickle.Pickler")
};

pub fn parts(vm: &mut Machine, this: Obj) -> &mut Pickler {
    vm.heap.native_mut(this).expect("checked by the type")
}

fn int_field(vm: &mut Machine, this: Obj, field: fn(&Pickler) -> i64) -> Obj {
    let value = field(parts(vm, this));
    vm.new_int(value)
}

fn int_value(vm: &mut Machine, value: Obj) -> PyResult<i64> {
    if value.is_null() {
        return vm.type_error("can't delete numeric/char attribute".to_string());
    }
    Ok(vm.index_clamped(value, vm.types.overflow_error)? as i64)
}

/// Takes the new value over and lets go of the old one.
fn replace(vm: &mut Machine, this: Obj, value: Obj, field: fn(&mut Pickler) -> &mut Obj) {
    let old = std::mem::replace(field(parts(vm, this)), value);
    vm.xdecref(old);
}

fn get_dispatch_table(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    match parts(vm, this).dispatch_table.some() {
        Some(table) => Ok(vm.new_ref(table)),
        None => vm.raise(vm.types.attribute_error, "dispatch_table".to_string()),
    }
}

fn set_dispatch_table(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() && parts(vm, this).dispatch_table.is_null() {
        return vm.raise(vm.types.attribute_error, "dispatch_table".to_string());
    }
    vm.xincref(value);
    replace(vm, this, value, |p| &mut p.dispatch_table);
    Ok(())
}

fn get_persistent_id(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (func, bound) = (parts(vm, this).pers_func, parts(vm, this).pers_bound);
    if func.is_null() {
        return vm.raise(vm.types.attribute_error, "persistent_id".to_string());
    }
    Ok(if bound {
        vm.new_method(func, this)
    } else {
        vm.new_ref(func)
    })
}

fn set_persistent_id(vm: &mut Machine, this: Obj, value: Obj) -> PyResult<()> {
    if value.is_null() {
        return vm.type_error("attribute deletion is not supported".to_string());
    }
    if !vm.is_callable(value) {
        return vm.type_error("persistent_id must be a callable taking one argument".to_string());
    }
    vm.incref(value);
    parts(vm, this).pers_bound = false;
    replace(vm, this, value, |p| &mut p.pers_func);
    Ok(())
}

/// The protocol that is meant; owned by nobody.
fn protocol(vm: &mut Machine, o: Obj) -> PyResult<i64> {
    if o.is_null() || o == vm.none {
        return Ok(DEFAULT);
    }
    let given = vm.index_clamped(o, vm.types.overflow_error)? as i64;
    if given < 0 {
        return Ok(HIGHEST);
    }
    if given > HIGHEST {
        return vm.value_error(&format!("pickle protocol must be <= {HIGHEST}"));
    }
    Ok(given)
}

fn set_protocol(vm: &mut Machine, this: Obj, o: Obj, fix_imports: bool) -> PyResult<()> {
    let proto = protocol(vm, o)?;
    let pickler = parts(vm, this);
    pickler.proto = proto;
    pickler.bin = i64::from(proto > 0);
    pickler.fix_imports = fix_imports && proto < 3;
    Ok(())
}

fn set_callback(vm: &mut Machine, this: Obj, callback: Obj) -> PyResult<()> {
    let callback = if callback == vm.none { NULL } else { callback };
    if !callback.is_null() && parts(vm, this).proto < 5 {
        return vm.value_error("buffer_callback needs protocol >= 5");
    }
    vm.xincref(callback);
    replace(vm, this, callback, |p| &mut p.buffer_callback);
    Ok(())
}

pub fn set_file(vm: &mut Machine, this: Obj, file: Obj) -> PyResult<()> {
    let Some(write) = vm.lookup_attr_str(file, "write")? else {
        return vm.type_error("file must have a 'write' attribute".to_string());
    };
    replace(vm, this, write, |p| &mut p.write);
    Ok(())
}

/// A pickler of exactly this type for `dump` and `dumps`.
pub fn new_plain(
    vm: &mut Machine,
    protocol: Obj,
    fix_imports: bool,
    callback: Obj,
) -> PyResult<Obj> {
    let class = vm.module_type(&SPEC);
    let this = vm.alloc_instance(
        class,
        Payload::Native(Box::new(Box::new(Pickler::default()))),
    );
    vm.hold(this);
    let done = set_protocol(vm, this, protocol, fix_imports)
        .and_then(|()| set_callback(vm, this, callback));
    if done.is_err() {
        return vm.let_go(done.map(|()| this));
    }
    parts(vm, this).ready = true;
    Ok(vm.unhold())
}

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let params = [
        req("file"),
        opt("protocol"),
        opt("fix_imports"),
        opt("buffer_callback"),
    ];
    let [file, protocol, fix, callback] = vm.unpack("Pickler", args, &params)?;
    let fix = flag(vm, fix)?;
    set_protocol(vm, this, protocol, fix)?;
    set_file(vm, this, file)?;
    set_callback(vm, this, callback)?;
    let pickler = parts(vm, this);
    (pickler.fast, pickler.fast_nesting) = (0, 0);
    pickler.fast_open.clear();
    let (func, bound) = method_of(vm, this, "persistent_id")?;
    parts(vm, this).pers_bound = bound;
    replace(vm, this, func, |p| &mut p.pers_func);
    let table = vm.lookup_attr_str(this, "dispatch_table")?.unwrap_or(NULL);
    replace(vm, this, table, |p| &mut p.dispatch_table);
    parts(vm, this).ready = true;
    Ok(())
}

fn dump(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    if parts(vm, this).write.is_null() {
        let name = vm.type_name(this);
        return pickling_error(
            vm,
            format!("Pickler.__init__() was not called by {name}.__init__()"),
        );
    }
    parts(vm, this).out.clear();
    save::dump(vm, this, args.get(vm, 0))?;
    output::flush(vm, this)?;
    Ok(vm.new_none())
}

fn clear_memo(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    forget_all(vm, this);
    Ok(vm.new_none())
}

fn sizeof(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let held = parts(vm, this).memo.order.len().next_power_of_two().max(8) * 16;
    Ok(vm.new_int(192 + held as i64))
}

/// Empties the memo.
pub fn forget_all(vm: &mut Machine, this: Obj) {
    let memo = std::mem::take(&mut parts(vm, this).memo);
    vm.drop_all(memo.order);
}

/// Remembers an object under a number.
pub fn remember(vm: &mut Machine, this: Obj, o: Obj, number: usize) {
    let memo = &mut parts(vm, this).memo;
    if memo.index.insert(o, number).is_none() {
        memo.order.push(o);
        vm.incref(o);
    }
}
