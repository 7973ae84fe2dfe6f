"""What every page shares: the form language, the words of errors, answers' headers, paging (no tables).

欄 (field), 必須/任意 (required/optional), お知らせ (notice), 改ページ (paging).
Every package above foundation, situation and privacy may import it; it knows no person, role or record.
"""
