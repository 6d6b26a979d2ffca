#pragma once
/// Alerts: what is wrong is told once, then counted, then told in one digest.
///
/// `raise` and `resolve` write rows in the caller's transaction, so that an alert stands if and
/// only if what it tells of does. Nothing is sent here: `deliver` (alert_delivery.h) sends what is
/// committed. docs/alerts.md has the rules. Two transactions that change one alert side by side (a
/// delivery that marks its message among them) meet in its rows, and the second is fenced: whoever
/// must not lose its own rows to that raises in a transaction of its own. A hundred new alerts in
/// one transaction are enough: each takes DuckDB nearly a mebibyte until the commit.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "operate/alert_tables.h"
#include "store/database.h"

namespace tipoff::operate {

enum class Severity : std::uint8_t { kInfo, kWarning, kError, kCritical };

/// "info", "warning", "error", "critical".
[[nodiscard]] std::string_view word_of(Severity severity);
/// Nothing where the text names none of them.
[[nodiscard]] std::optional<Severity> find_severity(std::string_view text);

struct Alert {
    std::string signature;  ///< stable: without times, counts or ids of runs in it
    Severity severity = Severity::kError;
    std::string title;
    std::string body;
    std::optional<GameDate> game_date;
    /// Something that happened, rather than something that is so until it is resolved: told once
    /// for ever.
    bool is_event = false;
};

/// Whom a channel tells of what.
struct ChannelPolicy {
    std::string name;
    Severity least_severity = Severity::kInfo;
    int cap_per_hour = 10;  ///< messages in any hour, digests counted
    bool daily_summary = true;
};

/// Messages of alerts that it may send in any hour: a place is left for the digest.
[[nodiscard]] int single_messages(const ChannelPolicy& channel);

/// A digest is made so long after the first thing that it tells of, and then at most as often. The
/// cap is of the same time.
inline constexpr std::chrono::hours kDigestAfter{1};

class Alerts {
public:
    /// `clock` outlives it; the league's time is used.
    Alerts(std::vector<ChannelPolicy> channels, const Clock& clock);

    /// The first time for a signature that is not open: a message for each channel. Again: counted,
    /// told in the next digest.
    Status raise(store::Transaction& transaction, const Alert& alert) const;

    /// As `raise`, and not told by this channel: it is what the alert is about.
    Status raise_elsewhere(store::Transaction& transaction, const Alert& alert,
                           std::string_view channel) const;

    /// Closes the signature's open episode, if there is one. Channels that were told of it are told
    /// of its end; where its message still waits, one digest tells of both.
    Status resolve(store::Transaction& transaction, std::string_view signature) const;

    /// One message a date and channel; the same date again changes nothing.
    Status daily_summary(store::Transaction& transaction, GameDate date, const std::string& title,
                         const std::string& body) const;

    /// A test message for each channel of which one is due (`weekly_tests_due`).
    Status test_weekly(store::Transaction& transaction) const;

    [[nodiscard]] const std::vector<ChannelPolicy>& channels() const { return channels_; }

private:
    std::vector<ChannelPolicy> channels_;
    const Clock& clock_;
};

}  // namespace tipoff::operate
