"""Ports on loopback: whether one is free, and who holds it."""

import socket

import psutil

HOST = "127.0.0.1"


def is_free(port):
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError:
            return False
    return True


def any_free():
    with socket.socket() as door:
        door.bind((HOST, 0))
        return door.getsockname()[1]


def holder(port):
    """The program that listens on a port, as far as this account may see it."""
    try:
        for line in psutil.net_connections("tcp"):
            if line.status == psutil.CONN_LISTEN and line.laddr.port == port and line.pid:
                return f"{psutil.Process(line.pid).name()}, process {line.pid}"
    except psutil.Error:
        pass
    return "another program"
