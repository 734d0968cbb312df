"""Estimators of quality and post-edit risk, one module each."""
