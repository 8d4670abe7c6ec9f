//! The real binary in a pseudo-terminal of its own: what it paints, what it reads, what it leaves behind.

use std::io::{Read, Write};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// Longer than anything here takes, even on a busy machine in a debug build.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Screen {
    parser: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    keyboard: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    cooked: String,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Screen {
    pub fn open(arguments: &[&str], columns: u16, rows: u16) -> Screen {
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lifetimes"));
        command.args(arguments);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("RUST_BACKTRACE", "0");
        command.env("LIFETIMES_PANIC_ON_F12", "1");
        command.env_remove("NO_COLOR");
        let cooked = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).expect("the binary runs");
        drop(pair.slave);
        let parser = vt100::Parser::new(rows, columns, 0);
        let parser = Arc::new(Mutex::new(parser));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let reader = pair.master.try_clone_reader().expect("a reader");
        listen(reader, parser.clone(), raw.clone());
        let keyboard = pair.master.take_writer().expect("a writer");
        Screen {
            parser,
            raw,
            keyboard,
            master: pair.master,
            child,
            cooked,
        }
    }

    pub fn text(&self) -> String {
        self.parser
            .lock()
            .expect("no panic while locked")
            .screen()
            .contents()
    }

    /// Everything the terminal was sent.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw.lock().expect("no panic while locked")).into_owned()
    }

    /// Waits until `needle` is seen; how long that took.
    pub fn wait(&self, needle: &str) -> Duration {
        self.until(needle, |text| text.contains(needle))
    }

    pub fn wait_gone(&self, needle: &str) -> Duration {
        self.until(needle, |text| !text.contains(needle))
    }

    pub fn until(&self, what: &str, seen: impl Fn(&str) -> bool) -> Duration {
        let begun = Instant::now();
        while !seen(&self.text()) {
            assert!(
                begun.elapsed() < PATIENCE,
                "waited for {what:?} in vain:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
        begun.elapsed()
    }

    /// The text once nothing has changed for a while.
    pub fn settled(&self) -> String {
        let mut text = self.text();
        loop {
            std::thread::sleep(Duration::from_millis(300));
            let now = self.text();
            if now == text {
                return now;
            }
            text = now;
        }
    }

    pub fn send(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("the terminal takes keys");
        self.keyboard.flush().expect("the terminal takes keys");
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master
            .resize(size(columns, rows))
            .expect("a pseudo-terminal can be resized");
        let mut parser = self.parser.lock().expect("no panic while locked");
        parser.screen_mut().set_size(rows, columns);
    }

    /// A left click at a cell, counted from 0.
    pub fn click(&mut self, column: u16, row: u16) {
        self.send(&format!(
            "\x1b[<0;{};{}M\x1b[<0;{};{}m",
            column + 1,
            row + 1,
            column + 1,
            row + 1
        ));
    }

    /// Where `needle` stands, as (column, row).
    pub fn find(&self, needle: &str) -> (u16, u16) {
        let text = self.text();
        let found = text.lines().enumerate().find_map(|(y, line)| {
            let at = line.find(needle)?;
            Some((line[..at].chars().count() as u16, y as u16))
        });
        found.unwrap_or_else(|| panic!("{needle:?} is not on the screen:\n{text}"))
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("it runs").to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), pid.as_str()])
            .status();
        assert!(sent.expect("kill is there").success());
    }

    /// Waits until the process is stopped (or is not any more).
    pub fn wait_stopped(&self, stopped: bool) {
        let pid = self.child.process_id().expect("it runs");
        let begun = Instant::now();
        loop {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("it is there");
            let state = stat
                .rsplit(") ")
                .next()
                .and_then(|rest| rest.chars().next());
            if (state == Some('T')) == stopped {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "state {state:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it is our child") {
                return status;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "it does not end:\n{}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn assert_taken(&self) {
        let parser = self.parser.lock().expect("no panic while locked");
        let screen = parser.screen();
        assert!(screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste());
        assert_ne!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_ne!(format!("{:?}", self.master.get_termios()), self.cooked);
    }

    /// Every mode is as it was before.
    pub fn assert_restored(&self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE && self.modes() != [false; 4] {
            std::thread::sleep(Duration::from_millis(2));
        }
        assert_eq!(
            self.modes(),
            [false; 4],
            "alternate screen, hidden cursor, paste, mouse"
        );
        assert_eq!(
            format!("{:?}", self.master.get_termios()),
            self.cooked,
            "termios"
        );
    }

    fn modes(&self) -> [bool; 4] {
        let parser = self.parser.lock().expect("no panic while locked");
        let screen = parser.screen();
        let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        [
            screen.alternate_screen(),
            screen.hide_cursor(),
            screen.bracketed_paste(),
            mouse,
        ]
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A test that failed half way leaves nothing running.
        let _ = self.child.kill();
    }
}

fn listen(
    mut reader: Box<dyn Read + Send>,
    parser: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
) {
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(n @ 1..) = reader.read(&mut bytes) {
            parser
                .lock()
                .expect("no panic while locked")
                .process(&bytes[..n]);
            raw.lock()
                .expect("no panic while locked")
                .extend_from_slice(&bytes[..n]);
        }
    });
}
