//! The tree in memory: `/tmp` and `/dev/null`.
//!
//! Nodes have numbers that are never used again. A file that is removed while it is open lives on until it is closed.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::descriptor::{Description, Kind};

pub const ROOT: u64 = 2;

/// When what is there from the start was made: 2024-01-01, as the machine's clock begins.
const START: i128 = 1_704_067_200_000_000_000;

pub const DIR: u32 = 0o040000;
pub const FILE: u32 = 0o100000;
pub const LINK: u32 = 0o120000;
pub const DEVICE: u32 = 0o020000;

#[derive(Clone, Debug)]
pub enum Contents {
    File(Rc<Vec<u8>>),
    Dir(BTreeMap<String, u64>),
    Link(String),
    Null,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub contents: Contents,
    /// Permission bits.
    pub mode: u32,
    pub links: u64,
    /// Nanoseconds since 1970: access, modification, change.
    pub times: [i128; 3],
}

impl Node {
    /// The kind bits of `st_mode`.
    pub fn kind(&self) -> u32 {
        match self.contents {
            Contents::File(_) => FILE,
            Contents::Dir(_) => DIR,
            Contents::Link(_) => LINK,
            Contents::Null => DEVICE,
        }
    }

    pub fn size(&self) -> u64 {
        match &self.contents {
            Contents::File(data) => data.len() as u64,
            Contents::Dir(_) => 4096,
            Contents::Link(target) => target.len() as u64,
            Contents::Null => 0,
        }
    }
}

#[derive(Clone)]
pub struct Memory {
    nodes: BTreeMap<u64, Rc<Node>>,
    next: u64,
}

impl Memory {
    pub fn new() -> Memory {
        let mut memory = Memory {
            nodes: BTreeMap::new(),
            next: ROOT,
        };
        let root = memory.add(Contents::Dir(BTreeMap::new()), 0o755, START);
        let tmp = memory.add(Contents::Dir(BTreeMap::new()), 0o1777, START);
        let dev = memory.add(Contents::Dir(BTreeMap::new()), 0o755, START);
        let null = memory.add(Contents::Null, 0o666, START);
        let var = memory.add(Contents::Dir(BTreeMap::new()), 0o755, START);
        let var_tmp = memory.add(Contents::Dir(BTreeMap::new()), 0o1777, START);
        memory.link(root, "tmp", tmp);
        memory.link(root, "var", var);
        memory.link(var, "tmp", var_tmp);
        memory.link(root, "dev", dev);
        memory.link(dev, "null", null);
        memory
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn add(&mut self, contents: Contents, mode: u32, now: i128) -> u64 {
        let number = self.next;
        self.next += 1;
        let links = u64::from(matches!(contents, Contents::Dir(_)));
        let node = Node {
            contents,
            mode,
            links,
            times: [now; 3],
        };
        self.nodes.insert(number, Rc::new(node));
        number
    }

    pub fn node(&self, number: u64) -> Option<&Node> {
        self.nodes.get(&number).map(|n| &**n)
    }

    pub fn node_mut(&mut self, number: u64) -> Option<&mut Node> {
        self.nodes.get_mut(&number).map(Rc::make_mut)
    }

    pub fn children(&self, dir: u64) -> Option<&BTreeMap<String, u64>> {
        match &self.node(dir)?.contents {
            Contents::Dir(children) => Some(children),
            _ => None,
        }
    }

    /// The path of a folder, if it can still be reached.
    pub fn path_of(&self, folder: u64) -> Option<String> {
        let mut todo = vec![(ROOT, String::new())];
        while let Some((dir, path)) = todo.pop() {
            if dir == folder {
                return Some(if path.is_empty() {
                    "/".to_string()
                } else {
                    path
                });
            }
            let below = self.children(dir)?.iter();
            let folders = below.filter(|(_, node)| self.children(**node).is_some());
            todo.extend(folders.map(|(name, node)| (*node, format!("{path}/{name}"))));
        }
        None
    }

    pub fn link(&mut self, dir: u64, name: &str, node: u64) {
        if let Some(Contents::Dir(children)) = self.node_mut(dir).map(|n| &mut n.contents) {
            children.insert(name.to_string(), node);
        }
        let is_dir = self.children(node).is_some();
        if let Some(node) = self.node_mut(node) {
            node.links += 1;
        }
        if is_dir && let Some(parent) = self.node_mut(dir) {
            parent.links += 1;
        }
    }

    /// Takes a name out of a folder; the node stays until nothing needs it.
    pub fn unlink(&mut self, dir: u64, name: &str) -> Option<u64> {
        let Some(Contents::Dir(children)) = self.node_mut(dir).map(|n| &mut n.contents) else {
            return None;
        };
        let node = children.remove(name)?;
        let is_dir = self.children(node).is_some();
        if let Some(node) = self.node_mut(node) {
            node.links = node.links.saturating_sub(1 + u64::from(is_dir));
        }
        if is_dir && let Some(parent) = self.node_mut(dir) {
            parent.links -= 1;
        }
        Some(node)
    }

    pub fn forget_if_unlinked(&mut self, node: u64, open: &BTreeMap<u64, Description>) {
        let in_use = open
            .values()
            .any(|d| matches!(d.kind, Kind::Memory(n) if n == node));
        if !in_use && self.node(node).is_some_and(|n| n.links == 0) {
            self.nodes.remove(&node);
        }
    }

    pub fn file(&self, node: u64) -> Option<&Rc<Vec<u8>>> {
        match &self.node(node)?.contents {
            Contents::File(data) => Some(data),
            _ => None,
        }
    }

    pub fn file_mut(&mut self, node: u64) -> Option<&mut Vec<u8>> {
        match &mut self.node_mut(node)?.contents {
            Contents::File(data) => Some(Rc::make_mut(data)),
            _ => None,
        }
    }
}

impl Default for Memory {
    fn default() -> Memory {
        Memory::new()
    }
}
