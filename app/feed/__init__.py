"""What everybody may see without sign-in: public pages, "find my window", the static site, open data.

就労支援マップ, 相談窓口をさがす, オープンデータ. Shows the directory and published editions, never a record.
Nothing imports it but the command line.
"""
