//! The routing page: routes as they were read and as they stand on the page, and every change of them. Deliberately
//! not here: whether a route may be saved, which is the desk's to say, and asking anything of it.

mod change;
pub mod drag;
pub mod matrix;
pub mod preview;
pub mod prompt;
pub mod words;

use std::rc::Rc;

use model::{
    Failure, ProviderId, TaskName, TaskRefusal,
    routing::{
        AutoBounds, CHAIN_LIMIT, ChainMember, Explanation, Needs, RouteMember, RouteMode, RoutingView,
        TaskRoute,
    },
};

use drag::Lifted;
use preview::Preview;
use prompt::Prompt;

/// What the page holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Routing {
    /// As it was read last.
    pub view: Rc<RoutingView>,
    /// The routes as they stand on the page.
    pub routes: Rc<Vec<TaskRoute>>,
    /// The node that is being moved.
    pub lifted: Option<Lifted>,
    /// What is said to those who listen.
    pub said: String,
    /// The task of the matrix.
    pub tab: Option<TaskName>,
    /// What is open below a chain.
    pub open: Option<(TaskName, Panel)>,
    /// Whether the routes are being saved.
    pub saving: bool,
    /// Why they were not.
    pub fault: Option<Failure>,
    /// A failure tried out on paper.
    pub preview: Preview,
    /// The tasks' instructions, as far as they were looked at.
    pub prompts: Vec<Prompt>,
}

/// What can be open below a chain.
#[derive(Clone, Debug, PartialEq)]
pub enum Panel {
    /// A field for one more member.
    Add,
    /// Mode, weights, bounds and needs.
    Settings,
    /// Why this provider; `None` until it is known.
    Explanation(Option<Rc<Explanation>>),
}

/// A change of the page.
#[derive(Clone, Debug)]
pub enum Edit {
    /// The routes were read; own changes stay on top.
    Read(RoutingView),
    /// The routes were read; own changes go.
    Replaced(RoutingView),
    /// The routes were read after a conflict; own changes stay on top and may be saved.
    Rebased(RoutingView),
    /// A node is lifted: of a task, at a place from 0.
    Lift(TaskName, usize),
    /// The lifted node goes to a place from 0.
    Move(usize),
    /// The lifted node stays where it is.
    Drop,
    /// The lifted node goes back.
    PutBack,
    /// One more member, at the end.
    Add(TaskName, ProviderId),
    /// One member less.
    Remove(TaskName, ProviderId),
    /// How the provider is chosen.
    Mode(TaskName, RouteMode),
    /// A member's share in a split.
    Weight(TaskName, ProviderId, u32),
    /// What an answer takes.
    Needs(TaskName, Needs),
    /// Bounds of the automatic choice.
    Bounds(TaskName, AutoBounds),
    /// All routes as they were read.
    Discard,
    /// They were sent.
    Saving,
    /// They were saved as sent, and read again.
    Saved(RoutingView, Vec<TaskRoute>),
    /// They were not saved.
    Refused(Failure),
    /// The matrix shows another task.
    Tab(TaskName),
    /// Something else is open below a chain, or nothing.
    Open(Option<(TaskName, Panel)>),
    /// The decision about a task is known.
    Explained(TaskName, Explanation),
    /// Something of the preview.
    Preview(preview::Edit),
    /// Something of a task's instructions.
    Prompt(TaskName, prompt::Edit),
}

impl Routing {
    /// What was read.
    pub fn new(view: RoutingView) -> Self {
        let preview = Preview::of(&view);
        Self {
            routes: Rc::new(view.routes.clone()),
            tab: view.routes.first().map(|route| route.task.clone()),
            view: Rc::new(view),
            lifted: None,
            said: String::new(),
            open: None,
            saving: false,
            fault: None,
            preview,
            prompts: Vec::new(),
        }
    }

    /// A task's route as it stands on the page.
    pub fn route(&self, task: &TaskName) -> Option<&TaskRoute> {
        self.routes.iter().find(|route| route.task == *task)
    }

    /// A configuration.
    pub fn member(&self, id: ProviderId) -> Option<&RouteMember> {
        self.view.members.iter().find(|member| member.id == id)
    }

