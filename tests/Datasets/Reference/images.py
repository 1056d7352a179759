"""Image files of every kind that is read, with their pixels, and images resized by Pillow. Writes images.json.

The files are written by the few lines below, from the formats' specifications; where Pillow reads a kind, its pixels must be the same (kinds with
16 bits a sample, which Pillow cuts off instead of rounding, and those it does not read, are listed in UNCHECKED and have the pixels of the rule).

    python3 images.py      # Python 3.11.2, NumPy 1.24.2, Pillow 9.4.0
"""
import base64, io, json, struct, zlib
import numpy as np
from PIL import Image

rng = np.random.RandomState(7)
cases, UNCHECKED = [], []
b64 = lambda b: base64.b64encode(bytes(b)).decode()
to8 = lambda v, top: np.floor(np.asarray(v) * 255.0 / top + 0.5).astype(np.uint8)


def add(name, data, rgba, checked=True):
    rgba = np.asarray(rgba, np.uint8)
    if checked:
        got = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
        assert np.array_equal(got, rgba), name
    else:
        UNCHECKED.append(name)
    cases.append({"name": name, "width": rgba.shape[1], "height": rgba.shape[0], "file": b64(data), "rgba": b64(rgba.tobytes())})


# --- PNG -------------------------------------------------------------------------------------------------------------------------------
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pack(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    bits = "".join(format(v, f"0{depth}b") for v in row)
    return bytes(int(bits[i:i + 8].ljust(8, "0"), 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(rows, step):
    out, above = b"", None
    for y, row in enumerate(rows):
        above = above if above is not None else bytes(len(row))
        kind = y % 5
        line = bytearray([kind])
        for i, v in enumerate(row):
            a = row[i - step] if i >= step else 0
            c = above[i - step] if i >= step else 0
            line.append((v - [0, a, above[i], (a + above[i]) // 2, paeth(a, above[i], c)][kind]) & 255)
        out, above = out + bytes(line), row
    return out


def png(samples, color, depth, interlaced, palette=None, trns=None):
    height, width, channels = samples.shape
    step = max(1, channels * depth // 8)
    data = b""
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        part = samples[y0::dy, x0::dx]
        if part.size:
            data += filtered([pack(row.reshape(-1), depth) for row in part], step)
    z = zlib.compress(data, 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced)))
            + chunk(b"tEXt", b"Comment\0none") + (chunk(b"PLTE", palette.astype(np.uint8).tobytes()) if palette is not None else b"")
            + (chunk(b"tRNS", trns) if trns is not None else b"") + chunk(b"IDAT", z[:9]) + chunk(b"IDAT", z[9:]) + chunk(b"IEND", b""))


for color, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
    for depth in depths:
        for interlaced in (False, True):
            for size in ((11, 13), (2, 3)):
                for transparent in (False, True):
                    if transparent and color in (4, 6):
                        continue
                    top = 2 ** depth - 1
                    s = rng.randint(0, top + 1, size + (CHANNELS[color],))
                    palette = trns = None
                    if color == 3:
                        palette = rng.randint(0, 256, (top + 1, 3))
                        rgb = palette[s[..., 0]]
                        alpha = np.full(size, 255)
                        if transparent:
                            values = rng.randint(0, 256, (top + 1) // 2)
                            trns = bytes(values.tolist())
                            alpha = np.concatenate([values, np.full(top + 1 - len(values), 255)])[s[..., 0]]
                    else:
                        v = to8(s, top)
                        rgb = v[..., :3] if color in (2, 6) else np.repeat(v[..., :1], 3, axis=2)
                        alpha = v[..., -1] if color in (4, 6) else np.full(size, 255)
                        if transparent:
                            key = s[0, 0]
                            trns = b"".join(struct.pack(">H", k) for k in key)
                            alpha = np.where((s == key).all(axis=2), 0, 255)
                    rgba = np.dstack([rgb, alpha])
                    name = f"png {color} {depth} {'adam7' if interlaced else 'plain'} {size[1]}x{size[0]}{' trns' if transparent else ''}"
                    add(name, png(s, color, depth, interlaced, palette, trns), rgba, checked=depth <= 8 and not (transparent and depth < 8 and color == 0))

# --- Netpbm ------------------------------------------------------------------------------------------------------------------------------
H, W = 5, 11
opaque = lambda rgb: np.dstack([rgb, np.full(rgb.shape[:2], 255)])
gray3 = lambda g: np.repeat(g[..., None], 3, axis=2)
bits = rng.randint(0, 2, (H, W))
add("P1", f"P1\n# a comment\n{W} {H}\n".encode() + b"\n".join(b"".join(b"%d" % v for v in row) for row in bits) + b"\n", opaque(gray3((1 - bits) * 255)))
add("P4", f"P4 {W} {H}\n".encode() + np.packbits(bits, axis=1).tobytes(), opaque(gray3((1 - bits) * 255)))
for top in (255, 100, 1000, 65535):
    g, c = rng.randint(0, top + 1, (H, W)), rng.randint(0, top + 1, (H, W, 3))
    kind = np.uint8 if top < 256 else ">u2"
    add(f"P2 {top}", f"P2\n{W} {H}\n{top}\n{' '.join(map(str, g.reshape(-1)))}\n".encode(), opaque(gray3(to8(g, top))), checked=top == 255)
    add(f"P3 {top}", f"P3\n{W} {H} # size\n{top}\n{' '.join(map(str, c.reshape(-1)))}\n".encode(), opaque(to8(c, top)), checked=top == 255)
    add(f"P5 {top}", f"P5\n{W} {H}\n{top}\n".encode() + g.astype(kind).tobytes(), opaque(gray3(to8(g, top))), checked=top == 255)
    add(f"P6 {top}", f"P6\n{W} {H}\n{top}\n".encode() + c.astype(kind).tobytes(), opaque(to8(c, top)), checked=top == 255)
for depth, kind in {1: "GRAYSCALE", 2: "GRAYSCALE_ALPHA", 3: "RGB", 4: "RGB_ALPHA"}.items():
    for top in (255, 4095):
        s = rng.randint(0, top + 1, (H, W, depth))
        v = to8(s, top)
        rgb = v[..., :3] if depth > 2 else np.repeat(v[..., :1], 3, axis=2)
        rgba = np.dstack([rgb, v[..., -1]]) if depth in (2, 4) else opaque(rgb)
        head = f"P7\nWIDTH {W}\nHEIGHT {H}\nDEPTH {depth}\nMAXVAL {top}\nTUPLTYPE {kind}\nENDHDR\n".encode()
        add(f"P7 {kind} {top}", head + s.astype(np.uint8 if top < 256 else ">u2").tobytes(), rgba, checked=False)

# --- BMP ----------------------------------------------------------------------------------------------------------------------------------
PAD = lambda b: b + bytes(-len(b) % 4)


def bmp(width, height, bit, rows, compression=0, palette=b"", fields=b"", header=40, extra=b""):
    if header == 12:
        info = struct.pack("<IHHHH", 12, width, height, 1, bit)
    else:
        info = struct.pack("<IiiHHIIiiII", header, width, height, 1, bit, compression, len(rows), 2835, 2835, len(palette) // 4, 0) + extra
    offset = 14 + len(info) + len(fields) + len(palette)
    return struct.pack("<2sIHHI", b"BM", offset + len(rows), 0, 0, offset) + info + fields + palette + rows


for bit in (1, 4, 8):
    n = 2 ** bit
    s, colors = rng.randint(0, n, (H, W)), rng.randint(0, 256, (n, 3))
    rows = b"".join(PAD(pack(row, bit)) for row in s[::-1])
    quads = b"".join(bytes([b, g, r, 0]) for r, g, b in colors.tolist())
    triples = b"".join(bytes([b, g, r]) for r, g, b in colors.tolist())
    add(f"bmp {bit}", bmp(W, H, bit, rows, palette=quads), opaque(colors[s]))
    add(f"bmp {bit} core", bmp(W, H, bit, rows, palette=triples, header=12), opaque(colors[s]))
    add(f"bmp {bit} top-down", bmp(W, -H, bit, b"".join(PAD(pack(row, bit)) for row in s), palette=quads), opaque(colors[s]))
rgb = rng.randint(0, 256, (H, W, 3))
rows24 = lambda a: b"".join(PAD(row[:, ::-1].astype(np.uint8).tobytes()) for row in a)
add("bmp 24", bmp(W, H, 24, rows24(rgb[::-1])), opaque(rgb))
add("bmp 24 top-down", bmp(W, -H, 24, rows24(rgb)), opaque(rgb))
bgrx = np.dstack([rgb[..., ::-1], rng.randint(0, 256, (H, W))])
add("bmp 32", bmp(W, H, 32, bgrx[::-1].astype(np.uint8).tobytes()), opaque(rgb))
bgra = np.dstack([rgb[..., ::-1], rng.randint(0, 256, (H, W))])
masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
add("bmp 32 alpha", bmp(W, H, 32, bgra[::-1].astype(np.uint8).tobytes(), 3, header=108, extra=masks + b"BGRs" + bytes(48)),
    np.dstack([rgb, bgra[..., 3]]))
five = rng.randint(0, 32, (H, W, 3))
word = lambda r, g, b, gs: (r << (5 + gs)) | (g << 5) | b
rows16 = lambda v: b"".join(PAD(row.astype("<u2").tobytes()) for row in v[::-1])
add("bmp 16", bmp(W, H, 16, rows16(word(five[..., 0], five[..., 1], five[..., 2], 5))), opaque(to8(five, 31)), checked=False)
six = rng.randint(0, 64, (H, W))
add("bmp 565", bmp(W, H, 16, rows16(word(five[..., 0], six, five[..., 2], 6)), 3, fields=struct.pack("<III", 0xF800, 0x7E0, 0x1F)),
    opaque(np.dstack([to8(five[..., 0], 31), to8(six, 63), to8(five[..., 2], 31)])), checked=False)
colors = rng.randint(0, 256, (16, 3))
quads = b"".join(bytes([b, g, r, 0]) for r, g, b in colors.tolist())
# 6 x 3: a run and pixels in a row; a jump of (2, 0), which leaves colour 0; the line ends early.
rle8 = bytes([3, 5, 0, 3, 1, 2, 3, 0, 0, 0, 0, 2, 2, 0, 4, 7, 0, 0, 2, 9, 0, 0, 0, 1])
add("bmp rle8", bmp(6, 3, 8, rle8, 1, palette=quads),
    opaque(colors[np.array([[5, 5, 5, 1, 2, 3], [0, 0, 7, 7, 7, 7], [9, 9, 0, 0, 0, 0]])[::-1]]), checked=False)
rle4 = bytes([5, 0x12, 1, 0x30, 0, 0, 0, 5, 0x45, 0x67, 0x80, 0, 1, 0x90, 0, 0, 0, 1])
add("bmp rle4", bmp(6, 2, 4, rle4, 2, palette=quads), opaque(colors[np.array([[1, 2, 1, 2, 1, 3], [4, 5, 6, 7, 8, 9]])[::-1]]), checked=False)

# --- Resizing ------------------------------------------------------------------------------------------------------------------------------
y, x = np.mgrid[0:37, 0:53]
source = np.dstack([(127 + 120 * np.sin(x / 4.0) * np.cos(y / 5.0)), (x * 255 / 52), rng.randint(0, 256, (37, 53))]).astype(np.uint8)
image = Image.fromarray(source)
resized = []
for kind, width, height, box in [
        ("Fill", 16, 16, (0, 0, 53, 37)), ("Fill", 80, 60, (0, 0, 53, 37)), ("Fill", 20, 70, (0, 0, 53, 37)),
        ("IsoCrop", 16, 16, (8, 0, 45, 37)), ("IsoCrop", 30, 10, (0, 37 / 2 - 53 / 6, 53, 37 / 2 + 53 / 6))]:
    small = np.asarray(image.resize((width, height), Image.BILINEAR, box=box))
    resized.append({"kind": kind, "width": width, "height": height, "rgb": b64(small.tobytes())})

json.dump({"images": cases, "resize": {"width": 53, "height": 37, "rgb": b64(source.tobytes()), "results": resized}}, open("images.json", "w"), indent=0)
print(len(cases), "images; not checked by Pillow:", ", ".join(UNCHECKED))
