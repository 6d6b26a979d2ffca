#include "serve/openapi.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "base/parse.h"
#include "base/version_info.h"
#include "serve/documents/json.h"

namespace tipoff::serve {
namespace {

/// The value that counts where a parameter is not given, in its own type.
Json usual_of(const Parameter& parameter) {
    switch (parameter.type) {
        case ParameterType::kInteger: return parse_integer(parameter.usual).value_or(0);
        case ParameterType::kNumber: return parse_number(parameter.usual).value_or(0);
        case ParameterType::kBoolean: return parameter.usual == "true";
        default: return parameter.usual;
    }
}

Json schema_of(const Parameter& parameter) {
    Json schema;
    switch (parameter.type) {
        case ParameterType::kText: schema["type"] = "string"; break;
        case ParameterType::kInteger:
            schema["type"] = "integer";
            if (parameter.least != INT64_MIN) schema["minimum"] = parameter.least;
            if (parameter.most != INT64_MAX) schema["maximum"] = parameter.most;
            break;
        case ParameterType::kNumber: schema["type"] = "number"; break;
        case ParameterType::kBoolean: schema["type"] = "boolean"; break;
        case ParameterType::kDate:
            schema["type"] = "string";
            schema["anyOf"] = {{{"format", "date"}},
                               {{"enum", {"today", "tomorrow", "yesterday"}}}};
            break;
        case ParameterType::kInstant:
            schema["type"] = "string";
            schema["format"] = "date-time";
            break;
        case ParameterType::kChoice:
            schema["type"] = "string";
            schema["enum"] = parameter.choices;
            break;
    }
    if (!parameter.usual.empty()) schema["default"] = usual_of(parameter);
    return schema;
}

Json parameters_of(const Route& route) {
    Json list = Json::array();
    for (const Parameter& parameter : route.parameters) {
        const bool in_path = parameter.place == Parameter::Place::kPath;
        list.push_back({{"name", parameter.name},
                        {"in", in_path ? "path" : "query"},
                        {"required", in_path || parameter.required},
                        {"description", parameter.doc},
                        {"schema", schema_of(parameter)}});
    }
    return list;
}

Json problem_response(std::string_view doc) {
    return {
        {"description", doc},
        {"content",
         {{std::string(kProblemType), {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
}

/// A JSON body is described as an object, another one as text or bytes.
Json content_schema(std::string_view media_type) {
    if (media_type.ends_with("json")) return {{"type", "object"}};
    if (media_type.starts_with("text/")) return {{"type", "string"}};
    return Json::object();
}

Json responses_of(const Route& route) {
    Json responses = Json::object();
    for (const ResponseDoc& response : route.responses) {
        Json& entry = responses[fmt::format("{}", response.status)];
        if (response.media_type == kProblemType) {
            entry = problem_response(response.doc);
            continue;
        }
        entry["description"] = response.doc;
        if (!response.media_type.empty())
            entry["content"][response.media_type]["schema"] = content_schema(response.media_type);
    }
    const auto add = [&](int status, std::string_view doc) {
        const std::string key = fmt::format("{}", status);
        if (!responses.contains(key)) responses[key] = problem_response(doc);
    };
    if (route.method == "GET")
        responses["304"] = {{"description", "The caller has it already (If-None-Match)."}};
    add(400, "A parameter is not known, missing, or cannot be used; the document names it.");
    if (route.scope != Scope::kPublic) {
        add(401, "No token, or one that is not known, has expired or was revoked.");
        add(403, "The token may read and not operate.");
        add(429, "Too many requests of this token, or too many wrong tokens; see Retry-After.");
    }
    add(503, "Too much to do, or the database is not to be had; see Retry-After.");
    return responses;
}

Json operation_of(const Route& route) {
    Json operation{{"operationId", route.name},
                   {"summary", route.summary},
                   {"x-scope", to_string(route.scope)},
                   {"parameters", parameters_of(route)}};
    if (!route.body_schema.empty()) {
        operation["requestBody"] = {
            {"required", true},
            {"content", {{std::string(kJsonType), {{"schema", Json::parse(route.body_schema)}}}}}};
    }
    operation["responses"] = responses_of(route);
    operation["security"] = Json::array();
    if (route.scope != Scope::kPublic) operation["security"].push_back({{"token", Json::array()}});
    return operation;
}

std::string lower(std::string_view method) {
    std::string text(method);
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

}  // namespace

std::string openapi_document(std::span<const Route> routes) {
    Json paths = Json::object();
    for (const Route& route : routes)
        paths[route.path][lower(route.method)] = operation_of(route);
    const Json problem_schema{
        {"type", "object"},
        {"required", {"type", "title", "status", "detail"}},
        {"properties",
         {{"type", {{"type", "string"}, {"format", "uri-reference"}}},
          {"title", {{"type", "string"}}},
          {"status", {{"type", "integer"}}},
          {"detail", {{"type", "string"}, {"description", "What happened."}}},
          {"hint", {{"type", "string"}, {"description", "What to do about it."}}}}}};
    const Json document{
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "tipoff"},
          {"version", version()},
          {"description",
           "Forecasts of NBA player props. Dates are the league's, in Eastern time; instants are "
           "UTC. What is not known is null. Errors are problem documents (RFC 9457)."}}},
        {"paths", paths},
        {"components",
         {{"schemas", {{"Problem", problem_schema}}},
          {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
    return document.dump(2);
}

}  // namespace tipoff::serve
