"""The stage that needs other processes: three NATS servers, two workers, and a batch over them."""

import json
import shutil
import socket
import subprocess
import time

from measured_stages import Stopped, call

SERVERS, WORKERS, BATCHES = 3, 2, 9
STARTS_WITHIN = 60  # seconds
SERVER = "nats-server"


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """Servers and workers, as long as it is entered."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.servers, self.workers = [], []

    def __enter__(self):
        clients, routes = free_ports(SERVERS), free_ports(SERVERS)
        addresses = [f"nats://127.0.0.1:{port}" for port in routes]
        for i, (client, address) in enumerate(zip(clients, addresses)):
            self.servers.append(self.start(
                [SERVER, "-a", "127.0.0.1", "-p", client, "-n", f"n{i + 1}", "-js", "-sd", self.folder / f"n{i + 1}",
                 "--cluster_name", "bench", "--cluster", address, "--routes", ",".join(addresses)]))
        self.url = ",".join(f"nats://127.0.0.1:{port}" for port in clients) + "/bench"
        for i in range(WORKERS):
            self.workers.append(self.start_worker(f"worker-{i + 1}"))
        return self

    def __exit__(self, *_):
        for process in self.workers + self.servers:
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def start(command):
        return subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def start_worker(self, name):
        """A worker that has said that it takes items; servers need a moment to elect whom they follow."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            worker = self.start([self.programs["tipoff"], "worker", "--queue", self.url, "--name", name])
            if worker.stdout.readline():
                return worker
            worker.wait()
        raise Stopped(f"no worker could reach the servers within {STARTS_WITHIN} s")


def queue(programs, folder):
    """Batches over three servers, and one during which a server is killed."""
    measured = {}
    with Cluster(programs, folder) as cluster:
        measured = json.loads(call([programs["tipoff_bench"], "queue", cluster.url, BATCHES], "queue"))
        # The last one: whatever it leads is led by another then.
        lost = call([programs["tipoff_bench"], "queue-loss", cluster.url, cluster.servers[-1].pid], "queue-loss")
        measured["loss"] = json.loads(lost)
    return measured


def is_possible():
    return shutil.which(SERVER) is not None
