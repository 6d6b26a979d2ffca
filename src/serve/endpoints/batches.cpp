#include "serve/endpoints/batches.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/league_day.h"
#include "coordinate/batch_tables.h"
#include "serve/documents/batches.h"
#include "serve/endpoints/batch_news.h"
#include "serve/endpoints/endpoints.h"
#include "serve/paging.h"
#include "serve/problem.h"

namespace tipoff::serve {
namespace {

using coordinate::BatchRequest;
using coordinate::BatchRow;

constexpr std::int64_t kUsualBatches = 50;

constexpr std::string_view kStartSchema = R"json({
  "type": "object",
  "additionalProperties": false,
  "required": ["game_date"],
  "properties": {
    "game_date": {"type": "string", "description": "YYYY-MM-DD, TODAY or TOMORROW in Eastern time"},
    "min_minutes": {"type": "number", "minimum": 0, "maximum": 48, "default": 0,
                    "description": "leave out players who are expected for fewer"},
    "systems": {"type": "array", "items": {"type": "string"}, "description": "all that there are"},
    "markets": {"type": "array", "items": {"type": "string"},
                "description": "those of the workflows file"},
    "force": {"type": "boolean", "default": false,
              "description": "drop a batch of the date that is under way"},
    "correlation_id": {"type": "string", "maxLength": 200, "description": "kept with the batch"}
  }
})json";

constexpr std::string_view kCompleteSchema = R"json({
  "type": "object",
  "additionalProperties": false,
  "required": ["batch_id"],
  "properties": {"batch_id": {"type": "string"}}
})json";

constexpr std::size_t kLongestCorrelationId = 200;

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::kInvalidInput, std::move(what), "/openapi.json has the body's schema");
}

/// A body that is a JSON object of these members alone.
Expected<Json> read_body(const RawRequest& raw, std::initializer_list<std::string_view> members) {
    Json body = Json::parse(raw.body, nullptr, false);
    if (body.is_discarded()) return bad("the body is not JSON");
    if (!body.is_object()) return bad("the body is not a JSON object");
    for (const auto& [name, value] : body.items()) {
        if (std::ranges::find(members, name) == members.end())
            return bad(fmt::format("'{}' is not known", name));
    }
    return body;
}

/// The member's value in `target`; as it was where there is none, or null.
template <class T>
Status take(const Json& body, std::string_view name, bool (Json::*is_it)() const noexcept,
            std::string_view type, T& target) {
    const auto found = body.find(name);
    if (found == body.end() || found->is_null()) return {};
    if (!(*found.*is_it)()) return bad(fmt::format("'{}' is not {}", name, type));
    target = found->template get<T>();
    return {};
}

Status take_words(const Json& body, std::string_view name, std::vector<std::string>& target) {
    Json words;
    TIPOFF_CHECK(take(body, name, &Json::is_array, "a list", words));
    for (const Json& word : words) {
        if (!word.is_string()) return bad(fmt::format("'{}' is not a list of words", name));
        target.push_back(word.get<std::string>());
    }
    return {};
}

/// As for every date of the API, in capital letters as well.
Expected<GameDate> date_of(std::string text, Instant now) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    if (const auto date = parse_league_day(text, now)) return *date;
    return bad(fmt::format("game_date: '{}' is no date: YYYY-MM-DD, TODAY or TOMORROW", text));
}

Expected<BatchRequest> start_request(const RawRequest& raw, Instant now) {
    TIPOFF_TRY(const Json body, read_body(raw, {"game_date", "min_minutes", "systems", "markets",
                                                "force", "correlation_id"}));
    BatchRequest request;
    std::string date;
    TIPOFF_CHECK(take(body, "game_date", &Json::is_string, "text", date));
    if (date.empty()) return bad("'game_date' is missing");
    TIPOFF_TRY(request.game_date, date_of(std::move(date), now));
    TIPOFF_CHECK(take(body, "min_minutes", &Json::is_number, "a number", request.min_minutes));
    TIPOFF_CHECK(take_words(body, "systems", request.systems));
    TIPOFF_CHECK(take_words(body, "markets", request.markets));
    TIPOFF_CHECK(take(body, "force", &Json::is_boolean, "true or false", request.force));
    TIPOFF_CHECK(take(body, "correlation_id", &Json::is_string, "text", request.correlation_id));
    if (request.correlation_id.size() > kLongestCorrelationId)
        return bad(fmt::format("correlation_id: {} bytes at most", kLongestCorrelationId));
    return request;
}

/// Others of the same date or the queue are in the way: a conflict, not a fault that passes soon.
Expected<Response> told(const Error& error) {
    if (error.code() != ErrorCode::kBusy) return std::unexpected(error);
    return problem(409, error.message(), error.hint());
}

class BatchEndpoints {
public:
    BatchEndpoints(operate::BatchCoordinator& coordinator, const Backend& backend)
        : coordinator_(coordinator), backend_(backend) {}

