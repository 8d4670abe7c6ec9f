//! Arguments of a call as locals of a Python function: positions, keywords, defaults, and what is said when they do not fit
//! (`_PyEval_MakeFrameVector`).

use super::{Args, Machine, PyResult};
use crate::bytecode::code::flags;
use crate::heap::payload::{Code, Payload};
use crate::heap::{NULL, Obj};

impl Machine {
    /// Sorts arguments into parameters (`_PyEval_MakeFrameVector`).
    pub(super) fn bind_arguments(
        &mut self,
        func: Obj,
        code: &Code,
        base: usize,
        this: Obj,
        args: Args,
    ) -> PyResult<()> {
        let shift = usize::from(!this.is_null());
        let given = args.len() + shift;
        let argcount = code.argcount as usize;
        if given <= argcount
            && args.kwnames().is_null()
            && code.kwonly == 0
            && code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0
            && self.bind_plainly(func, argcount, base, this, args)
        {
            return Ok(());
        }
        let kwonly = code.kwonly as usize;
        let total = argcount + kwonly;
        let has_varargs = code.flags & flags::VARARGS != 0;
        let kwdict = if code.flags & flags::VARKEYWORDS != 0 {
            let dict = self.new_dict();
            self.stack[base + total + usize::from(has_varargs)] = dict;
            dict
        } else {
            NULL
        };
        for i in 0..given.min(argcount) {
            let value = if i < shift {
                this
            } else {
                args.get(self, i - shift)
            };
            self.heap.incref(value);
            self.stack[base + i] = value;
        }
        if has_varargs {
            let mut rest = Vec::with_capacity(given.saturating_sub(argcount));
            for i in argcount..given {
                let value = if i < shift {
                    this
                } else {
                    args.get(self, i - shift)
                };
                self.heap.incref(value);
                rest.push(value);
            }
            let rest = self.new_tuple(rest);
            self.stack[base + total] = rest;
        }
        if !args.kwnames().is_null() {
            self.bind_keywords(func, code, base, args, kwdict)?;
        }
        if given > argcount && !has_varargs {
            return self.too_many_positional(func, code, base, given);
        }
        self.fill_defaults(func, code, base, given)
    }

    /// Positional arguments, and defaults for the parameters without one. False, with nothing done, if there are not enough.
    #[inline]
    pub(super) fn bind_plainly(
        &mut self,
        func: Obj,
        argcount: usize,
        base: usize,
        this: Obj,
        args: Args,
    ) -> bool {
        let shift = usize::from(!this.is_null());
        let given = args.len() + shift;
        let missing = argcount - given;
        if missing > 0 {
            let Payload::Func(f) = self.heap.payload(func) else {
                return false;
            };
            if f.defaults.is_null() {
                return false;
            }
            let Some(defaults) = self.heap.tuple(f.defaults) else {
                return false;
            };
            let Some(skipped) = defaults.len().checked_sub(missing) else {
                return false;
            };
            self.stack[base + given..base + argcount].copy_from_slice(&defaults[skipped..]);
        }
        if shift == 1 {
            self.stack[base] = this;
        }
        for i in shift..given {
            self.stack[base + i] = args.get(self, i - shift);
        }
        for i in base..base + argcount {
            self.heap.incref(self.stack[i]);
        }
        true
    }

    pub(super) fn bind_keywords(
        &mut self,
        func: Obj,
        code: &Code,
        base: usize,
        args: Args,
        kwdict: Obj,
    ) -> PyResult<()> {
        let total = (code.argcount + code.kwonly) as usize;
        for k in 0..args.kw_len(self) {
            let (name, value) = args.keyword(self, k);
            let from = code.posonly as usize;
            let same = |vm: &Machine, a: Obj| a == name || vm.heap.str(a) == vm.heap.str(name);
            let found = (from..total)
                .find(|i| code.varnames[*i] == name)
                .or_else(|| (from..total).find(|i| same(self, code.varnames[*i])));
            match found {
                Some(i) if self.stack[base + i].is_null() => {
                    self.heap.incref(value);
                    self.stack[base + i] = value;
                }
                Some(_) => {
                    let (fname, name) = (self.func_qualname(func), self.text(name));
                    return self.type_error(format!(
                        "{fname}() got multiple values for argument '{name}'"
                    ));
                }
                None if !kwdict.is_null() => self.dict_set(kwdict, name, value)?,
                None => return self.unexpected_keyword(func, code, args, name),
            }
        }
        Ok(())
    }

