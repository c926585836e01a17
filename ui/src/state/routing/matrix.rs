//! What the members of a route can do, beside what the task needs.

use model::{
    TaskName,
    routing::{Capability, Known, RouteMember, RouteMode, TaskRoute},
};

use super::{Routing, words};
use crate::{t, texts::name};

/// More rows would not be read; in an automatic choice every active configuration is a member.
const MOST_ROWS: usize = 24;

/// One field of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// It can.
    Yes,
    /// It cannot, and need not.
    No,
    /// It cannot, and the task needs it.
    Missing,
    /// Nobody said.
    Unknown,
}

/// One member.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Who.
    pub member: RouteMember,
    /// In the order of [`Capability::ALL`].
    pub cells: [Cell; 5],
    /// What is needed and missing.
    pub lacks: Vec<Capability>,
    /// Whether it can be taken out of the chain.
    pub removable: bool,
}

/// The matrix of a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Its members in the order of trying.
    pub rows: Vec<Row>,
    /// How many there are, of which the rows are the first.
    pub members: usize,
}

impl Routing {
    /// The matrix of a task.
    pub fn matrix(&self, task: &TaskName) -> Matrix {
        let Some(route) = self.route(task) else { return Matrix::default() };
        let members: Vec<&RouteMember> = match route.mode {
            RouteMode::Auto => self.view.members.iter().filter(|member| member.is_active).collect(),
            RouteMode::Chain | RouteMode::Split => {
                route.chain.iter().filter_map(|one| self.member(one.provider)).collect()
            }
        };
        let rows = members.iter().take(MOST_ROWS).map(|member| row(member, route)).collect();
        Matrix { rows, members: members.len() }
    }
}

impl Matrix {
    /// Fields that are needed and missing.
    pub fn gaps(&self) -> usize {
        self.rows.iter().map(|row| row.lacks.len()).sum()
    }
}

fn row(member: &RouteMember, route: &TaskRoute) -> Row {
    let cell =
        |capability| match (member.abilities.has(capability, &route.needs), route.needs.needs(capability)) {
            (Known::Yes, _) => Cell::Yes,
            (Known::No, true) => Cell::Missing,
            (Known::No, false) => Cell::No,
            (Known::Unknown, _) => Cell::Unknown,
        };
    Row {
        cells: Capability::ALL.map(cell),
        lacks: route.needs.lacking(&member.abilities),
        removable: route.mode != RouteMode::Auto,
        member: member.clone(),
    }
}

/// What follows from a member's gaps, full sentences.
pub fn gap_sentence(row: &Row) -> String {
    let lacks: Vec<String> = row.lacks.iter().map(|one| words::lack(*one)).collect();
    t!("gap-sentence", name = name(&row.member.display_name), lacks = words::joined(&lacks))
}

#[cfg(test)]
mod tests {
    use model::routing::{Abilities, Needs};

    use super::{
        super::{
            Edit,
            tests::{after, id, task, view},
        },
        *,
    };

    fn needing_pdf() -> Routing {
        let needs = Needs { pdf: true, context_tokens: Some(32_000), ..Needs::default() };
        let mut seen = view();
        seen.members[2].abilities = Abilities {
            context_window: Some(8_000),
            pdf: Known::No,
            vision: Known::No,
            ..Abilities::default()
        };
        seen.members[0].abilities =
            Abilities { context_window: Some(1_000_000), pdf: Known::Yes, ..Abilities::default() };
        after([Edit::Read(seen), Edit::Needs(task("extraction"), needs)])
    }

    #[test]
    fn only_what_is_needed_is_missing_and_unknown_stays_unknown() {
        let matrix = needing_pdf().matrix(&task("extraction"));
        assert_eq!(matrix.rows[0].cells[..2], [Cell::Yes, Cell::Yes]);
        assert_eq!(matrix.rows[1].cells, [Cell::Unknown; 5]);
        assert_eq!(matrix.rows[2].cells[..3], [Cell::Missing, Cell::Missing, Cell::No]);
        assert_eq!(matrix.gaps(), 2);
    }

    #[test]
    fn a_gap_is_said_in_words() {
        let sentence = gap_sentence(&needing_pdf().matrix(&task("extraction")).rows[2]);
        assert!(sentence.starts_with("Lab vLLM cannot hold the context or read PDF."), "{sentence}");
    }

    #[test]
    fn an_automatic_choice_looks_at_every_active_configuration() {
        let mut seen = view();
        seen.members[4].is_active = false;
        let routing = after([Edit::Read(seen), Edit::Mode(task("cover_letter"), RouteMode::Auto)]);
        let matrix = routing.matrix(&task("cover_letter"));
        assert_eq!(matrix.members, 4);
        assert!(matrix.rows.iter().all(|row| row.member.id != id(5) && !row.removable));
    }
}
