"""Practice for *argument*: letters, headlines and passages that were made up for it."""

import pandas as pd

from course.practice.exercise import PANEL, choose, exercise
from course.scoring.cases import case, wrong
from course.scoring.functions import function
from course.scoring.links import links
from course.scoring.numbers import number
from course.scoring.question import Question
from course.text.codebook import ROLE_TEXTS

SUNDAYS = {
    "L1": "Our library is closed just when it is needed most: on Sundays.",
    "L2": "It was built in 1974 and stands beside the bus station.",
    "L3": "Sunday is the only day on which most families have time to read together.",
    "L4": "In a survey last autumn, 62 of 100 parents said that they have time on Sundays only.",
    "L5": "On no other day do the young need a warm room so much.",
    "L6": "It is true that work on Sundays costs the town more.",
    "L7": "If nothing changes, a whole class of students will learn to do without books.",
    "L8": "Lea Morton teaches at the elementary school.",
}


# fmt: off
choose("argument-01", "Practice: which sentence is the conclusion?",
    {"0": "0: no argument", "1": "sentence 1", "2": "sentence 2", "3": "sentence 3"}, {
        "X": ("(1) The kiosk closes at six. (2) It is half past six. (3) So we cannot buy stamps there now.", "3"),
        "Y": ("(1) The kiosk opened in May. (2) So many people came that the stamps ran out.", "0"),
        "Z": ("(1) The harbor should be dredged. (2) After all, two boats ran aground this year.", "1"),
    }, {
        ("X", "1"): "The hour of closing is a reason. What are you to believe because of it?",
        ("X", "2"): "The time is a reason. What are you to believe because of it?",
        ("Y", "2"): 'Here "so" says how many. The passage reports.',
        ("Z", "2"): "The boats are a reason. What for?",
        ("Z", "0"): "Somebody wants you to believe something about the harbor.",
    },
    hint='Say "I want you to believe that …" and put in each sentence.',
    right="A conclusion may come first or last, and a report has none.")

choose("argument-02", "Practice: a letter on the ferry. What does each sentence do?",
    {"main": "Main claim", "report": "Reports", "step": "Step to another claim", "outlook": "Looks ahead", "author": "Says who wrote it"}, {
        "a": ("The ferry should run until midnight.", "main"),
        "b": ("In a count last May, 140 people came too late for the last one.", "report"),
        "c": ("People who cannot get home stay away from the town.", "step"),
        "d": ("Without a later ferry, the theater will close within a year.", "outlook"),
        "e": ("Jo Marsh drives a taxi.", "author"),
    }, {
        ("b", "step"): "A count can be looked up.",
        ("c", "main"): "It supports another sentence. Which?",
        ("c", "report"): "Where would one look this up?",
        ("d", "main"): "Is the rest there to make you believe this, or does this support something?",
    },
    hint="Which sentence are the others there for? That is the main claim.",
    right="The others are there for the first. The column is longer, and the test is the same.")

choose("argument-03", 'Practice: the letter "Sundays". What does each sentence do?', ROLE_TEXTS,
    {name: (text, role) for (name, text), role in zip(
        SUNDAYS.items(),
        ("main_claim", "background", "reason", "evidence", "reason", "concession", "forecast", "credit"),
        strict=True,
    )}, {
        ("L2", "reason"): "Does the year of the building support anything?",
        ("L3", "evidence"): "One may doubt this, and no record settles it.",
        ("L4", "reason"): "A survey can be looked up.",
        ("L5", "main_claim"): "It is there to support another sentence. Which?",
        ("L6", "reason"): "It speaks against what the letter is for.",
        ("L7", "reason"): "It looks ahead.",
        ("L8", "background"): "It says who wrote the letter; there is a role for that.",
    },
    hint="Begin with the main claim. Then ask of each sentence what it does for that one.",
    right="Each role once, the reason twice. In the column, some paragraphs do two things: take their main work.")

