//! The Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), as `_random` uses it.

pub const STATE_WORDS: usize = 624;
/// How far apart the words are that are mixed.
const MIDDLE: usize = 397;
const MATRIX: u32 = 0x9908_b0df;

#[derive(Clone)]
pub struct Twister {
    pub state: [u32; STATE_WORDS],
    /// The next word to give out; at the end all are made anew first.
    pub at: usize,
}

impl Twister {
    fn by_number(seed: u32) -> Twister {
        let mut state = [seed; STATE_WORDS];
        for i in 1..STATE_WORDS {
            let before = state[i - 1];
            state[i] = 1_812_433_253_u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(i as u32);
        }
        Twister {
            state,
            at: STATE_WORDS,
        }
    }

    /// Seeded by words; none count as one zero.
    pub fn by_array(key: &[u32]) -> Twister {
        let key = if key.is_empty() { &[0] } else { key };
        let mut twister = Twister::by_number(19_650_218);
        let state = &mut twister.state;
        let (mut i, mut j) = (1, 0);
        let mix = |state: &[u32; STATE_WORDS], i: usize, factor: u32| {
            let before = state[i - 1];
            state[i] ^ (before ^ (before >> 30)).wrapping_mul(factor)
        };
        let advance = |state: &mut [u32; STATE_WORDS], i: usize| {
            if i + 1 < STATE_WORDS {
                return i + 1;
            }
            state[0] = state[STATE_WORDS - 1];
            1
        };
        for _ in 0..key.len().max(STATE_WORDS) {
            state[i] = mix(state, i, 1_664_525)
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i = advance(state, i);
            j = (j + 1) % key.len();
        }
        for _ in 1..STATE_WORDS {
            state[i] = mix(state, i, 1_566_083_941).wrapping_sub(i as u32);
            i = advance(state, i);
        }
        state[0] = 0x8000_0000;
        twister
    }

    fn renew(&mut self) {
        for i in 0..STATE_WORDS {
            let next = self.state[(i + 1) % STATE_WORDS];
            let y = (self.state[i] & 0x8000_0000) | (next & 0x7fff_ffff);
            let twist = if y & 1 == 1 { MATRIX } else { 0 };
            self.state[i] = self.state[(i + MIDDLE) % STATE_WORDS] ^ (y >> 1) ^ twist;
        }
        self.at = 0;
    }

    pub fn next_u32(&mut self) -> u32 {
        if self.at >= STATE_WORDS {
            self.renew();
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// In [0, 1), of 53 bits.
    pub fn next_f64(&mut self) -> f64 {
        let (high, low) = (self.next_u32() >> 5, self.next_u32() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// So many random bits as words, lowest first; the last word gives its high bits.
    pub fn next_bits(&mut self, bits: usize) -> Vec<u32> {
        let mut words: Vec<u32> = (0..bits.div_ceil(32)).map(|_| self.next_u32()).collect();
        let over = bits % 32;
        if over > 0
            && let Some(last) = words.last_mut()
        {
            *last >>= 32 - over;
        }
        words
    }
}
