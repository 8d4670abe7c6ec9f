//! Text to bytes and back: utf-8, ascii, latin-1, utf-16, utf-32, and the error handlers. `str.encode`, `bytes.decode`,
//! `str(b, encoding)` and the module `codecs` come here.
//!
//! A codec finds the places that it cannot convert; what to do with them is the handler's business (`codecs_handlers.rs`), looked up by
//! name only when there is one, as CPython does. Encodings that are not the machine's own are asked of the registry (`vm/modules/codecs`).

use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

pub use super::codecs_decode::{Decoded, decode_as};
pub use super::codecs_encode::encode_as;
use crate::syntax::charmap::Charmap;

/// The codecs that the machine has of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codec {
    Utf8,
    /// With a byte order mark in front.
    Utf8Sig,
    Ascii,
    Latin1,
    /// Little endian with a byte order mark; the mark decides when decoding.
    Utf16,
    Utf16Le,
    Utf16Be,
    Utf32,
    Utf32Le,
    Utf32Be,
    /// One byte a character, by a table.
    Charmap(&'static Charmap),
    /// None of the machine's own: the registry of the module `codecs` knows it, or nobody.
    Foreign,
}

impl Codec {
    /// The name that error messages have.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Utf8 => "utf-8",
            Codec::Utf8Sig => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Utf16 => "utf-16",
            Codec::Utf16Le => "utf-16-le",
            Codec::Utf16Be => "utf-16-be",
            Codec::Utf32 => "utf-32",
            Codec::Utf32Le => "utf-32-le",
            Codec::Utf32Be => "utf-32-be",
            Codec::Charmap(_) => "charmap",
            Codec::Foreign => "",
        }
    }

    /// By any of its names (`encodings.aliases`).
    pub fn find(name: &str) -> Option<Codec> {
        let codec = match normalized(name).as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Codec::Utf8,
            "utf_8_sig" => Codec::Utf8Sig,
            "ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367"
            | "csascii" | "ibm367" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us"
            | "us_ascii" => Codec::Ascii,
            "latin_1" | "8859" | "cp819" | "csisolatin1" | "ibm819" | "iso8859" | "iso8859_1"
            | "iso_8859_1" | "iso_8859_1_1987" | "iso_ir_100" | "l1" | "latin" | "latin1" => {
                Codec::Latin1
            }
            "utf_16" | "u16" | "utf16" => Codec::Utf16,
            "utf_16_le" | "unicodelittleunmarked" | "utf_16le" => Codec::Utf16Le,
            "utf_16_be" | "unicodebigunmarked" | "utf_16be" => Codec::Utf16Be,
            "utf_32" | "u32" | "utf32" => Codec::Utf32,
            "utf_32_le" | "utf_32le" => Codec::Utf32Le,
            "utf_32_be" | "utf_32be" => Codec::Utf32Be,
            name => return Charmap::find(name).map(Codec::Charmap),
        };
        Some(codec)
    }

    /// Bytes of the smallest piece that a replacement may consist of.
    pub fn unit(self) -> usize {
        match self {
            Codec::Utf16 | Codec::Utf16Le | Codec::Utf16Be => 2,
            Codec::Utf32 | Codec::Utf32Le | Codec::Utf32Be => 4,
            _ => 1,
        }
    }

    /// Whether a surrogate could be written as if it were a character.
    pub fn has_room_for_surrogates(self) -> bool {
        !matches!(
            self,
            Codec::Ascii | Codec::Latin1 | Codec::Charmap(_) | Codec::Foreign
        )
    }
}

/// Lower case, and every run of anything but letters, digits and points made one `_` (`encodings.normalize_encoding`).
pub fn normalized(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_string()
}

impl Machine {
    /// The codec of a name; NULL is utf-8. `Foreign`: ask the registry.
    pub fn codec(&mut self, encoding: Obj) -> Codec {
        if encoding.is_null() {
            return Codec::Utf8;
        }
        let name = self.text(encoding);
        Codec::find(&name).unwrap_or(Codec::Foreign)
    }

