#pragma once
/// The registry of trained models: a file each in HOME/models and a row each in
/// `predictions.model`.
///
/// A model is an opaque string of bytes with a record. Its file is written once, whole or not at
/// all, and never changed; a promotion is a small file beside it. Both files come before the row,
/// which is merged in the caller's transaction, so that a crash leaves at most a file that the next
/// save takes up or replaces. Rows can be made again from the files (`scan_models`).
///
/// Nothing is loaded in place of something else: a model that is missing, damaged, or made for
/// another bundle, market, format or feature list is `kRefused`, in a message that names the file,
/// what was expected and what was found, with the command that trains one.
///
/// Writing needs the home's lock; reading may come from any thread. `docs/models.md` shows the
/// file's layout.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/error.h"
#include "forecast/model_gates.h"
#include "forecast/model_tables.h"
#include "store/database.h"

namespace tipoff::forecast {

/// What a program can use. A model that differs in any of these is another kind.
struct ModelKind {
    std::string name;                 ///< of the bundle: small letters, digits and underscores
    std::string market;               ///< the same letters
    std::int32_t format_version = 0;  ///< of the payload, raised when its reader changes
    std::string feature_list_hash;
};

/// What training made, besides the payload.
struct Training {
    ModelKind kind;
    GameDate from{};
    GameDate through{};  ///< the last game date whose results were seen
    std::int64_t rows = 0;
    std::int64_t seed = 0;
    std::string metrics = "{}";  ///< one JSON object
};

/// Writes the model's file, durably, and merges its row. The same kind, range, rows, seed and
/// payload are the same model: nothing is written a second time, and the metrics of the first save
/// stand. `kIo` when the disk fails.
Expected<ModelRecord> save_model(const std::filesystem::path& home, store::Transaction& transaction,
                                 const Training& training, std::string_view payload,
                                 std::string_view run_id);

/// Writes the model's promotion beside its file and merges its row. `kRefused` when a gate was not
/// passed, when there was none, or when the file is not the one that was saved. A model that is
/// promoted already stays as it is.
Expected<ModelRecord> promote_model(const std::filesystem::path& home,
                                    store::Transaction& transaction, const ModelRecord& model,
                                    std::span<const Gate> gates, Instant at,
                                    std::string_view run_id);

struct LoadedModel {
    ModelRecord record;
    std::string payload;
};

/// Reads the model of a row and verifies size, layout, checksum and kind; each mismatch is
/// `kRefused`.
Expected<LoadedModel> load_model(const std::filesystem::path& home, const ModelRecord& row,
                                 const ModelKind& kind);

/// Which model forecasts a date.
struct InService {
    std::optional<ModelRecord> model;

    /// The others of this name and market, the latest trained first: what to tell where `model` is
    /// none.
    std::vector<ModelRecord> others;
};

/// Of the promoted models of this kind the one that was trained through the latest date before
/// `date`: a model never forecasts a game that it has seen. Of several trained through one date the
/// one promoted last, which had to be better than the one before (then the greatest model id).
/// `kRefused` where there is none and a promoted model of another format or feature list would have
/// served the date, or is all that was ever promoted.
Expected<InService> model_in_service(std::span<const ModelRecord> models, const ModelKind& kind,
                                     GameDate date);

/// The refusal of a caller that cannot do without: no model for `date`, what there is instead, and
/// how to train one.
[[nodiscard]] Error no_model_for(const ModelKind& kind, GameDate date,
                                 std::span<const ModelRecord> existing);

/// The records of all files in HOME/models with their promotions, by model id; none without the
/// folder. Run ids are empty. A damaged file, or one under another's name, is `kRefused`.
Expected<std::vector<ModelRecord>> scan_models(const std::filesystem::path& home);

}  // namespace tipoff::forecast
