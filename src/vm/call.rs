//! Calling: from natives (`call` and its kin, which nest a run) and the binding of arguments to a Python function's
//! parameters, which bytecode calls use too.
//!
//! Arguments are borrowed; what a Python frame keeps it counts for itself, as CPython's vectorcall does.

use std::rc::Rc;

use super::frame::{Cont, Frame};
use super::native::Arity;
use super::{Args, Machine, PyResult, Thrown};
use crate::bytecode::code::flags;
use crate::heap::payload::{Code, Payload};
use crate::heap::{NULL, Obj};

/// How many levels more are allowed while an exception is made, as in CPython.
const RECURSION_HEADROOM: u32 = 50;

pub(super) const GENERATOR_LIKE: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

impl Machine {
    /// Calls with positional arguments.
    pub fn call(&mut self, callable: Obj, args: &[Obj]) -> PyResult<Obj> {
        self.call_kw(callable, args, NULL)
    }

    /// Calls with arguments of which the last ones are keyword arguments, named by a tuple of str.
    pub fn call_kw(&mut self, callable: Obj, args: &[Obj], kwnames: Obj) -> PyResult<Obj> {
        let base = self.argv.len();
        self.argv.extend_from_slice(args);
        let keywords = if kwnames.is_null() {
            0
        } else {
            self.heap.tuple(kwnames).map_or(0, <[Obj]>::len)
        };
        let result = self.call_args(
            callable,
            Args::in_vector(base, args.len() - keywords, kwnames),
        );
        self.argv.truncate(base);
        result
    }

    /// Calls a callable with arguments that lie somewhere already.
    pub fn call_args(&mut self, callable: Obj, args: Args) -> PyResult<Obj> {
        match self.heap.payload(callable) {
            Payload::Func(_) => self.call_function(callable, NULL, args),
            Payload::Method { func, this } => {
                let (func, this) = (*func, *this);
                self.call_with_this(func, this, args)
            }
            Payload::Builtin(b) => {
                let (def, this) = (b.def, b.this);
                self.call_native(def, this, args)
            }
            _ => {
                let Some(call) = self.slots_of(callable).tp_call else {
                    let name = self.type_name(callable);
                    return self.type_error(format!("'{name}' object is not callable"));
                };
                if self.has_vectorcall(callable) {
                    return call(self, callable, args);
                }
                self.enter_recursive(" while calling a Python object")?;
                let mark = self.mark();
                let args = match self.takes_argument_tuple(callable, args) {
                    true => self.hold_argument_tuple(args),
                    false => args,
                };
                let result = call(self, callable, args);
                let result = self.releasing(mark, result);
                self.leave_recursive();
                result
            }
        }
    }

    /// `PyObject_Call`: takes over a tuple, and a dict or NULL. What has no vectorcall gets them as they are; for all others
    /// the keyword arguments are spread out.
    pub fn call_object(&mut self, callable: Obj, tuple: Obj, dict: Obj) -> PyResult<Obj> {
        let mark = self.mark();
        self.hold(tuple);
        if !dict.is_null() {
            self.hold(dict);
        }
        let result = self.call_held_objects(callable, mark, !dict.is_null());
        self.releasing(mark, result)
    }

    /// `PyObject_Call` with the tuple and the dict of the call that is going on.
    pub(in crate::vm) fn call_own_objects(&mut self, callable: Obj, args: Args) -> PyResult<Obj> {
        let mark = self.mark();
        let args = match args.held() {
            Some(_) => args,
            None => self.hold_argument_tuple(args),
        };
        let has_dict = args.kw_len(self) > 0;
        let result = self.call_held_objects(callable, args.held().unwrap_or(mark), has_dict);
        self.releasing(mark, result)
    }

