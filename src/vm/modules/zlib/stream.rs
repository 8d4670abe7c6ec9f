//! What is around compressed data: the headers and checksums of zlib (RFC 1950) and gzip (RFC 1952), or nothing.

use super::deflate::{Deflater, Flush, Strategy};
use super::inflate::Inflater;

const ADLER_BASE: u32 = 65521;

pub fn adler32(start: u32, data: &[u8]) -> u32 {
    let (mut a, mut b) = (start & 0xffff, start >> 16);
    // So many bytes can be summed before the sums must be cut.
    for piece in data.chunks(5552) {
        for byte in piece {
            a += u32::from(*byte);
            b += a;
        }
        a %= ADLER_BASE;
        b %= ADLER_BASE;
    }
    b << 16 | a
}

const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let mut crc = n as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = crc >> 1 ^ if crc & 1 != 0 { 0xedb8_8320 } else { 0 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
}

static CRC_TABLE: [u32; 256] = crc_table();

pub fn crc32(start: u32, data: &[u8]) -> u32 {
    !data.iter().fold(!start, |crc, byte| {
        CRC_TABLE[((crc ^ u32::from(*byte)) & 0xff) as usize] ^ crc >> 8
    })
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrap {
    Raw,
    Zlib,
    Gzip,
    /// For decompression: the first bytes tell.
    Either,
}

/// The library's error number and text.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    pub code: i32,
    pub why: &'static str,
}

fn bad(why: &'static str) -> Failure {
    Failure { code: -3, why }
}

#[derive(Clone)]
pub struct Compressor {
    deflater: Deflater,
    wrap: Wrap,
    header: Vec<u8>,
    begun: bool,
    pub finished: bool,
    check: u32,
    total: u32,
    last_flush: i64,
    fresh: bool,
}

/// How flush modes rank: one that adds nothing to the last is an error to the library, which gives nothing then.
fn rank(flush: i64) -> i64 {
    flush * 2 - if flush > 4 { 9 } else { 0 }
}

impl Compressor {
    /// `None`: there is no such level, window, memory level or strategy. Z_RLE (3) must have been refused before.
    pub fn new(level: i64, wbits: i64, mem_level: i64, strategy: i64) -> Option<Compressor> {
        let level = if level == -1 { 6 } else { level };
        let (wrap, bits) = match wbits {
            ..0 => (Wrap::Raw, -wbits),
            16.. => (Wrap::Gzip, wbits - 16),
            _ => (Wrap::Zlib, wbits),
        };
        let fits = (0..=9).contains(&level)
            && (8..=15).contains(&bits)
            && (1..=9).contains(&mem_level)
            && (0..=4).contains(&strategy)
            && !(bits == 8 && wrap != Wrap::Zlib);
        if !fits {
            return None;
        }
        // A window of 256 bytes is made one of 512.
        let bits = bits.max(9);
        let kind = match strategy {
            1 => Strategy::Filtered,
            2 => Strategy::HuffmanOnly,
            4 => Strategy::Fixed,
            _ => Strategy::Default,
        };
        let quick = strategy >= 2 || level < 2;
        let header = match wrap {
            Wrap::Zlib => {
                let kind = match level {
                    _ if quick => 0,
                    ..6 => 1,
                    6 => 2,
                    _ => 3,
                };
                vec![(8 | (bits - 8) << 4) as u8, (kind << 6) as u8]
            }
            Wrap::Gzip => {
                let extra = match level {
                    9 => 2,
                    _ if quick => 4,
                    _ => 0,
                };
                vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, 3]
            }
            _ => Vec::new(),
        };
        Some(Compressor {
            deflater: Deflater::new(level as usize, bits as u32, mem_level as u32, kind),
            wrap,
            header,
            begun: false,
            finished: false,
            check: u32::from(wrap == Wrap::Zlib),
            total: 0,
            last_flush: -2,
            fresh: false,
        })
    }

    pub fn set_dictionary(&mut self, dictionary: &[u8]) {
        self.deflater.set_dictionary(dictionary);
        if self.wrap == Wrap::Zlib {
            self.header[1] |= 0x20;
            self.header
                .extend_from_slice(&adler32(1, dictionary).to_be_bytes());
        }
    }

    /// What comes out for more data.
    pub fn feed(&mut self, data: &[u8]) -> Vec<u8> {
        self.begin();
        self.check = match self.wrap {
            Wrap::Zlib => adler32(self.check, data),
            Wrap::Gzip => crc32(self.check, data),
            _ => 0,
        };
        self.total = self.total.wrapping_add(data.len() as u32);
        self.deflater.run(data, Flush::None);
        self.fresh |= !data.is_empty();
        self.last_flush = 0;
        std::mem::take(&mut self.deflater.blocks.out)
    }

    fn begin(&mut self) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        let mut header = std::mem::take(&mut self.header);
        if self.wrap == Wrap::Zlib {
            let sum = u32::from(header[0]) << 8 | u32::from(header[1]);
            header[1] += (31 - sum % 31) as u8;
        }
        header.append(&mut self.deflater.blocks.out);
        self.deflater.blocks.out = header;
    }

    pub fn flush(&mut self, mode: i64) -> Vec<u8> {
        self.begin();
        let flush = match mode {
            1 => Flush::Partial,
            2 => Flush::Sync,
            3 => Flush::Full,
            4 => return self.finish(),
            _ => Flush::Block,
        };
        if self.fresh || rank(mode) > rank(self.last_flush) {
            self.deflater.run(&[], flush);
        }
        self.fresh = false;
        self.last_flush = mode;
        std::mem::take(&mut self.deflater.blocks.out)
    }

    pub fn finish(&mut self) -> Vec<u8> {
        self.begin();
        self.deflater.run(&[], Flush::Finish);
        self.finished = true;
        let mut out = std::mem::take(&mut self.deflater.blocks.out);
        match self.wrap {
            Wrap::Zlib => out.extend_from_slice(&self.check.to_be_bytes()),
            Wrap::Gzip => {
                out.extend_from_slice(&self.check.to_le_bytes());
                out.extend_from_slice(&self.total.to_le_bytes());
            }
            _ => {}
        }
        out
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Header,
    /// A dictionary is needed, with this checksum.
    Dictionary(u32),
    Body,
    Trailer,
    Done,
}

