//! Writing text: it is encoded at once, and goes to the buffer when a chunk of it is there.

use super::call_quietly;
use super::text_decode::continued;
use super::text_io::{open, text};
use crate::heap::Obj;
use crate::vm::types::codecs::Codec;
use crate::vm::{Args, Machine, PyResult};

/// Gives the encoded text to the buffer.
pub fn write_pending(vm: &mut Machine, this: Obj) -> PyResult<()> {
    let t = text(vm, this);
    if t.pending.is_empty() {
        return Ok(());
    }
    let data = std::mem::take(&mut t.pending);
    let buffer = t.buffer;
    if std::mem::take(&mut t.pending_texts) > 1 && !vm.heap.free_lists.put_list() {
        vm.count_deallocation();
    }
    if super::standard::goes_out_directly(vm, buffer) {
        return super::standard::write_buffer(vm, buffer, &data);
    }
    let bytes = vm.new_bytes(data);
    vm.with_held(bytes, |vm, bytes| {
        call_quietly(vm, buffer, "write", &[bytes])
    })
}

/// One text more is pending.
pub fn count_pending(vm: &mut Machine, this: Obj) {
    let t = text(vm, this);
    t.pending_texts += 1;
    if t.pending_texts == 2 && !vm.heap.free_lists.take_list() {
        vm.count_allocation();
    }
}

pub fn flush(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let buffer = open(vm, this)?;
    let t = text(vm, this);
    t.telling = t.seekable;
    write_pending(vm, this)?;
    vm.call_method(buffer, "flush", &[])
}

pub fn write(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let o = args.get(vm, 0);
    super::text_io::ready(vm, this)?;
    let Some(len) = vm.heap.str(o).map(|s| s.len()) else {
        let name = vm.type_name(o);
        return vm.type_error(format!("write() argument must be str, not {name}"));
    };
    write_str(vm, this, o)?;
    Ok(vm.new_int(len as i64))
}

/// Writes a str object.
pub fn write_str(vm: &mut Machine, this: Obj, o: Obj) -> PyResult<()> {
    let buffer = open(vm, this)?;
    if !text(vm, this).can_write {
        return super::unsupported(vm, "not writable");
    }
    let Some(contents) = vm.heap.str(o).cloned() else {
        return Ok(());
    };
    let bytes = contents.bytes();
    let has_newline = bytes.contains(&b'\n');
    let t = text(vm, this);
    let flushes = t.line_buffering && (has_newline || bytes.contains(&b'\r'));
    let data = match t.write_as.clone() {
        Some(newline) if has_newline => {
            let translated = vm.text_replaced(&contents, &newline);
            vm.with_held(translated, |vm, translated| encoded(vm, this, translated))?
        }
        _ => encoded(vm, this, o)?,
    };
    let t = text(vm, this);
    if !t.pending.is_empty() && t.pending.len() + data.len() > t.chunk {
        write_pending(vm, this)?;
    }
    let immediate = super::standard::is_immediate(vm, this);
    let t = text(vm, this);
    t.pending.extend_from_slice(&data);
    count_pending(vm, this);
    let t = text(vm, this);
    let due = t.pending.len() >= t.chunk || flushes || t.write_through;
    if due || immediate {
        write_pending(vm, this)?;
    }
    if flushes || immediate {
        call_quietly(vm, buffer, "flush", &[])?;
    }
    let t = text(vm, this);
    t.forget_ahead();
    t.snapshot = None;
    if let Some(decoder) = &mut t.decoder {
        decoder.reset();
    }
    Ok(())
}

fn encoded(vm: &mut Machine, this: Obj, o: Obj) -> PyResult<Vec<u8>> {
    let contents = vm.heap.str(o).cloned();
    let t = text(vm, this);
    let codec = if t.begun { continued(t.codec) } else { t.codec };
    let errors = t.errors;
    if let Some(contents) = &contents {
        let plain = match codec {
            Codec::Utf8 => contents.as_str().is_some(),
            Codec::Ascii | Codec::Latin1 => contents.is_ascii(),
            _ => false,
        };
        if plain {
            return Ok(contents.bytes().to_vec());
        }
    }
    if codec == Codec::Foreign {
        let encoder = text(vm, this).foreign[0];
        let made = vm.call_method(encoder, "encode", &[o])?;
        let data = vm.bytes_like(made);
        return vm.decref_raising(made, data);
    }
    let data = crate::vm::types::codecs::encode_as(vm, codec, o, errors)?;
    text(vm, this).begun = true;
    Ok(data)
}

impl Machine {
    /// A str with each `\n` replaced; owned.
    fn text_replaced(&mut self, contents: &crate::heap::payload::StrObj, newline: &str) -> Obj {
        let newline: Vec<u32> = newline.chars().map(u32::from).collect();
        let points = contents
            .points()
            .flat_map(|p| if p == 10 { newline.clone() } else { vec![p] });
        let text = crate::heap::payload::StrObj::from_points(points);
        self.new_str_obj(text)
    }
}
