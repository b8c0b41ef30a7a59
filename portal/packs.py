"""ZIP files that leave while they are made: however much is in them, little of it is in memory at once."""

from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from portal import clock

PIECE = 64 * 1024  # bytes of a stored file that are read at once


class _Pipe:
    """Takes what is written until somebody carries it on; a ZIP that cannot go back in it writes no lengths ahead."""

    def __init__(self):
        self.pieces = []

    def write(self, data):
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self):
        pass

    def taken(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def stream(parts):
    """A ZIP of these (name, pieces) in pieces; texts are packed as UTF-8, stored files stay as they are."""
    pipe, now = _Pipe(), clock.now().timetuple()[:6]
    with ZipFile(pipe, "w") as pack:
        for name, pieces in parts:
            info = ZipInfo(name, now)
            is_packed = not isinstance(pieces, StoredPieces)
            info.compress_type = ZIP_DEFLATED if is_packed else ZIP_STORED
            with pack.open(info, "w") as place:
                for piece in pieces:
                    place.write(piece.encode() if isinstance(piece, str) else piece)
                    yield pipe.taken()
    yield pipe.taken()


class StoredPieces:
    """A stored file in pieces, opened when its turn comes."""

    def __init__(self, stored):
        self.stored = stored

    def __iter__(self):
        with self.stored.blob.open("rb") as blob:
            while piece := blob.read(PIECE):
                yield piece
