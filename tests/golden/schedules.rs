//! Schedules: the learning rate of given steps.

use keras_core::schedules::LearningRateSchedule;

use crate::case::run;
use crate::kwargs;

#[test]
fn schedules() {
    run("schedules", &[], |case| {
        let schedule = kwargs::schedule(case.text("class"), &case.kwargs());
        schedule.check().map_err(|error| error.to_string())?;
        let steps = case.tensor("input.step").ints();
        let rates: Vec<f64> = steps.iter().map(|&step| schedule.at(step as u64)).collect();
        // Keras computes them in single precision.
        case.compare("output.0", &rates, 1e-6)
    });
}
