"""The page of one case (相談者のページ): everything that happened, on one time line.

Nothing imports it but the factory.
"""
