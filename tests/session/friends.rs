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
                assert_eq!(bench.panes(), *then, "{count} events before the end");
            }
        }
    });
}
