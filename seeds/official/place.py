"""Whose paper an official document is: the government that its first lines name."""

import re
from collections.abc import Iterable

from seeds.sheets.cells import folded

_AREA = r"(?:自治区|自治州|自治县|自治旗|地区|省|市|区|县|州|盟|旗)"
_ISSUER = re.compile(rf"((?:[\u4e00-\u9fff]{{1,9}}?{_AREA}){{1,3}})(?:人民)?政府")
_TITLE = re.compile(rf"^(?:关于)?(?:印发)?((?:[\u4e00-\u9fff]{{1,9}}?{_AREA}){{1,3}})(?=[《“]|民生|政府)")
_NO_PLACE = re.compile(r"[的于由和及本各在对以发]|任务|年|、|全[省市区县]")
_NO_NAME = frozenset(("市", "区", "县", "省", "全市", "全区", "全县", "本市", "各县", "各区", "县区", "市区", "各市"))


def place_of(head: Iterable[str]) -> str | None:
    """The government that a document's first lines name, as they write it; ``None`` where they name none."""
    for line in head:
        plain = re.sub(r"\s+|20\d\d年度?", "", folded(line))
        found = _ISSUER.search(plain) or _TITLE.search(plain)
        if found and found[1] not in _NO_NAME and not _NO_PLACE.search(found[1]):
            return found[1]
    return None


def may_be_same(first: str | None, second: str | None) -> bool:
    """Whether two names may be of one government: 渝北区 and 重庆市渝北区."""
    return not first or not second or first.endswith(second) or second.endswith(first)
