"""What the files of docs/deployment and compose.yaml say fits the code and one another."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import get_commands

from campaign_site.env import Environment as Declared
from campaign_site.env import load_environment, variable_name
from campaign_site.setup.__main__ import COMMANDS
from campaign_site.setup.machine import FILES_PER_CONNECTION, OTHER_FILES
from campaign_site.setup.nginx import runs
from campaign_site.setup.supervisor import STOP_TIMEOUT_S
from tests.deployment import files
from tests.deployment.files import CODE, DATA, ENV_FILE, FILES, LEDGER, NGINX, SITE_UNIT, UNITS
from tests.house.sources import PROJECT

KNOWN = {variable_name(field) for field in Declared.__dataclass_fields__.values()} | {"DJANGO_SETTINGS_MODULE"}
SERVICES = [path for path in UNITS if path.suffix == ".service"]
README = FILES / "README.md"


def given_env() -> dict[str, str]:
    return files.read_env(ENV_FILE.read_text(encoding="utf-8")) | {"SECRET_KEY": 64 * "x"}


def compose_env() -> dict[str, str]:
    """The environment of the site in its container, with what .env must hold."""
    given = {"SITE_NAME": "clips.example.org", "SECRET_KEY": 64 * "x", "DATABASE_PASSWORD": "abc"}
    values = files.read_compose()["services"]["site"]["environment"]
    return {
        name: re.sub(r"\$\{(\w+):[?-]\}", lambda found: given.get(found[1], ""), value)
        for name, value in values.items()
    }


@pytest.mark.parametrize("env", [given_env(), compose_env()], ids=["polyphony.env", "compose.yaml"])
def test_settings_exist_and_are_taken(env: dict[str, str]) -> None:
    assert set(env) <= KNOWN
    read = load_environment(env)
    assert (read.behind_proxy, read.demo, str(read.data_dir)) == (True, False, DATA)
    assert (str(read.ledger_dir), read.media_accel, read.port) == (LEDGER, "/protected/", 8000)


def test_a_shell_reads_the_settings_as_systemd_does() -> None:
    script = f"set -a; . {shlex.quote(str(ENV_FILE))}; env -0"
    done = subprocess.run(["env", "-i", "sh", "-ec", script], capture_output=True, text=True, check=True)
    said = dict(line.split("=", 1) for line in done.stdout.split("\0") if line)
    given = files.read_env(ENV_FILE.read_text(encoding="utf-8"))
    assert {name: said.get(name) for name in given} == given


def test_nginx_fits_the_settings() -> None:
    text, env = NGINX.read_text(encoding="utf-8"), load_environment(given_env())
    megabytes = max(settings.REQUEST_BODY_LIMITS.values()) // 2**20
    for line in (
        f"client_max_body_size {megabytes}m;",
        f"proxy_pass http://127.0.0.1:{env.port};",
        f"location {env.media_accel} {{",
        f"alias {env.data_dir}/published/;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
    ):
        assert line in text
    assert text.count("server {") == text.count("access_log off;") == text.count(" emerg;")
    assert "$proxy_add_x_forwarded_for" not in text


def test_every_command_exists() -> None:
    for path in SERVICES:
        program, *arguments = files.unit_command(path)
        if program == f"{CODE}/.venv/bin/python" and arguments[0] == "manage.py":
            assert arguments[1] in get_commands()
        elif program == f"{CODE}/.venv/bin/python":
            assert (arguments[:2], arguments[2] in COMMANDS) == (["-m", "campaign_site.setup"], True)
        else:
            assert (program, arguments) == ("/usr/bin/make", ["setup"])
    texts = [README.read_text(), (FILES / "Dockerfile").read_text()]
    assert set(re.findall(r"manage\.py (\w+)|polyphony-manage (\w+)", texts[0])) == {
        ("health", ""),
        ("backup", ""),
        ("", "health"),
        ("", "check"),
        ("", "restore"),
    }
    assert '"campaign_site.setup", "run"' in texts[1]


def test_units_fit_the_settings_and_the_code() -> None:
    for path in SERVICES:
        unit = files.read_unit(path)
        assert unit["EnvironmentFile"] == ["/etc/polyphony.env"], path.name
        assert (unit["WorkingDirectory"], unit["User"]) == ([CODE], ["polyphony"]), path.name
    site, env = files.read_unit(SITE_UNIT), load_environment(given_env())
    assert site["StateDirectory"] == [f"{Path(DATA).name} {Path(LEDGER).name}"]
    # The worker gets its time, and nothing but the supervisor gets the signal.
    assert (site["KillMode"], int(site["TimeoutStopSec"][0]) > STOP_TIMEOUT_S) == (["mixed"], True)
    assert int(site["LimitNOFILE"][0]) > env.web_connections * FILES_PER_CONNECTION + OTHER_FILES
    timers = {path.stem for path in UNITS if path.suffix == ".timer"}
    assert timers <= {path.stem for path in SERVICES}
    assert files.read_unit(SITE_UNIT)["Requires"] == ["polyphony-setup.service"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Programmes of the deployment are replaced by one that is there: it looks for them."""
    for path in UNITS:
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text)
    copies = sorted(tmp_path.iterdir())
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "polyphony" in line]
    assert (done.returncode, ours) == (0, [])


