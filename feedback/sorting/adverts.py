"""Advertising, told from the whole review: an offer and a way to get in touch, however far apart they stand.

Each sign has a weight. Signs of one sort do not add up, those of different sorts do: a reader may offer a drawing,
and ask whether there is a Discord; who offers to draw *and* leaves a handle advertises. What stands between two
signs, and the good-bye after them, goes with them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedback.sorting.parts import Lexicon
from feedback.sorting.reading import Reading
from feedback.sorting.shapes import Finding

ENOUGH = 3
"""Weight from which a review advertises; one sign of that weight is enough."""

BRIDGED = 2
"""Remarks between two signs, and after the last, that are taken for part of the advertisement."""

GOODBYE = 12
"""Words that a remark after the last sign may have to be its good-bye."""

_WORDS = Lexicon(
    {
        "platform": (
            r"(?:dis[ck]ord|tele ?gram|whats ?app|insta(?:gram)?|ig|snap(?:chat)?|e-?mail|gmail|wechat|skype|kik"
            r"|twitter|facebook|fb|messenger|tik ?tok|linked ?in|viber|onlyfans|deviant ?art|behance|fiverr|upwork"
            r"|artstation|bluesky)"
        ),
        "work": (
            r"(?:story|stories|works?|fics?|novels?|books?|writing|characters?|fanfic\w*|serial|scenes?|chapters?"
            r"|webnovel|fiction|manuscript|ocs?|tale|world|cover|profile)"
        ),
        "picture": (
            r"(?:comics?|webcomics?|webtoons?|manga|manhwa|art|artworks?|(?:book )?covers?|illustrations?"
            r"|animations?|animatics?|portraits?|trailers?|audio ?books?|translations?|graphic novel|sketch(?:es)?"
            r"|movie|film|video|game|visual novel|podcast|character sheets?|blurbs?|designs?|narrations?)"
        ),
        "draws": r"(?:draw|illustrat|animat|sketch|paint|adapt|depict|design|visuali[sz])(?:e|ing)?",
        "craft": (
            r"(?:artist|illustrator|designer|animator|editor|narrator|marketer|promoter|developer|creator|painter"
            r"|translator|proofreader|publicist|voice actor|ghost ?writer)s?"
        ),
        "trade": (
            r"(?:comics?|webcomics?|manga|webtoon|commissions?|freelance|digital|concept|graphic|character"
            r"|professional|portrait|cover|book|fantasy|anime|2d|3d|talented|skilled|experienced|self-taught"
            r"|passionate|visual|audiobook|certified)"
        ),
        "service": (
            r"(?:services?|packages?|editing|proof-?reading|formatting|cover design|narration|ghost ?writing"
            r"|promotions?|marketing|advertising|coaching|courses?)"
        ),
        "address": (
            r"(?:(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]+ ?(?:\.|\(dot\)|\[dot\]) ?[a-z]{2,}"
            r"|\+\d[\d ()-]{6,}\d|\b\w{3,}#\d{2,4}\b|(?<![\w@/])@[a-z]\w{2,}|\b(?:t\.me|discord\.gg|wa\.me)/\w+)"
        ),
        "me": r"(?:me|us|him|her|them|mr|mrs|ms|dr)",
        "write to": (
            r"\b(?:add|dm|pm|hmu|contact|inbox|message|text|e-?mail|mail|reach(?: out to)?|whats ?app|call|friend"
            r"|hit|ping|write(?: to)?|get in touch with)"
        ),
        "out of order": r".{0,8}\b(?:down|broken|dead|not|full|gone|hacked|slow|acting|so)\b",
    }
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of advertising: of what ``sort`` it is, its ``weight``, and the ``ways`` it is put."""

    sort: str
    weight: int
    ways: tuple[str, ...]


