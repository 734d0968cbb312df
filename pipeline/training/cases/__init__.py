"""How the table of Russian cases was made (languages.russian.expected): python -m pipeline.training.cases."""
