"""One policy judged: what the law misses in it, where it contradicts itself, how it is written.

Values in, values out: a snapshot, the law that applies and a day become findings. See docs/review.md.
"""