#[derive(Clone)]
pub struct Decompressor {
    wrap: Wrap,
    most_bits: u32,
    stage: Stage,
    dictionary: Option<Vec<u8>>,
    inflater: Inflater,
    /// Input that was not enough for a step.
    waiting: Vec<u8>,
    check: u32,
    total: u32,
}

/// What came of some input.
pub struct Progress {
    pub out: Vec<u8>,
    /// Input that was not looked at: behind the end, or because enough had come out.
    pub rest: Vec<u8>,
    pub failure: Option<Failure>,
}

impl Decompressor {
    pub fn new(wbits: i64, dictionary: Option<Vec<u8>>) -> Option<Decompressor> {
        let (wrap, bits) = match wbits {
            ..0 => (Wrap::Raw, -wbits),
            0..16 => (Wrap::Zlib, wbits),
            16..32 => (Wrap::Gzip, wbits - 16),
            _ => (Wrap::Either, wbits - 32),
        };
        if bits != 0 && !(8..=15).contains(&bits) {
            return None;
        }
        let raw = wrap == Wrap::Raw;
        let history = dictionary.clone().filter(|_| raw).unwrap_or_default();
        Some(Decompressor {
            wrap,
            most_bits: bits as u32,
            stage: if raw { Stage::Body } else { Stage::Header },
            dictionary,
            inflater: Inflater::new(&history),
            waiting: Vec::new(),
            check: 0,
            total: 0,
        })
    }

    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// Decompresses; at most so many bytes come out.
    pub fn run(&mut self, data: &[u8], most: usize) -> Progress {
        let mut input = std::mem::take(&mut self.waiting);
        input.extend_from_slice(data);
        let mut out = Vec::new();
        let mut at = 0;
        let failure = loop {
            match self.step(&input[at..], most, &mut out) {
                Ok(Some(used)) => at += used,
                Ok(None) => break None,
                Err(failure) => break Some(failure),
            }
            if self.is_done() {
                break None;
            }
        };
        let rest = input.split_off(at);
        let full = out.len() >= most && self.stage == Stage::Body;
        if self.is_done() || full || failure.is_some() {
            return Progress { out, rest, failure };
        }
        self.waiting = rest;
        Progress {
            out,
            rest: Vec::new(),
            failure: None,
        }
    }

