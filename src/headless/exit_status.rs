//! Exit statuses, and which of several wins. HEADLESS.md has the table; this is it.

/// What the binary ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExitStatus {
    Passed,
    /// An assertion or expectation failed.
    Failed,
    /// Usage, a bad `.lt` line, a missing file.
    Usage,
    /// The program ended badly, and no line expected it.
    Program,
    Unsupported,
    Budget,
    /// Under `--strict`: a stale snapshot, an unused `allow`.
    Strict,
    Internal,
    /// `run` ends as the program ends.
    Own(u8),
}

/// Worst first.
const PRIORITY: [ExitStatus; 8] = [
    ExitStatus::Internal,
    ExitStatus::Usage,
    ExitStatus::Unsupported,
    ExitStatus::Budget,
    ExitStatus::Program,
    ExitStatus::Failed,
    ExitStatus::Strict,
    ExitStatus::Passed,
];

impl ExitStatus {
    pub fn code(self) -> u8 {
        match self {
            ExitStatus::Passed => 0,
            ExitStatus::Failed => 1,
            ExitStatus::Usage => 2,
            ExitStatus::Program => 3,
            ExitStatus::Unsupported => 4,
            ExitStatus::Budget => 5,
            ExitStatus::Strict => 6,
            ExitStatus::Internal => 70,
            ExitStatus::Own(status) => status,
        }
    }

    /// Sticky: the worse of the two.
    pub fn and(self, other: ExitStatus) -> ExitStatus {
        let rank = |status| {
            PRIORITY
                .iter()
                .position(|known| *known == status)
                .unwrap_or(PRIORITY.len())
        };
        if rank(other) < rank(self) {
            other
        } else {
            self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_status_wins_in_the_order_70_2_4_5_3_1_6() {
        let codes: Vec<u8> = PRIORITY.iter().map(|status| status.code()).collect();
        assert_eq!(codes, [70, 2, 4, 5, 3, 1, 6, 0]);
        assert_eq!(
            ExitStatus::Failed.and(ExitStatus::Budget),
            ExitStatus::Budget
        );
        assert_eq!(
            ExitStatus::Budget.and(ExitStatus::Failed),
            ExitStatus::Budget
        );
        assert_eq!(
            ExitStatus::Failed.and(ExitStatus::Passed),
            ExitStatus::Failed
        );
    }
}
