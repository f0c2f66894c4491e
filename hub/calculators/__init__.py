"""Calculators: pure functions in decimal arithmetic, without register, language or clock.

Tariffs, limits and lengths of terms come in as arguments; which fact fills which argument is
decided in `hub.answers.calculating`.
"""
