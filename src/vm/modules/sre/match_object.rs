//! `re.Match`: one match (`match_*` of `Modules/_sre.c`).

use super::pattern::{self, of as pattern_of};
use super::text::{Found, Search};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::opt;
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
pub struct Match {
    string: Obj,
    /// The tuple `regs`, once asked for.
    regs: Obj,
    pattern: Obj,
    pos: usize,
    endpos: usize,
    lastindex: Option<usize>,
    /// The whole match, then the groups.
    spans: Vec<Option<(usize, usize)>>,
}

impl Native for Match {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("string"), self.string);
        f(Edge::Field("regs"), self.regs);
        f(Edge::Field("re"), self.pattern);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn take(&mut self) -> Vec<Obj> {
        [&mut self.string, &mut self.regs, &mut self.pattern]
            .map(|o| std::mem::replace(o, NULL))
            .to_vec()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    methods: &[
        Method::new("group", Arity::Any, group)
            .varargs()
            .doc("group([group1, ...]) -> str or tuple.\n    Return subgroup(s) of the match by indices or names.\n    For 0 returns the entire match."),
        Method::new("start", Arity::Positional(0, 1), |vm, this, args| {
            let span = span_of(vm, this, args)?;
            Ok(vm.new_int(edge(span.map(|s| s.0))))
        })
        .doc("start($self, group=0, /)\n--\n\nReturn index of the start of the substring matched by group."),
        Method::new("end", Arity::Positional(0, 1), |vm, this, args| {
            let span = span_of(vm, this, args)?;
            Ok(vm.new_int(edge(span.map(|s| s.1))))
        })
        .doc("end($self, group=0, /)\n--\n\nReturn index of the end of the substring matched by group."),
        Method::new("span", Arity::Positional(0, 1), |vm, this, args| {
            let span = span_of(vm, this, args)?;
            Ok(pair(vm, span))
        })
        .doc("span($self, group=0, /)\n--\n\nFor match object m, return the 2-tuple (m.start(group), m.end(group))."),
        Method::new("groups", Arity::Keywords, groups)
            .doc("groups($self, /, default=None)\n--\n\nA tuple of what all groups captured, from 1."),
        Method::new("groupdict", Arity::Keywords, groupdict)
            .doc("groupdict($self, /, default=None)\n--\n\nA dict of what the named groups captured."),
        Method::new("expand", Arity::One, expand)
            .doc("expand($self, /, template)\n--\n\nThe template with its group references filled in, as sub() does."),
        Method::new("__copy__", Arity::NoArgs, |vm, this, _| Ok(vm.new_ref(this))).doc("__copy__($self, /)\n--\n\n"),
        Method::new("__deepcopy__", Arity::One, |vm, this, _| Ok(vm.new_ref(this))).doc("__deepcopy__($self, memo, /)\n--\n\n"),
        Method::class("__class_getitem__", Arity::One, crate::vm::types::generic_alias::class_getitem).doc("See PEP 585"),
    ],
    getset: &[
        GetSet {
            doc: "The string passed to match() or search().",
            ..GetSet::new("string", |vm, this| {
                let string = of(vm, this).string;
                Ok(vm.new_ref(string))
            })
        },
        GetSet {
            doc: "The regular expression object.",
            ..GetSet::new("re", |vm, this| {
                let pattern = of(vm, this).pattern;
                Ok(vm.new_ref(pattern))
            })
        },
        GetSet {
            doc: "The index into the string at which the RE engine started looking for a match.",
            ..GetSet::new("pos", |vm, this| {
                let pos = of(vm, this).pos;
                Ok(vm.new_int(pos as i64))
            })
        },
        GetSet {
            doc: "The index into the string beyond which the RE engine will not go.",
            ..GetSet::new("endpos", |vm, this| {
                let endpos = of(vm, this).endpos;
                Ok(vm.new_int(endpos as i64))
            })
        },
        GetSet {
            doc: "The integer index of the last matched capturing group.",
            ..GetSet::new("lastindex", |vm, this| match of(vm, this).lastindex {
                Some(index) => Ok(vm.new_int(index as i64)),
                None => Ok(vm.new_none()),
            })
        },
        GetSet {
            doc: "The name of the last matched capturing group.",
            ..GetSet::new("lastgroup", lastgroup)
        },
        GetSet::new("regs", regs),
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.mp_subscript = Some(group_text);
    },
    ..TypeSpec::new("re.Match")
};

fn of(vm: &Machine, this: Obj) -> &Match {
    vm.heap.native(this).expect("a match")
}

/// A match object of what a search found.
pub fn new(vm: &mut Machine, pattern: Obj, string: Obj, search: &Search, found: Found) -> Obj {
    let mut spans = vec![Some((found.start, found.end))];
    spans.extend(found.groups);
    let native = Match {
        string: vm.new_ref(string),
        regs: NULL,
        pattern: vm.new_ref(pattern),
        pos: search.pos,
        endpos: search.endpos,
        lastindex: found.lastindex,
        spans,
    };
    let class = vm.module_type(&SPEC);
    vm.new_native(class, native)
}

fn edge(place: Option<usize>) -> i64 {
    place.map_or(-1, |p| p as i64)
}

