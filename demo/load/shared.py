"""What pages share: themes, funding programmes and the placeholders for contact persons."""

from demo.content.content import fill_texts
from demo.content.texts import read_texts
from home.models import FundingProgramme, Person, Theme

CONTACT = "Demo contact"
PHONE = "+49 000 00000{number}"  # no area code of that number exists


def ensure_themes() -> dict[str, Theme]:
    """All themes by their key; a theme of the same slug that somebody made is taken as it is."""
    themes = {}
    for key, text in read_texts("themes").items():
        slug = key.replace("_", "-")
        found = Theme.objects.filter(slug=slug).first()
        themes[key] = found or _saved(
            fill_texts(
                Theme(slug=slug, colour=text["colour"], demo_key=f"theme-{slug}", original_language="en"), name=text
            )
        )
    return themes


def ensure_programmes() -> dict[str, FundingProgramme]:
    """Both programmes by their key."""
    programmes = {}
    for key, texts in read_texts("programmes").items():
        found = FundingProgramme.objects.filter(demo_key=f"programme-{key}").first()
        programme = FundingProgramme(
            demo_key=f"programme-{key}", requires_open_licence=key == "erasmus", original_language="en"
        )
        programmes[key] = found or _saved(fill_texts(programme, name=texts["name"]))
    return programmes


def ensure_contacts() -> list[Person]:
    """The placeholders of Düsseldorf's page: a role each, and numbers and addresses that reach nobody."""
    people = []
    for number, (key, role) in enumerate(read_texts("dusseldorf")["contacts"].items(), 1):
        found = Person.objects.filter(demo_key=f"person-{key}").first()
        person = Person(
            demo_key=f"person-{key}",
            name=CONTACT,
            phone=PHONE.format(number=number),
            email=f"{key}@example.org",
            original_language="de",
        )
        people.append(found or _saved(fill_texts(person, role=role)))
    return people


def _saved(thing):
    thing.save()
    return thing