    /// `unicode_check_encoding_errors`: in development mode both names are looked up, needed or not.
    fn check_encoding_errors(&mut self, encoding: Obj, errors: Obj) -> PyResult<()> {
        if !self.options.dev_mode {
            return Ok(());
        }
        if !encoding.is_null() {
            let name = self.text(encoding);
            let codec = self.find_codec(&name)?;
            self.decref(codec);
        }
        if !errors.is_null() {
            let handler = crate::vm::modules::codecs::registry::find_handler(self, errors)?;
            self.decref(handler);
        }
        Ok(())
    }

    /// The same for a caller's object: nothing to decode needs no codec (`PyUnicode_FromEncodedObject`).
    pub fn decode_object(&mut self, data: &[u8], encoding: Obj, errors: Obj) -> PyResult<Obj> {
        if data.is_empty() {
            self.check_encoding_errors(encoding, errors)?;
            return Ok(self.new_str(""));
        }
        self.decode(data, encoding, errors)
    }

    /// `text.encode(encoding, errors)`: an owned bytes; the names may be NULL.
    pub fn encode(&mut self, text: Obj, encoding: Obj, errors: Obj) -> PyResult<Obj> {
        self.check_encoding_errors(encoding, errors)?;
        let codec = self.codec(encoding);
        if codec == Codec::Foreign {
            return self.encode_text_by_registry(text, encoding, errors);
        }
        let contents = self.text_rc(text);
        let plain = match codec {
            Codec::Utf8 => contents.as_str().is_some(),
            Codec::Ascii | Codec::Latin1 => contents.is_ascii(),
            _ => false,
        };
        if plain {
            return Ok(self.new_bytes(contents.bytes().to_vec()));
        }
        let data = encode_as(self, codec, text, errors)?;
        Ok(self.new_bytes(data))
    }

    /// `data.decode(encoding, errors)`: an owned str; the names may be NULL.
    pub fn decode(&mut self, data: &[u8], encoding: Obj, errors: Obj) -> PyResult<Obj> {
        self.check_encoding_errors(encoding, errors)?;
        let codec = self.codec(encoding);
        if codec == Codec::Foreign {
            return self.decode_text_by_registry(data, encoding, errors);
        }
        if matches!(codec, Codec::Utf8 | Codec::Ascii)
            && let Ok(text) = std::str::from_utf8(data)
            && (codec == Codec::Utf8 || text.is_ascii())
        {
            return Ok(self.new_str(text));
        }
        let decoded = decode_as(self, codec, data, errors, true)?;
        Ok(self.new_str_obj(StrObj::from_points(decoded.points)))
    }

    /// Raises UnicodeEncodeError; start and end count code points.
    pub fn encode_error<T: 'static>(
        &mut self,
        codec: &str,
        text: Obj,
        start: usize,
        end: usize,
        reason: &str,
    ) -> PyResult<T> {
        let fields = vec![
            self.new_str(codec),
            self.new_ref(text),
            self.new_int(start as i64),
            self.new_int(end as i64),
            self.new_str(reason),
        ];
        let fields = self.new_tuple(fields);
        let error = self.raise_args(self.types.unicode_encode_error, fields);
        self.decref_raising(fields, error)
    }

    /// Raises UnicodeDecodeError; start and end count bytes.
    pub fn decode_error<T: 'static>(
        &mut self,
        codec: &str,
        data: &[u8],
        start: usize,
        end: usize,
        reason: &str,
    ) -> PyResult<T> {
        let fields = vec![
            self.new_str(codec),
            self.new_bytes(data.to_vec()),
            self.new_int(start as i64),
            self.new_int(end as i64),
            self.new_str(reason),
        ];
        let fields = self.new_tuple(fields);
        let error = self.raise_args(self.types.unicode_decode_error, fields);
        self.decref_raising(fields, error)
    }

    /// Decodes a whole utf-8 text that is known as Rust bytes, with an error handler (for `io` and such).
    pub fn decode_utf8(&mut self, data: &[u8]) -> PyResult<Obj> {
        self.decode(data, NULL, NULL)
    }
}
