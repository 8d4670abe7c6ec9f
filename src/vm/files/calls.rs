//! The system calls: each works on the tree in memory itself, or goes through the gateway.

use super::gateway::{Change, Opening};
use super::memory::{Contents, DIR};
use super::*;

/// `open(2)`'s flags of Linux.
pub mod flags {
    pub const WRONLY: i32 = 1;
    pub const RDWR: i32 = 2;
    pub const CREAT: i32 = 0o100;
    pub const EXCL: i32 = 0o200;
    pub const TRUNC: i32 = 0o1000;
    pub const APPEND: i32 = 0o2000;
    pub const DIRECTORY: i32 = 0o200000;
    pub const NOFOLLOW: i32 = 0o400000;
    pub const TMPFILE: i32 = 0o20200000;
}

fn unexpected<T>() -> FileResult<T> {
    Err(Refusal::Errno(5))
}

impl FileSystem {
    fn ask(
        &mut self,
        what: String,
        work: impl FnOnce(&Gateway) -> FileResult<Reply>,
    ) -> FileResult<Reply> {
        let gateway = self.gateway.clone();
        gateway.call(&mut self.calls, self.dry, what, || work(&gateway))
    }

    /// A call that changes the disk: never on a fork.
    fn ask_writing(
        &mut self,
        what: String,
        work: impl FnOnce(&Gateway) -> FileResult<Reply>,
    ) -> FileResult<Reply> {
        let dry = self.dry;
        self.ask(what, |gateway| if dry { Err(EROFS) } else { work(gateway) })
    }

    fn change(&mut self, change: Change) -> FileResult<()> {
        self.ask_writing(format!("{change:?}"), |g| g.change(&change))
            .map(drop)
    }

    pub fn open(&mut self, path: &str, bits: i32, mode: u32, now: i128) -> FileResult<i32> {
        self.room()?;
        let writable = bits & (flags::WRONLY | flags::RDWR) != 0;
        let readable = bits & flags::WRONLY == 0;
        let creates = bits & flags::CREAT != 0;
        let exclusive = creates && bits & flags::EXCL != 0;
        if bits & flags::TMPFILE == flags::TMPFILE {
            return Err(Refusal::Errno(95));
        }
        let access = if writable {
            Access::Write
        } else {
            Access::Read
        };
        let follow = !exclusive && bits & flags::NOFOLLOW == 0;
        if path.ends_with('/') && creates {
            return Err(EISDIR);
        }
        let mut place = self.place(path, access, follow)?;
        if readable && writable && matches!(place, Place::Outside(_)) {
            place = self.place(path, Access::Read, follow)?;
        }
        let kind = match place {
            Place::Missing { dir, name } if creates => {
                let mode = mode & !self.umask;
                let node = self.memory.add(Contents::File(Rc::default()), mode, now);
                self.memory.link(dir, &name, node);
                Kind::Memory(node)
            }
            Place::Missing { .. } => return Err(ENOENT),
            Place::Memory(_) if exclusive => return Err(EEXIST),
            Place::Memory(node) => self.open_node(node, bits, writable, now)?,
            Place::Outside(path) => {
                let how = Opening {
                    read: readable,
                    write: writable,
                    create: creates,
                    exclusive,
                    truncate: bits & flags::TRUNC != 0,
                    mode: mode & !self.umask,
                };
                let what = format!("open {path:?} {how:?}");
                let reply = match writable {
                    true => self.ask_writing(what, |g| g.open(&path, how))?,
                    false => self.ask(what, |g| g.open(&path, how))?,
                };
                let Reply::Number(handle) = reply else {
                    return unexpected();
                };
                Kind::Outside {
                    handle: handle as usize,
                    path: path.to_string_lossy().into_owned(),
                }
            }
        };
        let mut description = Description::new(kind, readable, writable);
        description.append = bits & flags::APPEND != 0;
        Ok(self.install(description))
    }

