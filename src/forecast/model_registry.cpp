#include "forecast/model_registry.h"

#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "collect/archive.h"

namespace tipoff::forecast {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

/// The first line of every model file; its number is that of the layout around the payload.
constexpr std::string_view kMagic = "tipoff model 1\n";
constexpr std::size_t kChecksumSize = 64;
constexpr std::size_t kIdSize = 12;
constexpr std::string_view kSuffix = ".model";

fs::path folder_of(const fs::path& home) { return home / "models"; }

std::string hint_to_train(std::string_view market, GameDate through) {
    return fmt::format("tipoff train --through {} --market {} trains one", to_string(through),
                       market);
}

std::unexpected<Error> refusal(const fs::path& file, std::string_view what,
                               std::string_view expected, std::string_view found,
                               std::string hint) {
    return fail(ErrorCode::kRefused,
                fmt::format("{}: {}: expected {}, found {}", file.string(), what, expected, found),
                std::move(hint));
}

// --- the layout: magic line, checksum line, then the record's line and the payload, which the
// --- checksum is of

std::string checksum_of(std::string_view content) {
    return content_hash(std::as_bytes(std::span(content)));
}

std::string file_name_of(const ModelRecord& record) {
    return fmt::format("{}-{}-{}-{}{}", record.name, record.market,
                       to_string(record.trained_through), record.model_id, kSuffix);
}

std::string record_line(const ModelRecord& record) {
    const Json json{{"model_id", record.model_id},
                    {"name", record.name},
                    {"market", record.market},
                    {"format_version", record.format_version},
                    {"feature_list_hash", record.feature_list_hash},
                    {"trained_from", to_string(record.trained_from)},
                    {"trained_through", to_string(record.trained_through)},
                    {"training_rows", record.training_rows},
                    {"seed", record.seed},
                    {"metrics", Json::parse(record.metrics)}};
    return json.dump() + "\n";
}

Expected<ModelRecord> parse_record(std::string_view line) {
    try {
        const Json json = Json::parse(line);
        TIPOFF_TRY(const GameDate from, parse_date(json.at("trained_from").get<std::string>()));
        TIPOFF_TRY(const GameDate through,
                   parse_date(json.at("trained_through").get<std::string>()));
        ModelRecord record;
        record.model_id = json.at("model_id");
        record.name = json.at("name");
        record.market = json.at("market");
        record.format_version = json.at("format_version");
        record.feature_list_hash = json.at("feature_list_hash");
        record.trained_from = from;
        record.trained_through = through;
        record.training_rows = json.at("training_rows");
        record.seed = json.at("seed");
        record.metrics = json.at("metrics").dump();
        return record;
    } catch (const Json::exception& problem) {
        return fail(ErrorCode::kRefused, problem.what());
    }
}

/// Reads a model's file and verifies layout and checksum. A file that is not there is `kNotFound`.
Expected<LoadedModel> read_model_file(const fs::path& path, const std::string& hint) {
    TIPOFF_TRY(const std::vector<char> bytes, collect::read_document(path));
    const std::string_view file(bytes.data(), bytes.size());
    if (!file.starts_with(kMagic)) {
        return refusal(path, "not a model of this tipoff",
                       fmt::format("'{}' in its first line", kMagic.substr(0, kMagic.size() - 1)),
                       file.empty() ? "an empty file" : "something else", hint);
    }
    const std::string_view stated = file.substr(kMagic.size()).substr(0, kChecksumSize);
    const auto content_at = std::min(file.size(), kMagic.size() + kChecksumSize + 1);
    const std::string_view content = file.substr(content_at);
    const auto found = checksum_of(content);
    // The line break after the checksum is the one byte that the checksum does not cover.
    if (stated != found || file[content_at - 1] != '\n') {
        return refusal(path, "damaged", fmt::format("checksum {}", stated), found, hint);
    }
    const auto end_of_line = content.find('\n');
    auto record = parse_record(content.substr(0, end_of_line));
    if (!record || end_of_line == std::string_view::npos) {
        return refusal(path, "not a model of this tipoff", "a record in its third line",
                       record ? "no line" : record.error().message(), hint);
    }
    record->checksum = found;
    record->file_name = path.filename().string();
    record->size_bytes = static_cast<std::int64_t>(file.size());
    return LoadedModel{*std::move(record), std::string(content.substr(end_of_line + 1))};
}

// --- promotions ---

fs::path promotion_path(const fs::path& home, const ModelRecord& model) {
    return folder_of(home) / (model.model_id + ".promotion");
}

std::string promotion_text(const ModelRecord& model, std::span<const Gate> gates, Instant at) {
    Json json{
        {"model_id", model.model_id}, {"promoted_at", to_string(at)}, {"gates", Json::array()}};
    for (const Gate& gate : gates) {
        json["gates"].push_back(
            {{"name", gate.name}, {"limit", gate.limit}, {"measured", gate.measured}});
    }
    return json.dump() + "\n";
}

/// When the model was promoted; nothing when it was not.
Expected<std::optional<Instant>> promotion_of(const fs::path& home, const ModelRecord& model) {
    const auto path = promotion_path(home, model);
    const auto bytes = collect::read_document(path);
    if (!bytes && bytes.error().code() == ErrorCode::kNotFound) return std::nullopt;
    if (!bytes) return std::unexpected(bytes.error());
    const Json json = Json::parse(*bytes, nullptr, false);
    if (json.is_object() && json.value("model_id", Json()) == model.model_id &&
        json.value("promoted_at", Json()).is_string()) {
        if (const auto at = parse_instant(json["promoted_at"].get<std::string>())) return *at;
    }
    return refusal(path, "damaged", fmt::format("the promotion of {}", model.model_id),
                   "something else",
                   fmt::format("remove it, then tipoff train --through {} --market {} --promote",
                               to_string(model.trained_through), model.market));
}

Status mark_promotion(const fs::path& home, ModelRecord& model) {
    TIPOFF_TRY(model.promoted_at, promotion_of(home, model));
    model.promoted = model.promoted_at.has_value();
    return {};
}

Expected<ModelRecord> merge_row(const fs::path& home, store::Transaction& transaction,
                                ModelRecord model, std::string_view run_id) {
    TIPOFF_CHECK(mark_promotion(home, model));
    model.run_id = run_id;
    TIPOFF_CHECK(transaction.merge(kModel.batch({&model, 1}), std::nullopt));
    return model;
}

// --- records ---

bool is_plain_name(std::string_view name) {
    return !name.empty() &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

std::string id_of(const Training& training, std::string_view payload) {
    Hasher hasher;
    hasher.add(training.kind.name);
    hasher.add(training.kind.market);
    hasher.add(std::int64_t{training.kind.format_version});
    hasher.add(training.kind.feature_list_hash);
    hasher.add(std::int64_t{training.from.days_since_epoch()});
    hasher.add(std::int64_t{training.through.days_since_epoch()});
    hasher.add(training.rows);
    hasher.add(training.seed);
    hasher.add(payload);
    return to_string(hasher.finish()).substr(0, kIdSize);
}

ModelRecord record_of(const Training& training, std::string_view payload) {
    require(is_plain_name(training.kind.name) && is_plain_name(training.kind.market),
            "a model's name and market are small letters, digits and underscores");
    require(training.from <= training.through, "a training range that ends before it begins");
    require(Json::parse(training.metrics, nullptr, false).is_object(),
            "a model's metrics are one JSON object");
    ModelRecord record;
    record.model_id = id_of(training, payload);
    record.name = training.kind.name;
    record.market = training.kind.market;
    record.format_version = training.kind.format_version;
    record.feature_list_hash = training.kind.feature_list_hash;
    record.trained_from = training.from;
    record.trained_through = training.through;
    record.training_rows = training.rows;
    record.seed = training.seed;
    record.metrics = training.metrics;
    return record;
}

bool is_readable_by(const ModelRecord& model, const ModelKind& kind) {
    return model.format_version == kind.format_version &&
           model.feature_list_hash == kind.feature_list_hash;
}

/// The first thing in which a model is not what the program can use.
Status check_kind(const fs::path& path, const ModelRecord& model, const ModelKind& kind,
                  const std::string& hint) {
    if (model.name != kind.name)
        return refusal(path, "a model of another bundle", kind.name, model.name, hint);
    if (model.market != kind.market)
        return refusal(path, "a model of another market", kind.market, model.market, hint);
    if (model.format_version != kind.format_version) {
        return refusal(path, "a model of another format", std::to_string(kind.format_version),
                       std::to_string(model.format_version), hint);
    }
    if (model.feature_list_hash != kind.feature_list_hash) {
        return refusal(path, "a model of another feature list", kind.feature_list_hash,
                       model.feature_list_hash, hint);
    }
    return {};
}

/// In the order of who serves a date: trained through later, promoted later.
auto service_order(const ModelRecord& model) {
    return std::tie(model.trained_through, model.promoted_at, model.model_id);
}

/// The file of a row, verified to be the one that was registered and to say what the row says.
Expected<LoadedModel> read_registered(const fs::path& home, const ModelRecord& row,
                                      const std::string& hint) {
    const auto path = folder_of(home) / row.file_name;
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error == std::errc::no_such_file_or_directory) {
        return refusal(path, "missing", fmt::format("the file of model {}", row.model_id),
                       "no file", hint);
    }
    if (!error && std::cmp_not_equal(size, row.size_bytes)) {
        return refusal(path, "not the file that was registered",
                       fmt::format("{} bytes", row.size_bytes), fmt::format("{} bytes", size),
                       hint);
    }
    TIPOFF_TRY(LoadedModel file, read_model_file(path, hint));
    if (file.record.checksum != row.checksum) {
        return refusal(path, "not the file that was registered",
                       fmt::format("checksum {}", row.checksum), file.record.checksum, hint);
    }
    file.record.promoted = row.promoted;
    file.record.promoted_at = row.promoted_at;
    file.record.run_id = row.run_id;
    if (file.record != row) {
        return refusal(path, "its row was changed", "the row to say what the file says",
                       "another row in predictions.model", hint);
    }
    return file;
}

}  // namespace