    /// The same with a tuple that the caller holds at a place of the machine's stack, and perhaps a dict behind it.
    pub(in crate::vm) fn call_held_objects(
        &mut self,
        callable: Obj,
        place: usize,
        has_dict: bool,
    ) -> PyResult<Obj> {
        let tuple = self.stack[place];
        let base = self.argv.len();
        let items = self
            .heap
            .tuple(tuple)
            .map(<[Obj]>::to_vec)
            .unwrap_or_default();
        let n = items.len();
        self.argv.extend(items);
        let pairs = match has_dict {
            true => self.heap.dict_items(self.stack[place + 1]),
            false => Vec::new(),
        };
        let names: Vec<Obj> = pairs.iter().map(|p| p.0).collect();
        let result = if names.iter().any(|name| self.heap.str(*name).is_none()) {
            self.type_error("keywords must be strings".to_string())
        } else {
            self.argv.extend(pairs.iter().map(|p| p.1));
            match self.spreads_arguments(callable) {
                true => self.call_spread_out(callable, base, n, &names),
                false => self.call_with_objects(callable, base, n, &names, place),
            }
        };
        self.argv.truncate(base);
        result
    }

    /// `PyObject_VectorcallDict`; the dict is borrowed, and the caller holds it.
    pub(super) fn call_with_held_dict(
        &mut self,
        callable: Obj,
        values: &[Obj],
        dict: Obj,
    ) -> PyResult<Obj> {
        let pairs = match dict.is_null() {
            true => Vec::new(),
            false => self.heap.dict_items(dict),
        };
        if !self.spreads_arguments(callable) && !dict.is_null() {
            let tuple = self.new_tuple_of(values);
            let dict = self.new_ref(dict);
            return self.call_object(callable, tuple, dict);
        }
        if pairs.is_empty() {
            return self.call(callable, values);
        }
        let base = self.argv.len();
        self.argv.extend_from_slice(values);
        self.argv.extend(pairs.iter().map(|p| p.1));
        let names: Vec<Obj> = pairs.iter().map(|p| p.0).collect();
        let result = self.call_spread_out(callable, base, values.len(), &names);
        self.argv.truncate(base);
        result
    }

    /// A call with nothing but keyword arguments of a dict that the caller holds.
    pub(super) fn call_spreading(&mut self, callable: Obj, kwds: &[(Obj, Obj)]) -> PyResult<Obj> {
        let base = self.argv.len();
        self.argv.extend(kwds.iter().map(|k| k.1));
        let names: Vec<Obj> = kwds.iter().map(|k| k.0).collect();
        let result = self.call_spread_out(callable, base, 0, &names);
        self.argv.truncate(base);
        result
    }

    /// `_PyVectorcall_Call`
    fn call_spread_out(
        &mut self,
        callable: Obj,
        base: usize,
        n: usize,
        names: &[Obj],
    ) -> PyResult<Obj> {
        if names.is_empty() {
            return self.call_args(callable, Args::in_vector(base, n, NULL));
        }
        let mark = self.mark();
        let kwnames = self.new_tuple_of(names);
        self.hold(kwnames);
        for i in base..base + n + names.len() {
            self.hold_ref(self.argv[i]);
        }
        let result = self.call_args(callable, Args::in_vector(base, n, kwnames));
        self.releasing(mark, result)
    }

    /// Calls through `tp_call`: the arguments' tuple and dict are held already, from a place of the machine's stack on.
    fn call_with_objects(
        &mut self,
        callable: Obj,
        base: usize,
        n: usize,
        names: &[Obj],
        place: usize,
    ) -> PyResult<Obj> {
        // Our own way of handing on names, which CPython has no object for.
        let kwnames = match names {
            [] => NULL,
            names => self.new_hidden_tuple(names),
        };
        let args = Args::in_vector(base, n, kwnames).held_at(place);
        let builtin = match self.heap.payload(callable) {
            Payload::Builtin(b) => Some((b.def, b.this)),
            _ => None,
        };
        let result = match builtin {
            Some((def, _)) if !self.arity_fits(def, args) => {
                let this = builtin.map_or(NULL, |b| b.1);
                self.wrong_arity(def, this, args, true)
            }
            Some((def, this)) => self.call_native_holding(def, this, args),
            None => match self.slots_of(callable).tp_call {
                Some(call) => match self.enter_recursive(" while calling a Python object") {
                    Ok(()) => {
                        let result = call(self, callable, args);
                        self.leave_recursive();
                        result
                    }
                    Err(thrown) => Err(thrown),
                },
                None => {
                    let name = self.type_name(callable);
                    self.type_error(format!("'{name}' object is not callable"))
                }
            },
        };
        if !kwnames.is_null() && self.interrupt.is_none() {
            self.free_hidden_tuple(kwnames);
        }
        result
    }

