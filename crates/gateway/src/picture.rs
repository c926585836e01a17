//! The most tokens that a picture can take, and with it a page of a document, of which vendors make one. A bound has to hold, so a model
//! whose rule its vendor does not name is bound by the largest of all.

use model::ProviderType;

/// Where a picture is cut into squares: two times four at most, as it is made to fit 2048 by 768.
const TILES: u64 = 8;
/// Where it is covered by patches, and made smaller until so many do.
const PATCHES: u64 = 1_536;
/// The same of models that take pictures in their own size.
const MORE_PATCHES: u64 = 10_000;
/// The largest of the factors by which patches become tokens, in hundredths; that of a model whose factor is not named.
const LARGEST_FACTOR: u64 = 246;
/// Claude counts a picture at up to 4,784; Gemini at 258 for each of up to sixteen tiles.
const OTHERS: u64 = 5_000;
/// Of OpenAI's: the 48,169 of gpt-4o-mini, and 30,000 patches by a factor of 1.62 are less.
const LARGEST: u64 = 50_000;

/// The bound of a vendor's model, by its exact name or one of its dated snapshots. OpenAI's rules are those of its guide "Images and vision".
pub(crate) fn bound(provider_type: ProviderType, model_name: &str) -> u64 {
    match provider_type {
        ProviderType::Claude | ProviderType::Gemini => OTHERS,
        // Behind one of these any model may be of that name.
        ProviderType::OpenAiCompatible => LARGEST,
        ProviderType::OpenAi => of_openai(undated(model_name)),
    }
}

fn of_openai(model_name: &str) -> u64 {
    match model_name {
        "gpt-4o" | "gpt-4.1" => tiles(85, 170),
        "gpt-4o-mini" => tiles(2_833, 5_667),
        "gpt-5" | "gpt-5-chat-latest" => tiles(70, 140),
        "o1" | "o1-pro" | "o3" => tiles(75, 150),
        "gpt-4.1-mini" | "gpt-5-mini" => patches(PATCHES, 162),
        "gpt-4.1-nano" | "gpt-5-nano" => patches(PATCHES, 246),
        "o4-mini" => patches(PATCHES, 172),
        "gpt-5.2" => patches(PATCHES, LARGEST_FACTOR),
        "gpt-5.4" | "gpt-5.4-mini" | "gpt-5.4-nano" => patches(MORE_PATCHES, LARGEST_FACTOR),
        _ => LARGEST,
    }
}

fn tiles(base: u64, tile: u64) -> u64 {
    base + TILES * tile
}

fn patches(most: u64, hundredths: u64) -> u64 {
    (most * hundredths).div_ceil(100)
}

/// A name without the day of a snapshot: `gpt-5-2025-08-07` is counted as `gpt-5`.
fn undated(model_name: &str) -> &str {
    let is_day = |day: &str| {
        let mut parts =
            day.split('-').map(|part| (part.len(), part.bytes().all(|byte| byte.is_ascii_digit())));
        parts.by_ref().take(3).eq([(4, true), (2, true), (2, true)]) && parts.next().is_none()
    };
    let split = model_name.len().checked_sub("-2025-08-07".len());
    let split = split.and_then(|at| Some((model_name.get(..at)?, model_name.get(at..)?)));
    match split.and_then(|(name, day)| Some((name, day.strip_prefix('-')?))) {
        Some((name, day)) if is_day(day) => name,
        _ => model_name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_bound_by_its_models_rule_and_by_the_largest_where_none_is_named() {
        let openai = |name| bound(ProviderType::OpenAi, name);
        assert_eq!((openai("gpt-4o"), openai("gpt-4o-mini"), openai("gpt-5")), (1_445, 48_169, 1_190));
        assert_eq!((openai("gpt-5-mini"), openai("gpt-5-nano"), openai("o4-mini")), (2_489, 3_779, 2_642));
        assert_eq!((openai("gpt-5.4"), openai("gpt-7"), openai("")), (24_600, 50_000, 50_000));
        assert_eq!(bound(ProviderType::OpenAiCompatible, "gpt-4o"), 50_000);
        assert_eq!(bound(ProviderType::Claude, "claude-sonnet-4-5"), 5_000);
    }

    #[test]
    fn a_snapshot_is_its_model_and_another_model_of_a_like_name_is_not() {
        assert_eq!(bound(ProviderType::OpenAi, "gpt-5-2025-08-07"), 1_190);
        for other in
            ["gpt-5-turbo", "gpt-5-2025-08", "gpt-5-2025-08-07-ft", "gpt-5 2025-08-07", "gpt-5-2025-0é-07"]
        {
            assert_eq!(bound(ProviderType::OpenAi, other), 50_000, "{other}");
        }
    }
}
