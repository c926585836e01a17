//! How well a line fits what was typed, and which of its letters are marked for it.

use super::Entry;

/// A word at the start of a line, at the start of one of its words, within one, or beside it.
const START: u32 = 0;
const WORD: u32 = 1;
const WITHIN: u32 = 2;
const BESIDE: u32 = 3;
/// Letters in their order, with others between: after everything that has all words whole, however many there are.
const LETTERS: u32 = 1_000;
/// Fewer letters are in nearly every line.
const FEWEST_LETTERS: usize = 3;
/// Letters are looked for so far behind the first, for each of them.
const SPREAD: usize = 4;

/// The words of a search, and whether it is for actions alone.
pub(super) fn words(search: &str) -> (bool, Vec<String>) {
    let (actions_only, words) = match search.trim_start().strip_prefix('>') {
        Some(rest) => (true, rest),
        None => (false, search),
    };
    (actions_only, words.to_lowercase().split_whitespace().map(str::to_owned).collect())
}

/// How well an entry fits all words; less is better, and nothing is that it does not.
pub(super) fn rank(entry: &Entry, words: &[String]) -> Option<u32> {
    if words.is_empty() {
        return Some(START);
    }
    let [title, also, detail] = [&entry.title, &entry.also, &entry.detail].map(|text| text.to_lowercase());
    words.iter().map(|word| fit(&title, &also, &detail, word)).sum()
}

/// Whether a text in lower case has a word, whole or by its letters.
pub(super) fn fits(text: &str, word: &str) -> bool {
    text.contains(word) || has_letters(text, word)
}

fn fit(title: &str, also: &str, detail: &str, word: &str) -> Option<u32> {
    if title.starts_with(word) || also.starts_with(word) {
        Some(START)
    } else if starts(title).any(|at| title[at..].starts_with(word)) {
        Some(WORD)
    } else if title.contains(word) {
        Some(WITHIN)
    } else if detail.contains(word) {
        Some(BESIDE)
    } else {
        has_letters(title, word).then_some(LETTERS)
    }
}

/// Whether a text has a word's letters in their order, from the start of one of its words and near each other: for who abbreviates.
fn has_letters(text: &str, word: &str) -> bool {
    let count = word.chars().count();
    count >= FEWEST_LETTERS
        && starts(text).any(|at| {
            let (mut near, mut letters) = (text[at..].chars().take(SPREAD * count), word.chars());
            near.next() == letters.next() && letters.all(|wanted| near.any(|letter| letter == wanted))
        })
}

/// Where words start.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let places = text.char_indices().map(|(at, _)| at);
    places.filter(move |at| !text[..*at].ends_with(char::is_alphanumeric))
}

/// A text in pieces, each with whether a word of the search is in it. Where lower case has other lengths, nothing is marked.
pub fn marks<'a>(text: &'a str, search: &str) -> Vec<(bool, &'a str)> {
    let lower = text.to_lowercase();
    let (_, words) = words(search);
    let mut marked = vec![false; text.len()];
    if lower.len() == text.len() {
        for word in &words {
            for (at, found) in lower.match_indices(word.as_str()) {
                marked[at..at + found.len()].fill(true);
            }
        }
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for to in 1..=text.len() {
        if to == text.len() || marked[to] != marked[from] {
            // Not at a border of letters, which only odd cases of letters could bring about.
            let Some(piece) = text.get(from..to) else { return vec![(false, text)] };
            pieces.push((marked[from], piece));
            from = to;
        }
    }
    pieces
}
