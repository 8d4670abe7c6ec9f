//! `_string`: the parser of `str.format`, for `string.Formatter`.

use std::rc::Rc;

use super::ModuleSpec;
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, Method, TypeSpec};
use crate::vm::types::str_format::{Step, as_index, first_end, next_step, parse_markup};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_string",
    doc: "string helper module",
    functions: &[
        Method::new("formatter_parser", Arity::One, |vm, _, args| {
            iterator(vm, args, &PARSER, 0)
        })
        .doc("parse the argument as a format string"),
        Method::new("formatter_field_name_split", Arity::One, split)
            .doc("split the argument as a field name"),
    ],
    init: |_, _| Ok(()),
};

/// A str and how far it has been read.
#[derive(Clone)]
struct Reader {
    text: Obj,
    points: Rc<Vec<u32>>,
    at: usize,
}

impl Native for Reader {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("str"), self.text);
    }
    fn take(&mut self) -> Vec<Obj> {
        vec![std::mem::replace(&mut self.text, NULL)]
    }
    native_boilerplate!();
}

pub static PARSER: TypeSpec = TypeSpec {
    gc: false,
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next_field);
    },
    ..TypeSpec::new("formatteriterator")
};

pub static NAMES: TypeSpec = TypeSpec {
    gc: false,
    slots: |s| {
        s.tp_iter = Some(|vm, this| Ok(vm.new_ref(this)));
        s.tp_iternext = Some(next_name);
    },
    ..TypeSpec::new("fieldnameiterator")
};

fn text_of(vm: &mut Machine, args: Args) -> PyResult<(Obj, Vec<u32>)> {
    let text = args.get(vm, 0);
    match vm.heap.str(text) {
        Some(contents) => Ok((text, contents.points().collect())),
        None => {
            let name = vm.type_name(text);
            vm.type_error(format!("expected str, got {name}"))
        }
    }
}

fn iterator(vm: &mut Machine, args: Args, spec: &'static TypeSpec, at: usize) -> PyResult<Obj> {
    let (text, points) = text_of(vm, args)?;
    let reader = Reader {
        text: vm.new_ref(text),
        points: Rc::new(points),
        at,
    };
    let class = vm.module_type(spec);
    Ok(vm.alloc_instance(
        class,
        crate::heap::Payload::Native(Box::new(Box::new(reader))),
    ))
}

fn part(vm: &mut Machine, points: &[u32]) -> Obj {
    vm.new_str_obj(StrObj::from_points(points.iter().copied()))
}

fn reader(vm: &Machine, this: Obj) -> (Rc<Vec<u32>>, usize) {
    let reader = vm.heap.native::<Reader>(this).expect("a reader");
    (reader.points.clone(), reader.at)
}

fn move_to(vm: &mut Machine, this: Obj, at: usize) {
    if let Some(reader) = vm.heap.native_mut::<Reader>(this) {
        reader.at = at;
    }
}

/// `(literal, field name, specifier, conversion)`; the last three are None behind the last field.
fn next_field(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (points, mut at) = reader(vm, this);
    if at >= points.len() {
        return Ok(NULL);
    }
    let (literal, field) = match parse_markup(&points, &mut at, points.len()) {
        Ok(parsed) => parsed,
        Err(message) => return vm.value_error(&message),
    };
    move_to(vm, this, at);
    let mut items = vec![part(vm, &points[literal])];
    match field {
        None => items.extend((0..3).map(|_| vm.new_none())),
        Some(field) => {
            items.push(part(vm, &points[field.name]));
            items.push(part(vm, &points[field.spec]));
            items.push(match field.conversion {
                Some(c) => part(vm, &[c]),
                None => vm.new_none(),
            });
        }
    }
    Ok(vm.new_tuple(items))
}

/// `(is attribute, name or index)`
fn next_name(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (points, mut at) = reader(vm, this);
    let step = match next_step(&points, &mut at, points.len()) {
        Ok(step) => step,
        Err(message) => return vm.value_error(&message),
    };
    move_to(vm, this, at);
    let (is_attribute, value) = match step {
        None => return Ok(NULL),
        Some(Step::Attribute(name)) => (true, part(vm, &points[name])),
        Some(Step::Key(name)) => (false, part(vm, &points[name])),
        Some(Step::Index(index)) => (false, vm.new_int(index as i64)),
    };
    let is_attribute = vm.new_bool(is_attribute);
    Ok(vm.new_tuple(vec![is_attribute, value]))
}

/// The first part of a name, an int if it is a number, and an iterator over the rest.
fn split(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (_, points) = text_of(vm, args)?;
    let end = first_end(&points, &(0..points.len()));
    let first = match as_index(&points[..end]) {
        Ok(Some(index)) => vm.new_int(index as i64),
        Ok(None) => part(vm, &points[..end]),
        Err(message) => return vm.value_error(&message),
    };
    let rest = iterator(vm, args, &NAMES, end)?;
    Ok(vm.new_tuple(vec![first, rest]))
}
