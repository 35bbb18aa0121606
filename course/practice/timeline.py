"""Practice for *timeline*: other events of the table, and things that were made up for it."""

from datetime import date

from course import data
from course.practice.exercise import PANEL, ask, exercise, read_practice
from course.scoring.cases import case, wrong
from course.scoring.days import day
from course.scoring.functions import function
from course.scoring.maps import label_map
from course.scoring.numbers import mistake, number
from course.scoring.orders import order
from course.scoring.plots import plot
from course.scoring.question import Question
from course.text.documents import list_sentences

PERCENT = number("percent", low=0, high=100, decimals=1)
YEARS = number("years", low=0, decimals=1)
COUNT = number("", low=0, whole=True)
# Texts that the graded question does not offer.
READ = ["D04", "D05", "D06", "D07", "D16", "D17", "D18"]
# The keepers of a lighthouse, made up: their first and last days.
KEEPERS = {
    "Ana": (date(1950, 3, 1), date(1952, 2, 10)),
    "Ben": (date(1951, 6, 15), date(1953, 8, 31)),
    "Cleo": (date(1955, 1, 1), date(1955, 12, 31)),
}

read_practice("timeline")


# fmt: off
def _first_day(text: str) -> str:
    return text + {4: "-01-01", 7: "-01"}.get(len(text), "")


@exercise("timeline-01",
    hint="Put \"-01\" after a month, as the line for a year does with \"-01-01\".",
    right="Every month begins on the first. The graded function needs the last day, and months differ.")
def _first_day_of_a_month(q: Question) -> None:
    ask(q, "practice_first_day", function(example=("1905-02",), returns=day()), right=_first_day, cases=[
        case("1905-02", label="a month"),
        case("1916-12", label="another month"),
        case("1990", label="a year"),
        case("1904-12-06", label="a day"),
        case("2001", label="another year"),
    ], wrong_functions=(
        wrong(lambda text: text + {4: "-01-01", 7: "-28"}.get(len(text), ""), "A month does not begin on the 28th."),
        wrong(lambda text: text[:4] + "-01-01" if len(text) < 10 else text, "This gives the first day of the year. Keep the month that the text names."),
    ))


@exercise("timeline-01b",
    hint="Write down the first and the last day that each date may mean.",
    right="Only days that cannot overlap decide it. The graded dates are of events.")
def _which_was_earlier(q: Question) -> None:
    right = {"w": "first", "x": "cannot tell", "y": "second"}
    overlap = "August is a part of 1953. The other letter may be from before it, or from after."
    apart = "Compare the last day of the one with the first day of the other."
    ask(q, "practice_pairs", label_map(list("wxy"), ["first", "second", "cannot tell"]), right, mistakes={
        ("w", "cannot tell"): apart,
        ("x", "first"): overlap,
        ("x", "second"): overlap,
        ("y", "cannot tell"): apart,
        ("y", "first"): "February comes before March.",
    })


@exercise("timeline-02", title="Practice: which came first?", items={
        "a": "The landing at the Bay of Pigs",
        "b": "The United States invades Panama",
        "c": "The CIA-backed invasion of Guatemala",
        "d": "The United States invades Grenada",
    },
    hint="Look each of them up in the timeline above.",
    right="By the dates of the table. The graded events are older.")
def _four_events(q: Question) -> None:
    offered = {"a": "E33", "b": "E46", "c": "E30", "d": "E43"}
    when = data.events().set_index("event")["date"].to_dict()
    right = sorted(offered, key=lambda letter: when[offered[letter]])
    ask(q, PANEL, order(list(offered)), right, mistakes=[
        (right[::-1], "Turn it around: the earliest goes at the top."),
        ([right[1], right[0], *right[2:]], "The first two are the wrong way around."),
        ([*right[:2], right[3], right[2]], "The last two are the wrong way around."),
    ])


@exercise("timeline-03",
    hint="Years: the days, divided by 365.2425. Error: the difference, divided by the true value.",
    right="An error is measured against the true value. The graded claim is about 200 years.")
