"""A policy to begin with: templates whose facts and words an editor chooses from, and what is left for them to fill."""
