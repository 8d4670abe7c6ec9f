//! `re.Pattern`: the type and its methods that look for one match (`pattern_*` of `Modules/_sre.c`). Those that go through a whole
//! text are in `pattern_all.rs`.

use std::rc::Rc;

use super::emit::Program;
use super::pattern_all as all;
use super::text::{How, Search};
use super::tree::flag;
use super::{match_object, scanner};
use crate::heap::payload::Native;
use crate::heap::{Edge, NULL, Obj};
use crate::native_boilerplate;
use crate::vm::args::{opt, req};
use crate::vm::native::{Arity, GetSet, Method, TypeSpec};
use crate::vm::slots::CmpOp;
use crate::vm::{Args, Machine, PyResult};

#[derive(Clone)]
pub struct Pattern {
    /// A dict of group numbers by name; NULL without names, as `indexgroup`.
    pub groupindex: Obj,
    /// A tuple of names by group number, None for groups without.
    pub indexgroup: Obj,
    pub pattern: Obj,
    pub program: Rc<Program>,
    /// `None` if there is no pattern text that would tell.
    pub is_bytes: Option<bool>,
}

impl Native for Pattern {
    fn traverse(&self, f: &mut dyn FnMut(Edge, Obj)) {
        f(Edge::Field("pattern"), self.pattern);
    }
    fn counts_type(&self) -> bool {
        true
    }
    fn references(&self, f: &mut dyn FnMut(Edge, Obj)) {
        if self.groupindex.some().is_some() {
            f(Edge::Field("groupindex"), self.groupindex);
            f(Edge::Field("indexgroup"), self.indexgroup);
        }
    }
    fn take(&mut self) -> Vec<Obj> {
        [
            &mut self.groupindex,
            &mut self.indexgroup,
            &mut self.pattern,
        ]
        .map(|o| std::mem::replace(o, NULL))
        .to_vec()
    }
    native_boilerplate!();
}

pub static SPEC: TypeSpec = TypeSpec {
    doc: "Compiled regular expression object.",
    has_weakrefs: true,
    methods: &[
        Method::new("match", Arity::Keywords, |vm, this, args| find(vm, this, args, "match", How::Match))
            .with_class().doc("match($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nMatches zero or more characters at the beginning of the string."),
        Method::new("fullmatch", Arity::Keywords, |vm, this, args| find(vm, this, args, "fullmatch", How::FullMatch))
            .with_class().doc("fullmatch($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nMatches against all of the string."),
        Method::new("search", Arity::Keywords, |vm, this, args| find(vm, this, args, "search", How::Search))
            .with_class().doc("search($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nThe first match anywhere in the string, or None."),
        Method::new("sub", Arity::Keywords, all::sub)
            .with_class().doc("sub($self, /, repl, string, count=0)\n--\n\nThe string with matches, from the left, replaced."),
        Method::new("subn", Arity::Keywords, all::subn)
            .with_class().doc("subn($self, /, repl, string, count=0)\n--\n\nThe string with matches replaced, and how many were."),
        Method::new("findall", Arity::Keywords, all::findall)
            .doc("findall($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nA list of all matches that do not overlap."),
        Method::new("split", Arity::Keywords, all::split)
            .doc("split($self, /, string, maxsplit=0)\n--\n\nSplit string by the occurrences of pattern."),
        Method::new("finditer", Arity::Keywords, finditer)
            .with_class().doc("finditer($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\nAn iterator over all matches that do not overlap."),
        Method::new("scanner", Arity::Keywords, |vm, this, args| {
            let (string, pos, endpos) = place(vm, args, "scanner")?;
            scanner::new(vm, this, string, pos, endpos)
        })
        .with_class().doc("scanner($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n"),
        Method::new("__copy__", Arity::NoArgs, |vm, this, _| Ok(vm.new_ref(this))).doc("__copy__($self, /)\n--\n\n"),
        Method::new("__deepcopy__", Arity::One, |vm, this, _| Ok(vm.new_ref(this))).doc("__deepcopy__($self, memo, /)\n--\n\n"),
        Method::class("__class_getitem__", Arity::One, crate::vm::types::generic_alias::class_getitem).doc("See PEP 585"),
    ],
    getset: &[
        GetSet {
            doc: "The pattern string from which the RE object was compiled.",
            ..GetSet::new("pattern", |vm, this| {
                let pattern = of(vm, this).pattern;
                Ok(vm.new_ref(pattern))
            })
        },
        GetSet {
            doc: "The regex matching flags.",
            ..GetSet::new("flags", |vm, this| {
                let flags = of(vm, this).program.flags;
                Ok(vm.new_int(i64::from(flags)))
            })
        },
        GetSet {
            doc: "The number of capturing groups in the pattern.",
            ..GetSet::new("groups", |vm, this| {
                let groups = of(vm, this).program.groups;
                Ok(vm.new_int(groups as i64))
            })
        },
        GetSet {
            doc: "A dictionary mapping group names to group numbers.",
            ..GetSet::new("groupindex", |vm, this| {
                let index = match of(vm, this).groupindex.some() {
                    Some(index) => vm.new_ref(index),
                    None => vm.new_dict(),
                };
                vm.with_held(index, |vm, index| vm.new_mapping_proxy(index))
            })
        },
    ],
    slots: |s| {
        s.tp_repr = Some(repr);
        s.tp_hash = Some(hash);
        s.tp_richcompare = Some(compare);
    },
    ..TypeSpec::new("re.Pattern")
};

