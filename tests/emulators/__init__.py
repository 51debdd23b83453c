"""Chat platforms emulated on loopback: what they promise, what they forget, and how they fail."""
