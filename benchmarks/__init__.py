"""Seeded test data and measurements; results are kept in `results.json`."""
