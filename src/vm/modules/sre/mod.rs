//! `_sre`: regular expressions. The module `re` and its constants are Python (`python/re.py`); here are Python's syntax (`parse.rs`), its
//! meaning (`emit.rs`), the matcher (`engine.rs`), and the types `re.Pattern` and `re.Match`.
//!
//! A pattern goes `source.rs` → `parse.rs` (with `group.rs`, `escape.rs`) → `tree.rs` → `emit.rs` (with `charset.rs`, `case.rs`) → a
//! program, which `engine.rs` runs over a text, as often as `text.rs` asks for the next match.

pub mod case;
pub mod charset;
pub mod emit;
pub mod engine;
pub mod escape;
pub mod group;
pub mod match_object;
pub mod parse;
pub mod pattern;
pub mod pattern_all;
pub mod scanner;
pub mod source;
pub mod template;
pub mod text;
pub mod tree;

use std::rc::Rc;

use super::ModuleSpec;
use crate::heap::{NULL, Obj};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};
use case::Fold;
use emit::Program;
use parse::Tree;
use pattern::Pattern;
use source::{Parsed, Wrong, WrongKind};
use text::Text;
use tree::{Node, flag};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_sre",
    doc: "",
    functions: &[
        Method::new("build", Arity::Positional(2, 2), build)
            .doc("build($module, pattern, flags, /)\n--\n\nThe compiled pattern or None, warnings, and what is wrong or None."),
        Method::new("build_scanner", Arity::Positional(2, 2), build_scanner)
            .doc("build_scanner($module, phrases, flags, /)\n--\n\nThe same for a list of patterns, each a group of its own."),
        Method::new("measure", Arity::Positional(2, 2), measure),
        Method::new("template", Arity::Positional(3, 3), template::parse)
            .doc("template($module, source, groups, groupindex, /)\n--\n\nGroups and literals of a replacement text."),
        Method::new("getcodesize", Arity::NoArgs, |vm, _, _| Ok(vm.new_int(4))).doc("getcodesize($module, /)\n--\n\n"),
        Method::new("ascii_iscased", Arity::One, |vm, _, args| {
            let c = character(vm, args)?;
            Ok(vm.new_bool(Fold::Ascii.is_cased(c)))
        })
        .doc("ascii_iscased($module, character, /)\n--\n\n"),
        Method::new("ascii_tolower", Arity::One, |vm, _, args| {
            let c = character(vm, args)?;
            Ok(vm.new_int(i64::from(Fold::Ascii.lower(c))))
        })
        .doc("ascii_tolower($module, character, /)\n--\n\n"),
        Method::new("unicode_iscased", Arity::One, |vm, _, args| {
            let c = character(vm, args)?;
            Ok(vm.new_bool(Fold::Unicode.is_cased(c)))
        })
        .doc("unicode_iscased($module, character, /)\n--\n\n"),
        Method::new("unicode_tolower", Arity::One, |vm, _, args| {
            let c = character(vm, args)?;
            Ok(vm.new_int(i64::from(Fold::Unicode.lower(c))))
        })
        .doc("unicode_tolower($module, character, /)\n--\n\n"),
    ],
    init: |vm, dict| {
        let object = vm.types.object;
        let types = [&pattern::SPEC, &match_object::SPEC, &scanner::SPEC];
        for spec in types {
            vm.make_module_type(spec, object);
        }
        let numbers = [
            ("MAGIC", 20171005),
            ("CODESIZE", 4),
            ("MAXREPEAT", i64::from(tree::MAX_REPEAT)),
            ("MAXGROUPS", group::MAX_GROUPS as i64),
        ];
        for (name, value) in numbers {
            let value = vm.new_int(value);
            vm.dict_set_name(dict, name, value);
            vm.decref(value);
        }
        Ok(())
    },
};

fn character(vm: &mut Machine, args: Args) -> PyResult<u32> {
    let o = args.get(vm, 0);
    let value = vm.index_clamped(o, vm.types.overflow_error)?;
    Ok(u32::try_from(value).unwrap_or(0))
}

/// The characters of a pattern, and whether it is a str.
fn points_of(text: &Text) -> (Vec<u32>, bool) {
    match text {
        Text::Str(text) => (text.points().collect(), true),
        Text::Bytes(data) => (data.iter().map(|b| u32::from(*b)).collect(), false),
    }
}

/// How deeply patterns may nest: CPython reads them with two frames a level.
fn max_nesting(vm: &Machine) -> usize {
    let used = vm.frames.len() + vm.native_recursion as usize;
    (vm.recursion_limit as usize).saturating_sub(used + 4) / 2
}

fn flags_of(vm: &mut Machine, o: Obj) -> PyResult<u32> {
    let value = vm.index_clamped(o, vm.types.overflow_error)?;
    Ok(value as u32)
}

/// Parses and emits.
fn compile(
    vm: &Machine,
    points: &[u32],
    is_text: bool,
    flags: u32,
    warnings: &mut Vec<(String, bool)>,
) -> Parsed<(Tree, Program)> {
    let tree = parse::parse(points, is_text, flags, max_nesting(vm), warnings)?;
    let program = emit::emit(&tree)?;
    Ok((tree, program))
}

fn build(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (source, flags) = (args.get(vm, 0), args.get(vm, 1));
    let flags = flags_of(vm, flags)?;
    if flags & flag::DEBUG != 0 {
        return vm.unsupported("re.DEBUG".to_string());
    }
    let text = vm.searchable(source)?;
    let (points, is_text) = points_of(&text);
    let mut warnings = Vec::new();
    let compiled = compile(vm, &points, is_text, flags, &mut warnings);
    answer(vm, compiled, warnings, source, Some(!is_text))
}

