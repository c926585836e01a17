//! The tokens that charts use, by theme, for files that stand alone. The page takes them from `tokens.css`; a test keeps
//! both equal.

/// A theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Token, light, dark.
const TOKENS: [(&str, &str, &str); 35] = [
    ("font-ui", FONT, FONT),
    ("text-2xs", "11px", "11px"),
    ("w-medium", "500", "500"),
    ("w-semibold", "600", "600"),
    ("bg", "#fafbfb", "#101416"),
    ("surface", "#ffffff", "#161b1e"),
    ("surface-sunken", "#f4f6f7", "#12171a"),
    ("surface-hover", "#eef1f2", "#1e2529"),
    ("text", "#12171b", "#e7ebed"),
    ("text-2", "#444d55", "#b3bcc3"),
    ("text-3", "#5e6872", "#919ca5"),
    ("gemini", "#1a56cc", "#8ab4ff"),
    ("gemini-mark", "#3d7bea", "#5b94f5"),
    ("openai", "#146c34", "#6fce93"),
    ("openai-mark", "#2f9a57", "#3fae6d"),
    ("claude", "#6d35c4", "#c3a6fa"),
    ("claude-mark", "#8b5bdc", "#a07bec"),
    ("compat", "#7c5000", "#e3b65c"),
    ("compat-mark", "#b27a14", "#c9973a"),
    ("warn", "#854c00", "#eab34e"),
    ("warn-mark", "#c27803", "#d99a26"),
    ("danger", "#b3201f", "#ff958f"),
    ("danger-mark", "#d63a37", "#f0655f"),
    ("ok", "#17692f", "#74cf8d"),
    ("ok-mark", "#2b8f49", "#46b268"),
    ("border", "#e1e5e8", "#262d32"),
    ("border-strong", "#cbd1d6", "#39424a"),
    ("grid", "#e9ecee", "#20272b"),
    ("axis", "#aab2b9", "#4a545c"),
    ("chart-neutral", "#7c868f", "#8a959e"),
    ("chart-neutral-soft", "#dfe3e6", "#2b3338"),
    ("tip-bg", "#171d21", "#e9edef"),
    ("tip-fg", "#f3f5f6", "#12171b"),
    ("tip-fg-2", "#b4bdc5", "#4b555d"),
    ("accent", "#0b6870", "#5cc7c4"),
];

const FONT: &str = "\"Inter\", system-ui, sans-serif";

impl Theme {
    /// The value of a token; none for one that charts do not use.
    pub fn value(self, token: &str) -> Option<&'static str> {
        let (_, light, dark) = TOKENS.iter().find(|(name, ..)| *name == token)?;
        Some(match self {
            Self::Light => light,
            Self::Dark => dark,
        })
    }

    /// Rules with the values of this theme in place of `var(--token)`.
    pub(crate) fn resolved(self, rules: &str) -> String {
        let mut parts = rules.split("var(--");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (token, rest) = part.split_once(')').unwrap_or((part, ""));
            out.push_str(self.value(token).unwrap_or("inherit"));
            out.push_str(rest);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::RULES;

    const PAGE: &str = include_str!("../../../ui/static/styles/tokens.css");

    #[test]
    fn the_tokens_are_those_of_the_page() {
        let (root, themes) = PAGE.split_once("data-theme=\"light\"").unwrap();
        let (light, dark) = themes.split_once("data-theme=\"dark\"").unwrap();
        let value = |block: &str, token: &str| {
            let found = [block, root].into_iter().find_map(|block| block.split_once(&format!("--{token}: ")));
            found.unwrap_or_else(|| panic!("no --{token}")).1.split(';').next().unwrap().to_owned()
        };
        for (token, in_light, in_dark) in TOKENS {
            assert_eq!(
                (value(light, token).as_str(), value(dark, token).as_str()),
                (in_light, in_dark),
                "{token}"
            );
        }
    }

    #[test]
    fn every_token_of_the_rules_has_a_value() {
        for part in RULES.split("var(--").skip(1) {
            let token = part.split(')').next().unwrap();
            assert!(Theme::Light.value(token).is_some(), "{token}");
        }
        assert!(!Theme::Dark.resolved(RULES).contains("var("));
    }
}
