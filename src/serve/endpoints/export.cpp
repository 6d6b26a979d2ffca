/// `/v1/export/{table}`: a whole table, or the dates of one, as JSON, CSV or Parquet.

#include <memory>

#include "serve/endpoints/endpoints.h"
#include "serve/place.h"
#include "serve/table_export.h"

namespace tipoff::serve {
namespace {

/// At once: each holds some megabytes of rows, and a moment of the database.
constexpr std::ptrdiff_t kMostExports = 4;

/// Keeps the place of an export until it is written or given up.
Streaming with_place(Streaming stream, const std::shared_ptr<Places>& places) {
    const auto place = std::make_shared<Place>(*places);
    return
        [places, place, stream = std::move(stream)](const Write& write) { return stream(write); };
}

Expected<ExportRequest> request_of(const Arguments& arguments) {
    TIPOFF_TRY(const store::TableSpec* table, exported_table(arguments.text("table")));
    ExportRequest request{.table = table, .dates = {}};
    const auto from = arguments.optional_date("from");
    const auto to = arguments.optional_date("to");
    if (!from && !to) return request;
    if (!from || !to)
        return fail(ErrorCode::kInvalidInput, from ? "to: is missing" : "from: is missing",
                    "from and to go together");
    if (*to < *from) return fail(ErrorCode::kInvalidInput, "to: is before from");
    if (!has_dates(*table))
        return fail(ErrorCode::kInvalidInput,
                    "from: the table has no game dates: take it as a whole");
    request.dates = {*from, *to};
    return request;
}

ExportForm form_of(std::string_view format) {
    if (format == "csv") return ExportForm::kCsv;
    return format == "parquet" ? ExportForm::kParquet : ExportForm::kJson;
}

Expected<Response> export_table(const Backend& backend, const Arguments& arguments,
                                const std::shared_ptr<Places>& places) {
    TIPOFF_TRY(const ExportRequest request, request_of(arguments));
    if (!places->try_acquire()) return fail(ErrorCode::kBusy, "too many exports are under way");
    const std::string& format = arguments.text("format");
    const ExportForm form = form_of(format);
    Response response;
    response.media_type = media_type_of(form);
    response.stream =
        with_place(export_stream(backend.database, backend.folder, request, form), places);
    response.headers.push_back(
        {"Content-Disposition",
         "attachment; filename=\"" + request.table->qualified_name() + "." + format + "\""});
    return response;
}

}  // namespace

std::vector<Route> export_routes(const Backend& backend) {
    const auto places = std::make_shared<Places>(kMostExports);
    return {{.method = "GET",
             .path = "/v1/export/{table}",
             .name = "export_table",
             .scope = Scope::kRead,
             .summary = "A table of the database, rows in the order of its key",
             .parameters = {{.name = "table",
                             .doc = "Schema and name: analytics.player_game_summary. Tables of "
                                    "tokens and messages are not given out.",
                             .place = Parameter::Place::kPath},
                            {.name = "format",
                             .type = ParameterType::kChoice,
                             .doc = "The form of the file.",
                             .usual = "json",
                             .choices = {"json", "csv", "parquet"}},
                            {.name = "from",
                             .type = ParameterType::kDate,
                             .doc = "First game date; with `to`, of a table that has them."},
                            {.name = "to", .type = ParameterType::kDate, .doc = "Last game date."}},
             .responses = {json_doc("`{\"rows\": [...]}`, streamed, as the other forms are."),
                           {.status = 200,
                            .media_type = std::string(media_type_of(ExportForm::kCsv)),
                            .doc = "With a heading; NULL is an empty field."},
                           {.status = 200,
                            .media_type = std::string(media_type_of(ExportForm::kParquet)),
                            .doc = "A table as a file, in JSON, CSV or Parquet."},
                           not_found_doc("There is no such table.")},
             .handler = [backend, places](const Request& request) {
                 return export_table(backend, request.arguments, places);
             }}};
}

}  // namespace tipoff::serve
