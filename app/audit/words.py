"""The words of the trail: every action and kind of record in both languages; pure.

A test reads the program and finds an action that has no words here.
"""

from typing import Final

ACTIONS: Final[dict[str, tuple[str, str]]] = {
    "account.created": ("利用者をつくった", "Account created"),
    "account.changed": ("利用者を変えた", "Account changed"),
    "account.signed_in": ("サインインした", "Signed in"),
    "account.signed_out": ("サインアウトした", "Signed out"),
    "account.sign_in_delayed": ("サインインに続けて失敗した", "Sign-in failed repeatedly"),
    "account.password_changed": ("パスワードを変えた", "Password changed"),
    "account.password_reset": ("一度だけのパスワードを出した", "One-time password issued"),
    "account.sessions_ended": ("サインアウトさせた", "Signed out by an administrator"),
    "office.create": ("所属をつくった", "Office created"),
    "office.change": ("所属を変えた", "Office changed"),
    "window.create": ("相談窓口をつくった", "Window created"),
    "window.version": ("相談窓口の内容を改めた", "Window revised"),
    "window.succeed": ("相談窓口を引き継いだ", "Window succeeded by another"),
    "window.ended": ("相談窓口の終わりを登録した", "Window ended"),
    "window.verified": ("相談窓口の内容を確認した", "Window verified"),
    "rule.loaded": ("窓口案内のルールを読み込んだ", "Rules of guidance loaded"),
    "rule.created": ("窓口案内のルールをつくった", "Rule of guidance created"),
    "rule.changed": ("窓口案内のルールを改めた", "Rule of guidance revised"),
    "scenario.loaded": ("窓口案内のシナリオを読み込んだ", "Scenarios of guidance loaded"),
    "scenario.created": ("窓口案内のシナリオをつくった", "Scenario of guidance created"),
    "scenario.retired": ("窓口案内のシナリオをやめた", "Scenario of guidance retired"),
    "plan.load": ("計画を読み込んだ", "Plan loaded"),
    "case.opened": ("相談者を登録した", "Case opened"),
    "case.shown_elsewhere": ("他の所属で相談カードを使った", "Card shown at another office"),
    "case.card_reissued": ("相談カードを出しなおした", "Card reissued"),
    "case.closed": ("相談を終了した", "Case closed"),
    "case.assigned": ("担当を決めた", "Person in charge set"),
    "case.next_contact": ("次の連絡の日を決めた", "Next contact set"),
    "handover.made": ("担当を引き継いだ", "Cases handed over"),
    "handover.undone": ("引き継ぎを取り消した", "Hand-over undone"),
    "case.merged": ("相談者を統合した", "Cases merged"),
    "case.merge_undone": ("相談者の統合を取り消した", "Merge of cases undone"),
    "case.reopened": ("相談を再開した", "Case reopened"),
    "consultation.recorded": ("相談を記録した", "Consultation recorded"),
    "consultation.changed": ("相談を訂正した", "Consultation corrected"),
    "consultation.voided": ("相談を誤入力として取り消した", "Consultation voided"),
    "registration.made": ("センターに登録した", "Registered at the centre"),
    "registration.ended": ("センターの登録を終えた", "Registration ended"),
    "registration.voided": ("センターの登録を誤入力として取り消した", "Registration voided"),
    "consent.withdrawn": ("本人同意の撤回を記録した", "Consent withdrawn"),
    "guidance.given": ("窓口を案内した", "Guidance given"),
    "guidance.followed": ("窓口案内を相談の訂正に合わせた", "Guidance followed a corrected consultation"),
    "guidance.voided": ("窓口案内を誤入力として取り消した", "Guidance voided"),
    "referral.sent": ("紹介した", "Referral sent"),
    "referral.moved": ("紹介の状態を進めた", "Referral moved on"),
    "placement.recorded": ("就職を記録した", "Placement recorded"),
    "placement.changed": ("就職を訂正した", "Placement corrected"),
    "placement.voided": ("就職を誤入力として取り消した", "Placement voided"),
    "retention.recorded": ("定着確認を記録した", "Retention check recorded"),
    "retention.changed": ("定着確認を訂正した", "Retention check corrected"),
    "map.edition": ("就労支援マップを更新した", "Map edition published"),
    "map.leaflet": ("就労支援マップのリーフレットを残した", "Leaflet of the map kept"),
    "map.edition_voided": ("就労支援マップの号を取り消した", "Map edition voided"),
    "map.draft": ("就労支援マップの下書きを作った", "Map draft begun"),
    "map.draft_changed": ("就労支援マップの下書きを直した", "Map draft changed"),
    "map.draft_discarded": ("就労支援マップの下書きをやめた", "Map draft discarded"),
    "map.printing": ("就労支援マップの印刷を記録した", "Map printing recorded"),
    "map.printing_corrected": ("就労支援マップの印刷を訂正した", "Map printing corrected"),
    "map.printing_voided": ("就労支援マップの印刷を取り消した", "Map printing voided"),
    "map.distribution": ("就労支援マップの配架を記録した", "Map copies laid out"),
    "map.distribution_corrected": ("就労支援マップの配架を訂正した", "Entry of laid-out copies corrected"),
    "map.distribution_voided": ("就労支援マップの配架を取り消した", "Entry of laid-out copies voided"),
    "map.briefing": ("就労支援マップの周知を記録した", "Staff briefing recorded"),
    "map.briefing_corrected": ("就労支援マップの周知を訂正した", "Staff briefing corrected"),
    "map.briefing_voided": ("就労支援マップの周知を取り消した", "Staff briefing voided"),
    "result.enter": ("実績を入力した", "Result entered"),
    "result.change": ("実績を訂正した", "Result corrected"),
    "result.remove": ("実績を消した", "Result removed"),
    "target.set": ("目標を定めた", "Target set"),
    "target.remove": ("目標を消した", "Target removed"),
    "text.set": ("事業の文を定めた", "Text of a measure set"),
    "text.remove": ("事業の文を消した", "Text of a measure removed"),
}

SUBJECTS: Final[dict[str, tuple[str, str]]] = {
    "account": ("利用者", "Account"),
    "office": ("所属", "Office"),
    "window": ("相談窓口", "Window"),
    "guidance_rule": ("窓口案内のルール", "Rule of guidance"),
    "guidance_scenario": ("窓口案内のシナリオ", "Scenario of guidance"),
    "plan": ("計画", "Plan"),
    "case": ("相談者", "Case"),
    "consultation": ("相談", "Consultation"),
    "registration": ("センターの登録", "Registration"),
    "consent": ("本人同意", "Consent"),
    "guidance": ("窓口案内", "Guidance"),
    "referral": ("紹介", "Referral"),
    "placement": ("就職", "Placement"),
    "measure": ("事業", "Measure"),
    "indicator": ("指標", "Indicator"),
    "map_edition": ("就労支援マップの版", "Map edition"),
    "map_printing": ("就労支援マップの印刷", "Map printing"),
    "map_distribution": ("就労支援マップの配架", "Laid-out copies of the map"),
    "map_briefing": ("就労支援マップの周知", "Staff briefing"),
    "retention_check": ("定着確認", "Retention check"),
}


def word(table: dict[str, tuple[str, str]], key: str, locale: str) -> str:
    """Return the words for a key, the key itself when a newer program wrote it."""
    ja, en = table.get(key, (key, key))
    return en if locale == "en" else ja


def choices(table: dict[str, tuple[str, str]], locale: str) -> list[tuple[object, object]]:
    """Return a table as the choices of a field."""
    return [(key, word(table, key, locale)) for key in table]
