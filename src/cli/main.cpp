#include "cli/app.h"

int main(int count, char** arguments) { return tipoff::cli::run_program(count, arguments); }
