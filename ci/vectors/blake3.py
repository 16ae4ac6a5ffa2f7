"""BLAKE3 (github.com/BLAKE3-team/BLAKE3-specs), without keys, 32 bytes of output."""

IV = [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19]
PERMUTATION = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8]
CHUNK_START, CHUNK_END, PARENT, ROOT = 1, 2, 4, 8
MASK = 0xFFFFFFFF


def compress(chaining, block, counter, length, flags):
    words = [int.from_bytes(block[i:i + 4], "little") for i in range(0, 64, 4)]
    v = chaining + IV[:4] + [counter & MASK, counter >> 32, length, flags]

    def mix(a, b, c, d, x, y):
        for word, first, second in ((x, 16, 12), (y, 8, 7)):
            v[a] = (v[a] + v[b] + word) & MASK
            v[d] = rotated(v[d] ^ v[a], first)
            v[c] = (v[c] + v[d]) & MASK
            v[b] = rotated(v[b] ^ v[c], second)

    for _ in range(7):
        for i in range(4):
            mix(i, 4 + i, 8 + i, 12 + i, words[2 * i], words[2 * i + 1])
        for i in range(4):
            mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, words[8 + 2 * i], words[9 + 2 * i])
        words = [words[i] for i in PERMUTATION]
    return [v[i] ^ v[i + 8] for i in range(8)]


def rotated(word, bits):
    return (word >> bits | word << (32 - bits)) & MASK


def blake3(data):
    return b"".join(word.to_bytes(4, "little") for word in subtree(data, 0, ROOT))


def subtree(data, index, flags):
    if len(data) <= 1024:
        return chunk(data, index, flags)
    chunks = (len(data) - 1) // 1024
    left = 1 << (chunks.bit_length() - 1)
    block = b"".join(
        word.to_bytes(4, "little")
        for word in subtree(data[:left * 1024], index, 0) + subtree(data[left * 1024:], index + left, 0))
    return compress(IV[:], block, 0, 64, PARENT | flags)


def chunk(data, index, flags):
    chaining = IV[:]
    blocks = [data[i:i + 64] for i in range(0, len(data), 64)] or [b""]
    for number, block in enumerate(blocks):
        own = (CHUNK_START if number == 0 else 0) | (CHUNK_END | flags if number == len(blocks) - 1 else 0)
        chaining = compress(chaining, block.ljust(64, b"\0"), index, len(block), own)
    return chaining
