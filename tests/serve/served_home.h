#pragma once
/// A real home with the small made-up league, and a service of it on loopback.

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "operate/mini_home.h"
#include "operate/tokens.h"
#include "operate/workflows.h"
#include "serve/raw_client.h"
#include "serve/service.h"

namespace tipoff::serve::test {

using nlohmann::json;

/// One home for all tests of the process: making one takes a second, and none of them changes
/// what another one looks at.
inline operate::test::MiniHome& mini_home() {
    static operate::test::MiniHome home;
    return home;
}

/// Those of a home that says nothing else.
inline const operate::Workflows& workflows() {
    static const operate::Workflows workflows = support::value_of(
        operate::read_workflows(operate::default_workflows_text(), "workflows.yaml"));
    return workflows;
}

/// A token that was just made; its whole text.
inline std::string new_token(operate::TokenScope scope, std::string name = "test") {
    return support::value_of(
               operate::create_token(mini_home().database(),
                                     {.scope = scope, .name = std::move(name), .lives = {}},
                                     mini_home().clock()))
        .text.reveal();
}

inline std::pair<std::string, std::string> bearer(const std::string& token) {
    return {"Authorization", "Bearer " + token};
}

/// Serves the home by the machine's clock, whose league is where the home's is. Whoever is on this
/// machine may read without a token.
class Served {
public:
    explicit Served(ServiceOptions options = {.loopback_reads_without_token = true})
        : clock_(mini_home().clock().league_now()) {
        options.listen = {.host = "127.0.0.1", .port = 0};
        service_ = support::value_of(
            Service::open(mini_home().database(), clock_, mini_home().folder(), options));
    }

    [[nodiscard]] Service& service() { return *service_; }
    [[nodiscard]] std::string url() const { return service_->url(); }

    RawAnswer get(std::string_view target, const Headers& headers = {}) const {
        return ask(url(), "GET", target, headers);
    }
    /// A document that has to come.
    json document(std::string_view target) const {
        const RawAnswer answer = get(target);
        EXPECT_EQ(answer.status, 200) << target << ": " << answer.body;
        return json::parse(answer.body, nullptr, false);
    }

private:
    SystemClock clock_;
    std::unique_ptr<Service> service_;
};

}  // namespace tipoff::serve::test
