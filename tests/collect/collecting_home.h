#pragma once
/// A home that collects from an upstream that says what the test wants.

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collect/collection.h"
#include "collect/settled_home.h"

namespace tipoff::collect::test {

/// An upstream that gives its bodies in turn, one a request; "304" is the answer that nothing has
/// changed.
class Upstream final : public Transport {
public:
    explicit Upstream(const Clock& clock) : clock_(clock) {}

    std::expected<HttpAnswer, TransportError> get(const HttpRequest& request) override {
        HttpAnswer answer;
        answer.body = bodies.empty() ? "" : bodies.front();
        if (!bodies.empty()) bodies.pop_front();
        answer.status = status != 0 ? status : answer.body == "304" ? 304 : 200;
        if (const auto other = status_at.find(request.url); other != status_at.end())
            answer.status = other->second;
        if (answer.status == 304 || answer.status == 204) answer.body.clear();
        ++asked;
        answer.headers = {{"ETag", "\"one\""}};
        if (requests_left) {
            const int cost = request.url.ends_with("/free") ? 0 : 1;
            *requests_left -= std::min(*requests_left, cost);
            answer.headers.push_back({"x-requests-remaining", std::to_string(*requests_left)});
        }
        answer.asked_at = answer.answered_at = clock_.league_now();
        return answer;
    }

    std::deque<std::string> bodies;
    int status = 0;                        ///< of every answer, where it is set
    std::map<std::string, int> status_at;  ///< of the answers to a URL
    std::optional<int> requests_left;      ///< where it counts them
    int asked = 0;

private:
    const Clock& clock_;
};

/// A roster is a letter a player.
inline Reading read_roster(std::span<const char> document, const Ask& ask) {
    Reading reading;
    for (const char letter : document) {
        StatedRosterPlayer& player = reading.records.roster.emplace_back();
        player.season = Season::starting_in(2025);
        player.team_id = *ask.team;
        player.player_name = std::string("Player ") + letter;
    }
    return reading;
}

/// A document is the total of PHI @ BOS.
inline Reading read_lines(std::span<const char> document, const Ask&) {
    Reading reading;
    StatedGameLine& line = reading.records.game_lines.emplace_back();
    line.starts_at = eastern("2026-01-20", "19:40");
    line.home_team_id = kBoston;
    line.away_team_id = kPhiladelphia;
    line.book = "book_a";
    line.market = "total";
    line.line_value = std::stod(std::string(document.begin(), document.end()));
    return reading;
}

inline std::vector<PlannedRequest> plan_boston(const Scope&) {
    return {{.url = "https://example.com/boston", .ask = {.team = kBoston}}};
}

inline std::vector<PlannedRequest> plan_ten(const Scope&) {
    std::vector<PlannedRequest> requests;
    for (int i = 0; i < 10; ++i)
        requests.push_back(
            {.url = "https://example.com/" + std::to_string(i), .ask = {.team = kBoston}});
    return requests;
}

class CollectingHome : public testing::Test {
protected:
    CollectingHome() {
        home_.know({scheduled("0022500601", "2026-01-20", kBoston, kPhiladelphia,
                              eastern("2025-08-14", "12:00"))});
    }

    /// Asks at this time and settles what is answered.
    Settled collect(const Source& source, Instant at, std::string body) {
        clock_.advance(at - clock_.league_now());
        upstream_.bodies = {std::move(body)};
        Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
        Collected collected =
            support::value_of(collector.collect(source, {.dates = {}, .again = true}));
        return home_.settle(source.name, std::move(collected.answers));
    }

    /// Asks now; what is answered is not settled.
    Collected ask(const Source& source,
                  const CollectRequest& request = {.dates = {}, .again = true}) {
        Collector collector(home_.database(), fetcher_, clock_, home_.folder(), {});
        return support::value_of(collector.collect(source, request));
    }

    /// The rows of the table, made anew of the archive.
    template <class Row>
    std::string rebuilt(const Source& source, const store::Table<Row>& table) {
        SettledHome other;
        other.know(home_.rows(kSchedule));
        Collected collected =
            support::value_of(collect_from_archive(other.database(), home_.folder(), source, {}));
        other.settle(source.name, std::move(collected.answers));
        return digest_of(other, table);
    }
    template <class Row>
    static std::string digest_of(SettledHome& home, const store::Table<Row>& table) {
        const std::array<const store::TableSpec*, 2> tables{&table.spec(), &kDocument.spec()};
        return to_string(support::value_of(store::digest(home.database(), tables)));
    }
    [[nodiscard]] std::size_t open() {
        return home_.rows(kBrRoster, "WHERE closed_at IS NULL").size();
    }

    SettledHome home_;
    ManualClock clock_{eastern("2026-01-19", "08:00")};
    ManualWaiter waiter_{clock_};
    Upstream upstream_{clock_};
    Fetcher fetcher_{upstream_, clock_, waiter_, home_.folder(), 7};
};

}  // namespace tipoff::collect::test
