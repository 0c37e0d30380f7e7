"""read_page: the article with all its headings, paragraphs and tables, and nothing of the site."""

import pytest
from lxml import html

from seeds.reading import Limits, UnreadableDocumentError, read, webpage
from seeds.reading.blocks import text_of
from seeds.reading.messages import Message
from seeds.reading.webpage import blocks_of, decode_page
from tests.seeds.reading.files import page_of

LONG = "今年将建成悦来中学等学校4所，新增学位1.2万个，完成老旧小区改造15个。"
MORE = "\n".join(f"第{number}段。{LONG}" for number in range(9))
ARTICLE = f"某某区2025年政府工作报告\n一、2025年重点工作\n{LONG}\n（一）教育\n{LONG}第二段。\n谢谢大家！"


def read_page(data: bytes) -> tuple[str, str, list[Message]]:
    """The text of a page, its encoding and the notes on its reading."""
    blocks, encoding, notes = webpage.read_page(data, Limits())
    return text_of(blocks), encoding, notes


def lines(markup: str) -> list[str]:
    return [line for block in blocks_of(html.document_fromstring(markup)) for line in block.lines]


@pytest.mark.parametrize("tag", ["p", "div", "h2"])
def test_the_article_without_the_site(tag: str) -> None:
    text, encoding, notes = read_page(page_of(ARTICLE, tag=tag).encode())
    assert text.splitlines() == ARTICLE.splitlines()
    assert (encoding, notes) == ("utf-8", [])


def test_headings_between_paragraphs_stay() -> None:
    body = (
        f"<h1>2025年政府工作报告</h1><h2>一、2025年重点工作</h2><p>{LONG}</p><h3>（一）教育</h3><p>{LONG}第二段。</p>"
    )
    text, _, _ = read_page(f"<html><body><div class='nav'>首页</div>{body}</body></html>".encode())
    assert "一、2025年重点工作\n" + LONG + "\n（一）教育\n" in text


def test_a_repeated_paragraph_stays() -> None:
    text, _, _ = read_page(page_of(f"2025年政府工作报告\n{LONG}\n{LONG}\n{LONG}").encode())
    assert text.count(LONG) == 3


def test_a_table_gives_a_line_for_each_row() -> None:
    table = "<table><tr><th>指标</th><th>目标</th></tr><tr><td><p>城镇新增就业</p></td><td>4万人</td></tr></table>"
    page = f"<html><body><p>2025年政府工作报告</p><p>{LONG}</p>{table}<p>{LONG}第二段。</p></body></html>"
    text, _, _ = read_page(page.encode())
    assert "\n指标\t目标\n城镇新增就业\t4万人\n" in text


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "gb18030"), ("no-such", "gb18030")]
)
def test_declared_and_misdeclared_charsets(charset: str, encoding: str) -> None:
    data = page_of(ARTICLE + "㑇", charset=charset).encode(encoding)
    text, name = decode_page(data)
    assert "㑇" in text
    assert name == "gb18030"


def test_utf8_wins_over_a_wrong_declaration() -> None:
    assert decode_page(page_of(ARTICLE, charset="gb2312").encode())[1] == "utf-8"


def test_an_xml_declaration_is_no_obstacle() -> None:
    page = '<?xml version="1.0" encoding="gb2312"?>\n' + page_of(ARTICLE, charset="gb2312")
    assert LONG in read_page(page.encode("gb18030"))[0]


def test_the_title_is_put_in_front_where_the_article_has_none() -> None:
    text, _, _ = read_page(page_of(f"各位代表：\n{LONG}\n{MORE}", title="某某区2025年政府工作报告").encode())
    assert text.startswith("某某区2025年政府工作报告\n")


def test_the_title_is_put_in_front_for_its_year() -> None:
    text, _, _ = read_page(page_of(f"政府工作报告\n{LONG}\n{MORE}", title="2025年政府工作报告").encode())
    assert text.startswith("2025年政府工作报告\n政府工作报告\n")


def test_a_title_that_says_nothing_new_is_left_out() -> None:
    text, _, _ = read_page(page_of(ARTICLE, title="政府工作报告_某某区人民政府").encode())
    assert text.startswith("某某区2025年政府工作报告\n")


def test_a_page_without_an_article_is_read_whole_and_told() -> None:
    text, _, notes = read_page("<html><body><p>建成学校3所。</p></body></html>".encode())
    assert text == "建成学校3所。\n"
    assert [note.code for note in notes] == ["whole_page"]


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>var a</script></body></html>", "<!-- a -->"])
def test_a_page_without_text_is_empty(page: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(page.encode(), filename="a.html")
    assert caught.value.code == "empty"


def test_lines_of_blocks_breaks_and_inline_tags() -> None:
    assert lines("<p>建成<b>学校</b>3<span>所</span></p>尾巴<p>一<br>二<br/>三</p>") == [
        "建成学校3所",
        "尾巴",
        "一",
        "二",
        "三",
    ]


def test_lines_of_skips_what_is_not_shown() -> None:
    shown = "<div>一<script>x</script><style>y</style><!-- z --><i style='display: none'>隐</i>二</div>"
    assert lines(shown) == ["一二"]


def test_lines_of_mends_source_wraps() -> None:
    assert lines("<p>建成学\n   校3所，built\n schools</p>") == ["建成学校3所，built schools"]


def test_lines_of_nested_tables_and_empty_cells() -> None:
    nested = "<table><tr><td>一<table><tr><td>内</td></tr></table></td><td></td><td>三</td></tr></table>"
    assert "".join("".join(lines(nested)).split()) == "一内三"
