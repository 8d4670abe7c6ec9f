//! `_json.make_scanner`: JSON text to objects.
//!
//! Nesting is Rust recursion, bounded by the script's recursion limit.

use std::rc::Rc;

use super::text::{scan as scan_string, wrong};
use crate::heap::payload::{Native, StrObj};
use crate::heap::{Edge, NULL, Obj, Payload};
use crate::native_boilerplate;
use crate::vm::args::req;
use crate::vm::native::{GetSet, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
struct Scanner {
    strict: bool,
    object_hook: Obj,
    object_pairs_hook: Obj,
    parse_float: Obj,
    parse_int: Obj,
    parse_constant: Obj,
    /// Keys met so far, so that equal ones are one object.
    memo: Obj,
}

impl Native for Scanner {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("object_hook"), self.object_hook);
        f(Edge::Field("object_pairs_hook"), self.object_pairs_hook);
        f(Edge::Field("parse_float"), self.parse_float);
        f(Edge::Field("parse_int"), self.parse_int);
        f(Edge::Field("parse_constant"), self.parse_constant);
        f(Edge::Field("memo"), self.memo);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        [
            &mut self.object_hook,
            &mut self.object_pairs_hook,
            &mut self.parse_float,
            &mut self.parse_int,
            &mut self.parse_constant,
            &mut self.memo,
        ]
        .map(|o| std::mem::replace(o, NULL))
        .to_vec()
    }
    native_boilerplate!();
}

macro_rules! field {
    ($name:literal, $field:ident) => {
        GetSet {
            doc: $name,
            ..GetSet::new($name, |vm, this| {
                let o = of(vm, this).$field;
                Ok(vm.new_ref(o))
            })
        }
    };
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "JSON scanner object",
    base_type: true,
    getset: &[
        GetSet {
            doc: "strict",
            ..GetSet::new("strict", |vm, this| {
                let strict = of(vm, this).strict;
                Ok(vm.new_bool(strict))
            })
        },
        field!("object_hook", object_hook),
        field!("object_pairs_hook", object_pairs_hook),
        field!("parse_float", parse_float),
        field!("parse_int", parse_int),
        field!("parse_constant", parse_constant),
    ],
    slots: |s| {
        s.tp_new = Some(new);
        s.tp_call = Some(call);
    },
    ..TypeSpec::new("_json.Scanner")
};

fn of(vm: &Machine, this: Obj) -> &Scanner {
    vm.heap.native(this).expect("a scanner")
}

fn new(vm: &mut Machine, class: Obj, args: Args) -> PyResult<Obj> {
    let [context] = vm.unpack("make_scanner", args, &[req("context")])?;
    let strict = vm.get_attr_str(context, "strict")?;
    let strict = vm.take_truth(strict)?;
    let mark = vm.mark();
    for name in [
        "object_hook",
        "object_pairs_hook",
        "parse_float",
        "parse_int",
        "parse_constant",
    ] {
        match vm.get_attr_str(context, name) {
            Ok(value) => vm.hold(value),
            Err(thrown) => return vm.releasing(mark, Err(thrown)),
        };
    }
    let memo = vm.new_dict();
    let mut next = || vm.unhold();
    let (parse_constant, parse_int, parse_float) = (next(), next(), next());
    let (object_pairs_hook, object_hook) = (next(), next());
    let scanner = Scanner {
        strict,
        object_hook,
        object_pairs_hook,
        parse_float,
        parse_int,
        parse_constant,
        memo,
    };
    Ok(vm.alloc_instance(class, Payload::Native(Box::new(Box::new(scanner)))))
}

