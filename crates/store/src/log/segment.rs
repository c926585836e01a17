//! Calls that lie together, as columns in three parts, so that a search reads no figures and a sum reads no ids.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    columns::{Packed, Texts, differences},
    row::{Buckets, Figures, Kind, Logged, Names},
};
use crate::StoreError;

/// Calls of one segment at most: the fewer, the less is written again when calls come one by one; the more, the less is
/// read for each call of a sum.
pub(crate) const FULL: usize = 1_024;

/// The layout of the parts, their first byte.
const LAYOUT: u8 = 1;

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    pub(crate) kinds: Kinds,
    pub(crate) figures: FigureColumns,
    pub(crate) names: NameColumns,
}

/// Columns of [`Kind`].
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Kinds {
    texts: Texts,
    #[serde(with = "differences")]
    number: Vec<i64>,
    #[serde(with = "differences")]
    at: Vec<i64>,
    attempt: Vec<u32>,
    config: Vec<i64>,
    provider_type: Vec<u32>,
    model: Vec<u32>,
    task: Vec<u32>,
    user: Vec<u32>,
    client: Vec<u32>,
    status: Vec<u32>,
    error: Vec<u32>,
}

/// The texts that [`Kinds`] begin with.
#[derive(Deserialize)]
struct FirstTexts<'a> {
    #[serde(borrow)]
    list: Vec<&'a str>,
}

/// Columns of [`Figures`]. What is not known is 0 and has no flag.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct FigureColumns {
    texts: Texts,
    flags: Vec<u8>,
    input: Vec<i64>,
    output: Vec<i64>,
    total: Vec<i64>,
    uncached: Vec<i64>,
    audio: Vec<i64>,
    cache_read: Vec<i64>,
    cache_write: Vec<i64>,
    cache_write_1h: Vec<i64>,
    reasoning: Vec<i64>,
    service_tier: Vec<u32>,
    returned: Vec<u32>,
    cost: Vec<i64>,
    price: Vec<i64>,
    latency: Vec<i64>,
    first_token: Vec<i64>,
    http_status: Vec<u16>,
    rule: Vec<u32>,
    fallback_from: Vec<i64>,
}

/// Columns of [`Names`].
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct NameColumns {
    request: Packed,
    /// Empty where there is none.
    vendor_request: Packed,
}

mod flag {
    pub(super) const USAGE_KNOWN: u8 = 1;
    pub(super) const BUCKETS: u8 = 2;
    pub(super) const COST: u8 = 4;
    pub(super) const PRICE: u8 = 8;
    pub(super) const ESTIMATED: u8 = 16;
    pub(super) const FIRST_TOKEN: u8 = 32;
    pub(super) const HTTP_STATUS: u8 = 64;
    pub(super) const FALLBACK: u8 = 128;
}

impl Segment {
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn push(&mut self, call: &Logged<'_>) {
        self.kinds.push(&call.kind);
        self.figures.push(&call.figures);
        self.names.push(&call.names);
    }

    /// Its calls in the order of their numbers.
    pub(crate) fn calls(&self) -> impl Iterator<Item = Logged<'_>> {
        let figures = self.kinds.iter().zip(self.figures.iter());
        figures.zip(self.names.iter()).map(|((kind, figures), names)| Logged { kind, figures, names })
    }
}

impl Kinds {
    /// All texts that its calls have, read from the packed part without its columns, which takes a tenth of the time.
    pub(crate) fn texts(bytes: &[u8]) -> Result<Vec<&str>, StoreError> {
        let rest = bytes.strip_prefix(&[LAYOUT]).ok_or(StoreError::Damaged)?;
        let (texts, _) =
            postcard::take_from_bytes::<FirstTexts<'_>>(rest).map_err(|_| StoreError::Damaged)?;
        Ok(texts.list)
    }

    pub(crate) fn len(&self) -> usize {
        self.number.len()
    }

    fn push(&mut self, kind: &Kind<'_>) {
        self.number.push(kind.number);
        self.at.push(kind.at);
        self.attempt.push(kind.attempt);
        self.config.push(kind.config);
        self.provider_type.push(self.texts.place(kind.provider_type));
        self.model.push(self.texts.place(kind.model));
        self.task.push(self.texts.place(Some(kind.task)));
        self.user.push(self.texts.place(Some(kind.user)));
        self.client.push(self.texts.place(kind.client));
        self.status.push(self.texts.place(Some(kind.status)));
        self.error.push(self.texts.place(kind.error));
    }

