//! The order in which a class's attributes are looked up, and changes of its bases (`mro_internal`, `type_set_bases`).

use super::{Machine, PyResult};

use crate::heap::payload::Payload;
use crate::heap::{NULL, Obj};

impl Machine {
    /// Linearizes the bases (C3) and stores the MRO.
    pub(super) fn compute_mro(&mut self, class: Obj) -> PyResult<()> {
        self.order_class(class).map(drop)
    }

    /// `mro_internal`: false if a metaclass's `mro` has seen to the class's order itself.
    pub(super) fn order_class(&mut self, class: Obj) -> PyResult<bool> {
        let meta = self.heap.ty(class);
        let before = self.heap.class(class).mro;
        let custom = if meta == self.types.type_ {
            NULL
        } else {
            self.custom_mro_method(meta)
        };
        let order = if custom.is_null() {
            let order = self.linearize(class)?;
            if meta != self.types.type_ {
                // Asked by way of `type.mro`, which answers with a list.
                self.count_tuple(order.len());
                self.reserve_list();
                self.give_back_list();
            }
            order
        } else {
            self.xincref(before);
            self.hold(before);
            let asked = self.custom_order(class, custom);
            self.let_go(asked)?
        };
        if self.heap.class(class).mro != before {
            return Ok(false);
        }
        let tuple = self.new_tuple_of(&order);
        let old = std::mem::replace(&mut self.heap.class_mut(class).mro, tuple);
        self.xdecref(old);
        self.type_modified(class);
        Ok(true)
    }

    /// What a metaclass's `mro` says, checked (`mro_invoke`, `mro_check`).
    pub(super) fn custom_order(&mut self, class: Obj, custom: Obj) -> PyResult<Vec<Obj>> {
        let result = self.call(custom, &[class])?;
        let items = self.with_held(result, |vm, result| vm.collect_iterable(result))?;
        let solid = self.solid_base(class);
        let mut wrong = None;
        for item in &items {
            if !self.heap.is_class(*item) {
                let got = self.type_name(*item);
                wrong.get_or_insert(format!("mro() returned a non-class ('{got}')"));
            } else if !self.is_subtype(solid, self.solid_base(*item)) {
                let name = self.class_name(*item);
                wrong.get_or_insert(format!(
                    "mro() returned base with unsuitable layout ('{name}')"
                ));
            }
        }
        // Classes among them are kept alive by the bases; whatever else there is raises.
        for item in &items {
            self.decref(*item);
        }
        match wrong {
            Some(message) => self.type_error(message),
            None => Ok(items),
        }
    }

    /// Gives a class other bases, and it and its subclasses the order that follows (`type_set_bases`, `mro_hierarchy`). All
    /// borrowed; the bases are classes, none of them below this one. A metaclass's `mro` may do the same meanwhile: then its
    /// assignment is the one that holds.
    pub fn change_bases(&mut self, class: Obj, tuple: Obj, bases: &[Obj]) -> PyResult<()> {
        let base = self.best_base(bases)?;
        let old_base = self.heap.class(class).base;
        super::types::object::check_same_layout(self, old_base, base, "__bases__")?;
        let mark = self.mark();
        self.hold_ref(tuple);
        for o in [tuple, base] {
            self.heap.incref(o);
        }
        let c = self.heap.class_mut(class);
        let old_tuple = std::mem::replace(&mut c.bases, tuple);
        let old_base = std::mem::replace(&mut c.base, base);
        self.hold(old_tuple);
        self.hold(old_base);
        let ordered = self.reorder_hierarchy(class);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        let ours = self.heap.class(class).bases == tuple;
        if ordered.is_err() {
            if ours {
                for o in [old_tuple, old_base] {
                    self.heap.incref(o);
                }
                let c = self.heap.class_mut(class);
                c.bases = old_tuple;
                c.base = old_base;
                self.drop_keeping_exception(tuple);
                self.drop_keeping_exception(base);
            }
            self.release_raising(mark);
            return ordered;
        }
        if ours {
            self.move_subclass(class, old_tuple, bases)?;
            for one in self.with_descendants(class) {
                self.update_all_slots(one);
            }
        }
        self.release(mark);
        Ok(())
    }

