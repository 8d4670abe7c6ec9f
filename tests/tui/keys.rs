//! What keys, clicks and answers do: lines of the command language out, focus and prompts inside.

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use lifetimes::tui::app::{App, Effect};
use lifetimes::tui::engine::{Request, Said, Update};
use lifetimes::tui::panes::Kind;

use super::{app, find, fixture, frame, press, run, text, type_in};

fn click(app: &mut App, (column, row): (u16, u16), kind: MouseEventKind) -> Vec<Effect> {
    app.handle(Event::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }))
}

const LEFT: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

#[test]
fn keys_become_lines_and_shift_turns_them() {
    let cases = [
        ("n", "step line"),
        ("N", "back line"),
        ("F10", "step line"),
        ("s", "step into"),
        ("F11", "step into"),
        ("Shift-F11", "back into"),
        ("i", "step instr"),
        ("f", "step out"),
        ("e", "step event"),
        ("E", "back event"),
        ("c", "continue"),
        ("C", "reverse"),
        ("F5", "continue"),
        ("g", "goto start"),
        ("G", "goto end"),
        ("l", "last Person.1"),
        ("w", "why Person.1"),
        ("b", "break line 14"),
    ];
    for (key, line) in cases {
        assert_eq!(
            press(&mut app(fixture::before_del()), key),
            run(line),
            "{key}"
        );
    }
}

#[test]
fn b_takes_away_the_breakpoint_that_is_there() {
    let mut app = app(fixture::before_del());
    assert_eq!(press(&mut app, "Down Down b"), run("delete 1"));
}

#[test]
fn a_step_moves_the_cursor_to_the_line_but_not_the_focus() {
    let mut app = app(fixture::before_del());
    frame(&mut app, "focus", 118, 40);
    press(&mut app, "4");
    assert_eq!(app.focus, Kind::Refcounts);
    press(&mut app, "n");
    let screen = Some(Box::new(fixture::in_collection()));
    app.updated(Update {
        screen,
        said: Vec::new(),
        answered: 1,
    });
    assert_eq!(app.focus, Kind::Refcounts);
    press(&mut app, "1");
    assert_eq!(press(&mut app, "b"), run("delete 1"));
}

#[test]
fn digits_and_tab_focus_and_a_tab_comes_to_the_front() {
    let mut app = app(fixture::before_del());
    frame(&mut app, "tabs", 80, 24);
    press(&mut app, "3");
    let seen = text(&frame(&mut app, "tabs", 80, 24));
    assert!(
        seen.contains("[3 namespace]") && seen.contains("this name goes"),
        "{seen}"
    );
    press(&mut app, "Tab");
    assert_eq!(app.focus, Kind::Refcounts);
    press(&mut app, "Shift-Tab Shift-Tab");
    assert_eq!(app.focus, Kind::References);
    let seen = text(&frame(&mut app, "tabs", 80, 24));
    assert!(
        seen.contains("[3 namespace]"),
        "the tab stays when the focus leaves: {seen}"
    );
}

#[test]
fn moving_in_a_table_selects_the_row_s_object() {
    let mut app = app(fixture::before_del());
    frame(&mut app, "select", 118, 40);
    assert_eq!(
        press(&mut app, "4 Down"),
        Vec::new(),
        "Person.1 is selected already"
    );
    assert_eq!(press(&mut app, "Down"), run("select dict.1"));
    assert_eq!(press(&mut app, "w"), run("why dict.1"));
}

#[test]
fn zoom_gives_a_pane_the_screen_and_takes_it_back() {
    let mut app = app(fixture::before_del());
    let before = text(&frame(&mut app, "zoom", 80, 24));
    press(&mut app, "4 z");
    let zoomed = text(&frame(&mut app, "zoom", 80, 24));
    assert!(
        zoomed.contains("4 refcounts") && !zoomed.contains("friends.py"),
        "{zoomed}"
    );
    press(&mut app, "z 1");
    assert_eq!(text(&frame(&mut app, "zoom", 80, 24)), before);
}

#[test]
fn a_wrong_command_is_told_in_place_and_can_be_mended() {
    let mut app = app(fixture::before_del());
    press(&mut app, ":");
    type_in(&mut app, "bad");
    assert_eq!(press(&mut app, "Enter"), Vec::new());
    let seen = text(&frame(&mut app, "wrong", 80, 24));
    assert!(
        seen.contains("✗ `bad` is no command") && seen.contains(":bad"),
        "{seen}"
    );
    for _ in 0..3 {
        app.handle(Event::Key(crossterm::event::KeyCode::Backspace.into()));
    }
    type_in(&mut app, "break del Person");
    assert_eq!(press(&mut app, "Enter"), run("break del Person"));
    press(&mut app, ": Up");
    assert_eq!(press(&mut app, "Enter"), run("break del Person"), "history");
}

