"""The worker: what the outbox holds is done here, and the minute's tasks."""
