#!/usr/bin/env python3
"""Checks the golden vectors by code of its own: check.py DIRECTORY.

Each file is compared with schema.json, then each vector is judged here, with Python's standard library
alone: what is valid must be accepted and come out the same when it is made anew, what is invalid must be
refused. Nothing is shared with the code that wrote the vectors. Exit status 1 where anything differs.
"""
import base64
import hashlib
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # The directory of sources stays as it is.

from blake3 import blake3
from ed25519 import sign, verify
from formats import (FIELDS, Invalid, archived, base32, check_name, check_narinfo, check_node, check_store_path, decoded,
                     message, sized, store_path, string, unarchived, unbase32, varint, want)
from schema import check_schema


# One judge for each kind: it raises Invalid, or checks what a valid vector says.

def same(seen, wanted, what):
    if seen != wanted:
        raise AssertionError(f"{what} is {str(seen)[:200]}, the vector says {str(wanted)[:200]}")


def judge_names(vector):
    check_name(bytes.fromhex(vector["bytes"]))


def judge_nodes(vector):
    check_node(vector)
    if "entry" in vector:
        content = message(vector, b"")
        number = FIELDS[vector["type"]]
        same((varint(number << 3 | 2) + varint(len(content)) + content).hex(), vector["entry"], "entry")


def judge_directories(vector):
    data = bytes.fromhex(vector["encoding"])
    entries = decoded(data)
    if vector["valid"]:
        same(entries, vector["entries"], "list of entries")
        same(blake3(data).hex(), vector["digest"], "digest")
        sizes = {"snix": str(sized(entries, 2)), "documented": str(sized(entries, 1))}
        same(sizes, vector["size"], "size")


def judge_nars(vector):
    if vector["valid"]:
        data = string(b"nix-archive-1") + archived(vector["tree"])
        same(str(len(data)), vector["size"], "size")
        same(hashlib.sha256(data).hexdigest(), vector["sha256"], "sha256")
        same(data.hex(), vector.get("nar", data.hex()), "archive")
    if "nar" in vector:
        unarchived(bytes.fromhex(vector["nar"]))


def judge_store_paths(vector):
    digest, name = check_store_path(vector["path"])
    if vector["valid"]:
        same((digest.hex(), name), (vector["digest"], vector["name"]), "digest and name")
        same(store_path(bytes.fromhex(vector["nar_sha256"]), name), vector["path"], "path")


def judge_nixbase32(vector):
    data = unbase32(vector["text"])
    if vector["valid"]:
        same((data.hex(), base32(data)), (vector["bytes"], vector["text"]), "bytes and text")


def judge_narinfos(vector):
    path, digest, size, references = check_narinfo(vector["text"])
    if vector["valid"]:
        said = (vector["path"], vector["nar_sha256"], vector["nar_size"], vector["references"])
        same((path, digest.hex(), size, references), said, "path, digest, size and references")
        absolute = ",".join("/nix/store/" + reference for reference in sorted(references))
        same(f"1;{path};sha256:{base32(digest)};{size};{absolute}", vector["fingerprint"], "fingerprint")


def judge_signatures(vector):
    key, public = vector["public_key"].split(":")
    name, signature = vector["signature"].split(":")
    want(name == key, "another key")
    text = vector["fingerprint"].encode()
    verify(base64.b64decode(public), text, base64.b64decode(signature))
    if "secret" in vector:
        made = sign(bytes.fromhex(vector["secret"]), text)
        same(base64.b64encode(made).decode(), signature, "signature")


def judged(kind, vector):
    """What is wrong with a vector, or None."""
    try:
        globals()["judge_" + kind.replace("-", "_")](vector)
    except Invalid as reason:
        return f"is refused ({reason}), want it accepted" if vector["valid"] else None
    except AssertionError as difference:
        return str(difference)
    return None if vector["valid"] else "is accepted, want it refused"


def main(directory):
    schema = json.loads((directory / "schema.json").read_text())
    files = sorted(set(directory.glob("*.json")) - {directory / "schema.json"})
    failures, count = [], 0
    for path in files:
        file = json.loads(path.read_text())
        try:
            check_schema(file, schema, schema, path.name)
        except AssertionError as failure:
            failures.append(str(failure))
        for vector in file["vectors"]:
            count += 1
            problem = judged(file["kind"], vector)
            if problem:
                failures.append(f"{file['kind']}/{vector['id']} {problem}")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{count} vectors in {len(files)} files, {len(failures)} failures")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: check.py DIRECTORY")
    sys.exit(main(Path(sys.argv[1])))
