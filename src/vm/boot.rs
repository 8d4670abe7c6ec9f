//! Starting: an interpreter with its types, singletons and modules, ready for a script.
//!
//! Types first, as bare type objects; then the singletons; then the types' contents, which need both; then modules. What is made
//! here belongs to the interpreter: it is not counted among the script's objects.

use std::collections::HashMap;
use std::rc::Rc;

use super::attribute::MethodCache;
use super::modules;
use super::names::Names;
use super::output::Output;
use super::slots::inherit;
use super::types::{self, Types};
use super::{Machine, Options, PyResult};
use crate::heap::collector::Generations;
use crate::heap::gc_list::ListId;
use crate::heap::payload::Payload;
use crate::heap::{Heap, NULL, Obj};

/// CPython's default recursion limit.
const RECURSION_LIMIT: u32 = 1000;

/// `gc.get_count()` at the start of a script in CPython 3.10 (measured with `python3.10 script.py`).
const START_COUNT: u32 = 40;
const START_COLLECTIONS: u32 = 10;

/// Places of the value stack to begin with; it grows.
const STACK_START: usize = 4096;

impl Machine {
    /// An interpreter that has just started.
    pub fn boot(options: Options) -> Machine {
        let mut vm = Machine::empty(options);
        vm.generations.enabled = false;
        vm.started.making = true;
        vm.make_types();
        vm.gc_garbage = vm.new_list(Vec::new());
        vm.gc_callbacks = vm.new_list(Vec::new());
        vm.make_exceptions();
        vm.make_core_types();
        let made = vm.make_modules();
        assert!(
            made.is_ok(),
            "the built-in modules could not be made: {:?}",
            vm.pending
        );
        vm.make_unraisable_class();
        vm.settle();
        vm.started.making = false;
        vm
    }

    fn empty(options: Options) -> Machine {
        Machine {
            heap: Heap::new(),
            types: Types::NONE,
            names: Names::NONE,
            none: NULL,
            true_: NULL,
            false_: NULL,
            ellipsis: NULL,
            not_implemented: NULL,
            empty_tuple: NULL,
            empty_str: NULL,
            empty_bytes: NULL,
            empty_frozenset: NULL,
            surroundings: Default::default(),
            small_ints: Rc::new(Vec::new()),
            first_small_int: NULL,
            latin1: vec![NULL; 256],
            bytes1: vec![NULL; 256],
            stack: vec![NULL; STACK_START],
            top: 0,
            argv: Vec::new(),
            frames: Vec::new(),
            blocks: Vec::new(),
            pc: 0,
            depth: 0,
            recursion_limit: RECURSION_LIMIT,
            recursion_headroom: 0,
            native_recursion: 0,
            raise_on_entry: false,
            pending: None,
            raised_again: false,
            pending_aside: Vec::new(),
            returning: Vec::new(),
            exporting: Vec::new(),
            allocating: Default::default(),
            sinks: Vec::new(),
            drained: Vec::new(),
            handled: vec![[NULL; 3]],
            generations: Generations::default(),
            gc_garbage: NULL,
            gc_callbacks: NULL,
            gc_debug: 0,
            gc_legacy: false,
            collection: None,
            trash_depth: 0,
            origin_depth: 0,
            leaving_order: (NULL, NULL),
            trash: Vec::new(),
            deep_depth: 0,
            deep_trash: Vec::new(),
            dying: Vec::new(),
            sys_modules: NULL,
            builtins: NULL,
            builtins_copy: NULL,
            sys_copy: NULL,
            sys_dict: NULL,
            main_dict: NULL,
            module_state: HashMap::new(),
            module_types: HashMap::new(),
            started: Default::default(),
            atexit: Vec::new(),
            fork_handlers: [NULL; 3],
            finalizing: false,
            stage: super::exit::Stage::Main,
            exit_status: 0,
            output: Output::default(),
            files: super::files::FileSystem::new(options.gateway.clone(), options.cwd.clone()),
            options: Rc::new(options),
            clock: 0,
            real_clock: None,
            stdin_at: 0,
            limit: u64::MAX,
            events: 0,
            left: 0,
            slice: 0,
            cancel: Default::default(),
            watch: Default::default(),
            interrupt: None,
            tracing: Default::default(),
            method_cache: Rc::new(MethodCache::new()),
            yielded: false,
            unknown_float_formats: [false; 2],
            parsers: Default::default(),
            repr_running: Vec::new(),
        }
    }

