//! In which language numbers are written for people. As English does, unless the page says otherwise: it draws on one thread, and
//! what the shell writes into files, logs and replies, on threads of its own, is never written in another way.

use std::cell::Cell;

use crate::program::Language;

/// Between a number and its sign or unit: they stay on one line.
const JOINED: char = '\u{a0}';

thread_local! {
    static LANGUAGE: Cell<Language> = const { Cell::new(Language::English) };
}

/// Writes numbers as this language does from now on, on this thread.
pub fn write_as(language: Language) {
    LANGUAGE.set(language);
}

/// Writes numbers as this language does for as long as something is put into words, and then as before.
pub fn within<T>(language: Language, put: impl FnOnce() -> T) -> T {
    let before = LANGUAGE.replace(language);
    let put = put();
    LANGUAGE.set(before);
    put
}

/// The language that numbers are written in.
pub fn language() -> Language {
    LANGUAGE.get()
}

/// A number as the language has it, from how English has it: `1,234.5%` is `1.234,5 %` in German.
pub fn number(english: &str) -> String {
    match language() {
        Language::German => english.chars().fold(String::with_capacity(english.len() + 2), |mut text, c| {
            match c {
                ',' => text.push('.'),
                '.' => text.push(','),
                '%' => text.extend([JOINED, '%']),
                c => text.push(c),
            }
            text
        }),
        Language::English | Language::Chinese => english.to_owned(),
    }
}

/// An amount of dollars as the language has it, from how English has it: `-$1,284.50` is `-1.284,50 $` in German.
pub fn dollars(english: &str) -> String {
    match language() {
        Language::German => {
            let digits: String = english.chars().filter(|c| *c != '$').collect();
            with_dollar("", &number(&digits))
        }
        Language::English | Language::Chinese => english.to_owned(),
    }
}

/// An amount that is written as the language has it, with its sign and the dollar's: `-$1.5K`, and `-1,5 Tsd. $` in German.
pub fn with_dollar(sign: &str, amount: &str) -> String {
    match language() {
        Language::German => format!("{sign}{amount}{JOINED}$"),
        Language::English | Language::Chinese => format!("{sign}${amount}"),
    }
}

/// A short number's size and the word for it: thousands, millions and so on, or what the language counts in.
pub struct Scale {
    /// What one of them is.
    pub one: f64,
    /// Its word, with a blank before it where there is one.
    pub word: &'static str,
}

/// The scale of numbers up to this one; `None` where all digits are written.
pub fn scale(number: u64) -> Option<Scale> {
    let scales: &[(u64, f64, &str)] = match language() {
        Language::English => {
            &[(999_500_000_000, 1e12, "T"), (999_500_000, 1e9, "B"), (999_500, 1e6, "M"), (1_000, 1e3, "K")]
        }
        Language::German => &[
            (999_500_000_000, 1e12, "\u{a0}Bio."),
            (999_500_000, 1e9, "\u{a0}Mrd."),
            (999_500, 1e6, "\u{a0}Mio."),
            (1_000, 1e3, "\u{a0}Tsd."),
        ],
        Language::Chinese => &[(999_950_000_000, 1e12, "万亿"), (99_995_000, 1e8, "亿"), (10_000, 1e4, "万")],
    };
    scales.iter().find(|(from, ..)| number >= *from).map(|(_, one, word)| Scale { one: *one, word })
}

/// A unit of time as the language has it.
pub(crate) fn time_unit(english: &'static str) -> &'static str {
    match (language(), english) {
        (Language::Chinese, "s") => "秒",
        (Language::Chinese, "min") => "分钟",
        (Language::Chinese, "h") => "小时",
        (Language::Chinese, "d") => "天",
        (Language::German, "d") => "T",
        (_, unit) => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PicoUsd, text};

    fn in_language<T>(language: Language, read: impl FnOnce() -> T) -> T {
        write_as(language);
        let read = read();
        write_as(Language::English);
        read
    }

    #[test]
    fn german_groups_by_points_and_keeps_signs_with_their_numbers() {
        let read = in_language(Language::German, || {
            [
                text::group_digits(1_234_567),
                text::percent(998, 1000).unwrap(),
                text::change(2500.0, 100.0).unwrap(),
                text::latency(1310),
                PicoUsd(1_284_500_000_000_000).display(),
                PicoUsd(5_530_000_000).display(),
                text::duration(76 * 3_600_000),
            ]
        });
        let expected = ["1.234.567", "99,8 %", "+2.400 %", "1,31 s", "1.284,50 $", "0,005530 $", "3 T 4 h"];
        assert_eq!(read, expected.map(|text| text.replace(" %", "\u{a0}%").replace(" $", "\u{a0}$")));
    }

    #[test]
    fn short_numbers_are_counted_as_the_language_counts() {
        let numbers = [833, 9_999, 833_000, 1_630_000, 100_000_000, 1_200_000_000, 5_000_000_000_000];
        let english = numbers.map(text::short_count);
        assert_eq!(english, ["833", "10K", "833K", "1.63M", "100M", "1.20B", "5.00T"]);
        let german = in_language(Language::German, || numbers.map(text::short_count));
        let written = ["833", "10 Tsd.", "833 Tsd.", "1,63 Mio.", "100 Mio.", "1,20 Mrd.", "5,00 Bio."];
        assert_eq!(german, written.map(|text| text.replace(' ', "\u{a0}")));
        let chinese = in_language(Language::Chinese, || numbers.map(text::short_count));
        assert_eq!(chinese, ["833", "9999", "83.3万", "163万", "1.00亿", "12.0亿", "5.00万亿"]);
    }

    #[test]
    fn times_are_in_units_of_the_language() {
        let read = in_language(Language::Chinese, || [42_000, 82 * 60_000].map(text::duration));
        assert_eq!(read, ["42 秒", "1 小时 22 分钟"]);
    }

    #[test]
    fn what_is_typed_is_written_in_one_way_everywhere() {
        assert_eq!(in_language(Language::German, || text::field_digits(30_000_000)), "30,000,000");
    }

    #[test]
    fn other_threads_go_on_in_english() {
        let elsewhere = in_language(Language::German, || {
            std::thread::spawn(|| text::group_digits(1_000)).join().unwrap()
        });
        assert_eq!(elsewhere, "1,000");
    }
}
