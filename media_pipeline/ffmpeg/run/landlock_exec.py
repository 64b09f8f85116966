"""A program, not a module: a supervisor that runs one command within limits and says what it used.

    python -I -S landlock_exec.py NAME=VALUE ... -- COMMAND [ARGUMENT ...]

`process.py` starts every media tool through it, so that nothing has to run between fork and exec in a worker
that has threads. It imports no more than ctypes and resource and costs 20 ms a start. The names:

    parent=PID          die with this process, and take everything along: even when the worker is killed with -9
    report=FD           write "STATUS MAXRSS_KIB" there at the end (negative status: the signal)
    cpu= memory= file= files=   rlimits: seconds, bytes of address space, bytes of a file, open files
    nice=N              steps down in priority
    caps=keep|none|override     root only: keep all capabilities, none, or the one to open others' files
    ro=PATH rw=PATH     Landlock: files and folders to read and execute, or also to write; all else is closed

Why it stays instead of only executing the command: bwrap leaves without waiting for what runs inside, so that
the kernel would not count it; a supervisor that adopts orphans sees it all. And a process inherits the peak of
memory of the one that forked it: here those are 10 MB of Python, and not a worker's 200.

The command's status is 125 when a limit could not be set and 127 when it could not be started; a line on
standard error, starting with "sandbox: ", says why.
"""

import ctypes
import os
import resource
import sys
import time

EXIT_SETUP_FAILED = 125
EXIT_NOT_STARTED = 127
ORPHAN_GRACE_S = 1.0

# <linux/prctl.h>, <linux/capability.h>
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 24, 36, 38
_CAP_DAC_OVERRIDE, _LAST_CAPABILITY = 1, 63
_SIGKILL, _SIGTERM, _SIGCHLD, _SIG_SETMASK = 9, 15, 17, 2
_RESET_SIGNALS = (1, 2, 3, 13, 15, 24, 25)  # HUP INT QUIT PIPE TERM XCPU XFSZ

# <linux/landlock.h>; the three system calls have these numbers on every architecture but alpha.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE, _READ, _READ_DIR, _TRUNCATE, _IOCTL_DEV = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL_DEV

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("fd", ctypes.c_int32)]


def main(arguments: list[str]) -> None:
    """Run the command behind `--` under the options in front of it. Does not return."""
    split = arguments.index("--")
    options = [(name, value) for name, _, value in (argument.partition("=") for argument in arguments[:split])]
    single = dict(options)
    _libc.signal(_SIGCHLD, None)  # where it is ignored there is no child to wait for
    _block(_SIGCHLD, _SIGTERM)
    _die_with(int(single["parent"]), _SIGTERM)
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    report = int(single["report"])
    os.set_inheritable(report, False)
    supervisor = os.getpid()
    child = os.fork()
    if child == 0:
        _become(arguments[split + 1 :], single, options, supervisor)
    os.write(report, f"{_outlive(child)} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}".encode())
    os._exit(0)


def _outlive(child: int) -> int:
    """Wait for the child, then a moment for what it leaves behind (bwrap leaves its first process, which is about
    to end, too); the child's status as `subprocess` gives it. Whatever stays longer is ended by the worker.

    When the worker dies, the whole process group is killed. It is not enough that each process dies with its
    parent: bwrap's inner one asks for that only some way into its start, and would be left behind before.
    """
    while (ended := os.waitpid(child, os.WNOHANG))[0] == 0:
        if _next_signal(_SIGCHLD, _SIGTERM) == _SIGTERM:
            os.killpg(0, _SIGKILL)
    patience = time.monotonic() + ORPHAN_GRACE_S
    while time.monotonic() < patience:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.001)
        except ChildProcessError:
            break
    return os.waitstatus_to_exitcode(ended[1])


def _become(command: list[str], single: dict[str, str], options: list[tuple[str, str]], supervisor: int) -> None:
    readable, writable = ([value for name, value in options if name == kind] for kind in ("ro", "rw"))
    try:
        _die_with(supervisor, _SIGKILL)
        _reset_signals()
        _lower_priority(int(single["nice"]))
        _drop_capabilities(single["caps"])
        if readable or writable:
            _restrict_files(readable, writable)
        _limit(single)
    except OSError as problem:
        _end(EXIT_SETUP_FAILED, problem)
    try:
        os.execv(command[0], command)  # noqa: S606 - without a shell on purpose
    except OSError as problem:
        _end(EXIT_NOT_STARTED, problem)


