"""What `thidua COMMAND` does: reads the command line, calls the stages, says what came of it."""