    /// Sorts out the order of a class and of everything below it; all of it is undone if one of them cannot be ordered.
    pub(super) fn reorder_hierarchy(&mut self, class: Obj) -> PyResult<()> {
        let mark = self.mark();
        let mut changed: Vec<Obj> = Vec::new();
        let mut todo = vec![class];
        while let Some(one) = todo.pop() {
            let old = self.heap.class(one).mro;
            self.xincref(old);
            self.hold(old);
            match self.order_class(one) {
                Ok(true) => {
                    changed.push(one);
                    todo.extend(self.heap.class(one).subclasses.iter().rev());
                }
                Ok(false) => {
                    let old = self.unhold();
                    self.xdecref(old);
                }
                Err(super::Thrown::Interrupt) => return Err(super::Thrown::Interrupt),
                Err(thrown) => {
                    let saved = self.take_exception();
                    let olds = self.stack[mark..mark + changed.len()].to_vec();
                    for (one, old) in changed.iter().zip(olds).rev() {
                        self.xincref(old);
                        let new = std::mem::replace(&mut self.heap.class_mut(*one).mro, old);
                        self.xdecref(new);
                        self.type_modified(*one);
                    }
                    self.restore_exception(saved);
                    self.release_raising(mark);
                    return Err(thrown);
                }
            }
        }
        self.release(mark);
        Ok(())
    }

    /// A class and everything below it, a parent before its children.
    pub(super) fn with_descendants(&self, class: Obj) -> Vec<Obj> {
        let mut seen = std::collections::HashSet::from([class]);
        let mut open = vec![(class, self.heap.class(class).subclasses.clone())];
        let mut done = Vec::new();
        while let Some((at, below)) = open.last_mut() {
            match below.pop() {
                Some(one) if seen.insert(one) => {
                    open.push((one, self.heap.class(one).subclasses.clone()))
                }
                Some(_) => {}
                None => {
                    done.push(*at);
                    open.pop();
                }
            }
        }
        done.reverse();
        done
    }

    pub(super) fn move_subclass(
        &mut self,
        class: Obj,
        old_bases: Obj,
        bases: &[Obj],
    ) -> PyResult<()> {
        let olds = self
            .heap
            .tuple(old_bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for old in olds {
            self.remove_subclass(old, class);
        }
        bases.iter().try_for_each(|b| self.add_subclass(*b, class))
    }

    pub(super) fn custom_mro_method(&mut self, meta: Obj) -> Obj {
        let name = self.names.mro;
        let found = self.type_lookup(meta, name);
        if matches!(self.heap.payload(found), Payload::MethodDescr { .. }) {
            NULL
        } else {
            found
        }
    }

    /// `mro_implementation`
    pub fn linearize(&mut self, class: Obj) -> PyResult<Vec<Obj>> {
        let bases = self
            .heap
            .tuple(self.heap.class(class).bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        for base in &bases {
            if self.heap.class(*base).mro.is_null() {
                let name = self.class_name(*base);
                return self.type_error(format!("Cannot extend an incomplete type '{name}'"));
            }
        }
        for (i, base) in bases.iter().enumerate() {
            if bases[i + 1..].contains(base) {
                let name = self.class_dunder_name(*base);
                return self.type_error(format!("duplicate base class {name}"));
            }
        }
        let mut lists: Vec<Vec<Obj>> = bases
            .iter()
            .map(|b| {
                self.heap
                    .tuple(self.heap.class(*b).mro)
                    .map(<[Obj]>::to_vec)
                    .unwrap_or_default()
            })
            .collect();
        lists.push(bases);
        let mut order = vec![class];
        loop {
            lists.retain(|l| !l.is_empty());
            if lists.is_empty() {
                return Ok(order);
            }
            let next = lists
                .iter()
                .map(|l| l[0])
                .find(|c| !lists.iter().any(|l| l[1..].contains(c)));
            let Some(next) = next else {
                let mut left: Vec<Obj> = Vec::new();
                for list in &lists {
                    if !left.contains(&list[0]) {
                        left.push(list[0]);
                    }
                }
                let names: Vec<String> = left.iter().map(|c| self.class_dunder_name(*c)).collect();
                let names = names.join(", ");
                return self.type_error(format!(
                    "Cannot create a consistent method resolution\norder (MRO) for bases {names}"
                ));
            };
            order.push(next);
            for list in &mut lists {
                if list[0] == next {
                    list.remove(0);
                }
            }
        }
    }
}
