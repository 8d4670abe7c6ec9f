//! The collector pane: its phases while it runs, its counts otherwise.

use ratatui::text::{Line, Span};

use super::list::Rows;
use crate::tui::theme::{Role, Theme};
use crate::views::collector::{PhaseRow, PhaseState};
use crate::views::screen::Screen;
use crate::views::text::triple;

#[derive(Default)]
pub struct Collector;

impl Rows for Collector {
    fn title(&self, screen: &Screen) -> String {
        match &screen.collector.running {
            Some(c) => format!(
                "collector · collection {} of generation {}",
                c.number, c.generation
            ),
            None => "collector".to_owned(),
        }
    }

    fn rows(&self, screen: &Screen, theme: &Theme) -> Vec<Line<'static>> {
        let view = &screen.collector;
        let mut lines = Vec::new();
        if let Some(running) = &view.running {
            lines.extend(running.phases.iter().map(|phase| line(phase, theme)));
        }
        let figures = |name: &str, numbers: [u64; 3]| {
            let name = Span::styled(format!("{name:<11}"), theme.style(Role::Dim));
            Line::from(vec![Span::raw("  "), name, Span::raw(triple(numbers))])
        };
        if view.running.is_none() {
            let state = if view.enabled { "on" } else { "off" };
            lines.push(Line::from(format!("  automatic collection is {state}")));
        }
        lines.push(figures("count", view.counts));
        lines.push(figures("thresholds", view.thresholds));
        lines.push(figures("finished", view.finished));
        lines
    }

    fn empty(&self) -> &'static str {
        ""
    }

    fn current(&self, screen: &Screen) -> Option<usize> {
        let phases = &screen.collector.running.as_ref()?.phases;
        phases.iter().position(|p| p.state == PhaseState::Now)
    }
}

fn line(phase: &PhaseRow, theme: &Theme) -> Line<'static> {
    let role = match phase.state {
        PhaseState::Done => Role::Text,
        PhaseState::Now => Role::Current,
        PhaseState::Later => Role::Dim,
    };
    Line::from(vec![
        Span::styled(
            format!("{} {:<26}", phase.state.mark(), phase.name),
            theme.style(role),
        ),
        Span::styled(format!("  {}", phase.note), theme.style(role)),
    ])
}
