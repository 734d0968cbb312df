"""Palladius: official texts between Russian, Chinese and English."""

__version__ = "0.1.0"
