"""Receives datagrams on an AF_UNIX address, as systemd does, and prints each as one line. Node cannot."""
import socket
import sys

address = sys.argv[1]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind("\0" + address[1:] if address.startswith("@") else address)
print("listening", flush=True)
while True:
    print(receiver.recv(4096).decode(), flush=True)
