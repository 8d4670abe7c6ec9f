//! Files as a script sees them: a small tree in memory (`/tmp`), and what of the real disk flags grant.
//!
//! `FileSystem` is the machine's own: the tree, the open descriptors, the current folder. It is cloned with the machine, so going
//! back in time takes writes back. The real disk is behind a `Gateway` that all clones share: each call is made once, written
//! down, and answered from the log when the machine comes by again.
//!
//! Invariant: no path reaches the disk but as an `Outside` place, and only `place.rs` makes one, after links and `..` are resolved
//! and the result lies below a folder that was granted.

pub mod calls;
pub mod descriptor;
pub mod gateway;
pub mod memory;
pub mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

pub use descriptor::{Description, Kind};
pub use gateway::{Entry, Gateway, Reply, Stat};
pub use memory::{Memory, Node};
pub use place::{Access, Place};

/// Why a call failed: an error number, or a flag that would have allowed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    Errno(i32),
    NeedsRead,
    NeedsWrite,
}

pub type FileResult<T> = Result<T, Refusal>;

pub const ENOENT: Refusal = Refusal::Errno(2);
pub const EBADF: Refusal = Refusal::Errno(9);
pub const EACCES: Refusal = Refusal::Errno(13);
pub const EEXIST: Refusal = Refusal::Errno(17);
pub const ENOTDIR: Refusal = Refusal::Errno(20);
pub const EISDIR: Refusal = Refusal::Errno(21);
pub const EINVAL: Refusal = Refusal::Errno(22);
pub const EMFILE: Refusal = Refusal::Errno(24);
pub const ESPIPE: Refusal = Refusal::Errno(29);
pub const EROFS: Refusal = Refusal::Errno(30);
pub const ENOTEMPTY: Refusal = Refusal::Errno(39);
pub const ELOOP: Refusal = Refusal::Errno(40);
pub const EXDEV: Refusal = Refusal::Errno(18);

/// So many descriptors may be open, as `ulimit -n` usually has it.
const MOST_OPEN: usize = 1024;

/// What flags grant; paths are canonical.
#[derive(Clone, Debug, Default)]
pub struct Grants {
    pub read: Vec<PathBuf>,
    pub write: Vec<PathBuf>,
    /// Folders that are real, though nothing in them is granted: the script's, the current one.
    pub real: Vec<PathBuf>,
}

/// The machine's side.
#[derive(Clone)]
pub struct FileSystem {
    pub memory: Memory,
    /// Descriptor to open file; several may share one.
    pub descriptors: BTreeMap<i32, u64>,
    pub open: BTreeMap<u64, Description>,
    next_open: u64,
    pub cwd: String,
    pub umask: u32,
    /// Place in the gateway's log.
    pub calls: usize,
    /// Where the bytes of `os.urandom` have come to.
    pub random: u64,
    /// The descriptors that another program would be handed on.
    pub inheritable: BTreeSet<i32>,
    /// A fork, to try things on: it reads, but writes nothing outside and logs nothing.
    pub dry: bool,
    pub gateway: Rc<Gateway>,
}

impl FileSystem {
    pub fn new(gateway: Rc<Gateway>, cwd: String) -> FileSystem {
        let mut fs = FileSystem {
            memory: Memory::new(),
            descriptors: BTreeMap::new(),
            open: BTreeMap::new(),
            next_open: 0,
            cwd,
            umask: 0o22,
            calls: 0,
            random: 0,
            inheritable: BTreeSet::from([0, 1, 2]),
            dry: false,
            gateway,
        };
        for fd in 0..3 {
            fs.install(Description::new(Kind::Standard(fd), fd == 0, fd != 0));
        }
        fs
    }

    /// The lowest free descriptor for an open file.
    pub fn install(&mut self, description: Description) -> i32 {
        let id = self.next_open;
        self.next_open += 1;
        self.open.insert(id, description);
        let fd = (0..)
            .find(|fd| !self.descriptors.contains_key(fd))
            .unwrap_or(0);
        self.descriptors.insert(fd, id);
        fd
    }

    pub fn room(&self) -> FileResult<()> {
        match self.descriptors.len() < MOST_OPEN {
            true => Ok(()),
            false => Err(EMFILE),
        }
    }

    pub fn description(&mut self, fd: i32) -> FileResult<&mut Description> {
        let id = self.descriptors.get(&fd).ok_or(EBADF)?;
        self.open.get_mut(id).ok_or(EBADF)
    }

    /// One descriptor more for the same open file.
    pub fn duplicate(&mut self, fd: i32, to: Option<i32>) -> FileResult<i32> {
        self.room()?;
        let id = *self.descriptors.get(&fd).ok_or(EBADF)?;
        let to = match to {
            Some(to) if to == fd => return Ok(fd),
            Some(to) => {
                let _closed = self.close(to);
                to
            }
            None => (0..)
                .find(|fd| !self.descriptors.contains_key(fd))
                .unwrap_or(0),
        };
        self.descriptors.insert(to, id);
        Ok(to)
    }

    pub fn close(&mut self, fd: i32) -> FileResult<()> {
        let id = self.descriptors.remove(&fd).ok_or(EBADF)?;
        self.inheritable.remove(&fd);
        if !self.descriptors.values().any(|other| *other == id)
            && let Some(Description {
                kind: Kind::Memory(node),
                ..
            }) = self.open.remove(&id)
        {
            self.memory.forget_if_unlinked(node, &self.open);
        }
        Ok(())
    }

    /// Whether anything but the shared bits tells two machines apart, for the replay check.
    pub fn fingerprint(&self) -> (usize, usize, usize) {
        (self.memory.len(), self.descriptors.len(), self.calls)
    }
}
