"""Whether a large body is taken: asked in a thread, answered in the main loop."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from campaign_site.server.body_limits import is_session_of_member
from campaign_site.server.refused_body import BodyRefusal
from campaign_site.server.request_parser import SiteRequestParser
from campaign_site.server.spool import SpooledBody, SpoolFullError
from media_pipeline import api

if TYPE_CHECKING:
    from campaign_site.server.connection import Connection

logger = logging.getLogger(__name__)


class Admission:
    """A task of waitress's threads."""

    def __init__(self, connection: "Connection", request: SiteRequestParser) -> None:
        self.connection = connection
        self.request = request

    def service(self) -> None:
        """Find the answer, and hand it to the main loop."""
        server = self.connection.server
        server.trigger.pull_trigger(partial(self.connection.admitted, self.request, self.answer()))

    def cancel(self) -> None:
        """Do nothing: the server ends."""

    def answer(self) -> SpooledBody | BodyRefusal:
        """Return where the body goes, or why nowhere."""
        session = self.request.session
        try:
            if not is_session_of_member(session):
                return BodyRefusal.NOT_SIGNED_IN
            return self.connection.server.spool.open_body(session, self.request.content_length)
        except SpoolFullError:
            return BodyRefusal.TOO_MANY
        except OSError as problem:
            logger.warning("No space for an upload: %s", problem)
            return BodyRefusal.NO_SPACE
        except Exception as problem:
            if api.is_outage(problem):
                api.note_outage(problem)
            else:
                logger.exception("Whether an upload is taken could not be found out")
            return BodyRefusal.UNKNOWN
