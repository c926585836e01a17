//! Flags of the program, one for each setting.

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};

use super::settings::SETTINGS;

/// What stands over file and environment: settings by their names.
#[derive(Clone, Debug, Default)]
pub struct Flags(pub Vec<(&'static str, String)>);

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = SETTINGS.iter().filter_map(|setting| {
            let value = matches.try_get_one::<String>(setting.name).ok().flatten()?;
            Some((setting.name, value.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        SETTINGS.iter().fold(command, |command, setting| {
            let Some(flag) = setting.flag else { return command };
            let long = flag.trim_start_matches('-');
            let help = format!("{} [file: {}] [env: {}]", setting.help, setting.name, setting.variable());
            command.arg(Arg::new(setting.name).long(long).global(true).value_name(setting.value).help(help))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
