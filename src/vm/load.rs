//! Loading: from the compiler's plain code objects to code objects on the heap, and from source text through the compiler.

use rustc_hash::FxHashMap as HashMap;
use std::cell::Cell;
use std::rc::Rc;

use num_traits::ToPrimitive;

use super::{Machine, PyResult};
use crate::bytecode::code::{CodeObject, Constant, flags};
use crate::bytecode::opcode::{ArgKind, Op};
use crate::heap::payload::code::{Ins, NO_CACHE};
use crate::heap::payload::{Code, Payload, StrObj};
use crate::heap::{NULL, Obj};

/// Under which name the arena of the main script is held.
const ARENA: &str = "arena";

/// Whether a constant that is loaded right before these instructions is one that the compiler made: a qualified name, the names of
/// keyword arguments or keys, what an import asks for.
fn made_by_compiler(next: &[Ins]) -> bool {
    let makers = [
        Op::MakeFunction,
        Op::CallFunctionKw,
        Op::ImportName,
        Op::BuildConstKeyMap,
    ];
    next.first().is_some_and(|ins| makers.contains(&ins.op))
}

/// Whether a tuple that lies on the stack before these instructions is the lowest operand of MAKE_FUNCTION, its defaults.
fn is_defaults(next: &[Ins]) -> bool {
    let mut above = 0;
    for ins in next {
        let arg = i64::from(ins.arg);
        match ins.op {
            Op::MakeFunction => return arg & 1 != 0 && above == 1 + i64::from(arg.count_ones()),
            Op::BuildConstKeyMap => above -= arg,
            Op::BuildTuple => above += 1 - arg,
            Op::LoadConst | Op::LoadName | Op::LoadFast | Op::LoadGlobal | Op::LoadClosure => {
                above += 1
            }
            _ => return false,
        }
    }
    false
}

/// The names a code object refers to, as interned objects.
pub(super) struct CodeNames {
    pub names: Vec<Obj>,
    pub varnames: Vec<Obj>,
    pub freevars: Vec<Obj>,
    pub cellvars: Vec<Obj>,
}

impl Machine {
    /// A code object on the heap; owned.
    pub fn load_code(&mut self, source: &Rc<CodeObject>) -> Obj {
        self.load_code_named(source, NULL)
    }

    /// The same with the str object that all of it has as its file name; NULL makes one.
    pub fn load_code_named(&mut self, source: &Rc<CodeObject>, filename: Obj) -> Obj {
        let (code, constants) = self.load_code_and_constants(source, filename);
        for o in constants {
            self.decref(o);
        }
        code
    }

    /// A code object and every constant in it and below it, once; both owned.
    fn load_code_and_constants(
        &mut self,
        source: &Rc<CodeObject>,
        filename: Obj,
    ) -> (Obj, Vec<Obj>) {
        let mark = self.mark();
        let filename = if filename.is_null() {
            self.new_str(&source.filename)
        } else {
            self.new_ref(filename)
        };
        self.hold(filename);
        let code = self.load_code_merging(source, filename, &mut HashMap::default());
        let constants = self.stack[mark + 1..self.top].to_vec();
        self.stack[mark + 1..self.top].fill(NULL);
        self.top = mark + 1;
        self.release(mark);
        (code, constants)
    }

    /// The constants that the parser of the main script made stay in its arena, a list, for as long as the script runs
    /// (`PyArena` of `pyrun_file`). Those that the compiler made, or that were there before, are not in it. Takes over.
    fn fill_arena(&mut self, code_obj: Obj, constants: Vec<Obj>) {
        let mut uses: HashMap<Obj, u32> = HashMap::default();
        let mut parsed = rustc_hash::FxHashSet::default();
        self.find_parsed_constants(code_obj, &mut uses, &mut parsed);
        let mut kept = Vec::new();
        for o in constants {
            // One reference is that of the table of constants: whoever has another one had it before.
            let known = uses.get(&o).copied().unwrap_or(0) + 1;
            let is_code = matches!(self.heap.payload(o), Payload::Code(_));
            match !is_code && parsed.contains(&o) && self.heap.rc(o) == known {
                true => kept.push(o),
                false => self.decref(o),
            }
        }
        let arena = self.new_list(kept);
        self.module_state.insert(ARENA, arena);
    }

