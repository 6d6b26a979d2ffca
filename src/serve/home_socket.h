#pragma once
/// The socket in a home, `HOME/tipoff.sock`, over which other processes ask the one that has the
/// home open for writing.
///
/// Whoever holds the home's lock may listen; what a killed process left behind is replaced. Only
/// the user of the process that listens, and root, are answered, and the file has mode 0600. A
/// home's path may be as long as it likes.

#include <chrono>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "serve/frames.h"

namespace tipoff::serve {

/// A file descriptor, closed with its owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_ = -1;
};

/// One side of a talk. Sending and receiving may be done by two threads, each by one.
class HomeConnection {
public:
    explicit HomeConnection(Descriptor socket) : socket_(std::move(socket)) {}

    /// The other side that does not take a frame for `patience` counts as gone: `kIo`.
    Status send(const Frame& frame);

    /// The next frame; nothing when the other side has closed. `kInvalidInput` for what is no
    /// frame; `kBusy` when nothing came for as long as `be_patient` says.
    Expected<std::optional<Frame>> receive();

    /// How long `receive` waits for bytes; without an end unless it is said.
    void be_patient(std::chrono::seconds patience) const;

    /// Wakes whoever sends or receives: the talk is over.
    void shut_down() const;

    [[nodiscard]] int descriptor() const { return socket_.number(); }

private:
    Descriptor socket_;
    FrameReader reader_;
};

class HomeSocket {
public:
    /// `kIo` where the folder's file system has no sockets, or refuses.
    static Expected<HomeSocket> listen(const std::filesystem::path& home);

    HomeSocket(HomeSocket&&) = default;
    HomeSocket& operator=(HomeSocket&&) = delete;

    /// Removes the file: call it while the home's lock is held.
    ~HomeSocket();

    /// A caller that waits; nothing when none does, or when it is one who is not answered.
    [[nodiscard]] std::optional<HomeConnection> accept() const;

    /// For poll: readable when a caller waits.
    [[nodiscard]] int descriptor() const { return socket_.number(); }

private:
    HomeSocket(Descriptor folder, Descriptor socket)
        : folder_(std::move(folder)), socket_(std::move(socket)) {}

    Descriptor folder_;
    Descriptor socket_;
};

/// Calls who listens in the home; nothing where nobody does. `kRefused` when it is neither our user
/// nor root nor whose folder it is; `kBusy` when nobody takes the call.
Expected<std::optional<HomeConnection>> call_home(const std::filesystem::path& home);

}  // namespace tipoff::serve
