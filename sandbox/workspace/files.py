"""Files the bot has uploaded."""

from dataclasses import dataclass

from sandbox.ids import BOT_USER, fresh
from sandbox.shapes import Json


@dataclass
class File:
    """One file, from the moment an upload address was asked for."""

    id: str
    name: str
    length: int
    content: bytes | None = None

    def shown(self, url: str, title: str) -> Json:
        """The file object of Slack, short form."""
        return {
            "id": self.id,
            "name": self.name,
            "title": title,
            "user": BOT_USER,
            "size": len(self.content or b""),
            "mode": "hosted",
            "url_private": f"{url}/files/{self.id}",
            "url_private_download": f"{url}/files/{self.id}",
        }


class Files:
    """Files by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}

    def expect(self, name: str, length: int) -> File:
        """Make room for an upload."""
        file = File(fresh("F"), name, length)
        self._by_id[file.id] = file
        return file

    def find(self, file_id: str) -> File | None:
        """The file with this id."""
        return self._by_id.get(file_id)
