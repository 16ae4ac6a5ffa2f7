"""Ed25519 (RFC 8032), slow and plain."""
import hashlib

from formats import want

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def added(a, b):
    (x1, y1), (x2, y2) = a, b
    both = D * x1 * x2 * y1 * y2
    return ((x1 * y2 + x2 * y1) * pow(1 + both, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - both, -1, P) % P)


def multiplied(point, number):
    result = (0, 1)
    while number:
        if number & 1:
            result = added(result, point)
        point = added(point, point)
        number >>= 1
    return result


def unpacked(data):
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    want(y < P, "point out of range")
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    want((x * x - square) % P == 0 and (x or not sign), "no point")
    return (P - x if x & 1 != sign else x, y)


def packed(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


BASE = unpacked((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def hashed(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def verify(public, text, signature):
    s = int.from_bytes(signature[32:], "little")
    want(s < ORDER, "second half out of range")
    number = hashed(signature[:32], public, text) % ORDER
    right = added(unpacked(signature[:32]), multiplied(unpacked(public), number))
    want(multiplied(BASE, s) == right, "signature of something else")


def sign(secret, text):
    first, second = hashlib.sha512(secret).digest()[:32], hashlib.sha512(secret).digest()[32:]
    scalar = int.from_bytes(first, "little") & (1 << 254) - 8 | 1 << 254
    public = packed(multiplied(BASE, scalar))
    number = hashed(second, text) % ORDER
    point = packed(multiplied(BASE, number))
    return point + ((number + hashed(point, public, text) % ORDER * scalar) % ORDER).to_bytes(32, "little")
