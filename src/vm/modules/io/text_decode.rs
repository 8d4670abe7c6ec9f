//! Decoding piece by piece: what is left of a character waits for the next bytes, a byte order mark is looked for once.

use super::newlines::Translator;
use crate::heap::Obj;
use crate::vm::modules::codecs::decoded_points;
use crate::vm::types::codecs::{Codec, decode_as};
use crate::vm::{Machine, PyResult};

#[derive(Clone)]
pub struct Decoder {
    /// As the stream's encoding says.
    codec: Codec,
    /// The incremental decoder of a codec that is not the machine's own; the stream owns it.
    foreign: Obj,
    /// It must be reset before it is used again.
    stale: bool,
    /// After the byte order mark, if the codec has one.
    decided: Option<Codec>,
    pub pending: Vec<u8>,
    /// For universal newlines.
    pub translator: Option<Translator>,
}

/// How many bytes the mark has, for codecs that look for one.
fn mark_length(codec: Codec) -> Option<usize> {
    match codec {
        Codec::Utf8Sig => Some(3),
        Codec::Utf16 => Some(2),
        Codec::Utf32 => Some(4),
        _ => None,
    }
}

impl Decoder {
    pub fn new(codec: Codec, foreign: Obj, translator: Option<Translator>) -> Decoder {
        let decided = mark_length(codec).is_none().then_some(codec);
        Decoder {
            codec,
            foreign,
            stale: false,
            decided,
            pending: Vec::new(),
            translator,
        }
    }

    pub fn reset(&mut self) {
        self.pending.clear();
        self.stale = true;
        self.decided = mark_length(self.codec).is_none().then_some(self.codec);
        if let Some(translator) = &mut self.translator {
            translator.pending_cr = false;
            translator.seen = 0;
        }
    }

    /// `errors` is the name of a handler.
    pub fn decode(
        &mut self,
        vm: &mut Machine,
        data: &[u8],
        errors: Obj,
        last: bool,
    ) -> PyResult<Vec<u32>> {
        if self.codec == Codec::Foreign {
            let points = self.decode_foreign(vm, data, last)?;
            return Ok(match &mut self.translator {
                Some(translator) => translator.feed(points, last),
                None => points,
            });
        }
        let mut all = std::mem::take(&mut self.pending);
        all.extend_from_slice(data);
        if self.decided.is_none() {
            let wanted = mark_length(self.codec).unwrap_or(0);
            if all.len() < wanted && !last {
                let could_be_mark =
                    self.codec != Codec::Utf8Sig || [0xef, 0xbb, 0xbf].starts_with(&all);
                if could_be_mark {
                    self.pending = all;
                    return Ok(Vec::new());
                }
            }
            self.decide(&mut all);
        }
        let codec = self.decided.unwrap_or(self.codec);
        let points =
            if matches!(codec, Codec::Utf8 | Codec::Ascii | Codec::Latin1) && all.is_ascii() {
                all.iter().map(|b| u32::from(*b)).collect()
            } else {
                let decoded = decode_as(vm, codec, &all, errors, last)?;
                self.pending = all[decoded.consumed..].to_vec();
                decoded.points
            };
        Ok(match &mut self.translator {
            Some(translator) => translator.feed(points, last),
            None => points,
        })
    }

    fn decode_foreign(&mut self, vm: &mut Machine, data: &[u8], last: bool) -> PyResult<Vec<u32>> {
        let decoder = self.foreign;
        if std::mem::take(&mut self.stale) {
            let none = vm.call_method(decoder, "reset", &[])?;
            vm.decref(none);
        }
        let bytes = vm.new_bytes(data.to_vec());
        let flag = if last { vm.true_ } else { vm.false_ };
        let made = vm.with_held(bytes, |vm, bytes| {
            vm.call_method(decoder, "decode", &[bytes, flag])
        })?;
        decoded_points(vm, made)
    }

    /// Whether places in the text can be told: what another decoder keeps is not known.
    pub fn can_tell(&self) -> bool {
        self.codec != Codec::Foreign
    }

    /// Takes the mark away and settles the codec.
    fn decide(&mut self, all: &mut Vec<u8>) {
        let (codec, mark) = match self.codec {
            Codec::Utf8Sig => (
                Codec::Utf8,
                if all.starts_with(&[0xef, 0xbb, 0xbf]) {
                    3
                } else {
                    0
                },
            ),
            Codec::Utf16 if all.starts_with(&[0xfe, 0xff]) => (Codec::Utf16Be, 2),
            Codec::Utf16 if all.starts_with(&[0xff, 0xfe]) => (Codec::Utf16Le, 2),
            Codec::Utf16 => (Codec::Utf16Le, 0),
            Codec::Utf32 if all.starts_with(&[0, 0, 0xfe, 0xff]) => (Codec::Utf32Be, 4),
            Codec::Utf32 if all.starts_with(&[0xff, 0xfe, 0, 0]) => (Codec::Utf32Le, 4),
            Codec::Utf32 => (Codec::Utf32Le, 0),
            codec => (codec, 0),
        };
        all.drain(..mark);
        self.decided = Some(codec);
    }

    /// The state as a number (`getstate()[1]`).
    pub fn flags(&self) -> u32 {
        let own = match (self.codec, self.decided) {
            (Codec::Utf8Sig, None) => 1,
            (Codec::Utf16 | Codec::Utf32, None) => 2,
            (Codec::Utf16 | Codec::Utf32, Some(Codec::Utf16Be | Codec::Utf32Be)) => 1,
            _ => 0,
        };
        match &self.translator {
            Some(translator) => own << 1 | u32::from(translator.pending_cr),
            None => own,
        }
    }

    pub fn set_flags(&mut self, flags: u32) {
        self.pending.clear();
        let own = match &mut self.translator {
            Some(translator) => {
                translator.pending_cr = flags & 1 != 0;
                flags >> 1
            }
            None => flags,
        };
        self.decided = match (self.codec, own) {
            (Codec::Utf8Sig, 0) => Some(Codec::Utf8),
            (Codec::Utf16, 0) => Some(Codec::Utf16Le),
            (Codec::Utf16, 1) => Some(Codec::Utf16Be),
            (Codec::Utf32, 0) => Some(Codec::Utf32Le),
            (Codec::Utf32, 1) => Some(Codec::Utf32Be),
            (codec, _) if mark_length(codec).is_some() => None,
            (codec, _) => Some(codec),
        };
    }

    /// Nothing is held back: decoding could begin here with the flags alone.
    pub fn is_clean(&self) -> bool {
        self.pending.is_empty()
    }
}

/// The codec that goes on after the start of a stream has been written: without a byte order mark.
pub fn continued(codec: Codec) -> Codec {
    match codec {
        Codec::Utf8Sig => Codec::Utf8,
        Codec::Utf16 => Codec::Utf16Le,
        Codec::Utf32 => Codec::Utf32Le,
        codec => codec,
    }
}