    fn find_parsed_constants(
        &self,
        code_obj: Obj,
        uses: &mut HashMap<Obj, u32>,
        parsed: &mut rustc_hash::FxHashSet<Obj>,
    ) {
        let Payload::Code(code) = self.heap.payload(code_obj) else {
            return;
        };
        for o in &code.consts {
            let count = uses.entry(*o).or_default();
            *count += 1;
            // Equal code objects are one, with its own constants.
            if *count == 1 && matches!(self.heap.payload(*o), Payload::Code(_)) {
                self.find_parsed_constants(*o, uses, parsed);
            }
            self.count_tuple_uses(*o, uses);
        }
        if code.flags & flags::NEWLOCALS != 0 && code.flags & flags::OPTIMIZED != 0 {
            // A docstring.
            parsed.extend(code.consts.first());
        }
        for (i, ins) in code.ins.iter().enumerate() {
            if ins.op != Op::LoadConst {
                continue;
            }
            let o = code.consts[ins.arg as usize];
            let next = &code.ins[i + 1..];
            if !made_by_compiler(next) {
                // The tuple of defaults is the compiler's, what is in it is not.
                match self.heap.tuple(o).is_some() && is_defaults(next) {
                    true => {
                        for item in self.constant_items(o) {
                            self.add_parsed(item, parsed);
                        }
                    }
                    false => self.add_parsed(o, parsed),
                }
            }
        }
    }

    fn count_tuple_uses(&self, o: Obj, uses: &mut HashMap<Obj, u32>) {
        for item in self.constant_items(o) {
            *uses.entry(item).or_default() += 1;
            if uses[&item] == 1 {
                self.count_tuple_uses(item, uses);
            }
        }
    }

    /// What a constant tuple or frozenset holds.
    fn constant_items(&self, o: Obj) -> Vec<Obj> {
        match self.heap.payload(o) {
            Payload::Set(_) => self.heap.set_items(o),
            _ => self.heap.tuple(o).map(<[Obj]>::to_vec).unwrap_or_default(),
        }
    }

    fn add_parsed(&self, o: Obj, parsed: &mut rustc_hash::FxHashSet<Obj>) {
        parsed.insert(o);
        for item in self.constant_items(o) {
            self.add_parsed(item, parsed);
        }
    }

    /// The script has ended: its arena goes.
    pub(super) fn free_arena(&mut self) {
        if let Some(arena) = self.module_state.remove(ARENA) {
            self.drop_keeping_exception(arena);
        }
    }

    /// Notes a reference that has no place yet: making the objects of a code object may start a collection.
    fn on_the_way(&mut self, o: Obj) -> Obj {
        self.returning.push(o);
        o
    }

    /// Equal constants of one compilation are one object, whatever code object they stand in, and inside tuples too
    /// (`merge_consts_recursive`, `c_const_cache`). The machine's stack holds a reference to each in the table.
    fn load_code_merging(
        &mut self,
        source: &Rc<CodeObject>,
        filename: Obj,
        merged: &mut HashMap<ConstantKey, Obj>,
    ) -> Obj {
        let interned = |vm: &mut Machine, list: &[Rc<str>]| -> Vec<Obj> {
            let names: Vec<Obj> = list.iter().map(|n| vm.intern(n)).collect();
            vm.returning.extend_from_slice(&names);
            names
        };
        let before = self.returning.len();
        let co_names = interned(self, &source.names);
        let varnames = interned(self, &source.varnames);
        let freevars = interned(self, &source.freevars);
        let cellvars = interned(self, &source.cellvars);
        let consts: Vec<Obj> = source
            .consts
            .iter()
            .map(|c| self.load_constant(c, filename, merged))
            .collect();
        self.returning.truncate(before);
        let names = CodeNames {
            names: co_names,
            varnames,
            freevars,
            cellvars,
        };
        let name = self.intern(&source.name);
        let filename = self.new_ref(filename);
        self.assemble_code(source.clone(), consts, names, [name, filename], true)
    }

