"""Recognisers that need packages of their own, each loaded only when it is chosen.

What they have in common is in `spans`; `spacy` and `gliner` have a class each, found by its entry
point as that of any other package would be.
"""
