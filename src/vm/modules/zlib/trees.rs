//! The second half of compression: Huffman codes of a block, and its bits (RFC 1951). Which codes are made, and which of the three
//! kinds of block is chosen, are zlib's ways, so that the same bytes come out.

use super::inflate::ORDER;

const LITERALS: usize = 256;
const END_BLOCK: usize = 256;
const L_CODES: usize = 286;
const D_CODES: usize = 30;
const BL_CODES: usize = 19;
const HEAP_SIZE: usize = 2 * L_CODES + 1;

const EXTRA_LENGTH: [u8; 29] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const EXTRA_DISTANCE: [u8; 30] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
];
const EXTRA_BL: [u8; 19] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7];

/// The code of a match length (less 3), and the first length that has it.
fn length_code(length: usize) -> (usize, usize) {
    // The longest has a code of its own.
    if length == 255 {
        return (28, 255);
    }
    let mut base = 0;
    for (code, extra) in EXTRA_LENGTH.iter().enumerate().take(28) {
        let next = base + (1 << extra);
        if length < next {
            return (code, base);
        }
        base = next;
    }
    (28, 255)
}

/// The code of a distance (less 1), and the first distance that has it.
fn distance_code(distance: usize) -> (usize, usize) {
    let mut base = 0;
    for (code, extra) in EXTRA_DISTANCE.iter().enumerate() {
        let next = base + (1 << extra);
        if distance < next {
            return (code, base);
        }
        base = next;
    }
    (D_CODES - 1, 24576)
}

fn static_lengths() -> [u8; 288] {
    let mut lengths = [8u8; 288];
    lengths[144..256].fill(9);
    lengths[256..280].fill(7);
    lengths
}

/// Codes for lengths of codes: canonical, their bits turned round (`gen_codes`).
fn codes(lengths: &[u8]) -> Vec<u16> {
    let mut counts = [0u16; 16];
    for length in lengths {
        counts[usize::from(*length)] += 1;
    }
    counts[0] = 0;
    let mut next = [0u16; 16];
    let mut code = 0u16;
    for bits in 1..16 {
        code = (code + counts[bits - 1]) << 1;
        next[bits] = code;
    }
    lengths
        .iter()
        .map(|length| {
            let bits = usize::from(*length);
            if bits == 0 {
                return 0;
            }
            let code = next[bits];
            next[bits] += 1;
            code.reverse_bits() >> (16 - bits)
        })
        .collect()
}

/// One of a block's codes while it is made.
#[derive(Clone)]
struct Tree {
    freq: Vec<u32>,
    len: Vec<u8>,
    codes: Vec<u16>,
    max_code: usize,
}

/// What a kind of tree is like: extra bits of symbols from `base` on, how many symbols, the longest code, the static code's lengths.
struct Kind<'a> {
    extra: &'a [u8],
    base: usize,
    elems: usize,
    max_length: usize,
    fixed: Option<&'a [u8]>,
}

impl Tree {
    fn new(elems: usize) -> Tree {
        Tree {
            freq: vec![0; 2 * elems + 1],
            len: vec![0; elems + 2],
            codes: Vec::new(),
            max_code: 0,
        }
    }

