"""Orders as their owner sees them: found, shipped, settled, printed."""
