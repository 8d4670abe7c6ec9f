//! Error handlers of codecs: what becomes of something that cannot be converted (`Python/codecs.c`).
//!
//! The handlers that are always there are known by name and work on the text itself; those that a script registers are called
//! with the exception object, and say what to put in its place and where to go on.

use super::codecs::Codec;
use super::str_repr::escape;
use crate::heap::payload::StrObj;
use crate::heap::{NULL, Obj};
use crate::vm::{Machine, PyResult};

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
    /// Registered by the script; borrowed from the registry.
    Registered(Obj),
}

/// Something that cannot be converted: which codec says so, from where to where, and why.
#[derive(Clone, Copy)]
pub struct Trouble<'a> {
    pub codec: &'a str,
    pub start: usize,
    pub end: usize,
    pub why: &'a str,
}

/// What stands in for what cannot be encoded.
pub enum Replacement {
    Points(Vec<u32>),
    Bytes(Vec<u8>),
}

/// What a handler makes of something: a replacement and where to go on, or nothing.
pub type Handled = Option<(Replacement, usize)>;

impl Handler {
    pub fn find(name: &str) -> Option<Handler> {
        Some(match name {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            _ => return None,
        })
    }
}

fn points(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.chars().map(u32::from)
}

/// `\N{…}` if the character has a name.
fn named(point: u32) -> String {
    match char::from_u32(point).and_then(unicode_names2::name) {
        Some(name) => format!("\\N{{{name}}}"),
        None => escape(point),
    }
}

/// A replacement for code points that cannot be encoded; `None`: the handler has none, and the error stands.
pub fn for_encoding(
    handler: Handler,
    codec: &str,
    text: &StrObj,
    (start, end): (usize, usize),
) -> Handled {
    let each = |write: fn(u32) -> String| {
        (start..end)
            .flat_map(|n| points(&write(text.point(n))).collect::<Vec<_>>())
            .collect()
    };
    let replacement = match handler {
        Handler::Ignore => Vec::new(),
        Handler::Replace => vec![u32::from(b'?'); end - start],
        Handler::BackslashReplace => each(escape),
        Handler::XmlCharRefReplace => each(|point| format!("&#{point};")),
        Handler::NameReplace => each(named),
        Handler::SurrogateEscape => {
            let smuggled = |point: u32| (0xdc80..=0xdcff).contains(&point);
            if !(start..end).all(|n| smuggled(text.point(n))) {
                return None;
            }
            let bytes = (start..end).map(|n| (text.point(n) - 0xdc00) as u8);
            return Some((Replacement::Bytes(bytes.collect()), end));
        }
        Handler::SurrogatePass => {
            let codec = Codec::find(codec).filter(|c| c.has_room_for_surrogates())?;
            let mut out = Vec::new();
            for n in start..end {
                let point = text.point(n);
                if !(0xd800..0xe000).contains(&point) {
                    return None;
                }
                super::codecs_encode::push(&mut out, codec, point);
            }
            return Some((Replacement::Bytes(out), end));
        }
        Handler::Strict | Handler::Registered(_) => return None,
    };
    Some((Replacement::Points(replacement), end))
}

/// A replacement for bytes that cannot be decoded, and where to go on.
pub fn for_decoding(
    handler: Handler,
    codec: &str,
    data: &[u8],
    (start, end): (usize, usize),
) -> Option<(Vec<u32>, usize)> {
    let bad = &data[start..end];
    Some(match handler {
        Handler::Ignore => (Vec::new(), end),
        Handler::Replace => (vec![0xfffd], end),
        Handler::BackslashReplace => {
            let escaped = bad
                .iter()
                .flat_map(|b| points(&format!("\\x{b:02x}")).collect::<Vec<_>>());
            (escaped.collect(), end)
        }
        Handler::SurrogateEscape => {
            // Bytes below 128 are never smuggled: they are decoded again by themselves. Four at a time, as CPython does.
            let escaped = bad.iter().take(4).take_while(|b| **b >= 0x80).count();
            if escaped == 0 {
                return None;
            }
            let smuggled = bad[..escaped].iter().map(|b| 0xdc00 + u32::from(*b));
            (smuggled.collect(), start + escaped)
        }
        Handler::SurrogatePass => {
            let codec = Codec::find(codec)?;
            let (point, len) = super::codecs_decode::passed(codec, &data[start..])?;
            (vec![point], start + len)
        }
        _ => return None,
    })
}

impl Machine {
    /// The error handler of a name; NULL is strict. Called only when something cannot be converted.
    pub fn error_handler(&mut self, errors: Obj) -> PyResult<Handler> {
        if errors.is_null() || errors == self.none {
            return Ok(Handler::Strict);
        }
        let name = self.text(errors);
        if let Some(handler) = Handler::find(&name) {
            return Ok(handler);
        }
        self.registered_handler(&name).map(Handler::Registered)
    }

    /// Deals with code points that cannot be encoded: a replacement, and where to go on. `text` holds `contents`.
    pub fn encode_trouble(
        &mut self,
        trouble: Trouble,
        text: Obj,
        contents: &StrObj,
        errors: Obj,
    ) -> PyResult<(Replacement, usize)> {
        let handler = self.error_handler(errors)?;
        if let Handler::Registered(function) = handler {
            let exception = self.encode_exception(trouble, text)?;
            return self.with_held(exception, |vm, exception| {
                let (replacement, at) =
                    vm.ask_handler(function, exception, "encoding", "(str/bytes, int)")?;
                let at = vm.place_to_go_on(at, contents.len())?;
                Ok((replacement, at))
            });
        }
        match for_encoding(
            handler,
            trouble.codec,
            contents,
            (trouble.start, trouble.end),
        ) {
            Some(handled) => Ok(handled),
            None => self.raise_encode_trouble(trouble, text),
        }
    }

