"""What a policy says: plain immutable values, and the words for them.

Imports nothing else of this package, and of Django only ``django.utils.translation``.
"""
