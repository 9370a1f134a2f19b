//! What lateness costs.
//!
//! It is counted from the receipt time that the collection gives, and from nothing in the
//! files. The days begin where the grace ends, so that somebody who is a minute past it has
//! lost what one day costs and not more.

use jiff::Timestamp;

const DAY: i64 = 24 * 60 * 60;

/// The class's policy.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Late {
    /// How long after the due time nothing is said.
    pub grace_minutes: u32,
    /// What each day takes that has begun, in percent of what was earned.
    pub percent_per_day: f64,
    /// The most that lateness takes, in percent.
    pub at_most_percent: f64,
    /// From when nothing counts any more, in days.
    pub closed_after_days: Option<u32>,
}

/// By how much one attempt was late.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Lateness {
    /// Minutes that have begun, beyond the grace.
    pub minutes: u64,
    /// What it takes, in percent of what was earned.
    pub percent: f64,
}

impl Late {
    /// How late something was that was received `received` and due `due`, which holds the
    /// student's extra time already.
    pub(super) fn lateness(policy: Option<Late>, due: Timestamp, received: Timestamp) -> Lateness {
        let late = policy.unwrap_or_default();
        let grace = i64::from(late.grace_minutes) * 60;
        let seconds = received
            .as_second()
            .saturating_sub(due.as_second())
            .saturating_sub(grace);
        if seconds <= 0 {
            return Lateness::default();
        }
        let days = begun(seconds, DAY);
        let closed = late.closed_after_days.is_some_and(|n| days > u64::from(n));
        let percent = match closed {
            true => 100.0,
            false => (days as f64 * late.percent_per_day).min(late.at_most_percent),
        };
        Lateness {
            minutes: begun(seconds, 60),
            percent,
        }
    }
}

/// How many spans of this length have begun.
fn begun(seconds: i64, span: i64) -> u64 {
    ((seconds + span - 1) / span) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lateness(policy: Late, seconds: i64) -> (u64, f64) {
        let due = Timestamp::from_second(1_000_000).expect("a time");
        let received = Timestamp::from_second(1_000_000 + seconds).expect("a time");
        let found = Late::lateness(Some(policy), due, received);
        (found.minutes, found.percent)
    }

    const POLICY: Late = Late {
        grace_minutes: 10,
        percent_per_day: 20.0,
        at_most_percent: 50.0,
        closed_after_days: Some(7),
    };

    #[test]
    fn nothing_is_lost_up_to_the_last_second_of_the_grace() {
        assert_eq!(lateness(POLICY, -90_000), (0, 0.0));
        assert_eq!(lateness(POLICY, 0), (0, 0.0));
        assert_eq!(lateness(POLICY, 600), (0, 0.0));
        assert_eq!(lateness(POLICY, 601), (1, 20.0));
    }

    #[test]
    fn each_day_that_has_begun_costs_up_to_the_cap() {
        assert_eq!(lateness(POLICY, 600 + DAY), (24 * 60, 20.0));
        assert_eq!(lateness(POLICY, 601 + DAY), (24 * 60 + 1, 40.0));
        assert_eq!(lateness(POLICY, 601 + 2 * DAY).1, 50.0);
    }

    #[test]
    fn past_the_closing_nothing_counts_whatever_the_cap() {
        assert_eq!(lateness(POLICY, 600 + 7 * DAY).1, 50.0);
        assert_eq!(lateness(POLICY, 601 + 7 * DAY).1, 100.0);
    }

    #[test]
    fn without_a_policy_lateness_is_said_and_costs_nothing() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let found = Late::lateness(None, at(0), at(61));
        assert_eq!((found.minutes, found.percent), (2, 0.0));
    }
}
