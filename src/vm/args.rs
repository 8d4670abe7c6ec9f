//! Arguments of a native call, and what CPython's Argument Clinic does with them.
//!
//! Arguments lie where the caller left them: on the value stack (called by bytecode; the stack owns them) or in the
//! machine's argument vector (called by a native; borrowed). `Args` only says where; it is `Copy`. Where the call has a tuple and
//! a dict of them besides, as CPython's `tp_call` and `METH_VARARGS` are given, it says where its caller holds these.

use super::{Machine, PyResult};
use crate::heap::{NULL, Obj};

#[derive(Clone, Copy, Debug)]
pub struct Args {
    base: u32,
    /// Positional arguments.
    n: u32,
    /// Tuple of keyword names, borrowed, or NULL; their values follow the positional arguments.
    kwnames: Obj,
    /// Flags, and above them one more than the place on the machine's stack where the call's own tuple is held, its dict behind
    /// it; 0 there if the call has none.
    place: u32,
}

/// The arguments lie on the stack.
const ON_STACK: u32 = 1;
/// The tuple held holds just these positional arguments.
const WHOLE: u32 = 2;
const FLAG_BITS: u32 = 2;

/// A parameter of a native, for `Machine::unpack`.
#[derive(Clone, Copy)]
pub struct Param {
    pub name: &'static str,
    pub required: bool,
    pub keyword_only: bool,
    pub positional_only: bool,
}

/// A required parameter.
pub const fn req(name: &'static str) -> Param {
    Param {
        name,
        required: true,
        keyword_only: false,
        positional_only: false,
    }
}

/// An optional parameter.
pub const fn opt(name: &'static str) -> Param {
    Param {
        name,
        required: false,
        keyword_only: false,
        positional_only: false,
    }
}

/// An optional keyword-only parameter.
pub const fn kw(name: &'static str) -> Param {
    Param {
        name,
        required: false,
        keyword_only: true,
        positional_only: false,
    }
}

/// A required positional-only parameter.
pub const fn pos(name: &'static str) -> Param {
    Param {
        name,
        required: true,
        keyword_only: false,
        positional_only: true,
    }
}

/// An optional positional-only parameter.
pub const fn pos_opt(name: &'static str) -> Param {
    Param {
        name,
        required: false,
        keyword_only: false,
        positional_only: true,
    }
}

/// Functions that take keywords by `PyArg_ParseTupleAndKeywords`, which keeps nothing, or have been called with some before any
/// script runs.
const OTHER_PARSERS: &[&str] = &[
    "AttributeError",
    "ImportError",
    "NameError",
    "deque",
    "max",
    "min",
    "open",
    "partial",
    "product",
    "repeat",
    "zip",
    "zip_longest",
];

impl Args {
    pub fn on_stack(base: usize, n: usize, kwnames: Obj) -> Args {
        Args {
            base: base as u32,
            n: n as u32,
            kwnames,
            place: ON_STACK,
        }
    }

    pub fn in_vector(base: usize, n: usize, kwnames: Obj) -> Args {
        Args {
            base: base as u32,
            n: n as u32,
            kwnames,
            place: 0,
        }
    }

    /// No arguments.
    pub fn none() -> Args {
        Args {
            base: 0,
            n: 0,
            kwnames: NULL,
            place: 0,
        }
    }

    #[inline(always)]
    fn is_on_stack(self) -> bool {
        self.place & ON_STACK != 0
    }

    /// The same arguments, of which the caller holds a tuple at this place of the machine's stack, and behind it a dict of the
    /// keyword arguments, if there are some.
    pub fn held_at(self, place: usize) -> Args {
        let flags = self.place & ON_STACK | WHOLE;
        Args {
            place: ((place as u32 + 1) << FLAG_BITS) | flags,
            ..self
        }
    }

    /// Where the call's own tuple is held.
    pub(super) fn held(self) -> Option<usize> {
        (self.place >> FLAG_BITS)
            .checked_sub(1)
            .map(|at| at as usize)
    }

    /// The call's own tuple of positional arguments, borrowed; none if it has none.
    pub fn own_tuple(self, vm: &Machine) -> Option<Obj> {
        self.held()
            .filter(|_| self.place & WHOLE != 0)
            .map(|at| vm.stack[at])
    }

    /// The call's own dict of keyword arguments, borrowed; none if it has none.
    pub fn own_dict(self, vm: &Machine) -> Option<Obj> {
        let held = self.held().filter(|_| self.kw_len(vm) > 0)?;
        Some(vm.stack[held + 1])
    }

