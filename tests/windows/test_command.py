"""flask windows load."""

import pytest

from app.windows import queries

pytestmark = pytest.mark.both_databases


def test_the_command_loads_and_says_what_it_did_on_standard_output(app):
    runner = app.test_cli_runner()

    first = runner.invoke(args=["windows", "load"])
    again = runner.invoke(args=["windows", "load"])

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout.splitlines() == [
        "相談窓口を登録しました（課・機関 23、窓口 18、版 19）。",
        "窓口案内のルールを登録しました（ルール 41、シナリオ 78）。",
    ]
    assert again.stdout == "相談窓口は登録済みです。何も変わりません。\n"


def test_a_broken_file_ends_with_a_message_on_standard_error(app, tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text('[[office]]\nkey = "north"\n', encoding="utf-8")

    result = app.test_cli_runner().invoke(args=["windows", "load", "--file", str(file)])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "「window」がありません" in result.stderr
    with app.app_context():
        assert queries.list_offices() == []
