"""Checks a snapshot that is not encrypted and prints what it holds as JSON; see docs/snapshot-format.md."""
import hashlib, json, struct, sys, zlib

data = open(sys.argv[1], "rb").read()
sha = lambda *parts: hashlib.sha256(b"".join(parts)).digest()


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:middle]), root(leaves[middle:]))


magic, version, flags, count, length, seal, check = struct.unpack("<8sHHIQ32s8s", data[:64])
assert magic == b"\x89OUTL\r\n\x1a" and version == 1 and flags == 0, "no such snapshot"
assert check == sha(data[:56])[:8] and length == len(data), "prologue"
items = [data[64 + 40 * i : 104 + 40 * i] for i in range(count)]
assert root([sha(b"\0", item) for item in items]) == seal, "list of parts"
parts, start = [], 64 + 40 * count
for i, item in enumerate(items):
    kind, size = item[0], int.from_bytes(item[4:8], "little")
    assert sha(data[start : start + size]) == item[8:], f"part {i}"
    parts.append((kind, data[start : start + size]))
    start += size


class Bytes:
    def __init__(self, content):
        self.content, self.at = content, 0

    def take(self, size):
        self.at += size
        return self.content[self.at - size : self.at]

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed(self):
        value = self.number()
        return value >> 1 ^ -(value & 1)

    def inflate(self):
        size = self.number()
        content = zlib.decompress(self.content[self.at :], -15)
        assert len(content) == size
        return Bytes(content)


header, currencies, sums, entries = json.loads(parts[0][1]), [""], {}, 0
for kind, content in parts:
    part = Bytes(content)
    if kind == 1 and part.number() == 0:  # texts of column 0: currencies
        _, texts, part = part.number(), part.number(), part.inflate()
        currencies += [part.take(part.number()).decode() for _ in range(texts)]
for kind, content in parts:
    if kind == 3:
        part = Bytes(content)
        part.take(part.number())  # ids
        part = part.inflate()
        rows, of_entries = part.number(), part.number()
        roles, stated = part.take(rows), part.take(rows)
        codes = [[part.number() for _ in range(rows)] for _ in range(2)][0]
        for row in range(rows):
            paid, _billed = part.signed(), part.signed()
            if roles[row] != 2 and stated[row] & 8:
                sums[currencies[codes[row]]] = sums.get(currencies[codes[row]], 0) + paid
        entries += of_entries
assert entries == header["entries"], "entries"
print(json.dumps({"root": seal.hex(), "entries": entries, "sums": sums}, sort_keys=True))
