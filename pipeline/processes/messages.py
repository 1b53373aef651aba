"""Messages between two processes of ours over a pipe: a length, then a pickle."""

import pickle
import struct
from typing import IO, Any, Final

__all__ = ["HEADER", "read_message", "taken", "write_message"]

HEADER: Final = struct.Struct(">Q")


def read_message(stream: IO[bytes]) -> Any:
    """Return the next message, waiting for it. Raises EOFError at the end of the stream."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        raise EOFError
    (length,) = HEADER.unpack(header)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301  (the two ends are ours)


def taken(received: bytearray) -> tuple[Any] | None:
    """Take the first message off what was received so far, and return it; None if it is not whole yet."""
    if len(received) < HEADER.size:
        return None
    (length,) = HEADER.unpack_from(received)
    end = HEADER.size + length
    if len(received) < end:
        return None
    message = pickle.loads(memoryview(received)[HEADER.size : end])  # noqa: S301  (the two ends are ours)
    del received[:end]
    return (message,)


def write_message(stream: IO[bytes], message: Any) -> None:
    """Write one message and flush it. Raises BrokenPipeError if nobody reads."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(HEADER.pack(len(data)))
    stream.write(data)
    stream.flush()
