//! `weakref.ref`, `weakref.proxy`: a reference that does not count.

use crate::heap::{Edge, Obj};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WeakKind {
    Ref,
    Proxy,
    CallableProxy,
}

#[derive(Clone)]
pub struct Weakref {
    /// Not owned; NULL once the referent is gone.
    pub referent: Obj,
    pub callback: Obj,
    pub hash: Option<i64>,
    pub kind: WeakKind,
}

impl Weakref {
    pub fn traverse(&self, f: &mut impl FnMut(Edge, Obj)) {
        if !self.callback.is_null() {
            f(Edge::Field("__callback__"), self.callback);
        }
    }
}
