"""Forms of accounts."""

from flask_babel import lazy_gettext as _l

from app.access.permissions import Role
from app.accounts.passwords import LONGEST
from app.web.fields import Choice, EnumChoice, PasswordField, TextField, TickField
from app.web.forms import Form


class SignInForm(Form):
    login_name = TextField(_l("利用者名"), max_length=40, fold=True, autocomplete="username", autofocus=True)
    password = PasswordField(_l("パスワード"), max_length=LONGEST, autocomplete="current-password")


class PasswordForm(Form):
    current = PasswordField(_l("今のパスワード"), max_length=LONGEST, autocomplete="current-password")
    password = PasswordField(
        _l("新しいパスワード"),
        max_length=LONGEST,
        autocomplete="new-password",
        description=_l("12文字以上。関係のない言葉をいくつかつなげると、長くても覚えやすくなります。"),
    )
    again = PasswordField(_l("新しいパスワード（もう一度）"), max_length=LONGEST, autocomplete="new-password")


class AccountForm(Form):
    examines_texts = False  # how somebody who works here is called
    login_name = TextField(
        _l("利用者名"),
        max_length=40,
        fold=True,
        description=_l("サインインに使います。英小文字・数字・「.」「-」「_」で3文字以上。"),
    )
    label = TextField(
        _l("呼び名"), max_length=60, description=_l("操作の記録に残る名前です。例：相談員1、生活福祉課 係長")
    )
    role = EnumChoice(_l("役割"), Role, kind="select")
    office = Choice(
        _l("所属"),
        required=False,
        coerce=int,
        description=_l("見られる記録は、この所属のものに限られます。監査と管理者のほかは必須です。"),
    )


class EditAccountForm(AccountForm):
    is_active = TickField(_l("この利用者を使えるようにする"))