choose("argument-04", "Practice: how would one settle it?",
    {"fact": "Fact: a record would settle it", "cause": "Cause: one thing made another happen", "value": "Value: it judges",
     "prediction": "Prediction: one has to wait", "policy": "Policy: what somebody ought to do", "none": "None of these"}, {
        "a": ("The fare went up in May.", "fact"),
        "b": ("The new road brought the noise.", "cause"),
        "c": ("The tax is unfair.", "value"),
        "d": ("Rents will fall.", "prediction"),
        "e": ("The town should leave building to others.", "policy"),
        "f": ("Your comments reach us at this address.", "none"),
        "g": ("The rain won the match.", "value"),
    }, {
        ("a", "none"): "A record of fares would settle it, whether it is true or not.",
        ("b", "fact"): "It says that one thing made another happen.",
        ("c", "policy"): "It finds fault with the tax, and asks nobody to do anything.",
        ("d", "fact"): "There is no record of this yet.",
        ("g", "fact"): "It names no score. Written like a report, it judges.",
    },
    hint="Ask of each: how would one find out?",
    right="The words may look like a report and judge all the same.")

choose("argument-05", "Practice: apart or together?",
    {"linked": "Linked", "independent": "Independent", "one": "One reason only"}, {
        "x": ("The apartment is too expensive. It is an hour from the school. So we should not take it.", "independent"),
        "y": ("Only members may vote. Nora is not a member. So Nora may not vote.", "linked"),
        "z": ("The cinema was built in 1930. Its seats hurt. So we should go elsewhere.", "one"),
    }, {
        ("x", "linked"): "Cross either out: the other still speaks against the apartment.",
        ("y", "independent"): "Cross the rule out: does the rest say anything about Nora's vote?",
        ("z", "independent"): "Does the year speak against the cinema?",
    },
    hint="Cover one of the two sentences. Does the other still speak for the conclusion?",
    right="Covering shows it. The graded passages are of the same three kinds.")


@exercise("argument-06", title='Practice: the map of the letter "Sundays"',
    items={name: SUNDAYS[name] for name in ("L1", "L3", "L4", "L5", "L6")},
    hint='Read each arrow aloud: "L4 helps to make L3 believable." One sentence takes something back.',
    right="L4 supports L1 by way of L3, so it needs no arrow to L1.")
def _map_of_the_letter(q: Question) -> None:
    q.part(PANEL, links(["L1", "L3", "L4", "L5", "L6"]))
    q.key(PANEL, {("L3", "L1"): 1.0, ("L4", "L3"): 1.0, ("L5", "L1"): 1.0}, challenges={("L6", "L1"): 1.0})


choose("argument-07", "Practice: what kind of report is it?",
    {"election_result": "Election result", "poll": "Poll", "government_action": "Act of a government", "history": "History",
     "economic_trend": "Economic trend", "none": "None: not a report that one could look up"}, {
        "p": ("In March, 61 of 100 passengers said that they were content.", "poll"),
        "q": ("Ms. Lund became mayor with 5,204 votes.", "election_result"),
        "r": ("The town council raised the fare in 2019.", "government_action"),
        "s": ("Over ten years, rents rose faster than wages.", "economic_trend"),
        "t": ("The mayor has not understood how the poor live.", "none"),
    }, {
        ("p", "election_result"): "No votes are counted here; some people were asked.",
        ("s", "history"): "It is about how rents and wages moved.",
        ("t", "history"): "In which record would one look up what somebody has not understood?",
    },
    hint="Who would have to have written it down: a returning officer, a pollster, a council, a statistician?",
    right="One of them reports nothing that could be looked up. So it is in the column.")

choose("argument-08", "Practice: is there a word about a source?",
    {"named": "A word about a source", "none": "No word about a source"}, {
        "a": ("Polls say that the mayor is liked.", "named"),
        "b": ("Rents have doubled.", "none"),
        "c": ("The port office counted 212 ships.", "named"),
        "d": ("Most families are away on Sundays.", "none"),
    }, {
        ("a", "none"): '"Polls" is a weak source, but it says that somebody asked people.',
        ("d", "named"): "Who counted the families? The sentence does not say.",
    },
    hint="Does the sentence say who measured, asked or counted?",
    right='Even a weak word, such as "polls", is a word about a source.')

choose("argument-09", 'Practice: "Nora has no ticket. So Nora cannot travel." Which sentence is the hidden premise?',
    {"hidden": "The hidden premise", "said": "The text says it", "not": "The step does not need it"}, {
        "a": ("Nora has no ticket.", "said"),
        "b": ("Without a ticket nobody can travel.", "hidden"),
        "c": ("Nora does not like trains.", "not"),
        "d": ("The train is full.", "not"),
    }, {
        ("a", "hidden"): "The text says this: it is not hidden.",
        ("b", "not"): "Say the opposite: one can travel without a ticket. The step falls apart.",
        ("c", "hidden"): "Say the opposite: Nora likes trains. Nothing happens to the step.",
    },
    hint="Say the opposite of each aloud. Does the step fall apart?",
    right="Its opposite breaks the step, and the text does not say it.")

