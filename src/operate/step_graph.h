#pragma once
/// The steps of the pipeline and what stands between them, read off what the program declares
/// anyhow: what a run needs before it can be begun (`needs.h`), what each watched table is filled
/// by and held against (`watched_tables.h`), and the tasks of the workflows.

#include <string>
#include <string_view>
#include <vector>

#include "operate/watched_tables.h"
#include "operate/workflows.h"

namespace tipoff::operate {

/// An upstream, of the step that collects.
struct GraphSource {
    std::string source;
    std::string what;                    ///< one line for a person
    std::vector<std::string> writes;     ///< watched tables
    std::vector<std::string> workflows;  ///< jobs that ask it
};

struct GraphStep {
    std::string step;
    std::vector<std::string> workflows;  ///< jobs that do it
    std::vector<std::string> reads;      ///< tables of other steps
    std::vector<std::string> writes;     ///< watched tables, in the order of the list
    std::vector<std::string> after;      ///< steps that write what it reads
    std::vector<GraphSource> sources;
};

/// In the order in which the pipeline does them; steps without tables come last.
[[nodiscard]] std::vector<GraphStep> step_graph(const Workflows& workflows);

/// The jobs whose tasks fill a table, in the file's order.
[[nodiscard]] std::vector<const Job*> jobs_that_fill(const WatchedTable& table,
                                                     const Workflows& workflows);

}  // namespace tipoff::operate
