"""Training the recogniser: `python -m reader.entities.training DATA` makes the model file anew."""