choose("argument-10", "Practice: which fault, or none?",
    {"after": "After it, so because of it", "part": "A part for the whole", "person": "Against the person", "two": "Only two ways", "none": "None of these"}, {
        "v": ("I washed the car, then it rained. So the washing brought the rain.", "after"),
        "w": ("My two cousins are tall. So people in their country are tall.", "part"),
        "x": ("He never finished school. So his figures are wrong.", "person"),
        "y": ("You are not with me. So you are against me.", "two"),
        "z": ("All shops close at six. It is seven. So the bakery is closed.", "none"),
    }, {
        ("v", "none"): "What does the step rest on, other than the order?",
        ("x", "none"): "Does his schooling say anything about the figures?",
        ("y", "none"): "Is there nothing between the two?",
        ("z", "part"): "It speaks of all shops, and the bakery is one of them.",
    },
    hint="Ask: could the first part be true and the conclusion false?",
    right="One of the five follows. That happens in the graded question, too.")

choose("argument-11", "Practice: loaded or neutral?", {"loaded": "Loaded", "neutral": "Neutral"}, {
        "a": ("Government caves in to the mob", "loaded"),
        "b": ("Government listens to its people at last", "loaded"),
        "c": ("Government takes back the law after protests", "neutral"),
        "d": ("A plan that, in the paper's view, costs too much", "neutral"),
    }, {
        ("a", "neutral"): 'Would somebody from the protests say "mob"?',
        ("b", "neutral"): '"At last" says that it was high time: it judges.',
        ("d", "loaded"): "There is a judgment in it, and the words say whose.",
    },
    hint="Could somebody who takes the other side use the same words?",
    right="Both sides can say the neutral ones. A judgment may stay if the words say whose it is.")


def _table(*rows: str) -> pd.DataFrame:
    """Return a table of roles and of what each paragraph supports, from "A1 reason A2"."""
    return pd.DataFrame(map(str.split, rows), columns=["paragraph", "role", "supports"])


def _count_reasons(table: pd.DataFrame, claim: str) -> int:
    return int(((table["role"] == "reason") & (table["supports"] == claim)).sum())


@exercise("argument-12",
    hint="Choose twice: first the rows whose role is reason, then of these the rows that support the claim.",
    right="Choose, choose again, count. The graded function counts evidence.")
def _reasons_for_a_claim(q: Question) -> None:
    one = _table("R1 main_claim -", "R2 reason R1", "R3 reason R1", "R4 evidence R1", "R5 reason R2")
    few = _table("S1 evidence S2", "S2 reason -")
    q.part("practice_reasons_for", function(example=(few, "S2"), returns=number("paragraphs", low=0, whole=True)))
    q.key("practice_reasons_for", right=_count_reasons, cases=[
        case((one, "R1"), label="a claim with two reasons and a piece of evidence"),
        case((one, "R2"), label="a claim with one reason"),
        case((one, "R3"), label="a claim with nothing"),
        case((few, "S2"), label="a claim with evidence only"),
        case((_table("U1 reason U2", "U2 reason U3", "U3 reason U2"), "U2"), label="a table of reasons"),
    ], wrong_functions=(
        wrong(lambda table, claim: int((table["role"] == "reason").sum()), "This counts all reasons of the table, whatever they support."),
        wrong(lambda table, claim: int((table["supports"] == claim).sum()), "This counts everything that supports the claim, the evidence, too."),
    ))


choose("argument-13", 'Practice: objections to the letter "Sundays"',
    {"fair": "Objects to the argument", "person": "Attacks the writer", "only": "Only disagrees"}, {
        "a": ("That families have time on Sundays does not show that they would spend it in a library.", "fair"),
        "b": ("She is a teacher, so of course she wants this.", "person"),
        "c": ("Libraries should be closed on Sundays.", "only"),
        "d": ("The survey asked parents, and the library is for everybody.", "fair"),
    }, {
        ("b", "fair"): "It speaks of her, not of her reasons.",
        ("c", "fair"): "It disagrees. Which sentence or step does it call weak, and why?",
        ("d", "only"): "It names a piece of evidence and says what it does not carry.",
    },
    hint="Does it name a sentence or a step, and say what is lacking?",
    right="A fair objection names a step. Somebody who shares the opinion would find it fair.")
