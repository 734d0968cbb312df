"""Bundled models and tables, each with its card."""
