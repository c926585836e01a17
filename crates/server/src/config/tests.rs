//! What is refused, and with which words.

use super::*;

fn file(text: &str) -> Draft {
    let mut draft = Draft::default();
    file::parse(&mut draft, Path::new("server.toml"), text);
    draft
}

fn faults(draft: Draft) -> Vec<String> {
    draft.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_fault_of_a_file_is_told_with_its_line_and_what_to_do() {
    let text = "log = \"info\"\nlistn = \"127.0.0.1:1\"\n\nlisten = 8640\nmax_connections = 0\ntrusted_proxies = [\"a\"]\n";
    assert_eq!(
        faults(file(text)),
        [
            "server.toml:2: `listn` is no setting of this server. Remove it; or did you mean `listen`?",
            "server.toml:4: `listen` is no text. Write it in quotation marks.",
            "server.toml:5: `max_connections` is no number that will do. Write 1 to 1000000.",
            "server.toml:6: `trusted_proxies` holds what is no address. Write addresses without ports, such as \"10.0.0.2\".",
        ]
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let told = faults(file("log = \"info\"\nlisten = 127.0.0.1\n"));
    assert!(told[0].starts_with("server.toml:2: this is no TOML: "), "{told:?}");
}

#[test]
fn a_secret_in_the_place_of_a_name_is_not_repeated() {
    let told = faults(file("\"sk-CANARY-1\" = 1\n"));
    assert_eq!(told.len(), 1);
    assert!(!told[0].contains("CANARY"), "{told:?}");
}

#[test]
fn an_unknown_variable_is_refused_with_the_nearest() {
    let mut draft = Draft::default();
    let pair = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
    let variables = [
        pair("SIGNALBOX_SERVER_LISTN", "x"),
        pair("SIGNALBOX_LOG", "x"),
        pair("SIGNALBOX_SERVER_CONFIG", "x"),
    ];
    draft.read_environment(variables.into_iter());
    let told = faults(draft);
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("did you mean `SIGNALBOX_SERVER_LISTEN`?"), "{told:?}");
}

#[test]
fn what_stands_over_the_file_wins() {
    let mut draft = file("log = \"debug\"\ndata_dir = \"/srv/a\"\nmax_connections = 5");
    let over = ("SIGNALBOX_SERVER_DATA_DIR".to_owned(), Some("/srv/b".to_owned()));
    draft.read_environment([over].into_iter());
    let config = &draft.config;
    assert_eq!((config.log.as_str(), config.max_connections), ("debug", 5));
    assert_eq!(config.data_dir, PathBuf::from("/srv/b"));
}

#[test]
fn a_server_that_everyone_can_listen_to_needs_tls_or_a_proxy() {
    for open in ["listen = \"0.0.0.0:8640\"", "gateway = \"0.0.0.0:8641\""] {
        let mut draft = file(open);
        draft.check();
        assert!(faults(draft)[0].starts_with("server.toml:1: listening on 0.0.0.0"), "{open}");
        let mut behind = file(&format!("{open}\ntrusted_proxies = [\"10.0.0.1\"]"));
        behind.check();
        assert_eq!(faults(behind), Vec::<String>::new());
    }
}

#[test]
fn the_admin_api_can_be_off_and_then_the_gateway_is_elsewhere_or_nowhere() {
    let mut same = file("listen = \"off\"");
    same.check();
    assert_eq!(
        faults(same),
        [
            "default of `gateway`: `gateway` is where `listen` is, and `listen` is off. Give `gateway` an address of its own, such as \"127.0.0.1:8641\", or write \"off\" there, too."
        ]
    );
    for gateway in ["127.0.0.1:8641", "off"] {
        let mut draft = file(&format!("listen = \"off\"\ngateway = \"{gateway}\""));
        draft.check();
        assert_eq!(draft.config.listen, None);
        assert_eq!(faults(draft), Vec::<String>::new());
    }
    // Whoever may listen to the gateway is judged all the same.
    let mut open = file("listen = \"off\"\ngateway = \"0.0.0.0:8641\"");
    open.check();
    assert!(faults(open)[0].contains("listening on 0.0.0.0:8641 without TLS"));
}

#[test]
fn what_config_check_prints_is_a_file_again() {
    let text = "listen = \"127.0.0.1:1\"\ngateway = \"off\"\ntrusted_proxies = [\"10.0.0.1\", \"::1\"]\nlog = \"warn\"";
    let first = file(text).config;
    let lines: Vec<_> = first.lines().into_iter().filter(|line| !line.ends_with(" off")).collect();
    let again = file(&lines.join("\n"));
    assert_eq!(faults(file(&lines.join("\n"))), Vec::<String>::new());
    assert_eq!(again.config.lines(), first.lines());
}

#[test]
fn the_database_has_its_usual_variable_and_its_password_is_not_shown() {
    let variable = |name: &str, value: &str| [(name.to_owned(), Some(value.to_owned()))].into_iter();
    let mut draft = file("database_url = \"postgres://a:CANARY-1@one.example/a\"");
    draft.read_environment(variable("DATABASE_URL", "postgres://b:CANARY-2@two.example/b"));
    let shown = draft.config.lines().join("\n");
    assert!(shown.contains("two.example") && !shown.contains("CANARY"), "{shown}");
    assert!(!format!("{:?}", draft.config).contains("CANARY"));
    draft.read_environment(variable("DATABASE_URL", " "));
    assert_eq!(draft.config.database_url, None, "an empty one is none");
    let mut ours = Draft::default();
    ours.read_environment(variable("SIGNALBOX_SERVER_DATABASE_URL", "postgres://b:CANARY-2@two.example/b"));
    let told = faults(ours);
    assert!(told[0].ends_with("did you mean `DATABASE_URL`?") && !told[0].contains("CANARY"), "{told:?}");
}

#[test]
fn backups_by_the_day_are_of_the_embedded_database_alone() {
    let mut draft = file("database_url = \"postgres://localhost/a\"\n\nbackup_dir = \"/srv/backups\"");
    draft.check();
    let told = faults(draft);
    assert!(told[0].starts_with("server.toml:3: ") && told[0].contains("pg_dump"), "{told:?}");
}

#[test]
fn limits_are_counted_by_utc_unless_a_zone_that_there_is_is_named() {
    assert_eq!(Config::default().limits_zone, "UTC");
    assert_eq!(file("limits_zone = \"Europe/Zurich\"").config.limits_zone, "Europe/Zurich");
    for wrong in ["\"Mars/Olympus\"", "\"\"", "5"] {
        let told = faults(file(&format!("limits_zone = {wrong}")));
        assert!(told[0].starts_with("server.toml:1: `limits_zone` is"), "{told:?}");
    }
}
