//! The `class` statement: metaclass, namespace and body (`__build_class__`).

use std::rc::Rc;

use super::{Args, Machine, PyResult};

use crate::heap::payload::Payload;
use crate::heap::{NULL, Obj};

impl Machine {
    /// LOAD_BUILD_CLASS
    pub(super) fn load_build_class(&mut self) -> PyResult<Obj> {
        let builtins = self.frames.last().map_or(NULL, |f| f.builtins);
        let name = self.names.__build_class__;
        match self.namespace_get(builtins, name)? {
            Some(found) => Ok(found),
            None => self.name_error(name, "__build_class__ not found".to_string()),
        }
    }

    /// `__build_class__(func, name, *bases, metaclass=None, **kwds)`
    pub fn build_class(&mut self, args: Args) -> PyResult<Obj> {
        if args.len() < 2 {
            return self.type_error("__build_class__: not enough arguments".to_string());
        }
        let (func, name) = (args.get(self, 0), args.get(self, 1));
        if !matches!(self.heap.payload(func), Payload::Func(_)) {
            return self.type_error("__build_class__: func must be a function".to_string());
        }
        if self.heap.str(name).is_none() {
            return self.type_error("__build_class__: name is not a string".to_string());
        }
        let mark = self.mark();
        let result = self.build_class_held(func, name, args);
        // The namespace's own finaliser may run while the class is on its way.
        let result = self.releasing(mark, result);
        if self.interrupt.is_some() {
            return Err(super::Thrown::Interrupt);
        }
        result
    }

    pub(super) fn build_class_held(&mut self, func: Obj, name: Obj, args: Args) -> PyResult<Obj> {
        let orig_bases: Vec<Obj> = args.to_vec(self)[2..].to_vec();
        let orig = self.new_tuple_of(&orig_bases);
        self.hold(orig);
        let bases = self.update_bases(orig, &orig_bases)?;
        let changed = bases.is_some();
        let bases = match bases {
            Some(bases) => {
                let t = self.new_tuple(bases);
                self.hold(t)
            }
            None => orig,
        };
        let base_list = self
            .heap
            .tuple(bases)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        let kwds = args.keywords(self);
        let given = kwds.iter().find(|(k, _)| self.text(*k) == "metaclass");
        let mut meta = match given {
            Some((_, meta)) => *meta,
            None if base_list.is_empty() => self.types.type_,
            None => self.heap.ty(base_list[0]),
        };
        // The dict is there even if `metaclass` was all that was in it.
        let mut keywords = NULL;
        let metaclass = given.map(|(name, _)| *name);
        if !kwds.is_empty() {
            keywords = self.new_dict();
            self.hold(keywords);
            for (name, value) in kwds {
                self.dict_set_str(keywords, name, value);
            }
        }
        if let Some(name) = metaclass {
            self.dict_delete_str(keywords, name);
        }
        let is_class = self.heap.is_class(meta);
        if is_class {
            meta = self.calculate_metaclass(meta, &base_list)?;
        }
        let namespace = self.prepare_namespace(meta, is_class, name, bases, keywords)?;
        self.hold(namespace);
        let cell = self.run_class_body(func, namespace)?;
        self.hold(cell);
        if changed {
            self.set_item(namespace, self.names.__orig_bases__, orig)?;
        }
        let class = self.call_with_held_dict(meta, &[name, bases, namespace], keywords)?;
        if let Payload::Cell(contents) = self.heap.payload(cell)
            && self.heap.is_class(class)
        {
            let contents = *contents;
            if contents != class {
                self.hold(class);
                let shown = self.repr_text(name)?;
                let message = if contents.is_null() {
                    format!(
                        "__class__ not set defining {shown} as {}. Was __classcell__ propagated to type.__new__?",
                        self.repr_text(class)?
                    )
                } else {
                    let (a, b) = (self.repr_text(contents)?, self.repr_text(class)?);
                    format!("__class__ set to {a} defining {shown} as {b}")
                };
                let ty = if contents.is_null() {
                    self.types.runtime_error
                } else {
                    self.types.type_error
                };
                return self.raise(ty, message);
            }
        }
        Ok(class)
    }