    fn open_node(&mut self, number: u64, bits: i32, writable: bool, now: i128) -> FileResult<Kind> {
        let node = self.memory.node(number).ok_or(ENOENT)?;
        match &node.contents {
            Contents::Null => return Ok(Kind::Null),
            Contents::Dir(_) if writable => return Err(EISDIR),
            Contents::Link(_) => return Err(ELOOP),
            Contents::File(_) if bits & flags::DIRECTORY != 0 => return Err(ENOTDIR),
            _ => {}
        }
        let wanted = if writable { 0o200 } else { 0o400 };
        if node.mode & wanted == 0 {
            return Err(EACCES);
        }
        if writable && bits & flags::TRUNC != 0 {
            if let Some(data) = self.memory.file_mut(number) {
                data.clear();
            }
            self.touch(number, now);
        }
        Ok(Kind::Memory(number))
    }

    fn touch(&mut self, number: u64, now: i128) {
        if let Some(node) = self.memory.node_mut(number) {
            node.times[1] = now;
            node.times[2] = now;
        }
    }

    /// Reads at the descriptor's place, or at a given one. Standard input is not read here.
    pub fn read(&mut self, fd: i32, len: usize, place: Option<u64>) -> FileResult<Vec<u8>> {
        let description = self.description(fd)?.clone();
        if !description.readable {
            return Err(EBADF);
        }
        let at = place.unwrap_or(description.at);
        let data = match description.kind {
            Kind::Null | Kind::Standard(_) => Vec::new(),
            Kind::Memory(node) => match self.memory.file(node) {
                Some(data) => {
                    let from = (at as usize).min(data.len());
                    data[from..from.saturating_add(len).min(data.len())].to_vec()
                }
                None => return Err(EISDIR),
            },
            Kind::Pipe(node) => {
                let data = self.memory.file_mut(node).ok_or(EBADF)?;
                let len = len.min(data.len());
                return Ok(data.drain(..len).collect());
            }
            Kind::Outside { handle, ref path } => {
                match self.ask(format!("read {path} {handle} {at} {len}"), |g| {
                    g.read(handle, at, len)
                })? {
                    Reply::Bytes(data) => data,
                    _ => return unexpected(),
                }
            }
        };
        if place.is_none() {
            self.description(fd)?.at = at + data.len() as u64;
        }
        Ok(data)
    }

    /// Writes at the descriptor's place, or at a given one. Standard output is not written here.
    pub fn write(
        &mut self,
        fd: i32,
        data: &[u8],
        place: Option<u64>,
        now: i128,
    ) -> FileResult<usize> {
        let description = self.description(fd)?.clone();
        if !description.writable {
            return Err(EBADF);
        }
        let mut at = place.unwrap_or(description.at);
        if description.append && place.is_none() {
            at = self.stat_fd(fd)?.size;
        }
        match description.kind {
            Kind::Null | Kind::Standard(_) => return Ok(data.len()),
            Kind::Memory(node) => {
                let file = self.memory.file_mut(node).ok_or(EISDIR)?;
                let at = at as usize;
                if !data.is_empty() && at > file.len() {
                    file.resize(at, 0);
                }
                let over = (at + data.len()).min(file.len()).saturating_sub(at);
                file[at..at + over].copy_from_slice(&data[..over]);
                file.extend_from_slice(&data[over..]);
                self.touch(node, now);
            }
            Kind::Pipe(node) => {
                self.memory
                    .file_mut(node)
                    .ok_or(EBADF)?
                    .extend_from_slice(data);
                return Ok(data.len());
            }
            Kind::Outside { handle, ref path } => {
                let what = format!("write {path} {handle} {at} {data:?}");
                self.ask_writing(what, |g| g.write(handle, at, data))?;
            }
        }
        if place.is_none() {
            self.description(fd)?.at = at + data.len() as u64;
        }
        Ok(data.len())
    }

    pub fn seek(&mut self, fd: i32, offset: i64, whence: i32) -> FileResult<u64> {
        let description = self.description(fd)?.clone();
        let from = match (&description.kind, whence) {
            (Kind::Standard(_) | Kind::Pipe(_), _) => return Err(ESPIPE),
            (Kind::Null, _) => return Ok(0),
            (_, 0) => 0,
            (_, 1) => description.at as i64,
            (_, 2) => self.stat_fd(fd)?.size as i64,
            _ => return Err(EINVAL),
        };
        let at = from
            .checked_add(offset)
            .filter(|at| *at >= 0)
            .ok_or(EINVAL)?;
        self.description(fd)?.at = at as u64;
        Ok(at as u64)
    }

