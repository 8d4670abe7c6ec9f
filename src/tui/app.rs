//! The state of the terminal UI, and what an event does to it.
//!
//! Knows screens, keys and panes; not the session (it writes lines of the command language), not the terminal (it returns
//! [`Effect`]s). Scroll and cursor are the panes' own. Invariant: a step never moves the focus, and nothing here waits.

use std::collections::BTreeMap;
use std::time::Instant;

use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Margin, Position, Rect};

use super::draw::tab_at;
use super::engine::{Request, Said, Update};
use super::highlight::Highlights;
use super::keys::{self, Action, Keys};
use super::layout::Arrangement;
use super::panel::Panel;
use super::panes::{KINDS, Kind, Motion, Panes, Reply, source};
use super::prompt::{Line, Typed};
use super::theme::Theme;
use crate::views::screen::Screen;

/// Requests that may wait for the machine; keys pressed beyond that are dropped, so that letting go of a key stops soon.
const WAITING_AT_MOST: usize = 64;
/// Rows that one notch of the wheel moves.
const WHEEL_ROWS: isize = 3;

/// What the loop around the app must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Send(Request),
    Interrupt,
    Redraw,
    Suspend,
    Quit,
}

/// What the app needs to know of the command language, without knowing commands.
#[derive(Clone, Copy)]
pub struct Language {
    /// Words that may end this line.
    pub complete: fn(&str) -> Vec<String>,
    /// What is wrong with this line, if anything.
    pub check: fn(&str) -> Result<(), String>,
}

/// What the keyboard goes to.
pub enum Mode {
    Keys,
    /// `:`, `/`, or the program's own question.
    Prompt(Ask, Line),
    /// The letter of a bookmark follows.
    Letter(Action),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    Command,
    Search,
    Input,
}

/// One line about the last thing done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub error: bool,
}

pub struct App {
    pub screen: Screen,
    pub theme: Theme,
    pub panes: Panes,
    pub focus: Kind,
    /// The pane in front where several share a place.
    pub tab: Kind,
    pub zoomed: bool,
    pub mode: Mode,
    pub panel: Option<Panel>,
    pub notice: Option<Notice>,
    pub highlights: Option<Highlights>,
    /// Where things were at the last draw, for the mouse.
    pub arrangement: Arrangement,
    /// Requests the machine has not answered, and since when.
    pub waiting: usize,
    pub since: Option<Instant>,
    keys: Keys,
    language: Language,
    commands: Vec<String>,
    searches: Vec<String>,
    marks: BTreeMap<char, (u64, u32)>,
}

impl App {
    pub fn new(screen: Screen, theme: Theme, language: Language) -> App {
        let mut app = App {
            screen: Screen::default(),
            theme,
            panes: Panes::default(),
            focus: Kind::Source,
            tab: Kind::Refcounts,
            zoomed: false,
            mode: Mode::Keys,
            panel: None,
            notice: None,
            highlights: None,
            arrangement: Arrangement::default(),
            waiting: 0,
            since: None,
            keys: Keys::default(),
            language,
            commands: Vec::new(),
            searches: Vec::new(),
            marks: BTreeMap::new(),
        };
        app.show(screen);
        app
    }

    /// Shows another moment.
    fn show(&mut self, screen: Screen) {
        self.screen = screen;
        self.panes.arrived(&self.screen);
        if self.screen.input.is_some() {
            self.mode = Mode::Prompt(Ask::Input, Line::default());
        } else if matches!(self.mode, Mode::Prompt(Ask::Input, _)) {
            self.mode = Mode::Keys;
        }
    }

    pub fn updated(&mut self, update: Update) {
        self.waiting = self.waiting.saturating_sub(update.answered);
        if self.waiting == 0 {
            self.since = None;
        }
        for said in update.said {
            self.say(said);
        }
        if let Some(screen) = update.screen {
            self.show(*screen);
        }
    }

    fn say(&mut self, said: Said) {
        match said {
            Said::Error(text) => self.complain(text),
            Said::Answer { to, text } => {
                let text = text.trim_end();
                if text.contains('\n') || text.chars().count() > 72 {
                    self.panel = Some(Panel::new(&to, text));
                } else if !text.is_empty() {
                    self.tell(text.to_owned());
                }
            }
        }
    }

    fn tell(&mut self, text: String) {
        let text = crate::views::safe::one_line(&text);
        self.notice = Some(Notice { text, error: false });
    }

    fn complain(&mut self, text: String) {
        let text = crate::views::safe::one_line(&text);
        self.notice = Some(Notice { text, error: true });
    }

    fn send(&mut self, request: Request) -> Vec<Effect> {
        if self.waiting >= WAITING_AT_MOST {
            return Vec::new();
        }
        self.waiting += 1;
        self.since.get_or_insert_with(Instant::now);
        vec![Effect::Send(request)]
    }

