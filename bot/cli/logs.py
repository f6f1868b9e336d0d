"""Logs for people or for machines. No message text is ever logged."""

import logging
import sys
from typing import Literal

import structlog


def set_up(style: Literal["text", "json"]) -> None:
    """Sends every log line to standard error in this style."""
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    # Bolt and slack_sdk log request bodies at DEBUG; they never get there.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Bolt finds SLACK_BOT_TOKEN in the environment too and remarks at every start that it does not use it.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(lambda record: "`token` will be unused" not in str(record.msg))