    /// A code object of its plain data and its objects, which it takes over; owned. What is not `runnable` may be looked at only.
    pub(super) fn assemble_code(
        &mut self,
        source: Rc<CodeObject>,
        consts: Vec<Obj>,
        names: CodeNames,
        [name, filename]: [Obj; 2],
        runnable: bool,
    ) -> Obj {
        let CodeNames {
            names: co_names,
            varnames,
            freevars,
            cellvars,
        } = names;
        let total = total_args(&source);
        let cell_to_arg = source
            .cellvars
            .iter()
            .map(|c| {
                source.varnames[..total]
                    .iter()
                    .position(|v| v == c)
                    .map(|i| i as u32)
            })
            .collect();
        let mut ins = if runnable {
            decode(&source)
        } else {
            Vec::new()
        };
        super::fuse::fuse(&mut ins);
        let lines: Vec<u32> = source.lines().into_iter().map(|l| l.unwrap_or(0)).collect();
        let nlocals = varnames.len() as u32;
        let special = flags::VARARGS
            | flags::VARKEYWORDS
            | flags::GENERATOR
            | flags::COROUTINE
            | flags::ASYNC_GENERATOR;
        let simple = source.flags & special == 0
            && source.flags & flags::OPTIMIZED != 0
            && source.kwonlyargcount == 0
            && cellvars.is_empty()
            && freevars.is_empty()
            && runnable;
        let code = Code {
            caches: vec![Cell::new(NO_CACHE); ins.len()],
            line_starts: line_starts(&source, ins.len()),
            ins,
            lines,
            consts,
            names: co_names,
            locals_plus: nlocals + (cellvars.len() + freevars.len()) as u32,
            varnames,
            freevars,
            cellvars,
            name,
            filename,
            cell_to_arg,
            argcount: source.argcount,
            posonly: source.posonlyargcount,
            kwonly: source.kwonlyargcount,
            flags: source.flags,
            nlocals,
            stacksize: source.stacksize,
            simple,
            runnable,
            source,
            own_tuples: Default::default(),
        };
        self.alloc_named(self.types.code, Payload::Code(Rc::new(code)))
    }

    /// A constant as an object; owned.
    fn load_constant(
        &mut self,
        constant: &Constant,
        filename: Obj,
        merged: &mut HashMap<ConstantKey, Obj>,
    ) -> Obj {
        let Some(key) = constant_key(constant) else {
            let o = self.make_constant(constant, filename, merged);
            return self.on_the_way(o);
        };
        if let Some(o) = merged.get(&key) {
            let o = self.new_ref(*o);
            return self.on_the_way(o);
        }
        let o = self.make_constant(constant, filename, merged);
        self.hold_ref(o);
        merged.insert(key, o);
        self.on_the_way(o)
    }

