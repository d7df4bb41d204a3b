"""A YAML file of the project's own that remembers its lines, so that a mistake can be shown where it stands."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from agent.errors import GuideError

Model = TypeVar("Model", bound=BaseModel)


class YamlFile:
    """A YAML file that remembers its lines, so that a mistake can be shown where it stands."""

    def __init__(self, path: Path):
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
            self.data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader) or {}
        except (OSError, UnicodeDecodeError) as error:
            raise GuideError(f"{path}:1: the file cannot be read as UTF-8 text ({error}).") from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise GuideError(f"{path}:{line}: this is not valid YAML: {getattr(error, 'problem', error)}.") from error
        if not isinstance(self.data, dict):
            raise GuideError(f"{path}:1: the file must be a mapping of names to entries.")
        self._text = text
        self._refuse_twins(yaml.compose(text, Loader=yaml.CSafeLoader))

    def _refuse_twins(self, node: yaml.Node | None) -> None:
        """YAML keeps the last of two equal keys without a word; here it is a mistake."""
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    raise GuideError(f"{self.path}:{key.start_mark.line + 1}: {key.value} stands here twice.")
                seen.add(key.value)
                self._refuse_twins(value)

    def mapping(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the entries under a key; each must be a mapping itself."""
        entries = self.data.get(key) or {}
        if not isinstance(entries, dict):
            raise self.mistake((key,), f"{key} must be a mapping of names to entries")
        for name, entry in entries.items():
            if not isinstance(entry, dict):
                raise self.mistake((key, name), f"{name} must be a mapping of fields")
        return list(entries.items())

    def build(self, model: type[Model], path: tuple[str | int, ...], entry: Any) -> Model:
        """Validate one entry; a mistake is reported at the line of the field that has it."""
        try:
            return model.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            where = (*path, *first["loc"])
            name = ".".join(str(part) for part in first["loc"]) or "entry"
            raise self.mistake(where, f"{name}: {first['msg']}") from error

    def mistake(self, path: tuple[str | int, ...], message: str) -> GuideError:
        return GuideError(f"{self.path}:{self._line(path)}: {message}.")

    def _line(self, path: tuple[str | int, ...]) -> int:
        node = yaml.compose(self._text, Loader=yaml.CSafeLoader)
        line = 1
        for part in path:
            found = None
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                found = (node.value[part], node.value[part])
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        return line
