//! The golden drawings as PNG in `target/charts`, to be looked at; the first with a read-out as well.

use std::{fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = root.join("../../target/charts");
    fs::create_dir_all(&out)?;
    for file in fs::read_dir(root.join("tests/golden/files"))? {
        let path = file?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        fs::write(out.join(format!("{name}.png")), charts::png(&fs::read_to_string(&path)?, 2.0)?)?;
    }
    Ok(())
}
