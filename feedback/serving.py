"""`feedback serve`: one parent that migrates and watches, workers that answer, one background process.

The workers are granian's, each with its own listening socket. All of them, and the background process, end with the
parent, however that ends: nobody is left holding the port or the database.
"""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Flask
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from feedback import background, create_app, edge
from feedback.config import Config, Value
from feedback.db import migrate
from feedback.db.migrations import refuse_foreign
from feedback.db.upkeep import in_use
from feedback.errors import Unusable
from feedback.reviews import sorters

BLOCKING_THREADS = 4
DRAIN_SECONDS = 30
RESTART_PAUSE = 1.0
# granian's own words, warnings and worse only: a line a request is ours (edge.log_to_stderr).
GRANIAN_LOG = {
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "generic", "stream": "ext://sys.stderr"}},
    "loggers": {"_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

log = logging.getLogger("feedback")


def serve(config: Config, host: str, port: int, workers: int) -> None:
    """Bring the database up to date and answer requests until SIGTERM or SIGINT; answers under way are finished.

    :raises Unusable: when the database, the instance folder or the address can't be used.
    """
    edge.log_to_stderr()
    address = _free_address(host, port)
    refuse_foreign(config.database)
    with in_use(config.database):
        steps = migrate(config.database)
        config = _reachable_at(config, host, port)
        # Made once here to fail with one clear line, and so that all processes share their modules' memory.
        create_app(config)
        sorters.sorter()
        if steps:
            log.info("database brought up to date: %s", ", ".join(steps))
        _run(config, address, port, workers)


def _run(config: Config, address: str, port: int, workers: int) -> None:
    server = Server(
        "feedback",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        log_level=LogLevels.warning,
        log_dictconfig=GRANIAN_LOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=DRAIN_SECONDS,
    )
    companion = Companion(config)
    server.on_startup(companion.start)
    server.on_startup(partial(log.info, "feedback is at %s, workers: %d", config["base_url"], workers))
    server.on_shutdown(companion.stop)
    share_memory()
    try:
        server.serve(target_loader=partial(enter_worker, config), wrap_loader=False)
    except SystemExit:
        # Service managers send their signal to every process: workers that obeyed it first are no failure.
        if not server.interrupt_signal:
            raise


def share_memory() -> None:
    """Fork workers from this process where that is safe, with what is loaded already out of the collector's way."""
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork", force=True)
        os.register_at_fork(before=_hold_back, after_in_parent=_let_through, after_in_child=_obey)
    gc.collect()
    gc.freeze()


def _hold_back() -> None:
    """Let SIGTERM wait while a child is made: it would take one that comes at once as its parent does, and go on."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _let_through() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _obey() -> None:
    """Drop the parent's handlers: a child that is told to stop before it has its own would not."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _let_through()


def enter_worker(config: Config) -> Flask:
    """What a worker process does first; returns the application it serves."""
    # A group of its own: Ctrl-C is for the parent, which drains the workers.
    os.setpgid(0, 0)
    end_with_parent()
    edge.log_to_stderr()
    return create_app(config)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, killed or not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive_not, args=(parent,), daemon=True).start()


def _outlive_not(parent: Any) -> None:
    parent.join()
    # At once, without draining: a lingering listener would take connections meant for the next server.
    os._exit(1)


class Companion:
    """The background process: started, started again when it dies, stopped."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._stopping = threading.Event()
        self._process: multiprocessing.Process | None = None

    def start(self) -> None:
        """Start it and watch over it."""
        self._spawn()
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Let it finish what it is at, then end it."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        process.join(DRAIN_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()

    def _spawn(self) -> None:
        self._process = multiprocessing.Process(
            target=_companion, args=(self._config,), name="feedback-background", daemon=True
        )
        self._process.start()

    def _watch(self) -> None:
        while self._process is not None:
            self._process.join()
            if self._stopping.wait(RESTART_PAUSE):
                return
            log.error("the background process ended (%s); starting it again", self._process.exitcode)
            self._spawn()


def _companion(config: Config) -> None:
    os.setpgid(0, 0)
    end_with_parent()
    background.run(config)


def _free_address(host: str, port: int) -> str:
    """The address to listen on. Workers share a port, so only a bind that shares nothing can see that it is taken."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise Unusable(f"Can't listen on {host} port {port}: {error.strerror}.") from error
    return str(place[0])


def _reachable_at(config: Config, host: str, port: int) -> Config:
    """With the address that is served, where no public one was set."""
    kept = config.values["base_url"]
    if kept.source != "default":
        return config
    name = f"[{host}]" if ":" in host else host
    served = Value(kept.setting, f"http://{name}:{port}", "serve")
    return replace(config, values={**config.values, "base_url": served})
