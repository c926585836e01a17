//! From what a caller asks for to the configurations that it can mean.

use model::{TaskName, routing::TaskRoute};

use crate::{
    order::{Ask, Refused, ServedModel},
    snapshot::Snapshot,
};

/// What precedes a task's name where a model's is expected.
const TASK: &str = "task:";
/// Names that are offered instead of an unknown one.
const NEAREST: usize = 3;
/// A name is near from this similarity on (Jaro-Winkler).
const NEAR: f64 = 0.75;
/// Longer names are not compared: it takes time that grows with the square of the length.
const LONGEST: usize = 200;

/// Whom a caller means.
pub(crate) enum Whom<'a> {
    /// Whoever a task's route says.
    Route(&'a TaskRoute),
    /// These configurations, in this order.
    Configs(Vec<usize>),
}

/// Finds them.
pub(crate) fn whom<'a>(snapshot: &'a Snapshot, ask: &Ask) -> Result<Whom<'a>, Refused> {
    match ask {
        Ask::Task(name) => of_task(snapshot, name.as_str()),
        Ask::Provider(id) => match snapshot.find(*id) {
            Some(at) => Ok(Whom::Configs(vec![at])),
            None => Err(Refused::UnknownModel { asked: id.to_string(), nearest: Vec::new() }),
        },
        Ask::Named(name) => match name.strip_prefix(TASK) {
            Some(task) => of_task(snapshot, task),
            None => named(snapshot, name),
        },
    }
}

/// Every name that can be asked for: models first, then configurations, then tasks. Each once.
pub(crate) fn models(snapshot: &Snapshot, first: impl Fn(&TaskRoute) -> Option<usize>) -> Vec<ServedModel> {
    let active = || (0..snapshot.configs.len()).filter(|at| snapshot.configs[*at].is_active());
    let served = |id: String, at: usize| {
        let config = &snapshot.configs[at];
        ServedModel {
            id,
            provider_type: config.provider_type(),
            display_name: config.display_name().to_owned(),
            provider: config.id(),
        }
    };
    let models = active().map(|at| served(snapshot.configs[at].model_name().to_owned(), at));
    let configs = active().map(|at| served(snapshot.configs[at].display_name().to_owned(), at));
    let tasks = snapshot.routes.iter().filter_map(|route| {
        let task = served(format!("{TASK}{}", route.task), first(route)?);
        Some(ServedModel { display_name: format!("Task {}", route.task), ..task })
    });
    let mut seen = std::collections::HashSet::new();
    models.chain(configs).chain(tasks).filter(|model| seen.insert(model.id.clone())).collect()
}

fn of_task<'a>(snapshot: &'a Snapshot, name: &str) -> Result<Whom<'a>, Refused> {
    let route = name.parse().ok().and_then(|name: TaskName| snapshot.route(&name));
    route.map(Whom::Route).ok_or_else(|| {
        let names = snapshot.routes.iter().map(|route| route.task.as_str());
        Refused::UnknownTask { asked: name.to_owned(), nearest: nearest(name, names) }
    })
}

/// A model by its exact name, else a configuration by its own, in which case does not matter.
fn named<'a>(snapshot: &'a Snapshot, name: &str) -> Result<Whom<'a>, Refused> {
    let all = || 0..snapshot.configs.len();
    let of_model: Vec<usize> = all().filter(|at| snapshot.configs[*at].model_name() == name).collect();
    if !of_model.is_empty() {
        return Ok(Whom::Configs(of_model));
    }
    let folded = name.to_lowercase();
    if let Some(at) = all().find(|at| snapshot.configs[*at].display_name().to_lowercase() == folded) {
        return Ok(Whom::Configs(vec![at]));
    }
    let active = snapshot.configs.iter().filter(|config| config.is_active());
    let names = active.flat_map(|config| [config.model_name(), config.display_name()]);
    Err(Refused::UnknownModel { asked: name.to_owned(), nearest: nearest(name, names) })
}

fn nearest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    if asked.len() > LONGEST {
        return Vec::new();
    }
    let asked = asked.to_lowercase();
    let mut near: Vec<(f64, &str)> = names
        .map(|name| (strsim::jaro_winkler(&asked, &name.to_lowercase()), name))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .collect();
    near.sort_by(|(one, name), (other, than)| other.total_cmp(one).then(name.cmp(than)));
    near.dedup_by(|one, other| one.1 == other.1);
    near.into_iter().take(NEAREST).map(|(_, name)| name.to_owned()).collect()
}
