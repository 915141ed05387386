"""What can happen in the workspace. Present across subjects, so it composes their services."""
