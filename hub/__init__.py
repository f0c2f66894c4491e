"""The Energy Hub Desk: a walk-in help desk for neighbourhood energy hubs."""
