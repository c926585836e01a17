//! Moving a node within its chain, by pointer or by keyboard: lift, move, drop, put back, and what is said of it.

use std::rc::Rc;

use model::{
    TaskName,
    routing::{ChainMember, TaskRoute},
};

use super::{Edit, Routing};
use crate::t;

/// The node that is being moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Lifted {
    /// Whose chain.
    pub task: TaskName,
    /// Its place now, from 0.
    pub at: usize,
    /// The chain before.
    before: Vec<ChainMember>,
}

impl Routing {
    /// The place of the lifted node of a task.
    pub fn lifted_in(&self, task: &TaskName) -> Option<usize> {
        self.lifted.as_ref().filter(|lifted| lifted.task == *task).map(|lifted| lifted.at)
    }

    pub(super) fn carry(&mut self, edit: Edit) {
        match edit {
            Edit::Lift(task, at) => self.lift(task, at),
            Edit::Move(to) => self.move_to(to),
            Edit::Drop => {
                if let Some((name, place, count)) = self.place() {
                    self.said = t!("node-dropped", name = name, place = place, count = count);
                }
                self.lifted = None;
            }
            Edit::PutBack => self.put_back(),
            _ => {}
        }
    }

    fn lift(&mut self, task: TaskName, at: usize) {
        let Some(before) = self.route(&task).map(|route| route.chain.clone()) else { return };
        if at >= before.len() {
            return;
        }
        self.lifted = Some(Lifted { task, at, before });
        if let Some((name, place, count)) = self.place() {
            self.said = t!("node-lifted", name = name, place = place, count = count);
        }
    }

    fn move_to(&mut self, to: usize) {
        let Some(lifted) = self.lifted.clone() else { return };
        let Some(route) = self.lifted_route() else { return };
        let to = to.min(route.chain.len().saturating_sub(1));
        if to == lifted.at || lifted.at >= route.chain.len() {
            return;
        }
        let member = route.chain.remove(lifted.at);
        route.chain.insert(to, member);
        self.lifted = Some(Lifted { at: to, ..lifted });
        if let Some((name, place, count)) = self.place() {
            self.said = t!("node-moved", name = name, place = place, count = count);
        }
    }

    fn put_back(&mut self) {
        let Some(lifted) = self.lifted.clone() else { return };
        let name = self.place().map(|(name, ..)| name).unwrap_or_default();
        if let Some(route) = self.lifted_route() {
            route.chain = lifted.before;
        }
        self.said = t!("node-back", name = name);
        self.lifted = None;
    }

    fn lifted_route(&mut self) -> Option<&mut TaskRoute> {
        let task = self.lifted.as_ref()?.task.clone();
        Rc::make_mut(&mut self.routes).iter_mut().find(|route| route.task == task)
    }

    /// The lifted node's name, its place from 1, and how many there are.
    fn place(&self) -> Option<(String, usize, usize)> {
        let lifted = self.lifted.as_ref()?;
        let chain = &self.route(&lifted.task)?.chain;
        Some((self.name(chain.get(lifted.at)?.provider), lifted.at + 1, chain.len()))
    }
}

/// Which of some nodes a pointer is nearest to, by their centres.
pub fn nearest(centres: &[(f64, f64)], x: f64, y: f64) -> Option<usize> {
    let distance = |&(to_x, to_y): &(f64, f64)| (to_x - x).powi(2) + (to_y - y).powi(2);
    let places = centres.iter().map(distance).enumerate();
    places.min_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{after, chain, id, task},
        *,
    };

    fn lift() -> Edit {
        Edit::Lift(task("extraction"), 1)
    }

    #[test]
    fn a_lifted_node_moves_stops_at_the_ends_and_stays_where_it_is_dropped() {
        let mut routing = after([lift(), Edit::Move(0)]);
        assert_eq!(chain(&routing, "extraction"), [id(2), id(1), id(3)]);
        assert_eq!(routing.lifted_in(&task("extraction")), Some(0));
        assert!(routing.said.contains("1 of 3"), "{}", routing.said);
        routing.apply(Edit::Move(99));
        routing.apply(Edit::Drop);
        assert_eq!(chain(&routing, "extraction"), [id(1), id(3), id(2)]);
        assert_eq!((routing.lifted_in(&task("extraction")), routing.changed().len()), (None, 1));
    }

    #[test]
    fn a_node_that_is_put_back_leaves_nothing_to_save() {
        let routing = after([lift(), Edit::Move(0), Edit::PutBack]);
        assert_eq!(chain(&routing, "extraction"), [id(1), id(2), id(3)]);
        assert!(routing.changed().is_empty());
    }

    #[test]
    fn nothing_moves_without_being_lifted() {
        let routing = after([Edit::Move(0), Edit::Drop, Edit::Lift(task("extraction"), 7), Edit::Move(0)]);
        assert!(routing.changed().is_empty());
        assert_eq!(routing.said, "");
    }

    #[test]
    fn the_pointer_takes_the_nearest_place_across_lines() {
        let centres = [(100.0, 20.0), (300.0, 20.0), (100.0, 80.0)];
        assert_eq!(nearest(&centres, 210.0, 20.0), Some(1));
        assert_eq!(nearest(&centres, 180.0, 75.0), Some(2));
        assert_eq!(nearest(&[], 1.0, 1.0), None);
    }
}
