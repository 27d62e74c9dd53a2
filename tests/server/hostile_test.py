"""The server under hostile clients: everything goes to 127.0.0.1, bounded in count and time.

    hostile_test.py GERBANG [--figures]

Prints what it measures with --figures; docs/security.md states those figures.
"""

import http.client
import json
import os
import random
import re
import resource
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GERBANG = Path(sys.argv[1]).resolve()
FIGURES: list[str] = []
TOKEN = "0123456789abcdef0123"
PATIENCE_S = 300  # with the server: it may run under sanitizers, beside other work


def sanitizer_options() -> str:
    """A sanitized server holds back the memory that it frees, up to 256 MB, which would pass for a leak."""
    return ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "quarantine_size_mb=1", "thread_local_quarantine_size_kb=64"]))


class Server:
    """gerbang serve of the example, with a token, on a free port."""

    def __init__(self, folder: str):
        cache = Path(os.environ.get("GERBANG_TEST_SOLVED", folder)) / "cache"
        self.process = subprocess.Popen(
            [GERBANG, "serve", ROOT / "examples/nusantara", "--port", "0", "--token", TOKEN, "--cache", cache, "--lang", "en"],
            stdout=subprocess.PIPE, cwd=folder, text=True, env=os.environ | {"ASAN_OPTIONS": sanitizer_options()})
        line = self.process.stdout.readline()
        self.port = int(re.search(r":(\d+)/", line).group(1))

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)

    def ask(self, path: str, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        headers = {"Authorization": f"Bearer {TOKEN}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, headers)
        try:
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def open_and_drop(self, count: int):
        """Opens connections one after the other; drops a third of them within a request, the others before one."""
        for i in range(count):
            client = self.connect()
            if i % 3 == 0:
                client.sendall(b"GET / HT")
            client.close()

    def left_beyond(self, descriptors: int) -> int:
        """Descriptors that the server still holds beyond these, once it has had time to close what was dropped."""
        self.ask("/api/scenarios")  # connections are accepted in turn: once this is answered, none waits any more
        end = time.monotonic() + PATIENCE_S
        while (left := self.descriptors() - descriptors) > 0 and time.monotonic() < end:
            time.sleep(0.1)
        return left

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()


class HostileClients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = Server(cls.folder.name)
        cls.server.ask("/api/study")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def tearDown(self):
        status, body = self.server.ask("/api/scenarios")
        self.assertEqual(status, 200)
        self.assertEqual(len(json.loads(body)), 4)

    def test_a_body_of_a_gigabyte_is_refused_before_it_is_read(self):
        before = self.server.memory_mb()
        begin = time.monotonic()
        with self.server.connect() as client:
            client.sendall(b"POST /api/evaluations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1073741824\r\n\r\n")
            self.assertIn(b"413", client.recv(4096))
        grown = self.server.memory_mb() - before
        self.assertLess(grown, 5)
        FIGURES.append(f"1 GB body: 413 after {1000 * (time.monotonic() - begin):.0f} ms, memory +{grown:.1f} MB")

    def test_a_body_that_never_says_its_length_is_cut_at_the_limit(self):
        with self.server.connect() as client:
            client.sendall(b"POST /api/evaluations HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            sent = 0
            chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
            try:
                while sent < 64 * 2**20:
                    client.sendall(chunk)
                    sent += 0x10000
            except OSError:
                pass
            self.assertLess(sent, 32 * 2**20)  # the limit, what is thrown away, and what two sockets hold

    def test_a_slow_body_is_cut_off(self):
        begin = time.monotonic()
        bytes_sent = 0
        with self.server.connect() as client:
            client.sendall(b"POST /api/evaluations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n")
            client.settimeout(0.5)  # until the next byte
            try:
                while bytes_sent < 999:
                    client.sendall(b"x")
                    bytes_sent += 1
                    try:
                        if client.recv(100) == b"":
                            break
                    except TimeoutError:
                        pass
            except OSError:
                pass
        took = time.monotonic() - begin
        self.assertLess(bytes_sent, 999)  # its limit is 10 s; the whole body would take 500 s
        FIGURES.append(f"a byte of the body every 0.5 s: cut off after {took:.1f} s")

    def test_ten_thousand_connections_opened_and_dropped_leave_nothing_behind(self):
        descriptors = self.server.descriptors()
        self.server.open_and_drop(2_000)  # what a server keeps for use again is there after these
        self.server.left_beyond(descriptors)
        memory = self.server.memory_mb()
        begin = time.monotonic()
        self.server.open_and_drop(10_000)
        took = time.monotonic() - begin
        left = self.server.left_beyond(descriptors)
        grown = self.server.memory_mb() - memory
        self.assertLessEqual(left, 2)
        self.assertLess(grown, 20)
        FIGURES.append(f"10,000 connections opened and dropped in {took:.1f} s: {left} descriptors left, memory +{grown:.1f} MB")

    def test_connections_that_stay_open_give_way_to_one_that_asks(self):
        held = [self.server.connect() for _ in range(300)]
        for client in held[::3]:
            client.sendall(b"GET / HT")
        begin = time.monotonic()
        status, _ = self.server.ask("/api/scenarios")
        took = time.monotonic() - begin
        for client in held:
            client.close()
        self.assertEqual(status, 200)
        FIGURES.append(f"300 silent connections held open: another client is served after {1000 * took:.0f} ms")

    def test_paths_lead_nowhere_else(self):
        for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/api/outcomes/..%2f..%2fstudy.toml", "/api/tables/..%00.csv", "//etc/passwd", "/%", "/api/evaluations/%2e%2e/events"):
            with self.subTest(path), self.server.connect() as client:
                client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n".encode())
                self.assertRegex(client.recv(4096), rb"^HTTP/1.1 4\d\d")

    def test_the_wrong_content_type_is_refused(self):
        self.assertEqual(self.server.ask("/api/evaluations", "POST", "{}", Content_Type="text/plain")[0], 415)

    def test_a_wrong_token_is_refused_and_the_right_one_is_not(self):
        guesses = random.Random(1)
        refused = 0
        for _ in range(500):
            guess = "".join(guesses.choice("0123456789abcdef") for _ in TOKEN)
            refused += self.server.ask("/api/study", Authorization=f"Bearer {guess}")[0] == 401
        self.assertEqual(refused, 500)
        self.assertEqual(self.server.ask("/api/study", Authorization="")[0], 401)
        FIGURES.append("500 guessed tokens: 500 times 401")

    def test_another_site_may_not_ask(self):
        self.assertEqual(self.server.ask("/api/study", Origin="http://evil.example")[0], 403)

    def test_who_reads_slowly_makes_the_server_hold_nothing_more(self):
        self.server.ask("/")
        before = self.server.memory_mb()
        slow = [self.server.connect() for _ in range(200)]
        for client in slow:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for client in slow:  # the answer has begun
            self.assertEqual(client.recv(4), b"HTTP")
        status, page = self.server.ask("/")
        grown = self.server.memory_mb() - before
        for client in slow:
            client.close()
        self.assertEqual(status, 200)
        self.assertLess(grown, 50)
        FIGURES.append(f"200 clients that ask for the page of {len(page) / 1e6:.1f} MB and do not read it: memory +{grown:.1f} MB")

    def test_a_body_that_is_a_little_too_large_gets_its_reason(self):
        status, answer = self.server.ask("/api/evaluations", "POST", b"x" * (2 * 2**20), Content_Type="application/json")
        self.assertEqual(status, 413)
        self.assertIn("too large", json.loads(answer)["error"])

    def test_random_bytes_and_mangled_requests_get_a_4xx_or_a_closed_door(self):
        chance = random.Random(7)
        whole = b"POST /api/evaluations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN.encode() + \
            b"\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n" + b'{"scenario":"partners","year":2034,"x":1}'[:40]
        answers: dict[bytes, int] = {}
        begin = time.monotonic()
        count = 0
        while count < 3000:
            mangled = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                at = chance.randrange(len(mangled))
                kind = chance.randrange(3)
                if kind == 0:
                    mangled[at] = chance.randrange(256)
                elif kind == 1:
                    del mangled[at]
                else:
                    mangled[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
            count += 1
            with self.server.connect() as client:
                try:
                    client.sendall(bytes(mangled))
                    client.shutdown(socket.SHUT_WR)
                    first = client.recv(12)
                except OSError:
                    first = b""
            answers[first[9:12]] = answers.get(first[9:12], 0) + 1
            self.assertTrue(first == b"" or first[9:10] in (b"2", b"4"), first)
        FIGURES.append(f"{count} mangled requests in {time.monotonic() - begin:.1f} s: " + ", ".join(
            f"{number} × {code.decode() or 'closed'}" for code, number in sorted(answers.items())))

    def test_reading_goes_on_while_an_edit_is_solved(self):
        edits = [{"table": "service", "row": "S1", "column": "departures_per_week", "operation": "set", "value": 1 + random.random()}]
        body = json.dumps({"scenario": "partners", "year": 2034, "edits": edits})
        status, answer = self.server.ask("/api/evaluations", "POST", body, Content_Type="application/json")
        self.assertEqual(status, 202)
        path = f"/api/evaluations/{json.loads(answer)['id']}"
        slowest, reads, during, state = 0.0, 0, 0, "waiting"
        begin = time.monotonic()
        while state in ("waiting", "solving"):
            asked = time.monotonic()
            self.assertEqual(self.server.ask("/api/outcomes/partners-2034")[0], 200)
            slowest = max(slowest, time.monotonic() - asked)
            reads += 1
            state = json.loads(self.server.ask(path)[1])["status"]
            during += state == "solving"  # still: the read did not wait for the solve
        self.assertEqual(state, "done")
        self.assertGreater(during, 0)
        FIGURES.append(f"{reads} reads during a solve of {time.monotonic() - begin:.1f} s: the slowest took {1000 * slowest:.0f} ms")


if __name__ == "__main__":
    wants_figures = "--figures" in sys.argv
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    if not (GERBANG.parent / "page.html").exists():
        print("gerbang was built without its page (npm was missing)")
        sys.exit(77)
    result = unittest.main(argv=sys.argv[:1], exit=False).result
    if wants_figures:
        print("\n".join(FIGURES))
    sys.exit(0 if result.wasSuccessful() else 1)
