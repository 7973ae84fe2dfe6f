"""Accounts (利用者) of staff and partner agencies, their sessions, sign-in and lock-out.

Hands the rest of the house an Actor; holds no name of a person seeking work.
May be imported by the packages above and by the factory.
"""
