//! Which items have to be looked at again when another is answered, and that this never runs in a circle.

use super::item::{Item, ItemIx};
use super::load::LoadRefusal;

/// For each item, the items whose conditions look at it, in document order.
pub fn dependents(items: &[Item]) -> Vec<Vec<ItemIx>> {
    let mut dependents = vec![Vec::new(); items.len()];
    for (position, item) in (0_u32..).zip(items) {
        for condition in &item.enable_when.conditions {
            let list: &mut Vec<ItemIx> = &mut dependents[condition.question.at()];
            if list.last() != Some(&ItemIx(position)) {
                list.push(ItemIx(position));
            }
        }
    }
    dependents
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Refuses circles. An item also reaches its children: when it is not asked, they are not, and their answers count for
/// nothing.
pub fn refuse_cycles(items: &[Item], dependents: &[Vec<ItemIx>]) -> Result<(), LoadRefusal> {
    let mut marks = vec![Mark::New; items.len()];
    for start in 0..items.len() {
        // An explicit stack, so that no form can be nested deep enough to overflow the real one.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((item, next)) = path.pop() {
            if next == 0 && marks[item] != Mark::New {
                continue;
            }
            marks[item] = Mark::Open;
            let reached = dependents[item].iter().chain(&items[item].children).nth(next);
            let Some(reached) = reached else {
                marks[item] = Mark::Done;
                continue;
            };
            path.push((item, next + 1));
            if marks[reached.at()] == Mark::Open {
                let circle = path.iter().map(|(at, _)| *at).skip_while(|at| *at != reached.at());
                let names = circle.chain([reached.at()]).map(|at| items[at].link_id.clone());
                return Err(LoadRefusal::Cycle(names.collect()));
            }
            path.push((reached.at(), 0));
        }
    }
    Ok(())
}
