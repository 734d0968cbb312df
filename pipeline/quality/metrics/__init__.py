"""quality/metrics."""
