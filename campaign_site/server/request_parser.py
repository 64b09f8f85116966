"""Reading a request: its header says whether its body is taken, put off until somebody was asked, or refused."""

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import FixedStreamReceiver

from campaign_site.server.body_limits import BodyLimits
from campaign_site.server.refused_body import BodyRefusal, RefusedBodyError
from campaign_site.server.spool import SpooledBody

NO_LIMIT = 1 << 62


class SiteRequestParser(HTTPRequestParser):
    """waitress's parser, with a limit of the body for each request in place of one for all.

    ``session`` is not empty while the body must wait for the answer to whether it is the session of a person.
    """

    session = ""
    wants_continue = False
    body: SpooledBody | None = None

    def __init__(self, adjustments: Adjustments, limits: BodyLimits) -> None:
        super().__init__(adjustments)
        self.limits = limits
        self.most_bytes = limits.stranger

    def parse_header(self, header_plus: bytes) -> None:
        """Read the header, then decide about the body. The limit that waitress has for all does not decide."""
        try:
            super().parse_header(header_plus)
        except ValueError as problem:
            # Python's own refusals of numbers and addresses: waitress knows of some only, and would end the connection
            # without an answer and write a long line for each.
            raise ParsingError("Bad request line or header") from problem
        self.header_plus = b""
        if self.body_rcv is None:
            return
        fits = not self.chunked and self.content_length <= self.limits.stranger
        session = "" if fits else self.limits.session_key(self.headers.get("COOKIE", ""))
        most = self.limits.for_member(self.path) if session else self.limits.stranger
        if not fits and not self.chunked and self.content_length > most:
            self.refuse(BodyRefusal.TOO_LARGE if session else BodyRefusal.NOT_SIGNED_IN)
        elif session and not self.chunked:
            self.session, self.wants_continue, self.expect_continue = session, self.expect_continue, False

    def received(self, data: bytes) -> int:
        """Take what belongs to this request out of ``data``; return how many bytes that is."""
        consumed: int = super().received(data)
        # A body in chunks does not say its length before: the limit is held while it arrives.
        if self.chunked and self.error is None and self.body_bytes_received > self.limits.stranger:
            self.refuse(BodyRefusal.TOO_LARGE)
        return consumed

    def accept(self, body: SpooledBody) -> None:
        """Let the body come, into ``body``."""
        self.session, self.body = "", body
        self.body_rcv = FixedStreamReceiver(self.content_length, body)
        self.expect_continue = self.wants_continue

    def refuse(self, refusal: BodyRefusal) -> None:
        """Answer without the body."""
        self.session, self.expect_continue, self.connection_close = "", False, True
        self.error, self.completed = RefusedBodyError(refusal, self.headers.get("ACCEPT_LANGUAGE", "")), True
