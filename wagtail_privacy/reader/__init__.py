"""The public pages: recorded texts, their history and their comparison, as values for templates."""
