"""A serial device without its cable: prints the line's name, then writes every line of hexadecimal from stdin to it."""

import os
import pty
import sys
import tty

ours, theirs = pty.openpty()
tty.setraw(theirs)
print(os.ttyname(theirs), flush=True)
# Held open only until somebody else has it, so that what is written meanwhile waits as in a real driver.
for line in sys.stdin:
    os.write(ours, bytes.fromhex(line.strip()))
