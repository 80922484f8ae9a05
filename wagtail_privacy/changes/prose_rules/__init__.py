"""Statements weighed: one that came, one that went, and one that became another."""
