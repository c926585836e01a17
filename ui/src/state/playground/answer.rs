//! The text of an answer while it grows. What has come is kept in pieces that never change again, so that neither
//! keeping nor drawing one more word costs what the whole text costs.

use std::rc::Rc;

/// A piece ends here even in the middle of a paragraph.
const PIECE_BYTES: usize = 2_048;

/// The text.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pieces: Vec<Piece>,
    /// What has come since the last piece ended.
    open: String,
}

/// A part of the text that will not change.
#[derive(Clone, Debug)]
struct Piece {
    text: Rc<str>,
    /// Whether a paragraph ends with it.
    ends: bool,
}

impl Answer {
    /// A whole text.
    pub fn of(text: &str) -> Self {
        let mut answer = Self::default();
        answer.push(text);
        answer
    }

    /// One more word.
    pub fn push(&mut self, text: &str) {
        // A blank line may arrive in two halves.
        let mut from = self.open.trim_end_matches('\n').len();
        self.open.push_str(text);
        while let Some(at) = self.open[from..].find("\n\n") {
            let rest = self.open[from + at..].trim_start_matches('\n').to_owned();
            if rest.is_empty() {
                break; // more line breaks may follow
            }
            self.open.truncate(from + at);
            self.close(true, rest);
            from = 0;
        }
        while self.open.len() > PIECE_BYTES {
            let cut = (1..=PIECE_BYTES).rev().find(|at| self.open.is_char_boundary(*at));
            let Some(cut) = cut else { break };
            let rest = self.open.split_off(cut);
            self.close(false, rest);
        }
    }

    fn close(&mut self, ends: bool, rest: String) {
        let text = std::mem::replace(&mut self.open, rest);
        if text.is_empty() && self.pieces.is_empty() {
            return; // blank lines before the first word
        }
        self.pieces.push(Piece { text: text.into(), ends });
    }

    /// Whether nothing has come.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.open.is_empty()
    }

    /// How much has come.
    pub fn bytes(&self) -> u64 {
        let pieces = self.pieces.iter().map(|piece| piece.text.len());
        (pieces.sum::<usize>() + self.open.len()) as u64
    }

    /// The paragraphs, each as its pieces in order.
    pub fn paragraphs(&self) -> Vec<Vec<Rc<str>>> {
        let mut all = vec![Vec::new()];
        for piece in &self.pieces {
            if let Some(last) = all.last_mut() {
                last.push(Rc::clone(&piece.text));
            }
            if piece.ends {
                all.push(Vec::new());
            }
        }
        if let Some(last) = all.last_mut() {
            last.push(self.open.trim_end_matches('\n').into());
        }
        all
    }

    /// The text as one, for the clipboard.
    pub fn text(&self) -> String {
        let closed =
            self.pieces.iter().flat_map(|piece| [&*piece.text, if piece.ends { "\n\n" } else { "" }]);
        closed.chain([self.open.as_str()]).collect()
    }
}

impl PartialEq for Answer {
    /// By reference: a piece is never made twice.
    fn eq(&self, other: &Self) -> bool {
        let same = |(one, other): (&Piece, &Piece)| Rc::ptr_eq(&one.text, &other.text);
        self.pieces.len() == other.pieces.len()
            && self.open == other.open
            && self.pieces.iter().zip(&other.pieces).all(same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(words: &[&str]) -> Answer {
        let mut answer = Answer::default();
        words.iter().for_each(|word| answer.push(word));
        answer
    }

    fn paragraphs(answer: &Answer) -> Vec<String> {
        answer.paragraphs().iter().map(|pieces| pieces.concat()).collect()
    }

    #[test]
    fn paragraphs_are_found_wherever_the_words_are_cut() {
        let text = "Dear hiring manager,\n\nYour advert\nasks.\n\n\nKind regards";
        let whole = ["Dear hiring manager,", "Your advert\nasks.", "Kind regards"];
        assert_eq!(paragraphs(&Answer::of(text)), whole);
        let letters: Vec<String> = text.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        assert_eq!(paragraphs(&grown(&letters)), whole);
        assert_eq!(paragraphs(&grown(&["ä", "ö\n", "\nü"])), ["äö", "ü"]);
    }

    #[test]
    fn a_long_paragraph_is_kept_in_pieces_and_loses_nothing() {
        let text = "übung ".repeat(3_000);
        let answer = grown(&text.split_inclusive(' ').collect::<Vec<_>>());
        assert_eq!(answer.text(), text);
        assert_eq!(answer.paragraphs().len(), 1);
        assert!(answer.pieces.iter().all(|piece| piece.text.len() <= PIECE_BYTES));
        assert!(answer.open.len() <= PIECE_BYTES);
    }

    #[test]
    fn what_has_come_is_shared_with_the_next_state() {
        let before = grown(&["One.\n\n", "Two"]);
        let mut after = before.clone();
        assert_eq!(before, after);
        after.push(" and a half");
        assert_ne!(before, after);
        assert!(Rc::ptr_eq(&before.pieces[0].text, &after.pieces[0].text));
    }
}
