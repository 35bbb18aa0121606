"""The column in the module's own words: one entry a paragraph, P01 to P17.

Each entry is the paraphrase and, where the wording itself matters, one phrase of at most eight
words as the column prints it. The column is an opinion piece by Juan Blanco Prada (The Salt Lake
Tribune, 13 April 2006); its text is under copyright and is not part of the module. A paraphrase
keeps the claims, figures and hedges of its paragraph and judges none of them.
"""

__all__ = ["PARAPHRASE"]

PARAPHRASE: tuple[tuple[str, str | None], ...] = (
    (
        "It is President Bush who lost Peru's recent election.",
        "The loser of the recent election",
    ),
    (
        "According to polls the nationalist Ollanta Humala wins. He is a retired officer of the "
        "army who promises three things: to turn down an agreement on free trade with the United "
        "States, to stop the programs for eradicating coca, whose burden falls out of "
        "proportion on peasants, and to strengthen the hand of Peru's indigenous people and of "
        "its poor.",
        "Polls show a victory",
    ),
    (
        "Humala stood before Peru's voters as a nationalist for whom the interests of Peru come "
        "first and what Washington orders comes second.",
        "the dictates of Washington",
    ),
    (
        "By this he took his place beside other leaders of the region: the presidents of Brazil, "
        "Luiz Inácio Lula da Silva, and of Bolivia, Evo Morales, and most of all the president of "
        "Venezuela, Hugo Chávez.",
        "aligned himself with other regional leaders",
    ),
    (
        "Humala may yet lose in the end, when the runoff is held in May; still, he has done "
        "remarkably well. Only some months earlier, the part of the electorate that was with him "
        "was under 5 percent. Now he finished in front of the conservative Lourdes Flores, the "
        "candidate whom the United States favored, and in front of Alan García, a former "
        "president, whose party, the APRA, stands to the left of the center.",
        "less than 5 percent of the electorate",
    ),
    (
        "Peru's election repeats what has lately happened across the region, where the left has "
        "been winning. Candidates who ran against the pro-market policies of the United States "
        "have won.",
        "the recent pattern of leftist victories",
    ),
    (
        "The Bush administration has not seen that the peoples of Latin America want political "
        "independence, and justice in society and the economy, more than before. Nor has it "
        "admitted that the poor of the region live worse because of free-market policies.",
        "free-market policies have hurt the living standards",
    ),
    (
        "This administration waves Latin America aside and sometimes talks down to it. That "
        "attitude has deep roots in the foreign policy that the United States has traditionally "
        "followed: for close to 200 years it has looked on the hemisphere as the yard behind its "
        "house.",
        "its own backyard",
    ),
    (
        "Ever since the 1820s, when it adopted the Monroe Doctrine, the United States has claimed "
        "that it may step in and bring down whatever government of the region it disliked or did "
        "not find fitting.",
        "reserved the right to intervene and overthrow",
    ),
    (
        "Happily, democratic government has brought Latin America a new feeling of independence, "
        "and its people a wish to set their own course.",
        "a renewed sense of independence",
    ),
    (
        "Many countries of Latin America decline to enter the Free Trade Area of the Americas, "
        "which Washington promotes. More than that, they have turned away American efforts to "
        "isolate Chávez of Venezuela, and have not gone along with the United States into a war "
        "in Iraq that it has bungled.",
        "its botched war in Iraq",
    ),
    (
        "The Bush administration has been stubborn and has tried to force the hands of others. "
        "For that reason it has not only been unable to turn back the region's move to the left; "
        "it has in fact helped that move along.",
        "it has actually fostered it",
    ),
    (
        "No American president has ever been less popular in the region than Bush. In a recent "
        "poll by Zogby, fewer than 20 percent of Latin America's elite, who in politics are as a "
        "rule the region's most conservative voters, approve of him. No more than 6 percent "
        "judged his policies to be better than those that earlier presidents of the United States "
        "followed.",
        "most unpopular American president in the region ever",
    ),
    (
        "The chief market for what Latin America exports is still the United States. Yet the part "
        "that the European Union, China and Japan have in the region's economy has grown greatly.",
        "greatly increased their participation",
    ),
    (
        "Perhaps, once Bush's administration is over, the United States will in time see that it "
        "must think its policies in the hemisphere through again and treat its neighbors as "
        "equals in sovereignty, with a right to choose for themselves.",
        "sovereign partners entitled to their own choices",
    ),
    (
        "Otherwise the United States will be more isolated, and its influence in Latin America "
        "will shrink.",
        "increased isolation and diminished influence",
    ),
    (
        "Note on the author: Juan Blanco Prada, a writer and activist from Latin America, lives "
        "in California. An e-mail address at which to reach him follows.",
        None,
    ),
)
