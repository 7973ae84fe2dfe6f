"""Tests mirror app/; what they share lies in databases/, factories/ and browser/harness/."""
