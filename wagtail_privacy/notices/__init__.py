"""Notices: the audience, what the message says, and how it is sent."""
