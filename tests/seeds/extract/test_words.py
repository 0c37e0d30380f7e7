from seeds.extract.words import one_of, words


def test_words_are_split_at_blanks_and_line_ends() -> None:
    assert words("学校 医院\n  道路") == {"学校", "医院", "道路"}


def test_one_of_keeps_the_order_given() -> None:
    assert one_of("建成通车 建成") == "(?:建成通车|建成)"