pub fn of(vm: &Machine, this: Obj) -> &Pattern {
    vm.heap.native(this).expect("a pattern")
}

/// `Py_ssize_t` of Argument Clinic; NULL gives the default.
pub fn size(vm: &mut Machine, o: Obj, default: isize) -> PyResult<isize> {
    if o.is_null() {
        return Ok(default);
    }
    let index = vm.number_index(o)?;
    let value = vm.as_i64(index);
    vm.decref(index);
    match value {
        Some(value) => Ok(value as isize),
        None => vm.raise(
            vm.types.overflow_error,
            "Python int too large to convert to C ssize_t".to_string(),
        ),
    }
}

/// The parameters `string, pos=0, endpos=sys.maxsize`.
pub fn place(vm: &mut Machine, args: Args, name: &str) -> PyResult<(Obj, isize, isize)> {
    let [string, pos, endpos] =
        vm.unpack(name, args, &[req("string"), opt("pos"), opt("endpos")])?;
    let pos = size(vm, pos, 0)?;
    let endpos = size(vm, endpos, isize::MAX)?;
    Ok((string, pos, endpos))
}

fn find(vm: &mut Machine, this: Obj, args: Args, name: &str, how: How) -> PyResult<Obj> {
    let (string, pos, endpos) = place(vm, args, name)?;
    let mut search = Search::new(vm, this, string, pos, endpos)?;
    match search.next(vm, how)? {
        Some(found) => Ok(match_object::new(vm, this, string, &search, found)),
        None => Ok(vm.new_none()),
    }
}

fn finditer(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let (string, pos, endpos) = place(vm, args, "finditer")?;
    let scanner = scanner::new(vm, this, string, pos, endpos)?;
    vm.with_held(scanner, |vm, scanner| {
        let search = vm.get_attr_str(scanner, "search")?;
        vm.with_held(search, |vm, search| {
            let none = vm.none;
            Ok(vm.new_callable_iter(search, none))
        })
    })
}

/// Names of the flags, as `repr` shows them.
const FLAG_NAMES: [(&str, u32); 9] = [
    ("re.TEMPLATE", flag::TEMPLATE),
    ("re.IGNORECASE", flag::IGNORECASE),
    ("re.LOCALE", flag::LOCALE),
    ("re.MULTILINE", flag::MULTILINE),
    ("re.DOTALL", flag::DOTALL),
    ("re.UNICODE", flag::UNICODE),
    ("re.VERBOSE", flag::VERBOSE),
    ("re.DEBUG", flag::DEBUG),
    ("re.ASCII", flag::ASCII),
];

fn repr(vm: &mut Machine, this: Obj) -> PyResult<Obj> {
    let (pattern, is_bytes) = (of(vm, this).pattern, of(vm, this).is_bytes);
    let mut flags = of(vm, this).program.flags;
    // For a str pattern UNICODE goes without saying.
    if is_bytes == Some(false)
        && flags & (flag::LOCALE | flag::UNICODE | flag::ASCII) == flag::UNICODE
    {
        flags &= !flag::UNICODE;
    }
    let mut names = Vec::new();
    for (name, bit) in FLAG_NAMES {
        if flags & bit != 0 {
            names.push(name.to_string());
            flags &= !bit;
        }
    }
    if flags != 0 {
        names.push(format!("{flags:#x}"));
    }
    let shown: String = vm.repr_text(pattern)?.chars().take(200).collect();
    let names = names.join("|");
    Ok(vm.new_string(match names.is_empty() {
        true => format!("re.compile({shown})"),
        false => format!("re.compile({shown}, {names})"),
    }))
}

fn hash(vm: &mut Machine, this: Obj) -> PyResult<i64> {
    let (pattern, flags) = (of(vm, this).pattern, of(vm, this).program.flags);
    let hash = vm.hash(pattern)? ^ (i64::from(flags) << 20);
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(vm: &mut Machine, this: Obj, other: Obj, op: CmpOp) -> PyResult<Obj> {
    if !matches!(op, CmpOp::Eq | CmpOp::Ne) || vm.heap.ty(this) != vm.heap.ty(other) {
        return Ok(vm.new_not_implemented());
    }
    let same = this == other || {
        let (a, b) = (of(vm, this), of(vm, other));
        let alike = a.program.flags == b.program.flags && a.is_bytes == b.is_bytes;
        let (a, b) = (a.pattern, b.pattern);
        alike && vm.rich_compare_bool(a, b, CmpOp::Eq)?
    };
    Ok(vm.new_bool(same == (op == CmpOp::Eq)))
}
