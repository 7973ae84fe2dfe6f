"""My day (今日の仕事): what is due, what waits, what ends.

Nothing imports it but the factory.
"""
