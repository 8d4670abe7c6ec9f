//! What CPython's compiler allocates besides the code object, as the collector counts it (`Python/symtable.c`, `Python/compile.c`).
//!
//! Our compiler needs no objects. But the dicts, lists and tuples of CPython's go to the free lists when it is through, where the
//! program's own come from later: they decide when collections happen. Since each kind has a free list of its own, the most there
//! are at a time of a kind is all that counts.

use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

use super::Machine;
use super::load::{ConstantKey, add_constant_key};
use crate::bytecode::code::{CodeObject, Constant};
use crate::heap::{Obj, Payload};
use rustpython_wtf8::Wtf8Buf;

/// The arena's list, the symbol table's stack, the compiler's stack; the sorted keys of a dict for a moment.
const LISTS: usize = 4;
/// The names of a scope's variables, the scopes in it.
const LISTS_OF_SCOPE: usize = 2;
/// The constants of the whole compilation, all scopes.
const DICTS: usize = 2;
/// Names, variables, cells, free variables and constants of a code object that is being made.
const DICTS_OF_UNIT: usize = 5;

/// What the classes of syntax trees are made of, beyond what the free lists get back (`init_types` of `Python/Python-ast.c`).
const TREE_TYPES: u32 = 737;

/// In `Machine::module_state`: they are there.
const TREES: &str = "syntax trees";

/// The most there are at a time.
#[derive(Default)]
pub(super) struct Allocations {
    dicts: usize,
    lists: usize,
    /// By length.
    tuples: BTreeMap<usize, usize>,
}

/// The keys of the constants merged so far (`c_const_cache`).
#[derive(Default)]
struct Keys {
    known: FxHashSet<ConstantKey>,
    alive: BTreeMap<usize, usize>,
    most: BTreeMap<usize, usize>,
}

impl Keys {
    /// A tuple of this length is made.
    fn make(&mut self, size: usize) {
        let alive = self.alive.entry(size).or_default();
        *alive += 1;
        let most = self.most.entry(size).or_default();
        *most = (*most).max(*alive);
    }

    /// A constant of the source, and what is in it (`merge_consts_recursive`).
    fn add(&mut self, constant: &Constant) {
        if self.add_one(constant)
            && let Constant::Tuple(items) | Constant::FrozenSet(items) = constant
        {
            items.iter().for_each(|item| self.add(item));
        }
    }

    /// The key of one constant is made; an equal one goes again. Whether it is new (`merge_const_one`).
    fn add_one(&mut self, constant: &Constant) -> bool {
        let mut sizes = Vec::new();
        key_tuples(constant, &mut sizes);
        sizes.iter().for_each(|size| self.make(*size));
        let mut key = Vec::new();
        add_constant_key(constant, &mut key);
        let is_new = self.known.insert(key);
        if is_new && let Constant::FrozenSet(items) = constant {
            // Its items are in a tuple for a moment.
            self.make(items.len());
            *self.alive.entry(items.len()).or_default() -= 1;
        }
        if !is_new {
            for size in &sizes {
                *self.alive.entry(*size).or_default() -= 1;
            }
        }
        is_new
    }
}

/// The lengths of the tuples that a constant's key consists of (`_PyCode_ConstantKey`).
fn key_tuples(constant: &Constant, sizes: &mut Vec<usize>) {
    match constant {
        Constant::None | Constant::Ellipsis | Constant::Int(_) | Constant::Str(_) => {}
        Constant::Code(_) => {}
        Constant::Tuple(items) => {
            items.iter().for_each(|item| key_tuples(item, sizes));
            if !items.is_empty() {
                sizes.push(items.len());
            }
            sizes.push(2);
        }
        Constant::FrozenSet(items) => {
            items.iter().for_each(|item| key_tuples(item, sizes));
            sizes.push(2);
        }
        _ => sizes.push(2),
    }
}

fn names(list: &[std::rc::Rc<str>]) -> Constant {
    Constant::Tuple(
        list.iter()
            .map(|name| Constant::Str(Wtf8Buf::from_string(name.to_string())))
            .collect(),
    )
}

