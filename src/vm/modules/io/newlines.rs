//! Newlines: which were seen, and turning them into `\n` (`_io.IncrementalNewlineDecoder` of `Modules/_io/textio.c`).
//!
//! `Translator` is the machinery, used by text streams too; the Python type puts it behind another decoder, or behind none.

use crate::heap::payload::{Native, Payload, StrObj};
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

pub const SEEN_CR: u8 = 1;
pub const SEEN_LF: u8 = 2;
pub const SEEN_CRLF: u8 = 4;

const CR: u32 = 13;
const LF: u32 = 10;

/// Sees newlines go by and translates them if it is to.
#[derive(Clone, Default)]
pub struct Translator {
    pub translate: bool,
    /// The last text ended with a CR that has not been handed on: a LF may follow.
    pub pending_cr: bool,
    pub seen: u8,
}

impl Translator {
    pub fn new(translate: bool) -> Translator {
        Translator {
            translate,
            ..Translator::default()
        }
    }

    /// The text as it is handed on; at the end of all text nothing is held back.
    pub fn feed(&mut self, mut text: Vec<u32>, last: bool) -> Vec<u32> {
        if self.pending_cr && (last || !text.is_empty()) {
            text.insert(0, CR);
            self.pending_cr = false;
        }
        if !last && text.last() == Some(&CR) {
            text.pop();
            self.pending_cr = true;
        }
        if text.is_empty() {
            return text;
        }
        self.look(&text);
        if self.translate && text.contains(&CR) {
            text = translated(&text);
        }
        text
    }

    fn look(&mut self, text: &[u32]) {
        let mut at = 0;
        while at < text.len() && self.seen != 7 {
            match text[at] {
                LF => self.seen |= SEEN_LF,
                CR if text.get(at + 1) == Some(&LF) => {
                    self.seen |= SEEN_CRLF;
                    at += 1;
                }
                CR => self.seen |= SEEN_CR,
                _ => {}
            }
            at += 1;
        }
    }

    /// What `newlines` answers: None, one string, or a tuple of them.
    pub fn newlines(&self, vm: &mut Machine) -> Obj {
        let kinds = [(SEEN_CR, "\r"), (SEEN_LF, "\n"), (SEEN_CRLF, "\r\n")];
        let mut items: Vec<Obj> = kinds
            .iter()
            .filter(|k| self.seen & k.0 != 0)
            .map(|k| vm.new_str(k.1))
            .collect();
        match items.len() {
            0 => vm.new_none(),
            1 => items.remove(0),
            _ => vm.new_tuple(items),
        }
    }
}

/// CR and CR LF become LF.
pub fn translated(text: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at] == CR {
            out.push(LF);
            at += usize::from(text.get(at + 1) == Some(&LF));
        } else {
            out.push(text[at]);
        }
        at += 1;
    }
    out
}

#[derive(Clone)]
struct Decoder {
    /// NULL until `__init__`.
    decoder: Obj,
    errors: Obj,
    translator: Translator,
}

impl Native for Decoder {
    fn traverse(&self, _: &mut dyn FnMut(Edge, Obj)) {}
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("decoder"), self.decoder);
        f(Edge::Field("errors"), self.errors);
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.decoder, &mut self.errors]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Decodes with another decoder and, if it is to translate, makes every kind of newline a \\n.",
    gc: false,
    base_type: true,
    methods: &[
        Method::new("decode", Arity::Keywords, decode)
            .doc("decode($self, /, input, final=False)\n--\n\n"),
        Method::new("getstate", Arity::NoArgs, getstate).doc("getstate($self, /)\n--\n\n"),
        Method::new("setstate", Arity::One, setstate).doc("setstate($self, state, /)\n--\n\n"),
        Method::new("reset", Arity::NoArgs, reset).doc("reset($self, /)\n--\n\n"),
    ],
    getset: &[GetSet::new("newlines", |vm, this| {
        let translator = open(vm, this)?.translator.clone();
        Ok(translator.newlines(vm))
    })],
    slots: |s| {
        s.tp_new = Some(|vm, class, _| {
            let native = Decoder {
                decoder: NULL,
                errors: NULL,
                translator: Translator::default(),
            };
            Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(native)))))
        });
        s.tp_init = Some(init);
    },
    ..TypeSpec::new("_io.IncrementalNewlineDecoder")
};

