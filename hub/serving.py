"""`hub serve`: gunicorn, set up for a small server, started from Python."""

import socket
from collections.abc import Callable
from typing import Any, Final

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from hub.i18n import N_
from hub.refusal import Refusal

# Threads wait for the database and for disks; two workers keep two cores busy.
_SETTINGS: Final[dict[str, Any]] = {
    "worker_class": "gthread",
    "threads": 4,
    "preload_app": True,  # what was prepared is shared by all workers
    "max_requests": 2000,
    "max_requests_jitter": 200,
    "graceful_timeout": 20,
    "loglevel": "warning",
    "accesslog": None,  # an address or a code in a log would be a trace of somebody
    "control_socket_disable": True,
    "forwarded_allow_ips": "",  # HUB_TRUSTED_PROXIES says what is believed
    "proc_name": "hub",
}


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with an application that is made already."""

    def __init__(self, app: Callable[..., Any], settings: dict[str, Any]) -> None:
        self._app = app
        self._given = settings
        super().__init__()

    def load_config(self) -> None:
        """Take our settings; no file and no environment variable is read."""
        for name, value in self._given.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Give the application."""
        return self._app


def serve(
    app: Callable[..., Any],
    host: str,
    port: int,
    workers: int,
    *,
    ready: Callable[[], None],
    after_fork: Callable[[], None],
) -> None:
    """Serve a WSGI application until it is told to stop.

    `ready` is called once requests are taken, `after_fork` in each new worker. Raises Refusal
    when host or port cannot be had.
    """
    _require_free(host, port)
    Server(
        app,
        {
            **_SETTINGS,
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "when_ready": lambda _server: ready(),
            "post_fork": lambda _server, _worker: after_fork(),
        },
    ).run()


def _require_free(host: str, port: int) -> None:
    """Refuse a port that is taken, before gunicorn tries it five times."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refusal(
            N_("%(host)s port %(port)s cannot be had (%(reason)s). Use another, such as "
               "--port %(other)s."),
            host=host,
            port=port,
            reason=error.strerror or error,
            other=port + 1,
        ) from error  # fmt: skip
