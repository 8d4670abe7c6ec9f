//! Which panes are on the screen and where, for every size.
//!
//! Pure: size in, rectangles out. Panes overlap by one cell, where they share a border. Invariant: rectangles lie inside the
//! screen, and their insides are disjoint. Below [`SMALLEST`] there is no layout and the screen says so.

use ratatui::layout::{Constraint, Layout, Rect, Spacing};

use super::panes::Kind;

/// Columns and rows under which nothing useful fits.
pub const SMALLEST: (u16, u16) = (44, 14);
/// From here on every pane of the sketch has a place of its own.
const ROOMY: (u16, u16) = (110, 34);
/// From here on events, frames and breakpoints are seen too.
const WIDE: (u16, u16) = (140, 44);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    pub panes: Vec<(Kind, Rect)>,
    /// The row of titles when panes share one place; its kinds are the tabs, left to right.
    pub tabs: Vec<Kind>,
    /// The last line of the screen: keys, prompt, where we are.
    pub status: Rect,
}

/// What decides a layout, next to the size.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The pane that has the whole screen.
    pub zoomed: Option<Kind>,
    /// The pane in front where several share a place.
    pub tab: Kind,
    /// A collection is running: the collector takes the bytecode's place.
    pub collecting: bool,
}

/// The layout for `area`, or `None` if it is too small for any.
pub fn arrange(area: Rect, wish: Wish) -> Option<Arrangement> {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return None;
    }
    let [body, status] = Layout::vertical([Constraint::Fill(1), Constraint::Length(1)]).areas(area);
    let fits = |size: (u16, u16)| area.width >= size.0 && area.height >= size.1;
    let mut arrangement = if let Some(kind) = wish.zoomed {
        Arrangement {
            panes: vec![(kind, body)],
            ..Arrangement::default()
        }
    } else if fits(WIDE) {
        wide(body, wish)
    } else if fits(ROOMY) {
        roomy(body, wish)
    } else {
        compact(body, wish)
    };
    arrangement.status = status;
    Some(arrangement)
}

fn rows<const N: usize>(area: Rect, heights: [Constraint; N]) -> [Rect; N] {
    Layout::vertical(heights)
        .spacing(Spacing::Overlap(1))
        .areas(area)
}

fn columns<const N: usize>(area: Rect, widths: [Constraint; N]) -> [Rect; N] {
    Layout::horizontal(widths)
        .spacing(Spacing::Overlap(1))
        .areas(area)
}

/// 80×24: source and picture above, one of seven tabs below, the effect in two lines.
fn compact(body: Rect, wish: Wish) -> Arrangement {
    let effect = if body.height >= 22 { 4 } else { 3 };
    let tabs = (body.height * 8 / 23).clamp(5, 14);
    let [top, middle, bottom] = rows(
        body,
        [
            Constraint::Fill(1),
            Constraint::Length(tabs),
            Constraint::Length(effect),
        ],
    );
    let source = (body.width * 12 / 25).min(50);
    let [left, right] = columns(top, [Constraint::Length(source), Constraint::Fill(1)]);
    Arrangement {
        panes: vec![
            (Kind::Source, left),
            (Kind::References, right),
            (wish.tab, middle),
            (Kind::Effect, bottom),
        ],
        tabs: tabs_of(wish),
        status: Rect::default(),
    }
}

fn tabs_of(wish: Wish) -> Vec<Kind> {
    let code = if wish.collecting {
        Kind::Collector
    } else {
        Kind::Bytecode
    };
    vec![
        Kind::Namespace,
        Kind::Refcounts,
        code,
        Kind::Output,
        Kind::Events,
        Kind::Frames,
        Kind::Breakpoints,
    ]
}

