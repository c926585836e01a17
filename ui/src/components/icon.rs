//! Icons of the sprite in `index.html`, provider tiles and the mark. All are decoration: names stand beside them.

use model::ProviderType;
use yew::prelude::*;

/// An icon of 16 px.
pub fn icon(name: &str) -> Html {
    classed(name, "ic")
}

/// An icon of 14 px.
pub fn small_icon(name: &str) -> Html {
    classed(name, "ic s")
}

/// An icon with classes of its own.
pub fn classed(name: &str, class: &'static str) -> Html {
    html! {
        <svg class={class} aria-hidden="true"><use href={format!("#i-{name}")} /></svg>
    }
}

/// The suffix of a type's classes and icons.
pub fn kind(provider_type: ProviderType) -> &'static str {
    match provider_type {
        ProviderType::Gemini => "gemini",
        ProviderType::OpenAi => "openai",
        ProviderType::Claude => "claude",
        ProviderType::OpenAiCompatible => "compat",
    }
}

/// A type's glyph without a tile.
pub fn glyph(provider_type: ProviderType) -> Html {
    icon(&format!("g-{}", kind(provider_type)))
}

/// A type's glyph on its tile; `size` is `""`, `"s"` or `"l"`.
pub fn tile(provider_type: ProviderType, size: &'static str) -> Html {
    html! { <span class={classes!("tile", kind(provider_type), size)}>{ glyph(provider_type) }</span> }
}

/// The product's mark.
pub fn brand_mark() -> Html {
    html! {
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
            <rect class="bm-bg" width="24" height="24" rx="6" />
            <path class="bm-post" d="M8 4.500v15" />
            <path class="bm-arm" d="M8 8.500l9.500-3.200" />
            <circle class="bm-lamp" cx="13" cy="15" r="2.600" />
        </svg>
    }
}

/// Keys of a shortcut as key caps.
pub fn keys(keys: &[&'static str]) -> Html {
    if keys.is_empty() {
        return Html::default();
    }
    html! { <span class="kbds" aria-hidden="true">{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</span> }
}