    /// A header, the body as far as it goes, a trailer: how much of the input it took. `None`: more is needed, or enough has come out.
    fn step(
        &mut self,
        input: &[u8],
        most: usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<usize>, Failure> {
        match self.stage {
            Stage::Header => self.header(input),
            Stage::Dictionary(wanted) => {
                let Some(dictionary) = &self.dictionary else {
                    return Err(Failure { code: 2, why: "" });
                };
                if adler32(1, dictionary) != wanted {
                    return Err(Failure {
                        code: -3,
                        why: "setting zdict",
                    });
                }
                self.inflater = Inflater::new(dictionary);
                self.stage = Stage::Body;
                Ok(Some(0))
            }
            Stage::Body => {
                let from = out.len();
                let used = self.inflater.run(input, most - from, out).map_err(bad)?;
                let new = &out[from..];
                self.check = match self.wrap {
                    Wrap::Zlib => adler32(self.check, new),
                    Wrap::Gzip => crc32(self.check, new),
                    _ => 0,
                };
                self.total = self.total.wrapping_add(new.len() as u32);
                if self.inflater.is_done() {
                    self.stage = Stage::Trailer;
                    return Ok(Some(used));
                }
                if used == 0 && new.is_empty() {
                    return Ok(None);
                }
                Ok(Some(used))
            }
            Stage::Trailer => self.trailer(input),
            Stage::Done => Ok(None),
        }
    }

    fn header(&mut self, input: &[u8]) -> Result<Option<usize>, Failure> {
        let [first, second, ..] = *input else {
            return Ok(None);
        };
        let gzip = (first, second) == (0x1f, 0x8b);
        if self.wrap == Wrap::Gzip || self.wrap == Wrap::Either && gzip {
            if !gzip {
                return Err(bad("incorrect header check"));
            }
            return self.gzip_header(input);
        }
        if (u32::from(first) << 8 | u32::from(second)) % 31 != 0 {
            return Err(bad("incorrect header check"));
        }
        if first & 0xf != 8 {
            return Err(bad("unknown compression method"));
        }
        let bits = u32::from(first >> 4) + 8;
        let most = if self.most_bits == 0 {
            bits
        } else {
            self.most_bits
        };
        if bits > 15 || bits > most {
            return Err(bad("invalid window size"));
        }
        let mut used = 2;
        self.stage = Stage::Body;
        if second & 0x20 != 0 {
            let Some(wanted) = input.get(2..6) else {
                self.stage = Stage::Header;
                return Ok(None);
            };
            let wanted = u32::from_be_bytes([wanted[0], wanted[1], wanted[2], wanted[3]]);
            self.stage = Stage::Dictionary(wanted);
            used = 6;
        }
        self.wrap = Wrap::Zlib;
        self.check = 1;
        Ok(Some(used))
    }

    /// The fixed part, then what its flags announce: extra field, name, comment, checksum.
    fn gzip_header(&mut self, input: &[u8]) -> Result<Option<usize>, Failure> {
        if input.len() < 4 {
            return Ok(None);
        }
        if input[2] != 8 {
            return Err(bad("unknown compression method"));
        }
        let flags = input[3];
        if flags & 0xe0 != 0 {
            return Err(bad("unknown header flags set"));
        }
        let mut at = 10;
        if flags & 4 != 0 {
            let Some(length) = input.get(at..at + 2) else {
                return Ok(None);
            };
            at += 2 + usize::from(u16::from_le_bytes([length[0], length[1]]));
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                let Some(end) = input
                    .get(at..)
                    .and_then(|rest| rest.iter().position(|b| *b == 0))
                else {
                    return Ok(None);
                };
                at += end + 1;
            }
        }
        if flags & 2 != 0 {
            let Some(sum) = input.get(at..at + 2) else {
                return Ok(None);
            };
            if u32::from(u16::from_le_bytes([sum[0], sum[1]])) != crc32(0, &input[..at]) & 0xffff {
                return Err(bad("header crc mismatch"));
            }
            at += 2;
        }
        if input.len() < at {
            return Ok(None);
        }
        self.wrap = Wrap::Gzip;
        self.check = 0;
        self.stage = Stage::Body;
        Ok(Some(at))
    }

    fn trailer(&mut self, input: &[u8]) -> Result<Option<usize>, Failure> {
        let size = match self.wrap {
            Wrap::Raw => 0,
            Wrap::Gzip => 8,
            _ => 4,
        };
        let Some(trailer) = input.get(..size) else {
            return Ok(None);
        };
        let word = |at: usize| {
            [
                trailer[at],
                trailer[at + 1],
                trailer[at + 2],
                trailer[at + 3],
            ]
        };
        match self.wrap {
            Wrap::Raw => {}
            Wrap::Gzip => {
                if u32::from_le_bytes(word(0)) != self.check {
                    return Err(bad("incorrect data check"));
                }
                if u32::from_le_bytes(word(4)) != self.total {
                    return Err(bad("incorrect length check"));
                }
            }
            _ => {
                if u32::from_be_bytes(word(0)) != self.check {
                    return Err(bad("incorrect data check"));
                }
            }
        }
        self.stage = Stage::Done;
        Ok(Some(size))
    }
}