/// `scan_once(string, idx)`: the object at an index and the index behind it.
fn call(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let [document, at] = vm.unpack("scan_once", args, &[req("string"), req("idx")])?;
    let at = super::super::sre::pattern::size(vm, at, 0)?;
    let Some(text) = vm.heap.str(document).cloned() else {
        let name = vm.type_name(document);
        return vm.type_error(format!("first argument must be a string, not {name}"));
    };
    let Ok(at) = usize::try_from(at) else {
        return vm.value_error("idx cannot be negative");
    };
    let scan = Scan {
        own: of(vm, this).clone(),
        document,
        text,
    };
    let scanned = scan.value(vm, at);
    if vm.interrupt.is_none() {
        let saved = vm.take_exception();
        vm.dict_clear(scan.own.memo);
        vm.restore_exception(saved);
    }
    let (value, end) = scanned?;
    let end = vm.new_int(end as i64);
    Ok(vm.new_tuple(vec![value, end]))
}

/// One document under the scanner. All references are borrowed.
struct Scan {
    own: Scanner,
    document: Obj,
    text: Rc<StrObj>,
}

type Scanned = PyResult<(Obj, usize)>;

impl Scan {
    fn char(&self, at: usize) -> Option<char> {
        if at >= self.text.len() {
            return None;
        }
        Some(char::from_u32(self.text.point(at)).unwrap_or('\u{fffd}'))
    }

    fn is_digit(&self, at: usize) -> bool {
        self.char(at).is_some_and(|c| c.is_ascii_digit())
    }

    fn skip(&self, mut at: usize) -> usize {
        while matches!(self.char(at), Some(' ' | '\t' | '\n' | '\r')) {
            at += 1;
        }
        at
    }

