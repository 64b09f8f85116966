"""How often the encoding of an old caption file is found: ours, which knows the language, beside charset-normalizer.

``python -m tests.bench.caption_encodings`` prints a line per length of file. The texts are sentences of the catalogues,
in every encoding that people of a language have used; a file counts as right when every letter of it is.
"""

import random
from collections import Counter, defaultdict

from babel.messages.pofile import read_po
from charset_normalizer import from_bytes

from campaign_site.languages import ALL
from campaign_site.setup.catalogues import catalogue_path
from media_pipeline.captions.encodings import ExpectedText, code_page_family, decode_captions
from tests.house.sources import PROJECT

LENGTHS = (1, 3, 10, 40)  # captions of a file
TRIES = 6


def sentences(code: str) -> list[str]:
    """What a catalogue says, without markup."""
    with catalogue_path(PROJECT, code).open("rb") as file:
        found = [message.string for message in read_po(file) if isinstance(message.string, str)]
    return [each for each in found if each and "<" not in each]


def main() -> None:
    """Print what share of the files came out right."""
    chosen = random.Random(1)
    others: dict[str, str] = defaultdict(str)
    for language in ALL:
        others[language.legacy_encoding] += language.letters
    files, ours, theirs = Counter[int](), Counter[int](), Counter[int]()
    for language in ALL:
        expected, known = ExpectedText(language.legacy_encoding, language.letters, others), sentences(language.code)
        for encoding in code_page_family(language.legacy_encoding):
            for length in (length for length in LENGTHS for _ in range(TRIES)):
                lines = (f"{n}\n00:00:0{n % 10},000 --> 00:00:0{n % 10},900\n" for n in range(1, length + 1))
                text = "\n".join(
                    line + words + "\n" for line, words in zip(lines, chosen.sample(known, length), strict=True)
                )
                data = text.encode(encoding, "ignore")
                if data.isascii():
                    continue
                wanted, guess = data.decode(encoding), from_bytes(data).best()
                files[length] += 1
                ours[length] += decode_captions(data, expected).text == wanted
                theirs[length] += guess is not None and str(guess).strip() == wanted.strip()
    for length in LENGTHS:
        shares = [100 * found[length] / files[length] for found in (ours, theirs)]
        print(
            f"{length} captions: ours {shares[0]:.0f} %, charset-normalizer {shares[1]:.0f} % of {files[length]} files"
        )


if __name__ == "__main__":
    main()
