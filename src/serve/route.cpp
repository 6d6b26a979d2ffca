#include "serve/route.h"

#include <algorithm>
#include <set>

namespace tipoff::serve {
namespace {

/// "/v1/players/{id}" as "v1", "players", "{id}". A path that does not begin with "/" has none.
template <class Text>
std::vector<Text> segments_of(std::string_view path) {
    std::vector<Text> segments;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        segments.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

bool is_wildcard(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

std::string_view name_of(std::string_view wildcard) {
    return wildcard.substr(1, wildcard.size() - 2);
}

/// A GET route answers HEAD too.
std::string_view route_method(std::string_view method) { return method == "HEAD" ? "GET" : method; }

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
    return std::ranges::equal(pattern, path, [](const std::string& wanted, std::string_view given) {
        return is_wildcard(wanted) ? !given.empty() : wanted == given;
    });
}

}  // namespace

std::string_view to_string(Scope scope) {
    switch (scope) {
        case Scope::kPublic: return "public";
        case Scope::kRead: return "read";
        case Scope::kOperate: return "operate";
    }
    throw InvariantBroken("a scope that is none");
}

RouteTable::RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {
    std::set<std::pair<std::string, std::string>> seen;
    std::set<std::string> names;
    for (const Route& route : routes_) {
        require(seen.emplace(route.method, route.path).second, "two routes of one path");
        require(names.insert(route.name).second, "two routes of one name");
        require(!route.is_file || route.scope == Scope::kPublic, "a file is anybody's");
        std::set<std::string_view> in_path;
        for (const std::string& segment :
             segments_.emplace_back(segments_of<std::string>(route.path))) {
            if (is_wildcard(segment)) in_path.insert(name_of(segment));
        }
        std::set<std::string_view> declared;
        for (const Parameter& parameter : route.parameters) {
            if (parameter.place == Parameter::Place::kPath) declared.insert(parameter.name);
        }
        require(in_path == declared, "a route's path and its parameters do not agree");
    }
    // Stable: of two that fit, the one without wildcards comes first.
    std::vector<std::size_t> places(routes_.size());
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = i;
    std::ranges::stable_partition(
        places, [&](std::size_t i) { return routes_[i].path.find('{') == std::string::npos; });
    std::vector<Route> ordered;
    std::vector<std::vector<std::string>> segments;
    for (const std::size_t i : places) {
        ordered.push_back(std::move(routes_[i]));
        segments.push_back(std::move(segments_[i]));
    }
    routes_ = std::move(ordered);
    segments_ = std::move(segments);
}

std::optional<Found> RouteTable::find(std::string_view method, std::string_view path) const {
    const auto given = segments_of<std::string_view>(path);
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (routes_[i].method != route_method(method) || !fits(segments_[i], given)) continue;
        Found found{.route = &routes_[i], .path = {}};
        for (std::size_t s = 0; s < given.size(); ++s) {
            if (!is_wildcard(segments_[i][s])) continue;
            auto decoded = percent_decoded(given[s], false);
            if (!decoded) return std::nullopt;
            found.path.emplace_back(name_of(segments_[i][s]), *std::move(decoded));
        }
        return found;
    }
    return std::nullopt;
}

std::string RouteTable::methods_of(std::string_view path) const {
    const auto given = segments_of<std::string_view>(path);
    std::string methods;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (!fits(segments_[i], given)) continue;
        methods += (methods.empty() ? "" : ", ") + routes_[i].method;
        if (routes_[i].method == "GET") methods += ", HEAD";
    }
    return methods;
}

bool RouteTable::is_page(std::string_view path) const {
    const auto given = segments_of<std::string_view>(path);
    return !given.empty() && std::ranges::none_of(segments_, [&](const auto& segments) {
        return segments.front() == given.front();
    });
}

}  // namespace tipoff::serve
