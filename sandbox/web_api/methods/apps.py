"""Where to connect by Socket Mode."""

from secrets import token_hex

from sandbox.ids import APP
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.workspace.workspace import Workspace


def connections_open(workspace: Workspace, _: Call) -> Json:
    """``apps.connections.open`` gives the address of a socket, good for one bot process."""
    address = workspace.url.replace("http", "ws", 1)
    ticket = token_hex(16)
    workspace.socket_tickets.add(ticket)
    return {"url": f"{address}/socket?ticket={ticket}&app_id={APP}"}
