"""record.py FOLDER TOKEN: stands between Gitea and Pawl and writes down what they say to each other. Started by `run`."""

import http.server
import os
import pathlib
import sys
import threading
import urllib.error
import urllib.request

FOLDER, TOKEN = pathlib.Path(sys.argv[1]), sys.argv[2]
HOP = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}


def proxy(port, to, name, most):
    count = 0

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            nonlocal count
            count += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {key: value for key, value in self.headers.items() if key.lower() not in HOP}
            request = urllib.request.Request(f"http://127.0.0.1:{to}{self.path}", body, headers)
            try:
                with urllib.request.urlopen(request) as response:
                    status, answer = response.status, response.read()
            except urllib.error.HTTPError as error:
                status, answer = error.code, error.read()
            lines = [f"POST {self.path}", *(f"{key}: {value}" for key, value in headers.items()), ""]
            asked = "\n".join(lines).encode() + b"\n" + body
            if count <= most:
                (FOLDER / f"{name}-{count}.http").write_bytes(asked.replace(TOKEN.encode(), b"TOKEN"))
                (FOLDER / f"{name}-{count}-answer.http").write_bytes(f"{status}\n\n".encode() + answer)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    return http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)


servers = [
    proxy(int(os.environ["GITEA_PROXY"]), os.environ["GITEA_PORT"], "status", 2),
    proxy(int(os.environ["PAWL_PROXY"]), os.environ["PAWL_PORT"], "webhook", 1),
]
for server in servers[1:]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
servers[0].serve_forever()
