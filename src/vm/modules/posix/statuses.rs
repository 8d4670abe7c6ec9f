//! What a number of the system says: how a process ended (`WIFEXITED` and the others), and which device it is.

use crate::heap::Obj;
use crate::vm::args::req;
use crate::vm::modules::io::int;
use crate::vm::native::{Arity, Method};
use crate::vm::{Args, Machine, PyResult};

/// A question about the status that a process ended with.
macro_rules! status {
    ($name:literal, $make:ident, $of:expr) => {
        Method::new($name, Arity::Keywords, |vm, _, args| {
            let [status] = vm.unpack($name, args, &[req("status")])?;
            let status = int(vm, status, 0)?;
            let of: fn(i32) -> _ = $of;
            Ok(vm.$make(of(status)))
        })
        .doc(concat!($name, "($module, /, status)\n--\n\n"))
    };
}

pub static FUNCTIONS: &[Method] = &[
    status!("WEXITSTATUS", new_int, |s| i64::from(s >> 8 & 0xff)),
    status!("WTERMSIG", new_int, |s| i64::from(s & 0x7f)),
    status!("WSTOPSIG", new_int, |s| i64::from(s >> 8 & 0xff)),
    status!("WIFEXITED", new_bool, |s| s & 0x7f == 0),
    // Any signal but the one that stands for a stop.
    status!("WIFSIGNALED", new_bool, |s| ((s & 0x7f) + 1) as i8 >> 1 > 0),
    status!("WIFSTOPPED", new_bool, |s| s & 0xff == 0x7f),
    status!("WIFCONTINUED", new_bool, |s| s == 0xffff),
    Method::new("WCOREDUMP", Arity::One, |vm, _, args| {
        let status = int(vm, args.get(vm, 0), 0)?;
        Ok(vm.new_bool(status & 0x80 != 0))
    })
    .doc("WCOREDUMP($module, status, /)\n--\n\n"),
    Method::new("major", Arity::One, |vm, _, args| {
        let device = device(vm, args.get(vm, 0))?;
        Ok(vm.new_int((device >> 8 & 0xfff | device >> 32 & 0xffff_f000) as i64))
    })
    .doc("major($module, device, /)\n--\n\n"),
    Method::new("minor", Arity::One, |vm, _, args| {
        let device = device(vm, args.get(vm, 0))?;
        Ok(vm.new_int((device & 0xff | device >> 12 & 0xffff_ff00) as i64))
    })
    .doc("minor($module, device, /)\n--\n\n"),
    Method::new("makedev", Arity::Positional(2, 2), makedev)
        .doc("makedev($module, major, minor, /)\n--\n\n"),
];

/// `_Py_Dev_Converter`
fn device(vm: &mut Machine, o: Obj) -> PyResult<u64> {
    let Some(number) = vm.as_int(o) else {
        return vm.type_error("an integer is required".to_string());
    };
    match u64::try_from(&number) {
        Ok(device) => Ok(device),
        Err(_) => vm.raise(
            vm.types.overflow_error,
            match number.sign() {
                num_bigint::Sign::Minus => "can't convert negative int to unsigned",
                _ => "int too big to convert",
            }
            .to_string(),
        ),
    }
}

fn makedev(vm: &mut Machine, _: Obj, args: Args) -> PyResult<Obj> {
    let major = int(vm, args.get(vm, 0), 0)? as u32;
    let minor = int(vm, args.get(vm, 1), 0)? as u32;
    let (major, minor) = (u64::from(major), u64::from(minor));
    let device = (major & 0xfff) << 8
        | (major & 0xffff_f000) << 32
        | minor & 0xff
        | (minor & 0xffff_ff00) << 12;
    Ok(vm.new_int(device as i64))
}
