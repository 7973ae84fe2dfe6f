"""The five questions as a form that changes nothing: no token, no key, no field must be answered."""

from flask_babel import lazy_gettext as _l

from app.feed.questions import Age, Answers, Life, Way, Wish, Work
from app.web.fields import EnumChecks, EnumChoice
from app.web.forms import Filters

MANY = _l("いくつでも選べます。")


class FinderForm(Filters):
    age = EnumChoice(_l("何歳ですか"), Age, required=False)
    work = EnumChoice(_l("いま働いていますか"), Work, required=False)
    wishes = EnumChecks(_l("何をしたいですか"), Wish, required=False, description=MANY)
    life = EnumChecks(_l("あてはまるものはありますか"), Life, required=False, description=MANY)
    way = EnumChoice(_l("どのように相談したいですか"), Way, required=False)

    @property
    def questions(self) -> list[EnumChoice | EnumChecks]:
        """The questions in the order of the page."""
        return [self.age, self.work, self.wishes, self.life, self.way]

    @property
    def answers(self) -> Answers:
        """What was answered."""
        return Answers(
            age=self.age.data,
            work=self.work.data,
            wishes=self.wishes.data,
            life=self.life.data,
            way=self.way.data,
        )
