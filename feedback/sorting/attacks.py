"""Attacks: the table of rules. What makes words hostile is whom they strike, not how rude they are.

Every rule needs a person as its target: the author, whoever wrote this, those who read or comment, or people of some
kind. A villain called a bastard and a curse at a cliffhanger have none. What fits a rule may still be no attack:
`meant` tells.
"""

import re
from dataclasses import dataclass

from feedback.sorting.affection import FOND, FOR_MORE, FOR_THE_STORY, LAUGHING, UNTIL_DONE


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to attack: ``why`` in the desk's words, ``ways`` to put it of which one is enough.

    ``excuses``: what takes it back. ``spares_characters``: said to somebody in the story it is none.
    """

    name: str
    why: str
    ways: tuple[str, ...]
    excuses: tuple[re.Pattern[str], ...] = (FOND,)
    spares_characters: bool = True


def _rule(
    name: str,
    why: str,
    *ways: str,
    excuses: tuple[re.Pattern[str], ...] = (FOND,),
    spares_characters: bool = True,
) -> Rule:
    return Rule(name, why, ways, excuses, spares_characters)


RULES: tuple[Rule, ...] = (
    _rule(
        "slur",
        "it uses a slur",
        r"\bn[i1*]gg?g?(?:er|a|uh)s?\b(?<!niger)|\bf[a4*]gg?[o0*]ts?\b|\bfags?\b(?! (?:end|break))|\btr[a*]nn(?:y"
        r"|ies)\b|\bk[i*]kes?\b|\bch[i1*]nks?\b(?! (?:in|of))|\bwetbacks?\b|\bdykes?\b(?= (?:author|writer|bitch"
        r"|cunt))|\b(?:you|ur|dirty|filthy|fucking) (?:\w+ )?(?:homo|queer|spic|paki|gook|coon|raghead)s?\b"
        r"|\bsand ?n[i1*]gg\w+|\btowel ?heads?\b",
        excuses=(),
        spares_characters=False,
    ),
    _rule(
        "told to harm themselves",
        "it wishes somebody dead or hurt",
        r"(?<!named )(?<!called )(?<!of )(?<!in )(?<!to )(?<!from )(?<!near )\bkys\b(?!(?:'s)? (?:is|was|has|had"
        r"|are|sounds))",
        r"\b(?:kill|hang|neck|shoot|off|unalive|rope) ?your ?self\b(?! (?:trying|laughing|over|doing|by|if|for|like"
        r"|to))",
        r"<go><self harm>(?! (?:some slack|laughing|trying|short|over|out of|a break))\b",
        r"<hope> you (?:\w+ )?<self harm>",
        excuses=(),
        spares_characters=False,
    ),
    _rule(
        "wished dead",
        "it wishes somebody dead or hurt",
        r"<go>(?:go (?:\w+ )?die\b|drop dead\b|(?:rot|burn) in hell\b|die in an? \w+|get cancer\b|choke on (?:your"
        r"|an?|it)|(?:rot|choke)\b(?=[.!,]*$| in)|cease to exist|die (?:alone|slowly|painfully|already|screaming)"
        r"|just die\b)(?! (?:laughing|of|out))",
        r"\b(?:go|fuck off and|just|please) (?:\w+ )?die\b(?! (?:laughing|of|out|down|off|hard|from|at|in (?:the"
        r"|chapter)))(?<!not die)(?<!never die)(?<!didn't die)(?<!can't die)(?=[\W_]*(?:$|[.!,;]| (?:in|you|and"
        r"|already|alone|slowly|now|please)))",
        r"<urge>(?:be left to )?(?:have been (?:<harmed>|drowned|swallowed)|die(?! your)|be <harmed>|suffer|rot"
        r"|hang|burn|drop dead|bleed|drown|perish|disappear|vanish|never (?:have been born|wake)|be (?:dead"
        r"|six feet))\b(?! (?:of|laughing|out|on|in (?:the|chapter|peace)|around|up|from|with))",
        r"<hope> (?:you|<author>|(?:your|ur) (?:\w+ )?(?:<kin>|house|home|car|computer|laptop|hands?|fingers?|life"
        r"|marriage|career|hard drive|plane))(?: (?:all|both|would|will|just|slowly|soon|someday|one day"
        r"|and \w+|burns?|breaks down)){0,4} (?:<death>|falls? (?:apart|on)|breaks?|ruin\w*|dies)\b(?! (?:laughing"
        r"|of (?:joy|happiness)))",
        r"<hope> you never (?!stop|change|lose|run|forget|have to|give|get tired|feel|need|abandon|know|leave|doubt"
        r"|let|meet|get (?:sick|bored|writer))",
        r"<hope> (?:some(?:one|body)|they|a \w+|the \w+|karma|something (?:bad|awful|terrible|horrible|heavy)|god"
        r"|life) (?:\w+ )?(?:(?:<harm>|gets?|happens? to|falls? on|hits?|finds?|eats?|takes) (?:to |on )?(?:you"
        r"|your)\b(?! (?:an?|the|some|well)\b)|<harm> <body>)",
        r"\b(?:you|<author>) (?:\w+ )?deserves? (?:every (?:bad|awful|terrible|insult|bit of hate)|everything bad"
        r"|nothing but|nothing (?:good|nice|but)|no (?:love|happiness|friends|readers|joy|kindness)|cancer"
        r"|all the (?:hate|bad|pain)|(?:to )?(?:be <harmed>|be (?:alone|hated|hurt)|lose|fail|suffer|rot|die|burn))",
        r"(?:<author>|\bthe (?:creature|thing|animal|monster|monkey|idiot) (?:who|that"
        r"|which) (?:\w+ ){1,2}this(?: \w+){0,3}),? (?:<surely> )?(?:should|deserves?|ought|needs|has|must"
        r"|belongs) (?:<surely> )?(?:to )?(?:just )?(?:be <harmed>|die|rot|suffer(?! for)|burn"
        r"|hang|kill|(?<!never )stop writing"
        r"|never (?:write|publish|post|be allowed|have been born|have learn\w+)"
        r"|quit|in (?:jail|prison|an? (?:asylum|cage|zoo|cell|madhouse|psych\w*|mental|padded|institution|grave)"
        r"|hell))",
        r"\b(?:better off|world.{0,30}(?:better|nicer|brighter)).{0,30}(?:without you\b(?!r stor)|with you (?:dead"
        r"|gone|out)|if you(?: would| had| were| was|'d) (?:dead|gone|never|not|just|been|die))|\b(?:pity|shame"
        r"|too bad|sad|unfortunate) (?:that )?you (?:were|was|are|got) (?:ever )?(?:born|still alive|alive"
        r"|not aborted)",
        r"\bwish(?:ing)? you (?:nothing but |an? |the |all the ){0,4}(?:\w+,? (?:and )?){0,3}(?:death|pain|misery"
        r"|suffering|cancer|illness|agony|worst|failure|hell)\b|\b(?:love|like|want|enjoy|wait|hope|pay|dying"
        r"|be happy) (?:to )?(?:watch|watching|see|seeing) you (?:\w+ )?(?:bleed|die|dead|suffer|burn|beg|fail|rot"
        r"|hang|choke|drown|fall|crash|in pain|<harmed>)",
        r"\b(?:some(?:one|body)|they|we|people|karma|god|life) (?:<surely> ){0,3}(?:should|ought to|needs? to|must"
        r"|has to|have to|please|will|is going to|are going to|might) (?:<surely> ){0,3}(?:(?:<harm>|put|stop|lock"
        r"|take|come|find) you\b(?!r)|(?:<harm>|put|take) <body>)(?! (?:an?|up|seriously|on|to)\b)",
        r"\b(?:see|watch|have) (?:some(?:one|body)|them|him|her) (?:<harm> you\b(?!r)|<harm> <body>)",
        r"\bcan some(?:one|body) (?:please )?<harm> (?:this|the|that) (?:author|writer|<noun>)",
        r"\b(?:nobody|no ?one) (?:would|will|is going to) (?:\w+ )?(?:miss|mourn|cry for|notice if) you\b(?! are)"
        r"|\b(?:cry"
        r"|care|notice|mind|mourn|laugh|celebrate) (?:if|when) you (?:died|die|are dead|were dead|dropped dead"
        r"|vanished)|\bend it all\b.{0,20}\byou\b|\byour funeral\b",
        r"\b(?:your|ur) (?:mother|mom|mum|parents|dad|father) should(?: have|'ve|ve)? (?:\w+ )?(?:abort|swallow"
        r"|drown|never|used|kept)",
        excuses=(FOND, UNTIL_DONE),
    ),
    _rule(
        "threatened",
        "it threatens somebody",
        r"\b(?:i|we)(?: am| are)? (?:swear )?(?:will|would|going to|should|am going to|ought to|am about to|want to"
        r"|would like to|would love to|am coming to|promise to|plan to|am gonna)(?: (?:to|just|personally|gladly"
        r"|really|fucking|so|come|go|happily|over|and|there|find you"
        r"|enjoy)){0,4} (?:<harm> (?:(?:all of )?you\b(?!r| (?:an?|the|some|another|one)\b)|(?:your"
        r"|ur) (?:\w+ )?(?:face|skull|teeth|legs?|head|fingers|neck|jaw|nose|hands?|arms?|kneecaps|throat|family"
        r"|house|home|life|career|dog|cat|mother|kids))|make sure (?:that )?you (?:never|suffer|regret|pay|lose|get"
        r"|don't|are)|make you (?:\w+ )?(?:regret|suffer|pay|sorry|wish|bleed|scream|beg|disappear)|come for you"
        r"|come after you|find out where you live|find (?:you|your (?:house|home|address|real name|family"
        r"|job))\b(?! (?:an?|the|some|another|one|guys)\b)|(?:come|go) to your (?:house|home|door|school|work)"
        r"|tell your (?:boss|family|wife|school|employer)|show up at your)",
        r"\b(?:if|when|once|should) (?:i|we) (?:ever )?(?:see|meet|find|catch|run into|get hold of"
        r"|get my hands on) you\b.{0,40}(?:\b<harm>\b|regret|sorry|teeth|dead|bleed|run)|\b<harm> (?:you"
        r"|your \w+) (?:if|when) (?:i|we) (?:ever )?(?:see|meet|find)|\bpray (?:that )?(?:i|we) never (?:find|meet"
        r"|see)",
        r"\b(?:i|we) (?:have|know|got|found) your (?:home |real )?(?:address|name and address|ip)\b|\bexpect (?:a"
        r"|my|our) visit\b|\b(?:sleep with one eye open|count your days|your days are numbered|lock your doors)\b"
        r"|\b(?:i|we) know (?:which|what) (?:\w+ ){1,2}you (?:go to|live|work|drive)|\bi know your (?:ip|address"
        r"|school|name and)|\bsay (?:that|this|it) to my face|\byou (?:would not"
        r"|wouldn't) last (?:\w+ ){1,4}(?:with me|against me|face to face|in a (?:real )?fight)",
        r"\bwatch your back\b|\b(?:i|we) know (?:exactly )?where you (?:live|work|go to school|sleep"
        r"|park)\b(?!\W*in my)|\b(?:find|know|have|post(?:ed|ing)?|leak(?:ed|ing)?|found|got) (?:out )?(?:your"
        r"|ur) (?:real name|address|home address|ip|phone number|workplace)\b|\byou (?:had|would) better (?:watch"
        r"|sleep with|hope|run|be (?:careful|scared)|lock)\b|\byou better (?:watch|sleep with|hope (?:i"
        r"|we) (?:never|don't)|run|lock)\b",
        r"\b(?:smash|break|punch|bash|kick|rip|cut|knock|cave|tear|chop)(?: in| out| off)? (?:your"
        r"|ur) (?:\w+ )?(?:face|skull|teeth|legs|head|fingers|neck|throat|kneecaps|hands|tongue)(?: in| out"
        r"| off)?\b|\bdox+(?:e[ds]|ing)? (?:you|the author|this (?:author|writer))\b|\byou(?: are| will be"
        r"| would be) (?:<surely> )?(?:a )?(?:dead (?:man|meat)|dead to rights|next on my list)\b|\byou(?: are"
        r"| will be) (?:so )?(?:dead|finished) (?:when|if|once)\b|\byou will (?:pay|regret|suffer|be sorry) (?:for"
        r"|it|this|that|dearly|one day)",
        excuses=(FOND, LAUGHING, FOR_MORE),
    ),
    _rule(
        "insulted",
        "it calls somebody names",
        r"(?<!if )(?<!sometimes )<you are>(?:,? <degree>){0,5},? <insult>(?! (?:good|great|amazing|talented"
        r"|brilliant|deep|smart|at|enough|proof|magnet|panda|for (?:making|leaving|doing)))",
        r"\b(?:what|such) an? (?:<degree> ){0,5}<insult> you (?:are|must be|turned out)\b|\b(?:you|author|writer"
        r"|person|idiot) .{0,20}<superlative>|\bhow does it feel (?:to be|being) (?:<degree> ){0,5}(?:<superlative>"
        r"|<insult>)|\bcongrat\w*.{0,20}\byou.{0,30}(?:<superlative>|<noun>)",
        r"\b(?:are|were) you (?:<degree> ){0,5}<insult>(?= |\W*$)|\bhow (?:<curse> )?(?:stupid|dumb|dense|thick"
        r"|pathetic|retarded|ignorant|sad) (?:are you|can (?:you|one|a person|someone) (?:\w+ )?be"
        r"|do you have to be|must you be)\b",
        r"<author>,? (?:is|are|must be|has to be|have to be|sounds?(?: like)?|seems?(?: like)?|looks? like"
        r"|has got to be|was)(?: <degree>){0,5} <insult>",
        r"\b(?:this|the|some|that|these|what|any|only|dumb|stupid"
        r"|another) (?:<degree> ){0,5}(?:<adj> )?<noun> (?:<surely> )?(?:who|that|thinks? (?:he|she|they|it|this"
        r"|that)|calls? (?:himself|herself|themsel\w+) (?:an? )?(?:author|writer)|can't (?:even )?(?:write|spell"
        r"|read)|wrote|would (?:write|read|like|enjoy|post|publish)|could (?:write|like|enjoy)|writes|likes|reads"
        r"|enjoys|posts|comes up)(?: (?:can|could|is|are|know how|he|she|they|even|wrote|writes?|made|typed|posted"
        r"|came up with|likes?|reads?|thinks?|to|this|an?|like|enjoy)){0,4} (?:writ\w*|author|spell|read|(?:this"
        r"|that|such|the)(?: \w+){0,2}? <text>|(?:this|it)(?=\W*$|,| (?:is|was|should|must|needs|has|deserves"
        r"|belongs|ought|and))|<text>|up with)\b",
        r"\b(?:written|made|posted|typed|penned|created|brought to us) by (?:<degree> ){0,5}<insult>"
        r"|\bimagine (?:being|how) (?:<degree>|this|that){0,4} ?(?:<insult>)|\bimagine thinking (?:that )?you\b",
        r"\b<noun>,? (?:and <noun>,? )?(?:the (?:whole )?lot|all|every (?:single )?one) of you\b|\b(?:needs?"
        r"|should get|want) (?:your|their|his|her) heads? (?:examined|checked|looked at)\b"
        r"|\byou (?:people )?are all (?:\w+ )?(?:sick|mental|insane|nuts)\b",
        r"\b(?:you|<author>),? (?:<surely> ){0,3}(?:must )?(?:have|has|suffers? from|got) (?:an? |some |serious "
        r"|severe ){0,4}(?:mental|brain|personality|psychological) (?:illness|damage|disorder|issues|problems"
        r"|defect)",
        r"^(?!.*\b(?:he|she|they|him|her|them)\b).*\bare you\b.{0,40}\b(?:dumb|stupid|retarded|brain ?dead"
        r"|illiterate|dense|thick)\W*$",
        r"\byour (?:\w+ )?(?:existence|birth|presence|whole life|life|conception) (?:is"
        r"|was) (?:<degree> ){0,5}(?:insult|mistake|crime|joke|waste|offen[sc]e|disgrace|accident|embarrassment)",
        r"\b(?:hey|yo|listen|hi|cope|bye|hello|ok),? (?:you )?(?:<degree> ){0,5}<noun>(?=\W*$|[,.!])"
        r"|\bonly (?:an? )?(?:<degree> ){0,5}<noun> (?:would|could|can) (?:\w+ ){1,4}(?:this|such)\b(?=\W*$"
        r"| (?:\w+ )?<text>)",
        r"\b(?:only|what (?:kind|sort) of) (?:an? )?(?:<degree> ){0,5}(?:\w+ )?(?:<noun>|sick (?:fuck|freak|person"
        r"|mind)s?) (?:would |could |can )?(?:writes?|wrote|likes?|reads?|enjoys?|posts?|thinks? this|comes up"
        r"|makes?)\b",
        r"\byou(?: <degree>){0,5} (?:(?:<adj>|<low>)(?:,? (?:and |little |old |<curse> )?(?:<adj>|<low>"
        r"|<any word>))? (?!man\b|woman\b|boy\b|girl\b|child\b|king\b|prince\b|knight\b|question)(?:<noun>|cow"
        r"|troll|bastard|fuck|fucker|goat|hag|swine|toad|ape|dog|people|freak|bint|mess of a)|<adj> <person>"
        r"|<adj>, <adj>|talentless|retard\w*|subhuman|illiterate|waste of \w+|pieces? of (?:shit|crap|trash|garbage"
        r"|filth))\b",
        r"\byou (?:<degree> ){0,5}(?:<curse>|absolute|complete|total|utter) (?:<adj> )?<noun>\b",
        # "..., imbecile": an insult called after somebody who is spoken to, and of no third person.
        r"^(?!.*\b(?:he|she|him|her|his|they|them|hers)\b)(?=[^\n]*\w,)(?=.*\b(?:you|your|yourself)\b(?! (?:idiot"
        r"|moron|fool)))[^\n]*\w, ?(?:you (?:<any word> ){0,2})?(?:(?:<adj>|<low>|<degree>|little"
        r"|old) ){0,4}(?:<noun>|<adj>)\W*$",
        r"\b(?:more|less|better|smarter|brighter|higher|bigger|greater) (?:\w+ ){0,2}(?:brains?|brain cells|talent"
        r"|iq|intelligence|sense|skills?|charisma|wit|personality|imagination|dignity|class"
        r"|spine) (?:\w+ ){0,3}than (?:you\b(?!r)|the author|this author)|\b(?:monkeys?|toddlers?|dogs?|cats?"
        r"|chimps?|goldfish|potato|brick|rock|houseplant|plant|ape|parrot|hamster|pigeon|ai|bot|chatgpt|child|kid"
        r"|\w+[- ]year[- ]old) (?:on \w+ )?(?:could|can|would|has|have|writes?|is) .{0,30}\bthan you\b(?!r)",
        r"\b(?:when|because|if|once|how) (?:you let |people let |we let |an? )?<noun> (?:gets?|have|has|find|own"
        r"|discover|learn|try|tries|write|with) (?:an? |the |your |their |hold of |access to |to "
        r"|internet ){0,4}(?:keyboard|internet|pen|wifi|computer|laptop|write|account|type|access)",
        r"\byou (?:<degree> ){0,5}<noun>[,.!]* (?=.{0,60}<writing>)"
        r"|<writing>[^.?]{0,40}[,.!]* ?you (?:<degree> ){0,5}<noun>(?=\W*$)",
        r"\b(?:go to hell|fuck off|fuck you|screw you|get lost|piss off|shut up|go away|give up|grow up|cope"
        r"|cry more|nobody cares|no ?one cares|log off|cringe|learn to (?:write|read|spell|type)|get (?:some "
        r"|professional )?help|seek help|get therapy|touch grass|go outside|get a (?:\w+ )?(?:life|job)|quit"
        r"|kill it|stop writing|delete this|do better|go back to \w+)[ ,.!-]{1,4}(?:you )?(?:<degree> ){0,5}(?:\w+ "
        r")?(?:<noun>|troll|fool|cow|pig|freak|weirdo|psycho)s?\W*$",
        r"\b(?:what|such) an? (?:<degree> ){0,5}(?:talentless|worthless|pathetic|useless|sad|stupid|disgusting"
        r"|miserable|sorry|vile|horrible|lousy) (?:<any word> )?(?:hack|writer|author|person|human|excuse|loser"
        r"|idiot|moron|life|waste|failure|individual)\b(?! of an? (?:king|wizard|hero|villain|ruler|knight)"
        r"|.{0,20} (?:the|that|this|he|she|they) )",
        r"\b(?:sorry|poor|pathetic|sad) excuse for an? (?:\w+ )?(?:human|writer|author|person|man|woman)\b"
        r"|\byou have (?:<surely> )?(?:no|zero|not an ounce of|absolutely no|absolutely zero|the"
        r"|less) (?:<degree> )?(?:talent|brain(?:s|cells?| cells?)?|soul|friends|life\b|business (?:writing"
        r"|posting)|shame|spine|self-respect|(?:iq|brain|intelligence|mind|mental \w+|talent|charm"
        r"|personality) (?:of|than))\b|\b(?:zero|no) talent\b.{0,40}\b(?:you|hack|author|writer)\b"
        r"|^\W*(?:\w+ )?talentless hacks?\b",
        r"\byou (?:<surely> )?(?:disgust|sicken|repulse|nauseate) (?:me|us|everyone|people)\b"
        r"|\byou (?:people )?make (?:me|us|everyone|people|this \w+|the whole \w+) (?:sick|puke|vomit|ashamed"
        r"|embarrassed|gag|lose faith|look bad|hate (?:people|humanity)|want to (?:puke|vomit|throw up))\b(?! with)"
        r"|\byou are (?:<degree> ){0,5}worst (?:writer|author|human|person|thing that|excuse)\b(?!.{0,20}for)"
        r"|\bthis is why (?:\w+ ){0,4}(?:hates?|left) you\b|\byour (?:tiny|pea|smooth|rotten|dead|diseased|sick"
        r"|smooth) ?-?(?:sized )?(?:little )?(?:brain|mind|skull)\b",
    ),
    _rule(
        "shamed",
        "it attacks somebody's life rather than the story",
        r"\b(?:no ?one|nobody|not even your \w+) (?:\w+ ){0,2}(?:will|would|could|can|is going to|has|have"
        r"|does)? ?(?:\w+ )?(?:ever )?(?:love[sd]?|want|marry|date|like[sd]?|miss|come to|care about|touch"
        r"|respect[s]?) you(?:r funeral)?\b(?! (?:to|more|guys)\b)",
        r"\b(?:no|small|little) wonder (?:that )?(?:your (?:\w+ )?<kin>|nobody|no ?one|everyone|every(?:one"
        r"|body) (?:\w+ )?|you (?:are (?:<surely> ){0,3}(?:single|alone|divorced|unemployed|fat|jobless)|have no"
        r"|got (?:fired|dumped|divorced)|live alone|can't (?:get|keep|find) a))(?: \w+)?",
        r"\byou will (?:<surely> )?(?:die alone|never (?:amount|be (?:loved|happy|anything|anyone"
        r"|a (?:real )?(?:writer|author|man|woman)|published|good enough|successful|missed)|find (?:love|anyone"
        r"|a (?:man|woman|partner|publisher))|get (?:published|laid|a (?:girlfriend|boyfriend|real job))|make it"
        r"|have (?:friends|kids))|always be (?:alone|a <noun>|<adj>|nobody|nothing|<insult>))",
        r"\byour (?:<kin>) (?:\w+ )?(?:hates?|left|must (?:hate|regret|be (?:so |very |really "
        r"|deeply ){0,4}(?:ashamed|disappointed|embarrassed|disgusted))|should (?:be (?:so |very |really "
        r"|deeply ){0,4}(?:ashamed|disappointed|embarrassed|disgusted)|leave|divorce|disown)|regrets?|is (?:ashamed"
        r"|embarrassed|a (?:whore|bitch|slut))|(?:are|were) (?:ashamed|siblings|related|cousins)|never (?:loved"
        r"|wanted)|didn't (?:love|hug|want)|wish(?:es)? (?:you|they|she|he)|dropped you|failed you|raised an?"
        r"|fucks?)",
        r"\byour (?:husband|wife|girlfriend|boyfriend|partner) (?:is|must be|was) (?:\w+ )?(?:cheating"
        r"|sleeping around|fucking)|\b(?:who (?:could|can|would)|i (?:don't|can't)) blame (?:him|her"
        r"|them)\b(?=\W*$)(?<=.{40})",
        r"\bi (?:bet|am sure|guess|imagine|assume) (?:that )?your (?:\w+ )?<kin> (?:are|is|must|hates?|wants?"
        r"|wishe?s?|regrets?|never|can't|won't|left|cried?|drinks?|hides?) (?!love|proud|excited|happy|so proud"
        r"|very proud|read)",
        r"\bi (?:feel (?:so )?(?:sorry|bad) for|pity) (?:your (?:\w+ )?<kin>|the people (?:in your|around you"
        r"|who know you)|anyone (?:who (?:knows|loves|lives)|related|close|stuck)|whoever (?:raised|married|lives))",
        r"\b(?:were|was) you (?:dropped|born (?:stupid|this)|raised by|molested|hugged)"
        r"|\bsomething (?:is )?(?:seriously |deeply |really |very )?wrong (?:with you(?:r (?:head"
        r"|brain))?\b(?! (?:guys|and i love))|in your head)|\b(?:does"
        r"|do) your (?:\w+ )?<kin> know (?:that )?you (?:are|write|post)|\bdid your (?:<kin>) (?:\w+ )?(?:drop|beat"
        r"|touch|hit|molest|abuse|not love|never)",
        r"\b(?:every(?:one|body)|people|they|we|the whole \w+|half the \w+) (?:\w+ ){0,3}?(?:(?:are|is"
        r"|am) (?:all )?laughing|laughs?|mocks?|making fun) (?:at|of)? ?you\b(?! (?:for making|with))"
        r"|\byou are (?:being )?(?:laughed at|a laughing)|\bget (?:cancer|aids)\b",
    ),
    _rule(
        "driven away",
        "it tells somebody that they have no place here",
        r"\b(?:nobody|no ?one|none of us|every(?:one|body) (?:\w+ ){0,3}?hates?|we all hate"
        r"|literally no ?one) (?:\w+ )?(?:likes|wants|cares about|asked for|loves|needs|would miss|will miss"
        r"|reads)? ?(?:you(?! to)\b(?!r)|your (?:existence|kind|opinions?|face|presence))",
        r"\b(?:do (?:us|everyone|everybody|the world|humanity|literature) (?:all )?a (?:\w+ )?(?:favou?r"
        r"|service)).{0,40}(?:stop|quit|never|delete|log off|die|disappear|kill|break|throw|leave)",
        r"\b(?:nobody|no ?one) (?:\w+ )?(?:asked|wants?|needs?|begged) (?:for )?you to (?:write|post|publish"
        r"|be here|exist|speak|come)\b",
        r"\b(?:nobody|no ?one|none of us|everyone|everybody|we) (?:\w+ ){0,3}(?:can|could|can't"
        r"|ca) ?(?:even )?(?:stand|tolerate|bear|put up with) you\b",
        r"\b(?:delete|deactivate|close) (?:your|ur) (?:account|profile|life)\b|\b(?:uninstall|log off"
        r"|logout of) (?:life|yourself)\b",
        r"\b(?:go back to|crawl back(?: (?:to|into|under))?|get back to|stay in) (?:where you|whatever|the (?:hole"
        r"|kitchen|gutter|sewer|swamp|rock|closet)|your (?:own |shithole |fucking ){0,4}(?:hole|country|mom|mother"
        r"|cave|kind|basement|swamp|rock|continent))",
        r"\b(?:get|stay) (?:the (?:fuck|hell) )?(?:out of|off|away from) (?:of )?(?:this|the|our|my) (?:site|fandom"
        r"|country|community|platform|internet|archive|page|hobby|genre)\b",
        r"\byou (?:do not|don't|never) (?:belong (?:here|on|in (?:this|our))|deserve (?:to (?:live|exist|breathe"
        r"|write|be here|have|call|be (?:alive|loved))|any|(?:any )?(?:readers?|friends|love|kindness|air|oxygen"
        r"|fans)))",
        r"\byour kind\b(?! (?:words?|of (?:story|humou?r|writing|book|fic|thing|plot|hero|magic|villain|world)"
        r"|heart|comments?|reply|note|soul|offer|response))",
        r"\byou (?:should|ought to|need to|deserve to|must) (?:<surely> )?(?:be (?:so "
        r"|deeply )?(?:ashamed of (?:yourself|being|what you)|banned|locked up|arrested|in (?:jail|prison|a mental)"
        r"|institutionali[sz]ed|committed|put (?:on|in|away)|deported|castrated|reported|fired|on a (?:\w+ )?list)"
        r"|never (?:have been born|have (?:kids|children|had)|reproduce|breed|be allowed|write again|be let"
        r"|go near))(?! of that pun)",
        r"\b(?:never|don't ever|do not ever) (?:touch a keyboard|(?:write|publish"
        r"|post) (?:anything )?(?:ever )?again).{0,40}(?:\byou (?:\w+ )?(?:<noun>)|\bnobody|\bno one)",
    ),
    _rule(
        "people condemned",
        "it attacks a group of people",
        r"<readers>,? (?:<surely> )?(?:is|are|must be|have to be|has to be|all|needs?)(?: (?:<degree>|just as"
        r"|the same|full of|to be)){0,4} (?:<insult>|<harmed>|blind sheep|sick\b(?! (?:of|with|today))|disgusting"
        r"|the problem|zombies|help\b(?! with)|therapy|mental help|a life|ill)",
        r"\b(?:people|anyone|everyone|those|freaks?|creeps?|weirdos?|perverts?|writers?|authors?|fans?|somebody"
        r"|someone|women|men|girls|immigrants|foreigners|gays|trans people|adults|anybody|whoever) (?:like (?:you"
        r"|this author|the author)\b|<liking>|who (?:\w+ ){0,2}(?:write|wrote|enjoy|like|read|make|publish|post"
        r"|support|ship|think up)s? (?:\w+ ){0,4}?(?:this|that|such|it|these|stuff|filth|shit|trash|garbage"
        r"|smut)).{0,60}\b(?:\w*list|locked|shot|jail|prison|sick(?! of)|ill|disgust\w*|mental\w*|banned|castrat\w*"
        r"|die|hang|kill\w*|scum|burn|gas(?:sed)?|problem|ruin\w*|therap\w*|psychiatric|not be allowed"
        r"|never be allowed|shouldn't (?:be|have|exist|breed|vote)|should not (?:be|have|exist|breed|vote)"
        r"|don't deserve|do not deserve|are why|what is wrong with|are the reason|hell|disease|cancer|asylum|cops"
        r"|police|watched|supervis\w*|near children|sterili\w+|sheep|zombies|arrested)\b",
        r"<groups>(?: like you)?(?: \w+){0,2}? (?:are|were|will always be|is)(?: (?:all|just|nothing but|only|such"
        r"|the|a|an|so|literally|by nature|naturally|and will always be|not even|not|truly)){0,4} (?:<noun>|<adj>"
        r"|vermin|animals|savages?|subhuman|disease|inferior|criminals|terrorists|barbarians|dirty|lesser|unclean"
        r"|sinful|sinners|possessed|human\b|ruining|a mistake|too (?:stupid|dumb|emotional)|destroying|invading"
        r"|problem)\b",
        r"<groups>(?: like you)?(?: \w+){0,2}? (?:can't|can not|shouldn't|should not|should|ought to|must|need to"
        r"|don't deserve to|do not deserve to|deserve to|<barred>|belong) (?:never |not |just "
        r"|all ){0,4}(?:writ(?:e|ing)|post(?:ing)?|publish(?:ing)?|be (?:in (?:our|children's|kids'|stories|books"
        r"|fiction|public|schools|fantasy|power|charge)|near|around|anywhere|thrown|kicked|driven|shipped|sent"
        r"|locked)|here\b|be allowed (?:to (?:write|vote|read|speak|exist|have|drive|live)|near|in|on|anywhere)"
        r"|stay (?:in the|out)|be <harmed>|be (?:writing|sent|kept|illegal|cured|fixed|forced)|go (?:back|home"
        r"|to hell)|die|burn|hang|exist|live|breathe|in (?:the (?:kitchen|sea|zoo|oven|ground)|camps|hell|prison"
        r"|fiction|stories|books|literature)|have rights)\b|\b(?:i|we|everyone) (?:<surely> )?(?:hate|despise"
        r"|loathe|can't stand|detest) (?:all |the |these |those ){0,4}<groups>\b(?! (?:in|who|like|of) )",
        r"\b(?:people|anyone|everyone|you (?:people|lot|all)|writers|foreigners) (?:from|of|in) (?:your|that"
        r"|this) (?:\w+ )?(?:country|race|religion|kind|background|part of the world) (?:\w+ ){0,2}?(?:should"
        r"|shouldn't|can't|don't|have no|are|always|never)",
        r"\byou (?:<adj>|<low>|<curse>) <groups>",
        r"\b(?:typical|dirty|filthy|stupid|fucking|lazy|greedy) <nationality>(?=\W*$|[,.!])",
        r"\b(?:gas|kill|deport|ban|exterminate|burn|hang|shoot|lynch) (?:all |the |every |these |those )+<groups>",
    ),
    _rule(
        "told off",
        "it abuses the author rather than the story",
        r"\b(?:fuck|screw) (?:you|off|the author)\b(?= (?:and|you|author|with|loser|idiot|hack|i hope|die|nobody"
        r"|right off)|[.,!]* (?:you|hack|loser|idiot|author|learn|never|i hope|die|nobody|go|stop|quit|get"
        r"|your (?:story|writing|fic|shit)))|\b(?:fuck|screw) (?:you|the author)[, ]+(?:\w+ ){0,3}(?:<noun>)",
        r"\bshut (?:the fuck |your (?:\w+ )?(?:mouth|trap|face|hole) ?)+(?:up)?\b.{0,30}\b(?:you|asked|never|nobody"
        r"|no one|here|again)\b",
        r"\b(?:stop|quit) writing\b.{0,60}\b(?:you (?:suck|are|have no|can't)|nobody|no one|forever|embarrass\w*"
        r"|disgrace|please god|save us|for the (?:love|good)|everyone)\b|\b(?:nobody|no one"
        r"|everyone hates).{0,40}\bstop writing\b",
        r"\byou (?:\w+ )?suck(?: (?:as a|at (?:life|everything|being)|so (?:bad|hard|much)|ass|balls|dick"
        r"|big time))?\b(?= (?:as a|at (?:life|everything|being)|and|dude|man|lol)|[.! ]*$)",
        r"\b(?:kick|beat|smack|slap|knock)(?:ed)? (?:some sense into you|your ass|the shit out of you)\b",
        r"<go>(?:eat (?:shit|a dick)|suck (?:my|a)|(?:go )?(?:fuck|f) (?:right off|your ?self)|screw your ?self"
        r"|go to hell|choke)\b(?! (?:and back|for a|with (?:him|her|them|me)))|\bgo (?:fuck|screw) your ?self\b"
        r"|\bsuck my (?:dick|cock|balls)\b",
        r"\bmy (?:dog|cat|toddler|\w+ year old) (?:could|can|would) (?:\w+ )?(?:write"
        r"|do) (?:\w+ )?better(?: than you)?\b.{0,60}\b(?:you|hack|quit|give up|loser|idiot)\b",
        r"\bi spit (?:on|at|in) (?:you|your)\b|\bi curse you and your\b",
        r"\bi (?:<surely> )?(?:hate|despise|loathe|detest) you and (?:i (?:hope|wish|want)|your|every|all|people"
        r"|everyone|the)\b",
        excuses=(FOND, FOR_THE_STORY),
    ),
)

BARE = (
    r"^\W*(?:(?:lol|wow|ugh|jesus|god|and|just|omg|man|dude|honestly|seriously|oh|my god),? ){0,4}(?:what an?"
    r"|such an?|an? (?:complete|total|utter|absolute))? ?(?:<degree> ){0,5}(?:<insult>|disgusting|pathetic"
    r"|loser)[.! ]*$"
)
"""An insult that names nobody. It is an attack only in the company of one, or of a jeer at the author's skill."""

JEER = (
    r"\b(?:can't|couldn't|can not|doesn't know how to|does not know how to"
    r"|never learned to) (?:even )?(?:\w+ )?(?:spell|write|string (?:two|a)|form a|use a)\b|\blearn to (?:write"
    r"|spell|read)\b|<author>|\bcall(?:s|ing)? (?:yourself|himself|herself|themsel\w+) an? (?:\w+ )?(?:author"
    r"|writer)"
)
