//! What is known of one scope while its code is generated: CPython's `compiler_unit`, with its basic blocks.
//!
//! Does not know the tree's constructs, only how to add instructions. Invariant: blocks are kept in the order in which
//! they were made, which the passes of `flow` walk backwards as CPython walks `b_list`; a jump's target is a block until
//! `assemble` turns it into a number.

use rustc_hash::FxHashMap as HashMap;

use crate::bytecode::opcode::Op;
use crate::compiler::constant::{Const, Key};
use crate::compiler::symtable::Scope;
use crate::syntax::tree::{Constant, Name, ScopeId, Span, Stmt};

/// The line of instructions that belong to no source line.
pub(super) const NO_LINE: i32 = -1;

/// A block of this unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct BlockId(pub usize);

/// An instruction before it has an offset.
#[derive(Clone, Debug)]
pub(super) struct Instr {
    pub op: Op,
    pub arg: u32,
    pub target: Option<BlockId>,
    /// `NO_LINE` for artificial ones; 0 for those before the first statement, which take the line before them.
    pub line: i32,
}

/// Instructions that are entered at the first and left at the last.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub instrs: Vec<Instr>,
    /// The block after this one, if control can fall out of it.
    pub next: Option<BlockId>,
    /// A RETURN_VALUE was emitted here.
    pub returns: bool,
    pub predecessors: u32,
    pub no_fallthrough: bool,
    /// Ends the frame: returns or raises.
    pub exit: bool,
}

/// What kind of scope the code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
}

/// What has to be undone when control leaves a block early: CPython's `fblockinfo`.
#[derive(Clone, Copy, Debug)]
pub(super) enum FrameBlock<'a> {
    WhileLoop {
        start: BlockId,
        exit: BlockId,
    },
    ForLoop {
        start: BlockId,
        exit: BlockId,
    },
    TryExcept,
    FinallyTry {
        body: &'a [Stmt],
    },
    FinallyEnd,
    With {
        span: Span,
    },
    AsyncWith {
        span: Span,
    },
    /// `except … as name`, or without a name.
    HandlerCleanup {
        name: Option<&'a Name>,
    },
    PopValue,
    ExceptionHandler,
}

/// Names with their indices, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub(super) struct NameTable {
    pub names: Vec<Name>,
    index: HashMap<Name, u32>,
}

impl NameTable {
    pub(super) fn new(names: Vec<Name>) -> NameTable {
        let index = names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.clone(), at as u32))
            .collect();
        NameTable { names, index }
    }

    pub(super) fn get(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    pub(super) fn add(&mut self, name: &Name) -> u32 {
        if let Some(index) = self.get(name) {
            return index;
        }
        let index = self.names.len() as u32;
        self.names.push(name.clone());
        self.index.insert(name.clone(), index);
        index
    }
}

/// The constants of a unit.
#[derive(Clone, Debug, Default)]
pub(super) struct ConstTable {
    pub consts: Vec<Const>,
    index: HashMap<Key, u32>,
}

impl ConstTable {
    pub(super) fn add(&mut self, value: Const) -> u32 {
        let next = self.consts.len() as u32;
        if value.has_nan() {
            self.consts.push(value);
            return next;
        }
        let index = *self.index.entry(value.key()).or_insert(next);
        if index == next {
            self.consts.push(value);
        }
        index
    }
}

pub(super) struct Unit<'a> {
    pub scope: ScopeId,
    pub kind: UnitKind,
    pub name: Name,
    pub qualname: String,
    pub consts: ConstTable,
    pub names: NameTable,
    pub varnames: NameTable,
    pub cellvars: NameTable,
    pub freevars: NameTable,
    /// The class whose private names are mangled.
    pub private: Option<Name>,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub blocks: Vec<Block>,
    pub current: BlockId,
    pub frame_blocks: Vec<FrameBlock<'a>>,
    pub firstlineno: u32,
    /// The line of the next instruction.
    pub line: i32,
    /// Where an error in the current statement or expression is reported.
    pub span: Span,
}

impl Unit<'_> {
    pub(super) fn new(
        scope: ScopeId,
        kind: UnitKind,
        name: Name,
        symbols: &Scope,
        firstlineno: u32,
    ) -> Self {
        Unit {
            scope,
            kind,
            qualname: name.to_string(),
            name,
            consts: ConstTable::default(),
            names: NameTable::default(),
            varnames: NameTable::new(symbols.varnames.clone()),
            cellvars: NameTable::new(symbols.cellvars()),
            freevars: NameTable::new(symbols.freevars()),
            private: None,
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            blocks: vec![Block::default()],
            current: BlockId(0),
            frame_blocks: Vec::new(),
            firstlineno,
            line: 0,
            span: Span::default(),
        }
    }

    pub(super) fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0]
    }

    pub(super) fn block_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0]
    }

    /// A block that nothing leads to yet.
    pub(super) fn new_block(&mut self) -> BlockId {
        self.blocks.push(Block::default());
        BlockId(self.blocks.len() - 1)
    }

    /// Go on in `block`, which follows the current one.
    pub(super) fn use_block(&mut self, block: BlockId) {
        let current = self.current;
        self.block_mut(current).next = Some(block);
        self.current = block;
    }

    /// Go on in a fresh block.
    pub(super) fn next_block(&mut self) {
        let block = self.new_block();
        self.use_block(block);
    }

    fn push(&mut self, op: Op, arg: u32, target: Option<BlockId>, line: i32) {
        let current = self.current;
        let block = self.block_mut(current);
        block.returns |= op == Op::ReturnValue;
        block.instrs.push(Instr {
            op,
            arg,
            target,
            line,
        });
    }

    /// An instruction without an argument.
    pub(super) fn op(&mut self, op: Op) {
        self.push(op, 0, None, self.line);
    }

    pub(super) fn op_no_line(&mut self, op: Op) {
        self.push(op, 0, None, NO_LINE);
    }

    /// An instruction with an argument.
    pub(super) fn op_arg(&mut self, op: Op, arg: u32) {
        self.push(op, arg, None, self.line);
    }

    pub(super) fn op_arg_no_line(&mut self, op: Op, arg: u32) {
        self.push(op, arg, None, NO_LINE);
    }

    pub(super) fn jump(&mut self, op: Op, target: BlockId) {
        self.push(op, 0, Some(target), self.line);
    }

    pub(super) fn jump_no_line(&mut self, op: Op, target: BlockId) {
        self.push(op, 0, Some(target), NO_LINE);
    }

    pub(super) fn load(&mut self, value: Constant) {
        let arg = self.consts.add(Const::Value(value));
        self.op_arg(Op::LoadConst, arg);
    }

    pub(super) fn load_none(&mut self) {
        self.load(Constant::None);
    }

    /// `GET_AWAITABLE` to `YIELD_FROM`: run the awaitable on top.
    pub(super) fn await_top(&mut self) {
        self.op(Op::GetAwaitable);
        self.load_none();
        self.op(Op::YieldFrom);
    }

    /// Report and number the following instructions as of `span`.
    pub(super) fn set_location(&mut self, span: Span) {
        self.line = span.line as i32;
        self.span = span;
    }

    /// The following instructions belong to no line.
    pub(super) fn set_no_line(&mut self) {
        self.line = NO_LINE;
    }
}
