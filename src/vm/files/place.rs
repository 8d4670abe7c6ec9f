//! From a path to a place: in the tree in memory, on the disk below a granted folder, or refused.

use std::path::{Path, PathBuf};

use super::memory::{Contents, ROOT};
use super::{ELOOP, ENOENT, ENOTDIR, FileResult, FileSystem, Refusal};
use crate::vm::Machine;

/// What is wanted of a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    Read,
    Write,
    /// To be told about only: either grant will do.
    Look,
}

/// Where a path leads.
#[derive(Clone, Debug)]
pub enum Place {
    /// A node in memory.
    Memory(u64),
    /// A name in a folder in memory that is not there.
    Missing { dir: u64, name: String },
    /// A path on the disk, without links and dots but perhaps for its last part.
    Outside(PathBuf),
}

/// So many links are followed in one path.
const MOST_LINKS: u32 = 40;

fn below(path: &Path, roots: &[PathBuf]) -> bool {
    roots.iter().any(|root| path.starts_with(root))
}

impl FileSystem {
    /// The path from the root, dots and all.
    pub fn absolute(&self, path: &str) -> String {
        if path.starts_with('/') {
            path.to_string()
        } else {
            format!("{}/{path}", self.cwd.trim_end_matches('/'))
        }
    }

    /// Whether a path is looked for on the disk rather than in memory.
    fn is_real(&self, path: &str) -> bool {
        let grants = &self.gateway.grants;
        let plain = lexical(path);
        if plain == "/dev/null" {
            return false; // there is no need to ask for nothing
        }
        let file = Path::new(&plain);
        if below(file, &grants.read) || below(file, &grants.write) || below(file, &grants.real) {
            return true;
        }
        // Where /tmp is granted for reading or writing alone, `tempfile` goes on to its next folder, /var/tmp.
        let temporary = ["/tmp", "/var/tmp"]
            .iter()
            .any(|folder| file.starts_with(folder));
        let in_memory = temporary || matches!(plain.as_str(), "/" | "/var" | "/dev");
        !in_memory
    }

    /// Resolves a path; the last part is followed if it is a link and `follow` says so.
    pub fn place(&self, path: &str, access: Access, follow: bool) -> FileResult<Place> {
        if path.is_empty() {
            return Err(ENOENT);
        }
        let path = self.absolute(path);
        if self.is_real(&path) {
            return self.outside(Path::new(&path), access, follow, 0);
        }
        self.in_memory(&path, access, follow)
    }

    fn allowed(&self, path: &Path, access: Access) -> FileResult<()> {
        let grants = &self.gateway.grants;
        let (read, write) = (below(path, &grants.read), below(path, &grants.write));
        match access {
            Access::Read if !read => Err(Refusal::NeedsRead),
            Access::Write if !write => Err(Refusal::NeedsWrite),
            Access::Look if !read && !write => Err(Refusal::NeedsRead),
            _ => Ok(()),
        }
    }

    /// Nothing is told of what lies outside the granted folders, not even whether it is there.
    fn outside(&self, path: &Path, access: Access, follow: bool, links: u32) -> FileResult<Place> {
        let refused = match access {
            Access::Write => Refusal::NeedsWrite,
            _ => Refusal::NeedsRead,
        };
        if follow && let Ok(real) = std::fs::canonicalize(path) {
            self.allowed(&real, access)?;
            return Ok(Place::Outside(real));
        }
        let text = path.to_string_lossy();
        let ends_with_dots = text.ends_with("/.") || text.ends_with("/..");
        let (Some(parent), Some(name), false) = (path.parent(), path.file_name(), ends_with_dots)
        else {
            let real = std::fs::canonicalize(path).map_err(|_| refused)?;
            self.allowed(&real, access)?;
            return Ok(Place::Outside(real));
        };
        let Ok(parent) = std::fs::canonicalize(parent) else {
            return Err(self.missing_below(path, access, refused));
        };
        let place = parent.join(name);
        self.allowed(&place, access)?;
        if follow && let Ok(target) = std::fs::read_link(&place) {
            if links >= MOST_LINKS {
                return Err(ELOOP);
            }
            return self.outside(&parent.join(target), access, true, links + 1);
        }
        Ok(Place::Outside(place))
    }