/// The least and the greatest length that a pattern can match, its flags, and how many groups it has.
fn measure(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (source, flags) = (args.get(vm, 0), args.get(vm, 1));
    let flags = flags_of(vm, flags)?;
    let text = vm.searchable(source)?;
    let (points, is_text) = points_of(&text);
    let mut warnings = Vec::new();
    let parsed = parse::parse(&points, is_text, flags, max_nesting(vm), &mut warnings);
    let made = parsed.map(|tree| {
        let (low, high) = tree::width(&tree.body, &tree.groups);
        let numbers = [low, high, u64::from(tree.flags), tree.groups.len() as u64];
        let numbers = numbers.map(|n| vm.new_int(n as i64));
        vm.new_tuple(numbers.to_vec())
    });
    triple(vm, made, warnings)
}

/// The triple that `build` returns.
fn answer(
    vm: &mut Machine,
    compiled: Parsed<(Tree, Program)>,
    warnings: Vec<(String, bool)>,
    source: Obj,
    is_bytes: Option<bool>,
) -> PyResult<Obj> {
    let made = compiled.map(|(tree, program)| new_pattern(vm, tree, program, source, is_bytes));
    triple(vm, made, warnings)
}

/// What was made, or None; the warnings; what is wrong, or None.
fn triple(vm: &mut Machine, made: Parsed<Obj>, warnings: Vec<(String, bool)>) -> PyResult<Obj> {
    let (made, problem) = match made {
        Ok(made) => (made, NULL),
        Err(wrong) => (vm.new_none(), problem_of(vm, &wrong)),
    };
    let mut shown = Vec::new();
    for (text, deprecated) in warnings {
        let class = if deprecated {
            vm.types.deprecation_warning
        } else {
            vm.types.future_warning
        };
        let text = vm.new_string(text);
        vm.incref(class);
        shown.push(vm.new_tuple(vec![text, class]));
    }
    let shown = vm.new_list(shown);
    let problem = if problem.is_null() {
        vm.new_none()
    } else {
        problem
    };
    Ok(vm.new_tuple(vec![made, shown, problem]))
}

/// Exception class (None for `re.error`), message, place or None.
pub fn problem_of(vm: &mut Machine, wrong: &Wrong) -> Obj {
    let class = match wrong.kind {
        WrongKind::Pattern | WrongKind::Verbose => vm.none,
        WrongKind::Value => vm.types.value_error,
        WrongKind::Overflow => vm.types.overflow_error,
        WrongKind::Index => vm.types.index_error,
        WrongKind::Recursion => vm.types.recursion_error,
    };
    vm.incref(class);
    let message = vm.new_str(&wrong.message);
    let place = match wrong.place {
        Some(place) => vm.new_int(place as i64),
        None => vm.new_none(),
    };
    vm.new_tuple(vec![class, message, place])
}

fn new_pattern(
    vm: &mut Machine,
    tree: Tree,
    program: Program,
    source: Obj,
    is_bytes: Option<bool>,
) -> Obj {
    let groupindex = vm.new_dict();
    let mut by_number = vec![vm.none; program.groups + 1];
    let mut names = Vec::new();
    for (points, number) in &tree.names {
        let text = crate::heap::payload::StrObj::from_points(points.iter().copied());
        let name = vm.new_str_obj(text);
        let number_object = vm.new_int(*number as i64);
        vm.dict_set_str(groupindex, name, number_object);
        vm.decref(number_object);
        by_number[*number] = name;
        names.push(name);
    }
    let indexgroup = vm.new_tuple_of(&by_number);
    for name in names {
        vm.decref(name);
    }
    // Both are kept only where there are names (`_sre_compile_impl`).
    let [groupindex, indexgroup] = [groupindex, indexgroup].map(|o| match tree.names.is_empty() {
        true => {
            vm.decref(o);
            NULL
        }
        false => o,
    });
    let native = Pattern {
        groupindex,
        indexgroup,
        pattern: vm.new_ref(source),
        program: Rc::new(program),
        is_bytes,
    };
    let class = vm.module_type(&pattern::SPEC);
    vm.new_native(class, native)
}

/// One pattern of many: each phrase a group, numbered in order, whatever groups it has itself.
fn build_scanner(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let (phrases, flags) = (args.get(vm, 0), args.get(vm, 1));
    let flags = flags_of(vm, flags)?;
    let mut warnings = Vec::new();
    let mut alternatives = Vec::new();
    let mut groups = vec![None];
    for phrase in vm.collect_iterable(phrases)? {
        let text = vm.searchable(phrase);
        vm.decref(phrase);
        let (points, is_text) = points_of(&text?);
        let nesting = max_nesting(vm);
        match parse::parse(&points, is_text, flags, nesting, &mut warnings) {
            Ok(tree) => {
                let index = groups.len();
                groups.push(Some(tree::width(&tree.body, &tree.groups)));
                alternatives.push(vec![Node::Group {
                    index: Some(index),
                    add: 0,
                    del: 0,
                    body: tree.body,
                }]);
            }
            Err(wrong) => {
                let none = vm.none;
                return answer(vm, Err(wrong), warnings, none, None);
            }
        }
    }
    let tree = Tree {
        body: vec![Node::Branch(alternatives)],
        flags,
        groups,
        names: Vec::new(),
    };
    let none = vm.none;
    let compiled = emit::emit(&tree).map(|program| (tree, program));
    answer(vm, compiled, warnings, none, None)
}
