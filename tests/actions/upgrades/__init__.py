"""A database as an earlier release left it, and the script that writes one."""
