//! `signalbox-server`: the server's commands.
#![expect(clippy::print_stdout, reason = "what commands say is their result")]

mod bundles;
mod imports;
mod kept_end;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};
use mimalloc::MiMalloc;
use model::{
    remote::{ApplicationToken, CreateToken, TokenState},
    statistics::{Difference, VerifyReport},
};
use server::{
    Answer, Console, Options, Question, Role, Seeded, Site,
    config::{Config, Flags},
};
use tokio::signal::unix::{SignalKind, signal};

/// What one thread takes is freed on another with every call, for which the system's allocator has locks (decision 60).
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Signalbox without a window: the admin API of AI providers on an encrypted database.
#[derive(Parser)]
#[command(version, name = "signalbox-server")]
struct Arguments {
    /// The configuration file, TOML
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
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
    /// Users, also while the server runs
    #[command(subcommand)]
    User(UserCommand),
    /// The log of acts, also while the server runs
    #[command(subcommand)]
    Audit(AuditCommand),
    /// The usage log's sums, also while the server runs
    #[command(subcommand)]
    Usage(UsageCommand),
    /// Write who this server is to those who make bundles for it; a server on its embedded database must not run meanwhile
    Identity(bundles::IdentityArguments),
    /// What the desktop signed for this server; one on its embedded database must not run meanwhile
    #[command(subcommand)]
    Bundle(bundles::BundleCommand),
    /// Tokens by which applications make calls, also while the server runs: one that is revoked is refused at once
    #[command(subcommand)]
    Token(TokenCommand),
    /// Back up the database into a folder; the server must not run meanwhile, and makes backups itself where `backup_dir` is set
    Backup {
        /// Where it is laid, under a name of its own
        folder: PathBuf,
    },
    /// Put a backup in the place of the database, which is kept beside it; the server must not run meanwhile
    Restore {
        /// The backup's file
        file: PathBuf,
    },
    /// Import the specification's existing tables; a server on its embedded database must not run meanwhile
    Import(imports::ImportArguments),
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
    /// Make ten recovery codes for a user's second factor, and print them this once; those of before are void
    RecoveryCodes {
        /// By which the user logs in
        name: String,
    },
    /// Remove a user
    Remove {
        /// By which the user logs in
        name: String,
    },
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make a token, and print it this once
    #[command(visible_alias = "add")]
    Create(TokenScope),
    /// List all tokens that were ever made
    List,
    /// End a token
    Revoke {
        /// Its number
        number: i64,
    },
}

#[derive(clap::Args)]
struct TokenScope {
    /// The application's name, which stands in the usage log
    name: String,
    /// Tasks that it may ask for, with commas; every one when missing, none when empty
    #[arg(long)]
    tasks: Option<String>,
    /// Models and configurations that it may ask for by name, with commas; every one when missing, none when empty
    #[arg(long)]
    models: Option<String>,
    /// Tokens a day
    #[arg(long)]
    daily_tokens: Option<u64>,
    /// Tokens a month
    #[arg(long)]
    monthly_tokens: Option<u64>,
    /// Requests a minute
    #[arg(long)]
    requests_per_minute: Option<u32>,
    /// Days until it is void, 1 to 366
    #[arg(long, default_value_t = 90)]
    days: u32,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Verify every entry, every signature, and the end
    Verify {
        /// A file elsewhere, made at the first time, where the end is kept: the log has to come through the one before
        #[arg(long)]
        kept: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Subcommand)]
