"""Anonymity: case codes (相談カードの番号), random numbers, and identity in free text (個人を特定できる記述).

Pure rules: secrets and random sources are passed in. Every package above may import them.
"""