    /// A configuration's name, or nothing where it is gone.
    pub fn name(&self, id: ProviderId) -> String {
        self.member(id).map(|member| crate::texts::name(&member.display_name)).unwrap_or_default()
    }

    /// The routes that differ from what was read.
    pub fn changed(&self) -> Vec<TaskRoute> {
        let saved = |route: &TaskRoute| self.view.routes.contains(route);
        self.routes.iter().filter(|route| !saved(route)).cloned().collect()
    }

    /// How the routes of these tasks were saved last.
    pub fn saved_of(&self, routes: &[TaskRoute]) -> Vec<TaskRoute> {
        let about = |saved: &&TaskRoute| routes.iter().any(|route| route.task == saved.task);
        self.view.routes.iter().filter(about).cloned().collect()
    }

    /// Why a task's route was refused.
    pub fn refusal(&self, task: &TaskName) -> Option<&TaskRefusal> {
        self.fault.as_ref()?.tasks.iter().find(|refusal| refusal.task == *task)
    }

    /// Who may still join a task's chain.
    pub fn addable(&self, task: &TaskName) -> Vec<RouteMember> {
        let Some(route) = self.route(task).filter(|route| route.chain.len() < CHAIN_LIMIT) else {
            return Vec::new();
        };
        let stands = |member: &&RouteMember| !route.chain.iter().any(|one| one.provider == member.id);
        self.view.members.iter().filter(stands).cloned().collect()
    }

    /// Changes the page.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Read(view) => self.read(view, None),
            Edit::Replaced(view) => {
                self.routes = Rc::new(self.view.routes.clone());
                self.fault = None;
                self.read(view, None);
            }
            Edit::Rebased(view) => {
                self.fault = None;
                self.read(view, None);
            }
            Edit::Saving => (self.saving, self.fault) = (true, None),
            Edit::Saved(view, sent) => {
                self.saving = false;
                self.read(view, Some(&sent));
            }
            Edit::Refused(failure) => (self.saving, self.fault) = (false, Some(failure)),
            Edit::Discard => {
                self.routes = Rc::new(self.view.routes.clone());
                (self.lifted, self.fault) = (None, None);
            }
            Edit::Tab(task) => self.tab = Some(task),
            Edit::Open(open) => self.open = open,
            Edit::Explained(task, explanation) => self.explained(&task, explanation),
            Edit::Preview(edit) => self.preview.apply(edit),
            Edit::Prompt(task, edit) => self.instruct(&task, edit),
            Edit::Lift(..) | Edit::Move(_) | Edit::Drop | Edit::PutBack => self.carry(edit),
            Edit::Add(..)
            | Edit::Remove(..)
            | Edit::Mode(..)
            | Edit::Weight(..)
            | Edit::Needs(..)
            | Edit::Bounds(..) => self.change(edit),
        }
    }

    /// A task's instructions, if they were looked at.
    pub fn prompt(&self, task: &TaskName) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.task() == task)
    }

    fn instruct(&mut self, task: &TaskName, edit: prompt::Edit) {
        match (self.prompts.iter_mut().find(|prompt| prompt.task() == task), edit) {
            (Some(prompt), edit) => prompt.apply(edit),
            (None, prompt::Edit::Seen(view)) => self.prompts.push(Prompt::new(view)),
            (None, _) => {}
        }
    }

    fn explained(&mut self, task: &TaskName, explanation: Explanation) {
        // The panel may have been closed while it was asked.
        if let Some((open, Panel::Explanation(shown))) = &mut self.open
            && open == task
        {
            *shown = Some(Rc::new(explanation));
        }
    }

    /// Takes what was read. A route that differs from `base`, which is what it was made from, is the person's own
    /// and stays, less the members that are gone.
    fn read(&mut self, view: RoutingView, base: Option<&[TaskRoute]>) {
        let known = |member: &ChainMember| view.members.iter().any(|one| one.id == member.provider);
        let routes = view.routes.iter().map(|fresh| {
            let was = base.into_iter().flatten().chain(&self.view.routes).find(|was| was.task == fresh.task);
            let own = self.route(&fresh.task).filter(|own| was.is_some_and(|was| was != *own));
            let Some(own) = own else { return fresh.clone() };
            let mut own = own.clone();
            own.chain.retain(known);
            own
        });
        let routes: Vec<TaskRoute> = routes.collect();
        let chain = |routes: &[TaskRoute], task: &TaskName| {
            routes.iter().find(|route| route.task == *task).map(|route| route.chain.clone())
        };
        self.lifted = self
            .lifted
            .take()
            .filter(|lifted| chain(&routes, &lifted.task) == chain(&self.routes, &lifted.task));
        self.tab = self.tab.take().filter(|tab| routes.iter().any(|route| route.task == *tab));
        self.tab = self.tab.take().or_else(|| routes.first().map(|route| route.task.clone()));
        self.preview.keep(&view);
        (self.routes, self.view) = (Rc::new(routes), Rc::new(view));
    }
}

