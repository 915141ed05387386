"""Lists of goals, future tasks, thematic groups, priority changes and the work plan of evaluation."""
