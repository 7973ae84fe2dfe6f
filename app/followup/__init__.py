"""Following referrals up (進捗管理): the board (返事待ち), answers in two taps, bulk work, chasers (催促文).

Whose move it is and by when follows from the moves alone; nothing here keeps a state of its own but views
that somebody saved. May be imported by placements and above.
"""
