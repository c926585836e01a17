//! Reading the sums of a time, cell by cell.

use std::collections::{BTreeSet, HashMap};

use sqlx::SqliteConnection;

use super::{
    block::packed,
    dimension::{self, Dimension, Known},
    keep::WHOLE_DAYS,
    place::Place,
};
use crate::StoreError;

/// Blocks that are held in memory at once.
const PAGE: i64 = 500;

/// The cells of a level whose dimensions pass.
pub(crate) struct Walk {
    level: i64,
    known: Known,
    /// Where among the known the dimension of a number is.
    passing: HashMap<i64, usize>,
    /// As JSON, when others are to be left out.
    blocks: Option<String>,
}

impl Walk {
    /// Those of one user, or of all; users are not told apart in whole days.
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        level: i64,
        user: Option<&str>,
        passes: impl Fn(&Dimension<'_>) -> bool,
    ) -> Result<Self, StoreError> {
        let known = dimension::all(connection, level == WHOLE_DAYS, user).await?;
        Ok(Self::over(known.into(), level, user, passes))
    }

    /// The same over dimensions that are known already, others among them.
    pub(crate) fn over(
        known: Known,
        level: i64,
        user: Option<&str>,
        passes: impl Fn(&Dimension<'_>) -> bool,
    ) -> Self {
        let of_level =
            known.iter().enumerate().filter(|(_, (_, one))| one.user.is_none() == (level == WHOLE_DAYS));
        let (mut count, mut passing, mut blocks) = (0, HashMap::new(), BTreeSet::new());
        for (place, (Place { id, block }, dimension)) in of_level {
            count += 1;
            if user.is_none_or(|user| dimension.user.as_deref() == Some(user)) && passes(dimension) {
                passing.insert(*id, place);
                blocks.insert(*block);
            }
        }
        let some = user.is_some() || passing.len() < count;
        let blocks = some.then(|| serde_json::to_string(&blocks).unwrap_or_default());
        Self { level, known, passing, blocks }
    }

    /// Calls `add` with the start, the dimension and the packed cell of each from one instant to before another, in the
    /// order of time. It says whether it understood the cell.
    pub(crate) async fn cells(
        &self,
        connection: &mut SqliteConnection,
        (from, to): (i64, i64),
        mut add: impl FnMut(i64, &Dimension<'_>, &[u8]) -> Option<()>,
    ) -> Result<(), StoreError> {
        let some = "SELECT start, block, cells FROM usage_blocks WHERE level = ? AND start >= ? AND start < ?
                    AND (start, block) > (?, ?) AND block IN (SELECT value FROM json_each(?)) ORDER BY start, block LIMIT ?";
        let every =
            "SELECT start, block, cells FROM usage_blocks WHERE level = ? AND start >= ? AND start < ?
                     AND (start, block) > (?, ?) ORDER BY start, block LIMIT ?";
        let mut after = (from, i64::MIN);
        loop {
            let page = sqlx::query_as(if self.blocks.is_some() { some } else { every });
            let page = page.bind(self.level).bind(after.0).bind(to).bind(after.0).bind(after.1);
            let page = match &self.blocks {
                Some(blocks) => page.bind(blocks),
                None => page,
            };
            let rows: Vec<(i64, i64, Vec<u8>)> = page.bind(PAGE).fetch_all(&mut *connection).await?;
            let Some((start, block, _)) = rows.last() else { return Ok(()) };
            after = (*start, *block);
            for (start, _, cells) in rows {
                self.of_block(start, &cells, &mut add).ok_or(StoreError::Damaged)?;
            }
        }
    }

    fn of_block(
        &self,
        start: i64,
        cells: &[u8],
        add: &mut impl FnMut(i64, &Dimension<'_>, &[u8]) -> Option<()>,
    ) -> Option<()> {
        for cell in packed(cells) {
            let (id, cell) = cell?;
            let passing = self.passing.get(&id).and_then(|place| self.known.get(*place));
            if let Some((_, dimension)) = passing {
                add(start, dimension, cell)?;
            }
        }
        Some(())
    }
}