/// The tuples that a code object owns, in the order in which they are made.
fn own_tuples(code: &CodeObject) -> [Constant; 5] {
    [
        names(&code.names),
        names(&code.varnames),
        names(&code.cellvars),
        names(&code.freevars),
        Constant::Tuple(code.consts.clone()),
    ]
}

/// Number of scopes, and how deep they are in one another.
fn visit(code: &CodeObject, keys: &mut Keys) -> (usize, usize) {
    let (mut scopes, mut depth) = (1, 1);
    for constant in &code.consts {
        if let Constant::Code(inner) = constant {
            let (more, deeper) = visit(inner, keys);
            scopes += more;
            depth = depth.max(deeper + 1);
        }
        keys.add(constant);
    }
    keys.add_one(&Constant::Bytes(code.linetable.clone()));
    keys.add_one(&Constant::Bytes(code.code.clone()));
    for tuple in own_tuples(code) {
        keys.add_one(&tuple);
    }
    (scopes, depth)
}

impl Machine {
    /// The first `compile()` makes the classes of syntax trees, unless a module that needs them has been imported: it asks whether it
    /// was given a tree.
    pub(super) fn count_tree_types(&mut self) {
        let imported = |name| {
            let found = self.dict_get_name(self.sys_modules, name);
            !found.is_null() && found != self.none
        };
        let there = ["_ast", "ast", "inspect", "dataclasses"]
            .into_iter()
            .any(imported);
        let none = self.new_none();
        let known = self.module_state.insert(TREES, none);
        if let Some(known) = known {
            self.decref(known);
        } else if !there {
            for _ in 0..TREE_TYPES {
                self.count_allocation();
            }
        }
    }

    /// The compiler has worked on this, and still holds what it made.
    pub(super) fn reserve_compilation(&mut self, code: &CodeObject) -> Allocations {
        let mut keys = Keys::default();
        let (scopes, depth) = visit(code, &mut keys);
        let made = Allocations {
            dicts: DICTS + scopes + DICTS_OF_UNIT * depth,
            lists: LISTS + LISTS_OF_SCOPE * scopes,
            tuples: keys.most,
        };
        for _ in 0..made.dicts {
            self.reserve_dict();
        }
        for _ in 0..made.lists {
            self.reserve_list();
        }
        for (len, count) in &made.tuples {
            for _ in 0..*count {
                self.reserve_tuple(*len);
            }
        }
        made
    }

    /// The compiler is through.
    pub(super) fn give_back_compilation(&mut self, made: &Allocations) {
        for _ in 0..made.dicts {
            self.give_back_dict();
        }
        for _ in 0..made.lists {
            self.give_back_list();
        }
        for (len, count) in &made.tuples {
            for _ in 0..*count {
                self.give_back_tuple(*len);
            }
        }
    }

    /// Counts the tuples that code objects own in CPython, equal ones of a compilation once. They go with their code object.
    pub(super) fn reserve_code_tuples(&mut self, code: Obj, known: &mut FxHashSet<ConstantKey>) {
        let Payload::Code(code) = self.heap.payload(code) else {
            return;
        };
        let code = code.clone();
        let mut lengths = Vec::new();
        if code.own_tuples.get().is_some() {
            return;
        }
        for tuple in own_tuples(&code.source) {
            let mut key = Vec::new();
            add_constant_key(&tuple, &mut key);
            if let Constant::Tuple(items) = tuple
                && !items.is_empty()
                && known.insert(key)
            {
                lengths.push(items.len());
            }
        }
        for len in &lengths {
            self.reserve_tuple(*len);
        }
        // Nobody has set it: that was looked at above.
        let _ = code.own_tuples.set(lengths.into_boxed_slice());
        for inner in &code.consts {
            self.reserve_code_tuples(*inner, known);
        }
    }

    /// A code object goes, and with it its tuples.
    pub(super) fn give_back_code_tuples(&mut self, code: Obj) {
        let Payload::Code(code) = self.heap.payload(code) else {
            return;
        };
        let code = code.clone();
        for len in code.own_tuples.get().into_iter().flatten() {
            self.give_back_tuple(*len);
        }
    }
}