def test_containers_share_the_folders_of_the_settings() -> None:
    compose = files.read_compose()
    services: dict[str, Any] = compose["services"]
    env = load_environment(compose_env())
    volumes = {name: dict(each.split(":")[:2] for each in one["volumes"]) for name, one in services.items()}
    assert volumes["site"]["data"] == volumes["nginx"]["data"] == str(env.data_dir)
    assert volumes["site"]["ledger"] == str(env.ledger_dir)
    named = {name for one in volumes.values() for name in one if name[0] not in "./$"}
    assert named == set(compose["volumes"])
    dockerfile = (FILES / "Dockerfile").read_text(encoding="utf-8")
    for folder in volumes["site"].values():
        assert re.search(rf"chown polyphony:polyphony .*{folder}(?=\s)", dockerfile)
    assert (PROJECT / services["site"]["build"]["dockerfile"]) == FILES / "Dockerfile"
    assert f"EXPOSE {env.port}" in dockerfile
    # pg_dump must not be older than the server.
    (version,) = re.findall(r"postgresql-client-(\d+)", dockerfile)
    assert services["database"]["image"].startswith(f"postgres:{version}-")
    assert "ports" not in services["site"]


def test_nginx_in_its_container_takes_the_same_file(tmp_path: Path) -> None:
    """The command of compose.yaml, with the places of this machine and without nginx's start."""
    _shell, _option, command = files.read_compose()["services"]["nginx"]["command"]
    written = tmp_path / "default.conf"
    here = command.partition(" && ")[0].replace("$$", "$").replace("/site.conf", shlex.quote(str(NGINX)))
    here = here.replace("/etc/nginx/conf.d/default.conf", shlex.quote(str(written)))
    subprocess.run(["sh", "-ec", here], env={"SITE_NAME": files.NAME, "PATH": "/usr/bin:/bin"}, check=True)
    assert written.read_text() == files.named_nginx(files.NAME).replace("127.0.0.1:8000", "site:8000")


def test_the_readme_installs_every_file() -> None:
    text = README.read_text(encoding="utf-8")
    assert {path.name for path in FILES.iterdir()} - {"README.md"} <= set(re.findall(r"\]\(([\w.-]+)\)", text))


def test_images_are_pinned_and_name_no_host() -> None:
    services = files.read_compose()["services"].values()
    dockerfile = (FILES / "Dockerfile").read_text(encoding="utf-8")
    images = [one["image"] for one in services if "image" in one] + re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert len(images) == 3
    assert all(re.fullmatch(r"[a-z]+:\d[\w.-]*", image) for image in images), images


def test_an_nginx_that_does_not_run_is_none(tmp_path: Path) -> None:
    """One that lacks a library, or was made for another machine, is unpacked again."""
    broken = tmp_path / "nginx"
    broken.write_bytes(b"\x7fELF of another machine")
    broken.chmod(0o755)
    assert [runs(program) for program in (None, tmp_path / "missing", broken, Path("/bin/false"))] == 4 * [False]
