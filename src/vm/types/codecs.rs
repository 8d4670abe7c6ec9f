//! Text to bytes and back: utf-8, ascii, latin-1, utf-16, utf-32, and the error handlers. `str.encode`, `bytes.decode`,
//! `str(b, encoding)` and the module `codecs` come here.
//!
//! A codec finds the places that it cannot convert; what to do with them is the handler's business, looked up by name only when there
//! is one, as CPython does. Handlers that a script registers are called with the exception object.

use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

pub use super::codecs_decode::{Decoded, decode_as};
pub use super::codecs_encode::encode_as;

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
            _ => return None,
        };
        Some(codec)
    }

    /// Whether CPython knows the name though this machine has no such codec.
    fn foreign(name: &str) -> bool {
        const FAMILIES: &[&str] = &[
            "cp",
            "iso8859",
            "iso_8859",
            "iso2022",
            "iso_2022",
            "koi8",
            "mac",
            "gb",
            "big5",
            "euc",
            "shift",
            "sjis",
            "johab",
            "hz",
            "ptcp",
            "tis",
            "hp_roman",
            "windows",
            "idna",
            "punycode",
            "utf_7",
            "utf7",
            "raw_unicode",
            "unicode_escape",
            "hex",
            "base64",
            "rot",
            "zlib",
            "bz2",
            "quopri",
            "uu",
            "ks_c",
            "kz",
            "latin",
            "cyrillic",
            "greek",
            "hebrew",
            "arabic",
            "undefined",
            "charmap",
            "palmos",
            "mbcs",
        ];
        let name = normalized(name);
        FAMILIES.iter().any(|family| name.starts_with(family))
    }
}

/// Lower case, and every run of anything but letters, digits and points made one `_` (`encodings.normalize_encoding`).
fn normalized(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() || c == '.' {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_string()
}

/// What becomes of something that cannot be converted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    SurrogateEscape,
    SurrogatePass,
    XmlCharRefReplace,
    NameReplace,
}

impl Machine {
    /// The codec of a name; NULL is utf-8.
    pub fn codec(&mut self, encoding: Obj) -> PyResult<Codec> {
        if encoding.is_null() {
            return Ok(Codec::Utf8);
        }
        let name = self.text(encoding);
        match Codec::find(&name) {
            Some(codec) => Ok(codec),
            None if Codec::foreign(&name) => self.unsupported(format!("the codec '{name}'")),
            None => self.raise(self.types.lookup_error, format!("unknown encoding: {name}")),
        }
    }

    /// The error handler of a name; NULL is strict. Called only when something cannot be converted.
    pub fn error_handler(&mut self, errors: Obj) -> PyResult<Handler> {
        if errors.is_null() {
            return Ok(Handler::Strict);
        }
        let name = self.text(errors);
        Ok(match name.as_str() {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            _ => {
                return self.raise(
                    self.types.lookup_error,
                    format!("unknown error handler name '{name}'"),
                );
            }
        })
    }

    /// `text.encode(encoding, errors)`: an owned bytes; the names may be NULL.
    pub fn encode(&mut self, text: Obj, encoding: Obj, errors: Obj) -> PyResult<Obj> {
        let codec = self.codec(encoding)?;
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
        let codec = self.codec(encoding)?;
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
    pub fn encode_error<T>(
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
    pub fn decode_error<T>(
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
