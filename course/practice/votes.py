"""Practice for *votes*: another candidate, the runoff, and plainly made-up counts."""

from typing import Any

from course import data
from course.practice.exercise import ask, exercise, read_practice
from course.scoring.cases import case, wrong
from course.scoring.choices import choice, truth
from course.scoring.functions import function
from course.scoring.maps import label_map
from course.scoring.numbers import mistake, number
from course.scoring.plots import plot
from course.scoring.question import Question

read_practice("votes")

# fmt: off
WHOLE = number("votes", low=0, whole=True)
PERCENT = number("percent", low=0, high=100, decimals=1)


def _april() -> Any:
    """Return the votes of the first round by candidate."""
    return data.first_round().set_index("candidate")["votes"]


def _totals(which: str) -> Any:
    """Return the ballots of the "first round" or the "runoff"."""
    return data.totals().set_index("round").loc[which]


@exercise("votes-01",
    hint="Put the name between the brackets: votes.loc[name, column].",
    right="One row, one column. The graded question asks for another row.")
def _read_a_number(q: Question) -> None:
    votes = _april()
    ask(q, "practice_votes", WHOLE, votes["Valentín Paniagua"], mistakes=[
        mistake(votes["Lourdes Flores"], "These are Lourdes Flores's votes. Change the name."),
        mistake(votes.sum(), "These are the votes of all candidates together. Take one row."),
    ])


@exercise("votes-02",
    hint="100 * part / whole. The part is his votes; which number of the table is the whole?",
    right="Part by whole, times 100. Another whole gives another share of the same votes.")
def _share_of_valid_votes(q: Question) -> None:
    his, whole = _april()["Valentín Paniagua"], _totals("first round")
    ask(q, "practice_share", PERCENT, 100 * his / whole["valid_votes"], mistakes=[
        mistake(100 * his / whole["votes_cast"], "You divided by the votes cast, which have blank and null votes in them. Divide by the valid votes."),
        mistake(100 * his / whole["registered"], "You divided by everybody on the roll. Divide by the valid votes."),
        mistake(100 * whole["valid_votes"] / whole["votes_cast"], "This is how many of the votes cast were valid. The part is Paniagua's votes."),
    ])


@exercise("votes-03",
    hint='Take the numbers from totals.loc["runoff"]. What is the part, and what is the whole?',
    right="Of the roll for the turnout, of the votes cast for the rest. The graded question asks it of April.")
def _turnout_of_the_runoff(q: Question) -> None:
    june = _totals("runoff")
    cast, valid, roll = june["votes_cast"], june["valid_votes"], june["registered"]
    empty = june["blank_votes"] + june["null_votes"]
    ask(q, "practice_turnout", PERCENT, 100 * cast / roll, mistakes=[
        mistake(100 * valid / roll, "You left out the blank and null votes. People who cast one have come, too."),
        mistake(100 - 100 * cast / roll, "These are the ones who stayed away."),
    ])
    ask(q, "practice_blank_null", PERCENT, 100 * empty / cast, mistakes=[
        mistake(100 * june["blank_votes"] / cast, "These are the blank votes alone. Add the null votes."),
        mistake(100 * june["null_votes"] / cast, "These are the null votes alone. Add the blank votes."),
        mistake(100 * empty / valid, "You divided by the valid votes. Divide by all votes cast."),
        mistake(100 * empty / roll, "You divided by the roll. Divide by the votes cast."),
    ])


@exercise("votes-04",
    hint="What is half of 1,000? What is the smallest whole number above it?",
    right="501 is the first number above half. With an odd number of votes, half is not a whole number at all.")
