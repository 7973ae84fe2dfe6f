"""The production server, started as script/server starts it."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import pytest

from config import create_missing_keys

GUNICORN = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]


@pytest.fixture
def instance(tmp_path, databases):
    """Return an instance folder with keys and a migrated database."""
    create_missing_keys(tmp_path)
    database = databases.get("sqlite")
    database.reset()
    (tmp_path / "shirube.sqlite3").write_bytes(database.file.read_bytes())
    return tmp_path


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(project, instance, port):
    environment = os.environ | {"SHIRUBE_INSTANCE": str(instance), "SHIRUBE_PORT": str(port)}
    return subprocess.Popen(
        GUNICORN, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def server(project, instance, free_port):
    """Return a server that is listening."""
    process = start(project, instance, free_port)
    assert process.stdout.readline() == f"http://127.0.0.1:{free_port}/\n", process.stderr.read()
    yield process
    process.kill()
    process.communicate()


def test_the_server_says_where_it_is_answers_and_stops_when_asked(server, free_port):
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/healthz", timeout=20) as answer:
        assert answer.status == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0


def test_a_port_in_use_is_said_in_a_sentence(project, instance, server, free_port):
    second = start(project, instance, free_port)
    _, errors = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {free_port}" in errors
    assert "SHIRUBE_PORT" in errors
    assert "Traceback" not in errors


def test_query_strings_stay_out_of_the_log(server, free_port):
    with socket.create_connection(("127.0.0.1", free_port), timeout=20) as connection:
        connection.sendall(
            b"GET /cases?memo=tanaka\r\n\r\n"
        )  # gunicorn logs a request line that it cannot read
        assert b"400" in connection.recv(100)
    time.sleep(0.2)
    server.send_signal(signal.SIGTERM)
    _, errors = server.communicate(timeout=20)
    assert "GET /cases?…" in errors
    assert "tanaka" not in errors


def test_a_database_of_a_newer_program_is_refused_once_with_a_sentence(project, instance, free_port):
    connection = sqlite3.connect(instance / "shirube.sqlite3")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    refused = start(project, instance, free_port)
    output, errors = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert output == ""
    assert "newer than this program" in errors
    assert len(errors.strip().splitlines()) == 1


def test_a_start_without_a_key_is_refused_with_a_sentence(project, instance, free_port):
    (instance / "keys/secret-key").unlink()
    refused = start(project, instance, free_port)
    _, errors = refused.communicate(timeout=30)
    assert refused.returncode == 1
    assert "Run script/setup" in errors
    assert "Traceback" not in errors