    pub fn truncate_fd(&mut self, fd: i32, len: u64, now: i128) -> FileResult<()> {
        let description = self.description(fd)?.clone();
        if !description.writable {
            return Err(EINVAL);
        }
        match description.kind {
            Kind::Memory(node) => {
                self.memory
                    .file_mut(node)
                    .ok_or(EISDIR)?
                    .resize(len as usize, 0);
                self.touch(node, now);
                Ok(())
            }
            Kind::Outside { handle, path } => self
                .ask_writing(format!("truncate {path} {handle} {len}"), |g| {
                    g.set_len(handle, len)
                })
                .map(drop),
            _ => Err(EINVAL),
        }
    }

    fn node_stat(&self, number: u64) -> FileResult<Stat> {
        let node = self.memory.node(number).ok_or(ENOENT)?;
        Ok(Stat {
            mode: node.kind() | node.mode,
            inode: number,
            device: 1,
            links: node.links,
            uid: 1000,
            gid: 1000,
            size: node.size(),
            times: node.times,
        })
    }

    pub fn stat(&mut self, path: &str, follow: bool) -> FileResult<Stat> {
        match self.place(path, Access::Look, follow)? {
            Place::Memory(node) => self.node_stat(node),
            Place::Missing { .. } => Err(ENOENT),
            Place::Outside(place) => {
                if path.ends_with('/') && place.is_file() {
                    return Err(ENOTDIR);
                }
                match self.ask(format!("stat {place:?}"), |g| g.stat(&place))? {
                    Reply::Stat(stat) => Ok(stat),
                    _ => unexpected(),
                }
            }
        }
    }

    pub fn stat_fd(&mut self, fd: i32) -> FileResult<Stat> {
        match self.description(fd)?.kind.clone() {
            Kind::Memory(node) => self.node_stat(node),
            Kind::Outside { handle, path } => {
                match self.ask(format!("fstat {path} {handle}"), |g| g.stat_handle(handle))? {
                    Reply::Stat(stat) => Ok(stat),
                    _ => unexpected(),
                }
            }
            // A pipe, as standard streams without a terminal are.
            Kind::Standard(_) | Kind::Pipe(_) => Ok(Stat {
                mode: 0o010600,
                links: 1,
                ..Stat::default()
            }),
            Kind::Null => Ok(Stat {
                mode: 0o020666,
                links: 1,
                ..Stat::default()
            }),
        }
    }

    /// The path of an open folder: what paths relative to its descriptor begin with.
    pub fn folder_of(&mut self, fd: i32) -> FileResult<String> {
        match self.description(fd)?.kind.clone() {
            Kind::Memory(node) if self.memory.children(node).is_some() => {
                self.memory.path_of(node).ok_or(ENOENT)
            }
            Kind::Outside { path, .. } => Ok(path),
            _ => Err(ENOTDIR),
        }
    }

    pub fn list(&mut self, path: &str) -> FileResult<Vec<Entry>> {
        match self.place(path, Access::Read, true)? {
            Place::Missing { .. } => Err(ENOENT),
            Place::Memory(dir) => {
                let children = self.memory.children(dir).ok_or(ENOTDIR)?;
                Ok(children
                    .iter()
                    .map(|(name, node)| Entry {
                        name: name.clone(),
                        mode: self.memory.node(*node).map_or(0, Node::kind),
                        inode: *node,
                    })
                    .collect())
            }
            Place::Outside(path) => match self.ask(format!("list {path:?}"), |g| g.list(&path))? {
                Reply::Names(names) => Ok(names),
                _ => unexpected(),
            },
        }
    }

    pub fn make_dir(&mut self, path: &str, mode: u32, now: i128) -> FileResult<()> {
        match self.place(path, Access::Write, false)? {
            Place::Memory(_) => Err(EEXIST),
            Place::Missing { dir, name } => {
                let node = self.memory.add(
                    Contents::Dir(BTreeMap::new()),
                    mode & !self.umask & 0o1777,
                    now,
                );
                self.memory.link(dir, &name, node);
                self.touch(dir, now);
                Ok(())
            }
            Place::Outside(path) => self.change(Change::MakeDir(text(&path), mode & !self.umask)),
        }
    }