def _missing_to_a_majority(q: Question) -> None:
    valid, ana = 1000, 430
    most = valid // 2 + 1
    ask(q, "practice_missing", WHOLE, most - ana, mistakes=[
        mistake(valid // 2 - ana, "That brings Ana to exactly half. A majority is more than half."),
        mistake(most, "That is the majority. How many more than her 430 is it?"),
        mistake(valid - ana, "These are all the votes that Ana did not get."),
    ])


@exercise("votes-05",
    hint="Subtract first. For points, divide the difference by the valid votes, times 100.",
    right="Votes, points, and votes without a part of the count are three measures of one lead.")
def _margin_in_a_town(q: Question) -> None:
    ana, ben, valid = 5200, 4800, 20_000
    lead, lead_abroad = ana - ben, 500 - 350
    ask(q, "practice_margin", number("votes", whole=True), lead, mistakes=[
        mistake(-lead, "This is Ben minus Ana. Subtract the other way around."),
    ])
    ask(q, "practice_points", number("percentage points", low=-100, high=100, decimals=2), 100 * lead / valid, mistakes=[
        mistake(100 * lead / ben, "This is by how many percent Ana's votes exceed Ben's. Divide by the valid votes."),
        mistake(100 * ana / valid, "This is Ana's share. The lead is a difference of two shares."),
    ])
    ask(q, "practice_at_home", number("votes", whole=True), lead - lead_abroad, mistakes=[
        mistake(lead_abroad, "This is the lead abroad alone. Take it away from the whole lead."),
        mistake(lead + lead_abroad, "You added the lead abroad. It is in the whole already: take it away."),
    ])
    q.follow("practice_points", "practice_margin", lambda votes: 100 * votes / valid)
    q.follow("practice_at_home", "practice_margin", lambda votes: votes - lead_abroad)


@exercise("votes-06",
    hint="Points: the plain difference. Percent: the difference, by where it started, times 100.",
    right="The same rise is 5 points and 25 percent. Say which.")
def _points_and_percent(q: Question) -> None:
    start, end = 20, 25
    ask(q, "practice_rise_points", number("percentage points", low=-100, high=100), end - start, mistakes=[
        mistake(100 * (end - start) / start, "This is the rise in percent. Points are the plain difference."),
    ])
    ask(q, "practice_rise_percent", number("percent", low=-100), 100 * (end - start) / start, mistakes=[
        mistake(end - start, "This is the rise in points. Divide it by where it started."),
        mistake(100 * (end - start) / end, "You divided by where it ended. Divide by where it started."),
        mistake(100 * end / start, "This is the whole result in percent of the start. The rise is the part above 100."),
    ])


@exercise("votes-07",
    hint="The larger the whole, the smaller the share.",
    right="Page C has the larger share, so it divided by the smaller whole.")
def _two_bases(q: Question) -> None:
    page_c, page_d = 15.0, 12.0
    ask(q, "practice_ratio", number("", low=0, decimals=2), page_c / page_d, mistakes=[
        mistake(page_d / page_c, "This is D divided by C."),
        mistake(page_c - page_d, "This is the difference. Divide."),
        mistake(100 * page_c / page_d, "This is in percent. The question asks for the plain quotient."),
    ])
    ask(q, "practice_base", choice(["valid", "cast"]), "valid", mistakes={
        "cast": "There are more votes cast than valid ones. Does a larger whole make a share larger?",
    })


@exercise("votes-08",
    hint="Mean: 50 and 10 percent, added up, by two. Pooled: all her votes by all valid votes.",
    right="The small town counts as much as the large one in the mean, and hardly at all in the pooled share.")
def _mean_and_pooled(q: Question) -> None:
    mean, pooled = (50 + 10) / 2, 100 * (10 + 100) / (20 + 1000)
    ask(q, "practice_mean", PERCENT, mean, mistakes=[
        mistake(pooled, "This is the pooled share. The mean adds up the two shares and divides by two."),
    ])
    ask(q, "practice_pooled", PERCENT, pooled, mistakes=[
        mistake(mean, "This is the mean of the shares. Add up the votes first, then divide."),
    ])


@exercise("votes-09",
    hint='Take the row "Extranjero" away with .drop("Extranjero") before .idxmax.',
    right="25 units inside Peru. The graded question asks it of the first round, with three names.")
def _carried_in_the_runoff(q: Question) -> None:
    both = ["alan_garcia", "ollanta_humala"]
    won = data.runoff_departments().set_index("unit")[both].idxmax(axis=1)
    inside, all_units = won.drop("Extranjero").value_counts(), won.value_counts()
    ask(q, "practice_carried", label_map(both, number("units", low=0, high=26, whole=True)), inside.to_dict(), mistakes={
            (name, all_units[name]): "This counts the votes from abroad as a unit."
            for name in both
            if all_units[name] != inside[name]
        }
        | {
            ("alan_garcia", inside["ollanta_humala"]): "This is the number of the other candidate.",
    })


@exercise("votes-10",
    hint="Compare the candidate's votes with half of the valid votes: > asks for more.",
    right="Exactly half is not a majority. In the graded question, a tie is not a lead.")
def _has_a_majority(q: Question) -> None:
    ask(q, "practice_majority", function(example=(51, 100), returns=truth()), right=lambda votes, valid: votes > valid / 2, cases=[
        case((51, 100), label="when the candidate has just more than half"),
        case((50, 100), label="when the candidate has exactly half"),
        case((3, 5), label="when the number of votes is odd"),
        case((2, 5), label="when the number of votes is odd and the candidate has less than half"),
        case((10, 1000), label="when the candidate has very little"),
        case((900, 1000), label="when the candidate has nearly everything"),
    ], wrong_functions=(
        wrong(lambda votes, valid: votes >= valid / 2, "Exactly half counts here, too. A majority is more than half.", credit=0.5),
        wrong(lambda votes, valid: votes < valid / 2, "The comparison is the other way around."),
    ))


@exercise("votes-11",
    hint="Go down the table. Safe: the lead is larger than the ballots that are still out.",
    right="In report 4 the lead is larger than all that is out, for the first time.")
def _first_safe_report(q: Question) -> None:
    ask(q, "practice_report", number(low=1, high=5, whole=True), 4, mistakes=[
        mistake(2, "Here she leads for the first time. Are fewer ballots out than her lead?"),
        mistake(3, "Here the ballots out equal the lead: all of them to the other give a tie."),
        mistake(5, "Safe here, and already in an earlier report."),
    ])


@exercise("votes-12",
    hint="She gained 15. Fewest: suppose that all 6 new votes were hers. Most: that none was.",
    right="Anything from 9 to 15 fits. The graded question asks it of the votes of eighteen candidates.")
def _bounds_of_a_club(q: Question) -> None:
    gained, new, others = 55 - 40, 6, 25
    ask(q, "practice_fewest", WHOLE, gained - new, mistakes=[
        mistake(0, "Then only the 6 new votes could be hers, and she gained 15."),
        mistake(gained, "This is the most. Fewest: every new vote is hers."),
    ])
    ask(q, "practice_most", WHOLE, gained, mistakes=[
        mistake(others, "With all 25 she would have 65, more than her 55."),
        mistake(gained - new, "This is the fewest. Most: no new vote is hers."),
    ])


@exercise("votes-13",
    hint="Divide 98 by the square root of n: n ** 0.5.",
    right="Four times as many people halve the margin. The graded function depends on the percent, too.")
def _rule_for_half(q: Question) -> None:
    returns = number("percentage points", low=0, high=100, decimals=1)
    ask(q, "practice_margin_of", function(example=(400,), returns=returns), right=lambda n: 98 / n**0.5, cases=[
        case(400, label="for 400 people"),
        case(100, label="for 100 people"),
        case(2500, label="for 2,500 people"),
        case(64, label="for 64 people"),
    ], wrong_functions=(
        wrong(lambda n: 98 / n, "The square root is missing: n ** 0.5."),
        wrong(lambda n: n**0.5, "This is the square root alone. Divide 98 by it."),
        wrong(lambda n: 98 * n**0.5, "You multiplied. Divide 98 by the square root."),
    ))


@exercise("votes-14",
    hint="0.5 ** 2 is 0.25. Square all three shares, add up, and divide 1 by the sum.",
    right="Three names, but as divided as 2.7 equal ones.")
def _effective_number(q: Question) -> None:
    shares = (0.5, 0.25, 0.25)
    squares = sum(share**2 for share in shares)
    ask(q, "practice_number", number("", low=0, decimals=1), 1 / squares, mistakes=[
        mistake(squares, "This is the sum of the squares. Divide 1 by it."),
        mistake(1 - squares, "You took the sum away from 1. Divide 1 by it."),
        mistake(len(shares), "This counts the names. How many of equal size would divide it as much?"),
    ])


@exercise("votes-15",
    hint="The height of a bar is 100 * votes / sum of the votes.",
    right="Bars, names, a title, both axes. The graded chart has six bars, in order.")
def _draw_the_runoff(q: Question) -> None:
    runoff = data.runoff()
    june = runoff.set_index("candidate")["votes"]
    names: dict[str, Any] = {str(row.candidate): [row.full_name, row.party_list] for row in runoff.itertuples()}
    ask(q, "practice_ax", plot("bar", "barh", unit="percent", names=names, decimals=1), values=(100 * june / june.sum()).to_dict(), need_labels=True, mistakes=[
        *(mistake(votes, "The bars show votes. Turn them into percent of the valid votes.", within=1) for votes in june),
        *(mistake(100 * votes / _totals("runoff")["votes_cast"], "The bars show shares of the votes cast. Divide by the valid votes.") for votes in june),
    ])