/// 118×40: the seven panes of the sketch.
fn roomy(body: Rect, wish: Wish) -> Arrangement {
    let spare = body.height.saturating_sub(33);
    let [top, middle, counts, bottom] = rows(
        body,
        [
            Constraint::Fill(1),
            Constraint::Length(7 + spare / 6),
            Constraint::Length(9 + spare / 3),
            Constraint::Length(6),
        ],
    );
    let left = (body.width * 2 / 5).clamp(44, 64);
    let halves = [Constraint::Length(left), Constraint::Fill(1)];
    let [source, picture] = columns(top, halves);
    let [code, names] = columns(middle, halves);
    let [output, effect] = columns(bottom, halves);
    let third = if wish.collecting {
        Kind::Collector
    } else {
        Kind::Bytecode
    };
    Arrangement {
        panes: vec![
            (Kind::Source, source),
            (Kind::References, picture),
            (third, code),
            (Kind::Namespace, names),
            (Kind::Refcounts, counts),
            (Kind::Output, output),
            (Kind::Effect, effect),
        ],
        ..Arrangement::default()
    }
}

/// 160×48: the sketch with events, frames and breakpoints, and the collector always in sight.
fn wide(body: Rect, _wish: Wish) -> Arrangement {
    let spare = body.height.saturating_sub(43);
    let [top, middle, bottom] = rows(
        body,
        [
            Constraint::Fill(1),
            Constraint::Length(16 + spare / 3),
            Constraint::Length(8 + spare / 6),
        ],
    );
    let left = (body.width / 3).clamp(48, 70);
    let [source, picture] = columns(top, [Constraint::Length(left), Constraint::Fill(1)]);
    let right = (body.width / 4).clamp(36, 50);
    let [code_names, counts, side] = columns(
        middle,
        [
            Constraint::Length(left),
            Constraint::Fill(1),
            Constraint::Length(right),
        ],
    );
    let [code, names] = rows(
        code_names,
        [Constraint::Percentage(50), Constraint::Fill(1)],
    );
    let [events, frames, breakpoints] = rows(
        side,
        [
            Constraint::Fill(1),
            Constraint::Length(5),
            Constraint::Length(5),
        ],
    );
    let [output, effect, collector] = columns(
        bottom,
        [
            Constraint::Length(left),
            Constraint::Fill(1),
            Constraint::Length(right),
        ],
    );
    Arrangement {
        panes: vec![
            (Kind::Source, source),
            (Kind::References, picture),
            (Kind::Bytecode, code),
            (Kind::Namespace, names),
            (Kind::Refcounts, counts),
            (Kind::Events, events),
            (Kind::Frames, frames),
            (Kind::Output, output),
            (Kind::Effect, effect),
            (Kind::Collector, collector),
            (Kind::Breakpoints, breakpoints),
        ],
        ..Arrangement::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_keeps_panes_inside_and_their_insides_apart() {
        for width in (1..220).step_by(3) {
            for height in (1..80).step_by(2) {
                for collecting in [false, true] {
                    let wish = Wish {
                        zoomed: None,
                        tab: Kind::Refcounts,
                        collecting,
                    };
                    let area = Rect::new(0, 0, width, height);
                    if let Some(arrangement) = arrange(area, wish) {
                        check(area, &arrangement);
                    } else {
                        assert!(width < SMALLEST.0 || height < SMALLEST.1);
                    }
                }
            }
        }
    }

    fn check(area: Rect, arrangement: &Arrangement) {
        let inside: Vec<Rect> = arrangement
            .panes
            .iter()
            .map(|(_, r)| r.inner(ratatui::layout::Margin::new(1, 1)))
            .collect();
        for (index, one) in inside.iter().enumerate() {
            assert!(
                !one.is_empty(),
                "{area:?}: {:?} has no room",
                arrangement.panes[index]
            );
            assert_eq!(one.intersection(area), *one);
            for other in &inside[index + 1..] {
                assert!(!one.intersects(*other), "{area:?}: {one:?} {other:?}");
            }
        }
        assert_eq!(arrangement.status.height, 1);
    }
}
