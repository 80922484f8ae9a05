"""What leaves the site: the history of a policy as files."""