SIGNS: tuple[Sign, ...] = (
    # What only an advertiser writes.
    Sign(
        "goods",
        3,
        (
            r"\b(?:free|cheap|buy|get|real|gain|sell(?:ing)?) (?:\w+ ){0,2}(?:followers|likes|subscribers|reads"
            r"|votes|views|v-?bucks|robux|gift ?cards?|iphones?|backlinks|essays?|watches|sneakers|replicas?)\b",
            r"\b(?:viagra|cialis|casinos?(?= (?:bonus|online|slots?|site|app))|online casino|betting (?:site|tips)"
            r"|forex|binary options|weight[- ]loss (?:pill|secret|supplement|tea|product)\w*|male enhancement"
            r"|escort (?:service|girls)|porn site|hot (?:singles|girls|milfs)|sugar (?:daddy|mommy|mummy)"
            r"|seo (?:service|expert|agency|package)\w*|web traffic|lead generation|replica (?:watches|bags)"
            r"|inquire within)\b",
            r"\b(?:crypto|bitcoin|btc|nft)\w* (?:\w+ )?(?:invest\w*|trad\w*|signals?|profits?|giveaway|group|coach"
            r"|mentor|wallet|project|platform|expert)",
            r"\bloan (?:deals?|offers?|company|agent|lender)|\b(?:best|instant|quick|payday) loans?\b"
            r"|\bapply for an? (?:\w+ )?loan|\bno credit checks?\b|\bneed (?:quick |fast |urgent )?(?:cash"
            r"|a loan)\b",
            r"\b(?:essay|assignment|homework|dissertation|thesis) (?:writing|help)(?: service)?\b",
            r"\b(?:spell ?casters?|love spells?|herbal (?:doctor|cure|remed\w+))|\b(?:brought"
            r"|brings?) (?:back )?(?:him|her|(?:my|your) (?:ex|lover|husband|wife|man))\b.{0,30}\b(?:back|spell"
            r"|hours)\b.{0,40}\b(?:contact|reach|spell|e-?mail|whats ?app|call)",
            r"\b(?:ethical|certified) (?:hackers?|traders?|brokers?)\b|\bhire a hacker\b|\baccount recovery\b"
            r"|\brecover(?:ed|y)?(?: of)? (?:your |my |their )?(?:lost |stolen |scammed )?(?:money|funds|crypto)\b",
            r"\b(?:earn|make|made|earning|making) (?:\w+ ){0,3}(?:[$€£] ?\d[\d,.k]*|\d[\d,.k]* ?(?:[$€£]|dollars"
            r"|usd|bucks|euros?))(?: \w+)? (?:per|a|an|every|each|from|in|daily|weekly)\b",
            r"\b(?:work(?:ing)? from home|passive income|financial freedom|limited[- ]time (?:offer|deal|discount)"
            r"|act now|click (?:here|the link|my|on my|this link|below)|use code|(?:promo|discount|referral"
            r"|coupon) code|sign up (?:here|now|with my|at|today)|buy now|(?:order|shop|register) (?:now|today)"
            r"|limited slots|100% (?:free|guaranteed|legit)|money[- ]back|free shipping|satisfaction guaranteed"
            r"|fake (?:id|passport)s?)\b|\b\d+ ?% off\b|\blink in (?:my )?(?:bio|profile)\b|\bmy bio\b",
            r"\b(?:subscribe to|visit|join) (?:my|our) (?:\w+ )?(?:site|page|website|profile|blog|channel|store"
            r"|shop|portfolio|gallery|youtube|group|newsletter|server|community|contest)\b|\bcheck (?:out )?(?:my"
            r"|our) (?:\w+ )?(?:channel|page|profile|site|website|blog|store|shop|patreon|onlyfans|bio|link"
            r"|portfolio|youtube|instagram|etsy|twitch|stream|podcast|merch|gallery|app|playlist)",
            r"\b(?:make|earn) (?:\w+ )?(?:money|cash) (?:from home|online|fast|daily|easily|while you)\b",
            r"\bfree trial\b|\bsign up (?:for free|free|and)\b|\b(?:join|try|download|use"
            r"|visit) (?!the\b)\w+ (?:today|now|for free)\b|\blost \d+ (?:pounds|kilos?|kg|lbs)\b|\b(?:hot "
            r"|sexy )?single (?:women|girls|ladies|moms)\b|\bwatch (?:\w+ ){0,2}(?:movies|anime|series|films|sports"
            r"|matches) (?:\w+ )?(?:free|online|hd)\b|\b(?:write|do) your (?:homework|essays?|assignments?)\b",
            r"\b(?:spicy|nude|naughty|sexy) (?:pics|photos|videos|content|chat)\b|\breply with your (?:e-?mail"
            r"|number)",
            r"\bfollow[- ](?:4|for)[- ]follow|\bf4f\b|\bfollow[- ]?back\b|\bsub(?:scribe)? ?(?:4|for) ?sub\b"
            r"|\b(?:read|review|like) ?(?:4|for) ?(?:read|review|like)\b|\bfollow (?:me|us|my <platform>"
            r"|my account)\b",
            r"\bcommissions? (?:are |is )?(?:now |currently )?open|\bopen for commissions?|(?<!do you )(?<!are you )"
            r"\b(?:take|taking|accept|accepting|doing) commissions?\b"
            r"|\b(?:my commission|commission (?:sheet|price|rates?|me|info))",
            r"<write to> (?:\w+ )?(?:me |us )?(?:up )?(?:on|via|at|in|through|over|by) (?:my "
            r"|our )?<platform>\b ?[:=@(]",
            r"\b(?:great|business|exciting|amazing|lucrative|paid|rare) (?:business |publishing "
            r"|writing )?(?:opportunit\w+|propos\w+)\b.{0,60}\b(?:contact|mail|dm|reach|for you|discuss|interested"
            r"|whats ?app|talk|chat)\b",
        ),
    ),
    # What is offered for hire, or for the writer's signature.
    Sign(
        "offer",
        2,
        (
            r"\b(?:i am|i'?m|we are|we're|as) (?:also )?(?:an? )?(?:\w+[ ,]+){0,4}?<trade>(?:[ -]\w+){0,2}? "
            r"<craft>\b",
            r"\bi work as an? (?:\w+ ){0,3}<craft>\b",
            r"\b(?:i|we)(?: \w+){0,3}? (?:draw|make|create|design|illustrate|do|offer|sell|produce|paint|sketch"
            r"|animate|record|provide) (?:\w+ ){0,3}?<picture>\b.{0,120}\b(?:prices?|rates|commission\w*|hire"
            r"|(?:bring|turn) your|(?:of|for|based on|from) your <work>)\b",
            r"\b(?:i|we) (?:\w+ )?(?:draw|make|create|design|do|produce|animate|record"
            r"|edit) (?:\w+[ ,]+){0,3}<picture> for (?:\w+ )?(?:authors?|writers?|novel\w*|books?|stories"
            r"|clients)\b",
            r"\b(?:turn|adapt|convert|transform|bring|visuali[sz]e|develop|make)(?:ing)? (?:\w+ )?(?:your|this"
            r"|these|the) (?:\w+ )?<work>(?: \w+)? (?:in)?to (?:an? )?(?:\w+ )?(?:<picture>|life|screen|money"
            r"|income)",
            r"\b(?:bring|give) (?:them|it|him|her) (?:to )?(?:life|a face)\b|\b(?:make|create"
            r"|do) an? (?:<picture>) (?:of|from|out of|for) (?:it|your|this|you)\b",
            r"\b(?:promot\w+|market(?:ing)?|advertis\w+|publish(?:ing)?|moneti[sz]e|feature|boost|publici[sz]e"
            r"|represent|distribute|acquire|license|sign|narrate|proof-?read|edit)(?: of)? (?:\w+ )?(?:your"
            r"|you and your) (?:\w+ )?<work>\b",
            r"\bbook (?:promot\w+|promo|marketing|publicity|trailers?|tours?|launch|reviewers?|influencers?|ads?)\b",
            r"\b(?:get|reach|bring|find|gain|attract|grow|boost|increase|drive)(?:ing)? (?:you |your "
            r"|it )?(?:to )?(?:\w+ ){0,3}?(?:readers|audience|readership|exposure|visibility|sales|book lovers)\b",
            r"\b(?:get|getting|put|have|having|see|seeing) your (?:\w+ )?<work> (?:in front|out there|noticed|seen"
            r"|reviewed|published|discovered|in(?:to)?|on|to)\b(?=.*\b(?:top|amazon|kindle|readers|shelves"
            r"|bestseller|experts|reach|list|hands|service)\b)",
            r"\b(?:talent|author|novel|content|literary|story|writing) (?:scouts?|agents?|hunters?|recruiters?"
            r"|acquisition\w*)\b|\b(?:acquisitions?|signing|contract(?:ed)?|commissioning|recruiting|sourcing"
            r"|outreach) editors?\b|\bscout(?:ing)? (?:for|from|at|with|new)\b",
            r"\bi(?:'m| am) (?:an? |the )?(?:\w+ ){0,2}(?:editor|agent|manager|representative|recruiter"
            r"|publisher) (?:with|at|from|for|of)\b",
            r"\b(?:sign|signed|offers?|offering|non-?exclusive|exclusive) (?:\w+ ){0,3}(?:exclusive|contracts?"
            r"|contracted authors?|signing bonus|royalt\w*|publication)\b|\b(?:monthly|guaranteed) (?:salary|income"
            r"|pay)\b",
            r"\b(?:our|my|the) (?:\w+ )?(?:marketing|promotion|promotional|publishing|agency|editorial|reading"
            r"|writing|web ?novel|fiction|serial|audio) (?:team|agency|company|services?|platform|app|house|site"
            r"|firm|program)\b|\bpublishing (?:platform|house|company|app)\b|\bon behalf of\b|\bi represent\b",
            r"\b(?:i|we) (?:\w+ )?(?:offer|provide|do|sell|run) (?:\w+[ ,]+(?:and )?){0,4}<service>\b"
            r"|\b(?:affordable|professional|cheap|expert|quality|paid) (?:\w+ )?(?:<service>|covers|editors?"
            r"|illustrations?|translations?|prices?|rates?)\b",
            r"\bare you (?:\w+ )?(?:looking|searching) for an? (?:\w+ )?(?:publisher|agent|editor|illustrator"
            r"|narrator|cover)",
            r"\blooking for (?:some(?:one|body)|an?|anyone) (?:\w+ )?(?:to |who can )?(?:narrat|illustrat|edit"
            r"|promot|publish|market|draw|proof-?read|translat|voice|design)\w*\b(?=.*\byour?\b)",
            r"\b(?:i|we) (?:can|could) help (?:you )?(?:\w+ )?(?:sell|promote|market|publish|reach|grow|get your)"
            r"|\b(?:business|a|an) (?:\w+ )?(?:opportunity|proposal|proposition|offer) (?:for|to) you\b"
            r"|\bbusiness (?:opportunity|proposal|proposition)\b",
            r"\b(?:five|5|honest|verified|paid|positive)[- ]?(?:star )?reviews (?:for|on)\b|\bfor a (?:small|modest"
            r"|reasonable|low|fair) (?:fee|price|cost)\b|\b(?:fair|good|reasonable|low|great|cheap) (?:rates"
            r"|prices)\b",
            r"\bcommission(?:s|ed|ing)?\b|\b(?:investments?|guaranteed|giveaways?|discounts?|deals|daily prompts"
            r"|prizes)\b",
        ),
    ),
    # What a kind reader may offer as well.
    Sign(
        "offer",
        1,
        (
            r"\bi(?:'?d|'?m|'?ll| would| am| was| will| can| could| want| really| just| so)*(?: \w+){0,4}? (?:love"
            r"|like|want|wish|able|happy|glad|going|honou?red|can|could|thinking|interested)(?: \w+)?(?: to| of"
            r"| in)? <draws>\b",
            r"\bi(?:'?m| am) an? (?:\w+ ){0,2}<craft>\b|\bfan ?arts?\b|\b(?:my|your|an?|some) (?:\w+ )?(?:art"
            r"|artwork|drawings?|portfolio|(?:work )?samples|gallery|<craft>)\b|\b(?:i|we) (?:draw|make|paint"
            r"|animate) <picture>",
            r"\bmy (?:new |own |latest |little )?(?:story|fic|books?|novel|serial|channel|blog|podcast|stream"
            r"|server|youtube|patreon|shop|brand|company|business)\b",
        ),
    ),
    # A firm speaks.
    Sign(
        "firm",
        1,
        (
            r"\bwe(?:'d| would| want)(?: \w+)?(?: like| love)?(?: to)? (?:feature|invite|publish|offer|sign|promote"
            r"|have you|work with|license|adapt|interview) (?:you|it|your)?\b",
            r"\bwe(?: are|'re) an? (?:\w+ )?(?:company|agency|platform|studio|team|publisher|group|community)\b",
            r"\bwe (?:\w+ )?(?:help|make|offer|provide|publish|speciali[sz]e|deliver|represent|sell|promote|pay"
            r"|work with)\b",
            r"\bour (?:\w+ )?(?:team|platform|company|app|experts?|specialists?|professionals|services?|agency"
            r"|studio|clients?|authors|artists|packages?|catalog\w*)\b",
        ),
    ),
    # How to get in touch: an address, or being asked to use or give one.
    Sign(
        "contact",
        2,
        (
            r"<address>|\b0\d{2,4}[ -]\d{3}[ -]?\d{3,}|\bmine is \w+[_.\d]\w*|\bask me how\b|\bsend (?:me"
            r"|us) (?:an? )?(?:\w+ )?(?:e-?mail|message|dm|line|text)\b",
            r"\b(?:my|our) (?:\w+ )?(?:<platform>|tag|handle|user ?name|contact|number|dms?|inbox)(?: (?:is|are|tag"
            r"|id|handle|user ?name|name|address|info)\b|[:=])(?!<out of order>)",
            r"\b<platform> ?(?:[:=@+]|is |tag|id\b|handle|name)(?!<out of order>)|\b\w+ on (?:discord|telegram"
            r"|insta(?:gram)?|whats ?app|snap(?:chat)?)(?=\W*$)",
            r"<write to> (?:me|us)\b(?! (?:of|that|to (?:the )?(?:list|group)|when|if you (?:update|need"
            r"|want)))(?=.{0,4}(?:$|[:@!.,]|up\b|on|at|via|through|for|if|so|and|in|now|today|please|directly|by"
            r"|with|here))",
            r"<write to> <me>\b.{0,20}\b(?:on|via|at|through) (?:<platform>|\+?\d)|<write to>(?: me"
            r"| us)? for (?:\w+ )?(?:details|info\w*|more\b|prices?|rates?|a quote|samples)",
            r"\byour (?:dis[ck]ord|telegram|whats ?app|e-?mail(?: address)?|insta(?:gram)?|contact(?: info\w*"
            r"| details)?|phone|number|socials)\b(?! (?:server|list|newsletter|post|notif))",
            r"\b(?:talk|chat|discuss|connect|speak|continue|communicate|move|converse|conversation)\b.{0,30}\b(?:on"
            r"|via|over|through|in|to) (?:<platform>|dms?|private|a call)\b",
            r"\b(?:so|and|then) (?:that )?(?:we|i) (?:can|could|may) (?:\w+ )?(?:discuss|talk|chat|connect|show you"
            r"|send you|go over)",
            r"\blet(?:'?s| us) (?:talk|discuss|chat|connect) (?:details|further|business|more|in private|privately"
            r"|prices)",
            r"\b(?:reach out|get in touch|apply|drop (?:me|us)|shoot (?:me|us)|write to us|reply (?:here|with|if)"
            r"|respond)\b.{0,30}\b(?:interested|if|e-?mail|line|message|contact|at|dm)\b|\bif (?:you are|you're"
            r"|ur) (?:\w+ )?interested\b.{0,40}\b(?:me|us|dm|reply|link|e-?mail)\b",
            r"\b(?:join|come to) (?:my|our) (?:\w+ )?(?:server|group|channel)\b",
        ),
    ),
    Sign(
        "contact",
        1,
        (
            r"https?://|www\.|\b\w+\.(?:com|net|ru|xyz|shop|store|biz|info|io|gg|ly|me|example)\b",
            r"\b(?:<platform>|dms?|pms?|inbox|website|contact)\b",
        ),
    ),
)