    /// Strings that look like names are interned, as `PyCode_New` does.
    fn make_constant(
        &mut self,
        constant: &Constant,
        filename: Obj,
        merged: &mut HashMap<ConstantKey, Obj>,
    ) -> Obj {
        match constant {
            Constant::None => self.new_none(),
            Constant::True => self.new_bool(true),
            Constant::False => self.new_bool(false),
            Constant::Ellipsis => {
                let o = self.ellipsis;
                self.new_ref(o)
            }
            Constant::Int(i) => match i.to_i64() {
                Some(small) => self.new_int(small),
                None => self.new_big_int(i.clone()),
            },
            Constant::Float(f) => self.new_float(*f),
            Constant::Complex(re, im) => self.new_complex(*re, *im),
            Constant::Str(text) => {
                let text = StrObj::new(text.clone());
                if text
                    .bytes()
                    .iter()
                    .all(|b| b.is_ascii_alphanumeric() || *b == b'_')
                {
                    self.intern_str(text)
                } else {
                    self.new_str_obj(text)
                }
            }
            Constant::Bytes(data) => self.new_bytes(data.clone()),
            Constant::Tuple(items) => {
                let before = self.returning.len();
                let items: Vec<Obj> = items
                    .iter()
                    .map(|i| self.load_constant(i, filename, merged))
                    .collect();
                // They are its own while it is made.
                self.returning.truncate(before);
                self.new_tuple(items)
            }
            Constant::FrozenSet(items) => {
                let set = self.new_set(self.types.frozenset);
                self.hold(set);
                let before = self.returning.len();
                for item in items {
                    let item = self.load_constant(item, filename, merged);
                    // Constants hash and compare without Python code, so this cannot fail.
                    let added = self.set_add(set, item);
                    debug_assert!(added.is_ok(), "a constant cannot be put into a frozenset");
                    self.decref(item);
                    self.returning.truncate(before);
                }
                self.heap.incref(set);
                set
            }
            Constant::Code(code) => self.load_code_merging(code, filename, merged),
        }
    }

    /// Compiles source text to a code object on the heap (`compile()`); mode is "exec", "eval" or "single".
    pub fn compile_source(&mut self, source: &[u8], filename: &str, mode: &str) -> PyResult<Obj> {
        let options = crate::compiler::Options::default();
        self.compile_with(source, filename, NULL, mode, options)
    }

    /// The same, with what holds from outside. `name` is the str that the file name comes from, borrowed, or NULL.
    pub fn compile_with(
        &mut self,
        source: &[u8],
        filename: &str,
        name: Obj,
        mode: &str,
        options: crate::compiler::Options,
    ) -> PyResult<Obj> {
        use crate::compiler::Mode;
        let mode = match mode {
            "eval" => Mode::Eval,
            "single" => Mode::Single,
            _ => Mode::Exec,
        };
        let compiled = crate::compiler::compile(source, filename, mode, options);
        self.finish_compilation(compiled, filename, name)
    }

    /// The code object of what was compiled, or the exception for why it was not.
    pub(in crate::vm) fn finish_compilation(
        &mut self,
        compiled: Result<Rc<CodeObject>, crate::compiler::CompileError>,
        filename: &str,
        name: Obj,
    ) -> PyResult<Obj> {
        use crate::compiler::CompileError;
        match compiled {
            Ok(code) => {
                for warning in &code.warnings {
                    self.warn_of_source(warning, filename)?;
                }
                // Modules of the library compile while they are imported where CPython's do not.
                if self.heap.births.quiet > 0 {
                    return Ok(self.load_code_named(&code, name));
                }
                let made = self.reserve_compilation(&code);
                let loaded = self.load_code_named(&code, name);
                self.hold(loaded);
                self.reserve_code_tuples(loaded, &mut Default::default());
                self.give_back_compilation(&made);
                Ok(self.unhold())
            }
            Err(CompileError::Syntax(error)) => {
                for warning in &error.warnings {
                    self.warn_of_source(warning, filename)?;
                }
                self.raise_syntax_error(&error)
            }
            Err(CompileError::ParserFull) => self.raise_bare(self.types.memory_error),
            Err(CompileError::TooDeep) => self.raise(
                self.types.recursion_error,
                "maximum recursion depth exceeded during compilation".to_string(),
            ),
            Err(CompileError::Unsupported { line, what }) => {
                self.interrupt = Some(super::Exit::Unsupported {
                    file: filename.to_string(),
                    line,
                    what,
                });
                Err(super::Thrown::Interrupt)
            }
        }
    }

