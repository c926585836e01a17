//! Server-sent events as the vendors send them: the WHATWG grammar, and what they do beside it.
//!
//! Unlike the crates that do this, a pending event is flushed at the end, and lines that are no field are handed over:
//! Gemini reports errors in bare JSON between its events, and dropping them makes a cut answer look whole. Not here:
//! `id`, `retry` and reconnecting, because a call that is sent twice is paid twice.

use std::collections::VecDeque;

/// Longest line, and longest data of one event. The longest real one, OpenAI's `response.completed`, repeats the whole
/// answer and the instructions.
const LIMIT: usize = 4 * 1024 * 1024;

/// One thing that a stream says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Event {
        /// Empty when the stream gives none.
        name: String,
        data: String,
    },
    /// A line that is no field of an event.
    Stray(String),
}

/// Why a stream is read no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// More than any vendor sends at once.
    TooLong,
    /// A line that is no UTF-8, such as one that ends within a character: what it said is lost.
    NotText,
}

/// Takes bytes as they come, cut anywhere.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    line: Vec<u8>,
    after_cr: bool,
    begun: bool,
    name: String,
    data: Option<String>,
}

impl Decoder {
    /// Takes the next bytes; what they complete is added to `items`.
    pub(crate) fn feed(&mut self, mut bytes: &[u8], items: &mut VecDeque<Item>) -> Result<(), Unusable> {
        while !bytes.is_empty() {
            if std::mem::take(&mut self.after_cr) && bytes[0] == b'\n' {
                bytes = &bytes[1..];
                continue;
            }
            let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                return self.extend(bytes);
            };
            self.extend(&bytes[..end])?;
            self.after_cr = bytes[end] == b'\r';
            bytes = &bytes[end + 1..];
            self.end_line(items)?;
        }
        Ok(())
    }

    /// The stream is over: what is pending counts.
    pub(crate) fn finish(&mut self, items: &mut VecDeque<Item>) -> Result<(), Unusable> {
        if !self.line.is_empty() {
            self.end_line(items)?;
        }
        self.dispatch(items);
        Ok(())
    }

    fn extend(&mut self, bytes: &[u8]) -> Result<(), Unusable> {
        if self.line.len() + bytes.len() > LIMIT {
            return Err(Unusable::TooLong);
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn end_line(&mut self, items: &mut VecDeque<Item>) -> Result<(), Unusable> {
        // Only here is every character whole.
        let line = std::mem::take(&mut self.line);
        let text = str::from_utf8(&line).map_err(|_| Unusable::NotText)?;
        let is_first = !std::mem::replace(&mut self.begun, true);
        let text = if is_first { text.trim_start_matches('\u{FEFF}') } else { text };
        let result = self.take_line(text, items);
        self.line = line;
        self.line.clear();
        result
    }

    fn take_line(&mut self, line: &str, items: &mut VecDeque<Item>) -> Result<(), Unusable> {
        if line.is_empty() {
            self.dispatch(items);
            return Ok(());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => return self.add_data(value),
            "event" => value.trim_end().clone_into(&mut self.name),
            "" | "id" | "retry" => {}
            _ => items.push_back(Item::Stray(line.to_owned())),
        }
        Ok(())
    }

    fn add_data(&mut self, value: &str) -> Result<(), Unusable> {
        match &mut self.data {
            None => self.data = Some(value.to_owned()),
            Some(data) if data.len() + value.len() < LIMIT => {
                data.push('\n');
                data.push_str(value);
            }
            Some(_) => return Err(Unusable::TooLong),
        }
        Ok(())
    }

    fn dispatch(&mut self, items: &mut VecDeque<Item>) {
        let name = std::mem::take(&mut self.name);
        if let Some(data) = self.data.take() {
            items.push_back(Item::Event { name, data });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<Item>, Unusable> {
        let (mut decoder, mut items) = (Decoder::default(), VecDeque::new());
        for chunk in chunks {
            decoder.feed(chunk, &mut items)?;
        }
        decoder.finish(&mut items)?;
        Ok(items.into())
    }

    fn items(text: &str) -> Vec<Item> {
        decode([text.as_bytes()]).unwrap()
    }

    fn event(name: &str, data: &str) -> Item {
        Item::Event { name: name.to_owned(), data: data.to_owned() }
    }

    #[test]
    fn all_three_line_ends_end_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["event: ping", "data: {}", "", "data: 2", "", ""].join(end);
            assert_eq!(items(&text), [event("ping", "{}"), event("", "2")], "{end:?}");
        }
    }

    #[test]
    fn lines_of_data_are_joined_and_one_blank_after_the_colon_is_no_data() {
        assert_eq!(items("data:a\ndata: b\ndata:  c  \ndata\n\n"), [event("", "a\nb\n c  \n")]);
    }

    #[test]
    fn comments_ids_and_a_byte_order_mark_are_passed_over() {
        assert_eq!(items("\u{FEFF}data: 1\n: keep-alive\nid: 7\nretry: 3\n\n"), [event("", "1")]);
        assert_eq!(items(": nothing\n\nevent: lonely\n\ndata: 1\n\n"), [event("", "1")]);
    }

    #[test]
    fn an_event_without_its_blank_line_counts_at_the_end() {
        assert_eq!(items("data: 1\n\ndata: [DONE]"), [event("", "1"), event("", "[DONE]")]);
    }

    #[test]
    fn lines_that_are_no_field_are_handed_over() {
        let stray = |text: &str| Item::Stray(text.to_owned());
        assert_eq!(
            items("data: 1\r\n\r\n{\r\n  \"error\": {\r\n  }\r\n}\r\n"),
            [event("", "1"), stray("{"), stray("  \"error\": {"), stray("  }"), stray("}")]
        );
    }

    #[test]
    fn a_line_or_an_event_of_ten_megabytes_is_an_error() {
        let line = format!("data: {}", "x".repeat(10 << 20));
        assert_eq!(decode(line.as_bytes().chunks(65_536)), Err(Unusable::TooLong));
        let lines = format!("data: {}\n", "x".repeat(1 << 20)).repeat(10);
        assert_eq!(decode(lines.as_bytes().chunks(65_536)), Err(Unusable::TooLong));
    }

    #[test]
    fn half_a_character_is_an_error_in_a_line_and_at_the_end() {
        assert_eq!(decode([b"data: {\"text\":\"a\xE2\x9C\"}\n\n".as_slice()]), Err(Unusable::NotText));
        let whole = "data: \u{201C}\n\n".as_bytes();
        assert_eq!(
            decode([&whole[..7], &whole[7..]]),
            Ok(vec![event("", "\u{201C}")]),
            "it came in two pieces"
        );
        assert_eq!(decode([&whole[..8]]), Err(Unusable::NotText), "and here it did not");
    }

    proptest! {
        #[test]
        fn events_are_the_same_however_the_bytes_are_cut(
            lines in prop::collection::vec("(data: ?|event: |: |)[a-zü“{}: 🦀]{0,12}", 0..12),
            ends in prop::collection::vec(prop::sample::select(vec!["\n", "\r\n", "\r"]), 12),
            cuts in prop::collection::vec(1_usize..9, 1..200),
        ) {
            let text: String = lines.iter().zip(ends).map(|(line, end)| format!("{line}{end}")).collect();
            let (mut rest, mut chunks) = (text.as_bytes(), Vec::new());
            for cut in cuts.iter().cycle() {
                if rest.is_empty() { break; }
                let (chunk, after) = rest.split_at((*cut).min(rest.len()));
                chunks.push(chunk);
                rest = after;
            }
            prop_assert_eq!(decode(chunks), decode([text.as_bytes()]));
        }

        #[test]
        fn any_text_is_read_and_nothing_else(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let is_text = str::from_utf8(&bytes).is_ok();
            prop_assert_eq!(decode([bytes.as_slice()]).is_ok(), is_text);
        }
    }
}