    fn begins(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(n, c)| self.char(at + n) == Some(c))
    }

    fn stop<T>(&self, vm: &mut Machine, at: usize) -> PyResult<T> {
        let at = vm.new_int(at as i64);
        let raised = vm.raise_args(vm.types.stop_iteration, at);
        vm.drop_keeping_exception(at);
        raised
    }

    fn wrong<T: 'static>(&self, vm: &mut Machine, message: &str, at: usize) -> PyResult<T> {
        wrong(vm, message, self.document, at)
    }

    fn value(&self, vm: &mut Machine, at: usize) -> Scanned {
        match self.char(at) {
            None => self.stop(vm, at),
            Some('"') => scan_string(vm, self.document, &self.text, at + 1, self.own.strict),
            Some('{') => {
                vm.enter_recursive(" while decoding a JSON object from a unicode string")?;
                let scanned = self.object(vm, at + 1);
                vm.leave_recursive();
                scanned
            }
            Some('[') => {
                vm.enter_recursive(" while decoding a JSON array from a unicode string")?;
                let scanned = self.array(vm, at + 1);
                vm.leave_recursive();
                scanned
            }
            Some('n') if self.begins(at, "null") => Ok((vm.new_none(), at + 4)),
            Some('t') if self.begins(at, "true") => Ok((vm.new_bool(true), at + 4)),
            Some('f') if self.begins(at, "false") => Ok((vm.new_bool(false), at + 5)),
            Some('N') if self.begins(at, "NaN") => self.constant(vm, at, "NaN"),
            Some('I') if self.begins(at, "Infinity") => self.constant(vm, at, "Infinity"),
            Some('-') if self.begins(at, "-Infinity") => self.constant(vm, at, "-Infinity"),
            Some(_) => self.number(vm, at),
        }
    }

    fn constant(&self, vm: &mut Machine, at: usize, word: &str) -> Scanned {
        let name = vm.intern(word);
        let value = vm.call_one(self.own.parse_constant, name)?;
        Ok((value, at + word.len()))
    }

    fn number(&self, vm: &mut Machine, start: usize) -> Scanned {
        let mut at = start;
        if self.char(at) == Some('-') {
            at += 1;
        }
        match self.char(at) {
            Some('1'..='9') => {
                while self.is_digit(at) {
                    at += 1;
                }
            }
            Some('0') => at += 1,
            _ => return self.stop(vm, start),
        }
        let mut is_float = false;
        if self.char(at) == Some('.') && self.is_digit(at + 1) {
            is_float = true;
            at += 2;
            while self.is_digit(at) {
                at += 1;
            }
        }
        if matches!(self.char(at), Some('e' | 'E')) {
            let mut end = at + 1;
            if matches!(self.char(end), Some('+' | '-')) {
                end += 1;
            }
            if self.is_digit(end) {
                while self.is_digit(end) {
                    end += 1;
                }
                is_float = true;
                at = end;
            }
        }
        let digits = self.text.slice(start, at);
        let digits = vm.new_str_obj(digits);
        let parse = if is_float {
            self.own.parse_float
        } else {
            self.own.parse_int
        };
        Ok((vm.call_one(parse, digits)?, at))
    }

    fn array(&self, vm: &mut Machine, at: usize) -> Scanned {
        let list = vm.new_list(Vec::new());
        vm.with_held(list, |vm, list| {
            let end = self.items(vm, at, list)?;
            Ok((vm.new_ref(list), end))
        })
    }

    fn items(&self, vm: &mut Machine, at: usize, list: Obj) -> PyResult<usize> {
        let mut at = self.skip(at);
        if self.char(at) == Some(']') {
            return Ok(at + 1);
        }
        loop {
            let (value, end) = self.value(vm, at)?;
            match vm.heap.list_mut(list) {
                Some(items) => items.push(value),
                None => vm.decref(value),
            }
            at = self.skip(end);
            match self.char(at) {
                Some(']') => return Ok(at + 1),
                Some(',') => at = self.skip(at + 1),
                _ => return self.wrong(vm, "Expecting ',' delimiter", at),
            }
        }
    }

    fn object(&self, vm: &mut Machine, at: usize) -> Scanned {
        let in_pairs = self.own.object_pairs_hook != vm.none;
        let out = if in_pairs {
            vm.new_list(Vec::new())
        } else {
            vm.new_dict()
        };
        vm.with_held(out, |vm, out| {
            let end = self.members(vm, at, out, in_pairs)?;
            let hook = if in_pairs {
                self.own.object_pairs_hook
            } else {
                self.own.object_hook
            };
            if hook == vm.none {
                return Ok((vm.new_ref(out), end));
            }
            Ok((vm.call(hook, &[out])?, end))
        })
    }

    fn members(&self, vm: &mut Machine, at: usize, out: Obj, in_pairs: bool) -> PyResult<usize> {
        let mut at = self.skip(at);
        if self.char(at) == Some('}') {
            return Ok(at + 1);
        }
        loop {
            if self.char(at) != Some('"') {
                return self.wrong(vm, "Expecting property name enclosed in double quotes", at);
            }
            let (key, end) = scan_string(vm, self.document, &self.text, at + 1, self.own.strict)?;
            let key = self.known_key(vm, key)?;
            at = vm.with_held(key, |vm, key| self.member(vm, end, key, out, in_pairs))?;
            match self.char(at) {
                Some('}') => return Ok(at + 1),
                Some(',') => at = self.skip(at + 1),
                _ => return self.wrong(vm, "Expecting ',' delimiter", at),
            }
        }
    }

    /// The equal key met before, if there was one.
    fn known_key(&self, vm: &mut Machine, key: Obj) -> PyResult<Obj> {
        let known = vm.dict_setdefault(self.own.memo, key, key);
        vm.drop_keeping_exception(key);
        known
    }

    /// The value behind a key; answers the place of the delimiter behind it.
    fn member(
        &self,
        vm: &mut Machine,
        at: usize,
        key: Obj,
        out: Obj,
        in_pairs: bool,
    ) -> PyResult<usize> {
        let at = self.skip(at);
        if self.char(at) != Some(':') {
            return self.wrong(vm, "Expecting ':' delimiter", at);
        }
        let (value, end) = self.value(vm, self.skip(at + 1))?;
        if in_pairs {
            vm.incref(key);
            let pair = vm.new_tuple(vec![key, value]);
            match vm.heap.list_mut(out) {
                Some(items) => items.push(pair),
                None => vm.decref(pair),
            }
        } else {
            vm.with_held(value, |vm, value| vm.dict_set(out, key, value))?;
        }
        Ok(self.skip(end))
    }
}
