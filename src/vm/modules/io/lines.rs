//! Lines of any stream, through its methods `peek`, `read`, `readline` and `write`.

use super::size_or;
use crate::heap::Obj;
use crate::vm::{Args, Machine, PyResult};

/// Up to a newline or `size` bytes. With a `peek` the bytes are looked at before they are read, without it they are read one by one.
pub fn readline(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let limit = size_or(vm, args.get(vm, 0), -1)?;
    let peek = vm.lookup_attr_str(this, "peek")?;
    let mark = vm.mark();
    if let Some(peek) = peek {
        vm.hold(peek);
    }
    let mut line: Vec<u8> = Vec::new();
    let result = loop {
        if limit >= 0 && line.len() >= limit as usize {
            break Ok(());
        }
        let wanted = match peek {
            Some(peek) => peeked(vm, peek, limit, line.len()),
            None => Ok(1),
        };
        let got = wanted.and_then(|n| read_bytes(vm, this, n));
        match got {
            Ok(bytes) if bytes.is_empty() => break Ok(()),
            Ok(bytes) => {
                line.extend_from_slice(&bytes);
                if line.ends_with(b"\n") {
                    break Ok(());
                }
            }
            Err(thrown) => break Err(thrown),
        }
    };
    vm.releasing(mark, result)?;
    Ok(vm.new_bytes(line))
}

/// How many bytes can be read without passing a newline.
fn peeked(vm: &mut Machine, peek: Obj, limit: isize, have: usize) -> PyResult<usize> {
    let one = vm.small_ints[6];
    let ahead = vm.call(peek, &[one])?;
    let bytes = expect_bytes(vm, ahead, "peek")?;
    let most = if limit >= 0 {
        limit as usize - have
    } else {
        usize::MAX
    };
    let line = bytes
        .iter()
        .position(|b| *b == b'\n')
        .map_or(bytes.len(), |n| n + 1);
    Ok(line.min(most).max(1))
}

fn expect_bytes(vm: &mut Machine, got: Obj, what: &str) -> PyResult<Vec<u8>> {
    if let Some(bytes) = vm.heap.bytes_of(got) {
        let bytes = bytes.data.to_vec();
        vm.decref(got);
        return Ok(bytes);
    }
    let name = vm.type_name(got);
    vm.decref(got);
    vm.raise(
        vm.types.os_error,
        format!("{what}() should have returned a bytes object, not '{name}'"),
    )
}

fn read_bytes(vm: &mut Machine, this: Obj, n: usize) -> PyResult<Vec<u8>> {
    let got = super::call_with_int(vm, this, "read", n as i64);
    expect_bytes(vm, got?, "read")
}

/// A list of lines; once `hint` characters are there, no more.
pub fn readlines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    let hint = size_or(vm, args.get(vm, 0), -1)?;
    if hint <= 0 {
        return vm.list_from_iterable(this);
    }
    let iterator = vm.get_iter(this)?;
    vm.with_held(iterator, |vm, iterator| {
        let mark = vm.mark();
        let result = hold_lines(vm, iterator, hint as usize);
        if let Err(thrown) = result {
            return vm.releasing(mark, Err(thrown));
        }
        let mut items: Vec<Obj> = (mark..vm.top).map(|_| vm.unhold()).collect();
        items.reverse();
        Ok(vm.new_list(items))
    })
}

/// Leaves the lines on the machine's stack.
fn hold_lines(vm: &mut Machine, iterator: Obj, hint: usize) -> PyResult<()> {
    let mut total = 0;
    loop {
        let line = vm.iter_next(iterator)?;
        if line.is_null() {
            return Ok(());
        }
        vm.hold(line);
        total += vm.len(line)?;
        if total > hint {
            return Ok(());
        }
    }
}

/// Writes each line; a write that is interrupted is tried again.
pub fn writelines(vm: &mut Machine, this: Obj, args: Args) -> PyResult<Obj> {
    super::base::check_closed(vm, this)?;
    vm.each_item(args.get(vm, 0), |vm, line| {
        super::call_quietly(vm, this, "write", &[line])?;
        Ok(true)
    })?;
    Ok(vm.new_none())
}
