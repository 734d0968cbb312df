"""Term bases: entries, files, matching, and what is wrong with them."""

from pipeline.glossary.store import Glossary, builtin, load

__all__ = ["Glossary", "builtin", "load"]
