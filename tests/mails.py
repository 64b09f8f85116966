"""Mails that the site sends while its answer is on its way."""

import threading

from django.core import mail
from django.core.mail import EmailMessage

from home.sign_in.forms import MAIL_THREAD


def sent_mails() -> list[EmailMessage]:
    """All mails so far, those included that are being sent."""
    for thread in threading.enumerate():
        if thread.name == MAIL_THREAD:
            thread.join()
    return mail.outbox