_TRADE = re.compile(
    r"\b(?:prices?|rates?|fees?|quote|discounts?|cheap|buy|order|sale|bonus|earn(?:ings?)?|paid|profits?|returns"
    r"|investors?|sponsors?|subscribers?|followers|members|company|platform|app|services?|team|clients"
    r"|years of experience|portfolio|samples|sketches|commissions?|collab\w*|join|contest|entry|sign up|website"
    r"|trial|offer|deals?|promot\w+|publish with|contract|editor|agents?|artist|illustrator|voice act\w+"
    r"|narrat(?:or|ion)|covers?|comics?|webtoon|audio ?(?:book|drama)s?|feature|marketing|verified|accounts?|reads"
    r"|front page|views|channel|podcast|giveaway|network|authors|opportunity|experts?|brand|coin|crypto|token|free"
    r"|guaranteed|exposure|project|proposal|link|download|dollars|euros?|usd)\b|[$€£] ?\d"
)
"""Words of trade. One is nothing; several together are a sign, the heavier the more there are."""

_TRADED = (0, 0, 1, 2)
"""How heavy none, one, two, three and more different words of trade are."""

WINDOW = 5
"""Remarks in a row whose signs are taken together: what stands pages apart belongs to different thoughts."""

_GREETING = re.compile(r"(?:hi|hey|hello|dear|greetings|good (?:day|morning|evening|afternoon))\b\W*(?:\w+\W*){0,3}$")
_OWN_STORY = re.compile(
    r"(?:^|[.!?,;:\n-] ?|\b(?:and|please|pls|plz|also|go|so|but|should|to|then|just|(?:can|could|would|will) you"
    r"|if you (?:could|can|want|like|would))) ?(?:(?:please|pls|plz|maybe|also|go|and|even|kindly|come"
    r"|to my page) )*(?:(?:read|review|vote|like|comment) and )?(?:read|check out|check|try|visit|look at|see"
    r"|review|swing by|vote(?: for)?|follow|support|give|have a look at"
    r"|take a look at) (?:out )?my (?:\w+ ){0,3}(?:story|stories|fic|fics|fanfic|book|books|novel|work|works|serial"
    r"|blog|channel|page|profile|art|webnovel|series|chapters)\b|\bgo to my (?:page|profile)\b"
)
_WAS_ASKED = re.compile(
    r"\b(?:you|u) (?:asked|wanted|said|told|suggested|recommended|invited|(?:read|reviewed|commented on) my)\b"
    r"|\bto answer your\b|\bfor reading my\b"
)
_ANOTHER_DOES = re.compile(
    r"\b(?:let|made|make|had|have|got|gave|asked|wants?|wanted|used|going|able|who|they|he|she|nobody|people"
    r"|i) (?:\w+ ){0,3}to? ?$"
)

