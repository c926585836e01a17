//! Chance for tests, the same on every platform.

/// What falls seldom evenly, from what does.
pub(crate) struct Dice(fastrand::Rng);

impl Dice {
    pub(crate) fn of(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// One of the first numbers.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0.usize(0..bound)
    }

    /// From 0 to just below 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0.f64()
    }

    /// Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.share()).ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    /// Knuth's product where there are few, the normal's neighbour where there are many.
    pub(crate) fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 50.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u64;
        }
        let (least, mut product, mut count) = ((-mean).exp(), self.share(), 0);
        while product > least {
            product *= self.share();
            count += 1;
        }
        count
    }
}
