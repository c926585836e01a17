//! What pages had when they were left. A person who comes back sees it at once, and the page reads it anew behind it. Pages alone
//! know what it is; it goes with the open vault.

use std::{any::Any, cell::RefCell, collections::HashMap, rc::Rc};

use crate::state::place::Place;

/// One thing of each page.
#[derive(Clone, Default)]
pub struct Shelf(Rc<RefCell<HashMap<Place, Rc<dyn Any>>>>);

impl Shelf {
    /// Keeps what a page has, in place of what it had.
    pub fn put<T: 'static>(&self, page: Place, what: Rc<T>) {
        self.0.borrow_mut().insert(page, what);
    }

    /// What a page had, if it is of this kind.
    pub fn get<T: 'static>(&self, page: Place) -> Option<Rc<T>> {
        let what = self.0.borrow().get(&page)?.clone();
        what.downcast().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_what_it_had_last_and_nothing_of_another_one() {
        let shelf = Shelf::default();
        assert_eq!(shelf.get::<u8>(Place::Usage), None);
        shelf.put(Place::Usage, Rc::new(1_u8));
        shelf.clone().put(Place::Usage, Rc::new(2_u8));
        assert_eq!(shelf.get::<u8>(Place::Usage).as_deref(), Some(&2));
        assert_eq!(shelf.get::<u8>(Place::Insights), None);
        assert_eq!(shelf.get::<u16>(Place::Usage), None);
    }
}
