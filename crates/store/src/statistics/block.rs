//! Cells that lie together: those of one piece of time whose dimensions have the block's number. Before each cell are
//! its dimension and its length, four bytes each, big-endian; cells are in the order of dimensions.

use super::cell::Cell;

/// The packed cells of a block, each with its dimension's number. `None` in place of one ends it: these are not the bytes
/// of a block.
pub(crate) struct Packed<'a>(&'a [u8]);

pub(crate) fn packed(bytes: &[u8]) -> Packed<'_> {
    Packed(bytes)
}

impl<'a> Iterator for Packed<'a> {
    type Item = Option<(i64, &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let taken = take(self.0);
        self.0 = taken.map_or(&[], |(_, rest)| rest);
        Some(taken.map(|(cell, _)| cell))
    }
}

type Taken<'a> = ((i64, &'a [u8]), &'a [u8]);

fn take(bytes: &[u8]) -> Option<Taken<'_>> {
    let (dimension, rest) = bytes.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (cell, rest) = rest.split_at_checked(length)?;
    Some(((u32::from_be_bytes(*dimension).into(), cell), rest))
}

/// A block with more added to its cells, in the order of dimensions. Those that nothing is added to are copied as they are.
/// `None` when these are not the bytes of a block.
pub(crate) fn add<'a>(bytes: &[u8], more: impl Iterator<Item = (i64, &'a Cell)>) -> Option<Vec<u8>> {
    let mut sum = Vec::with_capacity(bytes.len() + 40 * more.size_hint().0);
    let mut new = more.peekable();
    for cell in packed(bytes) {
        let (dimension, known) = cell?;
        while let Some((earlier, cell)) = new.next_if(|(other, _)| *other < dimension) {
            put(&mut sum, earlier, |bytes| packed_to(cell, bytes))?;
        }
        match new.next_if(|(other, _)| *other == dimension) {
            None => put(&mut sum, dimension, |bytes| {
                bytes.extend_from_slice(known);
                Some(())
            })?,
            Some((_, added)) => put(&mut sum, dimension, |bytes| added.pack_added_to(known, bytes))?,
        }
    }
    for (dimension, cell) in new {
        put(&mut sum, dimension, |bytes| packed_to(cell, bytes))?;
    }
    Some(sum)
}

fn packed_to(cell: &Cell, bytes: &mut Vec<u8>) -> Option<()> {
    cell.pack_to(bytes);
    Some(())
}

fn put(bytes: &mut Vec<u8>, dimension: i64, cell: impl FnOnce(&mut Vec<u8>) -> Option<()>) -> Option<()> {
    bytes.extend_from_slice(&u32::try_from(dimension).ok()?.to_be_bytes());
    let length = bytes.len();
    bytes.extend_from_slice(&[0; 4]);
    cell(bytes)?;
    let long = u32::try_from(bytes.len() - length - 4).ok()?;
    bytes.get_mut(length..length + 4)?.copy_from_slice(&long.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(calls: i128) -> Cell {
        Cell { calls, total: calls * 1_000, ..Cell::default() }
    }

    fn add<const N: usize>(bytes: &[u8], more: [(i64, Cell); N]) -> Option<Vec<u8>> {
        super::add(bytes, more.iter().map(|(dimension, cell)| (*dimension, cell)))
    }

    fn unpacked(bytes: &[u8]) -> Option<Vec<(i64, i128)>> {
        packed(bytes).map(|cell| cell.and_then(|(id, cell)| Some((id, Cell::unpack(cell)?.calls)))).collect()
    }

    #[test]
    fn cells_are_added_to_those_of_their_dimension_and_new_ones_stand_in_order() {
        let first = add(&[], [(7, cell(1)), (300, cell(2)), (70_000, cell(3))]).unwrap();
        let second = add(&first, [(1, cell(4)), (300, cell(5)), (80_000, cell(6))]).unwrap();
        assert_eq!(unpacked(&second).unwrap(), [(1, 4), (7, 1), (300, 7), (70_000, 3), (80_000, 6)]);
    }

    #[test]
    fn bytes_that_are_no_block_are_refused_and_not_read_past_their_end() {
        let block = add(&[], [(7, cell(1)), (8, cell(2))]).unwrap();
        for cut in 1..block.len() {
            let whole = unpacked(&block[..cut]);
            // A cut between two cells leaves a block of one.
            assert!(whole.is_none() || whole.unwrap() == [(7, 1)], "{cut}");
        }
        assert!(add(&block[..block.len() - 1], [(9, cell(1))]).is_none());
    }
}