    /// A path whose folder is not there: only below a granted folder may that be told.
    fn missing_below(&self, path: &Path, access: Access, refused: Refusal) -> Refusal {
        let there = path
            .ancestors()
            .skip(1)
            .find_map(|p| std::fs::canonicalize(p).ok());
        match there {
            Some(there) if self.allowed(&there, access).is_ok() => match there.is_dir() {
                true => ENOENT,
                false => ENOTDIR,
            },
            _ => refused,
        }
    }

    fn in_memory(&self, path: &str, access: Access, follow: bool) -> FileResult<Place> {
        let mut todo: Vec<String> = parts(path);
        todo.reverse();
        let mut trail = vec![(String::new(), ROOT)];
        let mut links = 0;
        while let Some(part) = todo.pop() {
            let here = trail.last().map_or(ROOT, |t| t.1);
            let children = self.memory.children(here).ok_or(ENOTDIR)?;
            match part.as_str() {
                "." => continue,
                ".." => {
                    if trail.len() > 1 {
                        trail.pop();
                    }
                    continue;
                }
                _ => {}
            }
            let Some(node) = children.get(&part).copied() else {
                let whole: Vec<&str> = trail.iter().skip(1).map(|t| t.0.as_str()).collect();
                let whole = format!("/{}/{part}", whole.join("/")).replace("//", "/");
                if self.is_real(&whole) {
                    // `..` and links may lead out of the tree in memory.
                    let rest: Vec<String> = todo.into_iter().rev().collect();
                    let real = Path::new(&whole).join(rest.join("/"));
                    return self.outside(&real, access, follow, 0);
                }
                return match todo.is_empty() {
                    true => Ok(Place::Missing {
                        dir: here,
                        name: part,
                    }),
                    false => Err(ENOENT),
                };
            };
            if let Some(Contents::Link(target)) = self.memory.node(node).map(|n| &n.contents)
                && (follow || !todo.is_empty())
            {
                links += 1;
                if links > MOST_LINKS {
                    return Err(ELOOP);
                }
                if target.starts_with('/') {
                    trail.truncate(1);
                }
                todo.extend(parts(target).into_iter().rev());
                continue;
            }
            trail.push((part, node));
        }
        let here = trail.last().map_or(ROOT, |t| t.1);
        if path.ends_with('/') && self.memory.children(here).is_none() {
            return Err(ENOTDIR);
        }
        Ok(Place::Memory(here))
    }

    /// Folder and last name of a node's path, for taking the name out.
    pub fn parent_in_memory(&self, path: &str) -> FileResult<(u64, String)> {
        let path = self.absolute(path);
        let trimmed = path.trim_end_matches('/');
        let (parent, name) = trimmed.rsplit_once('/').ok_or(ENOENT)?;
        let parent = if parent.is_empty() { "/" } else { parent };
        match self.in_memory(parent, Access::Write, true)? {
            Place::Memory(dir) => Ok((dir, name.to_string())),
            _ => Err(ENOENT),
        }
    }
}

fn parts(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|p| !p.is_empty())
        .map(str::to_string)
        .collect()
}

/// The path with its dots taken as they are written; links are not looked at.
pub fn lexical(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    format!("/{}", out.join("/"))
}

impl Machine {
    /// The contents of a source file: one in memory as it is now, one on the disk as it was when it was first read.
    pub fn source_file(&self, path: &str) -> Option<Vec<u8>> {
        match self.files.place(path, Access::Read, true) {
            Ok(Place::Memory(node)) => self.files.memory.file(node).map(|data| data.to_vec()),
            _ => self.options.files.read(path),
        }
    }

    /// Whether modules may be looked for in a folder: one in memory, or one on the disk that sources come from.
    pub fn source_folder(&self, path: &str) -> bool {
        match self.files.place(path, Access::Read, true) {
            Ok(Place::Memory(node)) => self.files.memory.children(node).is_some(),
            _ => self.options.files.is_folder(path),
        }
    }
}
