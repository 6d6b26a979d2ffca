# Writes a C++ source with config/workflows.yaml in it, the workflows of a home that has none of its own.
# Called as a script: -DWORKFLOWS=... -DOUTPUT=...

file(READ "${WORKFLOWS}" text)
set(content "// Made by cmake/embed_workflows.cmake from config/workflows.yaml.
#include \"operate/workflows.h\"

namespace tipoff::operate {

std::string_view default_workflows_text() {
    return R\"yaml(${text})yaml\";
}

}  // namespace tipoff::operate
")
file(WRITE "${OUTPUT}.new" "${content}")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
