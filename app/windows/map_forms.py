"""Forms of the map register."""

from flask_babel import lazy_gettext as _l

from app.web.fields import DayField, EnumChoice, MemoField, NumberField
from app.web.forms import Form
from app.windows.vocabulary import PrintRun


class EditionForm(Form):
    published_on = DayField(_l("発行日"), not_future=True)
    changes = MemoField(
        _l("変わったところ"),
        required=True,
        max_length=1_000,
        description=_l("前の号から更新した窓口や内容を書きます。公開されます。"),
    )


class PrintingForm(Form):
    run = EnumChoice(
        _l("刷り"), PrintRun, description=_l("初刷は一つの号に一回だけです。そのあとの印刷が増冊です。")
    )
    printed_on = DayField(_l("印刷した日"), not_future=True)
    copies = NumberField(_l("部数"), least=1, most=1_000_000, unit=_l("部"))
