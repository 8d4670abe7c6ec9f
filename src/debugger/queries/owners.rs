//! Who holds each count of an object, as Python reaches it: `global a`, `Node.2.peer`, `list.4[0]`.
//!
//! Knows how references are labelled, not how they came about. Invariant: one text for each counted reference, in the order of
//! the owners' birth. Start at [`of`].

use crate::heap::gc_list::ListId;
use crate::heap::{Edge, Heap, NULL, Obj, Payload};
use crate::vm::Machine;

use super::super::look;
use super::references::{self, Holder, Reference};
use crate::vm::roots::Root;

/// The owners of an object, oldest first.
pub fn of(vm: &Machine, o: Obj) -> Vec<String> {
    let names = Names::new(vm);
    let mut owners: Vec<(u64, String)> = Vec::new();
    for reference in references::to(vm, o) {
        owners.push((names.age(&reference), names.text(&reference)));
    }
    // Stable: what one owner holds twice stays in the order in which it holds it.
    owners.sort_by_key(|(age, _)| *age);
    owners.into_iter().map(|(_, text)| text).collect()
}

/// An object's short name anywhere: `Node.1`, a class's name, a plain value's repr.
pub fn display(vm: &Machine, o: Obj) -> String {
    match vm.heap.payload(o) {
        Payload::Class(_) => look::short_class_name(vm, o).to_owned(),
        Payload::None => "None".to_owned(),
        Payload::Ellipsis => "Ellipsis".to_owned(),
        Payload::NotImplemented => "NotImplemented".to_owned(),
        Payload::Bool(b) => if *b { "True" } else { "False" }.to_owned(),
        Payload::Int(n) => n.to_string(),
        Payload::BigInt(n) => n.to_string(),
        Payload::Float(x) => format!("{x:?}"),
        Payload::Str(text) => quoted(&text.lossy()),
        _ => match look::name_of(vm, o) {
            Some(name) => name.to_string(),
            None => interpreter_made(vm, o),
        },
    }
}

/// A short repr of a text, as Python quotes it.
pub fn quoted(text: &str) -> String {
    const SHOWN_CHARS: usize = 40;
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for (n, c) in text.chars().enumerate() {
        if n == SHOWN_CHARS {
            out.push('…');
            break;
        }
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn interpreter_made(vm: &Machine, o: Obj) -> String {
    match vm.heap.payload(o) {
        Payload::Builtin(builtin) => format!("<built-in function {}>", builtin.def.name),
        Payload::Tuple { n: 0, .. } => "()".to_owned(),
        Payload::Func(func) => format!("<function {}>", vm.text(func.name)),
        Payload::Code(code) => format!("<code {}>", code.name()),
        Payload::Module { dict } => format!("<module {}>", module_name(vm, *dict)),
        Payload::Member(member) => described(vm, member.class, &vm.text(member.name)),
        Payload::GetSetDescr { def, class } => described(vm, *class, def.name),
        Payload::MethodDescr { def, class } => described(vm, *class, def.name),
        Payload::WrapperDescr { def, class } => described(vm, *class, def.name),
        _ => format!("<{}>", look::short_class_name(vm, vm.heap.ty(o))),
    }
}

/// A descriptor by where it is found: `Point.x`.
fn described(vm: &Machine, class: Obj, name: &str) -> String {
    match vm.heap.is_class(class) {
        true => format!("{}.{name}", look::short_class_name(vm, class)),
        false => format!("<descriptor {name}>"),
    }
}

fn module_name(vm: &Machine, dict: Obj) -> String {
    let name = vm
        .heap
        .dict_items(dict)
        .into_iter()
        .find(|(key, _)| vm.text(*key) == "__name__");
    name.map_or_else(|| "?".to_owned(), |(_, value)| vm.text(value))
}

/// What an object refers to, as `gc.get_referents` gives it: in the order in which CPython's `tp_traverse` visits.
pub fn referents(vm: &Machine, o: Obj) -> Vec<Obj> {
    let mut found = Vec::new();
    let slot = vm.heap.slot(o);
    slot.payload
        .traverse(slot.ty, |_, target| found.push(target));
    found
}

/// The objects that refer to one, oldest first; what only the machine holds is not among them.
pub fn referrers(vm: &Machine, o: Obj) -> Vec<Obj> {
    let mut found: Vec<Obj> = Vec::new();
    for reference in references::to(vm, o) {
        if let Holder::Object(holder, _) = reference.holder
            && !found.contains(&holder)
        {
            found.push(holder);
        }
    }
    found.sort_by_key(|holder| vm.heap.births.of(*holder).serial);
    found
}

/// The generation whose list an object is in; 3 for what `gc.freeze` set aside.
pub fn generation(vm: &Machine, o: Obj) -> Option<i64> {
    if !vm.heap.gc.tracked(o) {
        return None;
    }
    let lists = [
        ListId::Generation0,
        ListId::Generation1,
        ListId::Generation2,
        ListId::Permanent,
    ];
    let found = lists
        .iter()
        .position(|list| vm.heap.gc.iter(*list).any(|other| other == o));
    found.map(|generation| generation as i64)
}

/// Texts and ages of owners; holds what it takes to know whose dict a dict is.
pub struct Names<'a> {
    vm: &'a Machine,
    /// For each slot the object whose `__dict__`, namespace, tuple of cells, defaults or bases it is.
    parts: Vec<Part>,
}

/// What a helper object is to the object it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Nothing,
    /// `__dict__` of an instance, a class, a module, a function.
    DictOf(Obj),
    /// The namespace in which a class body runs.
    NamespaceOf(usize),
    ClosureOf(Obj),
    DefaultsOf(Obj),
    KwDefaultsOf(Obj),
    BasesOf(Obj),
    MroOf(Obj),
    /// A cell, by the name it has in this function or frame.
    CellOf(Obj),
}

