//! BLAKE2 (RFC 7693), both sizes, with all parameters of the specification: key, salt, person, tree hashing.

/// What makes two hashes of the same data differ.
#[derive(Clone, Default)]
pub struct Params {
    pub digest_size: usize,
    pub key: Vec<u8>,
    pub salt: Vec<u8>,
    pub person: Vec<u8>,
    pub fanout: u8,
    pub depth: u8,
    pub leaf_size: u32,
    pub node_offset: u64,
    pub node_depth: u8,
    pub inner_size: u8,
    pub last_node: bool,
}

/// The order in which the words of a block are mixed in, round by round.
const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// Which words of the state a step mixes: columns, then diagonals.
const MIXED: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

macro_rules! blake2 {
    ($name:ident, $word:ty, $count:ty, $block:literal, $rounds:literal, $rotations:expr, $iv:expr, $salt_at:literal) => {
        #[derive(Clone)]
        pub struct $name {
            state: [$word; 8],
            count: $count,
            /// Data that has not been mixed in: the last block must be known as such.
            pending: Vec<u8>,
            digest_size: usize,
            last_node: bool,
        }

        impl $name {
            pub const BLOCK: usize = $block;
            const IV: [$word; 8] = $iv;
            const WORD: usize = size_of::<$word>();

            pub fn new(params: &Params) -> $name {
                let mut block = [0u8; 8 * Self::WORD];
                block[0] = params.digest_size as u8;
                block[1] = params.key.len() as u8;
                block[2] = params.fanout;
                block[3] = params.depth;
                block[4..8].copy_from_slice(&params.leaf_size.to_le_bytes());
                // The small one has six bytes for the offset, the other eight.
                let offset = params.node_offset.to_le_bytes();
                if Self::WORD == 8 {
                    block[8..16].copy_from_slice(&offset);
                    (block[16], block[17]) = (params.node_depth, params.inner_size);
                } else {
                    block[8..14].copy_from_slice(&offset[..6]);
                    (block[14], block[15]) = (params.node_depth, params.inner_size);
                }
                block[$salt_at..$salt_at + params.salt.len()].copy_from_slice(&params.salt);
                let person = $salt_at + 2 * Self::WORD;
                block[person..person + params.person.len()].copy_from_slice(&params.person);
                let mut state = Self::IV;
                for (word, bytes) in state.iter_mut().zip(block.chunks_exact(Self::WORD)) {
                    *word ^= <$word>::from_le_bytes(bytes.try_into().expect("a word's bytes"));
                }
                let mut made = $name {
                    state,
                    count: 0,
                    pending: Vec::new(),
                    digest_size: params.digest_size,
                    last_node: params.last_node,
                };
                if !params.key.is_empty() {
                    let mut key = params.key.clone();
                    key.resize($block, 0);
                    made.feed(&key);
                }
                made
            }

            pub fn feed(&mut self, data: &[u8]) {
                self.pending.extend_from_slice(data);
                let mut at = 0;
                while self.pending.len() - at > $block {
                    let block: [u8; $block] = self.pending[at..at + $block]
                        .try_into()
                        .expect("a whole block");
                    self.count = self.count.wrapping_add($block);
                    self.compress(&block, false);
                    at += $block;
                }
                self.pending.drain(..at);
            }

            pub fn digest(mut self) -> Vec<u8> {
                let mut block = [0u8; $block];
                block[..self.pending.len()].copy_from_slice(&self.pending);
                self.count = self.count.wrapping_add(self.pending.len() as $count);
                self.compress(&block, true);
                let bytes = self.state.iter().flat_map(|word| word.to_le_bytes());
                bytes.take(self.digest_size).collect()
            }

            pub fn digest_size(&self) -> usize {
                self.digest_size
            }

            fn compress(&mut self, block: &[u8; $block], last: bool) {
                let mut words = [0 as $word; 16];
                for (word, bytes) in words.iter_mut().zip(block.chunks_exact(Self::WORD)) {
                    *word = <$word>::from_le_bytes(bytes.try_into().expect("a word's bytes"));
                }
                let mut v = [0 as $word; 16];
                v[..8].copy_from_slice(&self.state);
                v[8..].copy_from_slice(&Self::IV);
                v[12] ^= self.count as $word;
                v[13] ^= (self.count >> (8 * Self::WORD)) as $word;
                if last {
                    v[14] = !v[14];
                    if self.last_node {
                        v[15] = !v[15];
                    }
                }
                let [r1, r2, r3, r4] = $rotations;
                for round in 0..$rounds {
                    let order = &SIGMA[round % 10];
                    for (n, [a, b, c, d]) in MIXED.into_iter().enumerate() {
                        let (x, y) = (words[order[2 * n]], words[order[2 * n + 1]]);
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
                        v[d] = (v[d] ^ v[a]).rotate_right(r1);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right(r2);
                        v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
                        v[d] = (v[d] ^ v[a]).rotate_right(r3);
                        v[c] = v[c].wrapping_add(v[d]);
                        v[b] = (v[b] ^ v[c]).rotate_right(r4);
                    }
                }
                for i in 0..8 {
                    self.state[i] ^= v[i] ^ v[i + 8];
                }
            }
        }
    };
}

blake2!(
    Blake2b,
    u64,
    u128,
    128,
    12,
    [32, 24, 16, 63],
    [
        0x6a09e667f3bcc908,
        0xbb67ae8584caa73b,
        0x3c6ef372fe94f82b,
        0xa54ff53a5f1d36f1,
        0x510e527fade682d1,
        0x9b05688c2b3e6c1f,
        0x1f83d9abfb41bd6b,
        0x5be0cd19137e2179,
    ],
    32
);
blake2!(
    Blake2s,
    u32,
    u64,
    64,
    10,
    [16, 12, 8, 7],
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
        0x5be0cd19,
    ],
    16
);
