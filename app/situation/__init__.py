"""Vocabulary shared by person and window: target groups (対象者), assistance, age bands, household, topics.

Pure words and rules without tables; every package above may import it.
"""
