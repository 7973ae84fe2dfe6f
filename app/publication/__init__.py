"""The gate (公表) that every figure passes before it leaves the house: suppression, exceptions, ledger.

Above years, whose frozen figures are all that is ever released. feed, collecting, demo and cli may import it;
`inside` only where a token was shown. counter and casefile ask it for `late_days` alone.
"""