    /// `build_tree`: the lengths of all codes; the bits that the block takes with them and with the static code.
    fn build(&mut self, kind: &Kind) -> (i64, i64) {
        let mut heap = Heap {
            nodes: vec![0; HEAP_SIZE + 1],
            size: 0,
            depth: vec![0; 2 * kind.elems + 1],
        };
        let mut max_code: isize = -1;
        for n in 0..kind.elems {
            if self.freq[n] != 0 {
                heap.size += 1;
                heap.nodes[heap.size] = n;
                max_code = n as isize;
            } else {
                self.len[n] = 0;
            }
        }
        let (mut dynamic, mut fixed) = (0i64, 0i64);
        // There must be two codes at least.
        while heap.size < 2 {
            let node = if max_code < 2 {
                max_code += 1;
                max_code as usize
            } else {
                0
            };
            heap.size += 1;
            heap.nodes[heap.size] = node;
            self.freq[node] = 1;
            dynamic -= 1;
            if let Some(lengths) = kind.fixed {
                fixed -= i64::from(lengths[node]);
            }
        }
        self.max_code = max_code as usize;
        for n in (1..=heap.size / 2).rev() {
            heap.sift(&self.freq, n);
        }
        let mut dad = vec![0; 2 * kind.elems + 1];
        let mut order = Vec::with_capacity(HEAP_SIZE);
        let mut node = kind.elems;
        loop {
            let n = heap.nodes[1];
            heap.nodes[1] = heap.nodes[heap.size];
            heap.size -= 1;
            heap.sift(&self.freq, 1);
            let m = heap.nodes[1];
            order.push(n);
            order.push(m);
            self.freq[node] = self.freq[n] + self.freq[m];
            heap.depth[node] = heap.depth[n].max(heap.depth[m]) + 1;
            dad[n] = node;
            dad[m] = node;
            heap.nodes[1] = node;
            node += 1;
            heap.sift(&self.freq, 1);
            if heap.size < 2 {
                break;
            }
        }
        order.push(heap.nodes[1]);
        order.reverse();
        let (more, more_fixed) = self.lengths(kind, &order, &dad);
        self.codes = codes(&self.len[..kind.elems]);
        (dynamic + more, fixed + more_fixed)
    }

    /// `gen_bitlen`: from the root down; codes that become too long are cut, others made longer for it.
    fn lengths(&mut self, kind: &Kind, order: &[usize], dad: &[usize]) -> (i64, i64) {
        let (mut dynamic, mut fixed) = (0i64, 0i64);
        let mut counts = [0i32; 17];
        let mut len = vec![0usize; self.freq.len()];
        let mut overflow = 0i32;
        for n in order[1..].iter().copied() {
            let mut bits = len[dad[n]] + 1;
            if bits > kind.max_length {
                bits = kind.max_length;
                overflow += 1;
            }
            len[n] = bits;
            if n > self.max_code {
                continue;
            }
            counts[bits] += 1;
            let extra = if n >= kind.base {
                usize::from(kind.extra[n - kind.base])
            } else {
                0
            };
            let freq = i64::from(self.freq[n]);
            dynamic += freq * (bits + extra) as i64;
            if let Some(lengths) = kind.fixed {
                fixed += freq * (usize::from(lengths[n]) + extra) as i64;
            }
        }
        let cut = overflow > 0;
        while overflow > 0 {
            let mut bits = kind.max_length - 1;
            while counts[bits] == 0 {
                bits -= 1;
            }
            counts[bits] -= 1;
            counts[bits + 1] += 2;
            counts[kind.max_length] -= 1;
            overflow -= 2;
        }
        if cut {
            let mut leaves = order.iter().rev().filter(|n| **n <= self.max_code);
            for bits in (1..=kind.max_length).rev() {
                for _ in 0..counts[bits] {
                    let Some(m) = leaves.next().copied() else {
                        break;
                    };
                    if len[m] != bits {
                        dynamic += (bits as i64 - len[m] as i64) * i64::from(self.freq[m]);
                        len[m] = bits;
                    }
                }
            }
        }
        for (n, bits) in len.iter().enumerate().take(self.max_code + 1) {
            self.len[n] = if self.freq[n] != 0 { *bits as u8 } else { 0 };
        }
        (dynamic, fixed)
    }
}

/// The least frequent node on top; of equally frequent ones the less deep.
struct Heap {
    nodes: Vec<usize>,
    size: usize,
    depth: Vec<u8>,
}

impl Heap {
    fn smaller(&self, freq: &[u32], n: usize, m: usize) -> bool {
        freq[n] < freq[m] || freq[n] == freq[m] && self.depth[n] <= self.depth[m]
    }

    /// `pqdownheap`
    fn sift(&mut self, freq: &[u32], mut k: usize) {
        let v = self.nodes[k];
        let mut j = k << 1;
        while j <= self.size {
            if j < self.size && self.smaller(freq, self.nodes[j + 1], self.nodes[j]) {
                j += 1;
            }
            if self.smaller(freq, v, self.nodes[j]) {
                break;
            }
            self.nodes[k] = self.nodes[j];
            k = j;
            j <<= 1;
        }
        self.nodes[k] = v;
    }
}

