//! Student's quantiles from the normal's: the first terms of Cornish and Fisher's series (Abramowitz and Stegun 26.7.5).

/// The point of Student's distribution with so many degrees of freedom that belongs to the normal's point `z`.
pub(crate) fn quantile(z: f64, freedom: f64) -> f64 {
    let second = 5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z;
    z + (z.powi(3) + z) / (4.0 * freedom) + second / (96.0 * freedom * freedom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (freedom, table) in [(10.0, 2.228), (19.0, 2.093), (60.0, 2.000), (120.0, 1.980)] {
            let found = quantile(1.959_964, freedom);
            assert!((found - table).abs() < 0.003, "{freedom}: {found}");
        }
    }
}
