//! The article's friends, stepped both ways.

use super::bench;

const FRIENDS: &str = "demos/friends.py";

#[test]
fn six_lines_on_and_six_back_come_to_the_same_screen() {
    for size in [(80, 24), (118, 40), (160, 48)] {
        bench::with(FRIENDS, size, |mut bench| {
            let before = bench.panes();
            bench.press("n n n n n n");
            assert_ne!(bench.panes(), before);
            bench.press("N N N N N N");
            assert_eq!(bench.panes(), before);
        });
    }
}

#[test]
fn every_event_looks_the_same_forward_and_back() {
    bench::with(FRIENDS, (118, 40), |mut bench| {
        bench.press("G");
        let mut back = vec![bench.panes()];
        while bench.app.screen.source.step > 0 && back.len() < 400 {
            bench.press("E");
            back.push(bench.panes());
        }
        // The end is reached by `G` from the start first, whose marks are others: begin with the first event.
        for (count, then) in back.iter().enumerate().rev().skip(1) {
            bench.press("e");
            if count > 0 {
                let now = bench.panes();
                let differing = now
                    .lines()
                    .zip(then.lines())
                    .filter(|(now, then)| now != then);
                let differing: Vec<_> = differing.collect();
                assert!(
                    differing.is_empty(),
                    "{count} events before the end: {differing:#?}"
                );
            }
        }
    });
}

#[test]
fn a_line_says_what_it_does_before_it_does_it() {
    bench::with(FRIENDS, (118, 40), |mut bench| {
        bench.command("until 30");
        let seen = bench.text("del_jane");
        assert!(
            seen.contains("`del jane` drops Person.1 from 2 to 1. Person.2.friend still holds"),
            "{seen}"
        );
        assert!(seen.contains("so its __del__ does not run"), "{seen}");
        assert!(seen.contains("this name goes"), "{seen}");
        bench.press("n");
        let seen = bench.text("del_bob");
        assert!(seen.contains("hold only each other"), "{seen}");
        assert!(seen.contains("jane") && seen.contains("gone"), "{seen}");
        bench.press("n");
        let seen = bench.text("isolated");
        assert!(seen.contains("cyclic isolate: 4 objects"), "{seen}");
        assert!(seen.contains("○ Person.1      1  isolated"), "{seen}");
    });
}

#[test]
fn a_finaliser_is_reached_entered_and_left() {
    bench::with(FRIENDS, (118, 40), |mut bench| {
        bench.command("break del Person");
        bench.press("c");
        let seen = bench.text("del");
        assert!(
            seen.contains("Person.1 is about to be finalised: collection 1, of generation 2"),
            "{seen}"
        );
        assert!(
            seen.contains("Person.1") && seen.contains("in __del__"),
            "{seen}"
        );
        bench.press("s");
        let seen = bench.text("in_del");
        assert!(seen.contains("friends.py:23 · in __del__"), "{seen}");
        bench.press("c");
        let seen = bench.text("second");
        assert!(seen.contains("Person.2 is about to be finalised"), "{seen}");
        assert!(seen.contains("Deleting Jane!"), "{seen}");
        bench.press("C");
        let seen = bench.text("back");
        assert!(seen.contains("Person.1 is about to be finalised"), "{seen}");
        let printed = &bench.app.screen.output.lines;
        assert_eq!(
            printed.len(),
            1,
            "going back takes the output back: {printed:?}"
        );
    });
}

#[test]
fn why_tells_paths_and_cycles() {
    bench::with(FRIENDS, (118, 40), |mut bench| {
        bench.command("until 31");
        bench.command("select Person.1");
        bench.press("w");
        let seen = bench.text("why");
        assert!(seen.contains("why Person.1"), "{seen}");
        assert!(seen.contains("Person.2.friend"), "{seen}");
    });
}