    /// The call's own tuple, or a new one; owned.
    pub fn to_tuple(self, vm: &mut Machine) -> Obj {
        match self.own_tuple(vm) {
            Some(tuple) => vm.new_ref(tuple),
            None => self.new_tuple(vm),
        }
    }

    /// The call's own dict, or a new one; owned.
    pub fn to_dict(self, vm: &mut Machine) -> Obj {
        if let Some(dict) = self.own_dict(vm) {
            return vm.new_ref(dict);
        }
        let dict = vm.new_dict();
        for (name, value) in self.keywords(vm) {
            vm.dict_set_str(dict, name, value);
        }
        dict
    }

    /// How many positional arguments.
    #[inline(always)]
    pub fn len(self) -> usize {
        self.n as usize
    }

    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.n == 0
    }

    /// The tuple of keyword names, or NULL.
    pub fn kwnames(self) -> Obj {
        self.kwnames
    }

    #[inline(always)]
    fn at(self, vm: &Machine, i: usize) -> Obj {
        let i = self.base as usize + i;
        if self.is_on_stack() {
            vm.stack[i]
        } else {
            vm.argv[i]
        }
    }

    /// The i-th positional argument, borrowed; NULL if there are not so many.
    #[inline(always)]
    pub fn get(self, vm: &Machine, i: usize) -> Obj {
        if i < self.n as usize {
            self.at(vm, i)
        } else {
            NULL
        }
    }

    /// How many keyword arguments.
    pub fn kw_len(self, vm: &Machine) -> usize {
        if self.kwnames.is_null() {
            0
        } else {
            vm.heap.tuple(self.kwnames).map_or(0, <[Obj]>::len)
        }
    }

    /// The i-th keyword argument: name and value, borrowed.
    pub fn keyword(self, vm: &Machine, i: usize) -> (Obj, Obj) {
        let name = vm.heap.tuple(self.kwnames).map_or(NULL, |names| names[i]);
        (name, self.at(vm, self.n as usize + i))
    }

    /// A tuple of the positional arguments, with references of its own.
    pub fn new_tuple(self, vm: &mut Machine) -> Obj {
        if self.n == 0 {
            return vm.new_ref(vm.empty_tuple);
        }
        if self.is_on_stack() {
            return vm.new_tuple_of_stack(self.base as usize, self.n as usize);
        }
        let items = self.to_vec(vm);
        vm.new_tuple_of(&items)
    }

    /// All positional arguments, borrowed.
    pub fn to_vec(self, vm: &Machine) -> Vec<Obj> {
        (0..self.len()).map(|i| self.at(vm, i)).collect()
    }

    /// All keyword arguments, borrowed.
    pub fn keywords(self, vm: &Machine) -> Vec<(Obj, Obj)> {
        (0..self.kw_len(vm)).map(|i| self.keyword(vm, i)).collect()
    }

    /// The positional arguments from the i-th on, with the same keywords.
    pub fn skip(self, i: usize) -> Args {
        let i = i.min(self.len());
        Args {
            base: self.base + i as u32,
            n: self.n - i as u32,
            place: if i == 0 {
                self.place
            } else {
                self.place & !WHOLE
            },
            ..self
        }
    }

    /// The same without keywords.
    pub fn positional(self) -> Args {
        Args {
            kwnames: NULL,
            ..self
        }
    }
}

impl Machine {
    /// Sorts arguments into parameters as Argument Clinic does; missing optional ones are NULL. `fname` is the function's
    /// name as in messages ("sorted", "split").
    pub fn unpack<const N: usize>(
        &mut self,
        fname: &str,
        args: Args,
        params: &[Param; N],
    ) -> PyResult<[Obj; N]> {
        let mut out = [NULL; N];
        if !args.kwnames().is_null() {
            self.count_parser(fname, params);
        }
        let max_positional = params.iter().filter(|p| !p.keyword_only).count();
        let given = args.len();
        let total = given + args.kw_len(self);
        if total > N && !params.iter().all(|p| p.positional_only) {
            let keyword = if given == 0 { "keyword " } else { "" };
            let s = if N == 1 { "" } else { "s" };
            return self.type_error(format!(
                "{fname}() takes at most {N} {keyword}argument{s} ({total} given)"
            ));
        }
        if given > max_positional {
            return self.too_many(fname, args, params, max_positional);
        }
        self.check_positional(fname, given, params)?;
        for (i, slot) in out.iter_mut().enumerate().take(given) {
            *slot = args.get(self, i);
        }
        // What is missing is told first, then what is there twice, then what is unknown (`_PyArg_UnpackKeywords`).
        let (mut twice, mut unknown): (Option<(usize, String)>, Option<String>) = (None, None);
        for k in 0..args.kw_len(self) {
            let (name, value) = args.keyword(self, k);
            let text = self.text(name);
            let found = params
                .iter()
                .position(|p| !p.positional_only && p.name == text);
            match found {
                None => {
                    unknown.get_or_insert(text);
                }
                Some(i) if i < given => {
                    if twice.as_ref().is_none_or(|(first, _)| i < *first) {
                        twice = Some((i, text));
                    }
                }
                Some(i) => out[i] = value,
            }
        }
        self.check_missing(fname, args, params, &out)?;
        if let Some((i, text)) = twice {
            let at = i + 1;
            return self.type_error(format!(
                "argument for {fname}() given by name ('{text}') and position ({at})"
            ));
        }
        if let Some(text) = unknown {
            return self.type_error(format!(
                "'{text}' is an invalid keyword argument for {fname}()"
            ));
        }
        Ok(out)
    }

