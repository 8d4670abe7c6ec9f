//! The scenes: what scripts look like at one moment.

use super::stage::Stage;
use crate::views::graph::*;

/// `demos/friends.py` before `del jane`.
pub(super) fn friends() -> Stage {
    let mut s = Stage::new(&["globals"]);
    let jane = s.instance("Person.1");
    let bob = s.instance("Person.2");
    s.atom(jane, ".name", "'Jane'");
    s.atom(bob, ".name", "'Bob'");
    s.slot(jane, ".friend", bob);
    s.slot(bob, ".friend", jane);
    s.name(0, "jane", jane);
    s.name(0, "bob", bob);
    s.snapshot.roots[0].hidden = 12;
    s
}

/// After both `del`s.
pub(super) fn isolate() -> Stage {
    let mut s = friends();
    s.del(0, "jane");
    s.del(0, "bob");
    for object in &mut s.snapshot.objects {
        object.unreachable = true;
        object.unreachable_since = Some("since line 15".to_string());
    }
    s
}

/// In the collection, after `move_unreachable`.
pub(super) fn collecting() -> Stage {
    let mut s = isolate();
    s.snapshot.collection = Some(CollectionFact {
        generation: 2,
        phase: "move_unreachable".to_string(),
    });
    for object in &mut s.snapshot.objects {
        object.gc_refs = Some(0);
        object.gc_list = Some("unreachable".to_string());
        object.previous_refcount = None;
    }
    s
}

/// A linked list; doubly linked if asked.
pub(super) fn list(length: usize, doubly: bool) -> Stage {
    let mut s = Stage::new(&["globals"]);
    let nodes: Vec<Key> = (1..=length)
        .map(|i| s.object(&format!("Node.{i}")))
        .collect();
    for (at, pair) in nodes.windows(2).enumerate() {
        s.atom(pair[0], ".value", &at.to_string());
        s.slot(pair[0], ".next", pair[1]);
        if doubly {
            s.slot(pair[1], ".prev", pair[0]);
        }
    }
    s.name(0, "head", nodes[0]);
    s
}

/// A binary tree with parent links.
pub(super) fn tree(depth: u32) -> Stage {
    let mut s = Stage::new(&["globals"]);
    let count = 2_usize.pow(depth) - 1;
    let nodes: Vec<Key> = (1..=count)
        .map(|i| s.object(&format!("Tree.{i}")))
        .collect();
    for (at, &node) in nodes.iter().enumerate() {
        for (side, label) in [".left", ".right"].iter().enumerate() {
            if let Some(&child) = nodes.get(at * 2 + 1 + side) {
                s.slot(node, label, child);
                s.slot(child, ".parent", node);
            }
        }
    }
    s.name(0, "root", nodes[0]);
    s
}

/// A list of `count` objects.
pub(super) fn container(count: usize) -> Stage {
    let mut s = Stage::new(&["globals"]);
    let items = s.object("list.1");
    s.name(0, "items", items);
    for i in 0..count {
        let item = s.object(&format!("Item.{}", i + 1));
        s.atom(item, ".n", &i.to_string());
        s.slot(items, &format!("[{i}]"), item);
    }
    s
}

/// `count` objects with about twice as many random references.
pub(super) fn random(count: usize, seed: u64, edges: usize) -> Stage {
    let mut s = Stage::new(&["globals"]);
    let nodes: Vec<Key> = (1..=count).map(|i| s.object(&format!("Obj.{i}"))).collect();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    for at in 1..count {
        let from = next(at);
        s.slot(nodes[from], &format!(".a{at}"), nodes[at]);
    }
    for extra in 0..edges.saturating_sub(count) {
        let (from, to) = (next(count), next(count));
        if next(8) == 0 {
            s.weak(nodes[from], &format!(".w{extra}"), nodes[to]);
        } else {
            s.slot(nodes[from], &format!(".x{extra}"), nodes[to]);
        }
    }
    for (at, name) in ["a", "b", "c"].iter().enumerate() {
        s.name(0, name, nodes[at * 3 % count]);
    }
    s
}

/// Two frames over one shared list.
pub(super) fn frames() -> Stage {
    let mut s = Stage::new(&["globals", "frame main", "frame add"]);
    let shared = s.object("list.1");
    let cart = s.instance("Cart.1");
    let item = s.instance("Item.1");
    s.slot(cart, ".items", shared);
    s.slot(shared, "[0]", item);
    s.atom(item, ".price", "12.5");
    s.name(0, "CARTS", shared);
    s.name(1, "cart", cart);
    s.name(2, "self", cart);
    s.name(2, "item", item);
    s.get(item)
        .other_owners
        .push("value stack of add".to_string());
    s.get(item).refcount += 1;
    s.get(item).born = true;
    s
}

/// A cache with weak references, and `a.me = a`.
pub(super) fn weak() -> Stage {
    let mut s = Stage::new(&["globals"]);
    let node = s.instance("Node.1");
    let leaf = s.instance("Leaf.1");
    let reference = s.object("weakref.1");
    s.slot(node, ".me", node);
    s.slot(node, ".child", leaf);
    s.weak(leaf, ".parent", node);
    s.weak(reference, "referent", leaf);
    s.name(0, "a", node);
    s.name(0, "ref", reference);
    s
}

/// Changed rows, a ghost, a finaliser running, wide characters.
pub(super) fn busy() -> Stage {
    let mut s = Stage::new(&["globals"]);
    let a = s.instance("Person.1");
    let b = s.instance("人物.2");
    let c = s.instance("Person.3");
    let d = s.instance("Person.4");
    s.atom(
        a,
        ".name",
        "'a very long name that will not fit in any box at all'",
    );
    s.slot(a, ".friend", b).change = Change::Rebound;
    s.atom(b, ".name", "'名前\u{1b}[31m🎉'").change = Change::Added;
    s.name(0, "a", a);
    s.name(0, "d", d);
    let old = s.name(0, "c", c);
    old.change = Change::Removed;
    s.get(c).ghost = true;
    s.get(c).refcount = 0;
    s.get(b).previous_refcount = Some(0);
    s.get(a).changed = true;
    s.get(b).born = true;
    s.get(d).finaliser_running = true;
    s
}
