//! THE opcode table: CPython 3.10's opcodes, each with its number, what its argument means, and its effect in one line.
//!
//! Everything else about opcodes is derived from these rows: the enum the compiler emits and the machine dispatches on, the
//! names the disassembler prints, the words the debugger shows. The stack effects are the one thing that needs code
//! (`effect`, below), and a test compares them with what `dis.stack_effect` says in the real 3.10.
//! Invariant: numbers and names are 3.10's; an opcode takes an argument exactly when its number is 90 or more.

/// What the argument of an instruction means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// The instruction takes no argument.
    None,
    /// A number that means what the effect says.
    Raw,
    /// An index into `consts`.
    Const,
    /// An index into `names`.
    Name,
    /// An index into `varnames`.
    Local,
    /// An index into `cellvars` followed by `freevars`.
    Free,
    /// A distance in instructions from the next instruction.
    JumpRelative,
    /// An instruction's index.
    JumpAbsolute,
    /// An index into `COMPARE_OPS`.
    Compare,
}

/// The operators that `COMPARE_OP` chooses from.
pub const COMPARE_OPS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

macro_rules! opcodes {
    (plain { $($variant:ident = $number:literal $name:literal $kind:ident $effect:literal;)* } fused { $($fused:ident = $code:literal;)* }) => {
        /// One opcode; the discriminant is the byte in `co_code`. The fused ones at the end are not CPython's and stand in no
        /// code object: they are faster forms that a run which nobody observes executes (`vm/fuse.rs`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Op { $($variant = $number,)* $($fused = $code,)* }

        impl Op {
            /// All opcodes, in the order of their numbers.
            pub const ALL: &'static [Op] = &[$(Op::$variant,)*];

            /// The opcode with this number, if 3.10 has one.
            pub fn from_byte(byte: u8) -> Option<Op> {
                match byte { $($number => Some(Op::$variant),)* _ => None }
            }

            /// The name `dis` prints.
            pub fn name(self) -> &'static str {
                match self { $(Op::$variant => $name,)* $(Op::$fused => stringify!($fused),)* }
            }

            /// What the argument means.
            pub fn arg_kind(self) -> ArgKind {
                match self { $(Op::$variant => ArgKind::$kind,)* $(Op::$fused => ArgKind::Raw,)* }
            }

            /// What the instruction does, in one line; `{arg}` stands for what the argument refers to.
            pub fn effect(self) -> &'static str {
                match self { $(Op::$variant => $effect,)* $(Op::$fused => "",)* }
            }
        }
    };
}

