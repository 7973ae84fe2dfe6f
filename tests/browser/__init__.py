"""Tests in a real Chromium; fixtures in conftest.py, what they are made of in harness/."""
