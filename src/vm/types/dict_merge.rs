//! Merging into dicts: `dict(...)`, `update`, `{**x}`, `f(**x)` (`dict_merge`, `PyDict_MergeFromSeq2` of
//! `Objects/dictobject.c`; `DICT_UPDATE`, `DICT_MERGE`, `format_kwargs_error` of `Python/ceval.c`).

use crate::heap::{Obj, Payload};
use crate::vm::{Args, Machine, PyResult, Thrown};

/// What happens with a key that is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Override {
    Replace,
    /// KeyError: a keyword argument given twice.
    Refuse,
}

impl Machine {
    /// `dict.update(*args, **kwargs)` (`dict_update_common`).
    pub fn dict_update_args(&mut self, dict: Obj, name: &str, args: Args) -> PyResult<()> {
        if args.len() > 1 {
            let given = args.len();
            return self.type_error(format!("{name} expected at most 1 argument, got {given}"));
        }
        if args.len() == 1 {
            let source = args.get(self, 0);
            self.dict_update_arg(dict, source)?;
        }
        for i in 0..args.kw_len(self) {
            let (key, value) = args.keyword(self, i);
            self.dict_set(dict, key, value)?;
        }
        Ok(())
    }

    /// A mapping is what has `keys`; anything else must give pairs (`dict_update_arg`).
    pub fn dict_update_arg(&mut self, dict: Obj, source: Obj) -> PyResult<()> {
        if self.heap.ty(source) == self.types.dict {
            return self.dict_merge(dict, source, Override::Replace);
        }
        match self.lookup_attr(source, self.names.keys)? {
            Some(keys) => {
                self.decref(keys);
                self.dict_merge(dict, source, Override::Replace)
            }
            None => self.dict_merge_pairs(dict, source),
        }
    }

    /// `PyDict_Update`: the other must be a mapping.
    pub fn dict_update(&mut self, dict: Obj, other: Obj) -> PyResult<()> {
        self.dict_merge(dict, other, Override::Replace)
    }

    fn dict_merge(&mut self, dict: Obj, other: Obj, mode: Override) -> PyResult<()> {
        if self.heap.is_dict(other) && self.iterates_as_dict(other) {
            return self.dict_merge_dict(dict, other, mode);
        }
        let keys = self.mapping_keys(other)?;
        let mark = self.mark();
        self.hold(keys);
        let result = self.each_item(keys, |vm, key| {
            if mode == Override::Refuse && vm.contains(dict, key)? {
                return vm.raise_key_error(key);
            }
            let value = vm.get_item(other, key)?;
            vm.hold(value);
            let result = vm.dict_set(dict, key, value);
            vm.drop_held();
            result.map(|()| true)
        });
        self.releasing(mark, result)
    }

    /// A subclass of dict with an `__iter__` of its own is asked like any mapping.
    fn iterates_as_dict(&self, o: Obj) -> bool {
        let plain = super::dict_iter::iter_keys as crate::vm::slots::UnaryFn;
        self.slots_of(o).tp_iter.is_some_and(|f| std::ptr::fn_addr_eq(f, plain))
    }

    fn dict_merge_dict(&mut self, dict: Obj, other: Obj, mode: Override) -> PyResult<()> {
        if dict == other || self.heap.dict_len(other) == 0 {
            return Ok(());
        }
        // Nothing can be there already in an empty dict.
        let empty = self.heap.dict_len(dict) == 0;
        let mode = if empty { Override::Replace } else { mode };
        if empty && matches!(self.heap.base(other), Payload::Dict(d) if d.is_just_allocated()) {
            self.track_as(dict, other);
        }
        let end = self.heap.dict_end(other);
        let mut at = 0;
        while at < end
            && let Some((next, key, value)) = self.heap.dict_next(other, at)
        {
            let hash = self.heap.dict_next_key(other, at).map_or(0, |n| n.2);
            at = next;
            let mark = self.mark();
            self.hold_ref(key);
            self.hold_ref(value);
            let result = self.merge_entry(dict, key, hash, value, mode);
            if self.interrupt.is_some() {
                return Err(Thrown::Interrupt);
            }
            self.release_raising(mark);
            result?;
            if self.heap.dict_end(other) != end {
                return self.raise(self.types.runtime_error, "dict mutated during update".to_string());
            }
        }
        Ok(())
    }

    fn merge_entry(&mut self, dict: Obj, key: Obj, hash: i64, value: Obj, mode: Override) -> PyResult<()> {
        if mode == Override::Refuse && self.dict_find(dict, key, hash)?.is_some() {
            return self.raise_key_error(key);
        }
        self.dict_set_hashed(dict, key, hash, value)
    }