    /// `__mro_entries__` of bases that are no classes, which get the tuple of all of them; None if there are none
    /// (`update_bases`). Owned items.
    pub(super) fn update_bases(&mut self, tuple: Obj, bases: &[Obj]) -> PyResult<Option<Vec<Obj>>> {
        // The new bases wait on the stack, from the first that was replaced.
        let mark = self.mark();
        let mut changed = false;
        for (n, base) in bases.iter().enumerate() {
            let hook = if self.heap.is_class(*base) {
                None
            } else {
                self.lookup_attr(*base, self.names.__mro_entries__)?
            };
            let Some(hook) = hook else {
                if changed {
                    self.hold_ref(*base);
                }
                continue;
            };
            let entries = self.call_and_drop(hook, &[tuple])?;
            let Some(items) = self.heap.tuple(entries).map(<[Obj]>::to_vec) else {
                self.decref(entries);
                return self.type_error("__mro_entries__ must return a tuple".to_string());
            };
            if !changed {
                changed = true;
                for earlier in &bases[..n] {
                    self.hold_ref(*earlier);
                }
            }
            for item in items {
                self.hold_ref(item);
            }
            self.decref(entries);
        }
        Ok(changed.then(|| self.take_held(mark)))
    }

    pub(super) fn prepare_namespace(
        &mut self,
        meta: Obj,
        is_class: bool,
        name: Obj,
        bases: Obj,
        keywords: Obj,
    ) -> PyResult<Obj> {
        if meta == self.types.type_ {
            // Neither the method nor the dict gets a number.
            self.heap.births.quiet += 1;
            let prepare = self.get_attr(meta, self.names.__prepare__)?;
            self.hold(prepare);
            let namespace = self.new_dict();
            self.drop_held();
            self.heap.births.quiet -= 1;
            return Ok(namespace);
        }
        let Some(prepare) = self.lookup_attr(meta, self.names.__prepare__)? else {
            return Ok(self.new_dict());
        };
        self.hold(prepare);
        let namespace = self.call_with_held_dict(prepare, &[name, bases], keywords)?;
        self.drop_held();
        if self.slots_of(namespace).mp_subscript.is_none() {
            let got = self.type_name(namespace);
            let shown = if is_class {
                self.class_name(meta)
            } else {
                "<metaclass>".to_string()
            };
            self.decref(namespace);
            return self.type_error(format!(
                "{shown}.__prepare__() must return a mapping, not {got}"
            ));
        }
        Ok(namespace)
    }

    /// Runs a class body with a namespace of its own.
    pub(super) fn run_class_body(&mut self, func: Obj, namespace: Obj) -> PyResult<Obj> {
        self.check_recursion()?;
        let Payload::Func(f) = self.heap.payload(func) else {
            panic!("checked by the caller")
        };
        let (code, code_obj, globals, builtins) =
            (f.code.clone(), f.code_obj, f.globals, f.builtins);
        self.run_code(code, code_obj, globals, builtins, namespace, func)
    }

    /// Runs a code object in a nested run: a class body, `exec`, a module.
    #[allow(clippy::too_many_arguments)] // a frame has these parts
    pub fn run_code(
        &mut self,
        code: Rc<crate::heap::payload::Code>,
        code_obj: Obj,
        globals: Obj,
        builtins: Obj,
        locals: Obj,
        func: Obj,
    ) -> PyResult<Obj> {
        self.check_runnable(&code)?;
        let suspends = code.flags & super::call::GENERATOR_LIKE != 0;
        if suspends {
            let base = self.code_room(&code, code_obj, func);
            let owned = [code_obj, globals, builtins, locals];
            return Ok(self.make_generator(func, code, owned, base));
        }
        self.enter_code(code, code_obj, globals, builtins, locals, func);
        self.run_nested()
    }

    /// Room for a frame of this code, its locals unbound, its cells those of the function (or NULL). Returns its base.
    fn code_room(&mut self, code: &crate::heap::payload::Code, code_obj: Obj, func: Obj) -> usize {
        if let Some(frame) = self.frames.last_mut() {
            frame.pc = self.pc + 1;
        }
        self.claim_frame(code_obj);
        let base = self.frame_room(code);
        self.clear_room(base, code);
        if !func.is_null() {
            self.fill_cells(func, code, base);
        }
        base
    }

    #[allow(clippy::too_many_arguments)] // a frame has these parts
    pub(super) fn enter_code(
        &mut self,
        code: Rc<crate::heap::payload::Code>,
        code_obj: Obj,
        globals: Obj,
        builtins: Obj,
        locals: Obj,
        func: Obj,
    ) {
        let base = self.code_room(&code, code_obj, func);
        self.push_frame::<true>(
            code,
            code_obj,
            globals,
            builtins,
            locals,
            base,
            super::frame::Cont::Native,
        );
    }
}
