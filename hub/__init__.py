"""The Energy Hub Desk: a walk-in help desk for neighbourhood energy hubs."""

from hub.factory import create_app

__all__ = ["create_app"]
