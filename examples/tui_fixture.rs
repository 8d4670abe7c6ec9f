//! Temporary: the UI on hand-made screens, until the session is there.
#[path = "../tests/tui/fixture.rs"]
mod fixture;
use lifetimes::tui::{self, app::Language, engine::*};
struct Recorded {
    at: usize,
}
impl Driver for Recorded {
    fn run(&mut self, request: &Request, _watch: &Watch) -> Reply {
        match request {
            Request::Line(l) if l.starts_with("step") || l == "continue" => {
                self.at = (self.at + 1).min(2)
            }
            Request::Line(l) if l.starts_with("back") || l == "reverse" => {
                self.at = self.at.saturating_sub(1)
            }
            Request::Line(l) => {
                return Reply {
                    said: vec![Said::Answer {
                        to: l.clone(),
                        text: format!("you said\n{l}"),
                    }],
                    moved: true,
                };
            }
            _ => {}
        }
        Reply {
            said: vec![],
            moved: true,
        }
    }
    fn screen(&mut self) -> lifetimes::views::screen::Screen {
        match self.at {
            0 => fixture::before_del(),
            1 => fixture::in_collection(),
            _ => fixture::ended(),
        }
    }
}
pub fn main() -> anyhow::Result<std::process::ExitCode> {
    tui::run_driver(
        |_| Ok(Recorded { at: 0 }),
        Language {
            complete: |_| vec!["break".into(), "breakpoints".into()],
            check: |l| {
                if l == "bad" {
                    Err("`bad` is no command".into())
                } else {
                    Ok(())
                }
            },
        },
    )
}