    pub fn remove_file(&mut self, path: &str, now: i128) -> FileResult<()> {
        match self.place(path, Access::Write, false)? {
            Place::Missing { .. } => Err(ENOENT),
            Place::Memory(node) if self.memory.children(node).is_some() => Err(EISDIR),
            Place::Memory(_) => self.take_name(path, now),
            Place::Outside(path) => self.change(Change::RemoveFile(text(&path))),
        }
    }

    fn take_name(&mut self, path: &str, now: i128) -> FileResult<()> {
        let (dir, name) = self.parent_in_memory(path)?;
        let node = self.memory.unlink(dir, &name).ok_or(ENOENT)?;
        self.touch(dir, now);
        self.memory.forget_if_unlinked(node, &self.open);
        Ok(())
    }

    pub fn remove_dir(&mut self, path: &str, now: i128) -> FileResult<()> {
        match self.place(path, Access::Write, false)? {
            Place::Missing { .. } => Err(ENOENT),
            Place::Memory(node) => match self.memory.children(node) {
                None => Err(ENOTDIR),
                Some(children) if !children.is_empty() => Err(ENOTEMPTY),
                Some(_) => self.take_name(path, now),
            },
            Place::Outside(path) => self.change(Change::RemoveDir(text(&path))),
        }
    }

    pub fn rename(&mut self, from: &str, to: &str, now: i128) -> FileResult<()> {
        let source = self.place(from, Access::Write, false)?;
        let target = self.place(to, Access::Write, false)?;
        let node = match (source, &target) {
            (Place::Missing { .. }, _) => return Err(ENOENT),
            (Place::Outside(from), Place::Outside(to)) => {
                return self.change(Change::Rename(text(&from), text(to)));
            }
            (Place::Memory(node), Place::Memory(_) | Place::Missing { .. }) => node,
            _ => return Err(EXDEV),
        };
        if let Place::Memory(old) = target {
            if old == node {
                return Ok(());
            }
            let source_is_dir = self.memory.children(node).is_some();
            match self.memory.children(old) {
                Some(_) if !source_is_dir => return Err(EISDIR),
                None if source_is_dir => return Err(ENOTDIR),
                Some(children) if !children.is_empty() => return Err(ENOTEMPTY),
                _ => self.take_name(to, now)?,
            }
        }
        let (from_dir, from_name) = self.parent_in_memory(from)?;
        let (to_dir, to_name) = self.parent_in_memory(to)?;
        if self.is_inside(to_dir, node) {
            return Err(EINVAL);
        }
        // The new name first: a node without one would be forgotten.
        self.memory.link(to_dir, &to_name, node);
        self.memory.unlink(from_dir, &from_name);
        self.touch(from_dir, now);
        self.touch(to_dir, now);
        Ok(())
    }

    /// Whether a folder is, or lies below, another.
    fn is_inside(&self, dir: u64, other: u64) -> bool {
        dir == other
            || self
                .memory
                .children(other)
                .is_some_and(|children| children.values().any(|child| self.is_inside(dir, *child)))
    }

    pub fn link(&mut self, from: &str, to: &str) -> FileResult<()> {
        match (
            self.place(from, Access::Write, false)?,
            self.place(to, Access::Write, false)?,
        ) {
            (Place::Missing { .. }, _) => Err(ENOENT),
            (_, Place::Memory(_)) => Err(EEXIST),
            (Place::Memory(node), Place::Missing { dir, name }) => {
                if self.memory.children(node).is_some() {
                    return Err(Refusal::Errno(1));
                }
                self.memory.link(dir, &name, node);
                Ok(())
            }
            (Place::Outside(from), Place::Outside(to)) => {
                self.change(Change::Link(text(&from), text(&to)))
            }
            _ => Err(EXDEV),
        }
    }

    pub fn symlink(&mut self, target: &str, path: &str, now: i128) -> FileResult<()> {
        match self.place(path, Access::Write, false)? {
            Place::Memory(_) => Err(EEXIST),
            Place::Missing { dir, name } => {
                let node = self
                    .memory
                    .add(Contents::Link(target.to_string()), 0o777, now);
                self.memory.link(dir, &name, node);
                Ok(())
            }
            Place::Outside(path) => self.change(Change::Symlink(target.to_string(), text(&path))),
        }
    }

