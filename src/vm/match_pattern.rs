//! What `match` statements need: mapping and class patterns (`match_keys`, `match_class` of `Python/ceval.c`).
//!
//! Invariant: values found so far are on the machine's stack while the next attribute or key is asked for.

use super::{Machine, PyResult};
use crate::heap::Obj;
use crate::heap::payload::Payload;

impl Machine {
    /// The values of the keys as a tuple, or None if one is missing.
    pub(super) fn match_keys(&mut self, subject: Obj, keys: Obj) -> PyResult<Obj> {
        let keys = self
            .heap
            .tuple(keys)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        if keys.is_empty() {
            return Ok(self.new_tuple(Vec::new()));
        }
        let mark = self.mark();
        let get = self.get_attr_str(subject, "get")?;
        self.hold(get);
        let seen = self.new_set(self.types.set);
        self.hold(seen);
        let dummy = self.alloc_named(self.types.object, crate::heap::Payload::Object);
        self.hold(dummy);
        let values = self.new_list(Vec::new());
        self.hold(values);
        let found = self.add_values(get, seen, dummy, values, &keys);
        self.finish_match(mark, values, found)
    }

    /// Adds the values of the keys to a list; false if one is missing.
    fn add_values(
        &mut self,
        get: Obj,
        seen: Obj,
        dummy: Obj,
        values: Obj,
        keys: &[Obj],
    ) -> PyResult<bool> {
        for key in keys {
            if self.contains(seen, *key)? {
                let text = self.repr_text(*key)?;
                return self.value_error(&format!("mapping pattern checks duplicate key ({text})"));
            }
            self.set_add(seen, *key)?;
            let value = self.call(get, &[*key, dummy])?;
            if value == dummy {
                self.decref(value);
                return Ok(false);
            }
            self.list_push(values, value);
        }
        Ok(true)
    }

    /// A tuple of a list's values, or None; everything held is let go of.
    fn finish_match(&mut self, mark: usize, values: Obj, found: PyResult<bool>) -> PyResult<Obj> {
        let result = match found {
            Ok(true) => {
                let values = self.heap.list(values).map(|items| items.to_vec());
                Ok(self.new_tuple_of(&values.unwrap_or_default()))
            }
            Ok(false) => Ok(self.new_none()),
            Err(thrown) => Err(thrown),
        };
        self.releasing(mark, result)
    }

    /// The attributes a class pattern asks for as a tuple, or None if the subject does not match.
    pub(super) fn match_class(
        &mut self,
        subject: Obj,
        class: Obj,
        positional: usize,
        names: Obj,
    ) -> PyResult<Obj> {
        if !self.heap.is_class(class) {
            return self.type_error("called match pattern must be a type".to_string());
        }
        if !self.is_instance(subject, class)? {
            return Ok(self.new_none());
        }
        let mark = self.mark();
        let seen = self.new_set(self.types.set);
        self.hold(seen);
        let values = self.new_list(Vec::new());
        self.hold(values);
        let mut found = self.add_positional(subject, class, seen, positional, values);
        if let Ok(true) = found {
            let names = self
                .heap
                .tuple(names)
                .map(<[Obj]>::to_vec)
                .unwrap_or_default();
            found = self.add_attributes(subject, class, seen, values, &names);
        }
        self.finish_match(mark, values, found)
    }

    fn add_positional(
        &mut self,
        subject: Obj,
        class: Obj,
        seen: Obj,
        count: usize,
        values: Obj,
    ) -> PyResult<bool> {
        if count == 0 {
            return Ok(true);
        }
        let args = self.attr_or_none(class, self.names.__match_args__)?;
        let Some(args) = args else {
            let itself = self.matches_itself(class);
            self.check_positional_patterns(class, usize::from(itself), count)?;
            self.heap.incref(subject);
            self.list_push(values, subject);
            return Ok(true);
        };
        self.with_held(args, |vm, args| {
            vm.add_wanted(subject, class, seen, values, args, count)
        })
    }

    /// The first `count` of the attributes that `__match_args__` names.
    fn add_wanted(
        &mut self,
        subject: Obj,
        class: Obj,
        seen: Obj,
        values: Obj,
        args: Obj,
        count: usize,
    ) -> PyResult<bool> {
        if self.heap.ty(args) != self.types.tuple {
            let (name, got) = (self.class_name(class), self.type_name(args));
            return self.type_error(format!("{name}.__match_args__ must be a tuple (got {got})"));
        }
        let wanted = self
            .heap
            .tuple(args)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        self.check_positional_patterns(class, wanted.len(), count)?;
        for attribute in &wanted[..count] {
            if self.heap.ty(*attribute) != self.types.str {
                let got = self.type_name(*attribute);
                return self.type_error(format!(
                    "__match_args__ elements must be strings (got {got})"
                ));
            }
            if !self.add_attributes(subject, class, seen, values, &[*attribute])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `match_class_attr` for each name.
    fn add_attributes(
        &mut self,
        subject: Obj,
        class: Obj,
        seen: Obj,
        values: Obj,
        names: &[Obj],
    ) -> PyResult<bool> {
        for name in names {
            if self.contains(seen, *name)? {
                let (class, text) = (self.class_name(class), self.repr_text(*name)?);
                return self.type_error(format!(
                    "{class}() got multiple sub-patterns for attribute {text}"
                ));
            }
            self.set_add(seen, *name)?;
            match self.attr_or_none(subject, *name)? {
                Some(value) => self.list_push(values, value),
                None => return Ok(false),
            };
        }
        Ok(true)
    }

    fn check_positional_patterns(
        &mut self,
        class: Obj,
        allowed: usize,
        count: usize,
    ) -> PyResult<()> {
        if allowed >= count {
            return Ok(());
        }
        let name = self.class_name(class);
        let s = if allowed == 1 { "" } else { "s" };
        self.type_error(format!(
            "{name}() accepts {allowed} positional sub-pattern{s} ({count} given)"
        ))
    }

    /// Adds a value to a list that nobody else changes; takes the value over.
    pub(super) fn list_push(&mut self, list: Obj, value: Obj) {
        if let Payload::List(items) = self.heap.base_mut(list) {
            items.push(value);
        }
    }

    /// `Py_TPFLAGS_MATCH_SELF`: one positional pattern stands for the subject itself.
    fn matches_itself(&self, class: Obj) -> bool {
        let t = &self.types;
        let own = [
            t.bool,
            t.bytearray,
            t.bytes,
            t.dict,
            t.float,
            t.frozenset,
            t.int,
            t.list,
            t.set,
            t.str,
            t.tuple,
        ];
        own.iter().any(|base| self.is_subtype(class, *base))
    }

    /// A dict of the mapping's items that a `**rest` pattern binds.
    pub(super) fn copy_dict_without_keys(&mut self, subject: Obj, keys: Obj) -> PyResult<Obj> {
        let rest = self.new_dict();
        self.hold(rest);
        let result = self.fill_rest(rest, subject, keys);
        match result {
            Ok(()) => Ok(self.unhold()),
            Err(thrown) => {
                let mark = self.top - 1;
                self.releasing(mark, Err(thrown))
            }
        }
    }

    fn fill_rest(&mut self, rest: Obj, subject: Obj, keys: Obj) -> PyResult<()> {
        self.dict_update_op(rest, subject)?;
        let keys = self
            .heap
            .tuple(keys)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for key in keys {
            self.del_item(rest, key)?;
        }
        Ok(())
    }
}
