// The description of the API says what its table of routes says, and is well formed.

#include "serve/openapi.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "serve/served_home.h"

namespace tipoff::serve::test {
namespace {

class OpenApi : public ::testing::Test {
protected:
    static std::string lower(std::string text) {
        for (char& c : text)
            c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return text;
    }
    json& operation_of(const Route& route) {
        return document_["paths"][route.path][lower(route.method)];
    }
    [[nodiscard]] const std::vector<Route>& routes() { return served_.service().routes(); }

    Served served_;
    json document_ = served_.document("/openapi.json");
};

TEST_F(OpenApi, HasEveryRouteAndNoOther) {
    EXPECT_EQ(document_["openapi"], "3.1.0");
    std::size_t operations = 0;
    for (const auto& [path, methods] : document_["paths"].items())
        operations += methods.size();
    EXPECT_EQ(operations, routes().size());
    std::set<std::string> names;
    for (const Route& route : routes()) {
        ASSERT_TRUE(document_["paths"].contains(route.path)) << route.path;
        EXPECT_EQ(operation_of(route)["operationId"], route.name);
        EXPECT_TRUE(names.insert(route.name).second) << route.name;
        EXPECT_FALSE(operation_of(route)["summary"].get<std::string>().empty()) << route.path;
        EXPECT_EQ(operation_of(route)["security"].empty(), route.scope == Scope::kPublic);
        EXPECT_EQ(operation_of(route)["x-scope"], to_string(route.scope));
    }
}

TEST_F(OpenApi, DescribesEveryParameterAsItIsChecked) {
    const std::set<std::string> kTypes{"string", "integer", "number", "boolean"};
    for (const Route& route : routes()) {
        const json& described = operation_of(route)["parameters"];
        ASSERT_EQ(described.size(), route.parameters.size()) << route.path;
        for (std::size_t i = 0; i < described.size(); ++i) {
            const Parameter& parameter = route.parameters[i];
            const std::string what = route.path + " " + parameter.name;
            const bool in_path = parameter.place == Parameter::Place::kPath;
            EXPECT_EQ(described[i]["name"], parameter.name);
            EXPECT_EQ(described[i]["in"], in_path ? "path" : "query") << what;
            EXPECT_EQ(described[i]["required"], in_path || parameter.required) << what;
            EXPECT_FALSE(described[i]["description"].get<std::string>().empty()) << what;
            const json& schema = described[i]["schema"];
            EXPECT_TRUE(kTypes.contains(schema["type"])) << what;
            if (parameter.type == ParameterType::kChoice) {
                EXPECT_EQ(schema["enum"].get<std::vector<std::string>>(), parameter.choices);
            }
            if (!parameter.usual.empty()) {
                const json& usual = schema["default"];
                EXPECT_EQ(usual.is_string() ? usual.get<std::string>() : usual.dump(),
                          parameter.usual)
                    << what;
                EXPECT_EQ(usual.is_string(), schema["type"] == "string") << what;
            }
        }
    }
}

TEST_F(OpenApi, PathsNameTheirParameters) {
    const std::regex wildcard(R"(\{([a-z_]+)\})");
    for (const Route& route : routes()) {
        std::set<std::string> in_path;
        for (std::sregex_iterator at(route.path.begin(), route.path.end(), wildcard), end;
             at != end; ++at)
            in_path.insert((*at)[1]);
        std::set<std::string> declared;
        for (const json& parameter : operation_of(route)["parameters"]) {
            if (parameter["in"] == "path") declared.insert(parameter["name"]);
        }
        EXPECT_EQ(in_path, declared) << route.path;
    }
}

TEST_F(OpenApi, EveryResponseIsDescribedAndEveryReferenceLeadsSomewhere) {
    for (const Route& route : routes()) {
        const json& responses = operation_of(route)["responses"];
        for (const auto& [status, response] : responses.items()) {
            EXPECT_TRUE(std::regex_match(status, std::regex("[1-5][0-9][0-9]"))) << status;
            EXPECT_FALSE(response["description"].get<std::string>().empty()) << route.path;
        }
        for (const ResponseDoc& declared : route.responses)
            EXPECT_TRUE(responses.contains(std::to_string(declared.status))) << route.path;
        EXPECT_EQ(responses.contains("401"), route.scope != Scope::kPublic) << route.path;
    }
    std::set<std::string> references;
    const std::function<void(const json&)> collect = [&](const json& node) {
        if (node.is_object() && node.contains("$ref"))
            references.insert(node["$ref"].get<std::string>());
        if (node.is_structured()) {
            for (const json& child : node)
                collect(child);
        }
    };
    collect(document_);
    EXPECT_FALSE(references.empty());
    for (const std::string& reference : references) {
        ASSERT_TRUE(reference.starts_with("#")) << reference;
        EXPECT_TRUE(document_.contains(json::json_pointer(reference.substr(1)))) << reference;
    }
    for (const Route& route : routes()) {
        for (const json& security : operation_of(route)["security"]) {
            for (const auto& [scheme, scopes] : security.items())
                EXPECT_TRUE(document_["components"]["securitySchemes"].contains(scheme));
        }
    }
}

TEST_F(OpenApi, DescribesBodiesOfOtherParts) {
    const std::vector<Route> routes{
        {.method = "POST",
         .path = "/start",
         .name = "start",
         .scope = Scope::kOperate,
         .summary = "Starts",
         .parameters = {},
         .body_schema = R"({"type": "object", "required": ["game_date"]})",
         .responses = {{.status = 202, .media_type = "application/json", .doc = "Started."}}}};
    const json document = json::parse(openapi_document(routes));
    const json& post = document["paths"]["/start"]["post"];
    EXPECT_EQ(post["requestBody"]["content"]["application/json"]["schema"]["required"][0],
              "game_date");
    EXPECT_TRUE(post["responses"].contains("202"));
    EXPECT_FALSE(post["responses"].contains("304"));
}

}  // namespace
}  // namespace tipoff::serve::test
