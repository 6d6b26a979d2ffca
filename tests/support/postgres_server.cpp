#include "support/postgres_server.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "store/postgres/postgres_database.h"
#include "support/database.h"
#include "support/eventually.h"
#include "support/files.h"

namespace tipoff::support {
namespace {

/// Debian keeps each release's programs apart.
std::filesystem::path programs() {
    for (int release = 20; release >= 13; --release) {
        const std::filesystem::path folder = fmt::format("/usr/lib/postgresql/{}/bin", release);
        if (std::filesystem::exists(folder / "initdb")) return folder;
    }
    return {};
}

/// Becomes the program, as Debian's user where we are root: the server refuses to be root's. It
/// ends with us, however we end.
[[noreturn]] void become(std::vector<std::string> command) {
    ::alarm(0);
    std::vector<std::string> whole{"setpriv", "--pdeathsig", "QUIT"};
    if (::geteuid() == 0)
        whole.insert(whole.end(), {"--reuid", "postgres", "--regid", "postgres", "--clear-groups"});
    whole.insert(whole.end(), command.begin(), command.end());
    std::vector<char*> arguments;
    for (std::string& part : whole)
        arguments.push_back(part.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(kChildThrew);
}

/// What it prints, errors among it, goes to the file: nobody need read it, and so a test has no
/// thread when it forks.
std::unique_ptr<ChildProcess> started(std::vector<std::string> command,
                                      const std::filesystem::path& log) {
    return std::make_unique<ChildProcess>([command, log](Channel&) -> int {
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        become(command);
    });
}

}  // namespace

PostgresServer* PostgresServer::shared() {
    static const std::unique_ptr<PostgresServer> server(programs().empty() ? nullptr
                                                                           : new PostgresServer);
    return server.get();
}

PostgresServer::PostgresServer() {
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (user == nullptr || ::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("no folder for the user 'postgres'");
    }
    const std::string data = folder_ / "data";
    const auto log = folder_ / "log";
    const auto made = started({programs() / "initdb", "--pgdata", data, "--username", "tipoff",
                               "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale",
                               "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US"},
                              log);
    if (made->wait().code != 0) throw std::runtime_error("initdb failed:\n" + read_file(log));

    // As an example says it; what only tests may do overrides it on the command line.
    std::ofstream(data + "/postgresql.conf", std::ios::app)
        << read_file(std::filesystem::path(TIPOFF_SOURCE_DIR) / "deploy/postgresql/tipoff.conf");
    server_ = started({programs() / "postgres", "-D", data, "-k", folder_.path().string(), "-c",
                       "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                       "synchronous_commit=off", "-c", "shared_buffers=64MB", "-c",
                       "autovacuum=off", "-c", "max_wal_size=256MB"},
                      log);
    if (!eventually([&] { return store::open_postgres(url("postgres"), {}).has_value(); },
                    std::chrono::seconds{60}))
        throw std::runtime_error("postgres does not answer:\n" + read_file(log));
}

PostgresServer::~PostgresServer() {
    ::kill(server_->pid(), SIGQUIT);
    server_->wait();
}

std::string PostgresServer::url(const std::string& database) const {
    // A folder as host is percent-encoded.
    std::string host;
    for (const char c : folder_.path().string())
        host += c == '/' ? std::string("%2F") : std::string(1, c);
    return fmt::format("postgresql://tipoff@{}/{}", host, database);
}

std::string PostgresServer::new_database() { return make_database(""); }

std::string PostgresServer::copy_of(const std::string& database_url) {
    return make_database(" TEMPLATE " + database_url.substr(database_url.rfind('/') + 1));
}

std::string PostgresServer::make_database(const std::string& more) {
    const std::string name = fmt::format("test_{}", ++databases_);
    const auto database = value_of(store::open_postgres(url("postgres"), {}));
    // Outside of a transaction, where alone a database can be made.
    value_of(database->read("CREATE DATABASE " + name + more, {}));
    return url(name);
}

}  // namespace tipoff::support
