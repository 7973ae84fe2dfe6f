"""Anonymous cases (相談者), their cards (相談カード), consultations (相談), registrations (登録).

A case is one person, known by the card's keyed hash and by a random case number, never by a name.
May be imported by guidance and above.
"""