ADVERTISING = Finding("advertising", "advert", "it looks like advertising")
OWN_STORY = Finding("own story", "advert", "it asks you to read something of their own")


def find_adverts(read: Sequence[Reading]) -> list[Finding | None]:
    """For each remark of a review the reason to set it aside as advertising, or ``None``."""
    signs = [_signs_in(reading.said) for reading in read]
    marked: set[int] = set()
    for at in range(max(1, len(read) - WINDOW + 1)):
        window = range(at, min(at + WINDOW, len(read)))
        if _weight([signs[each] for each in window]) >= ENOUGH:
            marked.update(each for each in window if signs[each].says_something)
    if marked:
        marked = _with_surroundings(sorted(marked), read)
        return [ADVERTISING if at in marked else None for at in range(len(read))]
    return [OWN_STORY if _is_own_story(reading.said) else None for reading in read]


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a remark shows: the heaviest sign of each sort, and its words of trade."""

    heaviest: dict[str, int]
    trade: frozenset[str]

    @property
    def says_something(self) -> bool:
        return bool(self.heaviest or self.trade)


def _signs_in(said: str) -> _Signs:
    found: dict[str, int] = {}
    for sign in SIGNS:
        if found.get(sign.sort, 0) < sign.weight and any(_WORDS.pattern(way).search(said) for way in sign.ways):
            found[sign.sort] = sign.weight
    return _Signs(found, frozenset(word.rstrip("s") for word in _TRADE.findall(said)))


def _weight(signs: Sequence[_Signs]) -> int:
    sorts = {sort for each in signs for sort in each.heaviest}
    words = {word for each in signs for word in each.trade}
    heaviest = {sort: max(each.heaviest.get(sort, 0) for each in signs) for sort in sorts}
    # An offer is made of such words; it is not counted twice.
    heaviest["offer"] = max(heaviest.get("offer", 0), _TRADED[min(len(words), 3)])
    return sum(heaviest.values())


def _with_surroundings(at: Sequence[int], read: Sequence[Reading]) -> set[int]:
    """The remarks with a sign, the few between two of them, a greeting before and the good-bye after."""
    marked = set(at)
    if at[0] == 1 and _GREETING.match(read[0].said):
        marked.add(0)
    for one, other in pairwise(at):
        if other - one - 1 <= BRIDGED:
            marked.update(range(one, other))
    for after in range(at[-1] + 1, min(len(read), at[-1] + 1 + BRIDGED)):
        if len(read[after].words) > GOODBYE:
            break
        marked.add(after)
    return marked


def _is_own_story(said: str) -> bool:
    match = _OWN_STORY.search(said)
    return match is not None and not _WAS_ASKED.search(said) and not _ANOTHER_DOES.search(said[: match.start() + 6])