def _years_and_error(q: Question) -> None:
    first, last = date(1933, 3, 4), date(2013, 11, 18)
    days = (last - first).days
    years = days / 365.2425
    ask(q, "practice_years", YEARS, years, mistakes=[
        mistake(last.year - first.year, "This takes the two years alone. From March to November is most of another one."),
        mistake(days, "This is the number of days.", within=1),
    ])
    ask(q, "practice_error", number("percent", decimals=1), 100 * (100 - years) / years, mistakes=[
        mistake(100 - years, "This is the error in years. Divide it by the true value, times 100."),
        mistake(100 * 100 / years, "This is 100 in percent of the true value. The error is the part above 100."),
    ])
    q.follow("practice_error", "practice_years", lambda passed: 100 * (100 - passed) / passed)


@exercise("timeline-04", title="Practice: which sentence says so?", documents=READ, items={
        "w": "Polk, 1845: who decides what becomes of the people of this continent?",
        "x": "Buchanan, 1859: which sentence asks for force?",
        "y": "Charter of the OAS, 1948: which sentence says that more than armed force is forbidden?",
        "z": "Kerry, 2013: which sentence says what has ended?",
    },
    hint="The list has two texts of Polk's. Read a text to its end before you mark.",
    right="What a text says stands in a sentence that can be quoted. The graded texts are others.")
def _four_sentences(q: Question) -> None:
    ask(q, PANEL, label_map(list("wxyz"), list_sentences(READ)), {"w": "D05.4", "x": "D07.1", "y": "D16.2", "z": "D17.1"}, mistakes={
        ("w", "D04.1"): "This is about colonies. Polk has another text in the list.",
        ("w", "D05.1"): "This says how America differs. Read on.",
        ("x", "D07.2"): "This is what could be said against it.",
        ("y", "D16.1"): "This forbids to intervene. Which one speaks of armed force?",
        ("z", "D17.2"): "This says what the relationship is not about.",
    })


@exercise("timeline-06",
    hint="How many are \"yes\"? How many events are there in all?",
    right="1 of 5. The graded question asks it of the actions, and what happens if codings change.")
def _named_among_policies(q: Question) -> None:
    coded = data.events().query("category == 'economic policy'")["monroe_invoked"]
    yes = int((coded == "yes").sum())
    ask(q, "practice_named", PERCENT, 100 * yes / len(coded), mistakes=[
        mistake(yes, "This is a number of events. Divide it by all of them, times 100."),
        mistake(100 * (len(coded) - yes) / len(coded), "These are the events in which it was not named."),
    ])


@exercise("timeline-07",
    hint="How many years are there from 1961 to 1975, both counted? Divide by that, times ten.",
    right="15 years, not 14: both ends count.")
def _nine_in_an_era(q: Question) -> None:
    count, first, last = 9, 1961, 1975
    ask(q, "practice_rate", number("actions per decade", low=0, decimals=1), 10 * count / (last - first + 1), mistakes=[
        mistake(10 * count / (last - first), "The last year minus the first is one too few: both count."),
        mistake(count / (last - first + 1), "This is per year. A decade has ten."),
        mistake(count, "This is the number of actions. Divide it by the decades."),
    ])


@exercise("timeline-08",
    hint="Write down the years of each keeper. Cross out those that you have twice.",
    right="A year that two share counts once. The graded table has seven rows.")
def _keepers(q: Question) -> None:
    begun, ended = KEEPERS["Cleo"]
    touched = [year for first, last in KEEPERS.values() for year in range(first.year, last.year + 1)]
    ask(q, "practice_days", number("days", low=1, whole=True), (ended - begun).days, mistakes=[
        mistake((ended - begun).days + 1, "This counts the first and the last day both. Subtract only."),
    ])
    ask(q, "practice_years_with", COUNT, len(set(touched)), mistakes=[
        mistake(len(touched), "A year that two keepers share is in this twice."),
        mistake(max(touched) - min(touched) + 1, "These are all years from the first to the last. In one of them nobody was there."),
    ])
    ask(q, "practice_at_once", COUNT, 2, mistakes=[
        mistake(len(KEEPERS), "This is the number of all keepers, whenever they were there."),
        mistake(1, "Look at the day on which Ben begins."),
    ])