opcodes! {
    plain {
    PopTop = 1 "POP_TOP" None "drop the top of the stack, one reference less";
    RotTwo = 2 "ROT_TWO" None "swap the two topmost entries; no count changes";
    RotThree = 3 "ROT_THREE" None "move the top of the stack down to third place; no count changes";
    DupTop = 4 "DUP_TOP" None "push the top of the stack once more, one more reference";
    DupTopTwo = 5 "DUP_TOP_TWO" None "push the two topmost entries once more, one more reference each";
    RotFour = 6 "ROT_FOUR" None "move the top of the stack down to fourth place; no count changes";
    Nop = 9 "NOP" None "do nothing; it only keeps a line number alive";
    UnaryPositive = 10 "UNARY_POSITIVE" None "replace the top with +top";
    UnaryNegative = 11 "UNARY_NEGATIVE" None "replace the top with -top";
    UnaryNot = 12 "UNARY_NOT" None "replace the top with True if it is false, else with False";
    UnaryInvert = 15 "UNARY_INVERT" None "replace the top with ~top";
    BinaryMatrixMultiply = 16 "BINARY_MATRIX_MULTIPLY" None "pop right and left, push left @ right";
    InplaceMatrixMultiply = 17 "INPLACE_MATRIX_MULTIPLY" None "pop right and left, push the result of left @= right";
    BinaryPower = 19 "BINARY_POWER" None "pop right and left, push left ** right";
    BinaryMultiply = 20 "BINARY_MULTIPLY" None "pop right and left, push left * right";
    BinaryModulo = 22 "BINARY_MODULO" None "pop right and left, push left % right";
    BinaryAdd = 23 "BINARY_ADD" None "pop right and left, push left + right";
    BinarySubtract = 24 "BINARY_SUBTRACT" None "pop right and left, push left - right";
    BinarySubscr = 25 "BINARY_SUBSCR" None "pop the key and the container, push container[key]";
    BinaryFloorDivide = 26 "BINARY_FLOOR_DIVIDE" None "pop right and left, push left // right";
    BinaryTrueDivide = 27 "BINARY_TRUE_DIVIDE" None "pop right and left, push left / right";
    InplaceFloorDivide = 28 "INPLACE_FLOOR_DIVIDE" None "pop right and left, push the result of left //= right";
    InplaceTrueDivide = 29 "INPLACE_TRUE_DIVIDE" None "pop right and left, push the result of left /= right";
    GetLen = 30 "GET_LEN" None "push len(top), leaving the top where it is";
    MatchMapping = 31 "MATCH_MAPPING" None "push whether the top is a mapping, for a pattern";
    MatchSequence = 32 "MATCH_SEQUENCE" None "push whether the top is a sequence (not a str or bytes), for a pattern";
    MatchKeys = 33 "MATCH_KEYS" None "look the tuple of keys up in the mapping below it; push the values and whether all were there";
    CopyDictWithoutKeys = 34 "COPY_DICT_WITHOUT_KEYS" None "replace the keys on top with a copy of the mapping that lacks them";
    WithExceptStart = 49 "WITH_EXCEPT_START" None "call __exit__ with the exception on the stack, push what it returned";
    GetAiter = 50 "GET_AITER" None "replace the top with top.__aiter__()";
    GetAnext = 51 "GET_ANEXT" None "push an awaitable for the next item of the asynchronous iterator on top";
    BeforeAsyncWith = 52 "BEFORE_ASYNC_WITH" None "replace the context manager with its __aexit__, push the result of __aenter__()";
    EndAsyncFor = 54 "END_ASYNC_FOR" None "end the loop if the exception is StopAsyncIteration, else raise it again";
    InplaceAdd = 55 "INPLACE_ADD" None "pop right and left, push the result of left += right";
    InplaceSubtract = 56 "INPLACE_SUBTRACT" None "pop right and left, push the result of left -= right";
    InplaceMultiply = 57 "INPLACE_MULTIPLY" None "pop right and left, push the result of left *= right";
    InplaceModulo = 59 "INPLACE_MODULO" None "pop right and left, push the result of left %= right";
    StoreSubscr = 60 "STORE_SUBSCR" None "pop key, container and value; container[key] = value takes the reference";
    DeleteSubscr = 61 "DELETE_SUBSCR" None "pop key and container; del container[key]";
    BinaryLshift = 62 "BINARY_LSHIFT" None "pop right and left, push left << right";
    BinaryRshift = 63 "BINARY_RSHIFT" None "pop right and left, push left >> right";
    BinaryAnd = 64 "BINARY_AND" None "pop right and left, push left & right";
    BinaryXor = 65 "BINARY_XOR" None "pop right and left, push left ^ right";
    BinaryOr = 66 "BINARY_OR" None "pop right and left, push left | right";
    InplacePower = 67 "INPLACE_POWER" None "pop right and left, push the result of left **= right";
    GetIter = 68 "GET_ITER" None "replace the top with iter(top); the iterator now holds what it iterates over";
    GetYieldFromIter = 69 "GET_YIELD_FROM_ITER" None "replace the top with an iterator for yield from, unless it is a generator already";
    PrintExpr = 70 "PRINT_EXPR" None "pop the top and show it, as the interactive prompt does";
    LoadBuildClass = 71 "LOAD_BUILD_CLASS" None "push the builtin function that builds classes";
    YieldFrom = 72 "YIELD_FROM" None "send the top into the iterator below it and pass on what that yields";
    GetAwaitable = 73 "GET_AWAITABLE" None "replace the top with the iterator that await runs";
    LoadAssertionError = 74 "LOAD_ASSERTION_ERROR" None "push the class AssertionError";
    InplaceLshift = 75 "INPLACE_LSHIFT" None "pop right and left, push the result of left <<= right";
    InplaceRshift = 76 "INPLACE_RSHIFT" None "pop right and left, push the result of left >>= right";
    InplaceAnd = 77 "INPLACE_AND" None "pop right and left, push the result of left &= right";
    InplaceXor = 78 "INPLACE_XOR" None "pop right and left, push the result of left ^= right";
    InplaceOr = 79 "INPLACE_OR" None "pop right and left, push the result of left |= right";
    ListToTuple = 82 "LIST_TO_TUPLE" None "replace the list on top with a tuple of its items";
    ReturnValue = 83 "RETURN_VALUE" None "hand the top to the caller, its reference with it; the frame's own references die";
    ImportStar = 84 "IMPORT_STAR" None "pop the module and bind all its public names here";
    SetupAnnotations = 85 "SETUP_ANNOTATIONS" None "make sure that __annotations__ exists here";
    YieldValue = 86 "YIELD_VALUE" None "hand the top to whoever drives this generator and pause";
    PopBlock = 87 "POP_BLOCK" None "forget the innermost exception handler of this frame";
    PopExcept = 89 "POP_EXCEPT" None "pop the exception that was being handled before, and make it the current one again";
    StoreName = 90 "STORE_NAME" Name "pop the top and bind it to {arg}; what the name referred to loses a reference";
    DeleteName = 91 "DELETE_NAME" Name "unbind {arg}; its object loses a reference";
    UnpackSequence = 92 "UNPACK_SEQUENCE" Raw "pop a sequence of exactly {arg} items, push them, the first on top";
    ForIter = 93 "FOR_ITER" JumpRelative "push the next item of the iterator on top, or drop the iterator and jump to {arg}";
    UnpackEx = 94 "UNPACK_EX" Raw "pop an iterable, push its items with the starred ones as a list, the first on top";
    StoreAttr = 95 "STORE_ATTR" Name "pop an object and a value; object.{arg} = value";
    DeleteAttr = 96 "DELETE_ATTR" Name "pop an object; del object.{arg}";
    StoreGlobal = 97 "STORE_GLOBAL" Name "pop the top and bind it to the global {arg}; what that referred to loses a reference";
    DeleteGlobal = 98 "DELETE_GLOBAL" Name "unbind the global {arg}; its object loses a reference";
    RotN = 99 "ROT_N" Raw "move the top of the stack down by {arg} places; no count changes";
    LoadConst = 100 "LOAD_CONST" Const "push the constant {arg}, one more reference";
    LoadName = 101 "LOAD_NAME" Name "push what {arg} refers to here, in the globals or the builtins, one more reference";
    BuildTuple = 102 "BUILD_TUPLE" Raw "pop {arg} items into a new tuple, which takes over their references";
    BuildList = 103 "BUILD_LIST" Raw "pop {arg} items into a new list, which takes over their references";
    BuildSet = 104 "BUILD_SET" Raw "pop {arg} items into a new set";
    BuildMap = 105 "BUILD_MAP" Raw "pop {arg} pairs of key and value into a new dict";
    LoadAttr = 106 "LOAD_ATTR" Name "replace the top with top.{arg}";
    CompareOp = 107 "COMPARE_OP" Compare "pop right and left, push left {arg} right";
    ImportName = 108 "IMPORT_NAME" Name "pop the names wanted and the level, push the module {arg}";
    ImportFrom = 109 "IMPORT_FROM" Name "push the attribute {arg} of the module on top";
    JumpForward = 110 "JUMP_FORWARD" JumpRelative "go on at {arg}";
    JumpIfFalseOrPop = 111 "JUMP_IF_FALSE_OR_POP" JumpAbsolute "if the top is false keep it and jump to {arg}, else drop it";
    JumpIfTrueOrPop = 112 "JUMP_IF_TRUE_OR_POP" JumpAbsolute "if the top is true keep it and jump to {arg}, else drop it";
    JumpAbsolute = 113 "JUMP_ABSOLUTE" JumpAbsolute "go on at {arg}";
    PopJumpIfFalse = 114 "POP_JUMP_IF_FALSE" JumpAbsolute "drop the top; if it was false jump to {arg}";
    PopJumpIfTrue = 115 "POP_JUMP_IF_TRUE" JumpAbsolute "drop the top; if it was true jump to {arg}";
    LoadGlobal = 116 "LOAD_GLOBAL" Name "push what the global or builtin {arg} refers to, one more reference";
    IsOp = 117 "IS_OP" Raw "pop right and left, push whether they are the same object (the argument 1 turns it round)";
    ContainsOp = 118 "CONTAINS_OP" Raw "pop the container and the item, push whether it is in there (the argument 1 turns it round)";
    Reraise = 119 "RERAISE" Raw "raise the exception on the stack again";
    JumpIfNotExcMatch = 121 "JUMP_IF_NOT_EXC_MATCH" JumpAbsolute "pop an exception class and the exception; jump to {arg} unless it matches";
    SetupFinally = 122 "SETUP_FINALLY" JumpRelative "from here on, exceptions are handled at {arg}";
    LoadFast = 124 "LOAD_FAST" Local "push the object that local variable {arg} refers to, one more reference";
    StoreFast = 125 "STORE_FAST" Local "pop the top into local variable {arg}; what it referred to loses a reference";
    DeleteFast = 126 "DELETE_FAST" Local "unbind local variable {arg}; its object loses a reference";
    GenStart = 129 "GEN_START" Raw "drop the None that started this generator";
    RaiseVarargs = 130 "RAISE_VARARGS" Raw "raise: the exception and its cause are popped as far as given ({arg} of them)";
    CallFunction = 131 "CALL_FUNCTION" Raw "pop {arg} arguments and the function below them, push what the call returns";
    MakeFunction = 132 "MAKE_FUNCTION" Raw "pop a qualified name and a code object (and defaults, annotations, cells), push a new function";
    BuildSlice = 133 "BUILD_SLICE" Raw "pop {arg} bounds, push a slice";
    LoadClosure = 135 "LOAD_CLOSURE" Free "push the cell of {arg}, one more reference to the cell";
    LoadDeref = 136 "LOAD_DEREF" Free "push what the cell of {arg} holds, one more reference";
    StoreDeref = 137 "STORE_DEREF" Free "pop the top into the cell of {arg}; what it held loses a reference";
    DeleteDeref = 138 "DELETE_DEREF" Free "empty the cell of {arg}; what it held loses a reference";
    CallFunctionKw = 141 "CALL_FUNCTION_KW" Raw "pop the names of the keyword arguments, {arg} arguments and the function; push what the call returns";
    CallFunctionEx = 142 "CALL_FUNCTION_EX" Raw "pop the keyword arguments (if the argument is 1), the tuple of arguments and the function; push what the call returns";
    SetupWith = 143 "SETUP_WITH" JumpRelative "replace the context manager with its __exit__, push the result of __enter__(); exceptions go to {arg}";
    ExtendedArg = 144 "EXTENDED_ARG" Raw "give the next instruction a larger argument";
    ListAppend = 145 "LIST_APPEND" Raw "pop the top and append it to the list {arg} places down";
    SetAdd = 146 "SET_ADD" Raw "pop the top and add it to the set {arg} places down";
    MapAdd = 147 "MAP_ADD" Raw "pop value and key and store them in the dict {arg} places down";
    LoadClassderef = 148 "LOAD_CLASSDEREF" Free "push {arg} from the class's names, or else from its cell";
    MatchClass = 152 "MATCH_CLASS" Raw "pop the wanted attribute names and a class; replace the subject with its attributes, push whether it matched";
    SetupAsyncWith = 154 "SETUP_ASYNC_WITH" JumpRelative "from here on, exceptions are handled at {arg}, which calls __aexit__";
    FormatValue = 155 "FORMAT_VALUE" Raw "replace the top with its formatted text";
    BuildConstKeyMap = 156 "BUILD_CONST_KEY_MAP" Raw "pop a tuple of keys and {arg} values, push a new dict";
    BuildString = 157 "BUILD_STRING" Raw "pop {arg} strings, push them joined";
    LoadMethod = 160 "LOAD_METHOD" Name "replace the top with the method {arg} and its object, without making a bound method if it can";
    CallMethod = 161 "CALL_METHOD" Raw "pop {arg} arguments and the method below them, push what the call returns";
    ListExtend = 162 "LIST_EXTEND" Raw "pop an iterable and extend the list {arg} places down by it";
    SetUpdate = 163 "SET_UPDATE" Raw "pop an iterable and add its items to the set {arg} places down";
    DictMerge = 164 "DICT_MERGE" Raw "pop a mapping and merge it into the dict {arg} places down; a key twice is an error";
    DictUpdate = 165 "DICT_UPDATE" Raw "pop a mapping and update the dict {arg} places down with it";
    }
    fused {
        // 0: the loop's jump table begins there without a subtraction.
        FastFast = 0;
        FastConstCompareJump = 200;
        FastConstArith = 201;
        FastFastArith = 202;
        ArithStoreFast = 203;
        CompareJump = 204;
        FastAttr = 205;
        ForStoreFast = 206;
        FastStoreAttr = 208;
        FastFastStoreAttr = 209;
        FastMethod = 210;
        FastFastCompareJump = 211;
        FastFastSubscr = 212;
        FastConstSubscr = 213;
        FastArith = 214;
        ConstArith = 215;
        FastConstIsJump = 216;
        IsJump = 217;
        ContainsJump = 218;
        FastJump = 219;
        FastFastStoreSubscr = 220;
        FastConstStoreSubscr = 221;
        AppendJump = 222;
        StoreJump = 223;
        PopTopJump = 224;
        GlobalFast = 225;
        StoreLoad = 226;
        DerefFastSubscr = 227;
        FastFastAdd = 228;
        FastFastSubtract = 229;
        FastFastMultiply = 230;
        FastConstAdd = 231;
        FastConstSubtract = 232;
        FastConstMultiply = 233;
        FastAdd = 234;
        FastSubtract = 235;
        FastMultiply = 236;
        ConstAdd = 237;
        ConstSubtract = 238;
        ConstMultiply = 239;
        AddStoreFast = 240;
        SubtractStoreFast = 241;
        MultiplyStoreFast = 242;
        FastSubscr = 243;
        DupTwoSubscr = 244;
        RotThreeStoreSubscr = 245;
        StoreStore = 246;
        ConstReturn = 247;
        FastReturn = 248;
    }
}

