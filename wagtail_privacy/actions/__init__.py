"""Actions on versions. Each takes plain arguments, is safe to run twice, and runs in one transaction or none."""
