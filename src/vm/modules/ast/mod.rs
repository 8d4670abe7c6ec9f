//! `_ast`: the classes of syntax trees, a tree as objects (`build.rs`), and objects as a tree to compile (`read.rs`).
//!
//! The classes come from `grammar.txt`, a line each: name, base, `@` (with positions) or `!` (with positions that must all be
//! given) or `-`, fields as `ast`'s documentation writes them.

mod build;
mod read;

use super::ModuleSpec;
use crate::heap::{NULL, Obj, Payload};
use crate::syntax::{self, Mode};
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_ast",
    doc: "",
    functions: &[],
    init,
};

const GRAMMAR: &str = include_str!("grammar.txt");

/// Under this name the module's dict is kept in `module_state`.
const CLASSES: &str = "_ast";

const POSITIONS: [&str; 4] = ["lineno", "col_offset", "end_lineno", "end_col_offset"];

/// A line of the grammar.
struct Node {
    name: &'static str,
    base: &'static str,
    positions: &'static str,
    /// "stmt* body, type_ignore* type_ignores"
    fields: &'static str,
}

impl Node {
    fn all() -> impl Iterator<Item = Node> {
        GRAMMAR.lines().filter_map(|line| {
            let mut parts = line.splitn(4, ' ');
            Some(Node {
                name: parts.next()?,
                base: parts.next()?,
                positions: parts.next()?,
                fields: parts.next().unwrap_or(""),
            })
        })
    }

    fn find(name: &str) -> Option<Node> {
        Node::all().find(|node| node.name == name)
    }

    /// Types and names of the fields: ("stmt*", "body").
    fn fields(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.fields
            .split(", ")
            .filter_map(|field| field.split_once(' '))
    }

    fn doc(&self) -> String {
        let parts: Vec<Node> = Node::all().filter(|node| node.base == self.name).collect();
        if parts.is_empty() {
            return match self.fields {
                "" => self.name.to_string(),
                fields => format!("{}({fields})", self.name),
            };
        }
        let parts: Vec<String> = parts.iter().map(Node::doc).collect();
        let between = match parts.iter().any(|doc| doc.contains('(')) {
            true => format!("\n{}| ", " ".repeat(self.name.len() + 1)),
            false => " | ".to_string(),
        };
        format!("{} = {}", self.name, parts.join(&between))
    }
}

