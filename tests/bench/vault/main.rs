//! `cargo xtask bench vault`: what the vault costs. Each part measures its own and notes its figures; a part is a file beside this
//! one. It measures and judges nothing, but an answer that is not right ends it.

mod audit;

use figures::Figures;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut figures = Figures::default();
    audit::measure(&mut figures).await?;
    figures.publish("vault")
}
