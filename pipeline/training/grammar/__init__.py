"""How the table of Russian forms was made (languages.russian.fitness): python -m pipeline.training.grammar."""
