//! The module `errno`: Linux's error numbers.

use super::ModuleSpec;
use crate::heap::Obj;
use crate::vm::{Machine, PyResult};

pub static MODULE: ModuleSpec = ModuleSpec {
    name: "errno",
    doc: "Error numbers of the system.",
    functions: &[],
    init,
};

static NUMBERS: &[(&str, i64)] = &[
    ("EPERM", 1),
    ("ENOENT", 2),
    ("ESRCH", 3),
    ("EINTR", 4),
    ("EIO", 5),
    ("ENXIO", 6),
    ("E2BIG", 7),
    ("ENOEXEC", 8),
    ("EBADF", 9),
    ("ECHILD", 10),
    ("EAGAIN", 11),
    ("EWOULDBLOCK", 11),
    ("ENOMEM", 12),
    ("EACCES", 13),
    ("EFAULT", 14),
    ("ENOTBLK", 15),
    ("EBUSY", 16),
    ("EEXIST", 17),
    ("EXDEV", 18),
    ("ENODEV", 19),
    ("ENOTDIR", 20),
    ("EISDIR", 21),
    ("EINVAL", 22),
    ("ENFILE", 23),
    ("EMFILE", 24),
    ("ENOTTY", 25),
    ("ETXTBSY", 26),
    ("EFBIG", 27),
    ("ENOSPC", 28),
    ("ESPIPE", 29),
    ("EROFS", 30),
    ("EMLINK", 31),
    ("EPIPE", 32),
    ("EDOM", 33),
    ("ERANGE", 34),
    ("EDEADLK", 35),
    ("ENAMETOOLONG", 36),
    ("ENOLCK", 37),
    ("ENOSYS", 38),
    ("ENOTEMPTY", 39),
    ("ELOOP", 40),
    ("EILSEQ", 84),
    ("ENOTSUP", 95),
    ("EOPNOTSUPP", 95),
    ("EADDRINUSE", 98),
    ("ECONNABORTED", 103),
    ("ECONNRESET", 104),
    ("ENOTCONN", 107),
    ("ESHUTDOWN", 108),
    ("ETIMEDOUT", 110),
    ("ECONNREFUSED", 111),
    ("EALREADY", 114),
    ("EINPROGRESS", 115),
];

fn init(vm: &mut Machine, dict: Obj) -> PyResult<()> {
    let codes = vm.new_dict();
    for (name, number) in NUMBERS {
        let (number, text) = (vm.new_int(*number), vm.intern(name));
        vm.dict_set_str(dict, text, number);
        vm.dict_set(codes, number, text)?;
        vm.decref(number);
        vm.decref(text);
    }
    vm.dict_set_name(dict, "errorcode", codes);
    vm.decref(codes);
    Ok(())
}
