"""How the bundled estimator of quality and post-edit risk is made: python -m pipeline.training.estimator."""