@exercise("timeline-10",
    hint="(contest[\"voice\"] == \"alto\").mean() is the share of yes. For the latest, keep the last row of each town.",
    right="Contests are one base, towns another. So are elections and countries.")
def _altos(q: Question) -> None:
    ask(q, "practice_altos", PERCENT, 100 * 3 / 5, mistakes=[
        mistake(3, "This is a number of contests. The question asks for the share in percent."),
        mistake(100 * 2 / 5, "This is the share of the others."),
    ])
    ask(q, "practice_by_town", label_map(["Hill", "Lake"], PERCENT), {"Hill": 100 * 2 / 3, "Lake": 100 * 1 / 2}, mistakes={
        ("Hill", 100 * 2 / 5): "This divides by all contests. Divide by those of the town.",
        ("Lake", 100 * 1 / 5): "This divides by all contests. Divide by those of the town.",
    })
    ask(q, "practice_latest", COUNT, 1, mistakes=[
        mistake(2, "Both towns had an alto once. Look at the latest winner of each."),
        mistake(3, "This counts contests. A town counts once, by its latest."),
    ])


@exercise("timeline-12",
    hint="Who has borrowed a novel? Count each name once.",
    right="Four loans, two readers. In the graded table, countries have several rows.")
def _readers(q: Question) -> None:
    ask(q, "practice_readers", COUNT, 2, mistakes=[
        mistake(4, "These are loans. A reader with several counts once."),
        mistake(3, "This counts the reader of comics, too."),
    ])


@exercise("timeline-13",
    hint="Times: 2005 by 1990. Share: part by all, times 100. Without the school: take it out of all first.",
    right="Three times the money, and a smaller share. Both are true.")
def _bakery(q: Question) -> None:
    cafe, school, whole = {1990: 10, 2005: 30}, {1990: 20, 2005: 150}, {1990: 40, 2005: 240}
    share = {year: 100 * cafe[year] / whole[year] for year in cafe}
    without = 100 * cafe[2005] / (whole[2005] - school[2005])
    ask(q, "practice_times", number("", low=0, decimals=1), cafe[2005] / cafe[1990], mistakes=[
        mistake(share[2005] / share[1990], "This divides the shares. Divide the money."),
        mistake(cafe[2005] / cafe[1990] - 1, "This is what was added. The factor counts what was there at the beginning, too."),
    ])
    ask(q, "practice_points", number("percentage points", low=-100, high=100, decimals=1), share[2005] - share[1990], mistakes=[
        mistake(share[1990] - share[2005], "The size is right. It fell, so it is negative."),
        mistake(100 * (share[2005] / share[1990] - 1), "This is the change in percent. Points are the plain difference."),
    ])
    ask(q, "practice_without_school", PERCENT, without, mistakes=[
        mistake(share[2005], "The school is still in the whole."),
        mistake(100 * cafe[1990] / (whole[1990] - school[1990]), "This is 1990. Take 2005."),
    ])


@exercise("timeline-14",
    hint='Names: keepers["keeper"]. Lengths: keepers["last"] - keepers["first"]. Starts: keepers["first"].',
    right="Each bar begins on the first day and is as long as the term. So are those of the graded chart.")
def _chart_of_keepers(q: Question) -> None:
    days = {name: (last - first).days for name, (first, last) in KEEPERS.items()}
    starts = {name: first.isoformat() for name, (first, _) in KEEPERS.items()}
    ask(q, "practice_ax", plot("barh", unit="days", names=list(KEEPERS)), values=days, within=20, starts=starts, starts_within=20, mistakes=[
        mistake(days["Ana"] / 365.2425, "A bar is as long as a number of years. Make it last minus first.", within=0.02),
    ])
