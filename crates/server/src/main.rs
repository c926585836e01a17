//! `signalbox-server`: the server's commands.
#![expect(clippy::print_stdout, reason = "what commands say is their result")]

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};
use server::{
    Options, Role, Seeded, Site,
    config::{Config, Overrides},
};
use tokio::signal::unix::{SignalKind, signal};

/// Signalbox without a window: the admin API of AI providers on an encrypted database.
#[derive(Parser)]
#[command(version, name = "signalbox-server")]
struct Arguments {
    /// The configuration file, TOML
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make data folder, root key and database, and print a one-time token for the first super_admin
    Init {
        /// The first super_admin's name
        #[arg(long, default_value = "admin")]
        admin: String,
    },
    /// Serve until SIGTERM or SIGINT
    Serve,
    /// Look at the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Users; the server must not run meanwhile
    #[command(subcommand)]
    User(UserCommand),
    /// The log of acts; the server must not run meanwhile
    #[command(subcommand)]
    Audit(AuditCommand),
    /// The gateway for applications; the server must not run meanwhile
    #[command(subcommand)]
    Gateway(GatewayCommand),
    /// Make configurations from GEMINI_API_KEY, OPENAI_API_KEY and ANTHROPIC_API_KEY; the server must not run meanwhile
    Seed,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Check file, environment and flags, and say what holds
    Check,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Make a user, or let one choose a new password: prints a one-time token
    Add {
        /// By which the user logs in
        name: String,
        /// What the user may do
        #[arg(long, value_enum, default_value_t = RoleName::SuperAdmin)]
        role: RoleName,
    },
    /// List users
    List,
    /// Remove a user
    Remove {
        /// By which the user logs in
        name: String,
    },
}

#[derive(Subcommand)]
enum GatewayCommand {
    /// Make the token that applications use as their API key, in place of the one before
    Token,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Verify every entry, every signature, and the end
    Verify,
}

#[derive(Clone, Copy, ValueEnum)]
enum RoleName {
    #[value(name = "super_admin")]
    SuperAdmin,
    #[value(name = "user")]
    User,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(code) => code,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "the reason of a failure")]
            {
                eprintln!("signalbox-server: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = Config::load(arguments.config.as_deref(), arguments.overrides)?;
    match arguments.command {
        Command::Init { admin } => init(&config, &admin).await?,
        Command::Serve => serve(&config).await?,
        Command::Config(ConfigCommand::Check) => check(&config),
        Command::User(command) => user(&config, command).await?,
        Command::Audit(AuditCommand::Verify) => return verify(&config).await,
        Command::Gateway(GatewayCommand::Token) => token(&config).await?,
        Command::Seed => return seed(&config).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn init(config: &Config, admin: &str) -> anyhow::Result<()> {
    let site = Site::make(config).await?;
    let made = server::invite(&site, admin, Role::SuperAdmin, &Options::default().now).await;
    site.close().await;
    let invited = made?;
    println!("data folder: {}", config.data_dir.display());
    println!(
        "root key: {} (without it the database never opens: keep a copy elsewhere)",
        config.root_key_file().display()
    );
    show(&invited);
    Ok(())
}

fn show(invited: &server::OneTimeToken) {
    println!("user: {}", invited.user_name);
    println!("one-time token, good for a day: {}", *invited.token);
    println!("POST it with the password of your choice to /api/v1/auth/take-up");
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    log(config)?;
    let site = Site::open(config).await?;
    let running = server::start(site, config, Options::default()).await?;
    println!("listening on http://{}", running.address());
    if let Some(gateway) = running.gateway() {
        println!("applications make calls at http://{gateway}");
    }
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("ending");
    running.stop().await;
    Ok(())
}

fn log(config: &Config) -> anyhow::Result<()> {
    let levels = tracing_subscriber::EnvFilter::try_new(&config.log).context("`log` is no list of levels")?;
    let writer = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(levels);
    writer.try_init().map_err(|_| anyhow::anyhow!("the log was started twice"))
}

fn check(config: &Config) {
    println!("data_dir = {:?}", config.data_dir);
    if let Some(url) = &config.database_url {
        println!("database_url: {url:?}");
    }
    println!("root_key = {:?}", config.root_key_file());
    println!("listen = \"{}\"", config.listen);
    println!("trusted_proxies = {:?}", config.trusted_proxies);
    println!("gateway_port = {:?}", config.gateway_port);
    println!("log = {:?}", config.log);
    for warning in config.warnings() {
        println!("note: {warning}");
    }
}

async fn user(config: &Config, command: UserCommand) -> anyhow::Result<()> {
    let site = Site::open(config).await?;
    let now = Options::default().now;
    let done = match command {
        UserCommand::Add { name, role } => {
            let role = match role {
                RoleName::SuperAdmin => Role::SuperAdmin,
                RoleName::User => Role::User,
            };
            server::invite(&site, &name, role, &now).await.map(|invited| show(&invited)).map_err(Into::into)
        }
        UserCommand::List => list(&site).await,
        UserCommand::Remove { name } => server::remove_user(&site, &name, &now).await.map_err(Into::into),
    };
    site.close().await;
    done
}

async fn token(config: &Config) -> anyhow::Result<()> {
    let site = Site::open(config).await?;
    let made = server::make_gateway_token(&site, &Options::default().now).await;
    site.close().await;
    println!("token, shown this once: {}", *made?);
    Ok(())
}

async fn list(site: &Site) -> anyhow::Result<()> {
    for user in site.store().users().await? {
        let state = if user.can_log_in { "" } else { "  (has not taken up the one-time token)" };
        println!("{:>4}  {:<12} {}{state}", user.number, user.role.as_str(), user.name);
    }
    Ok(())
}

async fn verify(config: &Config) -> anyhow::Result<ExitCode> {
    let site = Site::open(config).await?;
    let verified = site.store().verify_audit(Vec::new()).await;
    site.close().await;
    let verified = verified?;
    Ok(match verified.broken {
        None => {
            println!("{} entries, all as they were written", verified.entries);
            ExitCode::SUCCESS
        }
        Some(broken) => {
            println!("entry {} is not as it was written: {:?}", broken.entry, broken.kind);
            ExitCode::from(2)
        }
    })
}

async fn seed(config: &Config) -> anyhow::Result<ExitCode> {
    let site = Site::open(config).await?;
    let seeded = server::seed(site, Options::default(), |name| std::env::var(name).ok()).await;
    let seeded = seeded.map_err(anyhow::Error::msg)?;
    if seeded.is_empty() {
        bail!("none of GEMINI_API_KEY, OPENAI_API_KEY and ANTHROPIC_API_KEY is set");
    }
    let mut code = ExitCode::SUCCESS;
    for one in seeded {
        match one {
            Seeded::Made { name } => println!("made: {name}"),
            Seeded::There { name } => println!("there already: {name}"),
            Seeded::Refused { provider_type, why } => {
                println!("refused: {}: {why}", provider_type.label());
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
