#include "cli/home_listener.h"

#include <fmt/core.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace tipoff::cli {
namespace {

/// While a command is to stop, it is told so again after this: a reading that only began when it
/// was told has not heard of it.
constexpr int kTellAgainMs = 100;

}  // namespace

Expected<std::unique_ptr<HomeListener>> HomeListener::listen(store::Home& home, HandOver does) {
    TIPOFF_TRY(auto socket, serve::HomeSocket::listen(home.folder()));
    serve::Descriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake.is_open())
        return fail(ErrorCode::kIo, fmt::format("no event: {}", std::strerror(errno)));
    return std::unique_ptr<HomeListener>(
        new HomeListener(home, does, std::move(socket), std::move(wake)));
}

HomeListener::HomeListener(store::Home& home, HandOver does, serve::HomeSocket socket,
                           serve::Descriptor wake)
    : owner_{.home = home, .name = store::lock_holder(home.folder()), .does = does},
      socket_(std::move(socket)),
      wake_(std::move(wake)),
      thread_([this] { run(); }) {}

HomeListener::~HomeListener() {
    is_ending_ = true;
    wake();
    thread_.join();
}

void HomeListener::wake() const {
    const std::uint64_t one = 1;
    // A counter that is full wakes as well.
    (void)!::write(wake_.number(), &one, sizeof one);
}

void HomeListener::run() {
    while (!is_ending_ || !calls_.empty()) {
        if (is_ending_) socket_.reset();  // who calls now finds nobody, and soon the home
        wait_for_something();
        if (!is_ending_) take_calls();
        end_calls();
    }
}

void HomeListener::wait_for_something() {
    std::vector<pollfd> waited{{.fd = wake_.number(), .events = POLLIN, .revents = 0}};
    if (socket_) waited.push_back({.fd = socket_->descriptor(), .events = POLLIN, .revents = 0});
    const std::size_t first_call = waited.size();
    bool is_telling = false;
    for (const Call& call : calls_) {
        const bool is_stopped = call.has_left || is_ending_;
        is_telling |= is_stopped;
        // One who has left would only be told of again and again.
        waited.push_back({.fd = call.has_left ? -1 : call.command.descriptor(),
                          .events = POLLRDHUP,
                          .revents = 0});
    }
    if (::poll(waited.data(), waited.size(), is_telling ? kTellAgainMs : -1) < 0) return;
    std::uint64_t count = 0;
    (void)!::read(wake_.number(), &count, sizeof count);
    std::size_t next = first_call;
    for (Call& call : calls_)
        call.has_left |= (waited[next++].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void HomeListener::take_calls() {
    while (auto connection = socket_ ? socket_->accept() : std::nullopt) {
        if (calls_.size() >= kMostHandedCommands) {
            const Error busy(ErrorCode::kBusy,
                             fmt::format("{} does {} commands for others already", owner_.name,
                                         kMostHandedCommands),
                             "wait for one of them to end");
            (void)connection->send({serve::FrameKind::kRefused, packed(busy)}).has_value();
            continue;
        }
        Call& call = calls_.emplace_back(*std::move(connection), owner_);
        call.thread = std::thread([this, &call] {
            call.command.run();
            call.is_done = true;
            wake();
        });
    }
}

void HomeListener::end_calls() {
    for (auto call = calls_.begin(); call != calls_.end();) {
        if (call->is_done) {
            call->thread.join();
            call = calls_.erase(call);
            continue;
        }
        if (call->has_left || is_ending_) call->command.stop();
        ++call;
    }
}

}  // namespace tipoff::cli
