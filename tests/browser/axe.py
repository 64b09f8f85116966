"""What axe-core finds on a page against WCAG 2.2, levels A and AA."""

from functools import cache

from playwright.sync_api import Page

from tests.conftest import PROJECT

# The front end's set-up puts it there, from package-lock.json.
SOURCE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Evaluated by the browser's debugger, which the page's policy does not bind; a script element would be refused.
JUDGE = """async ([within, rules]) => {
  const { violations } = await axe.run(within ? { include: within } : document, {
    runOnly: { type: "tag", values: rules }, resultTypes: ["violations"],
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} (${node.failureSummary})`));
}"""


@cache
def _source() -> str:
    return SOURCE.read_text("utf-8")


def violations(page: Page, *within: str) -> list[str]:
    """One line per violation and element, in the whole page or ``within`` some of its parts (CSS selectors)."""
    page.evaluate(_source())
    return page.evaluate(JUDGE, [[[selector] for selector in within], RULES])
