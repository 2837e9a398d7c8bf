"""Text to words: tokens, word tests and word weights, shared by every part of the index."""

from index.analysis.tokens import ANALYSIS_VERSION, Token, fold, forms, places, stem, tokens

__all__ = ["ANALYSIS_VERSION", "Token", "fold", "forms", "places", "stem", "tokens"]
