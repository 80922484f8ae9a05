"""Telling people: who they are, what the message says, and how it is handed to the mail server."""
