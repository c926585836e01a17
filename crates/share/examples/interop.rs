//! Seals and opens files for the checks with age's other programs (`tests/interop`): JSON or a file on standard input, a file or
//! JSON on standard output. For tests alone: a passphrase in the arguments is everybody's to read.

#![allow(clippy::print_stdout, reason = "a command line tool talks to the terminal")]

use std::io::{Read as _, Write as _, stdin, stdout};

use anyhow::{Context as _, bail};
use model::Secret;
use share::{Identity, Opener, Sealer};

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let ["identity"] = words[..] {
        let identity = Identity::make();
        println!("{} {}", identity.text().expose(), identity.recipient());
        return Ok(());
    }
    let mut input = Vec::new();
    stdin().read_to_end(&mut input)?;
    let output = match words[..] {
        ["seal", "passphrase", text] => {
            share::seal(&share::read(&input)?, &Sealer::Passphrase(&Secret::new(text), share::WORK))?
        }
        ["seal", "recipient", text] => {
            let recipient = text.parse().map_err(|_| anyhow::anyhow!("no recipient"))?;
            share::seal(&share::read(&input)?, &Sealer::Recipient(&recipient))?
        }
        ["open", "passphrase", text] => {
            share::write(&share::open(&input, &Opener::Passphrase(&Secret::new(text)))?).to_vec()
        }
        ["open", "identity", text] => {
            let identity = Identity::kept(&Secret::new(text)).context("no identity")?;
            share::write(&share::open(&input, &Opener::Identity(&identity))?).to_vec()
        }
        _ => bail!("interop identity | seal passphrase|recipient TEXT | open passphrase|identity TEXT"),
    };
    stdout().write_all(&output)?;
    Ok(())
}
