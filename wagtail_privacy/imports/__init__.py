"""Existing policies, read into what this plugin can compare and compose."""
