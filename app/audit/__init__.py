"""The audit trail (操作の記録): append-only, hash-chained entries of who did what and what stood before.

Holds no memo text. Every operation of the packages above records here, in its own transaction.
"""
