"""Termbase formats, one file each, defining ``FORMAT``."""