enum UsageCommand {
    /// Compare every sum with the calls that it is of, to the last unit
    Verify,
    /// Make every sum anew from the calls
    Rebuild,
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
    let config = Config::load(arguments.config.as_deref(), &arguments.flags)?;
    match arguments.command {
        Command::Init { admin } => init(&config, &admin).await?,
        Command::Serve => serve(&config, None).await?,
        Command::Identity(asked) => bundles::identity(&config, asked).await?,
        Command::Bundle(bundles::BundleCommand::Watch { folder }) => serve(&config, Some(folder)).await?,
        Command::Bundle(command) => bundles::run(&config, command).await?,
        Command::Config(ConfigCommand::Check) => check(&config),
        Command::User(command) => user(&config, command).await?,
        Command::Audit(AuditCommand::Verify { kept }) => return kept_end::verify(&config, kept).await,
        Command::Usage(command) => return usage(&config, command).await,
        Command::Backup { folder } => backup(&config, &folder).await?,
        Command::Restore { file } => {
            let now = (Options::default().now)();
            let restored = server::restore(&config, &file, now).await?;
            println!(
                "restored, with {} entries in the log of acts: {}",
                restored.revision,
                restored.file.display()
            );
        }
        Command::Token(command) => token(&config, command).await?,
        Command::Import(asked) => return imports::run(&config, asked).await,
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
    show(&invited.user_name, &invited.token);
    Ok(())
}

fn show(user_name: &str, token: &str) {
    println!("user: {user_name}");
    println!("one-time token, good for a day: {token}");
    println!("POST it with the password of your choice to /api/v1/auth/take-up");
}

/// A shell allows 1,024 open files as a rule, and a streaming client takes two: its own and its vendor's.
fn raise_open_files(connections: usize) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the number of open files cannot be raised");
        }
        let wanted = 2 * u64::try_from(connections).unwrap_or(u64::MAX / 2);
        if let Some(open) = limit.maximum.filter(|most| *most < wanted) {
            tracing::info!(open, wanted, "the system allows fewer open files than max_connections may need");
        }
    }
}

/// Tells whoever started the server. It goes on whether or not anybody reads that to its end.
fn say(line: &str) {
    use std::io::Write as _;
    if let Err(error) = writeln!(std::io::stdout(), "{line}") {
        tracing::debug!(%error, "nobody reads what is printed");
    }
}

async fn serve(config: &Config, bundles: Option<PathBuf>) -> anyhow::Result<()> {
    log(config)?;
    raise_open_files(config.max_connections);
    // Before anybody is told that it serves: whoever ends it then ends it in order.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let mut reload = signal(SignalKind::hangup())?;
    let site = Site::open(config).await?;
    let running = server::start(site, config, Options::default()).await?;
    let scheme = running.scheme();
    match running.address() {
        Some(address) => say(&format!("listening on {scheme}://{address}")),
        None => say("the admin API is off"),
    }
    if let Some(folder) = bundles {
        running.watch(folder);
    }
    if let Some(gateway) = running.gateway() {
        say(&format!("applications make calls at {scheme}://{gateway}"));
    }
    if let Some(metrics) = running.metrics() {
        say(&format!("figures are at http://{metrics}/metrics"));
    }
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = reload.recv() => running.reload_certificates(),
        }
    }
    tracing::info!("ending; a second signal stops the calls that are under way");
    let hurry = running.hurry();
    let mut stopping = std::pin::pin!(running.stop());
    loop {
        tokio::select! {
            () = stopping.as_mut() => return Ok(()),
            _ = terminate.recv() => hurry.now(),
            _ = interrupt.recv() => hurry.now(),
        }
    }
}

fn log(config: &Config) -> anyhow::Result<()> {
    let levels = tracing_subscriber::EnvFilter::try_new(&config.log).context("`log` is no list of levels")?;
    let writer = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(levels);
    writer.try_init().map_err(|_| anyhow::anyhow!("the log was started twice"))
}

fn check(config: &Config) {
    for line in config.lines() {
        println!("{line}");
    }
    for warning in config.warnings() {
        println!("note: {warning}");
    }
}

/// Has something done by the server that runs, or here where none does.
async fn ask(config: &Config, question: Question) -> anyhow::Result<Answer> {
    let console = Console::open(config).await?;
    let answer = console.ask(question, &Options::default().now).await;
    console.close().await;
    Ok(answer?)
}

async fn user(config: &Config, command: UserCommand) -> anyhow::Result<()> {
    let question = match command {
        UserCommand::Add { name, role } => {
            let role = match role {
                RoleName::SuperAdmin => Role::SuperAdmin,
                RoleName::User => Role::User,
            };
            Question::Invite { name, role: role.as_str().to_owned() }
        }
        UserCommand::List => Question::Users,
        UserCommand::RecoveryCodes { name } => Question::MakeRecoveryCodes { name },
        UserCommand::Remove { name } => Question::RemoveUser { name },
    };
    match ask(config, question).await? {
        Answer::Invited { user_name, token } => show(&user_name, &token),
        Answer::RecoveryCodes { codes } => {
            println!("recovery codes, shown this once; each is good once in place of the app's code:");
            codes.iter().for_each(|code| println!("  {code}"));
        }
        Answer::Users { users } => users.iter().for_each(|user| {
            let state = if user.can_log_in { "" } else { "  (has not taken up the one-time token)" };
            println!("{:>4}  {:<12} {}{state}", user.number, user.role, user.name);
        }),
        _ => {}
    }
    Ok(())
}

