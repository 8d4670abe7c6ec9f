//! Tuples with named fields made by natives: `sys.version_info`, `time.struct_time`, … (`Objects/structseq.c`).
//!
//! A struct sequence is a tuple whose type has an attribute an item. Its names are the rows of the type's attribute table.

use crate::heap::{NULL, Obj, Payload};
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

/// An attribute that reads an item.
pub const fn item<const I: usize>(name: &'static str) -> GetSet {
    GetSet::new(name, get_item::<I>)
}

fn get_item<const I: usize>(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let value = vm
        .heap
        .tuple(this)
        .and_then(|items| items.get(I).copied())
        .unwrap_or(NULL);
    Ok(if value.is_null() {
        vm.new_none()
    } else {
        vm.new_ref(value)
    })
}

/// The specification of a type that scripts may call with a sequence.
pub const fn spec(name: &'static str, fields: &'static [GetSet]) -> TypeSpec {
    TypeSpec {
        getset: fields,
        slots: |s| {
            s.tp_repr = Some(repr);
            s.tp_new = Some(new);
        },
        ..TypeSpec::new(name)
    }
}

/// The specification of a type of which there is one instance only.
pub const fn single_spec(name: &'static str, fields: &'static [GetSet]) -> TypeSpec {
    TypeSpec {
        getset: fields,
        slots: |s| {
            s.tp_repr = Some(repr);
            s.tp_new = Some(cannot_create);
        },
        ..TypeSpec::new(name)
    }
}

/// Makes an instance; takes the items over.
pub fn make(vm: &mut Machine, spec: &'static TypeSpec, items: Vec<Obj>) -> Obj {
    let base = vm.types.tuple;
    let parked = vm.park(&items);
    let ty = vm.make_module_type(spec, base);
    vm.unpark(parked);
    let made = vm.alloc_instance(ty, Payload::tuple(items));
    // `PyStructSequence_New` leaves it to the caller, who forgets.
    vm.heap.gc.untrack(made);
    made
}

/// Names of the fields, in order: the attributes of the class that read items.
fn field_names(vm: &Machine, class: Obj) -> Vec<String> {
    let dict = vm.heap.class(class).dict;
    let items = vm.heap.dict_items(dict);
    items
        .into_iter()
        .filter(|(_, v)| matches!(vm.heap.payload(*v), Payload::GetSetDescr { .. }))
        .map(|(k, _)| vm.text(k))
        .collect()
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    let names = field_names(vm, class);
    let items = vm.heap.tuple(this).map(<[Obj]>::to_vec).unwrap_or_default();
    let mut parts = Vec::new();
    for (name, item) in names.iter().zip(items) {
        parts.push(format!("{name}={}", vm.repr_text(item)?));
    }
    let text = format!("{}({})", vm.class_name(class), parts.join(", "));
    Ok(vm.new_string(text))
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let name = vm.class_name(class);
    let short = name.rsplit('.').next().unwrap_or_default().to_string();
    if args.is_empty() {
        return vm.type_error(format!(
            "{short}() missing required argument 'sequence' (pos 1)"
        ));
    }
    let wanted = field_names(vm, class)
        .into_iter()
        .filter(|n| n != "tm_zone" && n != "tm_gmtoff")
        .count();
    let source = args.get(vm, 0);
    if vm.slots_of(source).tp_iter.is_none() && !vm.is_sequence(source) {
        return vm.type_error("constructor requires a sequence".to_string());
    }
    let items = vm.collect_iterable(source)?;
    let n = items.len();
    if n != wanted {
        for item in items {
            vm.decref(item);
        }
        let bound = if name == "time.struct_time" {
            "an at least"
        } else {
            "a"
        };
        return vm.type_error(format!(
            "{name}() takes {bound} {wanted}-sequence ({n}-sequence given)"
        ));
    }
    Ok(vm.alloc_instance(class, Payload::tuple(items)))
}

fn cannot_create(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let name = vm.class_name(class);
    vm.type_error(format!("cannot create '{name}' instances"))
}
