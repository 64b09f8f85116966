"""WordPress, PHP and MariaDB out of Debian's packages, unpacked into a folder: nothing is installed, no root needed."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("wordpress", "php-cli", "php-mysql", "mariadb-server-core")
# WordPress itself and what its folder links to: always a copy of our own, for we write into it.
OWN_COPY = re.compile(r"wordpress|wordpress-theme-.*|php-getid3|libjs-.*")
# A web server and programmes to type into; PHP serves, and PHP asks the database.
NOT_NEEDED = re.compile(r"apache2.*|libapache2.*|libapr.*|default-mysql-client|mariadb-client.*|lib.*-perl")
EXTENSIONS = ("mysqlnd", "mysqli", "tokenizer", "iconv", "ctype")


class CannotBeHadError(Exception):
    """Something that the test needs is not to be had on this machine; the text says what."""


@dataclass(frozen=True)
class Programmes:
    """Argument lists to start, the folder that PHP serves, and the libraries' folders that both need."""

    php: tuple[str, ...]
    mariadbd: tuple[str, ...]
    wordpress: Path
    libraries: str


def unpack(folder: Path) -> Programmes:
    """Download what is missing, unpack it below ``folder``, and find it there or on the machine."""
    for tool in ("apt-get", "apt-cache", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise CannotBeHadError(f"{tool} is needed: this test takes WordPress from Debian's packages.")
    archives, root = folder / "archives", folder / "root"
    archives.mkdir()
    root.mkdir()
    call("apt-get", "download", "--quiet", *wanted(), cwd=archives)
    for archive in sorted(archives.glob("*.deb")):
        call("dpkg-deb", "--extract", str(archive), str(root), cwd=archives)
    shutil.rmtree(archives)
    return find(root)


def wanted() -> list[str]:
    """Names of the packages to unpack: those that an installation would add, without what a test can spare."""
    theme = re.search(r"\bwordpress-theme-\S+?(?=[\s,|])", call("apt-cache", "show", "wordpress"))
    if theme is None:
        raise CannotBeHadError("Debian's wordpress recommends no theme; without one it shows nothing.")
    simulate = ("apt-get", "install", "--simulate", "--no-install-recommends")
    added = re.findall(r"^Inst (\S+)", call(*simulate, *PACKAGES, theme[0]), re.MULTILINE)
    depended = re.findall(r"^ [| ]?Depends: (\S+)", call("apt-cache", "depends", "wordpress"), re.MULTILINE)
    own = {name for name in (*PACKAGES, theme[0], *depended) if OWN_COPY.fullmatch(name)}
    return sorted({name for name in added if not NOT_NEEDED.fullmatch(name)} | own)


def find(root: Path) -> Programmes:
    """Where everything is; what the machine has installed already was not downloaded again."""
    modules = next(iter(sorted((root / "usr/lib/php").glob("2*"))), None)
    unpacked = sorted((root / "usr/bin").glob("php[0-9]*.[0-9]"))
    php = str(unpacked[0]) if unpacked else shutil.which("php")
    share, mariadbd = root / "usr/share/mysql", root / "usr/sbin/mariadbd"
    if php is None or not (mariadbd.exists() or shutil.which("mariadbd")):
        raise CannotBeHadError("Debian's packages held no php or no mariadbd.")
    loaded = (f"extension_dir={modules}", *(f"extension={name}" for name in EXTENSIONS)) if modules else ()
    own_php = ("-n", *(part for value in loaded for part in ("-d", value))) if unpacked and modules else ()
    own_base = (f"--basedir={root / 'usr'}", f"--lc-messages-dir={share}", f"--character-sets-dir={share / 'charsets'}")
    return Programmes(
        php=(php, *own_php),
        mariadbd=(str(mariadbd), "--no-defaults", *own_base) if mariadbd.exists() else ("mariadbd", "--no-defaults"),
        wordpress=root / "usr/share/wordpress",
        libraries=":".join(map(str, sorted((root / "usr/lib").glob("*-linux-*")))),
    )


def call(*arguments: str, cwd: Path | None = None) -> str:
    """Run a programme; return what it says, or raise with the end of what it complained of."""
    done = subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, timeout=300)
    if done.returncode:
        said = "\n".join((done.stderr or done.stdout).strip().splitlines()[-5:])
        raise CannotBeHadError(f"{' '.join(arguments[:3])} … ended with status {done.returncode}:\n{said}")
    return done.stdout
