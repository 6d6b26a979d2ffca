#include "base/memory.h"
#include "cli/app.h"

int main(int count, char** arguments) {
    tipoff::give_back_freed_memory();
    return tipoff::cli::run_program(count, arguments);
}