    /// `PyMapping_Keys`: a list of the keys; owned.
    pub fn mapping_keys(&mut self, mapping: Obj) -> PyResult<Obj> {
        self.mapping_list(mapping, "keys")
    }

    /// `method_output_as_list`
    pub fn mapping_list(&mut self, mapping: Obj, method: &str) -> PyResult<Obj> {
        let output = self.call_method(mapping, method, &[])?;
        self.hold(output);
        let iterator = match self.get_iter(output) {
            Err(_) if self.pending_matches(self.types.type_error) => {
                let (ty, out) = (self.type_name(mapping), self.type_name(output));
                self.clear_exception();
                self.type_error(format!("{ty}.{method}() returned a non-iterable (type {out})"))
            }
            other => other,
        };
        self.drop_held();
        let iterator = iterator?;
        self.hold(iterator);
        let items = self.collect_iterable(iterator);
        let items = self.let_go(items)?;
        Ok(self.new_list(items))
    }

    /// Pairs from an iterable (`PyDict_MergeFromSeq2`).
    fn dict_merge_pairs(&mut self, dict: Obj, source: Obj) -> PyResult<()> {
        let mut n = 0;
        self.each_item(source, |vm, item| {
            let fast = vm.pair_sequence(item, n)?;
            vm.hold(fast);
            let result = vm.merge_pair(dict, fast, n);
            vm.drop_held();
            n += 1;
            result.map(|()| true)
        })
    }

    /// The item itself if it is a list or tuple, else a list of what it gives (`PySequence_Fast`); owned.
    fn pair_sequence(&mut self, item: Obj, n: usize) -> PyResult<Obj> {
        if self.heap.list(item).is_some() || self.heap.tuple(item).is_some() {
            return Ok(self.new_ref(item));
        }
        match self.collect_iterable(item) {
            Ok(items) => Ok(self.new_list(items)),
            Err(_) if self.pending_matches(self.types.type_error) => {
                self.clear_exception();
                self.type_error(format!("cannot convert dictionary update sequence element #{n} to a sequence"))
            }
            Err(thrown) => Err(thrown),
        }
    }

    fn merge_pair(&mut self, dict: Obj, fast: Obj, n: usize) -> PyResult<()> {
        let items = self.heap.list(fast).map(Vec::as_slice).or_else(|| self.heap.tuple(fast)).unwrap_or(&[]);
        let &[key, value] = items else {
            let len = items.len();
            return self.value_error(&format!("dictionary update sequence element #{n} has length {len}; 2 is required"));
        };
        let mark = self.mark();
        self.hold_ref(key);
        self.hold_ref(value);
        let result = self.dict_set(dict, key, value);
        self.releasing(mark, result)
    }

    /// `DICT_UPDATE`: `{**other}`.
    pub fn dict_update_op(&mut self, dict: Obj, other: Obj) -> PyResult<()> {
        match self.dict_update(dict, other) {
            Err(_) if self.pending_matches(self.types.attribute_error) => {
                let ty = self.type_name(other);
                self.clear_exception();
                self.type_error(format!("'{ty}' object is not a mapping"))
            }
            result => result,
        }
    }

    /// `DICT_MERGE`: `callable(**other)`.
    pub fn dict_merge_op(&mut self, dict: Obj, other: Obj, callable: Obj) -> PyResult<()> {
        let Err(thrown) = self.dict_merge(dict, other, Override::Refuse) else { return Ok(()) };
        if self.pending_matches(self.types.attribute_error) {
            self.clear_exception();
            let function = self.function_str(callable);
            let ty = self.type_name(other);
            return self.type_error(format!("{function} argument after ** must be a mapping, not {ty}"));
        }
        if self.pending_matches(self.types.key_error)
            && let Some(key) = self.pending_key()
        {
            self.hold_ref(key);
            self.clear_exception();
            let message = self.repeated_keyword(callable, key);
            let message = self.let_go(message)?;
            return self.type_error(message);
        }
        Err(thrown)
    }

    fn repeated_keyword(&mut self, callable: Obj, key: Obj) -> PyResult<String> {
        let function = self.function_str(callable);
        let text = self.str_of(key)?;
        let name = self.text(text);
        self.decref(text);
        Ok(format!("{function} got multiple values for keyword argument '{name}'"))
    }

    /// The key that a KeyError in flight is about, borrowed, if it is exactly one and nobody has made the exception yet: one that
    /// Python code raised is not about keywords.
    fn pending_key(&mut self) -> Option<Obj> {
        use crate::vm::exception::PendingValue;
        let PendingValue::Arguments(args) = self.pending.as_ref()?.value else {
            return None;
        };
        match self.heap.tuple(args.some()?) {
            Some(&[key]) => Some(key),
            _ => None,
        }
    }
}
