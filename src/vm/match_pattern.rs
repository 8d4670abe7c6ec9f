//! What `match` statements need: mapping and class patterns (`match_keys`, `match_class` of `Python/ceval.c`).
//!
//! Invariant: values found so far are on the machine's stack while the next attribute or key is asked for.

use super::{Machine, PyResult};
use crate::heap::{NULL, Obj};

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
        let found = self.hold_values(get, seen, dummy, &keys);
        self.finish_match(mark, 3, found)
    }

    /// Puts the values of the keys on the machine's stack; false if one is missing.
    fn hold_values(&mut self, get: Obj, seen: Obj, dummy: Obj, keys: &[Obj]) -> PyResult<bool> {
        for key in keys {
            if self.contains(seen, *key)? {
                let text = self.repr_text(*key)?;
                return self.value_error(&format!("mapping pattern checks duplicate key ({text})"));
            }
            self.set_add(seen, *key)?;
            let value = self.call(get, &[*key, dummy])?;
            self.hold(value);
            if value == dummy {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A tuple of what lies above the `skip` first entries since the mark, or None; everything held is let go of.
    fn finish_match(&mut self, mark: usize, skip: usize, found: PyResult<bool>) -> PyResult<Obj> {
        let result = match found {
            Ok(true) => {
                let values = self.stack[mark + skip..self.top].to_vec();
                Ok(self.new_tuple_of(&values))
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
        // A place for `__match_args__`, so that the attributes lie together above it.
        self.hold(NULL);
        let mut found = self.hold_positional(subject, class, seen, positional, mark + 1);
        if let Ok(true) = found {
            let names = self
                .heap
                .tuple(names)
                .map(<[Obj]>::to_vec)
                .unwrap_or_default();
            found = self.hold_attributes(subject, class, seen, &names);
        }
        self.finish_match(mark, 2, found)
    }

    fn hold_positional(
        &mut self,
        subject: Obj,
        class: Obj,
        seen: Obj,
        count: usize,
        place: usize,
    ) -> PyResult<bool> {
        if count == 0 {
            return Ok(true);
        }
        let args = self.lookup_attr(class, self.names.__match_args__)?;
        let name = self.class_name(class);
        let matches_itself = args.is_none() && self.matches_itself(class);
        let mut wanted = Vec::new();
        if let Some(args) = args {
            self.stack[place] = args;
            if self.heap.ty(args) != self.types.tuple {
                let got = self.type_name(args);
                return self
                    .type_error(format!("{name}.__match_args__ must be a tuple (got {got})"));
            }
            wanted = self
                .heap
                .tuple(args)
                .map(<[Obj]>::to_vec)
                .unwrap_or_default();
        }
        let allowed = if matches_itself { 1 } else { wanted.len() };
        if allowed < count {
            let s = if allowed == 1 { "" } else { "s" };
            return self.type_error(format!(
                "{name}() accepts {allowed} positional sub-pattern{s} ({count} given)"
            ));
        }
        if matches_itself {
            self.hold_ref(subject);
            return Ok(true);
        }
        for attribute in &wanted[..count] {
            if self.heap.ty(*attribute) != self.types.str {
                let got = self.type_name(*attribute);
                return self.type_error(format!(
                    "__match_args__ elements must be strings (got {got})"
                ));
            }
            if !self.hold_attributes(subject, class, seen, &[*attribute])? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `match_class_attr` for each name.
    fn hold_attributes(
        &mut self,
        subject: Obj,
        class: Obj,
        seen: Obj,
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
            match self.lookup_attr(subject, *name)? {
                Some(value) => self.hold(value),
                None => return Ok(false),
            };
        }
        Ok(true)
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
