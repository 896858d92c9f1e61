"""Cues: words and phrases that lean a remark towards a kind or a stance, each with its weight.

Weights are votes: 1 is a hint, 2 a strong one, 3 nearly settles it. They were set by hand from what each kind
means; none of them is taken from a reader's text. ``*`` at the end of a word stands for any ending.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """A row: ``words`` are separated by spaces, ``phrases`` (two to four words) by ``|``."""

    key: str
    weight: float
    words: str = ""
    phrases: str = ""


KIND_CUES: tuple[Cue, ...] = (
    Cue(
        "grammar",
        3,
        "typo typos typoes misspell* misspelt spelling proofread* comma commas apostrophe*"
        " semicolon* grammar grammatical*"
        " capitali* hyphen hyphenated tenses homophone* punctuation autocorrect spellcheck* plural formatting",
        "past tense|present tense|missing word|extra word|missing a word|wrong word|run on sentence|run-on sentence"
        "|should read|line break|line breaks|scene break|scene breaks|beta reader|spell check"
        "|quotation marks|your tense"
        "|missing the word|should be a comma|paragraph breaks",
    ),
    Cue(
        "grammar",
        1.5,
        "error errors mistake mistakes beta wording missing",
        "should be|instead of|did you mean|word is",
    ),
    Cue(
        "prose",
        2.5,
        "prose wording phrasing writing dialogue dialog dialogues description descriptions"
        " descriptive imagery metaphor*"
        " narration narrator pov povs exposition readable verbose paragraphs repetitive clunky"
        " clarity well-written wordy",
        "writing style|word choice|purple prose|point of view|first person|third person"
        "|well written|beautifully written"
        "|badly written|poorly written|show don't tell|hard to follow|difficult to follow|confusing to|confused me"
        "|a bit confusing|very confusing|was confusing|hard to read|easy to read|wall of text",
    ),
    Cue("prose", 1.2, "confusing confused unclear clear written sentence paragraph style vivid voice writes"),
    Cue(
        "plot",
        2.2,
        "plot plots twist twists climax subplot* storyline contrived stakes foreshadow* payoff"
        " ending resolution resolved"
        " conflict arc anticlima* predictable unpredictable cliche cliched suspense tension",
        "deus ex machina|plot hole|plot holes|plot armor|plot armour|set up|setting up|loose ends",
    ),
    Cue(
        "plot", 1, "scene event events convenient coincidence reveal consequences premise", "fight scene|battle scene"
    ),
    Cue(
        "character",
        2.2,
        "character characters characteri* personality motivation motivations ooc protagonist"
        " relationship relationships"
        " chemistry likable likeable unlikable sympathetic relatable believable portray* immature",
        "out of character|in character|mary sue|dynamic between|character development|feels human|act like",
    ),
    Cue("character", 1, "mc cute adorable badass annoying selfish competent growth romance awkward behav*"),
    Cue(
        "pacing",
        3,
        "pacing paced pace rushed rushing dragged drags dragging slow slower filler infodump* info-dump cliffhanger*"
        " abrupt abruptly timeskip",
        "info dump|too fast|too slow|too long|too short|so short|short chapter|slow burn"
        "|long chapter|word count|felt short"
        "|bit short|time skip|slowed down",
    ),
    Cue("pacing", 1, "short long fast boring stretch length quick quickly cliff cliffie montage"),
    Cue(
        "world",
        2.5,
        "worldbuilding world-building canon canonically lore setting continuity contradict*"
        " inconsisten* retcon* physics"
        " anachronis* timeline technology geography economy culture historically realistic unrealistic",
        "world building|magic system|rules of|the rules|in canon|real life|earlier you said",
    ),
    Cue(
        "world", 1, "magic world universe powers system laws science scientific previously century mechanics religion"
    ),
    Cue(
        "reaction",
        2,
        "haha* hehe* lol lmao* lmfao rofl omg omfg wow woah whoa squee* crying cried sobbing sob"
        " laughed laughing giggl*"
        " chuckl* goosebumps chills screaming yay* woohoo wtf hilarious aww* damn yikes"
        " heartbreaking heartbroken gasp*"
        " tears hype* noo yess hurray hooray funny glorious ouch oof",
        "holy shit|holy crap|oh no|oh shit|oh god|oh my|my heart|hell yeah|favorite line"
        "|favourite line|loved the part"
        "|loved when|i love how|made me|i hate you|how dare you|you monster",
    ),
    Cue(
        "reaction",
        1,
        "love loved favorite favourite feel felt feels happy sad shocked surprised excited scared"
        " creepy badass epic yes no"
        " dude god shit fuck fucking cool poor line",
        "nice touch",
    ),
    Cue(
        "theory",
        1.8,
        "maybe perhaps probably likely theory theories prediction predict possibly suspect"
        " speculat* hypothesis unless"
        " presumably implies implied implying",
        "i think|i wonder|i bet|i guess|my guess|calling it|could be|might be|must be|would have"
        "|could have|might have"
        "|going to be|turns out|what if|i assume|seems like|i doubt|that means",
    ),
    Cue("theory", 0.7, "he she they him her them his their because if would might will plan", "if he|if she|if they"),
    Cue(
        "praise",
        2.5,
        "thanks kudos bravo masterpiece enjoyed enjoying recommend recommended congrat* underrated",
        "great chapter|good chapter|awesome chapter|amazing chapter|excellent chapter|nice chapter|wonderful chapter"
        "|fantastic chapter|great story|good story|awesome story|amazing story|great work|good work"
        "|nice work|great job"
        "|good job|well done|thank you|keep it up|keep up|i love this|love this story|love this fic"
        "|love your|loved it"
        "|love it|great fic|loved this|really good|so good|best fic|best story|best chapter",
    ),
    Cue(
        "praise",
        1,
        "great good awesome amazing excellent wonderful fantastic brilliant perfect beautiful"
        " superb lovely interesting fun"
        " liked enjoyable talented thx ty best",
    ),
    Cue(
        "question",
        1.5,
        "question curious wondering explain remind eli5",
        "could you|can you|can someone|can anyone|does anyone|anyone know|do you|are you|did you"
        "|will you|have you|is there"
        "|is this|when will|when is|where can|what is|what does|who is|how do|how many|how much"
        "|how long|why did|why does"
        "|was that|what was|just wondering|was wondering",
    ),
    Cue(
        "update",
        3,
        "update updates updated updating hiatus abandon* discontinued sequel upload*",
        "next chapter|more please|more soon|post soon|the next one|want more|need more|can't wait"
        "|cant wait|cannot wait"
        "|can not wait|looking forward|waiting for|next part|don't stop|keep going|keep writing|please continue"
        "|continue this|every week|new chapter|more chapters|see more|rest of the story",
    ),
    Cue("update", 1, "soon please plz pls continue waiting wait weekly monday friday week next schedule hurry"),
    Cue(
        "off_topic",
        2,
        "reddit subreddit sub upvote* downvote* thread comment comments link links mods patreon"
        " wiki ao3 ffn goodreads kindle"
        " epub pdf discord site website spoiler spoilers crossposted tvtropes youtube username http https www",
        "author here|author's note|first comment|my story|my fic|posted on",
    ),
    Cue(
        "off_topic",
        0.8,
        "edit read post posted reading people author writer authors book books everyone fics other guys",
    ),
)
"""What a remark is about."""

STANCE_CUES: tuple[Cue, ...] = (
    Cue(
        "suggestion",
        2,
        "should suggest suggestion suggestions consider needs instead try perhaps maybe",
        "you could|i'd suggest|would be nice|would be better|might want|you might|needs to|would be cool|i'd love to"
        "|would love to|it would help|i'd prefer|i wish|wish you|why not|how about|could use|feel free|better if"
        "|would like to see|hope you|i'd like",
    ),
    Cue(
        "negative",
        1.6,
        "confusing confused boring annoying annoyed disappoint* contrived forced weird rushed"
        " unrealistic implausible nitpick"
        " problem issue issues bad badly worse worst wrong lacking lacks poorly too bother* bugs"
        " bugged jarring inconsisten*"
        " contradict* hate hated dislike* cliche cringe unnecessary unfortunately difficult dragged"
        " dumb stupid flat ooc"
        " unclear abrupt clunky awkward repetitive less sadly fail* couldn't doesn't didn't error"
        " errors mistake mistakes"
        " typo typos missing hard",
        "didn't like|don't like|not a fan|make sense|makes no sense|out of character",
    ),
    Cue(
        "positive",
        1.4,
        "love loved loving great awesome amazing excellent good nice wonderful fantastic brilliant"
        " perfect perfectly beautiful"
        " beautifully best favorite favourite enjoy enjoyed enjoying fun funny hilarious cool"
        " impressed impressive interesting"
        " glad happy thank thanks like liked epic well well-written believable clever refreshing"
        " satisfying appreciate"
        " excited yes yay wow adorable cute badass realistic fascinating compelling lol superb"
        " fresh smart masterful solid",
        "like how|looking forward|can't wait|makes sense",
    ),
)
"""What the reader thinks of it."""

Table = Mapping[str, tuple[tuple[str, float], ...]]


def _table(cues: Iterable[Cue]) -> Table:
    table: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for cue in cues:
        for phrase in (*cue.words.split(), *filter(None, cue.phrases.split("|"))):
            table[phrase].append((cue.key, cue.weight))
    return {phrase: tuple(votes) for phrase, votes in table.items()}


_KINDS = _table(KIND_CUES)
_STANCES = _table(STANCE_CUES)


def single_words() -> frozenset[str]:
    """Every whole word that a cue is made of."""
    return frozenset(word for table in (_KINDS, _STANCES) for phrase in table for word in phrase.split()) - {"*"}


_SHORTEST_STEM = min(len(stem) for table in (_KINDS, _STANCES) for stem in table if stem.endswith("*")) - 1


@dataclass(frozen=True, slots=True)
class Votes:
    """``score`` adds up the weights per kind or stance; ``words`` are the cues that cast them, strongest first."""

    score: dict[str, float]
    words: dict[str, tuple[str, ...]]


def kind_votes(phrases: Iterable[str]) -> Votes:
    """The votes for each kind among ``phrases`` (words and runs of words in lower case)."""
    return _count(phrases, _KINDS)


def stance_votes(phrases: Iterable[str]) -> Votes:
    """The votes for each stance among ``phrases``."""
    return _count(phrases, _STANCES)


def _count(phrases: Iterable[str], table: Table) -> Votes:
    cast: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for phrase in phrases:
        for key, weight in _found(phrase, table):
            cast[key].append((-weight, phrase))
    return Votes(
        {key: -sum(weight for weight, _ in votes) for key, votes in cast.items()},
        {key: tuple(phrase for _, phrase in sorted(votes)) for key, votes in cast.items()},
    )


def _found(phrase: str, table: Table) -> tuple[tuple[str, float], ...]:
    votes = table.get(phrase)
    if votes is not None or " " in phrase:
        return votes or ()
    for end in range(min(len(phrase), 12), _SHORTEST_STEM - 1, -1):
        votes = table.get(phrase[:end] + "*")
        if votes is not None:
            return votes
    return ()