    /// Whether CPython calls it through `tp_call` with a real tuple of arguments (`_PyObject_MakeTpCall`): what has no
    /// vectorcall.
    fn takes_argument_tuple(&self, callable: Obj, args: Args) -> bool {
        match self.heap.payload(callable) {
            // type(x) is a vectorcall; type(name, bases, dict) is not.
            Payload::Class(_) => callable != self.types.type_ || args.len() != 1,
            Payload::WrapperDescr { .. } | Payload::Inst { .. } | Payload::Ext(_) => true,
            Payload::Iter(_) | Payload::Native(_) | Payload::StaticMethod(_) => true,
            _ => false,
        }
    }

    /// Types that CPython calls without a level of recursion for it.
    pub(super) fn has_vectorcall(&self, callable: Obj) -> bool {
        let t = &self.types;
        if !self.heap.is_class(callable) {
            return super::modules::partial::is_vector(self, callable);
        }
        [
            t.list,
            t.dict,
            t.tuple,
            t.set,
            t.frozenset,
            t.range,
            t.float,
            t.bool,
            t.reversed,
            t.map,
            t.filter,
        ]
        .contains(&callable)
    }

    /// Holds a tuple of the positional arguments, and a dict of the others if there are some; the same arguments, with these.
    pub(super) fn hold_argument_tuple(&mut self, args: Args) -> Args {
        let place = self.mark();
        let tuple = args.to_tuple(self);
        self.hold(tuple);
        if args.kw_len(self) > 0 {
            let dict = args.to_dict(self);
            self.hold(dict);
        }
        args.held_at(place)
    }

    /// The allocations of a call through a tuple and a dict of arguments (`METH_VARARGS`), for natives that do not let them be seen.
    pub fn count_arguments(&mut self, args: Args) {
        self.count_tuple(args.len());
        let keywords = args.kw_len(self) > 0;
        if keywords && !self.heap.free_lists.take_dict() {
            self.count_allocation();
        }
        if keywords && !self.heap.free_lists.put_dict() {
            self.count_deallocation();
        }
    }

    /// The allocation of a tuple that nobody sees.
    pub fn count_tuple(&mut self, n: usize) {
        if !self.heap.free_lists.take_tuple(n) && n > 0 {
            self.count_allocation();
        }
        if !self.heap.free_lists.put_tuple(n) && n > 0 {
            self.count_deallocation();
        }
    }

    /// The allocation of a slice that nobody sees.
    pub fn count_slice(&mut self) {
        if !self.heap.free_lists.take_slice() {
            self.count_allocation();
        }
        if !self.heap.free_lists.put_slice() {
            self.count_deallocation();
        }
    }

    /// Holds a tuple of positional arguments only: what is left of a call's own tuple. Its dict is used as it is, so it is not held
    /// again.
    pub(in crate::vm) fn hold_argument_slice(&mut self, args: Args) -> Args {
        let positional = args.to_vec(self);
        if positional.is_empty() {
            return args;
        }
        let place = self.mark();
        let tuple = self.new_tuple_of(&positional);
        self.hold(tuple);
        match args.kw_len(self) {
            0 => args.held_at(place),
            _ => args,
        }
    }

