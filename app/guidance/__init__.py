"""Guidance given (窓口案内): which window was named to a person, in which situation.

The intent counts even when no referral follows. May be imported by referrals and above.
"""
