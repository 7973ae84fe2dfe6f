"""Tests of the English catalogue's upkeep."""
