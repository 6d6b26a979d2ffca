#include "base/memory.h"
#include "base/openmp.h"
#include "cli/app.h"

int main(int count, char** arguments) {
    tipoff::wait_without_spinning(arguments);
    tipoff::give_back_freed_memory();
    return tipoff::cli::run_program(count, arguments);
}
