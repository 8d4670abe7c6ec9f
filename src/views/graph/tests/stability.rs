//! A step must not make the picture jump.

use super::looks::picture;
use super::scenes;
use super::stage::Stage;
use crate::views::graph::*;

/// The boxes that are in both pictures and not in the same place.
fn moved(before: &Placed, after: &Placed) -> Vec<BoxId> {
    let places = before.boxes.iter().filter_map(|old| {
        let new = after.boxes.iter().find(|new| new.id == old.id)?;
        ((old.rect.x, old.rect.y) != (new.rect.x, new.rect.y)).then_some(old.id)
    });
    places.collect()
}

/// The edges of `before` whose ways differ in `after`, by index; both models have the same edges at the front.
fn rerouted(before: &Placed, after: &Placed) -> usize {
    before
        .routes
        .iter()
        .zip(&after.routes)
        .filter(|(old, new)| old != new)
        .count()
}

fn step(stage: &Stage, hints: &mut Hints) -> (Model, Placed) {
    let (model, placed, _) = picture(stage, &GraphOptions::default(), 100, hints);
    (model, placed)
}

#[test]
fn the_story_of_two_friends_moves_nothing() {
    let mut hints = Hints::default();
    let (_, before) = step(&scenes::friends(), &mut hints);
    for stage in [scenes::isolate(), scenes::collecting(), scenes::friends()] {
        let (_, after) = step(&stage, &mut hints);
        assert_eq!(moved(&before, &after), []);
        let cycle = |placed: &Placed| {
            placed
                .routes
                .iter()
                .rev()
                .take(2)
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(cycle(&before), cycle(&after), "the cycle's edges stay");
    }
}

#[test]
fn a_new_object_moves_no_other() {
    for seed in 0..6 {
        let mut stage = scenes::random(30, seed, 45);
        let mut hints = Hints::default();
        let (_, before) = step(&stage, &mut hints);
        let new = stage.object("Obj.31");
        stage.slot(Key(4), ".new", new);
        let (_, after) = step(&stage, &mut hints);
        // The holder's box grew by a row, so those below it in its column may have to make room.
        let holder = after
            .boxes
            .iter()
            .find(|b| b.id == BoxId::Object(Key(4)))
            .expect("shown");
        for id in moved(&before, &after) {
            let place = after.boxes.iter().find(|b| b.id == id).expect("in both");
            let below = place.layer == holder.layer && place.rect.y > holder.rect.y;
            assert!(below, "seed {seed}: {id:?} moved");
        }
    }
}

#[test]
fn a_reference_to_a_known_object_moves_nothing_and_reroutes_nothing_else() {
    for seed in 0..6 {
        let mut stage = scenes::random(24, seed, 30);
        // The row is there already, so that no box grows.
        stage.atom(Key(7), ".later", "None");
        let mut hints = Hints::default();
        let (old_model, before) = step(&stage, &mut hints);
        stage.get(Key(7)).slots.pop();
        stage.slot(Key(7), ".later", Key(2)).change = Change::Rebound;
        let (new_model, after) = step(&stage, &mut hints);
        assert_eq!(moved(&before, &after), [], "seed {seed}");
        assert_eq!(new_model.edges.len(), old_model.edges.len() + 1);
        let kept: Vec<&Route> = after
            .routes
            .iter()
            .zip(&new_model.edges)
            .filter(|(_, e)| new_model.boxes[e.from].rows[e.row].label != ".later")
            .map(|(route, _)| route)
            .collect();
        let changed = kept
            .iter()
            .zip(&before.routes)
            .filter(|(new, old)| **new != *old)
            .count();
        assert_eq!(changed, 0, "seed {seed}");
    }
}

#[test]
fn a_death_moves_nothing() {
    let stage = scenes::random(24, 9, 34);
    let mut hints = Hints::default();
    let (_, before) = step(&stage, &mut hints);
    let mut after_death = stage.clone();
    let dead = Key(20);
    for object in &mut after_death.snapshot.objects {
        object
            .slots
            .retain(|slot| slot.target != Target::Object(dead));
        if object.key == dead {
            object.ghost = true;
            object.slots.clear();
        }
    }
    let (_, ghost) = step(&after_death, &mut hints);
    assert_eq!(moved(&before, &ghost), []);
    after_death
        .snapshot
        .objects
        .retain(|object| object.key != dead);
    let (_, gone) = step(&after_death, &mut hints);
    assert_eq!(moved(&before, &gone), []);
    let (_, back) = step(&stage, &mut hints);
    assert_eq!(
        moved(&before, &back),
        [],
        "stepping back brings it back to its place"
    );
}

#[test]
fn nothing_changes_without_a_change() {
    let stage = scenes::random(30, 5, 45);
    let mut hints = Hints::default();
    let (_, before) = step(&stage, &mut hints);
    let (_, after) = step(&stage, &mut hints);
    assert_eq!(
        (moved(&before, &after), rerouted(&before, &after)),
        (vec![], 0)
    );
}

/// A list that grows at its tail: each step adds a box in a place of its own.
#[test]
fn a_growing_list_keeps_its_head() {
    let mut hints = Hints::default();
    let (_, mut before) = step(&scenes::list(2, true), &mut hints);
    for length in 3..7 {
        let (_, after) = step(&scenes::list(length, true), &mut hints);
        assert_eq!(moved(&before, &after), [], "at length {length}");
        before = after;
    }
}

/// Two objects become garbage while one between them lives on: they leave together, it stays.
#[test]
fn an_isolate_leaves_strangers_where_they_are() {
    let mut stage = Stage::new(&["globals"]);
    let [a, b, c] = ["A.1", "B.1", "C.1"].map(|name| stage.instance(name));
    stage.slot(a, ".other", c);
    stage.slot(c, ".other", a);
    stage.atom(b, ".x", "1");
    for (name, key) in [("a", a), ("b", b), ("c", c)] {
        stage.name(0, name, key);
    }
    let mut hints = Hints::default();
    let (_, before) = step(&stage, &mut hints);
    stage.del(0, "a");
    stage.del(0, "c");
    for key in [a, c] {
        stage.get(key).unreachable = true;
    }
    let (model, after) = step(&stage, &mut hints);
    assert!(!moved(&before, &after).contains(&BoxId::Object(b)));
    let frame = after.frames[0].rect;
    for (view, place) in model.boxes.iter().zip(&after.boxes) {
        let is_inside = frame.contains(place.rect.x, place.rect.y);
        assert_eq!(is_inside, view.isolate.is_some(), "{}", view.title);
    }
}