async fn token(config: &Config, command: TokenCommand) -> anyhow::Result<()> {
    let question = match command {
        TokenCommand::Create(scope) => Question::MakeToken(scope.asked()),
        TokenCommand::List => Question::Tokens,
        TokenCommand::Revoke { number } => Question::RevokeToken { number },
    };
    match ask(config, question).await? {
        Answer::MadeToken(made) => {
            println!("{}", described(&made.made));
            println!("token, shown this once: {}", made.token.unwrap_or_default());
        }
        Answer::Tokens { tokens } => tokens.iter().for_each(|token| println!("{}", described(token))),
        Answer::Revoked(token) => println!("{}", described(&token)),
        _ => {}
    }
    Ok(())
}

async fn backup(config: &Config, folder: &std::path::Path) -> anyhow::Result<()> {
    let site = Site::open(config).await?;
    let made = server::back_up(&site, folder, (Options::default().now)()).await;
    site.close().await;
    let made = made?;
    println!("backup, read whole after it was written: {}", made.file.display());
    println!(
        "it opens with the root key alone, which is not in it: keep a copy of {}",
        config.root_key_file().display()
    );
    Ok(())
}

impl TokenScope {
    fn asked(self) -> CreateToken {
        let list = |names: Option<String>| {
            let split = |names: String| {
                names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
            };
            names.map(split)
        };
        CreateToken {
            name: self.name,
            tasks: list(self.tasks),
            models: list(self.models),
            daily_tokens: self.daily_tokens,
            monthly_tokens: self.monthly_tokens,
            requests_per_minute: self.requests_per_minute,
            expires_in_days: Some(self.days),
        }
    }
}

fn described(token: &ApplicationToken) -> String {
    let state = match token.state {
        TokenState::Good => "good",
        TokenState::Expired => "expired",
        TokenState::Revoked => "revoked",
    };
    let list = |names: &Option<Vec<String>>| match names {
        None => "all".to_owned(),
        Some(names) if names.is_empty() => "none".to_owned(),
        Some(names) => names.join(","),
    };
    format!(
        "{:>4}  {state:<8} until {}  …{}  {}  tasks: {}  models: {}",
        token.id,
        token.expires_at,
        token.last_four,
        token.name,
        list(&token.tasks),
        list(&token.models)
    )
}

async fn usage(config: &Config, command: UsageCommand) -> anyhow::Result<ExitCode> {
    let question = match command {
        UsageCommand::Verify => Question::VerifyUsage,
        UsageCommand::Rebuild => Question::RebuildUsage,
    };
    Ok(match ask(config, question).await? {
        Answer::VerifiedUsage(VerifyReport { rows, cells, first_difference: None }) => {
            println!("{rows} calls, {cells} sums, all as the calls add up");
            ExitCode::SUCCESS
        }
        Answer::VerifiedUsage(VerifyReport { first_difference: Some(first), .. }) => {
            println!("{}", differs(&first));
            ExitCode::from(2)
        }
        Answer::RebuiltUsage(made) => {
            println!("{} calls, {} sums made anew", made.rows, made.cells);
            ExitCode::SUCCESS
        }
        _ => bail!("the running server is of another version"),
    })
}

fn differs(first: &Difference) -> String {
    let of = if first.of_a_day { "the day" } else { "the quarter of an hour" };
    let at = jiff::Timestamp::from_millisecond(first.at.0).unwrap_or_default();
    format!(
        "the first that differs is {of} from {at} on, configuration {}, task {:?}, user {}, {}: {} are {} by the calls and {} by the sum; \
         `usage rebuild` makes all of them anew",
        first.provider_config_id,
        first.task,
        first.user.as_deref().map_or_else(|| "any".to_owned(), |user| format!("{user:?}")),
        first.status,
        first.sum,
        first.rows_say,
        first.sums_say
    )
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
