//! `_sre.SRE_Scanner`: what `Pattern.scanner` and `Pattern.finditer` walk a text with.

use super::match_object;
use super::text::{How, Search, Text};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Machine, PyResult};

#[derive(Clone)]
struct Scanner {
    pattern: Obj,
    string: Obj,
    /// The string once more if it is no str: its bytes stay in their place (`state->buffer`).
    buffer: Obj,
    search: Search,
    over: bool,
}

impl Native for Scanner {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("pattern"), self.pattern);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("string"), self.string);
        f(Edge::Field("buf"), self.buffer);
    }
    fn exported(&self) -> Obj {
        self.buffer
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.buffer, &mut self.string, &mut self.pattern]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    methods: &[
        Method::new("match", Arity::NoArgs, |vm, this, _| {
            next(vm, this, How::Match)
        })
        .with_class()
        .doc("match($self, /)\n--\n\n"),
        Method::new("search", Arity::NoArgs, |vm, this, _| {
            next(vm, this, How::Search)
        })
        .with_class()
        .doc("search($self, /)\n--\n\n"),
    ],
    getset: &[GetSet::new("pattern", |vm, this| {
        let pattern = of(vm, this).pattern;
        Ok(vm.new_ref(pattern))
    })],
    ..TypeSpec::new("_sre.SRE_Scanner")
};

fn of(vm: &Machine, this: Obj) -> &Scanner {
    vm.heap.native(this).expect("a scanner")
}

pub fn new(
    vm: &mut Machine,
    pattern: Obj,
    string: Obj,
    pos: isize,
    endpos: isize,
) -> PyResult<Obj> {
    let search = Search::new(vm, pattern, string, pos, endpos)?;
    vm.mark_exported(string);
    let native = Scanner {
        pattern: vm.new_ref(pattern),
        string: vm.new_ref(string),
        buffer: match search.text {
            Text::Str(_) => NULL,
            Text::Bytes(_) => vm.new_ref(string),
        },
        search,
        over: false,
    };
    let class = vm.module_type(&SPEC);
    Ok(vm.new_native(class, native))
}

fn next(vm: &mut Machine, this: Obj, how: How) -> PyResult<Obj> {
    let own = of(vm, this);
    if own.over {
        return Ok(vm.new_none());
    }
    let (pattern, string) = (own.pattern, own.string);
    let mut search = own.search.clone();
    let found = search.next(vm, how)?;
    let is_over = found.is_none();
    let result = match found {
        Some(found) => match_object::new(vm, pattern, string, &search, found),
        None => vm.new_none(),
    };
    if let Some(own) = vm.heap.native_mut::<Scanner>(this) {
        own.search = search;
        own.over = is_over;
    }
    Ok(result)
}
