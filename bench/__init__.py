"""What the desk costs, measured side by side with rivals and limits: `python -m bench`."""
