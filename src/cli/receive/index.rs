//! What was received, by time.
//!
//! The name of an entry is its place in the order, `day/hour/minute-second.millisecond_sealId`, and at the same time the
//! cursor of a list. An entry is written before the receipt; so it counts only if there is a receipt of that very time.

use super::keep::{KeepError, receipt_of};
use super::place::Place;
use crate::seal::{Receipt, SealId, Timestamp};
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::ObjectStore;
use object_store::path::Path;

/// How many receipts are read at once.
const AT_ONCE: usize = 16;
/// How long after its time an entry may still appear: a receiver gives up well before that (`keep.rs`), so that
/// clocks which differ a little do no harm.
const SETTLED_MILLIS: i64 = 120_000;

/// A place in the order of what was received.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(String);

impl Position {
    /// Before everything that was received at a time or later.
    #[must_use]
    pub fn before(time: Timestamp) -> Option<Self> {
        // The same hour is the same text everywhere only in UTC.
        let text = Timestamp::from_millis(time.millis(), 0).ok()?.to_string();
        let part = |range: std::ops::Range<usize>| text.get(range);
        Some(Self(format!("{}/{}/{}-{}", part(0..10)?, part(11..13)?, part(14..16)?, part(17..23)?)))
    }

    /// Reads a cursor that was given out before.
    #[must_use]
    pub fn parse(cursor: &str) -> Option<Self> {
        let shape = "dddd-dd-dd/dd/dd-dd.ddd_";
        let (time, seal) = cursor.split_at_checked(shape.len())?;
        let fits = time.bytes().zip(shape.bytes()).all(|(byte, kind)| match kind {
            b'd' => byte.is_ascii_digit(),
            _ => byte == kind,
        });
        (fits && SealId::parse(seal).is_ok()).then(|| Self(cursor.to_owned()))
    }

    /// The text of the cursor.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn seal(&self) -> Option<SealId> {
        SealId::parse(self.0.rsplit_once('_')?.1).ok()
    }

    /// Whether something in a folder of the index may lie between two places.
    fn folder_between(folder: &str, from: Option<&Self>, to: Option<&Self>) -> bool {
        let after = |bound: &Self| folder >= bound.0.get(..folder.len()).unwrap_or_default();
        let before = |bound: &Self| folder <= bound.0.get(..folder.len()).unwrap_or_default();
        from.is_none_or(after) && to.is_none_or(before)
    }
}

/// The name of an entry.
#[must_use]
pub fn path(received: Timestamp, seal: SealId) -> Path {
    let position = Position::before(received).map(|position| position.0).unwrap_or_default();
    Path::from(format!("index/{position}_{seal}"))
}

/// What of the order is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// From this place on, which belongs to it.
    pub from: Option<Position>,
    /// Up to this place, which does not.
    pub to: Option<Position>,
    /// Behind this place.
    pub after: Option<Position>,
    /// How many at most.
    pub limit: usize,
}

/// Some of what was received.
#[derive(Clone, Debug)]
pub struct Page {
    /// In the order in which it was received.
    pub items: Vec<Receipt>,
    /// Behind which place to go on, if there is more.
    pub next: Option<Position>,
}

/// Up to when, at a time, nothing can be added to the list any more. Who asks again and again goes on from there.
#[must_use]
pub fn settled(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.millis() - SETTLED_MILLIS, 0).unwrap_or(now)
}

/// Lists what was received.
///
/// # Errors
/// Fails when the store does.
pub async fn list(place: &Place, wanted: &Wanted) -> Result<Page, KeepError> {
    let mut items: Vec<(Position, Receipt)> = Vec::new();
    for day in folders(place, "", wanted).await? {
        for hour in folders(place, &day, wanted).await? {
            let entries = entries(place, &hour, wanted).await?;
            let read = |entry: Position| async move {
                let receipt = match entry.seal() {
                    Some(seal) => receipt_of(place, seal).await?,
                    None => None,
                };
                Ok::<_, KeepError>(receipt.map(|(receipt, _)| (entry, receipt)))
            };
            let mut receipts = stream::iter(entries).map(read).buffered(AT_ONCE);
            while let Some(found) = receipts.try_next().await? {
                let counts = |(entry, receipt): &(Position, Receipt)| {
                    Position::before(receipt.received).is_some_and(|time| entry.0.starts_with(&time.0))
                };
                items.extend(found.filter(counts));
                if items.len() > wanted.limit {
                    items.pop();
                    let next = items.last().map(|(position, _)| position.clone());
                    return Ok(Page { items: items.into_iter().map(|(_, receipt)| receipt).collect(), next });
                }
            }
        }
    }
    Ok(Page { items: items.into_iter().map(|(_, receipt)| receipt).collect(), next: None })
}

/// The folders below a folder of the index in which something wanted may lie, in order.
async fn folders(place: &Place, within: &str, wanted: &Wanted) -> Result<Vec<String>, KeepError> {
    let listed = place.objects.list_with_delimiter(Some(&Path::from(format!("index/{within}")))).await?;
    let mut folders: Vec<String> = listed.common_prefixes.iter().filter_map(name).collect();
    let start = wanted.from.as_ref().max(wanted.after.as_ref());
    folders.retain(|folder| Position::folder_between(folder, start, wanted.to.as_ref()));
    folders.sort_unstable();
    Ok(folders)
}

async fn entries(place: &Place, hour: &str, wanted: &Wanted) -> Result<Vec<Position>, KeepError> {
    let listed = place.objects.list(Some(&Path::from(format!("index/{hour}"))));
    let names: Vec<Option<String>> = listed.map_ok(|meta| name(&meta.location)).try_collect().await?;
    let mut entries: Vec<Position> = names.into_iter().flatten().map(Position).collect();
    entries.retain(|entry| {
        wanted.from.as_ref().is_none_or(|from| entry >= from)
            && wanted.to.as_ref().is_none_or(|to| entry < to)
            && wanted.after.as_ref().is_none_or(|after| entry > after)
    });
    entries.sort_unstable();
    Ok(entries)
}

/// The name of something below the index.
fn name(path: &Path) -> Option<String> {
    path.as_ref().strip_prefix("index/").map(str::to_owned)
}
