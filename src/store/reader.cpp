#include <atomic>

#include "store/database.h"

namespace tipoff::store {
namespace {

/// Over what every engine has.
class PlainReader final : public Reader {
public:
    explicit PlainReader(Database& database) : database_(database) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        if (is_stopped_) return fail(ErrorCode::kRefused, "the reading was stopped");
        return database_.read(sql, values);
    }

    void stop() override { is_stopped_ = true; }

private:
    Database& database_;
    std::atomic<bool> is_stopped_{false};
};

}  // namespace

Expected<std::unique_ptr<Reader>> Database::reader() {
    return std::make_unique<PlainReader>(*this);
}

}  // namespace tipoff::store
