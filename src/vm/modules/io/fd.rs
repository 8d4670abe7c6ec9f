//! Descriptors with Python's errors: what `FileIO` and `os` have in common.

use crate::heap::{NULL, Obj};
use crate::vm::files::{FileResult, FileSystem, Kind, Refusal};
use crate::vm::output::Stream;
use crate::vm::{Exit, Machine, PyResult, Thrown};

impl Machine {
    /// The file system, to be changed.
    pub fn fs(&mut self) -> &mut FileSystem {
        &mut self.files
    }

    /// What the clock shows, for the times of files in memory: nanoseconds since 1970.
    pub fn file_time(&self) -> i128 {
        i128::from(crate::vm::modules::time::wall_nanos(self))
    }

    /// The error of a call, about a file or two (NULL for none).
    pub fn file_result<T>(&mut self, result: FileResult<T>, file: Obj, file2: Obj) -> PyResult<T> {
        match result {
            Ok(value) => Ok(value),
            Err(refusal) => self.raise_refusal(refusal, file, file2),
        }
    }

    #[cold]
    pub fn raise_refusal<T>(&mut self, refusal: Refusal, file: Obj, file2: Obj) -> PyResult<T> {
        let (errno, hint) = match refusal {
            Refusal::Errno(errno) => (errno, ""),
            Refusal::NeedsRead => (13, "lifetimes: use --allow-read DIR"),
            Refusal::NeedsWrite => (13, "lifetimes: use --allow-write DIR"),
        };
        self.raise_os(errno, hint, file, file2)
    }

    /// An OSError of this number; the hint follows its text.
    pub fn raise_os<T>(&mut self, errno: i32, hint: &str, file: Obj, file2: Obj) -> PyResult<T> {
        let mut items = vec![
            self.new_int(i64::from(errno)),
            self.new_string(strerror(errno)),
        ];
        if !file.is_null() {
            items.push(self.new_ref(file));
        }
        if !file2.is_null() {
            items.push(self.new_none());
            items.push(self.new_ref(file2));
        }
        let args = self.new_tuple(items);
        let exc = self.with_held(args, |vm, args| {
            let items = vm.heap.tuple(args).map(<[Obj]>::to_vec).unwrap_or_default();
            vm.call(vm.types.os_error, &items)
        })?;
        if !hint.is_empty() {
            let hint = self.new_str(hint);
            crate::vm::types::exception_os::set_hint(self, exc, hint);
            self.decref(hint);
        }
        let result = self.raise_object(exc);
        self.drop_keeping_exception(exc);
        result
    }

    /// Up to `len` bytes of a descriptor; standard input may have to ask for them.
    pub fn fd_read(&mut self, fd: i32, len: usize) -> PyResult<Vec<u8>> {
        if let Ok(description) = self.files.description(fd)
            && matches!(description.kind, Kind::Standard(0))
        {
            return self.read_stdin(len);
        }
        let result = self.files.read(fd, len, None);
        self.file_result(result, NULL, NULL)
    }

    pub fn fd_write(&mut self, fd: i32, data: &[u8]) -> PyResult<usize> {
        if let Ok(description) = self.files.description(fd)
            && let Kind::Standard(which @ (1 | 2)) = description.kind
        {
            let stream = if which == 1 {
                Stream::Stdout
            } else {
                Stream::Stderr
            };
            self.output.write(stream, data);
            return Ok(data.len());
        }
        let now = self.file_time();
        let result = self.files.write(fd, data, None, now);
        self.file_result(result, NULL, NULL)
    }

    /// Bytes of standard input: at most a line while more may be typed, so that it does not matter when it is. Without any input
    /// given the run stops and asks.
    pub fn read_stdin(&mut self, len: usize) -> PyResult<Vec<u8>> {
        let options = self.options.clone();
        let rest = options
            .stdin
            .as_ref()
            .map(|input| &input[self.stdin_at.min(input.len())..]);
        let rest = match rest {
            Some(rest) if !rest.is_empty() || !options.stdin_open => rest,
            _ => {
                self.interrupt = Some(Exit::NeedInput);
                return Err(Thrown::Interrupt);
            }
        };
        let line = match rest.iter().position(|b| *b == b'\n') {
            Some(end) if options.stdin_open => end + 1,
            _ => rest.len(),
        };
        let taken = rest[..line.min(len)].to_vec();
        self.stdin_at += taken.len();
        Ok(taken)
    }
}

/// The system's words for an error number.
pub fn strerror(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.rfind(" (os error") {
        Some(at) => text[..at].to_string(),
        None => text,
    }
}
