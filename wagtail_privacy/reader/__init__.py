"""The reader's side: recorded texts, their history and their comparison, as values that templates loop over."""
