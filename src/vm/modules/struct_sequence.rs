//! Tuples with named fields made by natives: `sys.version_info`, `time.struct_time`, … (`Objects/structseq.c`).
//!
//! A struct sequence is a tuple whose type has an attribute an item. Its names are the rows of the type's attribute table. Fields
//! behind the visible ones are no items; they are kept as slots beside the tuple.

use crate::heap::{NULL, Obj, Payload};
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
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

/// An attribute that reads a field which is no item, the `I`th of those.
pub const fn hidden<const I: usize>(name: &'static str) -> GetSet {
    GetSet::new(name, get_hidden::<I>)
}

fn get_hidden<const I: usize>(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let value = match vm.heap.payload(this) {
        Payload::Ext(ext) => ext.slots.get(I).copied().unwrap_or(NULL),
        _ => NULL,
    };
    Ok(if value.is_null() {
        vm.new_none()
    } else {
        vm.new_ref(value)
    })
}

fn is_hidden(field: &GetSet) -> bool {
    let one_of = [get_hidden::<0>, get_hidden::<1>];
    one_of
        .iter()
        .any(|get| std::ptr::fn_addr_eq(field.get, *get as Getter))
}

type Getter = fn(&mut Machine, Obj) -> PyResult<Obj>;

/// The specification of a type that scripts may call with a sequence.
pub const fn spec(name: &'static str, fields: &'static [GetSet]) -> TypeSpec {
    TypeSpec {
        getset: fields,
        methods: METHODS,
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
        methods: METHODS,
        slots: |s| {
            s.tp_repr = Some(repr);
            s.tp_new = Some(cannot_create);
        },
        ..TypeSpec::new(name)
    }
}

static METHODS: &[Method] = &[Method::new("__reduce__", Arity::NoArgs, reduce)];

/// The type, made if need be, with what it says of its fields (`PyStructSequence_InitType`). Borrowed.
pub fn make_type(vm: &mut Machine, spec: &'static TypeSpec) -> Obj {
    if let Some(known) = vm.module_types.get(spec.name) {
        return *known;
    }
    let ty = vm.make_module_type(spec, vm.types.tuple);
    let shown = spec.getset.iter().filter(|f| !is_hidden(f)).count();
    vm.heap.class_mut(ty).slot_count = (spec.getset.len() - shown) as u16;
    let dict = vm.heap.class(ty).dict;
    let counts = [
        ("n_sequence_fields", shown),
        ("n_fields", spec.getset.len()),
        ("n_unnamed_fields", 0),
    ];
    for (name, count) in counts {
        let count = vm.new_int(count as i64);
        vm.dict_set_name(dict, name, count);
        vm.decref(count);
    }
    let names = field_names(vm, ty, false);
    let names = names.iter().map(|name| vm.new_str(name)).collect();
    let names = vm.new_tuple(names);
    vm.dict_set_name(dict, "__match_args__", names);
    vm.decref(names);
    ty
}

/// Makes an instance; takes the fields over, those that are no items behind the others.
pub fn make(vm: &mut Machine, spec: &'static TypeSpec, items: Vec<Obj>) -> Obj {
    let parked = vm.park(&items);
    let ty = make_type(vm, spec);
    vm.unpark(parked);
    instance(vm, ty, items)
}

fn instance(vm: &mut Machine, class: Obj, mut items: Vec<Obj>) -> Obj {
    let count = vm.heap.class(class).slot_count as usize;
    let rest = items.split_off(items.len() - count);
    let made = vm.alloc_instance(class, Payload::tuple(items));
    if let Payload::Ext(ext) = vm.heap.payload_mut(made) {
        ext.slots = rest;
    }
    made
}

/// Names of the fields, in order: the attributes of the class that read items, or those that read what is no item.
fn field_names(vm: &Machine, class: Obj, unseen: bool) -> Vec<String> {
    let dict = vm.heap.class(class).dict;
    let items = vm.heap.dict_items(dict);
    items
        .into_iter()
        .filter(|(_, v)| {
            matches!(vm.heap.payload(*v), Payload::GetSetDescr { def, .. } if is_hidden(def) == unseen)
        })
        .map(|(k, _)| vm.text(k))
        .collect()
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    let names = field_names(vm, class, false);
    let items = vm.heap.tuple(this).map(<[Obj]>::to_vec).unwrap_or_default();
    let mut parts = Vec::new();
    for (name, item) in names.iter().zip(items) {
        parts.push(format!("{name}={}", vm.repr_text(item)?));
    }
    let text = format!("{}({})", vm.class_name(class), parts.join(", "));
    Ok(vm.new_string(text))
}

/// The class, and what calling it with gives an equal object: the items, and the other fields by name.
fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let class = vm.heap.ty(this);
    let items = vm.heap.tuple(this).map(<[Obj]>::to_vec).unwrap_or_default();
    let rest = vm.new_dict();
    for name in field_names(vm, class, true) {
        let value = vm.get_attr_str(this, &name)?;
        vm.dict_set_name(rest, &name, value);
        vm.decref(value);
    }
    let items = vm.new_tuple_of(&items);
    let given = vm.new_tuple(vec![items, rest]);
    let class = vm.new_ref(class);
    Ok(vm.new_tuple(vec![class, given]))
}

/// `structseq_new_impl`
fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let name = vm.class_name(class);
    let [source, dict] = vm.unpack("structseq", args, &[req("sequence"), opt("dict")])?;
    if vm.slots_of(source).tp_iter.is_none() && !vm.is_sequence(source) {
        return vm.type_error("constructor requires a sequence".to_string());
    }
    let mark = vm.mark();
    let mut items = vm.collect_iterable(source)?;
    for item in &items {
        vm.hold(*item);
    }
    if !dict.is_null() && !vm.heap.is_dict(dict) {
        vm.release(mark);
        return vm.type_error(format!("{name}() takes a dict as second arg, if any"));
    }
    let (least, unseen) = (
        field_names(vm, class, false).len(),
        field_names(vm, class, true),
    );
    let (n, most) = (items.len(), least + unseen.len());
    if n < least || n > most {
        vm.release(mark);
        let bound = match (most == least, n < least) {
            (true, _) => format!("a {least}"),
            (_, true) => format!("an at least {least}"),
            _ => format!("an at most {most}"),
        };
        return vm.type_error(format!(
            "{name}() takes {bound}-sequence ({n}-sequence given)"
        ));
    }
    for field in &unseen[n - least..] {
        let given = if dict.is_null() {
            NULL
        } else {
            vm.dict_get_name(dict, field)
        };
        items.push(if given.is_null() { vm.none } else { given });
    }
    for item in &items {
        vm.incref(*item);
    }
    let made = instance(vm, class, items);
    vm.release(mark);
    Ok(made)
}

fn cannot_create(vm: &mut Machine, class: Obj, _: Args) -> PyResult<Obj> {
    let name = vm.class_name(class);
    vm.type_error(format!("cannot create '{name}' instances"))
}
