//! Which listed names a person may have meant.

use std::cmp::Ordering;

/// Below this likeness a suggestion is noise.
const LIKENESS: f64 = 0.5;

/// At most `count` of the names, the most similar first.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>, count: usize) -> Vec<String> {
    let wanted = wanted.to_lowercase();
    let mut scored: Vec<(f64, &str)> = names
        .filter(|name| of_similar_length(name.len(), wanted.len()))
        .map(|name| (strsim::normalized_damerau_levenshtein(&wanted, &name.to_lowercase()), name))
        .filter(|scored| scored.0 >= LIKENESS)
        .collect();
    scored.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then(a.1.cmp(b.1)));
    scored.into_iter().take(count).map(|scored| scored.1.to_owned()).collect()
}

/// Names of very different length cannot reach [`LIKENESS`], and comparing them costs the most.
fn of_similar_length(one: usize, other: usize) -> bool {
    one.min(other) * 2 >= one.max(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_names_come_first_and_strangers_not_at_all() {
        let names = ["gpt-4o", "gpt-4o-mini", "whisper-1", "gpt-4.1", "o3"];
        assert_eq!(nearest("gpt-4o-minni", names.into_iter(), 3), ["gpt-4o-mini", "gpt-4o"]);
        assert_eq!(nearest("GPT-4O", names.into_iter(), 1), ["gpt-4o"]);
        assert!(nearest("llama", names.into_iter(), 3).is_empty());
    }
}