    /// Required parameters that are positional only have to be there before anything is looked at.
    fn check_positional(&mut self, fname: &str, given: usize, params: &[Param]) -> PyResult<()> {
        let required = params
            .iter()
            .take_while(|p| p.positional_only && p.required)
            .count();
        if given >= required || params.iter().all(|p| p.positional_only) {
            return Ok(());
        }
        let bound = if required < params.len() {
            "at least"
        } else {
            "exactly"
        };
        let s = if required == 1 { "" } else { "s" };
        self.type_error(format!(
            "{fname}() takes {bound} {required} positional argument{s} ({given} given)"
        ))
    }

    /// The first call with keywords makes the tuple of names, which stays.
    #[cold]
    fn count_parser(&mut self, fname: &str, params: &[Param]) {
        if OTHER_PARSERS.contains(&fname) || self.parsers.contains_key(fname) {
            return;
        }
        let named = params.iter().filter(|p| !p.positional_only);
        let names: Vec<&str> = named.map(|p| p.name).collect();
        self.heap.births.quiet += 1;
        let tuple = self.new_unfilled_tuple(names.len());
        self.heap.births.quiet -= 1;
        self.parsers.insert(fname.to_string(), tuple);
        for (i, name) in names.into_iter().enumerate() {
            let name = self.intern(name);
            self.set_result_item(tuple, i, name);
        }
    }

    fn too_many<const N: usize, T>(
        &mut self,
        fname: &str,
        args: Args,
        params: &[Param; N],
        max: usize,
    ) -> PyResult<T> {
        let min = params
            .iter()
            .filter(|p| p.required && !p.keyword_only)
            .count();
        let all_positional_only = params.iter().all(|p| p.positional_only);
        let given = args.len() + args.kw_len(self);
        let message = if all_positional_only {
            let bound = if min == max { "exactly" } else { "at most" };
            let s = if max == 1 { "" } else { "s" };
            if min == max {
                format!("{fname} expected {max} argument{s}, got {given}")
            } else {
                format!("{fname} expected {bound} {max} argument{s}, got {given}")
            }
        } else {
            let bound = if min == max { "exactly" } else { "at most" };
            let kind = if params.len() == max {
                ""
            } else {
                "positional "
            };
            let s = if max == 1 { "" } else { "s" };
            if max == 0 {
                format!("{fname}() takes no positional arguments")
            } else {
                format!("{fname}() takes {bound} {max} {kind}argument{s} ({given} given)")
            }
        };
        self.raise(self.types.type_error, message)
    }

    fn check_missing<const N: usize>(
        &mut self,
        fname: &str,
        args: Args,
        params: &[Param; N],
        out: &[Obj; N],
    ) -> PyResult<()> {
        for (i, param) in params.iter().enumerate() {
            if !param.required || !out[i].is_null() {
                continue;
            }
            if params.iter().all(|p| p.positional_only) {
                let min = params.iter().filter(|p| p.required).count();
                let bound = if min == N { "" } else { "at least " };
                let s = if min == 1 { "" } else { "s" };
                let given = args.len();
                return self.raise(
                    self.types.type_error,
                    format!("{fname} expected {bound}{min} argument{s}, got {given}"),
                );
            }
            let (name, at) = (param.name, i + 1);
            return self.raise(
                self.types.type_error,
                format!("{fname}() missing required argument '{name}' (pos {at})"),
            );
        }
        Ok(())
    }
}
