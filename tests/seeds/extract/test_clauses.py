from seeds.extract.clauses import Document, clauses, mask, unmask


def test_marks_in_quotes_and_brackets_do_not_end_a_clause() -> None:
    text = "推进“安居、乐业，幸福”工程（一期，二期），建成学校2所。"
    assert [text[start:end] for start, end in clauses(mask(text), 0, len(text))] == [
        "推进“安居、乐业，幸福”工程（一期，二期）",
        "建成学校2所",
    ]


def test_a_mask_hides_marks_and_keeps_every_place() -> None:
    text = "“安居、乐业”（一期，二期）、学校"
    assert len(mask(text)) == len(text)
    assert mask(text).count("、") == 1
    assert unmask(mask(text)) == text


def test_a_text_without_marks_is_cut_so_that_work_stays_in_proportion() -> None:
    assert clauses("路" * 1000, 0, 1000) == [(0, 400), (400, 800), (800, 1000)]


def test_a_document_knows_its_figures_and_levels_by_place() -> None:
    document = Document("新建学校12所，行政村5G网络全覆盖")
    assert [figure.quantity for figure in document.figures(0, 8)] == [12]
    assert document.figures(8, 18) == []
    assert (document.next_figure(0), document.next_figure(8)) == (4, 15)
    level = document.coverage(8, 18)
    assert level is not None
    assert (level.quantity, level.unit) == (100, "%")
