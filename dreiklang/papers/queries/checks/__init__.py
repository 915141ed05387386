"""What can be asked about checks and the checklist."""
