//! Decompression (RFC 1951), step by step: it stops where the input ends or where enough has come out, and can be cloned there.
//!
//! A step that the input does not suffice for is undone and begun again when more is there. Messages are those of zlib.

/// How far back a match may reach.
const WINDOW: usize = 32 * 1024;

const LENGTHS: [(u16, u8); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

const DISTANCES: [(u16, u8); 30] = [
    (1, 0),
    (2, 0),
    (3, 0),
    (4, 0),
    (5, 1),
    (7, 1),
    (9, 2),
    (13, 2),
    (17, 3),
    (25, 3),
    (33, 4),
    (49, 4),
    (65, 5),
    (97, 5),
    (129, 6),
    (193, 6),
    (257, 7),
    (385, 7),
    (513, 8),
    (769, 8),
    (1025, 9),
    (1537, 9),
    (2049, 10),
    (3073, 10),
    (4097, 11),
    (6145, 11),
    (8193, 12),
    (12289, 12),
    (16385, 13),
    (24577, 13),
];

/// The order in which lengths of code length codes are sent.
pub const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Why a step could not be made.
enum Stop {
    Input,
    Room,
    Bad(&'static str),
}

/// A canonical code: how many symbols of each length, and the symbols in order.
#[derive(Clone, Default)]
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    /// The code, and what is left of its space: negative if it is oversubscribed, positive if it is incomplete.
    fn new(lengths: &[u8]) -> (Code, i32) {
        let mut counts = [0u16; 16];
        for length in lengths {
            counts[usize::from(*length)] += 1;
        }
        let mut left = 1i32;
        for count in &counts[1..] {
            left = (left << 1) - i32::from(*count);
            if left < 0 {
                break;
            }
        }
        let mut at = [0u16; 16];
        for n in 1..15 {
            at[n + 1] = at[n] + counts[n];
        }
        let mut symbols = vec![0; lengths.len()];
        for (symbol, length) in lengths.iter().enumerate() {
            if *length != 0 {
                let place = &mut at[usize::from(*length)];
                symbols[usize::from(*place)] = symbol as u16;
                *place += 1;
            }
        }
        (Code { counts, symbols }, left)
    }

    /// How many symbols have a code at all.
    fn used(&self) -> u16 {
        self.counts[1..].iter().sum()
    }
}

#[derive(Clone)]
enum State {
    /// A block begins.
    Block,
    Stored(usize),
    Codes(Code, Code),
    /// A match of which so many bytes are still to be copied.
    Copy {
        left: usize,
        distance: usize,
        codes: Box<(Code, Code)>,
    },
    Done,
}

#[derive(Clone)]
pub struct Inflater {
    state: State,
    last: bool,
    /// Bits taken from the input and not used yet.
    hold: u64,
    bits: u32,
    window: Vec<u8>,
}

/// The input of one call.
struct Reader<'a> {
    data: &'a [u8],
    at: usize,
}