#[test]
fn paste_goes_into_the_prompt_only() {
    let mut app = app(fixture::before_del());
    assert_eq!(app.handle(Event::Paste("qqq".to_owned())), Vec::new());
    press(&mut app, ":");
    app.handle(Event::Paste("owners jane\n".to_owned()));
    assert_eq!(press(&mut app, "Enter"), run("owners jane"));
}

#[test]
fn search_walks_and_says_when_there_is_nothing() {
    let mut app = app(fixture::before_del());
    press(&mut app, "/");
    type_in(&mut app, "friend");
    press(&mut app, "Enter");
    assert_eq!(press(&mut app, "b"), run("break line 12"));
    let mut app = super::app(fixture::before_del());
    press(&mut app, "/");
    type_in(&mut app, "nowhere");
    press(&mut app, "Enter");
    let seen = text(&frame(&mut app, "search", 80, 24));
    assert!(seen.contains("`nowhere` is not in source"), "{seen}");
}

#[test]
fn bookmarks_come_back_to_their_moment() {
    let mut app = app(fixture::before_del());
    assert_eq!(press(&mut app, "m a"), Vec::new());
    assert_eq!(press(&mut app, "' a"), run("goto instr 41"));
    assert_eq!(press(&mut app, "' z"), Vec::new());
}

#[test]
fn clicks_focus_select_and_set_breakpoints() {
    let mut app = app(fixture::before_del());
    let buffer = frame(&mut app, "click", 118, 40);
    let (x, y) = find(&buffer, "12  jane.friend");
    assert_eq!(click(&mut app, (x, y), LEFT), run("break line 12"));
    assert_eq!(
        click(&mut app, (x + 8, y), LEFT),
        Vec::new(),
        "the text only moves the cursor"
    );
    assert_eq!(press(&mut app, "b"), run("break line 12"));
    let (x, y) = find(&buffer, "dict.2  ");
    assert_eq!(click(&mut app, (x, y), LEFT), run("select dict.2"));
    assert_eq!(app.focus, Kind::Refcounts);
}

#[test]
fn a_click_on_a_tab_brings_it_to_the_front() {
    let mut app = app(fixture::before_del());
    let buffer = frame(&mut app, "tab", 80, 24);
    click(&mut app, find(&buffer, "7 events"), LEFT);
    let seen = text(&frame(&mut app, "tab", 80, 24));
    assert!(
        seen.contains("[7 events]") && seen.contains("birth Person.1"),
        "{seen}"
    );
}

#[test]
fn the_wheel_scrolls_without_selecting() {
    let mut app = app(fixture::before_del());
    let buffer = frame(&mut app, "wheel", 80, 24);
    let at = find(&buffer, "del jane");
    click(&mut app, at, MouseEventKind::ScrollUp);
    assert_eq!(click(&mut app, at, MouseEventKind::ScrollUp), Vec::new());
    let seen = text(&frame(&mut app, "wheel", 80, 24));
    assert!(seen.contains("  1  import gc"), "{seen}");
}

#[test]
fn answers_are_short_below_and_long_in_a_panel() {
    let mut app = app(fixture::before_del());
    let said = |text: &str| Update {
        screen: None,
        said: vec![Said::Answer {
            to: "print x".to_owned(),
            text: text.to_owned(),
        }],
        answered: 1,
    };
    app.updated(said("42\n"));
    assert!(text(&frame(&mut app, "answer", 80, 24)).contains("\n 42\n"));
    app.updated(said("one\ntwo"));
    let seen = text(&frame(&mut app, "answer", 80, 24));
    assert!(
        seen.contains(" print x ") && seen.contains("│ two"),
        "{seen}"
    );
    assert_eq!(press(&mut app, "q"), Vec::new(), "q closes the panel first");
    assert_eq!(press(&mut app, "q"), vec![Effect::Quit]);
}

#[test]
fn input_of_the_program_is_asked_for_and_answered() {
    let mut screen = fixture::before_del();
    screen.input = Some("name? ".to_owned());
    let mut app = app(screen);
    type_in(&mut app, "q");
    let seen = text(&frame(&mut app, "input", 80, 24));
    assert!(seen.contains("input▸ name? q"), "{seen}");
    assert_eq!(
        press(&mut app, "Enter"),
        vec![Effect::Send(Request::Input("q".to_owned()))]
    );
}

#[test]
fn escape_stops_what_runs() {
    let mut app = app(fixture::before_del());
    press(&mut app, "c");
    assert_eq!(press(&mut app, "Esc"), vec![Effect::Interrupt]);
    assert_eq!(press(&mut app, "Ctrl-C"), vec![Effect::Interrupt]);
    app.updated(Update {
        answered: 1,
        ..Update::default()
    });
    assert_eq!(press(&mut app, "Ctrl-C"), Vec::new());
}
