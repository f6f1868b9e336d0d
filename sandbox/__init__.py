"""A local stand-in for Slack: real Slack clients connect to it, people act in it through a page or a test.

``Sandbox(clock=Clock(), people=people_from_csv(path))`` builds it, ``await sandbox.serve()`` starts it.
"""

from sandbox.clock import Clock
from sandbox.people import Person, people_from_csv
from sandbox.server import Sandbox
from sandbox.web_api.faults import Fault

__all__ = ["Clock", "Fault", "Person", "Sandbox", "people_from_csv"]
