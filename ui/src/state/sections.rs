//! Which section of a long page is being read.

use std::ops::Range;

/// The place of the section at the line of reading, which goes from the top of the view to its end as the page is scrolled
/// from its beginning (0) to its end (1): so each section has its turn, also those that never reach the top. `tops` are in
/// the coordinates of the view, in order.
pub fn read_at(tops: &[f64], view: &Range<f64>, scrolled: f64) -> usize {
    let line = view.start + scrolled.clamp(0.0, 1.0) * (view.end - view.start);
    tops.iter().filter(|top| **top <= line).count().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of ten sections of 300 each in a view of 600 that begins at 50, scrolled so far.
    fn read(scrolled: f64) -> usize {
        let above = scrolled * (10.0 * 300.0 - 600.0);
        let tops: Vec<f64> = (0..10).map(|place| 50.0 + 300.0 * f64::from(place) - above).collect();
        read_at(&tops, &(50.0..650.0), scrolled)
    }

    #[test]
    fn the_first_is_read_at_the_beginning_and_the_last_at_the_end() {
        assert_eq!([read(0.0), read(1.0)], [0, 9]);
    }

    #[test]
    fn every_section_has_its_turn_in_order() {
        let mut turns: Vec<usize> = (0..=100).map(|percent| read(f64::from(percent) / 100.0)).collect();
        assert!(turns.is_sorted());
        turns.dedup();
        assert_eq!(turns, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_without_sections_has_a_first_one() {
        assert_eq!(read_at(&[], &(0.0..100.0), 0.5), 0);
    }
}
