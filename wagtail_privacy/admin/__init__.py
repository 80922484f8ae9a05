"""The plugin's own screens in the admin."""
