"""Text messages over several senders."""
