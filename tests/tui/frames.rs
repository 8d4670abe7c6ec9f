//! What is seen: text of whole frames, and the styles that carry a meaning.

use lifetimes::tui::theme::{Palette, Role, Theme};
use ratatui::style::{Color, Modifier};

use super::{app, coloured, find, fixture, frame, text};

#[test]
fn the_smallest_supported_terminal_shows_all_that_matters() {
    let buffer = frame(&mut app(fixture::before_del()), "before_del_80x24", 80, 24);
    insta::assert_snapshot!("before_del_80x24", text(&buffer));
}

#[test]
fn the_sketch_has_seven_panes() {
    let buffer = frame(
        &mut app(fixture::before_del()),
        "before_del_118x40",
        118,
        40,
    );
    insta::assert_snapshot!("before_del_118x40", text(&buffer));
}

#[test]
fn in_a_collection_the_collector_takes_the_bytecodes_place() {
    let buffer = frame(
        &mut app(fixture::in_collection()),
        "in_collection_118x40",
        118,
        40,
    );
    insta::assert_snapshot!("in_collection_118x40", text(&buffer));
}

#[test]
fn a_wide_terminal_shows_more_panes() {
    let buffer = frame(
        &mut app(fixture::in_collection()),
        "in_collection_160x48",
        160,
        48,
    );
    insta::assert_snapshot!("in_collection_160x48", text(&buffer));
}

#[test]
fn the_end_shows_output_and_ghosts() {
    let buffer = frame(&mut app(fixture::ended()), "ended_118x40", 118, 40);
    let seen = text(&buffer);
    assert!(seen.contains("ended, status 0"), "{seen}");
    assert!(seen.contains("Deleting Jane!"), "{seen}");
    assert!(seen.contains("✗ Person.1   dead"), "{seen}");
}

#[test]
fn every_size_draws_without_a_crash() {
    for (width, height) in [
        (1, 1),
        (10, 3),
        (43, 14),
        (44, 14),
        (60, 18),
        (200, 16),
        (50, 70),
        (300, 100),
    ] {
        for screen in [
            fixture::before_del(),
            fixture::in_collection(),
            Default::default(),
        ] {
            let buffer = frame(&mut app(screen), "size", width, height);
            let small = width < 44 || height < 14;
            assert_eq!(
                text(&buffer).starts_with("too small"[..9.min(width as usize)].trim_end()),
                small
            );
        }
    }
}

#[test]
fn styles_repeat_what_glyphs_and_words_say() {
    let buffer = frame(&mut app(fixture::before_del()), "styles", 118, 40);
    let theme = Theme::new(Palette::Full);
    let style = |needle: &str| buffer[find(&buffer, needle)].style();
    let is = |needle: &str, role: Role| {
        let (seen, wanted) = (style(needle), theme.style(role));
        assert_eq!(seen.fg, wanted.fg, "{needle}");
        assert!(seen.add_modifier.contains(wanted.add_modifier), "{needle}");
    };
    is("▸ Person.1", Role::Changed);
    is("Person.1      2", Role::Selected);
    is("▶ jane", Role::Current);
    is("+ bob", Role::Born);
    is("● 16", Role::Breakpoint);
    is("this name goes", Role::Current);
    is("1 friends.py", Role::FocusTitle);
    is("4 refcounts", Role::Title);
}

#[test]
fn isolated_and_dead_objects_have_marks_and_colours() {
    let theme = Theme::new(Palette::Full);
    let buffer = frame(&mut app(fixture::in_collection()), "marks", 118, 40);
    assert_eq!(
        buffer[find(&buffer, "○ Person.2")].fg,
        theme.style(Role::Cycle).fg.expect("a colour")
    );
    let buffer = frame(&mut app(fixture::ended()), "marks", 118, 40);
    assert_eq!(
        buffer[find(&buffer, "✗ Person.1")].fg,
        theme.style(Role::Dead).fg.expect("a colour")
    );
}

#[test]
fn without_colour_nothing_has_a_colour_and_all_marks_stay() {
    let mut plain = coloured(fixture::in_collection(), Palette::Plain);
    let buffer = frame(&mut plain, "plain", 118, 40);
    for cell in buffer.content() {
        assert_eq!(
            (cell.fg, cell.bg),
            (Color::Reset, Color::Reset),
            "{:?}",
            cell.symbol()
        );
    }
    let full = frame(&mut app(fixture::in_collection()), "plain", 118, 40);
    assert_eq!(text(&buffer), text(&full));
    let focus = find(&buffer, "1 friends.py");
    assert!(buffer[focus].modifier.contains(Modifier::REVERSED));
}

#[test]
fn a_script_cannot_send_escapes_to_the_terminal() {
    let mut screen = fixture::before_del();
    let evil = "\x1b]0;owned\x07\u{9b}2J\u{202e}";
    screen.output = lifetimes::views::output::OutputView::of(evil, false, 0);
    let text = lifetimes::views::source::SourceText::new(evil, &format!("x = '{evil}'\r\n"));
    screen.source.text = std::sync::Arc::new(text);
    screen.source.current = Some(1);
    let buffer = frame(&mut app(screen), "evil", 118, 40);
    for cell in buffer.content() {
        assert!(
            !cell
                .symbol()
                .chars()
                .any(|c| c.is_control() || c == '\u{202e}'),
            "{:?}",
            cell.symbol()
        );
    }
}
