#include "forecast/tree_paths.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace tipoff::forecast {
namespace {

using Json = nlohmann::json;

Json model_in(std::string_view booster) {
    try {
        return Json::from_ubjson(booster.begin(), booster.end())
            .at("learner")
            .at("gradient_booster")
            .at("model");
    } catch (const Json::exception& problem) {
        throw InvariantBroken(std::string("not a booster that XGBoost wrote: ") + problem.what());
    }
}

}  // namespace

TreePaths::TreePaths(std::string_view booster) {
    const Json model = model_in(booster);
    for (const Json& tree : model.at("trees")) {
        const auto left = tree.at("left_children").get<std::vector<std::int32_t>>();
        const auto right = tree.at("right_children").get<std::vector<std::int32_t>>();
        const auto feature = tree.at("split_indices").get<std::vector<std::uint32_t>>();
        const auto condition = tree.at("split_conditions").get<std::vector<float>>();
        const auto default_left = tree.at("default_left").get<std::vector<int>>();
        const auto weight = tree.at("sum_hessian").get<std::vector<float>>();
        const std::size_t root = nodes_.size();
        roots_.push_back(root);
        const auto place = [root](std::int32_t child) {
            return child < 0 ? -1 : static_cast<std::int32_t>(root) + child;
        };
        for (std::size_t n = 0; n < left.size(); ++n) {
            nodes_.push_back({.threshold = condition[n],
                              .mean = condition[n],  // of a leaf this is what it says
                              .left = place(left[n]),
                              .right = place(right[n]),
                              .feature = feature[n],
                              .unknown_to_left = default_left[n] != 0});
        }
        for (std::size_t n = left.size(); n-- > 0;) {
            if (left[n] < 0) continue;
            const auto l = static_cast<std::size_t>(left[n]);
            const auto r = static_cast<std::size_t>(right[n]);
            require(l > n && r > n, "a tree's children come before their parent");
            nodes_[root + n].mean =
                (nodes_[root + l].mean * weight[l] + nodes_[root + r].mean * weight[r]) / weight[n];
        }
    }
}

void TreePaths::add_contributions(std::span<const float> values, std::size_t columns,
                                  std::span<float> shares) const {
    const std::size_t rows = values.size() / columns;
    require(shares.size() == rows * (columns + 1), "contributions of other rows");
    for (const std::size_t root : roots_) {
        for (std::size_t row = 0; row < rows; ++row) {
            const std::span<const float> features = values.subspan(row * columns, columns);
            const std::span<float> of_row = shares.subspan(row * (columns + 1), columns + 1);
            const Node* node = &nodes_[root];
            of_row[columns] += node->mean;
            while (node->left >= 0) {
                const float value = features[node->feature];
                const bool to_left =
                    std::isnan(value) ? node->unknown_to_left : value < node->threshold;
                const Node* below =
                    &nodes_[static_cast<std::size_t>(to_left ? node->left : node->right)];
                of_row[node->feature] += below->mean - node->mean;
                node = below;
            }
        }
    }
}

}  // namespace tipoff::forecast
