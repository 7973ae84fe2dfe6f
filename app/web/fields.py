"""The fields that forms are made of, in one place to import from."""

from app.web.choices import Checks, Choice, EnumChecks, EnumChoice, PrimaryChoice, TickField
from app.web.days import DayField
from app.web.words import MemoField, MinutesField, NumberField, PasswordField, TextField

__all__ = [
    "Checks",
    "Choice",
    "DayField",
    "EnumChecks",
    "EnumChoice",
    "MemoField",
    "MinutesField",
    "NumberField",
    "PasswordField",
    "PrimaryChoice",
    "TextField",
    "TickField",
]