    Expected<Response> start(const Request& request) const {
        TIPOFF_TRY(const BatchRequest asked,
                   start_request(request.raw, backend_.clock.league_now()));
        const auto begun = coordinator_.start(asked);
        if (!begun) return told(begun.error());
        backend_.refresh();
        Json document = batch_json(*begun);
        const std::string url = "/status?batch_id=" + begun->batch_id;
        document["monitor_url"] = url;
        Response response = json_response(document);
        response.status = 202;
        return std::move(response).with("Location", url);
    }

    Expected<Response> complete(const Request& request) const {
        TIPOFF_TRY(const Json body, read_body(request.raw, {"batch_id"}));
        std::string batch_id;
        TIPOFF_CHECK(take(body, "batch_id", &Json::is_string, "text", batch_id));
        if (batch_id.empty()) return bad("'batch_id' is missing");
        TIPOFF_CHECK(coordinator_.finish(batch_id));
        Response response = json_response(
            {{"batch_id", batch_id}, {"monitor_url", "/status?batch_id=" + batch_id}});
        response.status = 202;
        return response;
    }

    /// A batch, and those of its players who have no forecast with the reason.
    Expected<Response> status(const std::string& batch_id) const {
        TIPOFF_TRY(const auto batch, coordinator_.find(batch_id));
        if (!batch)
            return fail(ErrorCode::kNotFound, fmt::format("there is no batch '{}'", batch_id));
        TIPOFF_TRY(const auto items, coordinator_.batches().items(batch_id));
        return json_response(batch_status_json(*batch, items));
    }

    Expected<Response> list(const Arguments& arguments) const {
        PagedQuery query{.select = select_all(coordinate::kBatch),
                         .values = {},
                         .key = {"started_at", "batch_id"},
                         .descending = true};
        if (const auto date = arguments.optional_date("date")) {
            query.values.emplace_back(*date);
            query.select += " AND game_date = $1";
        }
        TIPOFF_TRY(const Page page, read_page(backend_.database, query, arguments));
        Json document{{"batches", Json::array()}};
        for (const BatchRow& batch : coordinate::kBatch.to_rows(page.rows))
            document["batches"].push_back(batch_json(batch));
        document["next_cursor"] = page.next.empty() ? Json(nullptr) : Json(page.next);
        return json_response(document);
    }

private:
    operate::BatchCoordinator& coordinator_;
    const Backend& backend_;
};

}  // namespace

MakeRoutes batch_routes(operate::BatchCoordinator& coordinator) {
    return [&coordinator](const Backend& backend) -> std::vector<Route> {
        backend.live.add([news = std::make_shared<BatchNews>(coordinator)](const LiveLook& look) {
            return news->look(look);
        });
        const BatchEndpoints endpoints(coordinator, backend);
        return {
            {.method = "POST",
             .path = "/start",
             .name = "start_batch",
             .scope = Scope::kOperate,
             .summary = "Starts a batch: the players of a game date, forecast as of now",
             .parameters = {},
             .body_schema = std::string(kStartSchema),
             .responses = {{.status = 202,
                            .media_type = std::string(kJsonType),
                            .doc = "The batch, and where to look how far it is."},
                           {.status = 400,
                            .media_type = std::string(kProblemType),
                            .doc = "What is wrong with what was asked."},
                           not_found_doc("Nobody is expected; the detail says why."),
                           {.status = 409,
                            .media_type = std::string(kProblemType),
                            .doc = "A batch of the date is under way, and named."}},
             .handler = [endpoints](const Request& request) { return endpoints.start(request); }},
            {.method = "POST",
             .path = "/complete",
             .name = "complete_batch",
             .scope = Scope::kOperate,
             .summary = "Finishes a batch with what there is; the rest gets a reason",
             .parameters = {},
             .body_schema = std::string(kCompleteSchema),
             .responses = {{.status = 202,
                            .media_type = std::string(kJsonType),
                            .doc = "It is being finished."},
                           not_found_doc("There is no such batch."),
                           {.status = 409,
                            .media_type = std::string(kProblemType),
                            .doc = "It has ended."}},
             .handler =
                 [endpoints](const Request& request) { return endpoints.complete(request); }},
            {.method = "GET",
             .path = "/status",
             .name = "get_batch_status",
             .summary = "How far a batch is, and who has no forecast and why",
             .parameters = {{.name = "batch_id",
                             .doc = "As POST /start gave it",
                             .required = true}},
             .responses = {json_doc("The batch."), not_found_doc("There is no such batch.")},
             .handler =
                 [endpoints](const Request& request) {
                     return endpoints.status(request.arguments.text("batch_id"));
                 }},
            {.method = "GET",
             .path = "/batches",
             .name = "list_batches",
             .summary = "Batches, the newest first",
             .parameters = with_pages(
                 {{.name = "date", .type = ParameterType::kDate, .doc = "Of this game date alone"}},
                 kUsualBatches),
             .responses = {json_doc("The batches.")},
             .handler =
                 [endpoints](const Request& request) { return endpoints.list(request.arguments); }},
        };
    };
}

}  // namespace tipoff::serve
