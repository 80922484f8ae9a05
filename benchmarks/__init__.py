"""What ``make bench`` measures: each module here has a ``run()`` that returns its results."""