fn pair(vm: &mut Machine, span: Option<(usize, usize)>) -> Obj {
    let items = vec![
        vm.new_int(edge(span.map(|s| s.0))),
        vm.new_int(edge(span.map(|s| s.1))),
    ];
    vm.new_tuple(items)
}

/// A group by number or name (`match_getindex`).
fn index(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<usize> {
    let none = "no such group";
    let number = if vm.has_index(key) {
        Some(vm.index_clamped(key, NULL)? as i64)
    } else {
        let names = pattern_of(vm, of(vm, this).pattern).groupindex;
        let found = match names.some() {
            Some(names) => vm.dict_get(names, key)?,
            None => None,
        };
        found.and_then(|o| vm.as_i64(o))
    };
    let groups = of(vm, this).spans.len();
    match number.map(usize::try_from) {
        Some(Ok(number)) if number < groups => Ok(number),
        _ => vm.raise(vm.types.index_error, none.to_string()),
    }
}

fn span_of(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Option<(usize, usize)>> {
    let key = args.get(vm, 0);
    if key.is_null() {
        return Ok(of(vm, this).spans[0]);
    }
    let index = index(vm, this, key)?;
    Ok(of(vm, this).spans[index])
}

/// The text of a span, or the default (borrowed).
fn span_text(
    vm: &mut Machine,
    this: Obj,
    span: Option<(usize, usize)>,
    default: Obj,
) -> PyResult<Obj> {
    let Some((from, to)) = span else {
        return Ok(vm.new_ref(default));
    };
    let string = of(vm, this).string;
    let text = vm.searchable(string)?;
    // A bytearray may have changed its size since.
    let len = text.len();
    Ok(vm.searched_part(string, &text, from.min(len), to.min(len)))
}

fn group_text(vm: &mut Machine, this: Obj, key: Obj) -> PyResult<Obj> {
    let index = index(vm, this, key)?;
    let (span, none) = (of(vm, this).spans[index], vm.none);
    span_text(vm, this, span, none)
}

fn group(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    match args.len() {
        0 => {
            let (span, none) = (of(vm, this).spans[0], vm.none);
            span_text(vm, this, span, none)
        }
        1 => {
            let key = args.get(vm, 0);
            group_text(vm, this, key)
        }
        n => {
            let mark = vm.mark();
            for i in 0..n {
                let key = args.get(vm, i);
                match group_text(vm, this, key) {
                    Ok(text) => vm.hold(text),
                    Err(thrown) => return vm.releasing(mark, Err(thrown)),
                };
            }
            let mut items: Vec<Obj> = (0..n).map(|_| vm.unhold()).collect();
            items.reverse();
            Ok(vm.new_tuple(items))
        }
    }
}

fn default_of(vm: &mut Machine, args: Args, name: &str) -> PyResult<Obj> {
    let [default] = vm.unpack(name, args, &[opt("default")])?;
    Ok(if default.is_null() { vm.none } else { default })
}

fn groups(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let default = default_of(vm, args, "groups")?;
    let spans = of(vm, this).spans.clone();
    let mut items = Vec::new();
    for span in &spans[1..] {
        items.push(span_text(vm, this, *span, default)?);
    }
    Ok(vm.new_tuple(items))
}

fn groupdict(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let default = default_of(vm, args, "groupdict")?;
    let names = pattern_of(vm, of(vm, this).pattern).groupindex;
    let out = vm.new_dict();
    if names.is_null() {
        return Ok(out);
    }
    vm.with_held(out, |vm, out| {
        for (name, number) in vm.heap.dict_items(names) {
            let number = vm.as_i64(number).unwrap_or(0) as usize;
            let span = of(vm, this).spans.get(number).copied().flatten();
            let text = span_text(vm, this, span, default)?;
            vm.with_held(text, |vm, text| vm.dict_set(out, name, text))?;
        }
        Ok(vm.new_ref(out))
    })
}

fn expand(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let template = args.get(vm, 0);
    let pattern = of(vm, this).pattern;
    let module = vm.import_module("re")?;
    vm.with_held(module, |vm, module| {
        vm.call_method(module, "_expand", &[pattern, this, template])
    })
}

fn lastgroup(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let own = of(vm, this);
    let names = pattern::of(vm, own.pattern).indexgroup;
    let name = match names.some() {
        Some(names) => own
            .lastindex
            .and_then(|index| vm.heap.tuple(names)?.get(index).copied()),
        None => None,
    };
    Ok(vm.new_ref(name.unwrap_or(vm.none)))
}

fn regs(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let known = of(vm, this).regs;
    if !known.is_null() {
        return Ok(vm.new_ref(known));
    }
    let spans = of(vm, this).spans.clone();
    let items = spans.into_iter().map(|span| pair(vm, span)).collect();
    let tuple = vm.new_tuple(items);
    vm.incref(tuple);
    if let Some(own) = vm.heap.native_mut::<Match>(this) {
        own.regs = tuple;
    }
    Ok(tuple)
}

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (span, none) = (of(vm, this).spans[0], vm.none);
    let text = span_text(vm, this, span, none)?;
    let shown = vm.with_held(text, |vm, text| vm.repr_text(text))?;
    let shown: String = shown.chars().take(50).collect();
    let (from, to) = span.unwrap_or((0, 0));
    let name = vm.class_name(vm.heap.ty(this));
    Ok(vm.new_string(format!(
        "<{name} object; span=({from}, {to}), match={shown}>"
    )))
}
