//! The page's entry point. Everything is in the library, so that the part without a DOM is tested natively.

fn main() {
    #[cfg(target_arch = "wasm32")]
    ui::start();
}
