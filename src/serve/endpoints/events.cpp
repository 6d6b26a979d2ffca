/// `/v1/events`: what goes on, as it goes on.

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "ledger/run_state.h"
#include "serve/documents/runs.h"
#include "serve/endpoints/endpoints.h"

namespace tipoff::serve {
namespace {

constexpr std::string_view kEventStreamType = "text/event-stream";
constexpr std::string_view kSignOfLife = ": still here\n\n";

/// Who has gone leaves his place so soon, whatever there is to tell.
constexpr std::chrono::milliseconds kIsLookedFor{500};

/// Runs that are in another state than at the last look. Every run that begins has a greater
/// fencing token than those before, so no clock says which are new.
class RunNews {
public:
    explicit RunNews(store::Database& database) : database_(database) {}

    Expected<std::vector<LiveEvent>> look(const LiveLook& look) {
        std::vector<LiveEvent> events;
        if (!look.has_changed) return events;
        TIPOFF_TRY(const auto runs, changed(look.is_first));
        for (const ledger::RunRow& run : runs) {
            newest_token_ = std::max(newest_token_, run.fencing_token);
            const auto known = open_.find(run.run_id);
            const bool is_news = known == open_.end() || known->second != run.state;
            const auto state = ledger::parse_run_state(run.state);
            if (state && !ledger::is_final(*state)) {
                open_[run.run_id] = run.state;
            } else if (known != open_.end()) {
                open_.erase(known);
            }
            if (is_news && !look.is_first)
                events.push_back(
                    {.name = "run", .data = json_line(json_rows(run_fields({run}))[0])});
        }
        return events;
    }

private:
    /// Those that may have changed; at first those that may change.
    Expected<std::vector<ledger::RunRow>> changed(bool is_first) {
        if (is_first) {
            open_.clear();
            TIPOFF_TRY(const auto newest,
                       database_.read("SELECT CAST(coalesce(max(fencing_token), 0) AS BIGINT) "
                                      "FROM ops.run",
                                      {}));
            newest_token_ = newest.data[0].integer(0);
        }
        TIPOFF_TRY(auto runs,
                   store::read_rows(database_, ledger::kRun,
                                    fmt::format("WHERE fencing_token > $1 OR state NOT IN {} "
                                                "ORDER BY fencing_token, run_id",
                                                ledger::kFinalStates),
                                    {newest_token_}));
        std::set<std::string_view> found;
        for (const ledger::RunRow& run : runs)
            found.insert(run.run_id);
        std::vector<ledger::RunRow> ended;
        for (const auto& [run_id, state] : open_) {
            if (found.contains(run_id)) continue;
            TIPOFF_TRY(auto run,
                       store::read_rows(database_, ledger::kRun, "WHERE run_id = $1", {run_id}));
            std::ranges::move(run, std::back_inserter(ended));
        }
        std::ranges::move(ended, std::back_inserter(runs));
        return runs;
    }

    store::Database& database_;
    std::map<std::string, std::string> open_;  ///< states of those that have not ended
    std::int64_t newest_token_ = 0;
};

/// Writes what comes until one of the two ends it, and a sign of life after each `silence`.
Status tell(LiveStream& stream, std::chrono::milliseconds silence, const Write& write) {
    const auto glance = std::min(silence, kIsLookedFor);
    std::chrono::milliseconds quiet{0};
    while (const auto text = stream.next(glance)) {
        quiet = text->empty() ? quiet + glance : std::chrono::milliseconds{0};
        const bool is_time = quiet >= silence;
        TIPOFF_CHECK(write(is_time ? kSignOfLife : std::string_view(*text)));
        if (is_time) quiet = std::chrono::milliseconds{0};
    }
    return {};
}

Expected<Response> events(LiveFeed& live, std::chrono::milliseconds silence,
                          const Request& request) {
    TIPOFF_TRY(const std::shared_ptr<LiveStream> stream, live.listen(request.caller.token_id));
    Response response;
    response.media_type = kEventStreamType;
    response.is_endless = true;
    response.stream = [stream, silence](const Write& write) {
        return tell(*stream, silence, write);
    };
    return response;
}

}  // namespace

std::vector<Route> event_routes(const Backend& backend) {
    backend.live.add([news = std::make_shared<RunNews>(backend.database)](const LiveLook& look) {
        return news->look(look);
    });
    return {{.method = "GET",
             .path = "/v1/events",
             .name = "get_events",
             .scope = Scope::kRead,
             .summary = "What goes on, as it goes on (server-sent events)",
             .parameters = {},
             .responses = {{.status = 200,
                            .media_type = std::string(kEventStreamType),
                            .doc = "`changed` with the version of the data, at once and after each "
                                   "change; `run` with a run that is in another state; `batch` "
                                   "with a batch that has come further; a comment when there was "
                                   "nothing for a while. It ends when the token does, when the "
                                   "service does, and for who reads too slowly."}},
             .handler = [&live = backend.live, silence = backend.live_silence](
                            const Request& request) { return events(live, silence, request); }}};
}

}  // namespace tipoff::serve
