//! What the program has written: part of the machine's state, so that going back takes it back.

use std::rc::Rc;

/// Which stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// Chunks are sealed at this size, so that a clone copies at most one.
const CHUNK: usize = 4096;

#[derive(Clone, Default)]
pub struct Output {
    sealed: Vec<Rc<(Stream, Vec<u8>)>>,
    open: Option<(Stream, Vec<u8>)>,
    /// Bytes written so far.
    len: usize,
    /// Written straight to the process's streams too (`lifetimes run`).
    pub live: bool,
    /// The standard streams hold back what they are given, as CPython's do when they are no terminal.
    pub buffered: bool,
    /// So many bytes were written by an earlier run of the same program up to here: they are not written again.
    pub printed: usize,
}

impl Output {
    pub fn write(&mut self, stream: Stream, bytes: &[u8]) {
        let before = self.len;
        self.len += bytes.len();
        if self.live {
            let printed = self.printed.saturating_sub(before).min(bytes.len());
            write_through(stream, &bytes[printed..]);
            return;
        }
        match &mut self.open {
            Some((open, chunk)) if *open == stream && chunk.len() < CHUNK => {
                chunk.extend_from_slice(bytes)
            }
            _ => {
                if let Some(done) = self.open.replace((stream, bytes.to_vec())) {
                    self.sealed.push(Rc::new(done));
                }
            }
        }
    }

    /// From now on the process's own streams are written to. What was written before the first instruction comes first; the
    /// first `printed` bytes were written by an earlier run.
    pub fn go_live(&mut self, printed: usize) {
        let mut before = 0;
        for (stream, bytes) in self.chunks() {
            let known = printed.saturating_sub(before).min(bytes.len());
            write_through(stream, &bytes[known..]);
            before += bytes.len();
        }
        self.live = true;
        self.printed = printed;
    }

    /// How many bytes have been written; a position for `since`.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The chunks in the order of writing.
    pub fn chunks(&self) -> impl Iterator<Item = (Stream, &[u8])> + '_ {
        let sealed = self.sealed.iter().map(|c| (c.0, &c.1[..]));
        sealed.chain(self.open.iter().map(|c| (c.0, &c.1[..])))
    }

    /// Everything written to one stream.
    pub fn text(&self, stream: Stream) -> String {
        String::from_utf8_lossy(&self.bytes(stream)).into_owned()
    }

    /// The same as it was written.
    pub fn bytes(&self, stream: Stream) -> Vec<u8> {
        self.chunks()
            .filter(|c| c.0 == stream)
            .flat_map(|c| c.1.iter().copied())
            .collect()
    }

    /// Both streams in order, from a position on.
    pub fn since(&self, from: usize) -> Vec<(Stream, String)> {
        let mut at = 0;
        let mut out = Vec::new();
        for (stream, bytes) in self.chunks() {
            let skip = from.saturating_sub(at).min(bytes.len());
            at += bytes.len();
            if skip < bytes.len() {
                out.push((stream, String::from_utf8_lossy(&bytes[skip..]).into_owned()));
            }
        }
        out
    }
}

/// A closed pipe ends nothing: the program runs on, as its output is no longer wanted.
fn write_through(stream: Stream, bytes: &[u8]) {
    use std::io::Write;
    let result = match stream {
        Stream::Stdout => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes).and_then(|()| {
                if bytes.contains(&b'\n') {
                    out.flush()
                } else {
                    Ok(())
                }
            })
        }
        Stream::Stderr => std::io::stderr().lock().write_all(bytes),
    };
    drop(result);
}