impl Op {
    /// Whether the instruction takes an argument.
    pub fn has_arg(self) -> bool {
        self as u8 >= 90
    }

    /// Whether the argument is a place in the code, the handlers of `SETUP_…` included.
    pub fn is_jump(self) -> bool {
        matches!(
            self.arg_kind(),
            ArgKind::JumpRelative | ArgKind::JumpAbsolute
        )
    }

    /// How much deeper the stack is after the instruction, when it jumps or when it goes on. Follows `stack_effect` of
    /// `Python/compile.c`.
    pub fn stack_effect(self, arg: u32, jump: bool) -> i32 {
        let n = i32::try_from(arg).unwrap_or(i32::MAX);
        let bit = |mask: u32| i32::from(arg & mask != 0);
        match self {
            Op::Nop | Op::ExtendedArg | Op::RotTwo | Op::RotThree | Op::RotFour | Op::RotN => 0,
            Op::UnaryPositive | Op::UnaryNegative | Op::UnaryNot | Op::UnaryInvert => 0,
            Op::GetIter
            | Op::GetAiter
            | Op::GetAwaitable
            | Op::GetYieldFromIter
            | Op::ListToTuple => 0,
            Op::SetupAnnotations | Op::YieldValue | Op::PopBlock | Op::LoadAttr => 0,
            Op::DeleteName | Op::DeleteGlobal | Op::DeleteFast | Op::DeleteDeref => 0,
            Op::JumpForward | Op::JumpAbsolute | Op::CopyDictWithoutKeys => 0,
            Op::DupTop | Op::LoadBuildClass | Op::LoadConst | Op::LoadName | Op::LoadGlobal => 1,
            Op::LoadFast
            | Op::LoadClosure
            | Op::LoadDeref
            | Op::LoadClassderef
            | Op::LoadMethod => 1,
            Op::LoadAssertionError | Op::ImportFrom | Op::GetAnext | Op::BeforeAsyncWith => 1,
            Op::WithExceptStart | Op::GetLen | Op::MatchMapping | Op::MatchSequence => 1,
            Op::DupTopTwo | Op::MatchKeys => 2,
            Op::DeleteSubscr | Op::StoreAttr | Op::MapAdd | Op::JumpIfNotExcMatch => -2,
            Op::StoreSubscr | Op::PopExcept | Op::Reraise => -3,
            Op::EndAsyncFor => -7,
            Op::UnpackSequence => n - 1,
            Op::UnpackEx => (n & 0xff) + (n >> 8),
            Op::ForIter => {
                if jump {
                    -1
                } else {
                    1
                }
            }
            Op::SetupWith => {
                if jump {
                    6
                } else {
                    1
                }
            }
            Op::SetupAsyncWith => {
                if jump {
                    5
                } else {
                    0
                }
            }
            Op::SetupFinally => {
                if jump {
                    6
                } else {
                    0
                }
            }
            Op::JumpIfTrueOrPop | Op::JumpIfFalseOrPop if jump => 0,
            Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString => 1 - n,
            Op::BuildMap => 1 - 2 * n,
            Op::BuildConstKeyMap | Op::RaiseVarargs | Op::CallFunction => -n,
            Op::CallMethod | Op::CallFunctionKw => -n - 1,
            Op::CallFunctionEx => -1 - bit(1),
            Op::MakeFunction => -1 - bit(1) - bit(2) - bit(4) - bit(8),
            Op::BuildSlice if arg == 3 => -2,
            Op::FormatValue => {
                if arg & 4 == 4 {
                    -1
                } else {
                    0
                }
            }
            _ => -1,
        }
    }
}
