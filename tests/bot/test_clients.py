"""The client that sends is told not to try again by itself: slack_sdk would post twice after a dropped connection."""

from pydantic import SecretStr
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import _clients
from bot.settings import Settings


def test_one_attempt_to_send_is_one_request() -> None:
    talking, sending = _clients(Settings(_env_file=None, slack_bot_token=SecretStr("xoxb-1")))

    assert AsyncWebClient().retry_handlers, "what the library does unless it is told otherwise"
    assert sending.retry_handlers == []
    assert [type(one) for one in talking.retry_handlers] == [AsyncRateLimitErrorRetryHandler]