/// Members whose name or model contains every word of a search.
pub fn found<'a>(members: &'a [RouteMember], search: &str) -> Vec<&'a RouteMember> {
    let words: Vec<String> = search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let matching = |member: &&RouteMember| {
        let text = format!("{} {}", member.display_name, member.model_name).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    members.iter().filter(matching).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use model::{
        FailureCode, PicoUsd, ProviderType,
        health::HealthState,
        routing::{Abilities, Rule},
    };

    use super::*;

    pub(crate) fn id(number: u8) -> ProviderId {
        format!("0192b000-0000-7000-8000-0000000000{number:02x}").parse().unwrap()
    }

    pub(crate) fn task(name: &str) -> TaskName {
        name.parse().unwrap()
    }

    fn member(number: u8, name: &str, provider_type: ProviderType) -> RouteMember {
        RouteMember {
            id: id(number),
            provider_type,
            display_name: name.into(),
            model_name: format!("model-{number}"),
            is_active: true,
            is_default: number == 1,
            abilities: Abilities::default(),
            health: HealthState::Up,
            p50_ms: Some(1_380),
            mean_cost: Some(PicoUsd(18_020_000_000)),
            quality: None,
        }
    }

    pub(crate) fn route(name: &str, chain: &[u8]) -> TaskRoute {
        TaskRoute {
            task: task(name),
            mode: RouteMode::Chain,
            chain: chain.iter().map(|&one| ChainMember { provider: id(one), weight: 0 }).collect(),
            needs: Needs::default(),
            bounds: AutoBounds::default(),
        }
    }

    pub(crate) fn view() -> RoutingView {
        RoutingView {
            revision: 1,
            routes: vec![route("extraction", &[1, 2, 3]), route("cover_letter", &[4, 5])],
            members: vec![
                member(1, "Gemini Production", ProviderType::Gemini),
                member(2, "OpenAI Mini", ProviderType::OpenAi),
                member(3, "Lab vLLM", ProviderType::OpenAiCompatible),
                member(4, "Claude Production", ProviderType::Claude),
                member(5, "Claude Haiku", ProviderType::Claude),
            ],
        }
    }

    pub(crate) fn after(edits: impl IntoIterator<Item = Edit>) -> Routing {
        let mut routing = Routing::new(view());
        edits.into_iter().for_each(|edit| routing.apply(edit));
        routing
    }

    pub(crate) fn chain(routing: &Routing, name: &str) -> Vec<ProviderId> {
        routing.route(&task(name)).unwrap().chain.iter().map(|member| member.provider).collect()
    }

    #[test]
    fn an_explanation_is_shown_where_it_was_asked_for_and_a_late_one_nowhere() {
        let asked = |name: &str| Edit::Open(Some((task(name), Panel::Explanation(None))));
        let told = |name: &str| {
            Edit::Explained(task(name), Explanation { rule: Some(Rule::Chain), candidates: Vec::new() })
        };
        let shown = |routing: &Routing| match &routing.open {
            Some((_, Panel::Explanation(shown))) => shown.as_ref().map(|shown| shown.rule),
            _ => None,
        };
        assert_eq!(shown(&after([asked("extraction"), told("extraction")])), Some(Some(Rule::Chain)));
        let closed = after([asked("extraction"), Edit::Open(None), told("extraction")]);
        assert!(closed.open.is_none());
        // Another task's panel was opened meanwhile.
        let other = after([asked("extraction"), asked("cover_letter"), told("extraction")]);
        assert_eq!(shown(&other), None);
        assert_eq!(
            shown(&after([Edit::Open(Some((task("extraction"), Panel::Settings))), told("extraction")])),
            None
        );
    }

    #[test]
    fn a_member_stands_once_in_a_chain_and_a_full_chain_takes_no_more() {
        let routing = after([]);
        let addable: Vec<ProviderId> =
            routing.addable(&task("extraction")).iter().map(|member| member.id).collect();
        assert_eq!(addable, [id(4), id(5)]);
        let full = after((0..CHAIN_LIMIT).map(|_| Edit::Add(task("extraction"), id(4))));
        assert!(full.addable(&task("extraction")).is_empty());
    }

    #[test]
    fn members_are_found_by_name_and_model() {
        let members = view().members;
        let names = |search| {
            found(&members, search).iter().map(|member| member.display_name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(names("claude hai"), ["Claude Haiku"]);
        assert_eq!(names("MODEL-3"), ["Lab vLLM"]);
        assert_eq!(names("").len(), members.len());
    }

    #[test]
    fn reading_again_keeps_own_changes_and_takes_the_rest() {
        let mut routing = after([Edit::Remove(task("extraction"), id(2))]);
        let mut fresh = view();
        fresh.revision = 2;
        fresh.routes = vec![route("extraction", &[3, 1]), route("cover_letter", &[5, 4])];
        routing.apply(Edit::Read(fresh.clone()));
        assert_eq!(chain(&routing, "extraction"), [id(1), id(3)]);
        assert_eq!(chain(&routing, "cover_letter"), [id(5), id(4)]);
        assert_eq!(routing.view.revision, 2);
        routing.apply(Edit::Replaced(fresh));
        assert_eq!(chain(&routing, "extraction"), [id(3), id(1)]);
        assert!(routing.changed().is_empty());
    }

    #[test]
    fn after_a_conflict_own_changes_can_be_put_on_top() {
        let conflict = Failure::new(FailureCode::Conflict, "the routes changed", "Reload them.");
        let mut routing = after([Edit::Remove(task("extraction"), id(2)), Edit::Refused(conflict)]);
        let mut fresh = view();
        (fresh.revision, fresh.routes[0]) = (2, route("extraction", &[3]));
        routing.apply(Edit::Rebased(fresh));
        assert_eq!((routing.fault.as_ref(), routing.view.revision), (None, 2));
        assert_eq!(routing.changed(), [route("extraction", &[1, 3])]);
    }

    #[test]
    fn a_deleted_configuration_leaves_own_changes_as_well() {
        let mut routing = after([Edit::Add(task("cover_letter"), id(2))]);
        let mut fresh = view();
        fresh.members.retain(|member| member.id != id(2));
        fresh.routes[0] = route("extraction", &[1, 3]);
        routing.apply(Edit::Read(fresh));
        assert_eq!(chain(&routing, "cover_letter"), [id(4), id(5)]);
        assert!(routing.changed().is_empty());
    }

    #[test]
    fn what_is_sent_is_taken_back_to_how_it_was_saved_and_nothing_else() {
        let routing = after([Edit::Remove(task("extraction"), id(2))]);
        assert_eq!(routing.saved_of(&routing.changed()), [route("extraction", &[1, 2, 3])]);
        assert_eq!(routing.saved_of(&[]), []);
    }

    #[test]
    fn what_is_changed_while_saving_stays_unsaved() {
        let mut routing = after([Edit::Remove(task("extraction"), id(2))]);
        let sent = routing.changed();
        routing.apply(Edit::Saving);
        routing.apply(Edit::Remove(task("extraction"), id(3)));
        let mut saved = view();
        saved.routes[0] = sent[0].clone();
        routing.apply(Edit::Saved(saved, sent));
        assert_eq!(chain(&routing, "extraction"), [id(1)]);
        assert_eq!((routing.changed().len(), routing.saving), (1, false));
    }
}
