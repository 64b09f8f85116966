"""``/robots.txt``."""


def test_robots_txt_names_what_crawlers_leave_out(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