    /// Raises the compiler's complaint as the exception CPython makes of it.
    pub(super) fn raise_syntax_error(
        &mut self,
        error: &crate::syntax::SyntaxError,
    ) -> PyResult<Obj> {
        use crate::syntax::ErrorKind;
        let class = match error.kind {
            ErrorKind::SyntaxError => self.types.syntax_error,
            ErrorKind::IndentationError => self.types.indentation_error,
            ErrorKind::TabError => self.types.tab_error,
        };
        let message = self.new_str(&error.message);
        let filename = self.new_str(&error.filename);
        let line = match self.source_line(&error.filename, error.line as i32) {
            Some(line) if error.by_compiler => Some(format!("{line}\n")),
            _ if error.by_compiler => None,
            _ => error.text.clone(),
        };
        let text = match line {
            Some(text) => self.new_string(text),
            None => self.new_none(),
        };
        let numbers = [
            i64::from(error.line),
            i64::from(error.column),
            i64::from(error.end_line),
            i64::from(error.end_column),
        ]
        .map(|n| match n == i64::from(crate::syntax::error::NO_END) {
            true => self.new_none(),
            false => self.new_int(n),
        });
        let [line, column, end_line, end_column] = numbers;
        let details = self.new_tuple(vec![filename, line, column, text, end_line, end_column]);
        let args = self.new_tuple(vec![message, details]);
        let result = self.raise_args(class, args);
        self.decref(args);
        result
    }

    /// The script's code becomes `__main__`, stopped before its first instruction; `module` is its name if it is run as one (`-m`).
    pub fn load_main(&mut self, code: &Rc<CodeObject>, module: Option<&str>) {
        let (code_obj, constants) = self.load_code_and_constants(code, NULL);
        match module {
            None => self.fill_arena(code_obj, constants),
            Some(_) => constants.into_iter().for_each(|o| self.decref(o)),
        }
        let Payload::Code(code) = self.heap.payload(code_obj) else {
            panic!("load_code makes code")
        };
        let code = code.clone();
        let (main, builtins) = (self.main_dict, self.builtins);
        let file = self.new_str(&code.source.filename.clone());
        self.dict_set_str(main, self.names.__file__, file);
        let none = self.none;
        self.dict_set_str(main, self.names.__cached__, none);
        if let Some(module) = module {
            let package = module.rsplit_once('.').map_or("", |p| p.0);
            let package = self.new_str(package);
            self.dict_set_str(main, self.names.__package__, package);
            self.decref(package);
            let filename = code.source.filename.to_string();
            if let Ok((spec, loader)) =
                super::modules::module_spec::make(self, module, Some(&filename), None)
            {
                self.dict_set_str(main, self.names.__spec__, spec);
                self.dict_set_str(main, self.names.__loader__, loader);
                self.decref(spec);
                self.decref(loader);
            }
        } else if let Ok(loader) = super::modules::module_spec::main_loader(self, file) {
            self.dict_set_str(main, self.names.__loader__, loader);
            self.decref(loader);
        }
        self.decref(file);
        self.enter_code(code.clone(), code_obj, main, builtins, main, NULL);
        self.decref(code_obj);
        for warning in &code.source.warnings {
            // The filters as they are at first make no exceptions of warnings.
            if self.warn_of_source(warning, &code.source.filename).is_err() {
                self.clear_exception();
            }
        }
        self.heap.births.restart();
    }
}

/// What makes two constants one (`_PyCode_ConstantKey`): the type and the value to the bit, each part with its length where that
/// is not the type's.
pub(super) type ConstantKey = Vec<u8>;

/// None for constants that are shared objects anyway.
fn constant_key(constant: &Constant) -> Option<ConstantKey> {
    let single = matches!(
        constant,
        Constant::None | Constant::True | Constant::False | Constant::Ellipsis
    );
    if single {
        return None;
    }
    let mut key = Vec::new();
    add_constant_key(constant, &mut key);
    Some(key)
}

