//! Formats of `struct`: what the letters mean, how large they are, where they come to lie.

use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

use super::struct_error;

/// A run of equal items in a struct.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub letter: u8,
    /// Bytes of one item; of `s` and `p` of the whole text.
    pub size: usize,
    pub offset: usize,
    pub count: usize,
}

/// A format, understood.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub runs: Vec<Run>,
    pub size: usize,
    /// How many values.
    pub len: usize,
    pub big_endian: bool,
    pub native: bool,
}

/// Size and alignment of a letter; `None` if the mode does not have it.
fn item(letter: u8, native: bool) -> Option<(usize, usize)> {
    let size = match letter {
        b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' => return Some(if native { (8, 8) } else { (4, 1) }),
        b'q' | b'Q' | b'd' => 8,
        b'n' | b'N' | b'P' if native => 8,
        _ => return None,
    };
    Some((size, if native { size } else { 1 }))
}

pub fn parse(vm: &mut Machine, format: &[u8]) -> PyResult<Layout> {
    let (native, big_endian, body) = match format.first() {
        Some(b'@') => (true, false, &format[1..]),
        Some(b'=' | b'<') => (false, false, &format[1..]),
        Some(b'>' | b'!') => (false, true, &format[1..]),
        _ => (true, false, format),
    };
    let mut layout = Layout {
        native,
        big_endian,
        ..Layout::default()
    };
    let mut at = 0;
    while at < body.len() {
        if body[at].is_ascii_whitespace() || body[at] == 0x0b {
            at += 1;
            continue;
        }
        let digits = body[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let count = match digits {
            0 => Some(1),
            _ => std::str::from_utf8(&body[at..at + digits])
                .ok()
                .and_then(|d| d.parse::<usize>().ok()),
        };
        at += digits;
        let Some(count) = count.filter(|n| isize::try_from(*n).is_ok()) else {
            return too_long(vm);
        };
        let Some(letter) = body.get(at).copied() else {
            return struct_error(
                vm,
                "repeat count given without format specifier".to_string(),
            );
        };
        at += 1;
        if letter == 0 {
            return struct_error(vm, "embedded null character".to_string());
        }
        let Some((size, align)) = item(letter, native) else {
            return struct_error(vm, "bad char in struct format".to_string());
        };
        if add(&mut layout, letter, size, align, count).is_none() {
            return too_long(vm);
        }
    }
    Ok(layout)
}

fn too_long<T>(vm: &mut Machine) -> PyResult<T> {
    struct_error(vm, "total struct size too long".to_string())
}

/// Places a run behind those before it; `None` if it gets too long.
fn add(layout: &mut Layout, letter: u8, size: usize, align: usize, count: usize) -> Option<()> {
    let offset = layout.size.checked_next_multiple_of(align)?;
    let end = offset.checked_add(size.checked_mul(count)?)?;
    isize::try_from(end).ok()?;
    layout.size = end;
    let (size, values) = match letter {
        b'x' => return Some(()),
        b's' | b'p' => (count, 1),
        _ => (size, count),
    };
    layout.len = layout.len.checked_add(values)?;
    if values > 0 {
        layout.runs.push(Run {
            letter,
            size,
            offset,
            count: values,
        });
    }
    Some(())
}

/// The format argument as bytes: bytes, or a str in ASCII.
pub fn text(vm: &mut Machine, o: Obj) -> PyResult<Vec<u8>> {
    if let Some(bytes) = vm.heap.bytes_of(o) {
        return Ok(bytes.data.to_vec());
    }
    if vm.heap.str(o).is_none() {
        let got = vm.type_name(o);
        return vm.type_error(format!(
            "Struct() argument 1 must be a str or bytes object, not {got}"
        ));
    }
    let ascii = vm.new_str("ascii");
    let encoded = vm.with_held(ascii, |vm, ascii| vm.encode(o, ascii, crate::heap::NULL))?;
    let data = vm.bytes_like(encoded);
    vm.decref(encoded);
    data
}
