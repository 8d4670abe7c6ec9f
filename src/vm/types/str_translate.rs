//! `str.translate` and `str.maketrans`.

use rustpython_wtf8::Wtf8Buf;

use super::format_spec::push_point;
use crate::heap::{NULL, Obj};
use crate::vm::{Args, Machine, PyResult};

/// What a table says of a character.
#[derive(Clone)]
enum Mapped {
    Same,
    Deleted,
    Point(u32),
    Text(std::rc::Rc<crate::heap::payload::StrObj>),
}

/// Asks the table (`charmaptranslate_lookup`).
fn look_up(vm: &mut Machine, table: Obj, point: u32) -> PyResult<Mapped> {
    let key = vm.new_int(i64::from(point));
    vm.hold(key);
    let answer = vm.get_item(table, key);
    let key = vm.unhold();
    let answer = vm.decref_raising(key, answer);
    let value = match answer {
        Ok(value) => value,
        Err(_) if vm.pending_matches(vm.types.lookup_error) => {
            vm.clear_exception();
            return Ok(Mapped::Same);
        }
        Err(thrown) => return Err(thrown),
    };
    let mapped = if value == vm.none {
        Ok(Mapped::Deleted)
    } else if let Some(text) = vm.heap.str(value) {
        Ok(Mapped::Text(text.clone()))
    } else if vm.is_int(value) {
        match vm
            .as_i64(value)
            .and_then(|v| u32::try_from(v).ok())
            .filter(|v| *v < 0x110000)
        {
            Some(point) => Ok(Mapped::Point(point)),
            None => vm.value_error("character mapping must be in range(0x110000)"),
        }
    } else {
        vm.type_error("character mapping must return integer, None or str".to_string())
    };
    vm.decref_raising(value, mapped)
}

pub fn translate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let table = args.get(vm, 0);
    let text = vm.text_rc(this);
    if text.is_empty() {
        return Ok(vm.text_unchanged(this));
    }
    let mut out = Wtf8Buf::with_capacity(text.bytes().len());
    // An ASCII text asks once for each character, as CPython's fast path does.
    let mut known: Vec<Option<Mapped>> = if text.is_ascii() {
        vec![None; 128]
    } else {
        Vec::new()
    };
    let mut changed = false;
    for at in 0..text.len() {
        let point = text.point(at);
        let mapped = match known.get(point as usize).cloned().flatten() {
            Some(mapped) => mapped,
            None => {
                let mapped = look_up(vm, table, point)?;
                if let Some(slot) = known.get_mut(point as usize) {
                    *slot = Some(mapped.clone());
                }
                mapped
            }
        };
        match &mapped {
            Mapped::Same => push_point(&mut out, point),
            Mapped::Deleted => {}
            Mapped::Point(new) => push_point(&mut out, *new),
            Mapped::Text(new) => out.push_wtf8(new.wtf8()),
        }
        changed |= !matches!(mapped, Mapped::Same);
    }
    if !changed {
        Ok(vm.text_unchanged(this))
    } else {
        Ok(vm.new_wtf8(out))
    }
}

/// `str.maketrans(x[, y[, z]])`
pub fn maketrans(vm: &mut Machine, _this: Obj, args: Args) -> PyResult<Obj> {
    let (x, y, z) = (args.get(vm, 0), args.get(vm, 1), args.get(vm, 2));
    if !y.is_null() {
        vm.str_argument("maketrans", "argument 2", y)?;
    }
    if !z.is_null() {
        vm.str_argument("maketrans", "argument 3", z)?;
    }
    let table = vm.new_dict();
    vm.hold(table);
    let result = if y.is_null() {
        of_dict(vm, table, x)
    } else {
        of_texts(vm, table, x, y, z)
    };
    let table = vm.unhold();
    match result {
        Ok(()) => Ok(table),
        Err(_) => vm.decref_raising(table, result).map(|()| NULL),
    }
}

fn of_texts(vm: &mut Machine, table: Obj, x: Obj, y: Obj, z: Obj) -> PyResult<()> {
    let Some(from) = vm.heap.str(x).cloned() else {
        return vm.type_error(
            "first maketrans argument must be a string if there is a second argument".to_string(),
        );
    };
    let to = vm.text_rc(y);
    if from.len() != to.len() {
        return vm.value_error("the first two maketrans arguments must have equal length");
    }
    for at in 0..from.len() {
        let value = vm.new_int(i64::from(to.point(at)));
        put(vm, table, from.point(at), value)?;
    }
    if let Some(deleted) = z.some().map(|z| vm.text_rc(z)) {
        for at in 0..deleted.len() {
            let none = vm.new_none();
            put(vm, table, deleted.point(at), none)?;
        }
    }
    Ok(())
}

/// Sets an entry; takes the value over.
fn put(vm: &mut Machine, table: Obj, point: u32, value: Obj) -> PyResult<()> {
    let key = vm.new_int(i64::from(point));
    let result = vm.dict_set(table, key, value);
    vm.decref(key);
    vm.decref(value);
    result
}

fn of_dict(vm: &mut Machine, table: Obj, x: Obj) -> PyResult<()> {
    if vm.heap.ty(x) != vm.types.dict {
        return vm.type_error(
            "if you give only one argument to maketrans it must be a dict".to_string(),
        );
    }
    let mut at = 0;
    while let Some((next, key, value)) = vm.heap.dict_next(x, at) {
        at = next;
        if let Some(text) = vm.heap.str(key).cloned() {
            if text.len() != 1 {
                return vm.value_error("string keys in translate table must be of length 1");
            }
            let value = vm.new_ref(value);
            put(vm, table, text.point(0), value)?;
        } else if vm.is_int(key) {
            vm.dict_set(table, key, value)?;
        } else {
            return vm
                .type_error("keys in translate table must be strings or integers".to_string());
        }
    }
    Ok(())
}