    /// Deals with bytes that cannot be decoded: pushes the replacement, answers where to go on. A registered handler may put
    /// other bytes in the place of all that are decoded.
    pub fn decode_trouble(
        &mut self,
        trouble: Trouble,
        data: &mut Vec<u8>,
        errors: Obj,
        points: &mut Vec<u32>,
    ) -> PyResult<usize> {
        let handler = self.error_handler(errors)?;
        if let Handler::Registered(function) = handler {
            let exception = self.decode_exception(trouble, data)?;
            return self.with_held(exception, |vm, exception| {
                let (replacement, at) =
                    vm.ask_handler(function, exception, "decoding", "(str, int)")?;
                let Replacement::Points(new) = replacement else {
                    return vm.type_error(
                        "decoding error handler must return (str, int) tuple".to_string(),
                    );
                };
                let object = vm.exc_field(exception, super::exception_unicode::OBJECT);
                match vm.heap.bytes_of(object) {
                    Some(bytes) => *data = bytes.data.to_vec(),
                    None => {
                        return vm.type_error("exception attribute 'object' must be bytes".to_string());
                    }
                }
                let at = vm.place_to_go_on(at, data.len())?;
                points.extend(new);
                Ok(at)
            });
        }
        let (start, end) = (trouble.start, trouble.end);
        match for_decoding(handler, trouble.codec, data, (start, end)) {
            Some((new, at)) => {
                points.extend(new);
                Ok(at)
            }
            None if matches!(handler, Handler::XmlCharRefReplace | Handler::NameReplace) => self
                .type_error(
                    "don't know how to handle UnicodeDecodeError in error callback".to_string(),
                ),
            None => self.decode_error(trouble.codec, data, start, end, trouble.why),
        }
    }

    pub fn raise_encode_trouble<T: 'static>(&mut self, trouble: Trouble, text: Obj) -> PyResult<T> {
        let Trouble {
            codec,
            start,
            end,
            why,
        } = trouble;
        self.encode_error(codec, text, start, end, why)
    }

    /// The exception object, made but not raised.
    fn encode_exception(&mut self, t: Trouble, text: Obj) -> PyResult<Obj> {
        let fields = vec![
            self.new_str(t.codec),
            self.new_ref(text),
            self.new_int(t.start as i64),
            self.new_int(t.end as i64),
            self.new_str(t.why),
        ];
        self.made_exception(self.types.unicode_encode_error, fields)
    }

    fn decode_exception(&mut self, t: Trouble, data: &[u8]) -> PyResult<Obj> {
        let fields = vec![
            self.new_str(t.codec),
            self.new_bytes(data.to_vec()),
            self.new_int(t.start as i64),
            self.new_int(t.end as i64),
            self.new_str(t.why),
        ];
        self.made_exception(self.types.unicode_decode_error, fields)
    }

    fn made_exception(&mut self, class: Obj, fields: Vec<Obj>) -> PyResult<Obj> {
        let mark = self.mark();
        for field in &fields {
            self.hold(*field);
        }
        let made = self.call(class, &fields);
        self.releasing(mark, made)
    }

    /// Calls a handler; what it returns is a tuple of a text (or bytes, for encoding) and a place.
    fn ask_handler(
        &mut self,
        function: Obj,
        exception: Obj,
        what: &str,
        shape: &str,
    ) -> PyResult<(Replacement, isize)> {
        self.hold_ref(function);
        let answer = self.call(function, &[exception]);
        let answer = self.let_go(answer)?;
        self.with_held(answer, |vm, answer| {
            let wrong = format!("{what} error handler must return {shape} tuple");
            let parts = match vm.heap.tuple(answer) {
                Some([text, at]) => [*text, *at],
                _ => return vm.type_error(wrong),
            };
            let [text, at] = parts;
            let replacement = if let Some(text) = vm.heap.str(text) {
                Replacement::Points(text.points().collect())
            } else if let Some(bytes) = vm.heap.bytes_of(text).filter(|_| what == "encoding") {
                Replacement::Bytes(bytes.data.to_vec())
            } else {
                return vm.type_error(wrong);
            };
            if !vm.is_int(at) && vm.slots_of(at).nb_index.is_none() {
                return vm.type_error(wrong);
            }
            let at = vm.ssize(at)?;
            Ok((replacement, at))
        })
    }

    /// A handler's place, counted from the end if negative.
    fn place_to_go_on(&mut self, at: isize, len: usize) -> PyResult<usize> {
        let place = if at < 0 { at + len as isize } else { at };
        match usize::try_from(place).ok().filter(|p| *p <= len) {
            Some(place) => Ok(place),
            None => self.raise(
                self.types.index_error,
                format!("position {place} from error handler out of bounds"),
            ),
        }
    }

    /// A handler that the script registered, borrowed.
    fn registered_handler(&mut self, name: &str) -> PyResult<Obj> {
        let registry = self
            .module_state
            .get(crate::vm::modules::codecs::HANDLERS)
            .copied()
            .unwrap_or(NULL);
        if !registry.is_null() {
            let found = self.dict_get_name(registry, name);
            if !found.is_null() {
                return Ok(found);
            }
        }
        self.raise(
            self.types.lookup_error,
            format!("unknown error handler name '{name}'"),
        )
    }
}
