"""Benchmarks: `bench/NAME.py` holds `def run(size: int) -> list[Result]`, started by `script/bench NAME`.

A value is best a ratio of two things measured in one run, so that it means the same on every machine.
"""
