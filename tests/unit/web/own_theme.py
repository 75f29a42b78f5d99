"""A small theme, written where a test wants it."""

from pathlib import Path

FILES = {
    "theme.toml": 'name = "{name}"\nversion = "1.0.0"\nmade_for = "0.2.0"\n',
    "tokens.css": ":root { --paper: #102030; }\n@media (prefers-color-scheme: dark) {\n"
    "  :root { --paper: #131316; }\n}\n",
    "theme.css": '.btn { background: url("img/mine.svg"); }\n',
    "words.po": 'msgid "商品を見る"\nmsgstr "品物を見る"\n',
    "words.en.po": 'msgid "商品を見る"\nmsgstr "See what we have"\n',
    "static/img/mine.svg": "<svg/>",
}


def write(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{name}", folder.name), encoding="utf-8")
    return folder
