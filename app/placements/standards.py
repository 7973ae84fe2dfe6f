"""Major groups of the Japanese standard classifications, and the bands that limits of insurance need.

Sources: 日本標準職業分類（平成21年12月統計基準設定） and 日本標準産業分類（令和5年7月改定）, both by the
Ministry of Internal Affairs and Communications, with its English names.
"""

from app.foundation.labels import LabelledEnum


class Occupation(LabelledEnum):
    """職業: 日本標準職業分類の大分類."""

    A = "a", "A 管理的職業", "A Administrative and managerial"
    B = "b", "B 専門的・技術的職業", "B Professional and engineering"
    C = "c", "C 事務", "C Clerical"
    D = "d", "D 販売", "D Sales"
    E = "e", "E サービス職業（介護・調理・接客など）", "E Service (care, cooking, serving …)"
    F = "f", "F 保安職業（警備など）", "F Security"
    G = "g", "G 農林漁業", "G Agriculture, forestry and fishery"
    H = "h", "H 生産工程", "H Manufacturing process"
    I = "i", "I 輸送・機械運転", "I Transport and machine operation"  # noqa: E741 - the letter of the group
    J = "j", "J 建設・採掘", "J Construction and mining"
    K = "k", "K 運搬・清掃・包装等", "K Carrying, cleaning, packaging and related"
    L = "l", "L 分類不能の職業", "L Not classifiable"
    UNKNOWN = "unknown", "不明", "Unknown"


class Industry(LabelledEnum):
    """産業: 日本標準産業分類の大分類."""

    A = "a", "A 農業、林業", "A Agriculture and forestry"
    B = "b", "B 漁業", "B Fisheries"
    C = "c", "C 鉱業、採石業、砂利採取業", "C Mining and quarrying of stone and gravel"
    D = "d", "D 建設業", "D Construction"
    E = "e", "E 製造業", "E Manufacturing"
    F = "f", "F 電気・ガス・熱供給・水道業", "F Electricity, gas, heat supply and water"
    G = "g", "G 情報通信業", "G Information and communications"
    H = "h", "H 運輸業、郵便業", "H Transport and postal services"
    I = "i", "I 卸売業、小売業", "I Wholesale and retail trade"  # noqa: E741 - the letter of the group
    J = "j", "J 金融業、保険業", "J Finance and insurance"
    K = "k", "K 不動産業、物品賃貸業", "K Real estate and goods rental and leasing"
    L = "l", "L 学術研究、専門・技術サービス業", "L Scientific research, professional and technical services"
    M = "m", "M 宿泊業、飲食サービス業", "M Accommodations, eating and drinking services"
    N = "n", "N 生活関連サービス業、娯楽業", "N Living-related, personal and amusement services"
    O = "o", "O 教育、学習支援業", "O Education, learning support"  # noqa: E741 - the letter of the group
    P = "p", "P 医療、福祉", "P Medical, health care and welfare"
    Q = "q", "Q 複合サービス事業（郵便局・協同組合）", "Q Compound services (post offices, co-operatives)"
    R = "r", "R サービス業（ほかに分類されないもの）", "R Services, not elsewhere classified"
    S = "s", "S 公務（ほかに分類されるものを除く）", "S Government, except elsewhere classified"
    T = "t", "T 分類不能の産業", "T Unable to classify"
    UNKNOWN = "unknown", "不明", "Unknown"


class WeeklyHours(LabelledEnum):
    """週の労働時間: employment insurance begins at 20 hours, the quota for disabled workers at 10."""

    UNDER_10 = "under_10", "10時間未満", "Under 10 hours"
    FROM_10 = "from_10", "10〜19時間", "10–19 hours"
    FROM_20 = "from_20", "20〜29時間", "20–29 hours"
    FROM_30 = "from_30", "30時間以上", "30 hours or more"
    UNKNOWN = "unknown", "不明", "Unknown"


class WageBand(LabelledEnum):
    """賃金の月額: 88,000 yen is where social insurance may begin."""

    UNDER_50 = "under_50", "5万円未満", "Under ¥50,000"
    FROM_50 = "from_50", "5万円〜8万8千円未満", "¥50,000 to under ¥88,000"
    FROM_88 = "from_88", "8万8千円〜15万円未満", "¥88,000 to under ¥150,000"
    FROM_150 = "from_150", "15万円〜20万円未満", "¥150,000 to under ¥200,000"
    FROM_200 = "from_200", "20万円以上", "¥200,000 or more"
