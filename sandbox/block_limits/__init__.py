"""What Slack accepts as blocks and views: every documented limit, and five that no library checks.

A refusal carries messages in Slack's form: ``[ERROR] must be less than 76 characters [json-pointer:/blocks/0/…]``.
"""