Expected<ModelRecord> save_model(const fs::path& home, store::Transaction& transaction,
                                 const Training& training, std::string_view payload,
                                 std::string_view run_id) {
    const ModelRecord record = record_of(training, payload);
    const auto path = folder_of(home) / file_name_of(record);
    if (auto existing = read_model_file(path, "");
        existing && existing->record.model_id == record.model_id) {
        return merge_row(home, transaction, std::move(existing->record), run_id);
    }
    std::string content = record_line(record);
    content += payload;
    const std::string file = fmt::format("{}{}\n{}", kMagic, checksum_of(content), content);
    if (file.size() > collect::kMaxDocumentBytes) {
        return fail(ErrorCode::kInvalidInput,
                    fmt::format("a model of {} MiB: the limit is {} MiB", file.size() >> 20,
                                collect::kMaxDocumentBytes >> 20));
    }
    TIPOFF_CHECK(collect::write_file_whole(path, file));
    // Read back: what is registered is what the disk has.
    TIPOFF_TRY(LoadedModel written, read_model_file(path, ""));
    return merge_row(home, transaction, std::move(written.record), run_id);
}

Expected<ModelRecord> promote_model(const fs::path& home, store::Transaction& transaction,
                                    const ModelRecord& model, std::span<const Gate> gates,
                                    Instant at, std::string_view run_id) {
    if (!all_passed(gates)) {
        std::string failures;
        for (const Gate& gate : gates) {
            if (gate.passed) continue;
            failures += fmt::format("{}{} is {:.4f}, to be {}", failures.empty() ? "" : "; ",
                                    gate.name, gate.measured, gate.limit);
        }
        return fail(ErrorCode::kRefused,
                    fmt::format("model {} is not promoted: {}", model.model_id,
                                gates.empty() ? "it was not tried on unseen games" : failures),
                    "the model in service, if any, stays");
    }
    const auto hint = hint_to_train(model.market, model.trained_through);
    TIPOFF_TRY(LoadedModel file, read_registered(home, model, hint));
    TIPOFF_TRY(const auto promoted_at, promotion_of(home, model));
    if (!promoted_at) {
        TIPOFF_CHECK(collect::write_file_whole(promotion_path(home, model),
                                               promotion_text(model, gates, at)));
    }
    return merge_row(home, transaction, std::move(file.record), run_id);
}

