#pragma once
/// The table of routes: what can be asked, by whom, with which parameters, and who answers.
///
/// Dispatching, the check of parameters, `/openapi.json` and the test of who may do what are made
/// from it. A part of the service adds routes by a function that returns a list of them.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "operate/tokens.h"
#include "serve/arguments.h"
#include "serve/message.h"

namespace tipoff::serve {

/// Who may ask: anybody, or whoever has a token of that scope.
enum class Scope : std::uint8_t { kPublic, kRead, kOperate };

/// "public", "read", "operate".
[[nodiscard]] std::string_view to_string(Scope scope);

/// Whoever asks, as far as he is known.
struct Caller {
    std::string token_id;  ///< empty without a token
    std::optional<operate::TokenScope> scope;
};

/// What a handler is given.
struct Request {
    const RawRequest& raw;
    Arguments arguments;
    Caller caller;
};

/// An error becomes a problem document (`status_of`). Called from many threads at once.
using Handler = std::function<Expected<Response>(const Request&)>;

/// For how long an answer holds. One that is kept is made once for all who ask with the same
/// arguments, so it may depend on nothing else.
enum class Keeping : std::uint8_t {
    kNone,
    kDataVersion,        ///< until the database has changed
    kDataVersionMinute,  ///< and a minute at most: the answer says how old something is
    kForEver,            ///< nothing but the program is in it
};

/// What may come back.
struct ResponseDoc {
    int status = 200;
    std::string media_type;
    std::string doc;
};

struct Route {
    std::string method;  ///< "GET" (HEAD is answered as well) or "POST"
    std::string path;    ///< "/v1/players/{id}"
    std::string name;    ///< of the operation: "get_player"
    Scope scope = Scope::kRead;
    std::string summary;
    std::vector<Parameter> parameters;
    std::string body_schema = {};  ///< of a POST with a JSON body: its JSON schema
    std::vector<ResponseDoc> responses;
    Keeping keeping = Keeping::kNone;
    bool is_file = false;  ///< public, and what stands in the query is the page's own affair
    Handler handler;
};

/// Decoded values of a path's parameters; their names are the route's.
using PathValues = std::vector<std::pair<std::string_view, std::string>>;

/// Where a path leads.
struct Found {
    const Route* route = nullptr;
    PathValues path;
};

class RouteTable {
public:
    /// Two routes of one method and path, a name twice, a path whose parameters are not declared,
    /// or declared ones that are not in the path, are broken invariants.
    explicit RouteTable(std::vector<Route> routes);

    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

    /// The route of a method and a path without its query. A path without wildcards wins.
    [[nodiscard]] std::optional<Found> find(std::string_view method, std::string_view path) const;

    /// "GET, HEAD": the methods that the path takes; empty where there is no such path.
    [[nodiscard]] std::string methods_of(std::string_view path) const;

    /// Whether a path may be the dashboard's: no route begins with its first part.
    [[nodiscard]] bool is_page(std::string_view path) const;

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> segments_;  ///< of each route's path
};

}  // namespace tipoff::serve