static METHODS: &[Method] = &[
    Method::new("__init__", Arity::Keywords, init_node)
        .doc("__init__($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for accurate signature."),
    Method::new("__reduce__", Arity::NoArgs, reduce),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    vm.incref(dict);
    if let Some(old) = vm.module_state.insert(CLASSES, dict) {
        vm.decref(old);
    }
    for (name, flag) in [
        ("PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000),
        ("PyCF_ONLY_AST", 0x400),
        ("PyCF_TYPE_COMMENTS", 0x1000),
    ] {
        let flag = vm.new_int(flag);
        vm.dict_set_name(dict, name, flag);
        vm.decref(flag);
    }
    let object = vm.types.object;
    let base = Node {
        name: "AST",
        base: "",
        positions: "-",
        fields: "",
    };
    let ast = make_class(vm, dict, &base, object)?;
    for def in METHODS {
        vm.incref(ast);
        let method = vm.alloc_gc(
            vm.types.method_descriptor,
            Payload::MethodDescr { def, class: ast },
        );
        vm.with_held(method, |vm, method| vm.set_attr_str(ast, def.name, method))?;
    }
    let make = vm.new_builtin(&NEW, NULL, NULL);
    let make = vm.alloc_gc(vm.types.staticmethod, Payload::StaticMethod([make, NULL]));
    vm.with_held(make, |vm, make| vm.set_attr_str(ast, NEW.name, make))?;
    for node in Node::all() {
        let base = vm.dict_get_name(dict, node.base);
        make_class(vm, dict, &node, base)?;
    }
    Ok(())
}

/// Makes the class and puts it into the module; borrowed.
fn make_class(vm: &mut Machine, dict: Obj, node: &Node, base: Obj) -> PyResult<Obj> {
    let mark = vm.mark();
    let namespace = vm.new_dict();
    vm.hold(namespace);
    let put = |vm: &mut Machine, name: &str, value: Obj| {
        vm.dict_set_name(namespace, name, value);
        vm.decref(value);
    };
    let module = vm.new_str("ast");
    put(vm, "__module__", module);
    let names = |vm: &mut Machine, names: Vec<&str>| {
        let names = names.into_iter().map(|name| vm.intern(name)).collect();
        vm.new_tuple(names)
    };
    let fields = names(vm, node.fields().map(|field| field.1).collect());
    vm.incref(fields);
    put(vm, "_fields", fields);
    put(vm, "__match_args__", fields);
    if node.base.is_empty() {
        let none = names(vm, Vec::new());
        put(vm, "_attributes", none);
    } else {
        let doc = vm.new_string(node.doc());
        put(vm, "__doc__", doc);
    }
    if matches!(node.base, "AST") {
        let positions = names(
            vm,
            if node.positions == "-" {
                Vec::new()
            } else {
                POSITIONS.to_vec()
            },
        );
        put(vm, "_attributes", positions);
        if node.positions == "@" {
            for name in &POSITIONS[2..] {
                let none = vm.new_none();
                put(vm, name, none);
            }
        }
    }
    for (kind, name) in node.fields() {
        if kind.ends_with('?') {
            let none = vm.new_none();
            put(vm, name, none);
        }
    }
    let bases = vm.new_tuple_of(&[base]);
    vm.hold(bases);
    let name = vm.new_str(node.name);
    vm.hold(name);
    let made = vm.call(vm.types.type_, &[name, bases, namespace]);
    let made = vm.releasing(mark, made)?;
    vm.dict_set_name(dict, node.name, made);
    vm.decref(made);
    Ok(made)
}

/// The class of nodes so named, borrowed; the module has been imported.
fn class(vm: &Machine, name: &str) -> Obj {
    vm.module_state
        .get(CLASSES)
        .map_or(NULL, |dict| vm.dict_get_name(*dict, name))
}

/// `AST.__new__`: a node without fields, whatever the arguments.
static NEW: Method = Method::new("__new__", Arity::Keywords, |vm, _, args| {
    let class = args.get(vm, 0);
    let ast = class_named(vm, "AST");
    if class.is_null() || !vm.heap.is_class(class) || !vm.is_subtype(class, ast) {
        return vm.type_error("AST.__new__(X): X is not a subtype of AST".to_string());
    }
    Ok(vm.alloc_instance(class, Payload::Object))
});

fn class_named(vm: &Machine, name: &str) -> Obj {
    class(vm, name)
}

/// `AST.__init__`: fields by position or by name, any other attribute by name.
fn init_node(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let fields = vm.get_attr_str(this, "_fields")?;
    let mark = vm.mark();
    vm.hold(fields);
    let done = init_fields(vm, this, args, fields);
    vm.releasing(mark, done)?;
    Ok(vm.new_none())
}

fn init_fields(vm: &mut Machine, this: Obj, args: Args, fields: Obj) -> PyResult<()> {
    let names = vm.collect_iterable(fields)?;
    let mark = vm.mark();
    for name in &names {
        vm.hold(*name);
    }
    let done = fill(vm, this, args, &names);
    vm.releasing(mark, done)
}

fn fill(vm: &mut Machine, this: Obj, args: Args, names: &[Obj]) -> PyResult<()> {
    let class = vm.type_name(this);
    if args.len() > names.len() {
        let (n, s) = (names.len(), if names.len() == 1 { "" } else { "s" });
        return vm.type_error(format!(
            "{class} constructor takes at most {n} positional argument{s}"
        ));
    }
    for (i, name) in names.iter().enumerate().take(args.len()) {
        vm.set_attr(this, *name, args.get(vm, i))?;
    }
    for (name, value) in args.keywords(vm) {
        let text = vm.text(name);
        if names
            .iter()
            .take(args.len())
            .any(|known| vm.text(*known) == text)
        {
            return vm.type_error(format!("{class} got multiple values for argument '{text}'"));
        }
        vm.set_attr(this, name, value)?;
    }
    Ok(())
}

fn reduce(vm: &mut Machine, this: Obj, _: Args) -> PyResult<Obj> {
    let dict = crate::vm::types::object::get_dict(vm, this)?;
    let class = vm.new_ref(vm.heap.ty(this));
    let none = vm.new_tuple(Vec::new());
    Ok(vm.new_tuple(vec![class, none, dict]))
}

fn mode_of(mode: &str) -> Mode {
    match mode {
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => Mode::Exec,
    }
}

impl Machine {
    /// Whether it is a node of a syntax tree.
    pub fn is_syntax_tree(&self, o: Obj) -> bool {
        let ast = class(self, "AST");
        !ast.is_null() && self.is_subtype(self.heap.ty(o), ast)
    }

    /// `compile(…, flags=PyCF_ONLY_AST)`: the source as objects.
    pub fn parse_to_objects(
        &mut self,
        data: &[u8],
        filename: &str,
        mode: &str,
        origin: syntax::Origin,
    ) -> PyResult<Obj> {
        let module = self.import_module("_ast")?;
        self.decref(module);
        let mode = mode_of(mode);
        let parsed = syntax::on_a_deep_stack(|| syntax::parse_from(data, filename, mode, origin));
        match parsed {
            Err(error) => self.raise_syntax_error(&error),
            Ok(parsed) if parsed.parser_full => self.raise_bare(self.types.memory_error),
            Ok(parsed) if parsed.too_deep => self.raise(
                self.types.recursion_error,
                "maximum recursion depth exceeded during compilation".to_string(),
            ),
            Ok(parsed) => {
                for warning in &parsed.warnings {
                    self.warn_of_source(warning, filename)?;
                }
                Ok(build::module(self, &parsed.module))
            }
        }
    }

    /// `compile(tree, …)`: objects to code.
    pub fn compile_objects(
        &mut self,
        tree: Obj,
        filename: &str,
        name: Obj,
        mode: &str,
        options: crate::compiler::Options,
    ) -> PyResult<Obj> {
        let (module, scopes) = read::module(self, tree, mode)?;
        let parsed = syntax::Parsed {
            module,
            source: syntax::Source::from_text(String::new(), filename),
            scopes,
            too_deep: false,
            parser_full: false,
            warnings: Vec::new(),
        };
        let compiled = crate::compiler::compile_tree(parsed, filename, mode_of(mode), options);
        self.finish_compilation(compiled, filename, name)
    }
}