def _end(status: int, problem: OSError) -> None:
    os.write(2, f"sandbox: {problem}\n".encode())
    os._exit(status)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _die_with(parent: int, sent: int) -> None:
    _checked(_libc.prctl(_PR_SET_PDEATHSIG, sent, 0, 0, 0), "parent-death signal")
    if os.getppid() != parent:  # it died before the line above
        os._exit(EXIT_SETUP_FAILED)


def _signal_set(*numbers: int) -> ctypes.Array[ctypes.c_char]:
    signals = ctypes.create_string_buffer(128)  # a sigset_t; importing `signal` would cost 10 ms
    _libc.sigemptyset(signals)
    for number in numbers:
        _libc.sigaddset(signals, number)
    return signals


def _block(*numbers: int) -> None:
    _libc.sigprocmask(_SIG_SETMASK, _signal_set(*numbers), None)


def _next_signal(*numbers: int) -> int:
    """Wait for one of these blocked signals, and take it."""
    received = ctypes.c_int()
    _libc.sigwait(_signal_set(*numbers), ctypes.byref(received))
    return received.value


def _reset_signals() -> None:
    """Python ignores PIPE and XFSZ, a worker may ignore or block others, and exec would pass that on."""
    for number in _RESET_SIGNALS:
        _libc.signal(number, None)
    _block()


def _lower_priority(steps: int) -> None:
    os.nice(steps)
    try:
        with open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123 - pathlib would cost another 15 ms
            score.write("500")  # short of memory, the kernel shall take the encoder and not the site
    except OSError:
        return  # no /proc here: a wish, not a limit


def _drop_capabilities(keep: str) -> None:
    """As root: take from the command what exec would give it, by emptying the bounding set."""
    if keep != "keep" and os.geteuid() == 0:
        for number in range(_LAST_CAPABILITY + 1):
            if not (keep == "override" and number == _CAP_DAC_OVERRIDE):
                _libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0)  # fails where the kernel knows fewer, or we may not
    _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) if keep != "keep" else 0, "no new privileges")


def _limit(values: dict[str, str]) -> None:
    cpu = int(values["cpu"])
    _set(resource.RLIMIT_CPU, cpu, cpu + 5)  # XCPU first; KILL for a program that catches it and goes on
    for kind, name in (
        (resource.RLIMIT_FSIZE, "file"),
        (resource.RLIMIT_NOFILE, "files"),
        (resource.RLIMIT_AS, "memory"),
    ):
        _set(kind, int(values[name]), int(values[name]))
    _set(resource.RLIMIT_CORE, 0, 0)


def _set(kind: int, soft: int, hard: int) -> None:
    """Lower a limit; one that the administrator set still lower stays."""
    ceiling = resource.getrlimit(kind)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(kind, (soft, hard))


def _restrict_files(readable: list[str], writable: list[str]) -> None:
    abi = _checked(_libc.syscall(_CREATE_RULESET, None, 0, 1), "Landlock")
    rights = (1 << 13) - 1 | (abi >= 2) << 13 | (abi >= 3) << 14 | (abi >= 5) << 15
    net = 0b11 if abi >= 4 else 0  # no TCP bind, no TCP connect
    scoped = 0b11 if abi >= 6 else 0  # no abstract sockets of others, no signals to others
    wanted = _Ruleset(rights, net, scoped)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _checked(_libc.syscall(_CREATE_RULESET, ctypes.byref(wanted), size, 0), "Landlock rules")
    for path in readable:
        _allow(ruleset, path, rights & (_EXECUTE | _READ | _READ_DIR))
    for path in writable:
        _allow(ruleset, path, rights & ~_EXECUTE)
    _checked(_libc.syscall(_RESTRICT_SELF, ruleset, 0), "Landlock")
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not os.path.isdir(path):  # noqa: PTH112 - see above
        rights &= _FILE_RIGHTS
    rule = _PathRule(rights, handle)
    _checked(_libc.syscall(_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0), path)
    os.close(handle)


if __name__ == "__main__":
    main(sys.argv[1:])
