#include "cli/shared_home.h"

#include <fmt/core.h>

#include <utility>

namespace tipoff::cli {
namespace {

using store::Columns;
using store::Database;
using store::Reader;
using store::Transaction;
using store::Values;

/// A reader that another one lends.
class LentReader final : public Reader {
public:
    LentReader(std::shared_ptr<Reader> lender, std::mutex& reading)
        : lender_(std::move(lender)), reading_(reading) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        const std::lock_guard lock(reading_);
        return lender_->read(sql, values);
    }

    void stop() override { lender_->stop(); }

private:
    std::shared_ptr<Reader> lender_;
    std::mutex& reading_;
};

/// The owner's database for a command that only reads.
class ReadDatabase final : public Database {
public:
    ReadDatabase(Database& owner, std::shared_ptr<Reader> reader)
        : owner_(owner), reader_(std::move(reader)) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        const std::lock_guard lock(reading_);
        return reader_->read(sql, values);
    }

    Expected<std::unique_ptr<Transaction>> begin() override {
        return fail(ErrorCode::kRefused, "the home is open for reading only");
    }

    Expected<std::unique_ptr<Reader>> reader() override {
        return std::make_unique<LentReader>(reader_, reading_);
    }

    [[nodiscard]] std::string engine() const override { return owner_.engine(); }

private:
    Database& owner_;
    std::shared_ptr<Reader> reader_;
    std::mutex reading_;
};

/// The owner's database for a command whose turn it is to write.
class WriteDatabase final : public Database {
public:
    WriteDatabase(Database& owner, WriteTurns::Turn turn) : owner_(owner), turn_(std::move(turn)) {}

    Expected<Columns> read(std::string_view sql, const Values& values) override {
        return owner_.read(sql, values);
    }
    Expected<std::unique_ptr<Transaction>> begin() override { return owner_.begin(); }
    Expected<std::unique_ptr<Reader>> reader() override { return owner_.reader(); }
    Status checkpoint() override { return owner_.checkpoint(); }
    [[nodiscard]] std::string engine() const override { return owner_.engine(); }

private:
    Database& owner_;
    WriteTurns::Turn turn_;
};

}  // namespace

Expected<std::unique_ptr<store::Home>> SharedHome::open(store::Access access,
                                                        std::chrono::milliseconds wait) {
    return access == store::Access::kReadOnly ? open_to_read() : open_to_write(wait);
}

Expected<std::unique_ptr<store::Home>> SharedHome::open_to_read() {
    TIPOFF_TRY(auto own, owner_.home.database().reader());
    const std::shared_ptr<Reader> reader = std::move(own);
    {
        const std::lock_guard lock(mutex_);
        readers_.push_back(reader);
        if (is_stopped_) reader->stop();
    }
    return std::make_unique<store::Home>(
        owner_.home.folder(), -1, std::make_unique<ReadDatabase>(owner_.home.database(), reader));
}

Expected<std::unique_ptr<store::Home>> SharedHome::open_to_write(std::chrono::milliseconds wait) {
    std::string who = owner_.name;
    if (owner_.does == HandOver::kReadsAndWrites) {
        auto turn = owner_.turns.take_within(command_, wait, [this] { return is_stopped_.load(); });
        if (turn) {
            writes_ = true;
            return std::make_unique<store::Home>(
                owner_.home.folder(), -1,
                std::make_unique<WriteDatabase>(owner_.home.database(), *std::move(turn)));
        }
        if (const std::string holder = owner_.turns.holder(); !holder.empty()) who += ": " + holder;
    } else {
        was_refused_ = true;
    }
    return fail(ErrorCode::kBusy,
                fmt::format("{} is being written by {}", owner_.home.folder().string(), who),
                "wait for it to end, or pass --wait SECONDS");
}

void SharedHome::stop() {
    is_stopped_ = true;
    const std::lock_guard lock(mutex_);
    for (const auto& weak : readers_) {
        if (const auto reader = weak.lock()) reader->stop();
    }
}

}  // namespace tipoff::cli
