#!/usr/bin/env python3
"""Replays a script of system calls below a directory: argv[1].

Prints each call as a comment, then what it did: number, name, result or error, a little data.
"""
import ctypes, errno, json, os, platform, select, socket, struct, subprocess, sys, threading, time, zlib

if len(sys.argv) != 2:
    sys.exit("usage: %s DIRECTORY" % sys.argv[0])
sys.stdout.reconfigure(encoding="utf-8")
ROOT = os.fsencode(os.path.abspath(sys.argv[1]))
ARM = platform.machine() in ("aarch64", "arm64")
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
PAGE, PIPE, KEPT, SHOWN = 4096, 65536, 1 << 20, 32
AT_FDCWD, O_PATH, O_DIRECTORY, O_CLOEXEC = -100, 0o10000000, 0o200000, 0o2000000
EFAULT, F_DUPFD, F_DUPFD_CLOEXEC = 14, 0, 1030
NUMBERS = {
    #NUMBERS
}
OPENING = {
    #OPENING
}
ARBITRARY = OPENING | {"pass_descriptor", "mmap", "getpid", "gettid", "getppid", "inotify_add_watch"}


def kernel(name, *args):
    """Makes a system call; an error is the negative errno."""
    values = [NUMBERS[name][1 if ARM else 0], *args]
    result = LIBC.syscall(*[ctypes.c_long(value) for value in values])
    return -ctypes.get_errno() if result == -1 else result


def is_error(result):
    return -4095 <= result < 0


class Buffer:
    """Memory that starts at a page."""

    def __init__(self, size, content=b""):
        self.size = size
        self.memory = ctypes.create_string_buffer(size + PAGE + 1)
        self.address = (ctypes.addressof(self.memory) + PAGE - 1) // PAGE * PAGE
        ctypes.memmove(self.address, content, len(content))

    def read(self, length=None):
        return ctypes.string_at(self.address, self.size if length is None else length)


def name_of_error(number):
    names = {11: "EAGAIN", 35: "EDEADLK", 95: "EOPNOTSUPP", 133: "EHWPOISON", 512: "ERESTARTSYS", 524: "ENOTSUPP"}
    return names.get(number) or errno.errorcode.get(number, "E%d" % number)


def open_flags(flags):
    """Flags of open(2) are given in the numbers of x86-64."""
    if not ARM:
        return flags
    moved = {0o200000: 0o40000, 0o400000: 0o100000, 0o40000: 0o200000}
    return flags & ~sum(moved) | sum(to for bit, to in moved.items() if flags & bit)


class Seen:
    """What a call did."""

    def __init__(self, name, result, outs=(), extra="", nested=()):
        self.name, self.result, self.outs, self.extra, self.nested = name, result, list(outs), extra, list(nested)

    def line(self):
        if is_error(self.result):
            text = "= -1 " + name_of_error(-self.result)
        else:
            text = "= ok" if self.name in ARBITRARY else "= %d" % self.result
        if self.extra:
            return text + self.extra
        if is_error(self.result) and not self.outs:
            return text
        return text + self.data()

    def data(self):
        if self.name in ("newfstatat", "fstat"):
            return attributes(self.outs[0])
        if self.name in ("statx", "statfs", "fstatfs", "pipe2", "socketpair"):
            return ""
        if self.name == "getdents64":
            return listing(self.outs)
        return "".join(" " + shown(out) for out in self.outs)


def escape(data):
    text = ""
    for byte in data:
        if byte in b'"\\':
            text += "\\" + chr(byte)
        else:
            text += chr(byte) if 0x20 <= byte < 0x7F else "\\x%02x" % byte
    return text


def quote(data, limit):
    return '"%s"%s' % (escape(data[:limit]), "…" if len(data) > limit else "")


def shown(data):
    rest = " length=%d crc32=%08x" % (len(data), zlib.crc32(data)) if len(data) > SHOWN else ""
    return quote(data, SHOWN) + rest


def attributes(data):
    fields = struct.unpack_from("=QQIIIIQQqiiqqQqQ" if ARM else "=QQQIIIIQqqqqQqQ", data)
    if ARM:
        _, _, mode, nlink, uid, gid, _, _, size, _, _, blocks, _, _, seconds, nanos = fields
    else:
        _, _, nlink, mode, uid, gid, _, _, size, _, blocks, _, _, seconds, nanos = fields
    mtime = "%d" % seconds if nanos == 0 else "%d.%09d" % (seconds, nanos)
    return " mode=0%o nlink=%d uid=%d gid=%d size=%d blocks=%d mtime=%s" % (mode, nlink, uid, gid, size, blocks, mtime)