    /// Calls `func(this, *args)`.
    pub fn call_with_this(&mut self, func: Obj, this: Obj, args: Args) -> PyResult<Obj> {
        match self.heap.payload(func) {
            Payload::Func(_) => self.call_function(func, this, args),
            Payload::MethodDescr { def, class } => {
                let (def, class) = (*def, *class);
                if def.binding == super::native::Binding::Instance
                    && self.is_subtype(self.heap.ty(this), class)
                {
                    return self.call_native_named::<false>(def, this, args);
                }
                self.call_prepend(func, this, args)
            }
            _ => self.call_prepend(func, this, args),
        }
    }

    /// The same through a copy of the arguments with `this` in front.
    fn call_prepend(&mut self, func: Obj, this: Obj, args: Args) -> PyResult<Obj> {
        let base = self.argv.len();
        self.argv.push(this);
        let positional = args.to_vec(self);
        self.argv.extend(positional);
        let keywords = args.keywords(self);
        self.argv.extend(keywords.iter().map(|k| k.1));
        let result = self.call_args(func, Args::in_vector(base, args.len() + 1, args.kwnames()));
        self.argv.truncate(base);
        result
    }

    /// Calls a Python function in a nested run.
    pub(super) fn call_function(&mut self, func: Obj, this: Obj, args: Args) -> PyResult<Obj> {
        match self.enter_function(func, this, args, Cont::Native)? {
            Some(generator) => Ok(generator),
            None => self.run_nested(),
        }
    }

    /// Checks the number of arguments and calls a native.
    #[inline]
    pub fn call_native(
        &mut self,
        def: &'static super::native::Method,
        this: Obj,
        args: Args,
    ) -> PyResult<Obj> {
        self.call_native_named::<true>(def, this, args)
    }

    /// The same, of a method that is bound to its object or not: errors name the object's class, or the class that defines it.
    #[inline]
    pub(super) fn call_native_named<const BOUND: bool>(
        &mut self,
        def: &'static super::native::Method,
        this: Obj,
        args: Args,
    ) -> PyResult<Obj> {
        if !self.arity_fits(def, args) {
            if def.varargs {
                self.count_arguments(args);
            }
            return self.wrong_arity(def, this, args, BOUND);
        }
        if def.varargs {
            self.enter_recursive(" while calling a Python object")?;
            let mark = self.mark();
            let args = self.hold_argument_tuple(args);
            let result = (def.call)(self, this, args);
            let result = self.releasing(mark, result);
            self.leave_recursive();
            return result;
        }
        self.call_native_holding(def, this, args)
    }

    /// The same where the number of arguments is right, and their tuple is held already if there has to be one.
    #[inline]
    fn call_native_holding(
        &mut self,
        def: &'static super::native::Method,
        this: Obj,
        args: Args,
    ) -> PyResult<Obj> {
        self.enter_recursive(" while calling a Python object")?;
        let result = (def.call)(self, this, args);
        self.leave_recursive();
        debug_assert!(
            result.is_err() || self.pending.is_none(),
            "a native returned a value with an exception set: {}",
            def.name
        );
        result
    }

    #[inline]
    fn arity_fits(&self, def: &'static super::native::Method, args: Args) -> bool {
        let n = args.len();
        let fits = match def.arity {
            Arity::Keywords => return true,
            Arity::NoArgs => n == 0,
            Arity::One => n == 1,
            Arity::Positional(min, max) | Arity::Parsed(min, max) => {
                n >= min as usize && n <= max as usize
            }
            Arity::Any => true,
        };
        fits && args.kw_len(self) == 0
    }

