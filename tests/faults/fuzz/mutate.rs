//! Inputs that are almost right: those that there are, with bits flipped, pieces moved, and words in them that parsers trip over.

use journeys::share::Dice;

/// Largest input.
pub const LARGEST: usize = 64 * 1024;

/// What parsers of JSON, CSV, numbers and days trip over.
const WORDS: [&str; 40] = [
    "null",
    "true",
    "[]",
    "{}",
    "[[[[[[[[",
    "{\"a\":",
    "\"",
    "\\",
    "\\u0000",
    "\"\\ud800\"",
    "\\u",
    ",",
    ":",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "é",
    "0",
    "-1",
    "-0",
    "1e999",
    "1e-999",
    "0.1",
    "NaN",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "99999999999999999999999999999999999999999999",
    "2026-02-30",
    "1969-12-31T23:59:59Z",
    "9999-12-31",
    "=1+1",
    "data:;base64,",
    "%00",
    "sk-",
];

/// Makes inputs.
pub struct Mutator {
    /// Where chance comes from.
    pub dice: Dice,
}

impl Mutator {
    /// One of these, changed in one to eight ways.
    pub fn next(&mut self, kept: &[Vec<u8>]) -> Vec<u8> {
        let mut input = kept[self.below(kept.len())].clone();
        for _ in 0..=self.below(8) {
            self.change(&mut input, kept);
        }
        input.truncate(LARGEST);
        input
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.dice.roll() % end.max(1) as u64).unwrap()
    }

    fn range(&mut self, input: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(input.len() + 1);
        // Mostly short: what is around must stay recognisable.
        let longest = if self.below(4) == 0 { input.len() } else { 16 };
        start..(start + self.below(longest + 1)).min(input.len())
    }

    fn change(&mut self, input: &mut Vec<u8>, kept: &[Vec<u8>]) {
        let range = self.range(input);
        let place = range.start;
        match self.below(10) {
            0 if !input.is_empty() => {
                let at = place.min(input.len() - 1);
                input[at] ^= 1 << self.below(8);
            }
            1 if !input.is_empty() => {
                let at = place.min(input.len() - 1);
                input[at] = self.dice.roll().to_le_bytes()[0];
            }
            2 => drop(input.drain(range)),
            3 => {
                let piece = input[range].to_vec();
                let most = if self.below(20) == 0 { 200 } else { 3 };
                let times = 1 + self.below(most);
                let at = self.below(input.len() + 1);
                input.splice(at..at, piece.repeat(times));
            }
            4 | 5 => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(place..place, word.bytes());
            }
            6 => {
                let word = WORDS[self.below(WORDS.len())];
                input.splice(range, word.bytes());
            }
            7 => self.number(input),
            8 => {
                let other = &kept[self.below(kept.len())];
                let piece = other[self.range(other)].to_vec();
                input.splice(range, piece);
            }
            _ => input.truncate(place.max(1)),
        }
        input.truncate(LARGEST);
    }

    /// Another number in the place of one that is there.
    fn number(&mut self, input: &mut Vec<u8>) {
        let starts: Vec<usize> = (0..input.len())
            .filter(|at| input[*at].is_ascii_digit() && (*at == 0 || !input[*at - 1].is_ascii_digit()))
            .collect();
        if starts.is_empty() {
            return;
        }
        let start = starts[self.below(starts.len())];
        let end = start + input[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let roll = self.dice.roll();
        let number = match self.below(4) {
            0 => (roll % 300).to_string(),
            1 => roll.to_string(),
            2 => (1_u128 << (roll % 128)).to_string(),
            _ => format!("-{}", roll % 100),
        };
        input.splice(start..end, number.bytes());
    }
}