/// The bits of a stream, and the symbols of the block that is being collected.
#[derive(Clone)]
pub struct Blocks {
    pub out: Vec<u8>,
    hold: u64,
    bits: u32,
    /// Distance (0: a literal) and length less 3, or the literal.
    symbols: Vec<(u16, u8)>,
    /// How many symbols a block has at most.
    most: usize,
    literals: Tree,
    distances: Tree,
}

impl Blocks {
    pub fn new(mem_level: u32) -> Blocks {
        let mut blocks = Blocks {
            out: Vec::new(),
            hold: 0,
            bits: 0,
            symbols: Vec::new(),
            most: (1 << (mem_level + 6)) - 1,
            literals: Tree::new(L_CODES),
            distances: Tree::new(D_CODES),
        };
        blocks.begin();
        blocks
    }

    fn begin(&mut self) {
        self.literals.freq.fill(0);
        self.distances.freq.fill(0);
        self.literals.freq[END_BLOCK] = 1;
        self.symbols.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    /// A literal; true if the block is full.
    pub fn literal(&mut self, byte: u8) -> bool {
        self.symbols.push((0, byte));
        self.literals.freq[usize::from(byte)] += 1;
        self.symbols.len() == self.most
    }

    /// A match; true if the block is full.
    pub fn matched(&mut self, distance: usize, length: usize) -> bool {
        let length = length - 3;
        self.symbols.push((distance as u16, length as u8));
        self.literals.freq[LITERALS + 1 + length_code(length).0] += 1;
        self.distances.freq[distance_code(distance - 1).0] += 1;
        self.symbols.len() == self.most
    }

    fn put(&mut self, value: u64, count: u32) {
        self.hold |= value << self.bits;
        self.bits += count;
        while self.bits >= 8 {
            self.out.push(self.hold as u8);
            self.hold >>= 8;
            self.bits -= 8;
        }
    }

    /// Fills up the last byte.
    pub fn align(&mut self) {
        if self.bits > 0 {
            self.out.push(self.hold as u8);
        }
        (self.hold, self.bits) = (0, 0);
    }

    pub fn stored(&mut self, data: &[u8], last: bool) {
        self.put(u64::from(last), 3);
        self.align();
        let length = data.len() as u16;
        self.out.extend_from_slice(&length.to_le_bytes());
        self.out.extend_from_slice(&(!length).to_le_bytes());
        self.out.extend_from_slice(data);
    }

    /// An empty block with the static code: what Z_PARTIAL_FLUSH adds.
    pub fn empty_static(&mut self) {
        self.put(2, 3);
        self.put(0, 7);
    }

    /// `_tr_flush_block`: the smallest of the three kinds. `data` is what the block stands for, if it is still there.
    pub fn flush(&mut self, data: Option<&[u8]>, length: usize, last: bool, fixed_only: bool) {
        let fixed = static_lengths();
        let literals = Kind {
            extra: &EXTRA_LENGTH,
            base: LITERALS + 1,
            elems: L_CODES,
            max_length: 15,
            fixed: Some(&fixed),
        };
        let distances = Kind {
            extra: &EXTRA_DISTANCE,
            base: 0,
            elems: D_CODES,
            max_length: 15,
            fixed: Some(&[5; 30]),
        };
        let (a, static_a) = self.literals.build(&literals);
        let (b, static_b) = self.distances.build(&distances);
        let (lengths, index, c) = self.lengths_tree();
        let dynamic_bits = a + b + c;
        let mut best = (dynamic_bits + 3 + 7) >> 3;
        let static_best = (static_a + static_b + 3 + 7) >> 3;
        if static_best <= best || fixed_only {
            best = static_best;
        }
        if let Some(data) = data.filter(|_| length as i64 + 4 <= best) {
            self.stored(data, last);
        } else if static_best == best {
            self.put(2 + u64::from(last), 3);
            let symbols = std::mem::take(&mut self.symbols);
            self.write_symbols(
                &symbols,
                (&codes(&fixed), &fixed),
                (&codes(&[5; 30]), &[5; 30]),
            );
        } else {
            self.put(4 + u64::from(last), 3);
            self.write_trees(&lengths, index);
            let symbols = std::mem::take(&mut self.symbols);
            let (l, d) = (self.literals.clone(), self.distances.clone());
            self.write_symbols(&symbols, (&l.codes, &l.len), (&d.codes, &d.len));
        }
        self.begin();
        if last {
            self.align();
        }
    }

    /// `build_bl_tree`: the code of code lengths, the last of them that is sent, and the bits that all this takes.
    fn lengths_tree(&self) -> (Tree, usize, i64) {
        let mut tree = Tree::new(BL_CODES);
        for of in [&self.literals, &self.distances] {
            runs(&of.len[..=of.max_code], |symbol, _, _, times| {
                tree.freq[symbol] += times;
            });
        }
        let kind = Kind {
            extra: &EXTRA_BL,
            base: 0,
            elems: BL_CODES,
            max_length: 7,
            fixed: None,
        };
        let (bits, _) = tree.build(&kind);
        let mut index = BL_CODES - 1;
        while index >= 3 && tree.len[ORDER[index]] == 0 {
            index -= 1;
        }
        (tree, index, bits + 3 * (index as i64 + 1) + 14)
    }

    fn write_trees(&mut self, tree: &Tree, index: usize) {
        let (literals, distances) = (self.literals.clone(), self.distances.clone());
        self.put((literals.max_code + 1 - 257) as u64, 5);
        self.put(distances.max_code as u64, 5);
        self.put((index + 1 - 4) as u64, 4);
        for place in &ORDER[..=index] {
            self.put(u64::from(tree.len[*place]), 3);
        }
        for of in [&literals, &distances] {
            runs(&of.len[..=of.max_code], |symbol, value, bits, times| {
                for _ in 0..times {
                    self.put(u64::from(tree.codes[symbol]), u32::from(tree.len[symbol]));
                    self.put(value, bits);
                }
            });
        }
    }

    fn write_symbols(
        &mut self,
        symbols: &[(u16, u8)],
        (codes, lens): (&[u16], &[u8]),
        (distance_codes, distance_lens): (&[u16], &[u8]),
    ) {
        let code = |blocks: &mut Blocks, symbol: usize| {
            blocks.put(u64::from(codes[symbol]), u32::from(lens[symbol]));
        };
        for (distance, length) in symbols {
            if *distance == 0 {
                code(self, usize::from(*length));
                continue;
            }
            let length = usize::from(*length);
            let (symbol, base) = length_code(length);
            code(self, LITERALS + 1 + symbol);
            self.put((length - base) as u64, u32::from(EXTRA_LENGTH[symbol]));
            let distance = usize::from(*distance) - 1;
            let (symbol, base) = distance_code(distance);
            self.put(
                u64::from(distance_codes[symbol]),
                u32::from(distance_lens[symbol]),
            );
            self.put((distance - base) as u64, u32::from(EXTRA_DISTANCE[symbol]));
        }
        code(self, END_BLOCK);
    }
}

/// Code lengths as symbols of the code of code lengths: symbol, extra value, its bits, how often (`scan_tree`, `send_tree`).
fn runs(lengths: &[u8], mut each: impl FnMut(usize, u64, u32, u32)) {
    let mut previous: i32 = -1;
    let mut next = i32::from(lengths[0]);
    let (mut count, mut most, mut least) = (0u32, 7, 4);
    if next == 0 {
        (most, least) = (138, 3);
    }
    for n in 0..lengths.len() {
        let current = next;
        next = lengths.get(n + 1).map_or(0xffff, |l| i32::from(*l));
        count += 1;
        if count < most && current == next {
            continue;
        }
        if count < least {
            each(current as usize, 0, 0, count);
        } else if current != 0 {
            if current != previous {
                each(current as usize, 0, 0, 1);
                count -= 1;
            }
            each(16, u64::from(count - 3), 2, 1);
        } else if count <= 10 {
            each(17, u64::from(count - 3), 3, 1);
        } else {
            each(18, u64::from(count - 11), 7, 1);
        }
        count = 0;
        previous = current;
        (most, least) = if next == 0 {
            (138, 3)
        } else if current == next {
            (6, 3)
        } else {
            (7, 4)
        };
    }
}
