#include "forecast/model_tables.h"

namespace tipoff::forecast {

using store::bookkeeping;
using store::key;
using store::value;

const store::Table<ModelRecord> kModel{
    "predictions",
    "model",
    "A trained model; its file lies in HOME/models.",
    {
        key<&ModelRecord::model_id>("model_id",
                                    "Hash of what was trained, its first 12 characters."),
        value<&ModelRecord::name>("name", "The bundle; later models of it succeed earlier ones."),
        value<&ModelRecord::market>("market", "points."),
        value<&ModelRecord::format_version>("format_version", "Format of the file's payload."),
        value<&ModelRecord::feature_list_hash>(
            "feature_list_hash",
            "The feature list that it reads; a program with another one "
            "refuses it."),
        value<&ModelRecord::trained_from>("trained_from", "First game date trained on."),
        value<&ModelRecord::trained_through>(
            "trained_through",
            "Last game date whose results it has seen: it forecasts later dates only."),
        value<&ModelRecord::training_rows>("training_rows", "Player games trained on."),
        value<&ModelRecord::seed>("seed", "Seed of the training."),
        value<&ModelRecord::metrics>("metrics", "Measures on unseen games, a JSON object."),
        value<&ModelRecord::checksum>("checksum", "BLAKE2b-256 of the file's contents."),
        value<&ModelRecord::file_name>("file_name", "The file in HOME/models."),
        value<&ModelRecord::size_bytes>("size_bytes", "Size of the file."),
        value<&ModelRecord::promoted>("promoted", "It passed the gates and may forecast."),
        bookkeeping<&ModelRecord::promoted_at>("promoted_at", "When; NULL when it was not."),
        bookkeeping<&ModelRecord::run_id>("run_id", "The run that last changed the row."),
    }};

}  // namespace tipoff::forecast