fn init(vm: &mut Machine, this: Obj, args: Args) -> PyResult<()> {
    let params = [req("decoder"), req("translate"), opt("errors")];
    let [decoder, translate, errors] = vm.unpack("IncrementalNewlineDecoder", args, &params)?;
    let translate = super::int(vm, translate, 0)? != 0;
    let errors = if errors.is_null() {
        vm.new_str("strict")
    } else {
        vm.new_ref(errors)
    };
    vm.incref(decoder);
    let native = vm
        .heap
        .native_mut::<Decoder>(this)
        .expect("checked by the type");
    native.translator = Translator::new(translate);
    let old = [
        std::mem::replace(&mut native.decoder, decoder),
        std::mem::replace(&mut native.errors, errors),
    ];
    for o in old {
        vm.xdecref(o);
    }
    Ok(())
}

fn open(vm: &mut Machine, this: Obj) -> PyResult<&mut Decoder> {
    let ready = vm
        .heap
        .native::<Decoder>(this)
        .is_some_and(|d| !d.decoder.is_null());
    if !ready {
        return vm.value_error("IncrementalNewlineDecoder.__init__() not called");
    }
    Ok(vm
        .heap
        .native_mut::<Decoder>(this)
        .expect("looked at just now"))
}

fn decode(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [input, last] = vm.unpack("decode", args, &[req("input"), opt("final")])?;
    let last_flag = super::int(vm, last, 0)? != 0;
    let decoder = open(vm, this)?.decoder;
    let text = if decoder == vm.none {
        vm.new_ref(input)
    } else {
        let last = if last_flag { vm.true_ } else { vm.false_ };
        vm.call_method(decoder, "decode", &[input, last])?
    };
    let Some(contents) = vm.heap.str(text).cloned() else {
        let name = vm.type_name(text);
        vm.decref(text);
        return vm.type_error(format!(
            "decoder should return a string result, not '{name}'"
        ));
    };
    vm.decref(text);
    let points = open(vm, this)?
        .translator
        .feed(contents.points().collect(), last_flag);
    Ok(vm.new_str_obj(StrObj::from_points(points)))
}

/// The decoder's own state, its number shifted to make room for the CR held back.
fn getstate(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let decoder = open(vm, this)?.decoder;
    let held_back = i64::from(open(vm, this)?.translator.pending_cr);
    if decoder == vm.none {
        let (bytes, flag) = (vm.new_bytes(Vec::new()), vm.new_int(held_back));
        return Ok(vm.new_tuple(vec![bytes, flag]));
    }
    let state = vm.call_method(decoder, "getstate", &[])?;
    let parts = vm.heap.tuple(state).map(<[Obj]>::to_vec);
    let result = match parts.as_deref() {
        None => vm.type_error("illegal decoder state".to_string()),
        Some(&[buffer, flag]) => match vm.as_i64(flag) {
            Some(flag) => {
                let flag = vm.new_int(flag << 1 | held_back);
                vm.incref(buffer);
                Ok(vm.new_tuple(vec![buffer, flag]))
            }
            None => vm.type_error("illegal decoder state".to_string()),
        },
        Some(_) => vm.type_error("illegal decoder state".to_string()),
    };
    vm.drop_keeping_exception(state);
    result
}

fn setstate(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let state = args.get(vm, 0);
    let parts = match vm.heap.tuple(state).map(<[Obj]>::to_vec) {
        Some(parts) if parts.len() == 2 => parts,
        Some(_) => return vm.type_error("illegal decoder state".to_string()),
        None => return vm.type_error("state argument must be a tuple".to_string()),
    };
    let Some(flag) = vm.as_i64(parts[1]) else {
        return vm.type_error("illegal decoder state".to_string());
    };
    let decoder = open(vm, this)?;
    decoder.translator.pending_cr = flag & 1 != 0;
    let decoder = decoder.decoder;
    if decoder == vm.none {
        return Ok(vm.new_none());
    }
    let flag = vm.new_int((flag as u64 >> 1) as i64);
    vm.incref(parts[0]);
    let state = vm.new_tuple(vec![parts[0], flag]);
    vm.with_held(state, |vm, state| {
        vm.call_method(decoder, "setstate", &[state])
    })
}

fn reset(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let native = open(vm, this)?;
    native.translator.seen = 0;
    native.translator.pending_cr = false;
    let decoder = native.decoder;
    if decoder == vm.none {
        return Ok(vm.new_none());
    }
    vm.call_method(decoder, "reset", &[])
}
