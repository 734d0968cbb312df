"""Metrics with references: one module each, found by name."""
