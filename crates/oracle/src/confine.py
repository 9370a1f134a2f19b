"""How a subject is confined, where the warm Python was started in a jail.

Each subject has a keeper between itself and the Python that forks. The keeper is the first
process of a namespace of its own, so that whatever the subject starts goes with it; where there
are no namespaces it adopts what is orphaned, and kills until there is nobody left. A first
process ignores what should end it, an abort would look like something else: so the subject is
the second one.

What is given up here cannot be taken back. Nothing of the learner's has been loaded yet.
"""

import ctypes
import os
import resource
import signal
import struct
import time

CLONE_NEWNS, CLONE_NEWPID = 0x20000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC = 1, 2, 4, 8, 4096, 16384
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 4, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, CLEAR_ALL = 36, 38, 47, 4
SECCOMP_MODE_FILTER = 2
SYS_LANDLOCK_CREATE, SYS_LANDLOCK_ADD_RULE, SYS_LANDLOCK_RESTRICT_SELF = 444, 445, 446
PATH_BENEATH = 1
CAPABILITY_VERSION_3 = 0x20080522
FILES = 16 << 10
# How often a keeper looks what its subject uses, and how long a full machine is waited for.
LOOK, PATIENCE = 0.1, 20

libc = ctypes.CDLL(None, use_errno=True)
# A keeper that is asked to end is told so by this.
LISTENED = {signal.SIGCHLD, signal.SIGTERM}


def done(result, what):
    if result != 0:
        raise OSError(ctypes.get_errno(), "%s: %s" % (what, os.strerror(ctypes.get_errno())))


class Keepers:
    """Those of the subjects that live, by the number that the judge knows them by."""

    def __init__(self, confine):
        self.confine = confine
        self.namespaces = confine["namespaces"]
        # Nobody within reads the memory that all subjects come from.
        done(libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "dumpable")
        if self.namespaces:
            self.ours = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        code = bytes.fromhex(confine["filter"])
        self.code = ctypes.create_string_buffer(code, len(code))
        self.filter = struct.pack("HP", len(code) // 8, ctypes.addressof(self.code))
        self.count = 0
        self.living = {}

    def fork(self):
        """In the subject, which is confined by then, its number; nothing in the one that forks."""
        self.count += 1
        reading, writing = os.pipe()
        keeper = self.fork_keeper()
        if keeper == 0:
            os.close(reading)
            self.keep(writing)
            return self.count
        os.close(writing)
        self.living[self.count] = keeper, reading
        return None

    def fork_keeper(self):
        if not self.namespaces:
            return patiently(os.fork)
        patiently(lambda: done(libc.unshare(CLONE_NEWPID), "a namespace"))
        keeper = patiently(os.fork)
        if keeper:
            # The next one shall not be in this namespace too.
            done(libc.setns(self.ours, CLONE_NEWPID), "the own namespace")
        return keeper

    def keep(self, writing):
        """Comes back in the subject alone."""
        signal.pthread_sigmask(signal.SIG_BLOCK, LISTENED)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        own = None
        if self.namespaces:
            self.furnish()
        else:
            libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            own = os.path.join(self.confine["temporary"], str(self.count))
            os.mkdir(own, 0o700)
        keeper = os.getpid()
        subject = os.fork()
        if subject == 0:
            os.close(writing)
            self.become_confined(keeper, own)
            return
        for descriptor in os.listdir("/proc/self/fd"):
            if int(descriptor) != writing:
                try:
                    os.close(int(descriptor))
                except OSError:
                    # The one by which the list was read.
                    pass
        drop_capabilities()
        status = self.stay_with(subject, own)
        if own:
            end_all()
            try:
                remove(own)
            except (OSError, RecursionError):
                # It goes with the jail's.
                pass
        os.write(writing, struct.pack("i", status))
        os._exit(0)

    def furnish(self):
        """What a subject has of its own: processes it sees, and folders that it may fill."""
        done(libc.unshare(CLONE_NEWNS), "mounts of its own")
        inside = [(path, os.open(path, os.O_PATH)) for path in sorted(self.confine["inside_tmp"])]
        quiet = MS_NOSUID | MS_NODEV
        mount("proc", "/proc", "proc", quiet | MS_NOEXEC | MS_RDONLY)
        options = "size=%d,nr_inodes=%d,mode=1777" % (self.confine["scratch"], FILES)
        for folder in ("/tmp", "/dev/shm"):
            mount("tmpfs", folder, "tmpfs", quiet, options)
        for path, descriptor in inside:
            source = "/proc/self/fd/%d" % descriptor
            if os.path.isdir(source):
                os.makedirs(path, exist_ok=True)
            elif not os.path.exists(path):
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "w").close()
            mount(source, path, None, MS_BIND | MS_REC)
            os.close(descriptor)

    def become_confined(self, keeper, own):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, LISTENED)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != keeper:
            os._exit(1)
        os.setsid()
        for number, most in self.confine["limits"]:
            resource.setrlimit(number, (most, most))
        drop_capabilities()
        done(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
        if own:
            os.environ["TMPDIR"] = own
        if self.confine["wall"]:
            stand_behind(self.confine["wall"], own)
        if self.namespaces:
            os.close(self.ours)
        for _, reading in self.living.values():
            os.close(reading)
        # What it may be asked about itself is what a learner's may.
        libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
        done(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self.filter), "the filter")

    def stay_with(self, subject, own):
        """How the subject ended."""
        while True:
            heard = signal.sigtimedwait(LISTENED, LOOK)
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == subject:
                    return status
                if pid == 0:
                    break
            if heard is not None and heard.si_signo == signal.SIGTERM:
                return signal.SIGKILL
            if self.takes_too_much() or (own and size_of(own) > self.confine["scratch"]):
                return signal.SIGKILL

    def takes_too_much(self):
        threads = memory = 0
        family = descendants()
        for pid in family:
            try:
                with open("/proc/%d/stat" % pid) as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue
            threads += int(fields[17])
            memory += int(fields[21]) * resource.getpagesize()
        most = self.confine["memory"]
        return threads >= self.confine["processes"] or (
            memory > most and sum(map(fair_memory, family)) > most
        )

    def ended(self, number):
        """How it ended, as wait(2) would say it; nothing while it or its keeper lives."""
        keeper, reading = self.living[number]
        if os.waitid(os.P_PID, keeper, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return "-"
        status = os.read(reading, 4)
        return str(struct.unpack("i", status)[0] if status else int(signal.SIGKILL))

    def reap(self, number):
        """Ends it with all that it started. Nobody of them is left after that."""
        keeper, reading = self.living.pop(number)
        os.kill(keeper, signal.SIGKILL if self.namespaces else signal.SIGTERM)
        os.waitpid(keeper, 0)
        os.close(reading)


def patiently(fork):
    """Another subject may have taken all there is, until its keeper sees it."""
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            return fork()
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.05)


