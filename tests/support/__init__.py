"""What tests share: the machine, databases, a fixed cast, a real browser."""
