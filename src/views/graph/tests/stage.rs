//! Snapshots by hand: a small heap with the verbs of a script.
//!
//! Knows nothing of the real heap; counts references itself, so that a scene cannot lie about its counts.

use crate::views::graph::*;

#[derive(Clone, Default)]
pub(super) struct Stage {
    pub snapshot: Snapshot,
}

impl Stage {
    pub fn new(roots: &[&str]) -> Stage {
        let mut stage = Stage::default();
        for (key, title) in roots.iter().enumerate() {
            stage.snapshot.roots.push(RootFact {
                key: key as u64,
                title: title.to_string(),
                ..RootFact::default()
            });
        }
        stage
    }

    pub fn object(&mut self, name: &str) -> Key {
        let key = Key(self.snapshot.objects.len() as u64);
        self.snapshot.objects.push(ObjectFact {
            key,
            name: name.to_string(),
            type_name: name.split('.').next().unwrap_or(name).to_string(),
            tracked: true,
            ..ObjectFact::default()
        });
        key
    }

    /// An instance with a `__dict__` of its own.
    pub fn instance(&mut self, name: &str) -> Key {
        let key = self.object(name);
        let number = name.split('.').nth(1).unwrap_or("0").to_string();
        let dict = self.object(&format!("dict.{number}"));
        self.get(dict).dict_of = Some(key);
        self.get(key)
            .slots
            .push(SlotFact::new("__dict__", Target::Object(dict)));
        self.get(dict).refcount += 1;
        key
    }

    pub fn get(&mut self, key: Key) -> &mut ObjectFact {
        &mut self.snapshot.objects[key.0 as usize]
    }

    pub fn slot(&mut self, from: Key, label: &str, to: Key) -> &mut SlotFact {
        self.get(to).refcount += 1;
        self.push(from, SlotFact::new(label, Target::Object(to)))
    }

    pub fn atom(&mut self, from: Key, label: &str, value: &str) -> &mut SlotFact {
        self.push(from, SlotFact::new(label, Target::Atom(value.to_string())))
    }

    pub fn weak(&mut self, from: Key, label: &str, to: Key) {
        self.push(from, SlotFact::new(label, Target::Object(to)))
            .weak = true;
    }

    /// Attributes of an instance go into its dict, which was made right after it, under their plain names.
    fn push(&mut self, from: Key, mut slot: SlotFact) -> &mut SlotFact {
        let next = from.0 as usize + 1;
        let dict = self
            .snapshot
            .objects
            .get(next)
            .filter(|o| o.dict_of == Some(from));
        let mut owner = from.0 as usize;
        if dict.is_some() {
            owner = next;
            slot.label = format!("['{}']", slot.label.trim_start_matches('.'));
        }
        let slots = &mut self.snapshot.objects[owner].slots;
        slots.push(slot);
        slots.last_mut().expect("just pushed")
    }

    pub fn name(&mut self, root: usize, name: &str, to: Key) -> &mut SlotFact {
        self.get(to).refcount += 1;
        let rows = &mut self.snapshot.roots[root].rows;
        rows.push(SlotFact::new(name, Target::Object(to)));
        rows.last_mut().expect("just pushed")
    }

    /// `del name`.
    pub fn del(&mut self, root: usize, name: &str) {
        let rows = &mut self.snapshot.roots[root].rows;
        let at = rows
            .iter()
            .position(|row| row.label == name)
            .expect("a scene deletes what it named");
        if let Target::Object(key) = rows.remove(at).target {
            let before = self.get(key).refcount;
            self.get(key).previous_refcount = Some(before);
            self.get(key).refcount -= 1;
        }
    }
}