Expected<LoadedModel> load_model(const fs::path& home, const ModelRecord& row,
                                 const ModelKind& kind) {
    const auto hint = hint_to_train(kind.market, row.trained_through);
    TIPOFF_TRY(LoadedModel model, read_registered(home, row, hint));
    TIPOFF_CHECK(check_kind(folder_of(home) / row.file_name, model.record, kind, hint));
    return model;
}

Expected<InService> model_in_service(std::span<const ModelRecord> models, const ModelKind& kind,
                                     GameDate date) {
    InService result;
    const ModelRecord* misfit = nullptr;
    bool was_one_promoted = false;
    for (const ModelRecord& model : models) {
        if (model.name == kind.name && model.market == kind.market) result.others.push_back(model);
    }
    std::ranges::sort(result.others, [](const auto& a, const auto& b) {
        return service_order(a) > service_order(b);
    });
    auto chosen = result.others.end();
    for (auto model = result.others.begin(); model != result.others.end(); ++model) {
        if (!model->promoted) continue;
        if (!is_readable_by(*model, kind)) {
            if (misfit == nullptr || misfit->trained_through >= date) misfit = &*model;
            continue;
        }
        was_one_promoted = true;
        if (model->trained_through < date && chosen == result.others.end()) chosen = model;
    }
    if (chosen != result.others.end()) {
        result.model = std::move(*chosen);
        result.others.erase(chosen);
        return result;
    }
    if (misfit != nullptr && (misfit->trained_through < date || !was_one_promoted)) {
        return std::unexpected(check_kind(fs::path("models") / misfit->file_name, *misfit, kind,
                                          hint_to_train(kind.market, date.plus_days(-1)))
                                   .error());
    }
    return result;
}

