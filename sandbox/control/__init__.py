"""The control interface ``/_sandbox/``: how the page and the tests act for people, move the clock and order faults."""
