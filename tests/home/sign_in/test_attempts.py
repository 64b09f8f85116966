"""Pauses grow with failures, per account and per sender; no row says whose they are."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from home.models import PasswordAttempts
from home.sign_in import attempts

pytestmark = pytest.mark.postgres
START = datetime.datetime(2030, 5, 1, 12, 0, tzinfo=datetime.UTC)
KEY = attempts.account_key("amal")


def after(seconds):
    return START + datetime.timedelta(seconds=seconds)


def request(address="203.0.113.7", **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def network(*args, **headers):
    return attempts.sender_network(request(*args, **headers))


@pytest.mark.django_db
def test_pauses_double_up_to_the_longest_and_no_attempt_is_counted_while_one_lasts():
    now, waits = 0, []
    for _attempt in range(14):
        waits.append(attempts.begin_attempt([KEY], after(now)))
        now += waits[-1]
        if waits[-1]:
            assert attempts.begin_attempt([KEY], after(now - 1)) == 1
            assert attempts.begin_attempt([KEY], after(now)) == 0
    assert waits == [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]


@pytest.mark.django_db(transaction=True)
def test_attempts_at_once_are_all_counted():
    def attempt(_number):
        try:
            return attempts.begin_attempt([KEY, attempts.account_key("another")], START)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(attempt, range(40)))
    assert sorted(waits) == [0] * 5 + [15] * 35


@pytest.mark.django_db
def test_one_key_that_waits_keeps_the_others_from_counting():
    other = attempts.account_key("somebody else")
    for _attempt in range(5):
        attempts.begin_attempt([KEY], START)
    assert attempts.begin_attempt([other, KEY], START) == 15
    assert PasswordAttempts.objects.get(key=other.key).failures == 0


@pytest.mark.django_db
def test_a_success_is_not_counted_and_a_day_without_attempts_forgets():
    for _attempt in range(5):
        attempts.begin_attempt([KEY], START)
        attempts.take_back([KEY])
    assert PasswordAttempts.objects.get().failures == 0
    for _attempt in range(5):
        attempts.begin_attempt([KEY], START)
    assert attempts.begin_attempt([attempts.account_key("b")], after(86_401)) == 0
    assert [row.key for row in PasswordAttempts.objects.all()] == [attempts.account_key("b").key]


def test_every_spelling_of_a_name_is_one_account():
    names = ("Amal", " amal", "AMAL", "\uff41mal")
    assert {attempts.account_key(name) for name in names} == {KEY}
    assert attempts.account_key("amal", "change password") != KEY


def test_a_sender_has_another_key_every_day_and_for_every_purpose():
    def key(seconds, purpose="sign in", address="203.0.113.7"):
        (found,) = attempts.sender_keys(request(address), purpose, after(seconds))
        return found.key

    assert key(0) == key(11 * 3600)
    assert len({key(0), key(13 * 3600), key(0, "reset mail"), key(0, address="203.0.113.8")}) == 4


def test_a_sender_is_an_ipv4_address_or_an_ipv6_network():
    assert network("203.0.113.7") == network("::ffff:203.0.113.7") == "203.0.113.7/32"
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert [network(odd) for odd in ("", "unix:", "9" * 5000)] == ["", "", ""]
    assert attempts.sender_keys(request(""), "sign in") == attempts.sender_keys(None, "sign in") == []


def test_only_behind_a_proxy_the_header_counts_and_of_it_what_the_proxy_wrote(settings):
    header = {"x-forwarded-for": "198.51.100.1, 198.51.100.2"}
    assert network("203.0.113.7", **header) == "203.0.113.7/32"
    settings.BEHIND_PROXY = True
    assert network("203.0.113.7", **header) == "198.51.100.2/32"
    assert network("203.0.113.7") == ""  # the proxy's own address