    /// `None` behind the last.
    pub(crate) fn get(&self, at: usize) -> Option<Kind<'_>> {
        let text = |column: &[u32]| self.texts.get(*column.get(at)?);
        Some(Kind {
            number: *self.number.get(at)?,
            at: *self.at.get(at)?,
            attempt: *self.attempt.get(at)?,
            config: *self.config.get(at)?,
            provider_type: text(&self.provider_type),
            model: text(&self.model),
            task: text(&self.task).unwrap_or_default(),
            user: text(&self.user).unwrap_or_default(),
            client: text(&self.client),
            status: text(&self.status).unwrap_or_default(),
            error: text(&self.error),
        })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Kind<'_>> {
        (0..self.len()).map_while(|at| self.get(at))
    }

    /// The earliest and the latest end of a call.
    pub(crate) fn times(&self) -> Option<(i64, i64)> {
        Some((*self.at.iter().min()?, *self.at.iter().max()?))
    }

    /// The first and the last number.
    pub(crate) fn numbers(&self) -> Option<(i64, i64)> {
        Some((*self.number.first()?, *self.number.last()?))
    }

    fn is_sound(&self) -> bool {
        let texts = [
            &self.provider_type,
            &self.model,
            &self.task,
            &self.user,
            &self.client,
            &self.status,
            &self.error,
        ];
        [self.at.len(), self.attempt.len(), self.config.len()].iter().all(|len| *len == self.len())
            && texts.iter().all(|column| column.len() == self.len() && self.texts.cover(column))
            && self.number.is_sorted_by(|one, next| one < next)
    }
}

impl FigureColumns {
    pub(crate) fn len(&self) -> usize {
        self.flags.len()
    }

    fn push(&mut self, figures: &Figures<'_>) {
        let flags = [
            (figures.usage_known, flag::USAGE_KNOWN),
            (figures.buckets.is_some(), flag::BUCKETS),
            (figures.cost.is_some(), flag::COST),
            (figures.price.is_some(), flag::PRICE),
            (figures.estimated, flag::ESTIMATED),
            (figures.first_token.is_some(), flag::FIRST_TOKEN),
            (figures.http_status.is_some(), flag::HTTP_STATUS),
            (figures.fallback_from.is_some(), flag::FALLBACK),
        ];
        self.flags.push(flags.iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum());
        let buckets = figures.buckets.unwrap_or_default();
        for (column, number) in [
            (&mut self.input, figures.input),
            (&mut self.output, figures.output),
            (&mut self.total, figures.total),
            (&mut self.uncached, buckets.uncached),
            (&mut self.audio, buckets.audio),
            (&mut self.cache_read, buckets.cache_read),
            (&mut self.cache_write, buckets.cache_write),
            (&mut self.cache_write_1h, buckets.cache_write_1h),
            (&mut self.reasoning, buckets.reasoning),
            (&mut self.cost, figures.cost.unwrap_or_default()),
            (&mut self.price, figures.price.unwrap_or_default()),
            (&mut self.latency, figures.latency),
            (&mut self.first_token, figures.first_token.unwrap_or_default()),
            (&mut self.fallback_from, figures.fallback_from.unwrap_or_default()),
        ] {
            column.push(number);
        }
        self.http_status.push(figures.http_status.unwrap_or_default());
        self.service_tier.push(self.texts.place(figures.service_tier));
        self.returned.push(self.texts.place(figures.returned));
        self.rule.push(self.texts.place(figures.rule));
    }

