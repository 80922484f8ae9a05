"""An SMTP server that takes everything and keeps nothing: ``python -m benchmarks._sink DELAY``, in seconds per reply.

It prints its port.
"""

from __future__ import annotations

import socket
import sys
import threading
import time

END = b"\r\n.\r\n"
REPLIES = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-SIZE\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}


def serve(connection: socket.socket, delay: float) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(b"220 sink\r\n")
    waiting, is_data = b"", False
    while got := connection.recv(65536):
        if delay:
            time.sleep(delay)
        waiting += got
        replies: list[bytes] = []
        while (end := END if is_data else b"\r\n") in waiting:
            line, _, waiting = waiting.partition(end)
            verb = b"" if is_data else line[:4].upper()
            is_data = verb == b"DATA"
            replies.append(REPLIES.get(verb, b"250 OK\r\n"))
        if replies:
            connection.sendall(b"".join(replies))


def main(delay: float) -> None:
    server = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(server.getsockname()[1], flush=True)
    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve, args=(connection, delay), daemon=True).start()


if __name__ == "__main__":
    main(float(sys.argv[1]))
