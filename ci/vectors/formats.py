"""The formats of the golden vectors: names, directories, archives, store paths, narinfos."""
import base64
import hashlib
import re


class Invalid(Exception):
    """Bytes or text that a format does not allow."""


def want(condition, message):
    if not condition:
        raise Invalid(message)


# Nix's base 32: the bytes as one little-endian number, its digits from the highest on.

ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz"


def base32(data):
    number = int.from_bytes(data, "little")
    length = (len(data) * 8 + 4) // 5
    return "".join(ALPHABET[number >> 5 * i & 31] for i in reversed(range(length)))


def unbase32(text):
    number = 0
    for character in text:
        want(character in ALPHABET, f"character {character!r}")
        number = number << 5 | ALPHABET.index(character)
    size = len(text) * 5 // 8
    want((size * 8 + 4) // 5 == len(text), f"length {len(text)}")
    want(number < 1 << 8 * size, "bits behind the last byte")
    return number.to_bytes(size, "little")


# Names, targets, nodes and directories.

def check_name(name):
    want(1 <= len(name) <= 255, f"name of {len(name)} bytes")
    want(name not in (b".", b".."), "name . or ..")
    want(b"/" not in name and b"\0" not in name, "name with a slash or NUL")


def check_target(target):
    want(1 <= len(target) <= 4095, f"target of {len(target)} bytes")
    want(b"\0" not in target, "target with a NUL")


def check_node(node):
    if node["type"] == "symlink":
        check_target(bytes.fromhex(node["target"]))
    else:
        want(len(node["digest"]) == 64, "digest of another length")
        want(0 <= int(node["size"]) < 1 << 63, "size out of range")


def varint(value):
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(encoded + bytes([value]))


def field(number, content):
    """A field of bytes, or a number; what is empty or 0 is left out."""
    if not content:
        return b""
    if isinstance(content, bytes):
        return varint(number << 3 | 2) + varint(len(content)) + content
    return varint(number << 3) + varint(int(content))


FIELDS = {"directory": 1, "file": 2, "symlink": 3}


def message(node, name):
    if node["type"] == "symlink":
        return field(1, name) + field(2, bytes.fromhex(node["target"]))
    return (field(1, name) + field(2, bytes.fromhex(node["digest"])) + field(3, int(node["size"]))
            + field(4, node.get("executable", False)))


def encoded(entries):
    parts = []
    for kind, number in FIELDS.items():
        for entry in sorted(entries, key=lambda each: bytes.fromhex(each["name"])):
            if entry["type"] == kind:
                content = message(entry, bytes.fromhex(entry["name"]))
                parts.append(varint(number << 3 | 2) + varint(len(content)) + content)
    return b"".join(parts)


def read_varint(data, place):
    value = 0
    for i in range(10):
        want(place + i < len(data), "cut within a number")
        value |= (data[place + i] & 0x7F) << 7 * i
        if data[place + i] < 0x80:
            want(value < 1 << 64, "number of more than 64 bits")
            return value, place + i + 1
    raise Invalid("number of more than ten bytes")


def read_fields(data):
    place, fields = 0, []
    while place < len(data):
        tag, place = read_varint(data, place)
        if tag & 7 == 0:
            value, place = read_varint(data, place)
        else:
            want(tag & 7 == 2, f"wire type {tag & 7}")
            size, place = read_varint(data, place)
            want(place + size <= len(data), "cut within a field")
            value, place = data[place:place + size], place + size
        fields.append((tag >> 3, value))
    return fields


def decoded(data):
    """The entries of a directory; canonical is what comes out the same when it is encoded anew."""
    entries = []
    for number, content in read_fields(data):
        kind = {value: key for key, value in FIELDS.items()}.get(number)
        want(kind and isinstance(content, bytes), f"field {number}")
        known = dict(read_fields(content))
        want(len(known) == len(read_fields(content)), "field twice")
        want(all(isinstance(known.get(i, b""), bytes) for i in (1, 2)), "number in place of bytes")
        want(all(isinstance(known.get(i, 0), int) for i in (3, 4)), "bytes in place of a number")
        entry = {"name": known.get(1, b"").hex(), "type": kind}
        if kind == "symlink":
            entry["target"] = known.get(2, b"").hex()
        else:
            entry |= {"digest": known.get(2, b"").hex(), "size": str(known.get(3, 0))}
        if kind == "file":
            want(known.get(4, 0) in (0, 1), "executable neither 0 nor 1")
            entry["executable"] = known.get(4, 0) == 1
        check_name(bytes.fromhex(entry["name"]))
        check_node(entry)
        entries.append(entry)
    want(len({entry["name"] for entry in entries}) == len(entries), "name twice")
    want(encoded(entries) == data, "not the canonical encoding")
    want(sized(entries, 2) < 1 << 63, "sizes overflow")
    return sorted(entries, key=lambda each: bytes.fromhex(each["name"]))


def sized(entries, weight):
    return weight * len(entries) + sum(int(e["size"]) for e in entries if e["type"] == "directory")


# Archives.

def string(content):
    return len(content).to_bytes(8, "little") + content + bytes(-len(content) % 8)


def strings(*contents):
    return b"".join(string(content) for content in contents)


def archived(node):
    if node["type"] == "directory":
        parts = [strings(b"(", b"type", b"directory")]
        for entry in node["entries"]:
            name = bytes.fromhex(entry["name"])
            parts += [strings(b"entry", b"(", b"name", name, b"node"), archived(entry["node"]), string(b")")]
        return b"".join(parts) + string(b")")
    if node["type"] == "symlink":
        return strings(b"(", b"type", b"symlink", b"target", bytes.fromhex(node["target"]), b")")
    content = bytes(node["zeros"]) if "zeros" in node else bytes.fromhex(node["bytes"])
    mark = (b"executable", b"") if node["executable"] else ()
    return strings(b"(", b"type", b"regular", *mark, b"contents", content, b")")


def unarchived(data):
    """The node of an archive; canonical is what comes out the same when it is archived anew."""
    place = 0

    def next_string():
        nonlocal place
        size = int.from_bytes(data[place:place + 8], "little")
        end = place + 8 + size + -size % 8
        want(place + 8 <= len(data) and end <= len(data), f"cut at byte {len(data)}")
        content = data[place + 8:place + 8 + size]
        place = end
        return content

    def take(*wanted):
        seen = next_string()
        want(seen in wanted, f"string {seen[:20]!r} before byte {place}")
        return seen

    def node():
        take(b"(")
        take(b"type")
        kind = take(b"directory", b"regular", b"symlink")
        if kind == b"directory":
            return directory()
        if kind == b"symlink":
            take(b"target")
            target = next_string()
            check_target(target)
            result = {"type": "symlink", "target": target.hex()}
        else:
            executable = take(b"executable", b"contents") == b"executable"
            if executable:
                take(b"")
                take(b"contents")
            result = {"type": "file", "executable": executable, "bytes": next_string().hex()}
        take(b")")
        return result

    def directory():
        entries, last = [], b""
        while take(b"entry", b")") == b"entry":
            take(b"(")
            take(b"name")
            name = next_string()
            check_name(name)
            want(name > last, "names out of order")
            last = name
            take(b"node")
            entries.append({"name": name.hex(), "node": node()})
            take(b")")
        return {"type": "directory", "entries": entries}

    take(b"nix-archive-1")
    root = node()
    want(string(b"nix-archive-1") + archived(root) == data, "padding, or bytes behind the end")
    return root


# Store paths and narinfos.

def check_store_path(path):
    match = re.fullmatch(r"/nix/store/([^/]{32})-([A-Za-z0-9+\-_?=.]{1,211})", path)
    want(match, "no store path")
    return unbase32(match[1]), match[2]


def store_path(nar_sha256, name):
    inner = hashlib.sha256(f"source:sha256:{nar_sha256.hex()}:/nix/store:{name}".encode()).digest()
    digest = bytearray(20)
    for i, byte in enumerate(inner):
        digest[i % 20] ^= byte
    return f"/nix/store/{base32(bytes(digest))}-{name}"


def check_narinfo(text):
    fields = {}
    for line in text.splitlines():
        name, colon, value = line.partition(": ")
        want(colon, f"line {line!r}")
        want(name == "Sig" or name not in fields, f"{name} twice")
        fields[name] = value
        if name == "Sig":
            key, _, signature = value.partition(":")
            want(key and len(base64.b64decode(signature)) == 64, "signature")
    for name in ("StorePath", "NarHash", "NarSize", "References"):
        want(name in fields, f"no {name}")
    check_store_path(fields["StorePath"])
    want(re.fullmatch("[0-9]{1,19}", fields["NarSize"]) and int(fields["NarSize"]) < 1 << 63, "NarSize")
    want(fields["NarHash"].startswith("sha256:"), "NarHash")
    digest = unbase32(fields["NarHash"][7:])
    want(len(digest) == 32, "NarHash of another length")
    references = fields["References"].split()
    for reference in references:
        check_store_path("/nix/store/" + reference)
    return fields["StorePath"], digest, fields["NarSize"], references
