"""The editor's form, and what publishing the draft would mean."""
