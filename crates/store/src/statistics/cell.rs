//! The sums of one cell, exact, and how they are packed: a version byte, nine numbers, the sketch. Numbers are LEB128,
//! because most are small and the largest do not fit 64 bits.

use super::sketch::Sketch;

const VERSION: u8 = 1;

/// Sums over calls. As a difference, its numbers may be negative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) calls: i128,
    pub(crate) unpriced: i128,
    pub(crate) estimated: i128,
    pub(crate) unknown_usage: i128,
    pub(crate) input: i128,
    pub(crate) output: i128,
    pub(crate) total: i128,
    pub(crate) cost: i128,
    pub(crate) latency: i128,
    pub(crate) sketch: Sketch,
}

/// What one row of the log adds, as the database holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    pub(crate) usage_known: bool,
    pub(crate) input: i64,
    pub(crate) output: i64,
    pub(crate) total: i64,
    pub(crate) cost: Option<i64>,
    pub(crate) estimated: bool,
    pub(crate) latency: i64,
}

impl Cell {
    pub(crate) fn count(&mut self, row: &Counted) {
        self.calls += 1;
        self.unpriced += i128::from(row.cost.is_none());
        self.estimated += i128::from(row.estimated);
        self.unknown_usage += i128::from(!row.usage_known);
        self.input += i128::from(row.input);
        self.output += i128::from(row.output);
        self.total += i128::from(row.total);
        self.cost += i128::from(row.cost.unwrap_or(0));
        self.latency += i128::from(row.latency);
        self.sketch.count(row.latency.unsigned_abs());
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.add_sums(other);
        self.sketch.merge(&other.sketch);
    }

    pub(crate) fn add_sums(&mut self, other: &Self) {
        for (sum, more) in self.numbers_mut().into_iter().zip(other.numbers()) {
            *sum += more;
        }
    }

    pub(crate) fn numbers(&self) -> [i128; 9] {
        [
            self.calls,
            self.unpriced,
            self.estimated,
            self.unknown_usage,
            self.input,
            self.output,
            self.total,
            self.cost,
            self.latency,
        ]
    }

    fn numbers_mut(&mut self) -> [&mut i128; 9] {
        [
            &mut self.calls,
            &mut self.unpriced,
            &mut self.estimated,
            &mut self.unknown_usage,
            &mut self.input,
            &mut self.output,
            &mut self.total,
            &mut self.cost,
            &mut self.latency,
        ]
    }

    #[cfg(test)]
    pub(crate) fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.pack_to(&mut bytes);
        bytes
    }

    pub(crate) fn pack_to(&self, bytes: &mut Vec<u8>) {
        self.pack_numbers_to(bytes);
        let mut before = 0;
        for (bucket, count) in self.sketch.buckets() {
            put_small(bytes, u64::from(bucket - before));
            put_small(bytes, *count);
            before = *bucket;
        }
    }

    fn pack_numbers_to(&self, bytes: &mut Vec<u8>) {
        bytes.push(VERSION);
        for number in self.numbers() {
            // Sums over rows are not negative; a fault that made one so would be found by `verify`.
            put(bytes, u128::try_from(number).unwrap_or(0));
        }
    }

    /// Packs the sum with one that is packed. `None` when its bytes were not packed by this version.
    pub(crate) fn pack_added_to(&self, known: &[u8], bytes: &mut Vec<u8>) -> Option<()> {
        let mut rest = known;
        let mut sum = Self::unpack_numbers(&mut rest)?;
        sum.add_sums(self);
        // Other prices are differences without latencies: the sketch stays as it is.
        if self.sketch.buckets().is_empty() {
            sum.pack_numbers_to(bytes);
            bytes.extend_from_slice(rest);
        } else {
            sum.sketch = sketch(rest)?;
            sum.sketch.merge(&self.sketch);
            sum.pack_to(bytes);
        }
        Some(())
    }

    /// `None` when these bytes were not packed by this version.
    pub(crate) fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut cell = Self::default();
        cell.become_unpacked(bytes)?;
        Some(cell)
    }

    /// The same into a cell that was another one before: where many are read, one after the other.
    pub(crate) fn become_unpacked(&mut self, bytes: &[u8]) -> Option<()> {
        let mut rest = bytes;
        let sketch = std::mem::take(&mut self.sketch);
        *self = Self { sketch, ..Self::unpack_numbers(&mut rest)? };
        self.sketch.become_of(buckets(rest))
    }

    /// All but the sketch, which is the longest part.
    pub(crate) fn unpack_sums(mut bytes: &[u8]) -> Option<Self> {
        Self::unpack_numbers(&mut bytes)
    }

    fn unpack_numbers(bytes: &mut &[u8]) -> Option<Self> {
        *bytes = bytes.strip_prefix(&[VERSION])?;
        let mut cell = Self::default();
        for number in cell.numbers_mut() {
            *number = i128::try_from(take(bytes)?).ok()?;
        }
        Some(cell)
    }
}

fn sketch(bytes: &[u8]) -> Option<Sketch> {
    let mut sketch = Sketch::default();
    sketch.become_of(buckets(bytes))?;
    Some(sketch)
}

/// The buckets that are packed, in order; `None` in place of one ends them: these are not the bytes of a sketch.
fn buckets(mut bytes: &[u8]) -> impl Iterator<Item = Option<(u16, u64)>> {
    let mut bucket = 0_u16;
    std::iter::from_fn(move || {
        (!bytes.is_empty()).then(|| {
            bucket = bucket.checked_add(u16::try_from(take_small(&mut bytes)?).ok()?)?;
            Some((bucket, take_small(&mut bytes)?))
        })
    })
}

/// A sum as it leaves this room. What does not fit is more than any vendor counts.
pub(crate) fn fit(sum: i128) -> u64 {
    u64::try_from(sum.max(0)).unwrap_or(u64::MAX)
}

fn put(bytes: &mut Vec<u8>, mut number: u128) {
    while u64::try_from(number).is_err() {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    put_small(bytes, number as u64);
}

/// As nearly all are.
fn put_small(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// As nearly all are: of one byte, or of some that fit 64 bits.
fn take_small(rest: &mut &[u8]) -> Option<u64> {
    match rest.split_first()? {
        (byte, more) if *byte < 0x80 => {
            *rest = more;
            Some(u64::from(*byte))
        }
        _ => u64::try_from(take(rest)?).ok(),
    }
}

fn take(rest: &mut &[u8]) -> Option<u128> {
    let mut number = 0_u128;
    for shift in (0..126).step_by(7) {
        let (byte, more) = rest.split_first()?;
        *rest = more;
        number |= u128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_comes_back_as_it_was_packed_also_beyond_64_bits() {
        let mut cell = Cell::default();
        for latency in [0, 1, 900, 900, 70_000, i64::MAX] {
            cell.count(&Counted {
                usage_known: latency != 1,
                input: 5,
                output: i64::MAX,
                total: i64::MAX,
                cost: (latency != 0).then_some(i64::MAX),
                estimated: true,
                latency,
            });
        }
        let bytes = cell.pack();
        assert_eq!(Cell::unpack(&bytes).unwrap(), cell);
        assert!(Cell::unpack(&bytes[..bytes.len() - 1]).is_none());
        assert!(Cell::unpack(&[2]).is_none());
    }
}
