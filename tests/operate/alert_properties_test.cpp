// Whatever is raised, resolved, delivered and cut off, in whatever order: the cap holds in every
// hour, and in the end everything is told.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>
#include <sstream>
#include <stdexcept>

#include "base/crash_point.h"
#include "operate/alert_home.h"

namespace tipoff::operate {
namespace {

using namespace std::chrono_literals;
using test::AlertHome;

/// A case takes a hundred transactions or so: fewer cases than RapidCheck's hundred, and fewer
/// still on a server.
constexpr int kCases = 25;
constexpr int kCasesOnAServer = 8;
constexpr int kSteps = 30;

/// The point at which the next delivery is cut off; empty for none.
std::string_view cut_at;

void cut(std::string_view point) {
    if (point == cut_at) throw std::runtime_error("cut off");
}

std::string any_signature() { return "s" + std::to_string(*rc::gen::inRange(0, 12)); }

Severity any_severity() {
    return *rc::gen::element(Severity::kInfo, Severity::kWarning, Severity::kError,
                             Severity::kCritical);
}

void deliver_and_be_cut_off(AlertHome& home) {
    cut_at = *rc::gen::element<std::string_view>("alert_claimed", "alert_sent");
    try {
        home.deliver();
    } catch (const std::runtime_error&) {
        home.restart();
    }
    cut_at = {};
}

void any_step(AlertHome& home) {
    const int kind = *rc::gen::inRange(0, 20);
    if (kind < 7) return home.raise(any_signature(), any_severity());
    if (kind < 9) return home.resolve(any_signature());
    if (kind < 12) return home.clock().advance(std::chrono::minutes{*rc::gen::inRange(0, 90)});
    if (kind < 16) return (void)home.deliver();
    if (kind < 18) return deliver_and_be_cut_off(home);
    if (kind < 19) return home.restart();
    home.inbox(*rc::gen::inRange<std::size_t>(0, 2)).answer =
        *rc::gen::element(&test::for_now, &test::for_good, &test::delivered);
}

/// The channels work again, and time goes by.
void calm_down(AlertHome& home) {
    for (const std::size_t channel : {0U, 1U})
        home.inbox(channel).answer = test::delivered;
    for (int i = 0; i < 8; ++i) {
        home.clock().advance(61min);
        home.deliver();
    }
}

void expect_all_told(AlertHome& home) {
    for (const AlertNoticeRow& notice : home.rows(kAlertNotice)) {
        const auto alerts = support::value_of(
            store::read_rows(home.database(), kAlert, "WHERE signature = $1 AND episode = $2",
                             {notice.signature, std::int64_t{notice.episode}}));
        RC_ASSERT(alerts.size() == 1U);
        RC_ASSERT(notice.telling_by.empty());
        RC_ASSERT(notice.told_times == alerts[0].times_raised);
        RC_ASSERT(notice.told_end == (alerts[0].state == kResolved));
        const std::size_t channel = notice.channel == "email" ? 0 : 1;
        RC_ASSERT(home.inbox(channel).mentions(notice.signature));
    }
    RC_ASSERT(home.rows(kOutbox, "WHERE state = 'pending'").empty());
}

void keep_the_cap_and_tell_all(support::Engine engine) {
    AlertHome home({{.name = "email", .cap_per_hour = *rc::gen::inRange(1, 6)},
                    {.name = "webhook",
                     .least_severity = Severity::kWarning,
                     .cap_per_hour = *rc::gen::inRange(1, 6)}},
                   engine);
    set_crash_hook(&cut);
    for (int i = 0; i < kSteps; ++i)
        any_step(home);
    calm_down(home);
    set_crash_hook(nullptr);
    for (const std::size_t channel : {0U, 1U}) {
        const auto cap = static_cast<std::size_t>(home.channels()[channel].policy.cap_per_hour);
        RC_ASSERT(test::most_in_an_hour(home.inbox(channel).received) <= cap);
    }
    // Whoever is to be told has a notice.
    for (const AlertRow& alert : home.rows(kAlert)) {
        const auto notices = support::value_of(
            store::read_rows(home.database(), kAlertNotice, "WHERE signature = $1 AND episode = $2",
                             {alert.signature, std::int64_t{alert.episode}}));
        std::set<std::string> told;
        for (const AlertNoticeRow& notice : notices)
            told.insert(notice.channel);
        for (const AlertChannel& channel : home.channels()) {
            const std::string& name = channel.policy.name;
            if (alert.signature.contains(name)) continue;  // it is what the alert is about
            RC_ASSERT(told.contains(name) ==
                      (find_severity(alert.severity) >= channel.policy.least_severity));
        }
    }
    expect_all_told(home);
}

class AnyAlerts : public support::EachEngine {};

TEST_P(AnyAlerts, KeepTheCapInEveryHourAndAreAllToldInTheEnd) {
    auto params = rc::detail::configuration().testParams;
    params.maxSuccess = is_duckdb() ? kCases : kCasesOnAServer;
    const auto result =
        rc::detail::checkTestable([engine = GetParam()] { keep_the_cap_and_tell_all(engine); },
                                  rc::detail::TestMetadata{"AnyAlerts", "any alerts"}, params);
    std::ostringstream told;
    rc::detail::printResultMessage(result, told);
    EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << told.str();
}

INSTANTIATE_TEST_SUITE_P(Engines, AnyAlerts, support::kEngines, support::engine_name);

}  // namespace
}  // namespace tipoff::operate
