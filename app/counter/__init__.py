"""The entry page (相談を記録): case, consultation, guidance and referral in one.

Nothing imports it but the factory.
"""
