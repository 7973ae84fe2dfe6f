"""The sample city (見本データ): a few years of invented records, through the same operations as the screens.

Nothing imports it but the command line and the factory, which asks whether its mark is set.
"""