    #[cold]
    fn wrong_arity(
        &mut self,
        def: &'static super::native::Method,
        this: Obj,
        args: Args,
        bound: bool,
    ) -> PyResult<Obj> {
        if let Arity::Parsed(min, max) = def.arity {
            return self.wrong_parsed(def.name, args, min as usize, max as usize);
        }
        if args.kw_len(self) > 0 && def.arity != Arity::Keywords {
            let name = self.name_refusing_keywords(def, this);
            return self.type_error(format!("{name}() takes no keyword arguments"));
        }
        let name = match bound {
            true => self.bound_qualname(def, this),
            false => self.unbound_qualname(def, this),
        };
        let given = args.len();
        let message = match def.arity {
            Arity::NoArgs => format!("{name}() takes no arguments ({given} given)"),
            Arity::One => format!("{name}() takes exactly one argument ({given} given)"),
            Arity::Positional(min, max) => {
                let (bound, limit) = match (given < min as usize, min == max) {
                    (_, true) => ("", min),
                    (true, _) => ("at least ", min),
                    (false, _) => ("at most ", max),
                };
                let s = if limit == 1 { "" } else { "s" };
                let short = def.name;
                format!("{short} expected {bound}{limit} argument{s}, got {given}")
            }
            _ => format!("{name}() got wrong arguments"),
        };
        self.type_error(message)
    }

    /// What `_PyArg_UnpackKeywords` says of a function without names for its parameters.
    fn wrong_parsed(&mut self, name: &str, args: Args, min: usize, max: usize) -> PyResult<Obj> {
        let positional = args.len();
        let given = positional + args.kw_len(self);
        let plural = |n| if n == 1 { "" } else { "s" };
        if max == 0 {
            return self.type_error(format!("{name}() takes no arguments"));
        }
        if given > max {
            let kind = if positional == 0 { "keyword " } else { "" };
            let s = plural(max);
            return self.type_error(format!(
                "{name}() takes at most {max} {kind}argument{s} ({given} given)"
            ));
        }
        if positional < min {
            let bound = if min < max { "at least" } else { "exactly" };
            let s = plural(min);
            return self.type_error(format!(
                "{name}() takes {bound} {min} positional argument{s} ({positional} given)"
            ));
        }
        let keyword = args.keyword(self, 0).0;
        let keyword = self.text(keyword);
        self.type_error(format!(
            "'{keyword}' is an invalid keyword argument for {name}()"
        ))
    }

    /// Keywords make a call go through the bound method: one with METH_VARARGS has its bare name then (`cfunction_call`), another one
    /// the name of the object's own class, wherever it is inherited from (`meth_get__qualname__`).
    fn name_refusing_keywords(&self, def: &'static super::native::Method, this: Obj) -> String {
        match def.varargs {
            true => def.name.to_string(),
            false => self.bound_qualname(def, this),
        }
    }

    /// A bound method is named after the object's own class, wherever it is inherited from (`meth_get__qualname__`).
    fn bound_qualname(&self, def: &'static super::native::Method, this: Obj) -> String {
        if this.is_null() || matches!(self.heap.payload(this), Payload::Module { .. }) {
            return self.native_qualname(def, this);
        }
        let class = match self.heap.is_class(this) {
            true => this,
            false => self.heap.ty(this),
        };
        format!("{}.{}", self.class_qualname(class), def.name)
    }

    /// A method that is not bound is named after the class that defines it.
    fn unbound_qualname(&self, def: &'static super::native::Method, this: Obj) -> String {
        let class = self.class_defining(self.heap.ty(this), def.name);
        format!("{}.{}", self.class_qualname(class), def.name)
    }

    /// "list.append" for a method, "len" for a function of a module (`_PyObject_FunctionStr`).
    pub fn native_qualname(&self, def: &'static super::native::Method, this: Obj) -> String {
        if this.is_null() {
            return def.name.to_string();
        }
        if let Payload::Module { dict } = self.heap.payload(this) {
            let module = self.text(self.heap.dict_get_str(*dict, self.names.__name__));
            return match &module[..] {
                "builtins" | "" => def.name.to_string(),
                module => format!("{module}.{}", def.name),
            };
        }
        let class = if self.heap.is_class(this) {
            this
        } else {
            self.heap.ty(this)
        };
        let class = self.class_name(self.class_defining(class, def.name));
        let short = class.rsplit('.').next().unwrap_or(&class);
        format!("{short}.{}", def.name)
    }

