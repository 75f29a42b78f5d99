"""What must happen after a commit, and the worker that does it."""
