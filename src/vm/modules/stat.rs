//! The module `_stat` (`Modules/_stat.c`): the bits of a file's mode.

use super::ModuleSpec;
use crate::heap::payload::Payload;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

/// A test for one kind; 0 stands for a kind that this system does not have.
macro_rules! is_kind {
    ($name:literal, $bits:literal) => {
        Method::new($name, Arity::One, |vm, _, args| {
            let mode = mode_of(vm, args)?;
            Ok(vm.new_bool($bits != 0 && mode & KIND == $bits))
        })
        .doc(concat!($name, "(mode) -> bool"))
    };
}

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "_stat",
    doc: "Names and tests for the bits of a file's mode.",
    functions: &[
        is_kind!("S_ISDIR", 0o040_000),
        is_kind!("S_ISCHR", 0o020_000),
        is_kind!("S_ISBLK", 0o060_000),
        is_kind!("S_ISREG", 0o100_000),
        is_kind!("S_ISFIFO", 0o010_000),
        is_kind!("S_ISLNK", 0o120_000),
        is_kind!("S_ISSOCK", 0o140_000),
        is_kind!("S_ISDOOR", 0),
        is_kind!("S_ISPORT", 0),
        is_kind!("S_ISWHT", 0),
        Method::new("S_IMODE", Arity::One, |vm, _, args| {
            let mode = mode_of(vm, args)?;
            Ok(vm.new_int(mode & 0o7777))
        })
        .doc("Return the portion of the file's mode that can be set by os.chmod()."),
        Method::new("S_IFMT", Arity::One, |vm, _, args| {
            let mode = mode_of(vm, args)?;
            Ok(vm.new_int(mode & KIND))
        })
        .doc("Return the portion of the file's mode that describes the file type."),
        Method::new("filemode", Arity::One, |vm, _, args| {
            let mode = mode_of(vm, args)?;
            Ok(vm.new_string(shown(mode)))
        })
        .doc("Convert a file's mode to a string of the form '-rwxrwxrwx'"),
    ],
    init: |vm, dict| {
        for (name, value) in CONSTANTS {
            let value = vm.new_int(*value);
            vm.dict_set_name(dict, name, value);
            vm.decref(value);
        }
        Ok(())
    },
};

/// The part of a mode that says what kind of file it is.
const KIND: i64 = 0o170_000;

static CONSTANTS: &[(&str, i64)] = &[
    ("S_IFDIR", 0o040_000),
    ("S_IFCHR", 0o020_000),
    ("S_IFBLK", 0o060_000),
    ("S_IFREG", 0o100_000),
    ("S_IFIFO", 0o010_000),
    ("S_IFLNK", 0o120_000),
    ("S_IFSOCK", 0o140_000),
    ("S_IFDOOR", 0),
    ("S_IFPORT", 0),
    ("S_IFWHT", 0),
    ("S_ISUID", 0o4000),
    ("S_ISGID", 0o2000),
    ("S_ISVTX", 0o1000),
    ("S_ENFMT", 0o2000),
    ("S_IREAD", 0o400),
    ("S_IWRITE", 0o200),
    ("S_IEXEC", 0o100),
    ("S_IRWXU", 0o700),
    ("S_IRUSR", 0o400),
    ("S_IWUSR", 0o200),
    ("S_IXUSR", 0o100),
    ("S_IRWXG", 0o070),
    ("S_IRGRP", 0o040),
    ("S_IWGRP", 0o020),
    ("S_IXGRP", 0o010),
    ("S_IRWXO", 0o007),
    ("S_IROTH", 0o004),
    ("S_IWOTH", 0o002),
    ("S_IXOTH", 0o001),
    ("UF_NODUMP", 0x1),
    ("UF_IMMUTABLE", 0x2),
    ("UF_APPEND", 0x4),
    ("UF_OPAQUE", 0x8),
    ("UF_NOUNLINK", 0x10),
    ("UF_COMPRESSED", 0x20),
    ("UF_HIDDEN", 0x8000),
    ("SF_ARCHIVED", 0x1_0000),
    ("SF_IMMUTABLE", 0x2_0000),
    ("SF_APPEND", 0x4_0000),
    ("SF_NOUNLINK", 0x10_0000),
    ("SF_SNAPSHOT", 0x20_0000),
    ("ST_MODE", 0),
    ("ST_INO", 1),
    ("ST_DEV", 2),
    ("ST_NLINK", 3),
    ("ST_UID", 4),
    ("ST_GID", 5),
    ("ST_SIZE", 6),
    ("ST_ATIME", 7),
    ("ST_MTIME", 8),
    ("ST_CTIME", 9),
];

/// `_PyLong_AsMode_t`
fn mode_of(vm: &mut Machine, args: Args) -> PyResult<i64> {
    let o = args.get(vm, 0);
    if let Payload::BigInt(big) = vm.heap.payload(o) {
        use num_bigint::Sign;
        let (negative, wide) = (big.sign() == Sign::Minus, big.bits() > 64);
        let message = match (negative, wide) {
            (true, _) => "can't convert negative value to unsigned int",
            (_, true) => "Python int too large to convert to C unsigned long",
            _ => "mode out of range",
        };
        return vm.raise(vm.types.overflow_error, message.to_string());
    }
    let Some(mode) = vm.as_i64(o) else {
        return vm.type_error("an integer is required".to_string());
    };
    if mode < 0 {
        let message = "can't convert negative value to unsigned int".to_string();
        return vm.raise(vm.types.overflow_error, message);
    }
    if mode > i64::from(u32::MAX) {
        return vm.raise(vm.types.overflow_error, "mode out of range".to_string());
    }
    Ok(mode)
}

/// As `ls -l` shows it.
fn shown(mode: i64) -> String {
    let kind = match mode & KIND {
        0o120_000 => 'l',
        0o100_000 => '-',
        0o040_000 => 'd',
        0o020_000 => 'c',
        0o060_000 => 'b',
        0o010_000 => 'p',
        0o140_000 => 's',
        _ => '?',
    };
    let mut text = String::from(kind);
    for (shift, special, marks) in [
        (6, 0o4000, ['S', 's']),
        (3, 0o2000, ['S', 's']),
        (0, 0o1000, ['T', 't']),
    ] {
        let bits = mode >> shift;
        text.push(if bits & 4 != 0 { 'r' } else { '-' });
        text.push(if bits & 2 != 0 { 'w' } else { '-' });
        let runs = bits & 1 != 0;
        text.push(match (mode & special != 0, runs) {
            (true, _) => marks[usize::from(runs)],
            (false, true) => 'x',
            (false, false) => '-',
        });
    }
    text
}
