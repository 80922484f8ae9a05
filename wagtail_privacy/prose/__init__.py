"""What written text states, as values: sentences, and in each who does what to which data, for how long, where.

Pure: imports nothing of ours but ``policy``, and of other packages Babel's names of months and countries.
Languages are those that have a file in ``lexicon/``.
"""
