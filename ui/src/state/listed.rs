//! One provider of a list, by reference: a row that is drawn again copies nothing.

use std::{ops::Deref, rc::Rc};

use model::{ProviderView, provider::ProviderList};

/// A place in a shared list. Equal to another when the providers there are, whatever became of the lists.
#[derive(Clone, Debug)]
pub struct Listed {
    list: Rc<ProviderList>,
    place: usize,
}

impl Listed {
    /// The provider at a place, if there is one.
    pub fn at(list: &Rc<ProviderList>, place: usize) -> Option<Self> {
        (place < list.providers.len()).then(|| Self { list: Rc::clone(list), place })
    }
}

impl Deref for Listed {
    type Target = ProviderView;

    fn deref(&self) -> &ProviderView {
        &self.list.providers[self.place]
    }
}

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.list, &other.list) && self.place == other.place;
        same || **self == **other
    }
}

#[cfg(test)]
mod tests {
    use model::ProviderType;

    use super::{super::list::tests as sample, *};

    fn list(names: &[&str]) -> Rc<ProviderList> {
        let one = |name: &&str| sample::provider(1, name, ProviderType::OpenAi);
        Rc::new(sample::list(names.iter().map(one).collect()))
    }

    #[test]
    fn a_row_is_the_same_after_reading_a_list_in_which_it_moved_but_did_not_change() {
        let (before, after) = (list(&["A", "B"]), list(&["B"]));
        assert_eq!(Listed::at(&before, 1), Listed::at(&after, 0));
        assert_ne!(Listed::at(&before, 0), Listed::at(&after, 0));
    }

    #[test]
    fn there_is_nothing_beyond_the_end() {
        assert_eq!(Listed::at(&list(&["A"]), 1), None);
    }
}
