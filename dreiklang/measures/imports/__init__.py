"""Lists of measures, milestones, reports and rounds; and lists of other systems."""
