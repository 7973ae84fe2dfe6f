"""What was measured on once and showed faults: since then it belongs to what is developed on."""
