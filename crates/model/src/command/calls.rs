//! Routes, health, the playground and the local gateway.

use crate::{
    CallRequest, ProviderId, TaskName,
    gateway::{GatewaySettings, PlaygroundTarget},
    routing::{SimulatedFailure, TaskRoute},
};

request! {
    /// Every task's route and what may stand in one.
    ViewRouting {}
}
request! {
    /// Save routes as a person arranged them; tasks that are not named stay as they are.
    SaveRoutes {
        /// [`RoutingView::revision`](crate::routing::RoutingView::revision) that the person saw.
        revision: i64,
        /// The new routes.
        routes: Vec<TaskRoute>,
    }
}
request! {
    /// Who would serve a call now, and why.
    ExplainRoute {
        /// The task.
        task: TaskName,
        /// What is asked, for its size and its needs; `None` asks for the task as such.
        request: Option<CallRequest>,
        /// Whose key a split sticks to.
        sticky: Option<String>,
    }
}
request! {
    /// What a failure of one configuration would do to each task. Nothing is sent anywhere.
    SimulateFailure {
        /// Which one fails.
        provider: ProviderId,
        /// How.
        failure: SimulatedFailure,
        /// Routes as they stand on the page, saved or not.
        routes: Vec<TaskRoute>,
    }
}
request! {
    /// How every configuration is.
    ViewHealth {}
}
request! {
    /// Probe every active configuration now, then answer as [`ViewHealth`].
    CheckHealth {}
}
request! {
    /// Ask a model from the playground. The answer grows by [`crate::vault::DeskEvent::AnswerGrew`].
    RunPrompt {
        /// A number by which the run is told from others and can be stopped by [`CancelTest`](super::CancelTest), chosen by the page.
        run: u64,
        /// Whom to ask.
        target: PlaygroundTarget,
        /// What.
        request: CallRequest,
    }
}
request! {
    /// The prompts that were kept.
    ListPrompts {}
}
request! {
    /// Keep a prompt, in place of the one of the same name.
    SavePrompt {
        /// What it is called.
        name: String,
        /// The task whose route it is tried against, if any.
        task: Option<TaskName>,
        /// What is asked.
        request: CallRequest,
    }
}
request! {
    /// Forget a prompt. Sensitive.
    DeletePrompt {
        /// Which one.
        id: i64,
    }
}
request! {
    /// The local gateway.
    ViewGateway {}
}
request! {
    /// Set the local gateway; it starts, stops or moves at once.
    SetGateway {
        /// As it shall be.
        settings: GatewaySettings,
    }
}
request! {
    /// Make a new client token; the old one ends at once.
    ReplaceGatewayToken {}
}
request! {
    /// The instructions of a task's endpoint.
    ViewTaskPrompt {
        /// The task.
        task: TaskName,
    }
}
request! {
    /// Give a task's endpoint instructions of its own, or the built-in ones again.
    SetTaskPrompt {
        /// The task.
        task: TaskName,
        /// Its instructions; `None` goes back to the built-in ones.
        prompt: Option<String>,
    }
}
