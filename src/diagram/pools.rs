//! Least squares with separations along one line.
//!
//! Places in a given order, each with where it wants to be, and how far apart neighbours are at least: that is an isotonic
//! regression, which the pool-adjacent-violators algorithm solves exactly (Ayer et al., "An empirical distribution function for
//! sampling with incomplete information", Annals of Mathematical Statistics 26, 1955). Only sums, products and quotients are
//! reckoned, which every machine rounds alike (IEEE 754).

/// Pool adjacent violators: places at their distances, as near as can be to where they want to be.
pub(super) fn separated(layer: &[(usize, i32)], wants: &[(f64, f64)]) -> Vec<f64> {
    let mut offset = 0.0;
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    let mut offsets = Vec::with_capacity(layer.len());
    for (&(_, apart), &(wanted, weight)) in layer.iter().zip(wants) {
        offset += f64::from(apart);
        offsets.push(offset);
        let mut pool = (wanted - offset, weight, 1);
        while let Some(&(mean, of, count)) = pools.last().filter(|(mean, ..)| *mean > pool.0) {
            pool = ((mean * of + pool.0 * pool.1) / (of + pool.1), of + pool.1, count + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let means = pools.into_iter().flat_map(|(mean, _, count)| std::iter::repeat_n(mean, count));
    means.zip(offsets).map(|(mean, offset)| mean + offset).collect()
}
