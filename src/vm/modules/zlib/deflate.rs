//! The first half of compression: finding matches (zlib's `deflate.c`), level by level as zlib does it, so that the same bytes come out.
//!
//! Positions are those of a window of twice the size that matches may reach back; when it is full its second half moves to the
//! front. Level 0 writes stored blocks as large as they may be; zlib's depend on how its caller's buffers grow.

use super::trees::Blocks;

const MIN_MATCH: usize = 3;
const MAX_MATCH: usize = 258;
const MIN_LOOKAHEAD: usize = MAX_MATCH + MIN_MATCH + 1;
/// A match of three further away than this is worth less than three literals.
const TOO_FAR: usize = 4096;
const MOST_STORED: usize = 65535;

/// What a level tries: when a match is good enough to look less, to not wait for a better one, to stop; how many to look at.
struct Config {
    good: usize,
    lazy: usize,
    nice: usize,
    chain: usize,
}

const fn config(good: usize, lazy: usize, nice: usize, chain: usize) -> Config {
    Config {
        good,
        lazy,
        nice,
        chain,
    }
}

const CONFIGS: [Config; 10] = [
    config(0, 0, 0, 0),
    config(4, 4, 8, 4),
    config(4, 5, 16, 8),
    config(4, 6, 32, 32),
    config(4, 4, 16, 16),
    config(8, 16, 32, 32),
    config(8, 16, 128, 128),
    config(8, 32, 128, 256),
    config(32, 128, 258, 1024),
    config(32, 258, 258, 4096),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strategy {
    Default,
    Filtered,
    HuffmanOnly,
    Fixed,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flush {
    None,
    Partial,
    Sync,
    Full,
    Block,
    Finish,
}

#[derive(Clone)]
pub struct Deflater {
    pub blocks: Blocks,
    level: usize,
    strategy: Strategy,
    size: usize,
    window: Vec<u8>,
    head: Vec<u32>,
    previous: Vec<u32>,
    hash: usize,
    hash_shift: u32,
    /// Where the block begins; negative if that has left the window.
    block_start: isize,
    at: usize,
    lookahead: usize,
    /// Positions before `at` that are not in the hash table yet.
    insert: usize,
    match_start: usize,
    match_length: usize,
    match_available: bool,
    previous_length: usize,
    /// Data that has not come into the window.
    input: Vec<u8>,
}

impl Deflater {
    pub fn new(level: usize, window_bits: u32, mem_level: u32, strategy: Strategy) -> Deflater {
        let size = 1 << window_bits;
        let hash_bits = mem_level + 7;
        Deflater {
            blocks: Blocks::new(mem_level),
            level,
            strategy,
            size,
            window: vec![0; 2 * size + MIN_LOOKAHEAD],
            head: vec![0; 1 << hash_bits],
            previous: vec![0; size],
            hash: 0,
            hash_shift: hash_bits.div_ceil(MIN_MATCH as u32),
            block_start: 0,
            at: 0,
            lookahead: 0,
            insert: 0,
            match_start: 0,
            match_length: MIN_MATCH - 1,
            match_available: false,
            previous_length: MIN_MATCH - 1,
            input: Vec::new(),
        }
    }

    fn most_distance(&self) -> usize {
        self.size - MIN_LOOKAHEAD
    }

    /// Text that matches may reach into (`deflateSetDictionary`).
    pub fn set_dictionary(&mut self, dictionary: &[u8]) {
        let from = dictionary.len().saturating_sub(self.size);
        self.input = dictionary[from..].to_vec();
        self.fill();
        while self.lookahead >= MIN_MATCH {
            for _ in 0..self.lookahead - (MIN_MATCH - 1) {
                self.insert_string();
                self.at += 1;
            }
            self.lookahead = MIN_MATCH - 1;
            self.fill();
        }
        self.at += self.lookahead;
        self.block_start = self.at as isize;
        self.insert = self.lookahead;
        self.lookahead = 0;
        self.match_length = MIN_MATCH - 1;
        self.previous_length = MIN_MATCH - 1;
        self.match_available = false;
    }

    /// Takes more data, and does what the flush mode says.
    pub fn run(&mut self, data: &[u8], flush: Flush) {
        self.input.extend_from_slice(data);
        if self.input.is_empty() && self.lookahead == 0 && flush == Flush::None {
            return;
        }
        if self.level == 0 {
            self.store(flush);
        } else if self.strategy == Strategy::HuffmanOnly {
            self.literals_only(flush);
        } else if self.level <= 3 {
            self.fast(flush);
        } else {
            self.slow(flush);
        }
        match flush {
            Flush::None | Flush::Finish | Flush::Block => {}
            Flush::Partial => self.blocks.empty_static(),
            Flush::Sync => self.blocks.stored(&[], false),
            Flush::Full => {
                self.blocks.stored(&[], false);
                self.head.fill(0);
                if self.lookahead == 0 {
                    self.at = 0;
                    self.block_start = 0;
                    self.insert = 0;
                }
            }
        }
    }

    fn update_hash(&mut self, byte: u8) {
        let mask = self.head.len() - 1;
        self.hash = ((self.hash << self.hash_shift) ^ usize::from(byte)) & mask;
    }

    /// Puts the three bytes at the present place into the hash table; where they were last, or 0.
    fn insert_string(&mut self) -> usize {
        self.update_hash(self.window[self.at + MIN_MATCH - 1]);
        let found = self.head[self.hash];
        self.previous[self.at & (self.size - 1)] = found;
        self.head[self.hash] = self.at as u32;
        found as usize
    }

    /// `fill_window`
    fn fill(&mut self) {
        loop {
            if self.at >= self.size + self.most_distance() {
                self.slide();
            }
            if self.input.is_empty() {
                return;
            }
            let room = 2 * self.size - self.lookahead - self.at;
            let count = room.min(self.input.len());
            let end = self.at + self.lookahead;
            self.window[end..end + count].copy_from_slice(&self.input[..count]);
            self.input.drain(..count);
            self.lookahead += count;
            self.insert_waiting();
            if self.lookahead >= MIN_LOOKAHEAD || self.input.is_empty() {
                return;
            }
        }
    }

    fn slide(&mut self) {
        let size = self.size;
        self.window.copy_within(size..2 * size, 0);
        self.match_start = self.match_start.wrapping_sub(size);
        self.at -= size;
        self.block_start -= size as isize;
        self.insert = self.insert.min(self.at);
        for place in self.head.iter_mut().chain(&mut self.previous) {
            *place = place.saturating_sub(size as u32);
        }
    }

    /// Positions at the end of the last piece that could not be put into the table then.
    fn insert_waiting(&mut self) {
        if self.lookahead + self.insert < MIN_MATCH {
            return;
        }
        let mut place = self.at - self.insert;
        self.hash = usize::from(self.window[place]);
        self.update_hash(self.window[place + 1]);
        while self.insert > 0 {
            self.update_hash(self.window[place + MIN_MATCH - 1]);
            self.previous[place & (self.size - 1)] = self.head[self.hash];
            self.head[self.hash] = place as u32;
            place += 1;
            self.insert -= 1;
            if self.lookahead + self.insert < MIN_MATCH {
                break;
            }
        }
    }

    /// Whether there is enough to look at; false: the data are used up for now.
    fn ready(&mut self, least: usize, flush: Flush) -> bool {
        if self.lookahead < least {
            self.fill();
            if self.lookahead < least && flush == Flush::None {
                return false;
            }
        }
        self.lookahead > 0
    }

    /// `longest_match`: the length; where it is in `match_start`.
    fn longest_match(&mut self, mut candidate: usize) -> usize {
        let config = &CONFIGS[self.level];
        let mut chain = config.chain;
        if self.previous_length >= config.good {
            chain >>= 2;
        }
        let nice = config.nice.min(self.lookahead);
        let limit = self.at.saturating_sub(self.most_distance());
        let mut best = self.previous_length;
        let (window, scan) = (&self.window, self.at);
        loop {
            let possible = window[candidate + best] == window[scan + best]
                && window[candidate + best - 1] == window[scan + best - 1]
                && window[candidate] == window[scan]
                && window[candidate + 1] == window[scan + 1];
            if possible {
                let length = (2..MAX_MATCH)
                    .find(|n| window[candidate + n] != window[scan + n])
                    .unwrap_or(MAX_MATCH);
                if length > best {
                    self.match_start = candidate;
                    best = length;
                    if length >= nice {
                        break;
                    }
                }
            }
            candidate = self.previous[candidate & (self.size - 1)] as usize;
            chain -= 1;
            if candidate <= limit || chain == 0 {
                break;
            }
        }
        best.min(self.lookahead)
    }

    fn flush_block(&mut self, last: bool) {
        let length = (self.at as isize - self.block_start) as usize;
        let data = usize::try_from(self.block_start)
            .ok()
            .map(|start| &self.window[start..start + length]);
        self.blocks
            .flush(data, length, last, self.strategy == Strategy::Fixed);
        self.block_start = self.at as isize;
    }

    /// After the last symbol of what is there.
    fn end(&mut self, flush: Flush, insert: usize) {
        if flush == Flush::None {
            return;
        }
        self.insert = insert;
        if flush == Flush::Finish {
            self.flush_block(true);
        } else if !self.blocks.is_empty() {
            self.flush_block(false);
        }
    }

    /// `deflate_fast`: the first match that is found is taken.
    fn fast(&mut self, flush: Flush) {
        loop {
            if !self.ready(MIN_LOOKAHEAD, flush) {
                if self.lookahead > 0 || flush == Flush::None {
                    return;
                }
                break;
            }
            let found = if self.lookahead >= MIN_MATCH {
                self.insert_string()
            } else {
                0
            };
            if found != 0 && self.at - found <= self.most_distance() {
                self.match_length = self.longest_match(found);
            }
            let full = if self.match_length >= MIN_MATCH {
                self.take_match()
            } else {
                let byte = self.window[self.at];
                self.lookahead -= 1;
                self.at += 1;
                self.blocks.literal(byte)
            };
            if full {
                self.flush_block(false);
            }
        }
        self.end(flush, self.at.min(MIN_MATCH - 1));
    }

    fn take_match(&mut self) -> bool {
        let full = self
            .blocks
            .matched(self.at - self.match_start, self.match_length);
        self.lookahead -= self.match_length;
        if self.match_length <= CONFIGS[self.level].lazy && self.lookahead >= MIN_MATCH {
            for _ in 1..self.match_length {
                self.at += 1;
                self.insert_string();
            }
            self.at += 1;
        } else {
            self.at += self.match_length;
            self.hash = usize::from(self.window[self.at]);
            self.update_hash(self.window[self.at + 1]);
        }
        self.match_length = 0;
        full
    }

    /// `deflate_slow`: a match is taken only if the next place has no better one.
    fn slow(&mut self, flush: Flush) {
        loop {
            if !self.ready(MIN_LOOKAHEAD, flush) {
                if self.lookahead > 0 || flush == Flush::None {
                    return;
                }
                break;
            }
            let found = if self.lookahead >= MIN_MATCH {
                self.insert_string()
            } else {
                0
            };
            self.previous_length = self.match_length;
            let previous_match = self.match_start;
            self.match_length = MIN_MATCH - 1;
            if found != 0
                && self.previous_length < CONFIGS[self.level].lazy
                && self.at - found <= self.most_distance()
            {
                self.match_length = self.longest_match(found);
                let far = self.match_length == MIN_MATCH && self.at - self.match_start > TOO_FAR;
                if self.match_length <= 5 && (self.strategy == Strategy::Filtered || far) {
                    self.match_length = MIN_MATCH - 1;
                }
            }
            if self.previous_length >= MIN_MATCH && self.match_length <= self.previous_length {
                if self.take_previous(previous_match) {
                    self.flush_block(false);
                }
            } else if self.match_available {
                let byte = self.window[self.at - 1];
                if self.blocks.literal(byte) {
                    self.flush_block(false);
                }
                self.at += 1;
                self.lookahead -= 1;
            } else {
                self.match_available = true;
                self.at += 1;
                self.lookahead -= 1;
            }
        }
        if self.match_available {
            let byte = self.window[self.at - 1];
            self.blocks.literal(byte);
            self.match_available = false;
        }
        self.end(flush, self.at.min(MIN_MATCH - 1));
    }

    fn take_previous(&mut self, previous_match: usize) -> bool {
        let most = self.at + self.lookahead - MIN_MATCH;
        let full = self
            .blocks
            .matched(self.at - 1 - previous_match, self.previous_length);
        self.lookahead -= self.previous_length - 1;
        for _ in 0..self.previous_length - 2 {
            self.at += 1;
            if self.at <= most {
                self.insert_string();
            }
        }
        self.match_available = false;
        self.match_length = MIN_MATCH - 1;
        self.at += 1;
        full
    }

    /// `deflate_huff`
    fn literals_only(&mut self, flush: Flush) {
        loop {
            if self.lookahead == 0 {
                self.fill();
                if self.lookahead == 0 {
                    break;
                }
            }
            let byte = self.window[self.at];
            self.lookahead -= 1;
            self.at += 1;
            if self.blocks.literal(byte) {
                self.flush_block(false);
            }
        }
        self.end(flush, 0);
    }

    fn store(&mut self, flush: Flush) {
        while self.input.len() > MOST_STORED || flush != Flush::None && !self.input.is_empty() {
            let count = self.input.len().min(MOST_STORED);
            let last = flush == Flush::Finish && count == self.input.len();
            let data: Vec<u8> = self.input.drain(..count).collect();
            self.blocks.stored(&data, last);
            if last {
                return;
            }
        }
        if flush == Flush::Finish {
            self.blocks.stored(&[], true);
        }
    }
}
