#pragma once
/// A home of the simulated league's first weeks with forecasts, and processes that have it open.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "program.h"
#include "started.h"
#include "support/files.h"

namespace tipoff::cli_test {

/// Every test has a copy of its own. Tests set who has it open.
class OneHome : public ::testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();
    OneHome();

    [[nodiscard]] std::filesystem::path home() const { return folder_ / "home"; }

    /// `--home HOME --wait 0 words...`: what cannot be done now is refused.
    [[nodiscard]] Words words(const Words& command) const;
    [[nodiscard]] Outcome tipoff(const Words& command, const Variables& variables = {}) const;

    /// `--home HOME words...`: waits for whoever is writing, such as the schedule for a moment.
    [[nodiscard]] Words patient(const Words& command) const;

    /// A `collect` that has asked its upstream and waits for the answer: in the middle of writing.
    [[nodiscard]] std::unique_ptr<Started> busy_writer();

    /// `schedule run` with nothing due, which stays.
    [[nodiscard]] std::unique_ptr<Started> long_lived_owner();

    support::TempFolder folder_;
    HeldUpstream upstream_;

    static const std::string kDate;  ///< its last date with results
    static const std::string kNow;   ///< the afternoon after

private:
    static std::unique_ptr<support::TempFolder> made_;
};

}  // namespace tipoff::cli_test