    fn run(&mut self, line: impl Into<String>) -> Vec<Effect> {
        self.send(Request::Line(line.into()))
    }

    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Paste(text) => {
                if let Mode::Prompt(_, line) = &mut self.mode {
                    line.insert(&text);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        let action = self.keys.action(key);
        if matches!(action, Some(Action::Suspend)) {
            return vec![Effect::Suspend];
        }
        match std::mem::replace(&mut self.mode, Mode::Keys) {
            Mode::Prompt(ask, line) => self.typed(ask, line, key),
            Mode::Letter(wanted) => self.letter(wanted, key),
            Mode::Keys => self.act(action, key),
        }
    }

    fn typed(&mut self, ask: Ask, mut line: Line, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        let history = match ask {
            Ask::Command => &self.commands[..],
            Ask::Search => &self.searches[..],
            Ask::Input => &[],
        };
        let complete = |before: &str| self.complete(ask, before);
        match line.key(key, history, &complete) {
            Typed::More => {
                self.mode = Mode::Prompt(ask, line);
                Vec::new()
            }
            Typed::Left => Vec::new(),
            Typed::Done(text) => self.entered(ask, line, text),
        }
    }

    /// Words of the language, then the names that are on the screen.
    fn complete(&self, ask: Ask, before: &str) -> Vec<String> {
        if ask != Ask::Command {
            return Vec::new();
        }
        let mut offers = (self.language.complete)(before);
        let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
        if before.contains(char::is_whitespace) {
            let names = self
                .screen
                .namespace
                .scopes
                .iter()
                .flat_map(|s| &s.rows)
                .map(|r| &r.name);
            let objects = self.screen.refcounts.rows.iter().map(|r| &r.object);
            let fitting = names.chain(objects).filter(|name| name.starts_with(word));
            offers.extend(fitting.cloned());
        }
        let mut seen = std::collections::BTreeSet::new();
        offers.retain(|offer| seen.insert(offer.clone()));
        offers
    }

    fn entered(&mut self, ask: Ask, line: Line, text: String) -> Vec<Effect> {
        match ask {
            Ask::Input => self.send(Request::Input(text)),
            Ask::Search => {
                self.search(text);
                Vec::new()
            }
            Ask::Command if text.trim().is_empty() => Vec::new(),
            Ask::Command if matches!(text.trim(), "q" | "quit" | "exit") => vec![Effect::Quit],
            Ask::Command => match (self.language.check)(text.trim()) {
                Ok(()) => {
                    self.commands.retain(|old| *old != text);
                    self.commands.push(text.clone());
                    self.run(text.trim())
                }
                Err(error) => {
                    self.complain(error);
                    self.mode = Mode::Prompt(ask, line);
                    Vec::new()
                }
            },
        }
    }

    fn search(&mut self, text: String) {
        if !text.is_empty() {
            self.searches.push(text);
        }
        let Some(needle) = self.searches.last().cloned() else {
            return;
        };
        if !self.panes.get(self.focus).find(&needle, &self.screen) {
            self.complain(format!("`{needle}` is not in {}", self.focus.name()));
        }
    }

    fn letter(&mut self, wanted: Action, key: KeyEvent) -> Vec<Effect> {
        let crossterm::event::KeyCode::Char(letter) = key.code else {
            return Vec::new();
        };
        if wanted == Action::Mark {
            let step = self.screen.source.step;
            self.marks.insert(letter, (step, self.screen.event));
            self.tell(format!(
                "marked step {step} as {letter}: '{letter} comes back here"
            ));
            return Vec::new();
        }
        match self.marks.get(&letter) {
            Some((step, event)) => self.run(goto(*step, *event)),
            None => {
                self.complain(format!("no mark {letter}: m{letter} makes one"));
                Vec::new()
            }
        }
    }

    fn act(&mut self, action: Option<Action>, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        if let Some(panel) = &mut self.panel {
            match action {
                Some(Action::Move(motion)) if motion != Motion::Choose => {
                    panel.moved(motion);
                    return Vec::new();
                }
                Some(Action::Cancel | Action::Quit | Action::Help | Action::Move(_)) => {
                    self.panel = None;
                    return Vec::new();
                }
                _ => self.panel = None,
            }
        }
        match action {
            Some(action) => self.perform(action, key),
            None => Vec::new(),
        }
    }

    fn perform(&mut self, action: Action, key: KeyEvent) -> Vec<Effect> {
        match action {
            Action::Run(line) => return self.run(line),
            Action::RunSelected(verb) => return self.run_selected(verb),
            Action::Breakpoint => return self.breakpoint(),
            Action::RunToCursor => return self.run_to_cursor(),
            Action::Move(motion) => {
                let reply = self.panes.get(self.focus).moved(motion, &self.screen);
                return self.replied(reply);
            }
            Action::Cancel if self.waiting > 0 => return vec![Effect::Interrupt],
            Action::Cancel if self.zoomed => self.zoomed = false,
            Action::Cancel => self.tell("nothing is running: q quits".to_owned()),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Suspend => return vec![Effect::Suspend],
            Action::Quit => return vec![Effect::Quit],
            Action::Focus => {
                if let crossterm::event::KeyCode::Char(digit) = key.code
                    && let Some(kind) = Kind::of_digit(digit)
                {
                    self.focus_on(kind);
                }
            }
            Action::NextPane => self.focus_next(1),
            Action::PreviousPane => self.focus_next(-1),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Picture(knob) => self.panes.get(Kind::References).turned(knob, &self.screen),
            Action::Search => self.mode = Mode::Prompt(Ask::Search, Line::default()),
            Action::Prompt => self.mode = Mode::Prompt(Ask::Command, Line::default()),
            Action::Mark | Action::Jump => self.mode = Mode::Letter(action),
            Action::Help => self.panel = Some(Panel::new("keys", &keys::help().join("\n"))),
        }
        Vec::new()
    }

    fn run_selected(&mut self, verb: &str) -> Vec<Effect> {
        let here = self.panes.get(self.focus).object(&self.screen);
        match self.screen.selected.clone().or(here) {
            Some(object) => self.run(format!("{verb} {object}")),
            None => {
                self.complain(format!(
                    "`{verb}` needs an object: select one in references, namespace or refcounts"
                ));
                Vec::new()
            }
        }
    }

    fn breakpoint(&mut self) -> Vec<Effect> {
        let Some(line) = self.panes.get(Kind::Source).line() else {
            return Vec::new();
        };
        let reply = source::toggle(&self.screen.source, line);
        self.replied(reply)
    }

    fn run_to_cursor(&mut self) -> Vec<Effect> {
        match self.panes.get(Kind::Source).line() {
            Some(line) => self.run(format!("until {line}")),
            None => Vec::new(),
        }
    }

    fn replied(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Nothing => Vec::new(),
            Reply::Run(line) => self.run(line),
            Reply::Select(object) => {
                // Shown at once; the session follows, because other panes' rows depend on it.
                self.screen.selected = Some(object.clone());
                self.run(format!("select {object}"))
            }
        }
    }