    fn class_defining(&self, class: Obj, name: &str) -> Obj {
        let name = self.heap.find_interned(name);
        let mro = self.heap.tuple(self.heap.class(class).mro).unwrap_or(&[]);
        mro.iter()
            .copied()
            .find(|c| {
                !self
                    .heap
                    .dict_get_str(self.heap.class(*c).dict, name)
                    .is_null()
            })
            .unwrap_or(class)
    }

    /// One level of native recursion more (`Py_EnterRecursiveCall`).
    #[inline(always)]
    pub fn enter_recursive(&mut self, place: &str) -> PyResult<()> {
        self.native_recursion += 1;
        if self.native_recursion + self.frames.len() as u32 > self.recursion_limit
            && let Err(thrown) = self.too_deep(place)
        {
            self.native_recursion -= 1;
            return Err(thrown);
        }
        Ok(())
    }

    /// The recursion limit is exceeded (`_Py_CheckRecursiveCall`). While exceptions are made there is headroom: RecursionError
    /// itself could not be made otherwise.
    #[cold]
    pub(super) fn too_deep(&mut self, place: &str) -> PyResult<()> {
        if self.recursion_headroom == 0 {
            self.recursion_headroom += 1;
            let message = format!("maximum recursion depth exceeded{place}");
            let raised = self.raise(self.types.recursion_error, message);
            self.recursion_headroom -= 1;
            return raised;
        }
        let depth = self.native_recursion + self.frames.len() as u32;
        if depth > self.recursion_limit.saturating_add(RECURSION_HEADROOM) {
            return self.unsupported("recursion while an exception is made (CPython aborts: Cannot recover from stack overflow)".into());
        }
        Ok(())
    }

    #[inline(always)]
    pub fn leave_recursive(&mut self) {
        self.native_recursion -= 1;
    }

    /// Looks a dunder up on the type, not the instance, and calls it. `None` if there is none.
    pub fn call_dunder(&mut self, this: Obj, name: Obj, args: &[Obj]) -> PyResult<Option<Obj>> {
        let func = self.type_lookup(self.heap.ty(this), name);
        if func.is_null() {
            return Ok(None);
        }
        let base = self.argv.len();
        self.argv.extend_from_slice(args);
        let result = self.call_found(func, this, Args::in_vector(base, args.len(), NULL));
        self.argv.truncate(base);
        result.map(Some)
    }

    /// The same with arguments from elsewhere; the dunder must be there.
    pub fn call_dunder_args(&mut self, this: Obj, name: Obj, args: Args) -> PyResult<Obj> {
        let func = self.type_lookup(self.heap.ty(this), name);
        if func.is_null() {
            let text = self.text(name);
            return self.raise(self.types.attribute_error, text);
        }
        self.call_found(func, this, args)
    }

    /// Calls what `type_lookup` found for an instance: methods get the instance in front, others go through `__get__`.
    fn call_found(&mut self, func: Obj, this: Obj, args: Args) -> PyResult<Obj> {
        if matches!(
            self.heap.payload(func),
            Payload::Func(_) | Payload::MethodDescr { .. } | Payload::WrapperDescr { .. }
        ) {
            self.hold_ref(func);
            let result = self.call_with_this(func, this, args);
            self.unhold_checked(func);
            return result;
        }
        let bound = match self.slots_of(func).tp_descr_get {
            Some(get) => get(self, func, this, self.heap.ty(this))?,
            None => self.new_ref(func),
        };
        self.hold(bound);
        let result = self.call_args(bound, args);
        self.unhold_checked(bound);
        result
    }

    /// Drops a held reference that must be the last one held.
    fn unhold_checked(&mut self, o: Obj) {
        if self.interrupt.is_some() {
            return;
        }
        let held = self.unhold();
        debug_assert!(
            held == o,
            "held references are dropped in the order opposite to holding"
        );
        self.decref(held);
    }