Error no_model_for(const ModelKind& kind, GameDate date, std::span<const ModelRecord> existing) {
    std::string known;
    for (const ModelRecord& model : existing) {
        const std::string_view why = !is_readable_by(model, kind)
                                         ? "of another feature list or format"
                                     : !model.promoted ? "not promoted"
                                                       : "not before that date";
        known += fmt::format("{}{} is trained through {}, {}", known.empty() ? "" : "; ",
                             model.model_id, to_string(model.trained_through), why);
    }
    return {ErrorCode::kRefused,
            fmt::format("no model '{}' of {} for {}: {}", kind.name, kind.market, to_string(date),
                        known.empty() ? "none was trained" : known),
            hint_to_train(kind.market, date.plus_days(-1))};
}

Expected<std::vector<ModelRecord>> scan_models(const fs::path& home) {
    std::vector<ModelRecord> records;
    std::error_code error;
    for (fs::directory_iterator entry(folder_of(home), error), end; !error && entry != end;
         entry.increment(error)) {
        const auto& path = entry->path();
        if (path.extension() != kSuffix) continue;
        TIPOFF_TRY(LoadedModel model,
                   read_model_file(path, "move it away, and train the model again"));
        ModelRecord& record = records.emplace_back(std::move(model.record));
        if (record.file_name != file_name_of(record)) {
            return refusal(path, "a model under another name", file_name_of(record),
                           record.file_name, "rename or remove it");
        }
        TIPOFF_CHECK(mark_promotion(home, record));
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return fail(ErrorCode::kIo,
                    fmt::format("{}: {}", folder_of(home).string(), error.message()));
    }
    std::ranges::sort(records, {}, &ModelRecord::model_id);
    return records;
}

}  // namespace tipoff::forecast