    pub fn focus_on(&mut self, kind: Kind) {
        let kind = self.stand_in(kind);
        self.focus = kind;
        if self.arrangement.tabs.contains(&kind) {
            self.tab = kind;
        }
    }

    /// Bytecode and collector share a place where there is only one: asking for the absent one means the other.
    fn stand_in(&self, kind: Kind) -> Kind {
        let seen = |k: Kind| self.order().contains(&k);
        match kind {
            Kind::Bytecode if !seen(kind) && seen(Kind::Collector) => Kind::Collector,
            Kind::Collector if !seen(kind) => Kind::Bytecode,
            kind => kind,
        }
    }

    /// The panes that can be focused now, in the order of their numbers.
    fn order(&self) -> Vec<Kind> {
        let seen = |kind: Kind| {
            self.arrangement.panes.iter().any(|(k, _)| *k == kind)
                || self.arrangement.tabs.contains(&kind)
        };
        let all = KINDS
            .iter()
            .map(|(kind, ..)| *kind)
            .filter(|k| k.takes_focus());
        if self.zoomed {
            all.collect()
        } else {
            all.filter(|k| seen(*k)).collect()
        }
    }

    fn focus_next(&mut self, by: isize) {
        let order = self.order();
        if order.is_empty() {
            return;
        }
        let at = order
            .iter()
            .position(|kind| *kind == self.focus)
            .unwrap_or(0) as isize;
        self.focus_on(order[(at + by).rem_euclid(order.len() as isize) as usize]);
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let at = Position::new(mouse.column, mouse.row);
        let wheel = match mouse.kind {
            MouseEventKind::ScrollUp => Some(-WHEEL_ROWS),
            MouseEventKind::ScrollDown => Some(WHEEL_ROWS),
            MouseEventKind::Down(MouseButton::Left) => None,
            _ => return Vec::new(),
        };
        if let Some(panel) = &mut self.panel {
            match wheel {
                Some(rows) if rows < 0 => panel.moved(Motion::Up),
                Some(_) => panel.moved(Motion::Down),
                None => self.panel = None,
            }
            return Vec::new();
        }
        if wheel.is_none()
            && let Some(kind) = tab_at(&self.arrangement, at)
        {
            self.focus_on(kind);
            return Vec::new();
        }
        let Some((kind, area)) = self.pane_at(at) else {
            return Vec::new();
        };
        if let Some(rows) = wheel {
            self.panes.get(kind).scrolled(rows, &self.screen);
            return Vec::new();
        }
        if kind.takes_focus() {
            self.focus_on(kind);
        }
        let (column, row) = (at.x - area.x, at.y - area.y);
        let reply = self.panes.get(kind).clicked(column, row, &self.screen);
        self.replied(reply)
    }

    /// The pane whose inside holds this cell, and that inside.
    fn pane_at(&self, at: Position) -> Option<(Kind, Rect)> {
        let insides = self
            .arrangement
            .panes
            .iter()
            .map(|(kind, area)| (*kind, area.inner(Margin::new(1, 1))));
        insides.into_iter().find(|(_, area)| area.contains(at))
    }

    pub fn highlighted(&mut self, highlights: Highlights) {
        self.highlights = Some(highlights);
    }
}

/// The command that goes to a moment, as titles show it: `52`, `52+3`.
pub fn goto(step: u64, event: u32) -> String {
    match event {
        0 => format!("goto instr {step}"),
        event => format!("goto instr {step}+{event}"),
    }
}