    /// `obj.name(*args)`.
    pub fn call_method(&mut self, this: Obj, name: &str, args: &[Obj]) -> PyResult<Obj> {
        self.with_name(name, |vm, name| vm.call_method_obj(this, name, args))
    }

    /// The same through a bound method, as `PyObject_CallMethod` with a format does.
    pub fn call_bound_method(&mut self, this: Obj, name: &str, args: &[Obj]) -> PyResult<Obj> {
        let method = self.get_attr_str(this, name)?;
        self.with_held(method, |vm, method| vm.call(method, args))
    }

    pub fn call_method_obj(&mut self, this: Obj, name: Obj, args: &[Obj]) -> PyResult<Obj> {
        let (func, bound) = self.get_method(this, name)?;
        self.hold(func);
        let base = self.argv.len();
        self.argv.extend_from_slice(args);
        let args = Args::in_vector(base, args.len(), NULL);
        let result = if bound {
            self.call_args(func, args)
        } else {
            self.call_with_this(func, this, args)
        };
        self.argv.truncate(base);
        self.unhold_checked(func);
        result
    }

    /// Refuses code that a script put together wrongly.
    #[inline(always)]
    pub(super) fn check_runnable(&mut self, code: &Code) -> PyResult<()> {
        if code.runnable {
            return Ok(());
        }
        self.unsupported("running bytecode that was written by hand".to_string())
    }

    /// Binds arguments and pushes the frame; or, for generators and coroutines, returns the new object.
    pub(super) fn enter_function(
        &mut self,
        func: Obj,
        this: Obj,
        args: Args,
        cont: Cont,
    ) -> PyResult<Option<Obj>> {
        let Payload::Func(f) = self.heap.payload(func) else {
            panic!("enter_function of something that is no function")
        };
        let (code, code_obj, globals, builtins) =
            (f.code.clone(), f.code_obj, f.globals, f.builtins);
        self.check_runnable(&code)?;
        let given = args.len() + usize::from(!this.is_null());
        if code.simple && given == code.argcount as usize && args.kwnames().is_null() {
            self.check_recursion()?;
            if let Some(frame) = self.frames.last_mut() {
                frame.pc = self.pc + 1;
            }
            self.claim_frame(code_obj);
            let base = self.frame_room(&code);
            self.copy_arguments(&code, base, this, args);
            self.push_frame::<true>(code, code_obj, globals, builtins, NULL, base, cont);
            return Ok(None);
        }
        // Making a generator enters no frame.
        if code.flags & GENERATOR_LIKE == 0 {
            self.check_recursion()?;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.pc = self.pc + 1;
        }
        self.claim_frame(code_obj);
        let base = self.frame_room(&code);
        self.clear_room(base, &code);
        if let Err(thrown) = self.bind_arguments(func, &code, base, this, args) {
            for i in base..base + code.locals_plus as usize {
                let value = std::mem::replace(&mut self.stack[i], NULL);
                self.xdecref(value);
            }
            self.top = base;
            self.unclaim_frame(code_obj);
            return Err(thrown);
        }
        self.fill_cells(func, &code, base);
        // A module's code as a function: its names are the globals.
        let own = code.flags & crate::bytecode::code::flags::OPTIMIZED != 0;
        let locals = if own { NULL } else { globals };
        if code.flags & GENERATOR_LIKE != 0 {
            let owned = [code_obj, globals, builtins, locals];
            return Ok(Some(self.make_generator(func, code, owned, base)));
        }
        self.push_frame::<true>(code, code_obj, globals, builtins, locals, base, cont);
        Ok(None)
    }