    #[cold]
    pub(super) fn unexpected_keyword(
        &mut self,
        func: Obj,
        code: &Code,
        args: Args,
        name: Obj,
    ) -> PyResult<()> {
        let fname = self.func_qualname(func);
        let posonly: Vec<String> = code.varnames[..code.posonly as usize]
            .iter()
            .map(|n| self.text(*n))
            .collect();
        let wrong: Vec<String> = args
            .keywords(self)
            .iter()
            .map(|k| self.text(k.0))
            .filter(|n| posonly.contains(n))
            .collect();
        if !wrong.is_empty() {
            // In the order of the parameters, as CPython lists them.
            let list: Vec<String> = posonly.into_iter().filter(|n| wrong.contains(n)).collect();
            let list = list.join(", ");
            return self.type_error(format!(
                "{fname}() got some positional-only arguments passed as keyword arguments: '{list}'"
            ));
        }
        let name = self.text(name);
        self.type_error(format!(
            "{fname}() got an unexpected keyword argument '{name}'"
        ))
    }

    pub fn func_qualname(&self, func: Obj) -> String {
        match self.heap.payload(func) {
            Payload::Func(f) => self.text(f.qualname),
            _ => String::new(),
        }
    }

    #[cold]
    pub(super) fn too_many_positional(
        &mut self,
        func: Obj,
        code: &Code,
        base: usize,
        given: usize,
    ) -> PyResult<()> {
        let fname = self.func_qualname(func);
        let argcount = code.argcount as usize;
        let kwonly_given = (argcount..argcount + code.kwonly as usize)
            .filter(|i| !self.stack[base + *i].is_null())
            .count();
        let Payload::Func(f) = self.heap.payload(func) else {
            return Ok(());
        };
        let defaults = if f.defaults.is_null() {
            0
        } else {
            self.heap.tuple(f.defaults).map_or(0, <[Obj]>::len)
        };
        let plural = if defaults > 0 { true } else { argcount != 1 };
        let takes = if defaults > 0 {
            format!("from {} to {argcount}", argcount - defaults)
        } else {
            argcount.to_string()
        };
        let s = if plural { "s" } else { "" };
        let kwonly = if kwonly_given > 0 {
            let (s1, s2) = (
                if given != 1 { "s" } else { "" },
                if kwonly_given != 1 { "s" } else { "" },
            );
            format!(" positional argument{s1} (and {kwonly_given} keyword-only argument{s2})")
        } else {
            String::new()
        };
        let were = if given == 1 && kwonly_given == 0 {
            "was"
        } else {
            "were"
        };
        self.type_error(format!(
            "{fname}() takes {takes} positional argument{s} but {given}{kwonly} {were} given"
        ))
    }

    pub(super) fn fill_defaults(
        &mut self,
        func: Obj,
        code: &Code,
        base: usize,
        given: usize,
    ) -> PyResult<()> {
        let argcount = code.argcount as usize;
        let Payload::Func(f) = self.heap.payload(func) else {
            return Ok(());
        };
        let (defaults, kwdefaults) = (f.defaults, f.kwdefaults);
        if given < argcount {
            let values: &[Obj] = match defaults.is_null() {
                true => &[],
                false => self.heap.tuple(defaults).unwrap_or_default(),
            };
            let first_default = argcount - values.len();
            let missing: Vec<usize> = (given..first_default)
                .filter(|i| self.stack[base + *i].is_null())
                .collect();
            if !missing.is_empty() {
                return self.missing_arguments(func, code, &missing, "positional");
            }
            let first = given.max(first_default);
            for i in first..argcount {
                if self.stack[base + i].is_null() {
                    let values = self.heap.tuple(defaults).unwrap_or_default();
                    let value = values[i - first_default];
                    self.heap.incref(value);
                    self.stack[base + i] = value;
                }
            }
        }
        let mut missing = Vec::new();
        for i in argcount..argcount + code.kwonly as usize {
            if !self.stack[base + i].is_null() {
                continue;
            }
            let value = if kwdefaults.is_null() {
                NULL
            } else {
                self.heap.dict_get_str(kwdefaults, code.varnames[i])
            };
            if value.is_null() {
                missing.push(i);
            } else {
                self.heap.incref(value);
                self.stack[base + i] = value;
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            self.missing_arguments(func, code, &missing, "keyword-only")
        }
    }

    #[cold]
    pub(super) fn missing_arguments(
        &mut self,
        func: Obj,
        code: &Code,
        missing: &[usize],
        kind: &str,
    ) -> PyResult<()> {
        let fname = self.func_qualname(func);
        // CPython collects the names in a list.
        self.reserve_list();
        self.give_back_list();
        let names: Vec<String> = missing
            .iter()
            .map(|i| format!("'{}'", self.text(code.varnames[*i])))
            .collect();
        let count = names.len();
        let list = match &names[..] {
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [init @ .., last] => format!("{}, and {last}", init.join(", ")),
            [] => String::new(),
        };
        let s = if count == 1 { "" } else { "s" };
        self.type_error(format!(
            "{fname}() missing {count} required {kind} argument{s}: {list}"
        ))
    }
}
