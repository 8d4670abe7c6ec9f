//! The items of a memoryview: their formats, and how a value becomes bytes and back (`unpack_single`, `pack_single`).

use num_traits::ToPrimitive;

use super::memoryview::MemoryView;
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

/// Bytes of an item of a native format.
pub const fn format_size(format: u8) -> usize {
    match format {
        b'B' | b'b' | b'c' | b'?' => 1,
        b'h' | b'H' => 2,
        b'i' | b'I' | b'f' | b'w' => 4,
        _ => 8,
    }
}

/// Whether a letter is a native format that casts know.
pub fn is_native_format(letter: &str) -> bool {
    letter.len() == 1 && "cbB?hHiIlLqQnNfdP".contains(letter)
}

/// Formats whose items are single bytes.
pub fn is_byte_format(format: u8) -> bool {
    matches!(format, b'B' | b'b' | b'c')
}

/// Formats of integers with a sign.
fn is_signed(format: u8) -> bool {
    matches!(format, b'b' | b'h' | b'i' | b'l' | b'q' | b'n')
}

impl MemoryView {
    pub fn item_size(&self) -> usize {
        format_size(self.format)
    }

    /// The format as the attribute shows it.
    pub fn format_text(&self) -> String {
        let letter = char::from(self.format);
        if self.marked {
            format!("@{letter}")
        } else {
            letter.to_string()
        }
    }
}

impl Machine {
    /// One item of a view as an object; the bytes are as many as an item has.
    pub(super) fn view_item(&mut self, view: &MemoryView, item: &[u8]) -> PyResult<Obj> {
        let mut wide = [0; 8];
        wide[..item.len()].copy_from_slice(item);
        let bits = u64::from_le_bytes(wide);
        Ok(match view.format {
            b'B' => self.new_int(bits as i64),
            b'c' => self.new_bytes(item.to_vec()),
            b'?' => self.new_bool(bits != 0),
            b'f' => self.new_float(f64::from(f32::from_bits(bits as u32))),
            b'd' => self.new_float(f64::from_bits(bits)),
            format if is_signed(format) => {
                let unused = 64 - 8 * item.len() as u32;
                self.new_int((bits << unused) as i64 >> unused)
            }
            b'w' => {
                let shown = view.format_text();
                return self.raise(
                    self.types.not_implemented_error,
                    format!("memoryview: format {shown} not supported"),
                );
            }
            _ => self.new_big_int(bits.into()),
        })
    }

    /// A value as the bytes of an item of this format.
    pub(super) fn pack_view_item(&mut self, view: &MemoryView, value: Obj) -> PyResult<Vec<u8>> {
        let size = view.item_size();
        let bits = match view.format {
            b'c' => match self.heap.bytes_of(value).map(|b| b.data.to_vec()) {
                Some(data) if data.len() == 1 => return Ok(data),
                Some(_) => return self.wrong_item(view, "value"),
                None => return self.wrong_item(view, "type"),
            },
            b'?' => u64::from(self.is_true(value)?),
            b'f' | b'd' => {
                let Ok(number) = self.as_f64(value) else {
                    return self.item_not_converted(view);
                };
                if view.format == b'f' {
                    u64::from((number as f32).to_bits())
                } else {
                    number.to_bits()
                }
            }
            b'w' => {
                let shown = view.format_text();
                return self.raise(
                    self.types.not_implemented_error,
                    format!("memoryview: format {shown} not supported"),
                );
            }
            format => {
                let Ok(index) = self.number_index(value) else {
                    return self.item_not_converted(view);
                };
                let number = self.as_int(index);
                self.decref(index);
                let number = number.unwrap_or_default();
                let width = 8 * size as u32;
                let bits = if is_signed(format) {
                    let fits = |n: &i64| *n == (*n << (64 - width)) >> (64 - width);
                    number.to_i64().filter(fits).map(|n| n as u64)
                } else if format == b'P' {
                    // An address may be given as a negative number.
                    number
                        .to_u64()
                        .or_else(|| number.to_i64().map(|n| n as u64))
                } else {
                    number
                        .to_u64()
                        .filter(|n| width == 64 || *n >> width == 0)
                };
                match bits {
                    Some(bits) => bits,
                    None => return self.wrong_item(view, "value"),
                }
            }
        };
        Ok(bits.to_le_bytes()[..size].to_vec())
    }

    fn wrong_item<T>(&mut self, view: &MemoryView, what: &str) -> PyResult<T> {
        let shown = view.format_text();
        let error = if what == "type" {
            self.types.type_error
        } else {
            self.types.value_error
        };
        self.raise(
            error,
            format!("memoryview: invalid {what} for format '{shown}'"),
        )
    }

    /// A conversion raised: TypeErrors and overflows are told as the view's own (`fix_error_int`).
    fn item_not_converted<T>(&mut self, view: &MemoryView) -> PyResult<T> {
        if self.interrupt.is_some() {
            return Err(crate::vm::Thrown::Interrupt);
        }
        if self.pending_matches(self.types.type_error) {
            self.clear_exception();
            return self.wrong_item(view, "type");
        }
        if self.pending_matches(self.types.overflow_error)
            || self.pending_matches(self.types.value_error)
        {
            self.clear_exception();
            return self.wrong_item(view, "value");
        }
        Err(crate::vm::Thrown::Exception)
    }

    /// The letter of the format of a bytes-like object's items.
    pub(super) fn buffer_format(&self, o: Obj) -> u8 {
        if let Some(array) = self.heap.array(o) {
            return match array.code {
                b'u' => b'w',
                code => code,
            };
        }
        match self.heap.native::<MemoryView>(o) {
            Some(view) => view.format,
            None => b'B',
        }
    }

    /// Bytes of an item of a bytes-like object.
    pub fn buffer_item_size(&self, o: Obj) -> usize {
        format_size(self.buffer_format(o))
    }

    /// The view a comparison works on: the object itself, or a passing one of it; NULL if it is no buffer. Owned.
    pub(super) fn view_for_comparing(&mut self, o: Obj) -> PyResult<Obj> {
        if self.heap.native::<MemoryView>(o).is_some() {
            return Ok(self.new_ref(o));
        }
        if self.buffer(o).is_none() {
            return Ok(NULL);
        }
        self.memoryview_of(o)
    }
}
