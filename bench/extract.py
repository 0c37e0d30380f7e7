"""Speed, memory and worst cases of the extractor, each beside its bar.

usage: python bench/extract.py [--seconds 3] [--reports 1000]

One process on one core, in seconds of the processor. The baseline is jieba.cut over the same texts in the same run:
what a reader that begins with word segmentation pays at the least.
"""

import argparse
import logging
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import jieba

from seeds.extract import extract

REPORTS = ROOT / "seeds" / "reports"
YEAR = 2021
# A share of a second, so that both sides meet the same load of the machine.
TURN = 0.25
MEGABYTE = 1_000_000
# Without a heading that promises work, nothing is looked at.
HEADING = "2021年政府工作报告\n\n二、2021年重点工作\n\n（一）建设\n\n"
# What worst cases repeat.
UNITS = {
    "、 only": "、",
    "commas only": "，",
    "full stops only": "。",
    "digits": "8",
    "decimal points": "1.",
    "万亿": "万亿",
    "spaces": " ",
    "newlines": "\n",
    "full-width digits": "９",
    "open quotes": "“",
    "open brackets": "（",
    "nested brackets": "（建成（",
    "open titles": "《",
    "建成 repeated": "建成",
    "list without end": "悦来中学、",
    "figures under one verb": "建成学校3所、",
    "clauses with figures": "建成学校3所，",
    "分别": "分别达到3所、",
    "one endless line": "加快推进学校医院道路公园建设完善提升优化",
    "wrapped words": "建\n成\n学\n校\n3\n所\n",
    "headings": "一、重点工作\n",
    "Chinese numerals": "一二三四五六七八九十百千",
    "dates": "到2027年底前",
    "Latin": "abc ",
    "names": "市第一人民",
    "heads of names": "医院学校公园",
    "emoji": "\U0001f600",
}
# Bytes of a worst case, small and large; the large one is left out where it would take longer than this.
SIZES = (30_000, 300_000)
GIVE_UP_SECONDS = 10.0


def reports() -> list[str]:
    """The texts of the reports that ship with the project."""
    return [path.read_bytes().decode("utf-8") for path in sorted(REPORTS.glob("*.txt"))]


def per_second(jobs: dict[str, Callable[[str], object]], texts: list[str], seconds: float) -> dict[str, float]:
    """Texts a second of each job, the jobs taking turns."""
    done = dict.fromkeys(jobs, 0)
    spent = dict.fromkeys(jobs, 0.0)
    while min(spent.values()) < seconds:
        for name, job in jobs.items():
            until = time.process_time() + TURN
            begun = time.process_time()
            while time.process_time() < until:
                job(texts[done[name] % len(texts)])
                done[name] += 1
            spent[name] += time.process_time() - begun
    return {name: done[name] / spent[name] for name in jobs}


def seconds_for(text: str) -> float:
    """Processor seconds of one extraction."""
    begun = time.process_time()
    extract(text, year=YEAR)
    return time.process_time() - begun


def resident_megabytes() -> float:
    """Memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def varied(texts: list[str], count: int) -> Iterator[str]:
    """Reports that differ in place and figures, so that nothing cached for one serves the next."""
    chance = random.Random(20210310)
    for number in range(count):
        place = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(2))
        digits = str.maketrans("123456789", "".join(chance.sample("123456789", 9)))
        yield texts[number % len(texts)].replace("渝北", place).translate(digits)


def worst_cases(size: int) -> dict[str, str]:
    """Texts of about ``size`` bytes that are made to hurt patterns with unbounded repetition."""
    return {name: HEADING + unit * (size // len(unit.encode())) for name, unit in UNITS.items()}


def speed(texts: list[str], seconds: float) -> float:
    """Print reports a second beside jieba's; return the seconds that a megabyte of report takes."""
    rates = per_second(
        {"extract": lambda text: extract(text, year=YEAR), "jieba": lambda text: list(jieba.cut(text))}, texts, seconds
    )
    size = sum(len(text.encode()) for text in texts) / len(texts)
    ratio = rates["extract"] / rates["jieba"]
    print(f"reports a second       extract {rates['extract']:8.1f}    bar 12")
    print(f"                    jieba.cut {rates['jieba']:8.1f}")
    print(f"                        ratio {ratio:8.2f}")
    return MEGABYTE / size / rates["extract"]


def memory(texts: list[str], count: int) -> None:
    """Print the memory held after a tenth of the reports and after all of them."""
    early = 0.0
    for number, text in enumerate(varied(texts, count), 1):
        extract(text, year=YEAR)
        if number == max(count // 10, 1):
            early = resident_megabytes()
    late = resident_megabytes()
    print(f"\nmemory, MB     after {count // 10:5d} {early:8.1f}")
    print(f"               after {count:5d} {late:8.1f}    growth {late - early:+.1f}, bar 5")


def length(texts: list[str]) -> None:
    """Print the time a megabyte takes in texts of growing length."""
    whole = "\n".join(texts)
    print("\nlength, MB   seconds/MB   ratio to the first    bar 1.5")
    first = 0.0
    for megabytes in (0.1, 1.0, 10.0):
        text = (whole * int(megabytes * MEGABYTE / len(whole.encode()) + 1)).encode()
        text_of_size = text[: int(megabytes * MEGABYTE)].decode("utf-8", "ignore")
        rate = min(seconds_for(text_of_size) for _ in range(3 if megabytes < 10 else 1)) / megabytes
        first = first or rate
        print(f"{megabytes:10.1f} {rate:12.3f} {rate / first:12.2f}")


def worst(normal: float) -> None:
    """Print for each worst case the time a megabyte takes, as a multiple of a normal report's; and its growth."""
    print(f"\nworst cases (normal {normal:.3f} s/MB)      s/MB    ratio   bar 5     0.3 MB to 0.03 MB   bar 1.5")
    small, large = (worst_cases(size) for size in SIZES)
    for name in small:
        rates = [seconds_for(small[name]) / SIZES[0] * MEGABYTE]
        # A quadratic case takes a hundred times as long for ten times the text.
        if rates[0] * (SIZES[1] / SIZES[0]) * (SIZES[1] / MEGABYTE) < GIVE_UP_SECONDS:
            rates.append(seconds_for(large[name]) / SIZES[1] * MEGABYTE)
        growth = f"{rates[-1] / rates[0]:25.2f}" if len(rates) > 1 else "  larger one left out: too slow"
        print(f"  {name:<28} {rates[-1]:12.3f} {rates[-1] / normal:8.2f} {growth}")


def main() -> None:
    """Run every part and print its figures."""
    parser = argparse.ArgumentParser(description="Speed, memory and worst cases of the extractor.")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each side of the speed test")
    parser.add_argument("--reports", type=int, default=1000, help="for the memory test")
    options = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    texts = reports()
    normal = speed(texts, options.seconds)
    memory(texts, options.reports)
    length(texts)
    worst(normal)


if __name__ == "__main__":
    main()
