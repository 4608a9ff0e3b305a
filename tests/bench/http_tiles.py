"""http_tiles.py HOST:PORT TARGET TILES OUT TIMES ROUNDS PID: tiles asked for one
after the other over one connection, once to warm up and then ROUNDS times.
ROUNDS 0: the first time is the one that counts, for a server that keeps tiles.
{z}, {x} and {y} stand in TARGET. Writes the answers to OUT/z-x-y and TIMES
(tiles.py). PID is the process that draws: only its processor time counts, without
the web server's and ours; the clock's time is of all three."""
import os
import socket
import sys
import time


class Client:
    def __init__(self, address):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = address

    def get(self, target):
        self.socket.sendall(("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (target, self.host)).encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.more()
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = dict((line.split(": ", 1)[0].lower(), line.split(": ", 1)[1]) for line in lines[1:])
        if lines[0].split()[1] not in ("200", "204"):
            raise SystemExit("%s: %s" % (target, lines[0]))
        if headers.get("transfer-encoding") == "chunked":
            return self.chunks(body)
        size = int(headers.get("content-length", 0))
        while len(body) < size:
            body += self.more()
        return body

    def chunks(self, data):
        body = b""
        while True:
            while b"\r\n" not in data:
                data += self.more()
            size, _, data = data.partition(b"\r\n")
            size = int(size, 16)
            while len(data) < size + 2:
                data += self.more()
            if size == 0:
                return body
            body, data = body + data[:size], data[size + 2:]

    def more(self):
        part = self.socket.recv(65536)
        if not part:
            raise SystemExit("the server hung up")
        return part


def on_cpu_ms(pid):
    total = 0
    for thread in os.listdir("/proc/%s/task" % pid):
        with open("/proc/%s/task/%s/schedstat" % (pid, thread)) as file:
            total += int(file.read().split()[0])
    return total * 1e-6


def main(address, target, tiles, out, times, rounds, pid):
    tiles = [tuple(map(int, line.split())) for line in open(tiles)]
    client = Client(address)
    best = {}
    for round_ in range(int(rounds) + 1):
        for tile in tiles:
            url = target.format(z=tile[0], x=tile[1], y=tile[2])
            cpu, wall = on_cpu_ms(pid), time.perf_counter()
            data = client.get(url)
            wall = (time.perf_counter() - wall) * 1e3
            cpu = on_cpu_ms(pid) - cpu
            if round_ == 0:
                with open("%s/%d-%d-%d" % ((out,) + tile), "wb") as file:
                    file.write(data)
            least = best[tile] if round_ > 1 else (1e9, 1e9)
            best[tile] = (min(cpu, least[0]), min(wall, least[1]), len(data))
    with open(times, "w") as file:
        for tile in tiles:
            file.write("%d %d %d %.6f %.6f %d\n" % (tile + best[tile]))


main(*sys.argv[1:])