def dirents(block):
    entries, at = [], 0
    while at < len(block):
        _, offset, length, _ = struct.unpack_from("=QqHB", block, at)
        entries.append((offset, block[at + 19 : at + length].split(b"\0")[0]))
        at += length
    return entries


def listing(blocks):
    names = [name for block in blocks for _, name in dirents(block)]
    text = " entries=%d" % len(names) + "".join(" " + quote(name, SHOWN) for name in names[:8])
    return text + (" …" if len(names) > 8 else "")


class Runner:
    """Runs one script, as the thread that calls run()."""

    def __init__(self, outer=None):
        self.outer, self.done, self.open, self.maps = outer, [], set(), {}

    def run(self, script, show=False):
        self.done = []
        try:
            for number, (text, code, *fields) in enumerate(script):
                if show:
                    print("# %s" % text, flush=True)
                seen = getattr(self, code)(*fields)
                self.done.append(seen)
                if show:
                    print("\n".join(lines(number, seen)), flush=True)
            return self.done
        finally:
            for fd in self.open:
                kernel("close", fd)
            for address, length in self.maps.items():
                kernel("munmap", address, length)
            self.open, self.maps = set(), {}

    def at(self, call, up):
        runner = self
        for _ in range(up):
            runner = runner.outer
        return runner.done[call]

    def result(self, call, up):
        return max(self.at(call, up).result, -1) if is_error(self.at(call, up).result) else self.at(call, up).result

    def value(self, arg):
        if isinstance(arg, int):
            return arg
        kind, *fields = arg
        if kind == "flags":
            return open_flags(fields[0])
        if kind == "rootdir":
            fd = kernel("openat", AT_FDCWD, self.text(("path", b"")).address, open_flags(O_PATH | O_DIRECTORY | O_CLOEXEC), 0)
            self.open.add(fd)
            return max(fd, -1)
        if kind == "r":
            return self.result(*fields)
        if kind == "out_int":
            out = self.out_of(*fields[:3])[fields[3] : fields[3] + 4]
            return struct.unpack("=i", out)[0] if len(out) == 4 else -1
        if kind == "d_off":
            call, up, entry = fields
            entries = [entry for block in self.at(call, up).outs for entry in dirents(block)]
            return entries[entry][0] if entry < len(entries) else -1
        raise ValueError(kind)

    def out_of(self, call, up, out):
        outs = self.at(call, up).outs
        return outs[out] if out < len(outs) else b""

    def bytes_of(self, arg):
        kind, value = arg
        return value if kind == "raw" or not value and kind != "path" else ROOT + b"/" + value if value else ROOT

    def text(self, arg):
        data = self.bytes_of(arg)
        return Buffer(len(data) + 1, data)

    def call(self, name, *args):
        values, outputs, alive = [], [], []
        for arg in args:
            kind = arg[0] if isinstance(arg, tuple) else ""
            if kind in ("raw", "path"):
                buffer = self.text(arg)
            elif kind == "in":
                buffer = Buffer(len(arg[1]), arg[1])
            elif kind == "in_out":
                buffer = Buffer(len(arg[1]), arg[1])
                outputs.append(([buffer], False, True))
            elif kind == "out_bytes":
                data = self.out_of(*arg[1:])
                buffer = Buffer(len(data), data)
            elif kind == "out":
                buffer = Buffer(arg[1])
                outputs.append(([buffer], arg[2], False))
            elif kind == "out_vector":
                parts = [Buffer(size) for size in arg[1]]
                alive += parts
                vector = b"".join(struct.pack("=QQ", part.address, part.size) for part in parts)
                buffer = Buffer(len(vector), vector)
                outputs.append((parts, True, False))
            else:
                values.append(self.value(arg))
                continue
            alive.append(buffer)
            values.append(buffer.address)
        result = kernel(name, *values)
        outs = self.outputs(outputs, result)
        if not is_error(result):
            self.observe(name, values, result, outs)
        return Seen(name, result, outs)

    @staticmethod
    def outputs(outputs, result):
        kept = []
        for buffers, result_is_length, after_error in outputs:
            if is_error(result) and not after_error:
                continue
            left = result if result_is_length else sys.maxsize
            for buffer in buffers:
                length = min(left, buffer.size)
                kept.append(buffer.read(length))
                left -= length
        return kept

    def observe(self, name, values, result, outs):
        if name == "close":
            self.open.discard(values[0])
        elif name == "mmap":
            self.maps[result] = values[1]
        elif name == "munmap":
            self.maps.pop(values[0], None)
        elif name in OPENING or name == "fcntl" and values[1] in (F_DUPFD, F_DUPFD_CLOEXEC):
            self.open.add(result)
        elif name in ("pipe2", "socketpair"):
            self.open.update(struct.unpack("=ii", outs[0][:8]))

    def read_all(self, fd, size, head):
        fd, buffer = self.value(fd), Buffer(size)
        length, crc, reads = 0, 0, []
        result = kernel("read", fd, buffer.address, size)
        while result > 0:
            data = buffer.read(result)
            length, crc = length + result, zlib.crc32(data, crc)
            reads.append(result)
            result = kernel("read", fd, buffer.address, size)
        extra = " length=%d crc32=%08x reads=%s" % (length, crc, reads[:64])
        return Seen("read_all", result if result < 0 else length, [], extra)

    def list_all(self, fd, size, most):
        fd, buffer, blocks, result = self.value(fd), Buffer(size), [], 0
        for _ in range(most):
            result = kernel("getdents64", fd, buffer.address, size)
            if result <= 0:
                break
            blocks.append(buffer.read(result))
        extra = " calls=%d%s" % (len(blocks), listing(blocks)) if result >= 0 or blocks else ""
        return Seen("list_all", result, blocks, extra)

    def map_read(self, fd, length, offset, flags):
        address = kernel("mmap", 0, length, 1, flags, self.value(fd), offset)
        if is_error(address):
            return Seen("map_read", address)
        seen = self.copy("map_read", address, length)
        kernel("munmap", address, length)
        return seen

    def peek(self, address, offset, length):
        return self.copy("peek", self.value(address) + offset, length)

    @staticmethod
    def copy(name, address, length):
        """Reads memory through a pipe, so that a fault is EFAULT and no SIGBUS."""
        readable, writable = os.pipe()
        data = b""
        while len(data) < length:
            written = kernel("write", writable, address + len(data), min(PIPE, length - len(data)))
            if written < 0:
                break
            data += os.read(readable, written)
        os.close(readable)
        os.close(writable)
        return Seen(name, length if len(data) == length else -EFAULT, [data])

    def poll(self, fd, events, timeout):
        entry = Buffer(8, struct.pack("=ihh", self.value(fd), events, 0))
        limit = Buffer(16, struct.pack("=qq", timeout // 1000, timeout % 1000 * 1000000) if timeout >= 0 else b"")
        result = kernel("ppoll", entry.address, 1, limit.address if timeout >= 0 else 0, 0, 8)
        return Seen("poll", result, [bytes(4) + entry.read()[4:]])

    def ring_reads(self, fd, ranges):
        """Reads by io_uring, all at once; the numbers are those of linux/io_uring.h."""
        parameters, count = Buffer(120), len(ranges)
        ring = kernel("io_uring_setup", max(1, 1 << (count - 1).bit_length()), parameters.address)
        if ring < 0:
            return Seen("ring_reads", ring)
        field = lambda offset: struct.unpack_from("=I", parameters.read(), offset)[0]
        maps = [(field(64) + 4 * field(0), 0), (field(100) + 16 * field(4), 0x8000000), (64 * field(0), 0x10000000)]
        submission, completion, requests = [kernel("mmap", 0, size, 3, 1, ring, offset) for size, offset in maps]
        buffers = [Buffer(length) for _, length in ranges]
        for number, ((offset, length), buffer) in enumerate(zip(ranges, buffers)):
            request = struct.pack("=BxxxiqQIIQ", 22, self.value(fd), offset, buffer.address, length, 0, number)
            ctypes.memmove(requests + 64 * number, request.ljust(64, b"\0"), 64)
            ctypes.memmove(submission + field(64) + 4 * number, struct.pack("=I", number), 4)
        ctypes.memmove(submission + field(44), struct.pack("=I", count), 4)
        submitted = 0
        while struct.unpack("=I", ctypes.string_at(completion + field(84), 4))[0] < count:
            entered = kernel("io_uring_enter", ring, count - submitted, count, 1, 0, 0)
            if entered < 0:
                sys.exit("io_uring_enter: " + name_of_error(-entered))
            submitted += entered
        done = dict(struct.unpack("=QiI", ctypes.string_at(completion + field(100) + 16 * at, 16))[:2] for at in range(count))
        outs = [struct.pack("=%di" % count, *(done[number] for number in range(count)))]
        outs += [buffer.read(max(0, done[number])) for number, buffer in enumerate(buffers)]
        for address, (size, _) in zip((submission, completion, requests), maps):
            kernel("munmap", address, size)
        kernel("close", ring)
        return Seen("ring_reads", count, outs)

    def spawn(self, program, argv, environment):
        variables = dict(variable.partition(b"=")[::2] for variable in environment)
        try:
            child = subprocess.Popen(
                [self.bytes_of(arg) for arg in argv],
                executable=self.bytes_of(program),
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                close_fds=False,
            )
        except OSError as error:
            return Seen("spawn", -error.errno)
        outs = [out[:KEPT] for out in child.communicate()]
        how = "exit %d" % child.returncode if child.returncode >= 0 else "signal %d" % -child.returncode
        return Seen("spawn", 0, [], " %s stdout=%s stderr=%s" % (how, quote(outs[0], 64), quote(outs[1], 64)))

    def parallel(self, rounds, *scripts):
        first = self.threads(rounds, scripts, lambda: 0)
        return Seen("parallel", len(scripts), nested=[seen for _, seen in first])

    def as_user(self, uid, gid, script):
        def become():
            steps = [("setgroups", 0, 0), ("setresgid", gid, gid, gid), ("setresuid", uid, uid, uid)]
            return next((result for result in (kernel(*step) for step in steps) if result < 0), 0)

        error, seen = self.threads(1, [script], become)[0]
        return Seen("as_user", error, nested=[] if error else [seen])

    def threads(self, rounds, scripts, become):
        first, gate = [None] * len(scripts), threading.Barrier(len(scripts) or 1)

        def body(number):
            runner = Runner(self)
            gate.wait()
            error = become()
            first[number] = (error, [] if error else runner.run(scripts[number]))
            for _ in range(0 if error else rounds - 1):
                runner.run(scripts[number])

        threads = [threading.Thread(target=body, args=(number,)) for number in range(len(scripts))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return first

    def other_process(self, script):
        sys.stdout.flush()
        readable, writable = os.pipe()
        pid = os.fork()
        if pid == 0:
            seen = Runner(self).run(script)
            os.write(writable, json.dumps([line for number, one in enumerate(seen) for line in lines(number, one)]).encode())
            os._exit(0)
        os.close(writable)
        with os.fdopen(readable, "rb") as answer:
            text = json.loads(answer.read())
        os.waitpid(pid, 0)
        return Seen("other_process", 0, nested=[text])

    def pass_descriptor(self, fd):
        near, far = socket.socketpair()
        with near, far:
            try:
                socket.send_fds(near, [b"x"], [self.value(fd)])
                arrived = socket.recv_fds(far, 1, 1)[1][0]
            except OSError as error:
                return Seen("pass_descriptor", -error.errno)
        self.open.add(arrived)
        return Seen("pass_descriptor", arrived)

    def signal_server(self, signal, limit):
        if "SERVER_PID" not in os.environ:
            sys.exit("set SERVER_PID to the process that serves the mount: this script ends it")
        server = int(os.environ["SERVER_PID"])
        try:
            watch = os.pidfd_open(server)
            os.killpg(os.getpgid(server), signal)
        except OSError as error:
            return Seen("signal_server", -error.errno)
        ended = select.select([watch], [], [], limit / 1000)[0]
        os.close(watch)
        return Seen("signal_server", 0 if ended else -errno.ETIMEDOUT)

    def drop_caches(self):
        try:
            with open("/proc/sys/vm/drop_caches", "w") as knob:
                knob.write("3\n")
            return Seen("drop_caches", 0)
        except OSError as error:
            return Seen("drop_caches", -error.errno)

    def restore_cwd(self):
        os.chdir("/")
        return Seen("restore_cwd", 0)

    def sleep(self, millis):
        time.sleep(millis / 1000)
        return Seen("sleep", 0)


def lines(number, seen):
    text = ["%d %s %s" % (number, seen.name, seen.line())]
    for thread, nested in enumerate(seen.nested):
        for index, inner in enumerate(nested):
            inside = [inner] if isinstance(inner, str) else lines(index, inner)
            text += ["%d.%d.%s" % (number, thread, line) for line in inside]
    return text


SCRIPT = [
    #CALLS
]
os.chdir("/")
Runner().run(SCRIPT, show=True)