impl<'a> Names<'a> {
    pub fn new(vm: &'a Machine) -> Names<'a> {
        let mut names = Names {
            vm,
            parts: vec![Part::Nothing; vm.heap.slot_count()],
        };
        for o in vm.heap.objects() {
            names.note_parts(o);
        }
        for (n, frame) in vm.frames.iter().enumerate() {
            if !frame.locals.is_null() && frame.locals != frame.globals {
                names.set(frame.locals, Part::NamespaceOf(n));
            }
            names.note_cells_of_frame(n);
        }
        names
    }

    fn set(&mut self, helper: Obj, part: Part) {
        let known = &mut self.parts[helper.0 as usize];
        if !helper.is_null() && *known == Part::Nothing {
            *known = part;
        }
    }

    fn note_parts(&mut self, o: Obj) {
        let vm = self.vm;
        self.set(vm.heap.dict_of(o), Part::DictOf(o));
        match vm.heap.payload(o) {
            Payload::Class(class) => {
                self.set(class.dict, Part::DictOf(o));
                self.set(class.bases, Part::BasesOf(o));
                self.set(class.mro, Part::MroOf(o));
            }
            Payload::Func(func) => {
                self.set(func.closure, Part::ClosureOf(o));
                self.set(func.defaults, Part::DefaultsOf(o));
                self.set(func.kwdefaults, Part::KwDefaultsOf(o));
                let cells = vm.heap.tuple(func.closure).unwrap_or(&[]);
                for (cell, name) in cells.iter().zip(&func.code.freevars) {
                    self.set(*cell, Part::CellOf(*name));
                }
            }
            _ => {}
        }
    }

    fn note_cells_of_frame(&mut self, n: usize) {
        let vm = self.vm;
        let frame = &vm.frames[n];
        let code = &frame.code;
        let first = frame.base + code.nlocals as usize;
        for (i, name) in code.cellvars.iter().chain(&code.freevars).enumerate() {
            self.set(vm.stack[first + i], Part::CellOf(*name));
        }
    }

    pub fn part(&self, o: Obj) -> Part {
        self.parts[o.0 as usize]
    }

    /// When the owner was born: globals before everything, helpers with the object they belong to.
    pub fn age(&self, reference: &Reference) -> u64 {
        let serial = |o: Obj| u64::from(self.vm.heap.births.of(o).serial);
        match reference.holder {
            Holder::Object(o, _) if o == self.vm.main_dict => 0,
            Holder::Object(o, _) => match self.part(o) {
                Part::DictOf(owner)
                | Part::ClosureOf(owner)
                | Part::DefaultsOf(owner)
                | Part::KwDefaultsOf(owner)
                | Part::BasesOf(owner)
                | Part::MroOf(owner) => serial(owner),
                Part::NamespaceOf(frame) => self.frame_age(frame),
                _ => serial(o),
            },
            Holder::Root(
                Root::Local { frame, .. }
                | Root::Stack { frame, .. }
                | Root::Temporary { frame }
                | Root::Native { frame }
                | Root::FrameField { frame, .. },
            ) => self.frame_age(frame as usize),
            Holder::Root(_) => u64::MAX,
        }
    }

    /// The module's frame is as old as the module.
    fn frame_age(&self, frame: usize) -> u64 {
        match frame {
            0 => 1,
            _ => u64::from(self.vm.frames[frame].born),
        }
    }

    /// The owner's name, with the way from it to the object.
    pub fn text(&self, reference: &Reference) -> String {
        match reference.holder {
            Holder::Object(holder, edge) => self.object_text(holder, edge),
            _ if references::is_collectors(self.vm, reference) => "gc".to_owned(),
            Holder::Root(root) => self.root_text(root),
        }
    }

    fn root_text(&self, root: Root) -> String {
        let vm = self.vm;
        let function = |frame: u32| {
            vm.frames
                .get(frame as usize)
                .map_or("<exit>", |frame| frame.name())
        };
        match root {
            Root::Local { frame, index } => {
                let code = &vm.frames[frame as usize].code;
                local_text(vm, code, index, function(frame))
            }
            Root::Stack { frame, index } => format!("stack {index} in {}", function(frame)),
            Root::Temporary { frame } | Root::Native { frame } => {
                format!("temporary in {}", function(frame))
            }
            Root::FrameField { frame, .. } => format!("frame of {}", function(frame)),
            Root::Exception => "exception".to_owned(),
            Root::Returning => "returning".to_owned(),
            Root::Gc => "gc".to_owned(),
            Root::Interpreter(what) => format!("interpreter {what}"),
        }
    }

    fn object_text(&self, holder: Obj, edge: Edge) -> String {
        let vm = self.vm;
        let name = || display(vm, holder);
        match (edge, vm.heap.base(holder)) {
            (Edge::Key(_) | Edge::Value(_) | Edge::Attr(_), _) => self.dict_text(holder, edge),
            (Edge::Item(i), _) => self.item_text(holder, i),
            (Edge::Type, _) => format!("class of {}", name()),
            (Edge::Dict, _) => format!("{}.__dict__", name()),
            (Edge::Element(_), _) => format!("element of {}", name()),
            (Edge::Slot(i), _) => format!("{}.{}", name(), self.slot_name(holder, i)),
            (Edge::Contents, _) => match self.part(holder) {
                Part::CellOf(variable) => format!("cell {}", vm.text(variable)),
                _ => name(),
            },
            (Edge::Const(_), Payload::Code(code)) => format!("const of {}", code.name()),
            (Edge::Name(_), Payload::Code(code)) => format!("name in {}", code.name()),
            (_, Payload::Code(code)) => format!("code of {}", code.name()),
            (_, Payload::Method { func, this }) => {
                format!(
                    "bound method {}.{}",
                    display(vm, *this),
                    function_name(vm, *func)
                )
            }
            (Edge::Local(i), Payload::Frame(frame)) => {
                local_text(vm, &frame.code, i, frame.code.name())
            }
            (Edge::Stack(i), Payload::Frame(frame)) => {
                format!("stack {i} in {}", frame.code.name())
            }
            (_, Payload::Frame(frame)) => format!("frame of {}", frame.code.name()),
            (Edge::Field("__bases__" | "__base__"), Payload::Class(_)) => {
                format!("base of {}", name())
            }
            (Edge::Field(field), Payload::Func(func)) => format!("{}.{field}", vm.text(func.name)),
            (Edge::Field(field), _) => format!("{}.{field}", name()),
            (Edge::Const(i) | Edge::Name(i) | Edge::Local(i) | Edge::Stack(i), _) => {
                format!("{}[{i}]", name())
            }
        }
    }

    fn dict_text(&self, dict: Obj, edge: Edge) -> String {
        let vm = self.vm;
        let Some((key, is_key)) = entry(&vm.heap, dict, edge) else {
            return display(vm, dict);
        };
        let key_text = vm.heap.str(key).map(|text| text.lossy());
        if is_key {
            return match self.part(dict) {
                Part::DictOf(owner) => format!("{} key", self.attribute(owner, key)),
                _ => format!("{} key", display(vm, dict)),
            };
        }
        match (self.part(dict), key_text) {
            _ if dict == vm.main_dict => format!("global {}", vm.text(key)),
            (Part::DictOf(owner), Some(_)) => self.attribute(owner, key),
            (Part::NamespaceOf(frame), Some(text)) => {
                format!("local {text} in {}", vm.frames[frame].name())
            }
            (Part::KwDefaultsOf(func), _) => format!("default of {}", function_name(vm, func)),
            _ => format!("{}[{}]", display(vm, dict), display(vm, key)),
        }
    }

    /// `Node.2.peer`, `Node.hello`, `gc.callbacks`.
    fn attribute(&self, owner: Obj, key: Obj) -> String {
        let vm = self.vm;
        let name = match vm.heap.payload(owner) {
            Payload::Module { dict } => module_name(vm, *dict),
            Payload::Func(func) => vm.text(func.name),
            _ => display(vm, owner),
        };
        format!("{name}.{}", vm.text(key))
    }

    fn item_text(&self, holder: Obj, i: u32) -> String {
        let vm = self.vm;
        match self.part(holder) {
            Part::ClosureOf(func) => format!("closure of {}", function_name(vm, func)),
            Part::DefaultsOf(func) => format!("default of {}", function_name(vm, func)),
            Part::BasesOf(class) => format!("base of {}", display(vm, class)),
            Part::MroOf(class) => format!("mro of {}", display(vm, class)),
            _ => format!("{}[{i}]", display(vm, holder)),
        }
    }

    fn slot_name(&self, holder: Obj, i: u32) -> String {
        let vm = self.vm;
        let mro = vm
            .heap
            .tuple(vm.heap.class(vm.heap.ty(holder)).mro)
            .unwrap_or(&[]);
        let members = mro
            .iter()
            .flat_map(|class| vm.heap.dict_items(vm.heap.class(*class).dict));
        for (_, value) in members {
            if let Payload::Member(member) = vm.heap.payload(value)
                && u32::from(member.index) == i
            {
                return vm.text(member.name);
            }
        }
        format!("slot {i}")
    }
}

fn function_name(vm: &Machine, func: Obj) -> String {
    match vm.heap.payload(func) {
        Payload::Func(func) => vm.text(func.name),
        Payload::Builtin(builtin) => builtin.def.name.to_owned(),
        _ => display(vm, func),
    }
}

fn local_text(vm: &Machine, code: &crate::heap::payload::Code, i: u32, function: &str) -> String {
    let i = i as usize;
    let locals = code.nlocals as usize;
    match code.varnames.get(i).filter(|_| i < locals) {
        Some(name) => format!("local {} in {function}", vm.text(*name)),
        None => {
            let cells = code.cellvars.iter().chain(&code.freevars);
            let name = cells.clone().nth(i - locals).copied().unwrap_or(NULL);
            format!("cell {} in {function}", vm.text(name))
        }
    }
}

/// The key that an edge of a dict is about, and whether the edge is the key itself.
fn entry(heap: &Heap, dict: Obj, edge: Edge) -> Option<(Obj, bool)> {
    match (heap.base(dict), edge) {
        (Payload::Dict(dict), Edge::Key(i)) => Some((dict.entries.get(i as usize)?.key, true)),
        (Payload::Dict(dict), Edge::Value(i)) => Some((dict.entries.get(i as usize)?.key, false)),
        (Payload::Split { shape, .. }, Edge::Attr(i)) => {
            Some((*heap.shapes.names(*shape).get(i as usize)?, false))
        }
        _ => None,
    }
}
