//! What instances of a new class are made of: the solid base, `__dict__`, `__weakref__`, `__slots__` (`best_base`, the first half of `type_new`).

use super::types::type_facts;
use super::{Machine, PyResult};
use crate::heap::payload::class::Layout;

use crate::heap::{NULL, Obj};

/// What `__slots__` and the bases decide about instances.
pub(super) struct LayoutPlan {
    pub(super) add_dict: bool,
    pub(super) add_weak: bool,
    /// Mangled names, sorted as CPython sorts them.
    pub(super) slots: Vec<Obj>,
    pub(super) ht_slots: Obj,
}

impl Machine {
    /// The base whose instances' layout the new class extends (`best_base`).
    pub(super) fn best_base(&mut self, bases: &[Obj]) -> PyResult<Obj> {
        let mut winner = NULL;
        let mut best = NULL;
        for base in bases {
            if !self.heap.is_class(*base) {
                return self.type_error("bases must be types".to_string());
            }
            if !self.heap.class(*base).flags.base_type {
                let name = self.class_name(*base);
                return self.type_error(format!("type '{name}' is not an acceptable base type"));
            }
            let candidate = self.solid_base(*base);
            if winner.is_null() || self.is_subtype(candidate, winner) && candidate != winner {
                winner = candidate;
                best = *base;
            } else if !self.is_subtype(winner, candidate) {
                return self
                    .type_error("multiple bases have instance lay-out conflict".to_string());
            }
        }
        Ok(best)
    }

    /// The nearest class up the chain of `tp_base` that adds something to the layout of instances, but for a dict and weak
    /// references at their end (`solid_base`).
    pub(super) fn solid_base(&self, class: Obj) -> Obj {
        let base = self.heap.class(class).base;
        if base.is_null() {
            return class;
        }
        let solid = self.solid_base(base);
        if self.has_extra_fields(class, solid) {
            class
        } else {
            solid
        }
    }

    /// Whether instances of a class have more than those of a class above it (`extra_ivars`).
    fn has_extra_fields(&self, class: Obj, base: Obj) -> bool {
        let (this, above) = (type_facts::of(self, class), type_facts::of(self, base));
        if this.item_size != 0 || above.item_size != 0 {
            return this.basic_size != above.basic_size || this.item_size != above.item_size;
        }
        let mut size = this.basic_size;
        if self.heap.class(class).flags.heap_type {
            let pairs = [
                (this.weaklist_offset, above.weaklist_offset),
                (this.dict_offset, above.dict_offset),
            ];
            for (own, theirs) in pairs {
                if own != 0 && theirs == 0 && own + type_facts::WORD == size {
                    size -= type_facts::WORD;
                }
            }
        }
        size != above.basic_size
    }

    pub(super) fn plan_layout(
        &mut self,
        name: Obj,
        base: Obj,
        bases: &[Obj],
        dict: Obj,
    ) -> PyResult<LayoutPlan> {
        let base_class = self.heap.class(base);
        let may_add_dict = !base_class.flags.has_dict;
        let itemsize = matches!(
            base_class.layout,
            Layout::Int | Layout::Tuple | Layout::Bytes
        );
        let may_add_weak = !base_class.flags.has_weakrefs && !itemsize;
        let slots = self.heap.dict_get_str(dict, self.names.__slots__);
        if slots.is_null() {
            return Ok(LayoutPlan {
                add_dict: may_add_dict,
                add_weak: may_add_weak,
                slots: Vec::new(),
                ht_slots: NULL,
            });
        }
        let items = if self.heap.str(slots).is_some() {
            self.heap.incref(slots);
            vec![slots]
        } else {
            self.collect_iterable(slots)?
        };
        let one = self.heap.str(slots).is_some();
        if one {
            // It is put into a tuple first.
            self.reserve_tuple(1);
        }
        let ht_slots = self.new_tuple(items.clone());
        if one {
            self.give_back_tuple(1);
        }
        // The names are sorted in a list.
        let parked = self.park(&[ht_slots]);
        if !self.heap.free_lists.take_list() {
            self.count_allocation();
        }
        self.unpark(parked);
        if !self.heap.free_lists.put_list() {
            self.count_deallocation();
        }
        let result = self.plan_slots(
            name,
            base,
            bases,
            dict,
            &items,
            (may_add_dict, may_add_weak, itemsize),
        );
        match result {
            Ok(mut plan) => {
                plan.ht_slots = ht_slots;
                Ok(plan)
            }
            Err(thrown) => {
                let saved = self.take_exception();
                self.decref(ht_slots);
                self.restore_exception(saved);
                Err(thrown)
            }
        }
    }

    pub(super) fn plan_slots(
        &mut self,
        name: Obj,
        base: Obj,
        bases: &[Obj],
        dict: Obj,
        items: &[Obj],
        may: (bool, bool, bool),
    ) -> PyResult<LayoutPlan> {
        let (may_add_dict, may_add_weak, itemsize) = may;
        if !items.is_empty() && itemsize {
            let base = self.class_name(base);
            return self.type_error(format!(
                "nonempty __slots__ not supported for subtype of '{base}'"
            ));
        }
        let mut plan = LayoutPlan {
            add_dict: false,
            add_weak: false,
            slots: Vec::new(),
            ht_slots: NULL,
        };
        let class_name = self.text(name);
        let mut names = Vec::new();
        for item in items {
            let Some(text) = self.heap.str(*item).map(|s| s.lossy()) else {
                let got = self.type_name(*item);
                return self.type_error(format!("__slots__ items must be strings, not '{got}'"));
            };
            if !is_identifier(&text) {
                return self.type_error("__slots__ must be identifiers".to_string());
            }
            match text.as_str() {
                "__dict__" if !may_add_dict || plan.add_dict => {
                    return self
                        .type_error("__dict__ slot disallowed: we already got one".to_string());
                }
                "__dict__" => plan.add_dict = true,
                "__weakref__" if !may_add_weak || plan.add_weak => {
                    return self.type_error("__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0".to_string());
                }
                "__weakref__" => plan.add_weak = true,
                _ => {
                    let mangled = mangle(&class_name, &text);
                    if !self.dict_get_name(dict, &mangled).is_null()
                        && mangled != "__qualname__"
                        && mangled != "__classcell__"
                    {
                        return self.value_error(&format!(
                            "'{mangled}' in __slots__ conflicts with class variable"
                        ));
                    }
                    names.push(mangled);
                }
            }
        }
        names.sort();
        plan.slots = names.iter().map(|n| self.intern(n)).collect();
        // A second base may bring a dict or weak references along.
        for other in bases.iter().filter(|b| **b != base) {
            let flags = self.heap.class(*other).flags;
            plan.add_dict |= may_add_dict && flags.has_dict;
            plan.add_weak |= may_add_weak && flags.has_weakrefs;
        }
        Ok(plan)
    }
}

/// Private names are mangled with the class's name (`_Py_Mangle`).
fn mangle(class: &str, name: &str) -> String {
    let stripped = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') || stripped.is_empty()
    {
        return name.to_string();
    }
    format!("_{stripped}{name}")
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}
