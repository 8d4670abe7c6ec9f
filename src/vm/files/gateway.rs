//! The door to the real disk: every call goes through here, is made once, and is answered from the log afterwards.
//!
//! Knows no machine. Invariant: the log's entries are in the order in which the machine made the calls; a call that differs from what
//! stands in its place begins a new future, and what stood behind it is forgotten.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::rc::Rc;

use super::{EACCES, FileResult, Grants, Refusal};

/// `O_NOFOLLOW` of Linux: the last part of a path that has been resolved is no link.
const NO_FOLLOW: i32 = 0o400000;

/// What `os.stat` tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stat {
    pub mode: u32,
    pub inode: u64,
    pub device: u64,
    pub links: u64,
    pub uid: u32,
    pub gid: u32,
    pub size: u64,
    /// Nanoseconds since 1970: access, modification, change.
    pub times: [i128; 3],
}

impl Stat {
    fn of(meta: &fs::Metadata) -> Stat {
        let nanos = |s: i64, n: i64| i128::from(s) * 1_000_000_000 + i128::from(n);
        Stat {
            mode: meta.mode(),
            inode: meta.ino(),
            device: meta.dev(),
            links: meta.nlink(),
            uid: meta.uid(),
            gid: meta.gid(),
            size: meta.size(),
            times: [
                nanos(meta.atime(), meta.atime_nsec()),
                nanos(meta.mtime(), meta.mtime_nsec()),
                nanos(meta.ctime(), meta.ctime_nsec()),
            ],
        }
    }
}

/// One name in a folder: the name, and the kind bits of its mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub name: String,
    pub mode: u32,
    pub inode: u64,
}

/// What a call answered.
#[derive(Clone, Debug)]
pub enum Reply {
    Done,
    Number(u64),
    Bytes(Vec<u8>),
    Text(String),
    Stat(Stat),
    Names(Vec<Entry>),
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    pub read: bool,
    pub write: bool,
    pub create: bool,
    pub exclusive: bool,
    pub truncate: bool,
    pub mode: u32,
}

#[derive(Debug, Default)]
pub struct Gateway {
    pub grants: Grants,
    handles: RefCell<Vec<Rc<File>>>,
    log: RefCell<Vec<(String, FileResult<Reply>)>>,
}

fn refused(error: &std::io::Error) -> Refusal {
    Refusal::Errno(error.raw_os_error().unwrap_or(5))
}

impl Gateway {
    pub fn new(grants: Grants) -> Gateway {
        Gateway {
            grants,
            ..Gateway::default()
        }
    }

    /// Answers a call from the log, or makes it. `at` is the machine's place in the log; a dry machine leaves the log alone.
    pub fn call(
        &self,
        at: &mut usize,
        dry: bool,
        what: String,
        work: impl FnOnce() -> FileResult<Reply>,
    ) -> FileResult<Reply> {
        let known = self.log.borrow().get(*at).cloned();
        if let Some((key, reply)) = known
            && key == what
        {
            *at += 1;
            return reply;
        }
        if dry {
            return work();
        }
        let reply = work();
        let mut log = self.log.borrow_mut();
        log.truncate(*at);
        log.push((what, reply.clone()));
        *at += 1;
        reply
    }

    /// Number of the handle.
    pub fn open(&self, path: &Path, how: Opening) -> FileResult<Reply> {
        if let Ok(meta) = fs::symlink_metadata(path)
            && !meta.is_file()
            && !meta.is_dir()
        {
            // Devices and pipes could block for ever.
            return Err(EACCES);
        }
        let file = OpenOptions::new()
            .read(how.read)
            .write(how.write)
            .create(how.create && !how.exclusive)
            .create_new(how.exclusive && how.create)
            .truncate(how.truncate && how.write)
            .mode(how.mode)
            .custom_flags(NO_FOLLOW)
            .open(path)
            .map_err(|e| refused(&e))?;
        let mut handles = self.handles.borrow_mut();
        handles.push(Rc::new(file));
        Ok(Reply::Number(handles.len() as u64 - 1))
    }