    /// The locals of a frame to be are unbound. Filling them may start a collection: whoever looks from inside finds nothing left over
    /// from an earlier frame.
    #[inline]
    pub(super) fn clear_room(&mut self, base: usize, code: &Code) {
        let cleared = match self.watch.on {
            true => self.top,
            false => base + code.locals_plus as usize,
        };
        self.stack[base..cleared].fill(NULL);
    }

    /// Exactly as many arguments as parameters become the first locals; the others are unbound.
    #[inline(always)]
    fn copy_arguments(&mut self, code: &Code, base: usize, this: Obj, args: Args) {
        let mut at = base;
        if !this.is_null() {
            self.heap.incref(this);
            self.stack[at] = this;
            at += 1;
        }
        for i in 0..args.len() {
            let arg = args.get(self, i);
            self.heap.incref(arg);
            self.stack[at] = arg;
            at += 1;
        }
        for place in &mut self.stack[at..base + code.locals_plus as usize] {
            *place = NULL;
        }
    }

    /// Pushes a frame whose locals are in place. It owns references to code, globals, builtins and locals dict.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)] // a frame has these parts
    pub(super) fn push_frame<const WATCHED: bool>(
        &mut self,
        code: Rc<Code>,
        code_obj: Obj,
        globals: Obj,
        builtins: Obj,
        locals: Obj,
        base: usize,
        cont: Cont,
    ) {
        self.heap.incref_in::<WATCHED>(code_obj);
        self.heap.incref_in::<WATCHED>(globals);
        self.heap.incref_in::<WATCHED>(builtins);
        self.xincref(locals);
        self.hold_caller();
        let sp = base + code.locals_plus as usize;
        let block_base = self.blocks.len() as u32;
        self.frames.push(Frame {
            code,
            code_obj,
            globals,
            builtins,
            locals,
            base,
            sp,
            pc: 0,
            entry_pc: 0,
            traced: super::tracing::UNSEEN,
            block_base,
            cont,
            object: NULL,
            generator: NULL,
            born: self.heap.births.next_serial(),
        });
    }

    /// Makes cells, moves arguments into theirs, copies the closure.
    pub(super) fn fill_cells(&mut self, func: Obj, code: &Code, base: usize) {
        let first = base + code.nlocals as usize;
        for (i, arg) in code.cell_to_arg.iter().enumerate() {
            let value = match arg {
                Some(arg) => std::mem::replace(&mut self.stack[base + *arg as usize], NULL),
                None => NULL,
            };
            let cell = self.new_cell(value);
            self.stack[first + i] = cell;
        }
        if !code.freevars.is_empty() {
            let Payload::Func(f) = self.heap.payload(func) else {
                return;
            };
            let closure = f.closure;
            let first = first + code.cellvars.len();
            let count = match self.heap.tuple(closure) {
                Some(cells) => {
                    self.stack[first..first + cells.len()].copy_from_slice(cells);
                    cells.len()
                }
                None => 0,
            };
            for i in first..first + count {
                self.heap.incref(self.stack[i]);
            }
        }
    }

    /// Runs the innermost frame, which has just been pushed with `Cont::Native`, to its end.
    pub(super) fn run_nested(&mut self) -> PyResult<Obj> {
        if self.interrupt.is_some() {
            self.drop_interrupted_frame();
            return Err(Thrown::Interrupt);
        }
        let keep = self.frames.len() - 1;
        let (base, blocks, pc) = (
            self.frames[keep].base,
            self.frames[keep].block_base as usize,
            self.pc,
        );
        self.depth += 1;
        let result = if self.watch.on {
            self.run_frame::<true>()
        } else {
            self.run_frame::<false>()
        };
        self.depth -= 1;
        if result == Err(Thrown::Interrupt) {
            // The machine will not go on, but the natives below still look at it on their way out.
            self.frames.truncate(keep);
            self.blocks.truncate(blocks);
            self.top = base;
        }
        self.pc = pc;
        result
    }

    fn drop_interrupted_frame(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.blocks.truncate(frame.block_base as usize);
            self.top = frame.base;
        }
    }
}
