"""Which bot scopes a method needs; any one of a method's scopes will do.

The kind of a conversation decides for the ``conversations.*`` methods, so those ask for themselves.
Source: the method pages of docs.slack.dev.
"""

NEEDED: dict[str, tuple[str, ...]] = {
    "team.info": ("team:read",),
    "bots.info": ("users:read",),
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "conversations.join": ("channels:join",),
    "conversations.create": ("channels:manage", "groups:write"),
    "conversations.archive": ("channels:manage", "groups:write"),
    "conversations.invite": ("channels:manage", "channels:write.invites", "groups:write"),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "reactions.add": ("reactions:write",),
    "dnd.teamInfo": ("dnd:read",),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
}

# kind of conversation -> the word its scopes begin with
PREFIXES = {"im": "im", "mpim": "mpim", "channel": "channels"}
