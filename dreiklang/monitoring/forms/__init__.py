"""What people enter and choose about indicators, one file per topic."""