    /// `None` behind the last.
    pub(crate) fn get(&self, at: usize) -> Option<Figures<'_>> {
        let flags = *self.flags.get(at)?;
        let has = |flag| flags & flag != 0;
        let text = |column: &[u32]| self.texts.get(*column.get(at)?);
        let number = |column: &[i64]| column.get(at).copied().unwrap_or_default();
        let buckets = || Buckets {
            uncached: number(&self.uncached),
            audio: number(&self.audio),
            cache_read: number(&self.cache_read),
            cache_write: number(&self.cache_write),
            cache_write_1h: number(&self.cache_write_1h),
            reasoning: number(&self.reasoning),
        };
        Some(Figures {
            usage_known: has(flag::USAGE_KNOWN),
            input: number(&self.input),
            output: number(&self.output),
            total: number(&self.total),
            buckets: has(flag::BUCKETS).then(buckets),
            service_tier: text(&self.service_tier),
            returned: text(&self.returned),
            cost: has(flag::COST).then(|| number(&self.cost)),
            price: has(flag::PRICE).then(|| number(&self.price)),
            estimated: has(flag::ESTIMATED),
            latency: number(&self.latency),
            first_token: has(flag::FIRST_TOKEN).then(|| number(&self.first_token)),
            http_status: self.http_status.get(at).copied().filter(|_| has(flag::HTTP_STATUS)),
            rule: text(&self.rule),
            fallback_from: has(flag::FALLBACK).then(|| number(&self.fallback_from)),
        })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Figures<'_>> {
        (0..self.len()).map_while(|at| self.get(at))
    }

    /// Of a call, in milliseconds.
    pub(crate) fn most_latency(&self) -> i64 {
        self.latency.iter().copied().max().unwrap_or_default()
    }

    /// Of a call whose price is known, in pico-dollars.
    pub(crate) fn most_cost(&self) -> Option<i64> {
        let costs = self.flags.iter().zip(&self.cost).filter(|(flags, _)| **flags & flag::COST != 0);
        costs.map(|(_, cost)| *cost).max()
    }

    /// Another cost, by another price.
    pub(crate) fn price(&mut self, at: usize, cost: i64, price: i64, estimated: bool) {
        let columns = (self.flags.get_mut(at), self.cost.get_mut(at), self.price.get_mut(at));
        if let (Some(flags), Some(old_cost), Some(old_price)) = columns {
            (*old_cost, *old_price) = (cost, price);
            *flags = *flags & !flag::ESTIMATED | flag::COST | flag::PRICE;
            *flags |= if estimated { flag::ESTIMATED } else { 0 };
        }
    }

    /// Packs it to no other length than it had, where it fits: SQLite then writes over what changed, and not the whole
    /// segment anew. What is behind the columns is not read.
    pub(crate) fn pack_into_the_place_of(&self, packed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut bytes = self.pack_bare()?;
        let room = if bytes.len() <= packed.len() { packed.len() } else { bytes.len() + self.spare() };
        bytes.resize(room, 0);
        Ok(bytes)
    }

    /// Bytes that are left free: a cost a hundred times as high takes one more.
    fn spare(&self) -> usize {
        self.len()
    }

    fn is_sound(&self) -> bool {
        let numbers = [
            &self.input,
            &self.output,
            &self.total,
            &self.uncached,
            &self.audio,
            &self.cache_read,
            &self.cache_write,
            &self.cache_write_1h,
            &self.reasoning,
            &self.cost,
            &self.price,
            &self.latency,
            &self.first_token,
            &self.fallback_from,
        ];
        let texts = [&self.service_tier, &self.returned, &self.rule];
        numbers.iter().all(|column| column.len() == self.len())
            && texts.iter().all(|column| column.len() == self.len() && self.texts.cover(column))
            && self.http_status.len() == self.len()
    }
}

impl NameColumns {
    fn push(&mut self, names: &Names<'_>) {
        self.request.push(&names.request);
        self.vendor_request.push(names.vendor_request.unwrap_or_default().as_bytes());
    }

    /// `None` behind the last.
    pub(crate) fn get(&self, at: usize) -> Option<Names<'_>> {
        self.iter().nth(at)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Names<'_>> {
        self.request.iter().zip(self.vendor_request.iter()).map(|(request, vendor)| Names {
            request: request.into(),
            vendor_request: std::str::from_utf8(vendor).ok().filter(|vendor| !vendor.is_empty()),
        })
    }

    fn is_sound(&self) -> bool {
        self.request.len() == self.vendor_request.len()
            && self.request.is_sound()
            && self.vendor_request.is_sound()
    }
}

/// A part of a segment as it lies in the database.
pub(crate) trait Part: Serialize + DeserializeOwned {
    /// Calls of it, when its columns belong together.
    fn sound(&self) -> Option<usize>;

    fn pack(&self) -> Result<Vec<u8>, StoreError> {
        self.pack_bare()
    }

    /// Without anything behind its columns.
    fn pack_bare(&self) -> Result<Vec<u8>, StoreError> {
        postcard::to_extend(self, vec![LAYOUT]).map_err(|_| StoreError::Damaged)
    }

    /// Of so many calls.
    fn unpack(bytes: &[u8], calls: usize) -> Result<Self, StoreError> {
        let rest = bytes.strip_prefix(&[LAYOUT]).ok_or(StoreError::Damaged)?;
        let part: Self = postcard::from_bytes(rest).map_err(|_| StoreError::Damaged)?;
        (part.sound() == Some(calls)).then_some(part).ok_or(StoreError::Damaged)
    }
}

impl Part for Kinds {
    fn sound(&self) -> Option<usize> {
        self.is_sound().then(|| self.len())
    }
}

impl Part for FigureColumns {
    fn sound(&self) -> Option<usize> {
        self.is_sound().then(|| self.len())
    }

    fn pack(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = self.pack_bare()?;
        bytes.resize(bytes.len() + self.spare(), 0);
        Ok(bytes)
    }
}

impl Part for NameColumns {
    fn sound(&self) -> Option<usize> {
        self.is_sound().then(|| self.request.len())
    }
}
