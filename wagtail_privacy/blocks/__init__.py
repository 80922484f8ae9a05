"""Compose: the blocks that editors build a policy from. One family per file; each block says what kind it is."""