    /// `type` is made before `object`, its base.
    pub(super) fn adopt_base(&mut self, class: Obj, base: Obj) {
        self.heap.incref(base);
        let base_class = self.heap.class(base).clone();
        let c = self.heap.class_mut(class);
        c.base = base;
        let mut slots = *c.slots;
        inherit(&mut slots, &base_class.slots, false);
        // `bare_static_type` filled the hash in for want of a base.
        slots.tp_hash = base_class.slots.tp_hash;
        slots.tp_richcompare = base_class.slots.tp_richcompare;
        self.heap.class_mut(class).slots = Rc::new(slots);
        self.heap.slot_mut(class).ty = class;
        self.heap.slot_mut(base).ty = class;
    }

    pub(super) fn make_singletons(&mut self) {
        self.none = self.heap.alloc(self.types.none_type, Payload::None);
        self.true_ = self.heap.alloc(self.types.bool, Payload::Bool(true));
        self.false_ = self.heap.alloc(self.types.bool, Payload::Bool(false));
        self.ellipsis = self.heap.alloc(self.types.ellipsis_type, Payload::Ellipsis);
        self.not_implemented = self
            .heap
            .alloc(self.types.not_implemented_type, Payload::NotImplemented);
        let ints: Vec<Obj> = (-5..=256)
            .map(|i| self.heap.alloc(self.types.int, Payload::Int(i)))
            .collect();
        debug_assert!(ints.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
        self.first_small_int = ints[0];
        self.small_ints = Rc::new(ints);
        self.empty_tuple = self.new_tuple_untracked(Vec::new());
        self.empty_str = self.new_str("");
        self.empty_bytes = self.new_bytes(Vec::new());
        self.empty_frozenset = self
            .heap
            .alloc(self.types.frozenset, Payload::Set(Box::default()));
        // Names that filling the types needs.
        self.names = Names::new(self);
    }

    fn make_modules(&mut self) -> PyResult<()> {
        self.sys_modules = self.new_dict();
        for name in ["sys", "builtins"] {
            let module = self.new_module(name);
            self.dict_set_name(self.sys_modules, name, module);
            let Payload::Module { dict } = self.heap.payload(module) else {
                panic!("new_module makes a module")
            };
            let dict = *dict;
            self.heap.incref(dict);
            if name == "sys" {
                self.sys_dict = dict;
            } else {
                self.builtins = dict;
            }
            self.decref(module);
        }
        modules::io::make_types(self);
        for (name, dict) in [("builtins", self.builtins), ("sys", self.sys_dict)] {
            let module = self.dict_get_name(self.sys_modules, name);
            let spec = modules::find_native(name).expect("sys and builtins are in the table");
            self.fill_native_module(spec, module, dict)?;
        }
        let base_exception = self.types.base_exception;
        self.dict_set_name(self.builtins, "BaseException", base_exception);
        for (name, ty) in types::exceptions(&self.types) {
            self.dict_set_name(self.builtins, name, ty);
        }
        self.sys_copy = modules::sys_facts::early_copy(self, self.sys_dict);
        self.builtins_copy = self.dict_copy(self.builtins);
        for late in ["open", "exit", "quit", "help"] {
            let name = self.intern(late);
            self.dict_delete_str(self.builtins_copy, name);
            self.decref(name);
        }
        // `_setup` of importlib, when the copies have been made.
        for (name, dict) in [("builtins", self.builtins), ("sys", self.sys_dict)] {
            self.set_spec(dict, name, None, None)?;
        }
        self.make_main()
    }

    fn make_main(&mut self) -> PyResult<()> {
        let main = self.new_module("__main__");
        self.dict_set_name(self.sys_modules, "__main__", main);
        let Payload::Module { dict } = self.heap.payload(main) else {
            panic!("new_module makes a module")
        };
        self.main_dict = *dict;
        let builtins = self.dict_get_name(self.sys_modules, "builtins");
        let annotations = self.new_dict();
        self.dict_set_str(self.main_dict, self.names.__annotations__, annotations);
        self.decref(annotations);
        self.dict_set_str(self.main_dict, self.names.__builtins__, builtins);
        self.decref(main);
        Ok(())
    }

    /// What is there now is the interpreter's own. A CPython 3.10 that reaches a script's first line has had ten collections of
    /// its youngest generation, so all that is in the middle one, and that decides the order of many a later collection.
    fn settle(&mut self) {
        for generation in [ListId::Generation0, ListId::Generation2] {
            self.heap.gc.merge(generation, ListId::Generation1);
        }
        self.generations = Generations {
            enabled: true,
            ..Generations::default()
        };
        self.generations.count = [START_COUNT, START_COLLECTIONS, 0];
        self.generations.stats[0][0] = u64::from(START_COLLECTIONS);
        self.heap.births.restart();
        self.events = 0;
    }
}