    pub fn read_link(&mut self, path: &str) -> FileResult<String> {
        match self.place(path, Access::Look, false)? {
            Place::Missing { .. } => Err(ENOENT),
            Place::Memory(node) => match self.memory.node(node).map(|n| &n.contents) {
                Some(Contents::Link(target)) => Ok(target.clone()),
                _ => Err(EINVAL),
            },
            Place::Outside(path) => {
                match self.ask(format!("readlink {path:?}"), |g| g.read_link(&path))? {
                    Reply::Text(target) => Ok(target),
                    _ => unexpected(),
                }
            }
        }
    }

    pub fn set_mode(&mut self, path: &str, mode: u32) -> FileResult<()> {
        match self.place(path, Access::Write, true)? {
            Place::Missing { .. } => Err(ENOENT),
            Place::Memory(node) => {
                if let Some(node) = self.memory.node_mut(node) {
                    node.mode = mode & 0o7777;
                }
                Ok(())
            }
            Place::Outside(path) => self.change(Change::Mode(text(&path), mode & 0o7777)),
        }
    }

    /// The mode of an open file; that of a stream without a name stays.
    pub fn set_mode_fd(&mut self, fd: i32, mode: u32) -> FileResult<()> {
        match self.description(fd)?.kind.clone() {
            Kind::Memory(node) => {
                if let Some(node) = self.memory.node_mut(node) {
                    node.mode = mode & 0o7777;
                }
                Ok(())
            }
            Kind::Outside { path, .. } => self.set_mode(&path, mode),
            Kind::Standard(_) | Kind::Null | Kind::Pipe(_) => Ok(()),
        }
    }

    pub fn set_times_fd(&mut self, fd: i32, times: [i128; 2]) -> FileResult<()> {
        match self.description(fd)?.kind.clone() {
            Kind::Memory(node) => {
                if let Some(node) = self.memory.node_mut(node) {
                    node.times[..2].copy_from_slice(&times);
                }
                Ok(())
            }
            Kind::Outside { path, .. } => self.set_times(&path, times, true),
            Kind::Standard(_) | Kind::Null | Kind::Pipe(_) => Ok(()),
        }
    }

    /// Access and modification times, nanoseconds since 1970.
    pub fn set_times(&mut self, path: &str, times: [i128; 2], follow: bool) -> FileResult<()> {
        match self.place(path, Access::Write, follow)? {
            Place::Missing { .. } => Err(ENOENT),
            Place::Memory(node) => {
                if let Some(node) = self.memory.node_mut(node) {
                    node.times[..2].copy_from_slice(&times);
                }
                Ok(())
            }
            Place::Outside(path) => {
                let times = times.map(|t| u64::try_from(t).unwrap_or(0));
                self.change(Change::Times(text(&path), times))
            }
        }
    }

    /// Back into a folder that the machine was told of is always allowed: a script that went elsewhere may return, though it
    /// sees nothing there.
    pub fn change_dir(&mut self, path: &str) -> FileResult<()> {
        let plain = place::lexical(&self.absolute(path));
        if self
            .gateway
            .grants
            .real
            .iter()
            .any(|known| *known == *plain)
        {
            self.cwd = plain;
            return Ok(());
        }
        let stat = self.stat(path, true)?;
        if stat.mode & 0o170000 != DIR {
            return Err(ENOTDIR);
        }
        self.cwd = match self.place(path, Access::Look, true)? {
            Place::Outside(real) => text(&real),
            _ => place::lexical(&self.absolute(path)),
        };
        Ok(())
    }

    /// Both ends of a pipe in memory: what is written waits for the reader.
    pub fn pipe(&mut self, now: i128) -> FileResult<(i32, i32)> {
        self.room()?;
        let node = self.memory.add(Contents::File(Rc::default()), 0o600, now);
        let read = self.install(Description::new(Kind::Pipe(node), true, false));
        let write = self.install(Description::new(Kind::Pipe(node), false, true));
        Ok((read, write))
    }
}

fn text(path: &std::path::Path) -> String {
    path.to_string_lossy().into_owned()
}
