//! Numbers that a wrong answer cannot know beforehand.
//!
//! Inputs come from a seed, so that the same seed gives the same mark; the seed
//! of a run can be set with `BINDERY_SEED`.

use std::hash::{BuildHasher, RandomState};

/// A small generator (SplitMix64): good enough for inputs, and repeatable.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The generator of one check: the run's seed and the check's name.
    pub fn for_check(seed: u64, check: &str) -> Random {
        let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        Random {
            state: check.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix),
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of this range.
    pub fn within(&mut self, range: std::ops::Range<i64>) -> i64 {
        let width = range.end.abs_diff(range.start);
        range
            .start
            .wrapping_add((self.bits() % width.max(1)) as i64)
    }

    /// A word of lower-case letters.
    pub fn word(&mut self) -> String {
        let length = self.within(5..10);
        (0..length)
            .map(|_| (b'a' + (self.bits() % 26) as u8) as char)
            .collect()
    }
}

/// The seed of this run: `BINDERY_SEED`, or one that nobody could have guessed.
pub fn seed() -> u64 {
    let given = std::env::var("BINDERY_SEED")
        .ok()
        .and_then(|text| text.parse().ok());
    given.unwrap_or_else(|| RandomState::new().hash_one(std::process::id()))
}

/// Sixteen bytes that were never used before.
pub(crate) fn nonce() -> [u8; 16] {
    let half = || {
        RandomState::new()
            .hash_one(std::time::Instant::now())
            .to_le_bytes()
    };
    let mut nonce = [0; 16];
    nonce[..8].copy_from_slice(&half());
    nonce[8..].copy_from_slice(&half());
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_inputs_and_checks_differ() {
        let draw = |seed, name| Random::for_check(seed, name).bits();
        assert_eq!(draw(1, "a"), draw(1, "a"));
        assert_ne!(draw(1, "a"), draw(1, "b"));
        assert_ne!(draw(1, "a"), draw(2, "a"));
    }

    #[test]
    fn a_number_stays_in_its_range() {
        let mut random = Random::for_check(7, "range");
        assert!((0..1000).all(|_| (-3..4).contains(&random.within(-3..4))));
    }
}