def mount(source, place, kind, flags, options=None):
    words = [word and os.fsencode(word) for word in (source, place, kind, options)]
    source, place, kind, options = words
    flags = ctypes.c_ulong(flags)
    done(libc.mount(source, place, kind, flags, options), "mount %s" % os.fsdecode(place))


def stand_behind(wall, own):
    """Behind a wall of its own. One that is shared would open to all what it opens to one."""
    rights = struct.pack("=QQQ", *wall["handled"])
    rules = libc.syscall(SYS_LANDLOCK_CREATE, rights, ctypes.c_size_t(len(rights)), 0)
    if rules < 0:
        done(rules, "a wall")
    for path, rights in wall["rules"] + ([[own, wall["all"]]] if own else []):
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        rule = struct.pack("=Qi", rights, place)
        done(libc.syscall(SYS_LANDLOCK_ADD_RULE, rules, PATH_BENEATH, rule, 0), "a rule")
        os.close(place)
    done(libc.syscall(SYS_LANDLOCK_RESTRICT_SELF, rules, 0), "Landlock")
    os.close(rules)


def drop_capabilities():
    for capability in range(64):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            # The kernel has no more, or there is nothing to be taken from.
            break
    libc.prctl(PR_CAP_AMBIENT, CLEAR_ALL, 0, 0, 0)
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    done(libc.capset(header, bytes(24)), "capabilities")


def descendants():
    found = [os.getpid()]
    for pid in found:
        try:
            for task in os.listdir("/proc/%d/task" % pid):
                with open("/proc/%d/task/%s/children" % (pid, task)) as children:
                    found.extend(map(int, children.read().split()))
        except OSError:
            # It is gone.
            continue
    return found[1:]


def fair_memory(pid):
    """What is shared by several is counted once. One that hides is counted whole."""
    try:
        with open("/proc/%d/smaps_rollup" % pid) as rollup:
            lines = [line for line in rollup if line.startswith("Pss:")]
        return int(lines[0].split()[1]) << 10
    except (OSError, IndexError):
        pass
    try:
        with open("/proc/%d/statm" % pid) as statm:
            return int(statm.read().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def size_of(folder):
    size = 0
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            try:
                # A file without content takes something too, in the end.
                size += os.lstat(os.path.join(place, name)).st_size + 4096
            except OSError:
                # It is gone.
                continue
    return size


def remove(folder):
    """Whoever filled it is gone, and may have locked folders in it."""
    os.chmod(folder, 0o700)
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            remove(entry.path)
        else:
            os.unlink(entry.path)
    os.rmdir(folder)


def end_all():
    while True:
        for pid in stopped():
            send(pid, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
            time.sleep(0.0005)
        except ChildProcessError:
            return


def stopped():
    """Everybody below, stopped: who runs could start others as fast as they are killed."""
    found = set()
    while True:
        new = set(descendants()) - found
        if not new:
            return found
        for pid in new:
            send(pid, signal.SIGSTOP)
        found |= new


def send(pid, what):
    try:
        os.kill(pid, what)
    except OSError:
        # It is gone.
        pass