/// What `==` compares of code objects: neither the file's name nor the lines behind the first.
fn add_code_key(code: &CodeObject, key: &mut ConstantKey) {
    let names = [&code.names, &code.varnames, &code.freevars, &code.cellvars];
    key.push(b'o');
    for number in [
        code.argcount,
        code.posonlyargcount,
        code.kwonlyargcount,
        code.flags,
        code.firstlineno,
    ] {
        key.extend_from_slice(&number.to_le_bytes());
    }
    let texts = names.into_iter().flatten().chain([&code.name]);
    let parts = texts.map(|text| text.as_bytes()).chain([&code.code[..]]);
    for part in parts {
        key.extend_from_slice(&(part.len() as u32).to_le_bytes());
        key.extend_from_slice(part);
    }
    for list in names {
        key.extend_from_slice(&(list.len() as u32).to_le_bytes());
    }
    add_item_keys(b'k', &code.consts, key);
}

pub(super) fn add_constant_key(constant: &Constant, key: &mut ConstantKey) {
    let mut sized = |kind: u8, bytes: &[u8]| {
        key.push(kind);
        key.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        key.extend_from_slice(bytes);
    };
    match constant {
        Constant::None => key.push(b'N'),
        Constant::True => key.push(b'T'),
        Constant::False => key.push(b'F'),
        Constant::Ellipsis => key.push(b'E'),
        Constant::Code(code) => add_code_key(code, key),
        Constant::Int(i) => sized(b'i', &i.to_signed_bytes_le()),
        Constant::Float(f) => sized(b'f', &f.to_bits().to_le_bytes()),
        Constant::Complex(re, im) => {
            sized(b'c', &re.to_bits().to_le_bytes());
            sized(b'j', &im.to_bits().to_le_bytes());
        }
        Constant::Str(text) => sized(b's', text.as_bytes()),
        Constant::Bytes(data) => sized(b'b', data),
        Constant::Tuple(items) => add_item_keys(b't', items, key),
        Constant::FrozenSet(items) => add_item_keys(b'z', items, key),
    }
}

fn add_item_keys(kind: u8, items: &[Constant], key: &mut ConstantKey) {
    key.push(kind);
    key.extend_from_slice(&(items.len() as u32).to_le_bytes());
    for item in items {
        add_constant_key(item, key);
    }
}

/// Positional, keyword-only, `*args`, `**kwargs`.
pub(super) fn total_args(source: &CodeObject) -> usize {
    let stars = u32::from(source.flags & flags::VARARGS != 0)
        + u32::from(source.flags & flags::VARKEYWORDS != 0);
    (source.argcount + source.kwonlyargcount + stars) as usize
}

/// Decodes instructions: arguments whole, jumps absolute.
fn decode(source: &CodeObject) -> Vec<Ins> {
    let mut ins = Vec::with_capacity(source.code.len() / 2);
    let mut extended = 0u32;
    for (index, pair) in source.code.chunks_exact(2).enumerate() {
        let op = Op::from_byte(pair[0]).expect("the compiler emits opcodes of the table");
        let arg = extended << 8 | u32::from(pair[1]);
        extended = if op == Op::ExtendedArg { arg } else { 0 };
        let arg = match op.arg_kind() {
            ArgKind::JumpRelative => index as u32 + 1 + arg,
            _ => arg,
        };
        ins.push(Ins {
            op,
            fused: op,
            x: 0,
            y: 0,
            arg,
        });
    }
    ins
}

/// Where a stretch of the line table begins: stepping onto such an instruction is a line event.
fn line_starts(source: &CodeObject, len: usize) -> Vec<bool> {
    let mut starts = vec![false; len];
    let mut at = 0usize;
    let mut line = None;
    let lines = source.lines();
    for pair in source.linetable.chunks_exact(2) {
        let size = pair[0] as usize / 2;
        if size > 0 && at < len {
            let here = lines[at];
            if here.is_some() && here != line {
                starts[at] = true;
            }
            line = here;
        }
        at += size;
    }
    starts
}