impl Inflater {
    /// With a dictionary that matches may reach into.
    pub fn new(dictionary: &[u8]) -> Inflater {
        let from = dictionary.len().saturating_sub(WINDOW);
        Inflater {
            state: State::Block,
            last: false,
            hold: 0,
            bits: 0,
            window: dictionary[from..].to_vec(),
        }
    }

    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Decompresses until the input or `most` bytes are used up; how many bytes of the input were taken.
    pub fn run(
        &mut self,
        data: &[u8],
        most: usize,
        out: &mut Vec<u8>,
    ) -> Result<usize, &'static str> {
        let mut reader = Reader { data, at: 0 };
        let start = out.len();
        // Even when nothing more may come out: the end of the stream needs no room.
        while !self.is_done() {
            let saved = (self.hold, self.bits, reader.at);
            match self.step(&mut reader, most - (out.len() - start), out) {
                Ok(()) => {}
                Err(Stop::Bad(why)) => return Err(why),
                Err(Stop::Input | Stop::Room) => {
                    // Everything is taken in; it waits as bits or, if it is more than fits, comes again.
                    (self.hold, self.bits, reader.at) = saved;
                    break;
                }
            }
        }
        // What is held in whole bytes is given back.
        while self.bits >= 8 && reader.at > 0 {
            self.bits -= 8;
            reader.at -= 1;
        }
        self.hold &= (1 << self.bits) - 1;
        Ok(reader.at)
    }

    fn need(&mut self, reader: &mut Reader, count: u32) -> Result<(), Stop> {
        while self.bits < count {
            let byte = reader.data.get(reader.at).ok_or(Stop::Input)?;
            self.hold |= u64::from(*byte) << self.bits;
            self.bits += 8;
            reader.at += 1;
        }
        Ok(())
    }

    fn take(&mut self, reader: &mut Reader, count: u32) -> Result<usize, Stop> {
        self.need(reader, count)?;
        let value = self.hold & ((1 << count) - 1);
        self.hold >>= count;
        self.bits -= count;
        Ok(value as usize)
    }

    fn symbol(
        &mut self,
        reader: &mut Reader,
        code: &Code,
        wrong: &'static str,
    ) -> Result<usize, Stop> {
        let (mut value, mut first, mut index) = (0i32, 0i32, 0i32);
        for length in 1..16 {
            value |= self.take(reader, 1)? as i32;
            let count = i32::from(code.counts[length]);
            if value - count < first {
                return Ok(usize::from(code.symbols[(index + value - first) as usize]));
            }
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        Err(Stop::Bad(wrong))
    }

    fn step(&mut self, reader: &mut Reader, room: usize, out: &mut Vec<u8>) -> Result<(), Stop> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Block => {
                self.state = State::Block;
                if self.last {
                    self.state = State::Done;
                    return Ok(());
                }
                self.begin_block(reader)
            }
            State::Stored(left) => {
                self.state = State::Stored(left);
                self.copy_stored(reader, left, room, out)
            }
            State::Codes(lengths, distances) => {
                let result = self.symbols(reader, &lengths, &distances, room, out);
                match result {
                    Ok(next) => {
                        self.state = next.unwrap_or(State::Codes(lengths, distances));
                        Ok(())
                    }
                    Err(stop) => {
                        self.state = State::Codes(lengths, distances);
                        Err(stop)
                    }
                }
            }
            State::Copy {
                left,
                distance,
                codes,
            } => {
                let now = left.min(room);
                if now == 0 {
                    self.state = State::Copy {
                        left,
                        distance,
                        codes,
                    };
                    return Err(Stop::Room);
                }
                for _ in 0..now {
                    let byte = self.window[self.window.len() - distance];
                    self.push(byte, out);
                }
                self.state = if now == left {
                    let (lengths, distances) = *codes;
                    State::Codes(lengths, distances)
                } else {
                    State::Copy {
                        left: left - now,
                        distance,
                        codes,
                    }
                };
                Ok(())
            }
            State::Done => Ok(()),
        }
    }

    fn push(&mut self, byte: u8, out: &mut Vec<u8>) {
        out.push(byte);
        self.window.push(byte);
        if self.window.len() >= 4 * WINDOW {
            self.window.drain(..3 * WINDOW);
        }
    }

    fn begin_block(&mut self, reader: &mut Reader) -> Result<(), Stop> {
        let last = self.take(reader, 1)? == 1;
        let state = match self.take(reader, 2)? {
            0 => {
                let partial = self.bits % 8;
                self.take(reader, partial)?;
                let length = self.take(reader, 16)?;
                if self.take(reader, 16)? != length ^ 0xffff {
                    return Err(Stop::Bad("invalid stored block lengths"));
                }
                State::Stored(length)
            }
            1 => {
                let mut lengths = [8u8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                State::Codes(Code::new(&lengths).0, Code::new(&[5; 32]).0)
            }
            2 => self.read_codes(reader)?,
            _ => return Err(Stop::Bad("invalid block type")),
        };
        self.last = last;
        self.state = state;
        Ok(())
    }

    fn read_codes(&mut self, reader: &mut Reader) -> Result<State, Stop> {
        let literals = self.take(reader, 5)? + 257;
        let distances = self.take(reader, 5)? + 1;
        let sent = self.take(reader, 4)? + 4;
        if literals > 286 || distances > 30 {
            return Err(Stop::Bad("too many length or distance symbols"));
        }
        let mut lengths = [0u8; 320];
        for place in &ORDER[..sent] {
            lengths[*place] = self.take(reader, 3)? as u8;
        }
        let (code, left) = Code::new(&lengths[..19]);
        if left != 0 {
            return Err(Stop::Bad("invalid code lengths set"));
        }
        lengths.fill(0);
        let mut at = 0;
        while at < literals + distances {
            let symbol = self.symbol(reader, &code, "invalid code lengths set")?;
            if symbol < 16 {
                lengths[at] = symbol as u8;
                at += 1;
                continue;
            }
            let (value, count) = match symbol {
                16 => {
                    if at == 0 {
                        return Err(Stop::Bad("invalid bit length repeat"));
                    }
                    (lengths[at - 1], 3 + self.take(reader, 2)?)
                }
                17 => (0, 3 + self.take(reader, 3)?),
                _ => (0, 11 + self.take(reader, 7)?),
            };
            if at + count > literals + distances {
                return Err(Stop::Bad("invalid bit length repeat"));
            }
            lengths[at..at + count].fill(value);
            at += count;
        }
        if lengths[256] == 0 {
            return Err(Stop::Bad("invalid code -- missing end-of-block"));
        }
        let (literal_code, left) = Code::new(&lengths[..literals]);
        // A code may be incomplete only if it has a single symbol.
        if left < 0 || left > 0 && literal_code.used() != 1 {
            return Err(Stop::Bad("invalid literal/lengths set"));
        }
        let (distance_code, left) = Code::new(&lengths[literals..literals + distances]);
        if left < 0 || left > 0 && distance_code.used() > 1 {
            return Err(Stop::Bad("invalid distances set"));
        }
        Ok(State::Codes(literal_code, distance_code))
    }

    fn copy_stored(
        &mut self,
        reader: &mut Reader,
        left: usize,
        room: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), Stop> {
        let mut done = 0;
        if left > 0 && room == 0 {
            return Err(Stop::Room);
        }
        while done < left.min(room) {
            match self.take(reader, 8) {
                Ok(byte) => self.push(byte as u8, out),
                Err(_) if done > 0 => break,
                Err(stop) => return Err(stop),
            }
            done += 1;
        }
        self.state = if done == left {
            State::Block
        } else {
            State::Stored(left - done)
        };
        Ok(())
    }

    /// A literal, a match or the end of a block; what comes next, if that is not another symbol.
    fn symbols(
        &mut self,
        reader: &mut Reader,
        lengths: &Code,
        distances: &Code,
        room: usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<State>, Stop> {
        let symbol = self.symbol(reader, lengths, "invalid literal/length code")?;
        if symbol != 256 && room == 0 {
            return Err(Stop::Room);
        }
        if symbol < 256 {
            self.push(symbol as u8, out);
            return Ok(None);
        }
        if symbol == 256 {
            return Ok(Some(State::Block));
        }
        let Some((base, extra)) = LENGTHS.get(symbol - 257) else {
            return Err(Stop::Bad("invalid literal/length code"));
        };
        let length = usize::from(*base) + self.take(reader, u32::from(*extra))?;
        let symbol = self.symbol(reader, distances, "invalid distance code")?;
        let Some((base, extra)) = DISTANCES.get(symbol) else {
            return Err(Stop::Bad("invalid distance code"));
        };
        let distance = usize::from(*base) + self.take(reader, u32::from(*extra))?;
        if distance > self.window.len().min(WINDOW) {
            return Err(Stop::Bad("invalid distance too far back"));
        }
        let now = length.min(room);
        for _ in 0..now {
            let byte = self.window[self.window.len() - distance];
            self.push(byte, out);
        }
        if now == length {
            return Ok(None);
        }
        Ok(Some(State::Copy {
            left: length - now,
            distance,
            codes: Box::new((lengths.clone(), distances.clone())),
        }))
    }
}
