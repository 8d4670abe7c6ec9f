//! `center`, `ljust`, `rjust`, `zfill`, `expandtabs`: text brought to a width.

use rustpython_wtf8::Wtf8Buf;

use super::format_spec::{push_fill, push_point};
use super::str::MOST_BYTES;
use crate::heap::Obj;
use crate::heap::payload::StrObj;
use crate::vm::args::opt;
use crate::vm::{Args, Machine, PyResult};

/// Width and fill character.
fn pad_arguments(vm: &mut Machine, args: Args) -> PyResult<(usize, u32)> {
    let width = vm.ssize(args.get(vm, 0))?;
    let fill = args.get(vm, 1);
    let fill = if fill.is_null() {
        u32::from(' ')
    } else {
        match vm.heap.str(fill) {
            Some(text) if text.len() == 1 => text.point(0),
            Some(_) => {
                return vm.type_error(
                    "The fill character must be exactly one character long".to_string(),
                );
            }
            None => {
                let name = vm.type_name(fill);
                return vm.type_error(format!(
                    "The fill character must be a unicode character, not {name}"
                ));
            }
        }
    };
    Ok((width.max(0) as usize, fill))
}

/// The text with so many fill characters before and after it (`pad`).
fn pad(vm: &mut Machine, this: Obj, left: usize, right: usize, fill: u32) -> PyResult<Obj> {
    if left == 0 && right == 0 {
        return Ok(vm.text_unchanged(this));
    }
    if left.saturating_add(right) > MOST_BYTES {
        return vm.raise_bare(vm.types.memory_error);
    }
    let text = vm.text_rc(this);
    let mut out = Wtf8Buf::with_capacity(text.bytes().len() + left + right);
    push_fill(&mut out, fill, left);
    out.push_wtf8(text.wtf8());
    push_fill(&mut out, fill, right);
    Ok(vm.new_fresh_str(StrObj::new(out)))
}

pub fn center(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (width, fill) = pad_arguments(vm, args)?;
    let missing = width.saturating_sub(vm.text_rc(this).len());
    let left = missing / 2 + (missing & width & 1);
    pad(vm, this, left, missing - left, fill)
}

pub fn ljust(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (width, fill) = pad_arguments(vm, args)?;
    let missing = width.saturating_sub(vm.text_rc(this).len());
    pad(vm, this, 0, missing, fill)
}

pub fn rjust(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (width, fill) = pad_arguments(vm, args)?;
    let missing = width.saturating_sub(vm.text_rc(this).len());
    pad(vm, this, missing, 0, fill)
}

pub fn zfill(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let width = vm.ssize(args.get(vm, 0))?;
    let text = vm.text_rc(this);
    let missing = (width.max(0) as usize).saturating_sub(text.len());
    let zero = u32::from('0');
    let signed =
        !text.is_empty() && (text.point(0) == u32::from('+') || text.point(0) == u32::from('-'));
    if missing == 0 || !signed {
        return pad(vm, this, missing, 0, zero);
    }
    if missing > MOST_BYTES {
        return vm.raise_bare(vm.types.memory_error);
    }
    let mut out = Wtf8Buf::with_capacity(text.bytes().len() + missing);
    push_point(&mut out, text.point(0));
    push_fill(&mut out, zero, missing);
    out.push_wtf8(&text.wtf8()[1..]);
    Ok(vm.new_wtf8(out))
}

impl Machine {
    /// `tabsize=8` of `expandtabs`.
    pub(super) fn tab_size(&mut self, args: Args) -> PyResult<usize> {
        let [size] = self.unpack("expandtabs", args, &[opt("tabsize")])?;
        if size.is_null() {
            return Ok(8);
        }
        let size = self.c_int(size)?;
        Ok(size.max(0) as usize)
    }

    /// An argument that is a C int (`_PyLong_AsInt`).
    pub(in crate::vm) fn c_int(&mut self, o: Obj) -> PyResult<i32> {
        let index = self.number_index(o)?;
        let value = self.as_i64(index);
        self.decref(index);
        match value.and_then(|v| i32::try_from(v).ok()) {
            Some(value) => Ok(value),
            None => self.raise(
                self.types.overflow_error,
                "Python int too large to convert to C int".to_string(),
            ),
        }
    }
}

pub fn expandtabs(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let size = vm.tab_size(args)?;
    let text = vm.text_rc(this);
    if !text.bytes().contains(&b'\t') {
        return Ok(vm.text_unchanged(this));
    }
    let mut out = Wtf8Buf::with_capacity(text.bytes().len());
    let mut column = 0usize;
    for point in text.wtf8().code_points() {
        match point.to_u32() {
            0x09 => {
                let missing = if size == 0 { 0 } else { size - column % size };
                if out.len().saturating_add(missing) > MOST_BYTES {
                    return vm.raise(
                        vm.types.overflow_error,
                        "new string is too long".to_string(),
                    );
                }
                push_fill(&mut out, u32::from(' '), missing);
                column += missing;
            }
            value => {
                out.push(point);
                column = if value == 0x0a || value == 0x0d {
                    0
                } else {
                    column + 1
                };
            }
        }
    }
    Ok(vm.new_fresh_str(StrObj::new(out)))
}
