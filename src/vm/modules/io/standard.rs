//! `sys.stdin`, `sys.stdout`, `sys.stderr`: text streams over descriptors 0, 1, 2, made when the machine starts.
//!
//! In a plain run into a pipe or a file they buffer as CPython's do. Under a debugger what is written goes out at once, so that panes and
//! `expect output` see it.

use super::buffered::{Buffered, READER_SPEC, WRITER_SPEC};
use super::text_io::{self, TextIO, text};
use super::{buffered, file_io, text_write};
use crate::heap::{NULL, Obj};
use crate::vm::output::Stream;
use crate::vm::{Machine, PyResult};

/// Makes one of the three. Owned.
pub fn make(vm: &mut Machine, fd: i32) -> PyResult<Obj> {
    let raw = file_io::standard(vm, fd)?;
    let class = vm.module_type(if fd == 0 { &READER_SPEC } else { &WRITER_SPEC });
    let buffer = vm.call_one(class, raw)?;
    let class = vm.module_type(&text_io::SPEC);
    let errors = if fd == 2 {
        "backslashreplace"
    } else {
        "strict"
    };
    let (encoding, errors, newline) = (vm.new_str("utf-8"), vm.new_str(errors), vm.new_str("\n"));
    let newline = if fd == 0 {
        vm.decref(newline);
        vm.new_none()
    } else {
        newline
    };
    let line = if fd == 2 || fd == 0 {
        vm.true_
    } else {
        vm.false_
    };
    let line = if fd == 0 { vm.false_ } else { line };
    let stream = vm.call(class, &[buffer, encoding, errors, newline, line]);
    for o in [buffer, encoding, errors, newline] {
        vm.decref(o);
    }
    let stream = stream?;
    let mode = vm.new_str(if fd == 0 { "r" } else { "w" });
    vm.set_attr_str(stream, "mode", mode)?;
    vm.decref(mode);
    text(vm, stream).standard = true;
    Ok(stream)
}

/// Whether what is written is to be seen at once.
pub fn is_immediate(vm: &mut Machine, this: Obj) -> bool {
    text(vm, this).standard && !vm.output.buffered
}

/// A buffered writer of ours over a descriptor of ours, with no class in between that could mind.
pub fn goes_out_directly(vm: &Machine, buffer: Obj) -> bool {
    let exact = |o: Obj| !vm.heap.class(vm.heap.ty(o)).flags.heap_type;
    let Some(b) = vm.heap.native::<Buffered>(buffer) else {
        return false;
    };
    exact(buffer)
        && b.ready
        && b.writable
        && !b.readable
        && !b.busy
        && vm.heap.dict_of(buffer).is_null()
        && vm
            .heap
            .native::<file_io::FileIO>(b.raw)
            .is_some_and(|f| f.fd >= 0 && f.writable)
        && exact(b.raw)
}

/// `write` of such a buffer.
pub fn write_buffer(vm: &mut Machine, buffer: Obj, data: &[u8]) -> PyResult<()> {
    let b = buffered::buffered(vm, buffer);
    if b.waiting.len() + data.len() <= b.size {
        b.waiting.extend_from_slice(data);
        return Ok(());
    }
    super::buffered_write::flush_waiting(vm, buffer)?;
    let raw = buffered::buffered(vm, buffer).raw;
    let fd = file_io::file(vm, raw).fd;
    vm.fd_write(fd, data)?;
    Ok(())
}

/// The stream, if writing to it cannot reach Python code: it is one of ours, and nobody gave it a `write` of its own.
pub fn plain_stream(vm: &Machine, file: Obj) -> bool {
    let Some(t) = vm.heap.native::<TextIO>(file) else {
        return false;
    };
    let own_write = !t.dict.is_null() && !vm.heap.dict_get_str(t.dict, vm.names.write).is_null();
    t.ready
        && t.can_write
        && !own_write
        && !vm.heap.class(vm.heap.ty(file)).flags.heap_type
        && goes_out_directly(vm, t.buffer)
}

/// Writes text to a plain stream.
pub fn write_plain(vm: &mut Machine, this: Obj, plain: &str) -> PyResult<()> {
    let t = text(vm, this);
    let simple =
        t.standard && t.write_as.is_none() && t.codec == crate::vm::types::codecs::Codec::Utf8;
    if !simple {
        let o = vm.new_str(plain);
        return vm.with_held(o, |vm, o| text_write::write_str(vm, this, o));
    }
    let flushes = t.line_buffering && plain.contains(['\n', '\r']);
    if !t.pending.is_empty() && t.pending.len() + plain.len() > t.chunk {
        text_write::write_pending(vm, this)?;
    }
    let immediate = is_immediate(vm, this);
    let t = text(vm, this);
    t.pending.extend_from_slice(plain.as_bytes());
    text_write::count_pending(vm, this);
    let t = text(vm, this);
    let due = t.pending.len() >= t.chunk || flushes || t.write_through || immediate;
    let buffer = t.buffer;
    if due {
        text_write::write_pending(vm, this)?;
    }
    if flushes || immediate {
        super::buffered_write::flush_waiting(vm, buffer)?;
    }
    Ok(())
}

impl Machine {
    /// Whatever waits in the standard streams goes out, without running any Python code: the run is over.
    pub fn flush_standard_raw(&mut self) {
        for (name, stream) in [
            ("__stdout__", Stream::Stdout),
            ("__stderr__", Stream::Stderr),
        ] {
            let o = self.dict_get_name(self.sys_dict, name);
            if o == NULL || self.heap.native::<TextIO>(o).is_none() {
                continue;
            }
            let t = text(self, o);
            let (pending, buffer) = (std::mem::take(&mut t.pending), t.buffer);
            if let Some(b) = self.heap.native_mut::<Buffered>(buffer) {
                let waiting = std::mem::take(&mut b.waiting);
                self.output.write(stream, &waiting);
            }
            self.output.write(stream, &pending);
        }
    }
}
