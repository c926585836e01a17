//! The recovery kit as a page to print: its words, whose they are, and what to do with them. It stands alone: no script,
//! nothing that is loaded.

use model::{Secret, Timestamp};

use super::day;

/// Digits of a vault's id that a person compares.
const ID_DIGITS: usize = 12;

/// The page. Its text holds the words in the clear, which is what it is for.
pub(crate) fn page(words: &Secret, vault_id: &str, made_at: Timestamp) -> String {
    let items: String = words.expose().split(' ').map(|word| format!("<li>{word}</li>\n")).collect();
    let (vault, day) = (short_id(vault_id), day(made_at));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Signalbox recovery kit</title>\n<style>{}</style>\n</head>\n<body>\n\
         <h1>Signalbox recovery kit</h1>\n\
         <p>These 24 words open the vault below when its password is lost.</p>\n\
         <ol>\n{items}</ol>\n\
         <dl><div><dt>Vault</dt><dd><code>{vault}</code></dd></div><div><dt>Made</dt><dd>{day} (UTC)</dd></div></dl>\n\
         <h2>Keep it</h2>\n\
         <p>Print this page, put it where you keep papers that matter, and delete the file. Whoever has the words and a copy of the vault opens it.</p>\n\
         <h2>Use it</h2>\n\
         <p>On the lock screen choose \u{201c}Use the recovery kit\u{201d}, type the words in their order, and choose a new password. You get a new kit then: this one is void, as it also is once another kit or a new vault key was made.</p>\n\
         </body>\n</html>\n",
        include_str!("kit.css")
    )
}

/// `8E0E-DB7F-40AC`: what tells this vault from another one.
fn short_id(vault_id: &str) -> String {
    let digits: Vec<char> = vault_id.chars().take(ID_DIGITS).map(|c| c.to_ascii_uppercase()).collect();
    digits.chunks(4).map(|four| four.iter().collect()).collect::<Vec<String>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_each_word_in_its_place_and_names_vault_and_day() {
        let words = (1..=24).map(|n| format!("word{}", char::from(b'a' + n))).collect::<Vec<_>>().join(" ");
        let page = page(
            &Secret::new(words.clone()),
            "8e0edb7f40ace33e332f1921d4fa9393",
            Timestamp(1_795_444_320_000),
        );
        let listed: Vec<&str> =
            page.match_indices("<li>").map(|(at, _)| page[at + 4..].split_once('<').unwrap().0).collect();
        assert_eq!(listed.join(" "), words);
        assert!(page.contains("8E0E-DB7F-40AC") && page.contains("2026-11-23 (UTC)"));
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    }
}
