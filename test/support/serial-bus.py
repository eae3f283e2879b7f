"""A serial device and who is at its other end: prints the line's name, then what is written to it, a line of hexadecimal
for each piece; every such line from stdin goes back over it."""

import os
import pty
import sys
import threading
import tty

ours, theirs = pty.openpty()
tty.setraw(theirs)
print(os.ttyname(theirs), flush=True)


def listen():
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            return
        print(piece.hex(), flush=True)


# `theirs` stays open: a line whose last reader goes would hang up on the one who comes next.
threading.Thread(target=listen, daemon=True).start()
for line in sys.stdin:
    os.write(ours, bytes.fromhex(line.strip()))
