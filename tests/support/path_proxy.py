#!/usr/bin/env python3
"""path_proxy.py PATH BACKEND: a reverse proxy that serves a server under a path, as nginx does with

    location PATH/ { proxy_pass http://BACKEND/; }

It takes the path away; outside of it there is nothing (404). BACKEND is a file with "host:port", read
for each request, so that the proxy can start before the server. Prints its own port. Lines on
stderr: the status and the path of each request."""
import http.client
import http.server
import sys

path, backend = sys.argv[1:3]


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        if not self.path.startswith(path + '/'):
            self.send_error(404)
            return
        with open(backend, encoding='ascii') as file:
            behind = http.client.HTTPConnection(file.read().strip(), timeout=60)
        behind.request(self.command, self.path[len(path):], headers=dict(self.headers))
        answer = behind.getresponse()
        body = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ('connection', 'transfer-encoding', 'content-length'):
                self.send_header(name, value)
        if answer.status != 304:
            self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.log_request(answer.status)
        if self.command != 'HEAD' and answer.status not in (204, 304):
            self.wfile.write(body)
        behind.close()

    do_HEAD = do_GET

    def log_request(self, code='-', size='-'):
        sys.stderr.write(f'{int(code)} {self.path}\n')
        sys.stderr.flush()


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Proxy)
print(server.server_address[1], flush=True)
server.serve_forever()
