"""Fuzzing of every reader with atheris (libFuzzer): python -m tests.fuzz --help."""
