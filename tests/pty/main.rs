//! The terminal UI as a user meets it: the real binary in a real pseudo-terminal.

mod screen;

use screen::Screen;

const FRIENDS: &str = "demos/friends.py";

#[test]
fn q_leaves_the_terminal_as_it_was() {
    let mut screen = Screen::open(&[FRIENDS], 80, 24);
    let painted = screen.wait("friends.py");
    println!("first frame after {painted:?}");
    screen.assert_taken();
    screen.send("q");
    assert!(screen.ended().success());
    screen.assert_restored();
    assert!(
        screen.raw().contains("\x1b[?2026h"),
        "frames are synchronized updates"
    );
}

/// The key that panics is built into debug builds only.
#[cfg(debug_assertions)]
#[test]
fn a_panic_leaves_the_terminal_as_it_was_and_says_so() {
    let mut screen = Screen::open(&[FRIENDS], 80, 24);
    screen.wait("friends.py");
    screen.send("\x1b[24~");
    assert_eq!(screen.ended().exit_code(), 70);
    screen.assert_restored();
    screen.wait("this is a bug of ours");
}

#[test]
fn signals_that_end_it_leave_the_terminal_as_it_was() {
    for signal in ["TERM", "HUP"] {
        let mut screen = Screen::open(&[FRIENDS], 80, 24);
        screen.wait("friends.py");
        screen.signal(signal);
        assert!(!screen.ended().success(), "{signal}");
        screen.assert_restored();
    }
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_going_on_takes_it() {
    let mut screen = Screen::open(&[FRIENDS], 80, 24);
    screen.wait("friends.py");
    let before = screen.settled();
    screen.send("\x1a");
    screen.wait_stopped(true);
    screen.assert_restored();
    screen.signal("CONT");
    screen.wait_stopped(false);
    screen.until("the screen as it was", |text| text == before);
    screen.assert_taken();
    screen.send("q");
    assert!(screen.ended().success());
}

#[test]
fn six_lines_forward_and_six_back_come_to_the_same_screen() {
    for (columns, rows) in [(80, 24), (140, 45)] {
        let mut screen = Screen::open(&[FRIENDS], columns, rows);
        screen.wait("step 0");
        // What is said of the last motion differs, and is meant to.
        let panes = |text: &str| {
            text.lines()
                .rev()
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        screen.wait("what this step does");
        let before = panes(&screen.settled());
        screen.send("nnnnnn");
        screen.wait_gone("step 0 ");
        screen.send("NNNNNN");
        screen.until("the panes as they were", |text| panes(text) == before);
    }
}

#[test]
fn a_breakpoint_on_a_finaliser_is_reached() {
    let mut screen = Screen::open(&[FRIENDS], 80, 24);
    screen.wait("step 0");
    screen.send(":break del Person\r");
    screen.send("c");
    screen.wait("__del__");
    screen.wait("Person.1");
    screen.send("q");
    assert!(screen.ended().success());
}

#[test]
fn a_resize_is_followed_and_too_small_is_said() {
    let mut screen = Screen::open(&[FRIENDS], 80, 24);
    screen.wait("friends.py");
    screen.resize(140, 45);
    screen.wait("8 frames");
    screen.resize(20, 6);
    screen.wait("too small");
    screen.resize(80, 24);
    screen.wait("friends.py");
}

#[test]
fn a_click_in_the_gutter_sets_a_breakpoint() {
    let mut screen = Screen::open(&[FRIENDS], 80, 24);
    screen.wait("import gc");
    let (_, row) = screen.find("import gc");
    screen.click(2, row);
    screen.wait("●");
    screen.click(2, row);
    screen.wait_gone("●");
}
