"""What the workspace asks across subjects."""
