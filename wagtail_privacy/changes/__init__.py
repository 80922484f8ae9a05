"""What changed between two snapshots, how much it matters, and the words for it.

Values in, values out: imports ``policy`` alone, and of Django only ``django.utils.translation``.
"""