    fn file(&self, handle: usize) -> FileResult<Rc<File>> {
        self.handles
            .borrow()
            .get(handle)
            .cloned()
            .ok_or(super::EBADF)
    }

    pub fn read(&self, handle: usize, at: u64, len: usize) -> FileResult<Reply> {
        let file = self.file(handle)?;
        let size = file.metadata().map_or(0, |m| m.len());
        let mut buffer = vec![0; len.min((size.saturating_sub(at) as usize).max(1))];
        let n = file.read_at(&mut buffer, at).map_err(|e| refused(&e))?;
        buffer.truncate(n);
        Ok(Reply::Bytes(buffer))
    }

    pub fn write(&self, handle: usize, at: u64, data: &[u8]) -> FileResult<Reply> {
        let file = self.file(handle)?;
        file.write_all_at(data, at).map_err(|e| refused(&e))?;
        Ok(Reply::Number(data.len() as u64))
    }

    pub fn set_len(&self, handle: usize, len: u64) -> FileResult<Reply> {
        self.file(handle)?.set_len(len).map_err(|e| refused(&e))?;
        Ok(Reply::Done)
    }

    pub fn stat_handle(&self, handle: usize) -> FileResult<Reply> {
        let meta = self.file(handle)?.metadata().map_err(|e| refused(&e))?;
        Ok(Reply::Stat(Stat::of(&meta)))
    }

    pub fn stat(&self, path: &Path) -> FileResult<Reply> {
        let meta = fs::symlink_metadata(path).map_err(|e| refused(&e))?;
        Ok(Reply::Stat(Stat::of(&meta)))
    }

    /// Sorted, so that two disks with the same files give the same run.
    pub fn list(&self, path: &Path) -> FileResult<Reply> {
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(|e| refused(&e))? {
            let entry = entry.map_err(|e| refused(&e))?;
            let meta = entry.metadata().ok();
            names.push(Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                mode: meta.as_ref().map_or(0, MetadataExt::mode),
                inode: meta.as_ref().map_or(0, MetadataExt::ino),
            });
        }
        names.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Reply::Names(names))
    }

    pub fn read_link(&self, path: &Path) -> FileResult<Reply> {
        let target = fs::read_link(path).map_err(|e| refused(&e))?;
        Ok(Reply::Text(target.to_string_lossy().into_owned()))
    }

    /// The calls that change something and answer nothing.
    pub fn change(&self, change: &Change) -> FileResult<Reply> {
        let done = match change {
            Change::MakeDir(path, mode) => {
                use std::os::unix::fs::DirBuilderExt;
                fs::DirBuilder::new().mode(*mode).create(path)
            }
            Change::RemoveFile(path) => fs::remove_file(path),
            Change::RemoveDir(path) => fs::remove_dir(path),
            Change::Rename(from, to) => fs::rename(from, to),
            Change::Link(from, to) => fs::hard_link(from, to),
            Change::Symlink(target, path) => std::os::unix::fs::symlink(target, path),
            Change::Mode(path, mode) => {
                fs::set_permissions(path, fs::Permissions::from_mode(*mode))
            }
            Change::Times(path, times) => set_times(path, *times),
        };
        done.map_err(|e| refused(&e))?;
        Ok(Reply::Done)
    }
}

fn set_times(path: &str, times: [u64; 2]) -> std::io::Result<()> {
    let file = File::open(path)?;
    let [accessed, modified] =
        times.map(|n| std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_nanos(n));
    file.set_times(
        fs::FileTimes::new()
            .set_accessed(accessed)
            .set_modified(modified),
    )
}

/// A change of the disk.
#[derive(Clone, Debug)]
pub enum Change {
    MakeDir(String, u32),
    RemoveFile(String),
    RemoveDir(String),
    Rename(String, String),
    Link(String, String),
    Symlink(String, String),
    Mode(String, u32),
    /// Access and modification, nanoseconds since 1970.
    Times(String, [u64; 2]),
}
