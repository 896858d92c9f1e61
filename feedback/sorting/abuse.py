"""Abuse is not swearing: telling an attack on a person, or advertising, from a reader carried away.

What makes words hostile is whom they strike, not how rude they are. So every rule here needs a person as its
target: the author ("you", "the author"), or people as such. A villain called a bastard, a curse at a
cliffhanger and "I hate you T_T" have none, or carry signs of affection that outweigh a mild insult. Insults
come in two weights: "monster" may be tender, "talentless hack" may not.
"""

import re
from dataclasses import dataclass

from feedback.sorting.reading import Reading


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a remark was set aside: ``name`` of the rule, ``what`` it is (``attack`` or ``advert``), and the reason."""

    name: str
    what: str
    why: str


_I = re.IGNORECASE

_HARD = (
    r"(?:talentless|worthless|hack|moron\w*|imbeciles?|retard\w*|cretins?|subhuman\w*|vermin|parasites?|losers?"
    r"|failures?|frauds?|scum\w*|trash|garbage|filth|waste of (?:space|oxygen|air|skin|life|breath)|pathetic"
    r"|pa?edo\w*|pervert\w*|sick (?:fuck\w*|freak\w*|bastard|person|individual)|psychopath\w*|degenerates?|nazi\w*"
    r"|incels?|virgin|illiterate|brain ?dead|braindead|stupid|dumb(?:ass)?|idiots?|idiotic|ugly|fat|disgusting"
    r"|mentally ill|deranged|disgrace|embarrassment|joke|clowns?|cunts?|twats?|wankers?|dipshits?|shitstains?"
    r"|pieces? of (?:shit|crap|garbage|trash|filth)|(?:dumb|stupid|fat|worthless|ugly|lazy|pathetic) \w+|simpletons?"
    r"|low ?life|coward|liar|thief|plagiarist|creep|whores?|sluts?|bitch(?:es)?|dumbfucks?|fuckwits?|fucktards?"
    r"|half ?wits?|dimwits?|nobody|no talent|untalented|ignorant|delusional|unlovable|insufferable|racist|bigot)"
)
_MILD = (
    r"(?:monsters?|evil|cruel|bastards?|jerks?|sadists?|sadistic|devil|demon|villain|menace|wicked|heartless"
    r"|asshole|arsehole|fucker|motherfucker|bitch|troll|tease|maniac|lunatic)"
)
_LINK = (
    r"(?:a|an|the|such|such a|such an|just|just a|just an|really|so|all|one|nothing but an?|truly|clearly|obviously)"
)
_YOU_ARE = (
    rf"\b(?:you(?:'re| are|re)|you (?:people|guys|all|lot|both) are|u r|ur|youre|ya're"
    r"|author is|writer is|authors are)"
    rf"(?: {_LINK}){{0,3}}"
)

_ATTACKS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "told to die",
        "it wishes somebody dead or hurt",
        re.compile(
            r"\bkys\b|\bk\.y\.s\b|\b(?:kill|hang|neck|shoot|drown|off|unalive|end|hurt|cut"
            r"|stab) (?:yo)?ur ?(?:self|life)\b"
            r"|\bk[i1!*]ll y[o0*]urs?[e3*]lf\b"
            r"|\bgo (?:\w+ )?(?:die|jump off|hang|rot|drown)\b(?! (?:laughing|of))"
            r"|\b(?:hope|wish|pray)(?:ing)? (?:that )?(?:yo?u|this author|the author|the writer|whoever wrote this"
            r"|your (?:\w+ )?(?:family|mother|mom|mum|kids?|children|parents))"
            r" (?:all |both |would |will |just |get |gets? |slowly )*(?:dies?|rots?|suffers?|choke|cancer|burns?"
            r"|hit by|run over"
            r"|fired|raped|sick|hurt|killed|bleed|never wake|lose)"
            r"|\bwhoever (?:wrote|made|writes|came up with|posted) (?:this|that|it) (?:really |just )?(?:should"
            r"|deserves?|ought|needs)"
            r" (?:to )?(?:be (?:put|shot|hanged|banned|locked|fired|beaten|jailed|ashamed)|die|rot|never"
            r"|get cancer|suffer)"
            r"|\byou (?:\w+ )?deserve (?:every (?:bad|awful|terrible)|everything bad|cancer|to (?:suffer|rot|die"
            r"|lose|fail|be (?:alone|hurt|hated)))"
            r"|\bhope (?:yo)?ur (?:\w+ )?(?:house|home|car|dog|cat|computer|hands?|fingers?|life|marriage|kids?"
            r"|family) "
            r"(?:all |both |\w+ down and )*(?:burns?|dies?|rots?|breaks?|falls?|gets? (?:\w+ )?(?:cancer|hit|run"
            r"|broken|crushed|burn\w*)|crash\w*|ruin\w*|fails?)"
            r"|\bdie in a (?:fire|ditch|hole|car|grease)|(?:^|[.!,;] )(?:just |please |and )*drop dead\b"
            r"|\byou (?:can|should|could) (?:just |all )*drop dead\b|\bdrink bleach\b|\brope (?:yo)?urself\b"
            r"|\b(?:better off|world.{0,30}(?:better|nicer)).{0,30}(?:without you|with you (?:dead|gone)"
            r"|if you(?:'d| had| were| was) (?:dead|gone|never))"
            r"|\b(?:some(?:one|body)|they|we) (?:really |just )?(?:should|ought to|needs? to|must"
            r"|has to) (?:really |just )?"
            r"(?:put you (?:down|out)|shoot you|beat you|end you|kill you|hurt you|stop you|lock you)"
            r"|\byou (?:\w+ )?(?:should|need to|ought to|deserve to|must) (?:just |all |really )*(?:die"
            r"|be (?:shot|hanged|hung|beaten|put down|raped"
            r"|killed|gassed|executed|sterilized|sterilised|strangled)|suffer|rot|hang|burn)\b(?! (?:of|laughing"
            r"|out|on|in|around|up))"
            r"|\bend it all\b.{0,20}\byou\b|\b(?:yo)?ur (?:mother|mom|mum|parents) should(?: have|'ve"
            r"|ve)? (?:\w+ )?(?:abort|swallow|drown|never)",
            _I,
        ),
    ),
    (
        "threatened",
        "it threatens somebody",
        re.compile(
            r"\b(?:i|we)(?:'ll|'m| will| am|m|ll)? ?(?:going to |gonna |coming to |know where )(?:\w+ ){0,4}"
            r"(?:you live|your (?:home|house|address|school|workplace|job)|hurt you|beat you|kill you"
            r"|find you and (?!hug|thank|kiss|cry))"
            r"|\bwatch your back\b|\bi know where you live\b|\b(?:find|know|have|post(?:ed|ing)?"
            r"|leak) (?:out )?your (?:real name|address|home address)"
            r"|\byou(?:'d| had)? better (?:watch|sleep with|hope i never)\b|\b(?:smash|break|punch"
            r"|bash) (?:in )?(?:yo)?ur (?:\w+ )?(?:face|skull|teeth|legs|head|fingers|neck)\b"
            r"|\bdoxx?(?:ed|ing)? you\b",
            _I,
        ),
    ),
    (
        "insulted",
        "it calls somebody names",
        re.compile(
            r"\bwhat (?:kind|sort) of (?:\w+ ){0,2}?(?:moron|idiot|retard|imbecile|freak|pervert|degenerate"
            r"|monkey)s? "
            r"(?:would |could )?(?:writes?|wrote|likes?|reads?|enjoys?|posts?|thinks? this|comes up)|"
            rf"{_YOU_ARE} (?:\w+ ){{0,3}}?(?<!not )(?<!not a )(?<!not an )(?<!no )(?<!never )(?<!making me )"
            rf"(?<!hilariously )(?:fucking |goddamn |complete |total |utter )*{_HARD}\b"
            r"(?! (?:good|great|amazing|talented|brilliant|deep|smart))"
            r"|\b(?:yo)?u (?:fucking|absolute|complete|total|utter|miserable|stupid|dumb|pathetic|talentless"
            r"|disgusting|worthless|ugly|fat|lazy|sad|sorry|little|dirty|filthy|useless) (?:\w+ )?"
            rf"{_HARD}\b"
            r"|\b(?:yo)?u (?:ugly|filthy|useless|disgusting|worthless|miserable) \w+\b"
            r"|\b(?:yo)?u (?:talentless|worthless|pathetic|retard\w*|moron\w*|idiot\w*(?!\W*$)|imbecile|subhuman"
            r"|illiterate|stupid|dumb)\b(?! (?:question|me|character))"
            r"|\b(?:what|such) an? (?:talentless|worthless|pathetic|useless|sad|stupid|disgusting"
            r"|miserable) (?:\w+ )?(?:hack|writer|author|person|human|excuse|loser|idiot|moron|life|waste|failure)\b"
            r"(?! of an? (?:king|wizard|hero|villain|ruler|knight)|.{0,20} (?:the|that|this|he|she|they) )"
            r"|\b(?:author|writer|op|you) (?:is|are|must be|has to be|sounds? like|seems? like"
            r"|looks? like) (?:\w+ ){0,3}?(?:a |an )?(?:\w+ )?"
            r"(?:retard\w*|moron\w*|idiot\w*|talentless|hack|illiterate|brain ?dead|pervert|pa?edo\w*|subhuman"
            r"|incel|psychopath|mentally ill|deranged|simpleton|degenerate|halfwit)\b"
            r"|\b(?:get a (?:\w+ )?(?:life|job)|get lost|piss off|shut up|go away|give up|grow up|cope|cry more"
            r"|nobody cares"
            r"|no ?one cares|log off|learn to (?:write|read|spell|type))[ ,.!]{1,3}(?:you )?(?:\w+ )?(?:loser"
            r"|moron|idiot|hack"
            r"|retard|dumbass|scum\w*"
            r"|freak|clown|creep|imbecile|dimwit|you (?:troll|fool|cow|pig))s?\W*$"
            r"|\bsorry excuse for an? (?:\w+ )?(?:human|writer|author|person|man|woman)\b|\byou have no (?:talent"
            r"|brain|soul|friends|life|business writing)\b"
            r"|\b(?:zero|no) talent\b.{0,40}\b(?:you|hack|author|writer)\b|^\W*(?:\w+ )?talentless hacks?\b",
            _I,
        ),
    ),
    (
        "driven away",
        "it tells somebody that they have no place here",
        re.compile(
            r"\b(?:nobody|no ?one|none of us|every(?:one|body) (?:\w+ ){0,3}?hates?|we all hate"
            r"|literally no ?one) (?:\w+ )?(?:likes"
            r"|wants|cares about|asked for|loves|needs|would miss|will miss|reads)? ?(?:you(?! to)\b(?!r)"
            r"|your (?:existence|kind|opinions?|face|presence))"
            r"|\b(?:do (?:us|everyone|the world|humanity) (?:all )?a (?:favou?r|service)).{0,40}(?:stop|quit"
            r"|never|delete|log off|die|disappear|kill|break|throw|leave)"
            r"|\b(?:delete|deactivate|close) (?:yo)?ur (?:account|profile|life)\b|\buninstall (?:life|yourself)\b"
            r"|\b(?:go back to|crawl back(?: (?:to|into|under))?|get back to) (?:where you|whatever|the (?:hole"
            r"|kitchen|gutter|sewer"
            r"|swamp|rock)|your (?:own |hole|country|mom|mother|cave|kind|basement|swamp))"
            r"|\b(?:get|stay) (?:the (?:fuck|hell) )?(?:out of|off) (?:this|the|our) (?:site|fandom|country"
            r"|community|platform|internet|archive)\b"
            r"|\byou (?:do not|don't|dont) (?:belong|deserve to (?:live|exist|breathe|write|be here"
            r"|have (?:readers|friends|fingers|a keyboard|kids))|deserve (?:any )?(?:readers?|friends|love"
            r"|kindness|air))"
            r"|\b(?:your|you) kind (?:is|are|isn't|aren't|does|don't|should|ruins?|of people)\b|\byour kind\b"
            r"|\byou (?:should|ought to) (?:be (?:ashamed of (?:yourself|being)|banned|locked up|arrested"
            r"|in (?:jail|prison)|institutionali[sz]ed|committed|put (?:on|in|away)|deported|castrated|reported"
            r"|fired)|never (?:have been born|have (?:kids|children|had)|reproduce|breed|be allowed))"
            r"|\b(?:never|don't ever|do not ever) (?:touch a keyboard|(?:write|publish"
            r"|post) (?:anything )?(?:ever )?again).{0,40}(?:\byou (?:\w+ )?(?:hack|idiot|moron|freak|loser"
            r"|clown)|\bnobody|\bno one)"
            r"|\bi feel (?:sorry|bad) for your (?:\w+ )?(?:kids|children|wife|husband|parents|mother"
            r"|family|teachers?|partner)\b|\bi feel (?:sorry|bad) for the people (?:in your|around you|who know you)"
            r"|\b(?:were|was) you (?:dropped|born (?:stupid|this)|raised by)|\byour (?:parents|mother|mom"
            r"|family) (?:must|should) be (?:so |very |really |deeply )?(?:ashamed|disappointed|embarrassed"
            r"|disgusted)"
            r"|\bsomething (?:is )?(?:seriously |deeply |really )?wrong with you(?:r (?:head"
            r"|brain))?\b(?! (?:guys|and i love))",
            _I,
        ),
    ),
    (
        "people condemned",
        "it attacks a group of people",
        re.compile(
            r"\b(?:people|anyone|everyone|those|freaks?|creeps?|weirdos?|writers?|authors?|fans?|somebody|someone"
            r"|women|men|girls|immigrants|foreigners|gays|trans people) "
            r"(?:like (?:you|u|this author|the author)|who (?:\w+ ){0,2}(?:write|wrote|enjoy|like|read|make"
            r"|publish|post|support|ship|think up)s? (?:\w+ ){0,4}?(?:this|that|such|it|these|stuff|filth|shit"
            r"|trash|garbage|smut))"
            r".{0,60}\b(?:\w*list|locked|shot|jail|prison|sick|ill|disgust\w*|mental|banned|castrat\w*|die|hang"
            r"|kill\w*|scum|burn|gas(?:sed)?|problem|ruin\w*|therap\w*|help|not be allowed|never be allowed"
            r"|shouldn't (?:be|have|exist|breed|vote)|should not (?:be|have|exist|breed|vote)|don't deserve"
            r"|do not deserve|are why|what's wrong with|what is wrong with|are the reason|hell|disease|cancer"
            r"|asylum|cops|police|watched|supervis\w*"
            r"|near children)\b"
            r"|\b(?:women|men|girls|gays|queers|trans people|immigrants|muslims|jews|blacks|whites|asians"
            r"|christians|foreigners|trannies) (?:\w+ ){0,2}(?:can't|cannot|shouldn't|should not|should|are all"
            r"|are) (?:never |not |just )?(?:write|be allowed|stay in the|be (?:shot|gassed|banned|killed"
            r"|writing)|vermin|animals|subhuman|a disease|inferior|go back|disgusting|mentally ill|ruining)",
            _I,
        ),
    ),
    (
        "slur",
        "it uses a slur",
        re.compile(
            r"\bn[i1]gg(?:er|a)s?\b|\bf[a4]gg?[o0]ts?\b|\bfags?\b(?! (?:end|break))|\btrann(?:y|ies)\b|\bkikes?\b"
            r"|\bch[i1]nks?\b(?! in)|\bwetbacks?\b|\bdykes?\b(?= (?:author|writer|bitch|cunt))|\b(?:you|u"
            r"|ur) (?:\w+ )?(?:homo|queer|spic|paki)s?\b|\bsand ?n[i1]gg\w+",
            _I,
        ),
    ),
    (
        "told off",
        "it abuses the author rather than the story",
        re.compile(
            r"\b(?:fuck|screw) (?:you|u|off)\b(?= (?:and|you|author|with|loser|idiot|hack|i hope|die|nobody)"
            r"|[.,!]* (?:you|hack|loser|idiot|author|learn|never|i hope|die|nobody|go|stop|quit|your (?:story"
            r"|writing|fic|shit)))"
            r"|\b(?:fuck|screw) (?:you|the author)[, ]+(?:\w+ ){0,3}(?:hack|idiot|moron|loser|cunt|bitch|piece)"
            r"|\bshut (?:the fuck |your (?:mouth|trap|face) ?)+(?:up)?\b.{0,30}\byou\b"
            r"|\bstop writing\b.{0,60}\b(?:you (?:suck|are|have no|can't)|nobody|no one|forever|embarrass\w*"
            r"|disgrace|please god|save us|for the (?:love|good))\b"
            r"|\byou (?:\w+ )?suck(?: (?:as a|at (?:life|everything|being)|so (?:bad|hard|much)))?\b(?= (?:as a"
            r"|at (?:life|everything|being)|and)|[.!]*$)"
            r"|\b(?:kick|beat|smack|slap)(?:ed)? (?:some sense into you|your ass|the shit out of you)\b"
            r"|\beat shit\b|\bsuck my\b|\bgo (?:to hell|fuck (?:yo)?urself|screw (?:yo)?urself)\b|\bgo f(?:u"
            r"|\*)(?:c|\*)k (?:yo)?urself\b|\brot in hell\b(?= (?:you|author)|.{0,10}\b(?:you|hack)\b)"
            r"|\bmy (?:dog|cat|toddler|\w+ year old) (?:could|can|would) (?:\w+ )?(?:write"
            r"|do) (?:\w+ )?better(?: than you)?\b.{0,60}\b(?:you|hack|quit|give up|loser|idiot)\b"
            r"|\bonly (?:an? |a complete |a total )?(?:moron|idiot|retard|imbecile|pervert|sick (?:fuck|freak"
            r"|person)|degenerate|pa?edo\w*)s? (?:would|could|can|likes?|writes?|enjoys?|reads?)",
            _I,
        ),
    ),
)

_MILD_INSULT = re.compile(
    rf"{_YOU_ARE} (?:\w+ ){{0,2}}?{_MILD}\b"
    r"|\byou (?:absolute |utter |evil |cruel |magnificent |beautiful |total |complete |fucking |wonderful "
    rf"|glorious |sick )*{_MILD}\b"
    r"|\b(?:i |we )?(?:hate|despise|loathe|curse|damn|screw|fuck|darn|blast) (?:you|u|ya)\b(?!')|\bhow (?:dare"
    r"|could) (?:you|u)\b|\bwhat(?:'s| is) wrong with you\b|\bshame on you\b",
    _I,
)
AFFECTION = re.compile(
    r"[:;=x]'?-?[)dp(3oс/]|t[_.]t|;_;|;-;|qq|<3|❤|♥|💕|💖|😭|😢|😂|🤣|😍|🥺|😅|🥰|😱|💔|xd|\^_?\^|>[._]<|:'\(|\blo+l\b"
    r"|\blmf?ao\w*|\brofl\b|\bhaha\w*|\bhehe\w*|\bjk\b|\bj/k\b|/s\b"
    r"|\blove[sd]?\b|\bamazing\b|\bbrilliant\b|\bbeautiful\b|\bwonderful\b|\bgenius\b|\bmagnificent\b|\bthank(?:s"
    r"| you)\b|\bmore\b|\bupdate\b|\bcliff\w*|\bchapters?\b|\bcry(?:ing)?\b|\bcried\b|\bsob\w*|\btears\b"
    r"|\bfeel(?:s|ings)\b|\bheart\w*|\bbabies\b|\bmy (?:baby|boy|girl|son|poor|feels)\b"
    r"|\bwait\b|\bpls|\bplz|\bplease\b|\bsleep\b|\b\d ?am\b|\bkilled (?:him|her|them|off)\b|\bdo (?:this"
    r"|that) to (?:me|us|him|her|them)\b|\bleave (?:me|us|it)\b|\bending?\b|\bhug\b|\bgood\b|\bgreat\b|\bbest\b"
    r"|\bnext\b|\btwist\b|\bstory\b|!{2,}|\bmade me\b|\bmaking me\b",
    _I,
)
_FONDNESS = re.compile(
    r"[:;=x]'?-?[)dp3]|t[_.]t|;_;|<3|❤|♥|💕|😭|😍|🥺|🥰|\bjk\b|\bj/k\b|\bi love (?:you|this|it|your)\b|\bgenius\b"
    r"|\bmagnificent\b|\bbrilliant\b|\bkidding\b|\baffectionate(?:ly)?\b",
    _I,
)
_LAUGHING = re.compile(r"😂|🤣|xd\b|\blo+l\b|\blmf?ao\w*|\brofl\b|\bhaha\w*", _I)

_ADVERT_STRONG = re.compile(
    r"\b(?:i|we) (?:also )?(?:draw|make|create|design|illustrate|do|offer|sell|produce) (?:\w+ ){0,3}?(?:comics?"
    r"|art|artwork|covers?|manga"
    r"|illustrations?|animations?|portraits?|trailers?|audiobooks?|translations?)\b.{0,120}\b(?:discord|telegram"
    r"|whats ?app|insta(?:gram)?"
    r"|dm|pm|ping|contact|prices?|rates|commission\w*|hire|bring your|turn your)\b"
    r"|\bbacklinks?\b|\bweb traffic\b|\binquire within\b|\blead generation\b|"
    r"\bi(?:'m| am) an? (?:\w+ ){0,2}(?:artist|illustrator|animator|designer)\b.{0,150}\b(?:your discord|dm|pm"
    r"|commission\w*"
    r"|discuss|collab\w*|prices?|portfolio|turn your|draw your|contact)\b"
    r"|\b(?:our|my) (?:\w+ )?(?:marketing|promotion|publishing|agency|editorial) (?:team|agency|company|service)s?\b"
    r"|\breply with your (?:e-?mail|number|discord)\b|\b(?:great|business|exciting"
    r"|amazing) opportunity\b.{0,40}\b(?:contact|mail|dm|reach|for you)\b|"
    r"\b(?:add|dm|pm|message|contact|text|reach|hit|hmu|find|ping|write|talk|chat|discuss|speak"
    r"|connect)(?:ing)? (?:me |us )?(?:up )?(?:on|via|at"
    r"|in|through|over|thru) (?:\w+ ){0,2}(?:discord|telegram|whats ?app|insta(?:gram)?|snap(?:chat)?|e-?mail"
    r"|signal|line|wechat|skype|kik|gmail|twitter|facebook|messenger)\b"
    r"|\b(?:my|our) (?:discord|telegram|whats ?app|insta(?:gram)?|snap(?:chat)?|onlyfans|e-?mail|gmail)(?: (?:is"
    r"|tag|id|handle|username|name|address|:)|[:=@])"
    r"|\b(?:i'm|i am|im|we are|we're|as) (?:an? )?(?:\w+ ){0,3}(?:comic|manga|webtoon|commission|freelance"
    r"|digital|concept|graphic|character|professional|portrait)(?:s)? (?:and \w+ )?(?:artist|illustrator|designer"
    r"|animator|editor)s?\b"
    r"|\b(?:commissions? (?:are |is )?(?:now )?open|open for commissions?|take commissions?|my commission"
    r"|commission (?:sheet|price|rates?))\b"
    r"|\b(?:turn|adapt|make|convert|transform|bring) (?:\w+ )?(?:your|this|ur) (?:\w+ )?(?:story|work|fic|novel"
    r"|book|writing|characters?|fanfic)\w* (?:\w+ )?(?:into|to|as) (?:an? )?(?:\w+ )?(?:comic|webtoon|manga"
    r"|audio ?book|movie|film|animation|illustrations?|game|life)"
    r"|\b(?:free|cheap|buy|get|real|gain) (?:\w+ ){0,2}(?:followers|likes|subscribers|reads|votes|views|v-?bucks"
    r"|robux|gift ?cards?|iphones?|reviews|backlinks|essays?)\b"
    r"|\b(?:viagra|cialis|casinos?(?= (?:bonus|online|slots?|site|app))|online casino|forex|binary options"
    r"|crypto (?:invest\w*|trad\w*|signals?|profit\w*|giveaway)|bitcoin (?:invest\w*|profit\w*|giveaway)"
    r"|weight loss (?:pill|secret|supplement)\w*|seo (?:service|expert|agency)\w*|payday loans?|escort service"
    r"|porn site|hot (?:singles|girls|milfs)|essay writing service|loan offer|spell ?caster|sugar (?:daddy"
    r"|mommy))\b"
    r"|\b(?:earn|make|made|earning|making) (?:\w+ ){0,3}[$€£]? ?\d[\d,.k]* ?(?:[$€£]|dollars|usd|bucks|euros?"
    r"|k)? ?(?:\w+ )?(?:per|a|an|every|each|from|in) (?:day|week|hour|month|home|just|your)"
    r"|\b(?:work(?:ing)? from home|passive income|financial freedom|limited[- ]time offer|act now|click (?:here"
    r"|the link|my|on my|this link)|link in (?:my )?(?:bio|profile)|use (?:my )?(?:promo|discount|referral"
    r"|coupon)?(?: |-)?code\b|promo code|discount code|sign up (?:here|now|with my)|subscribe to my|follow my"
    r"|visit (?:my|our) (?:site|page|website|profile|blog|channel|store|shop)|check (?:out )?my (?:channel|page"
    r"|profile|site|website|blog|store|shop|patreon|onlyfans|bio|link|portfolio|youtube|instagram|etsy)|buy now"
    r"|order now|limited slots|100% (?:free|guaranteed|legit)|money back)\b"
    r"|\b(?:promote|promoting|promotion of|market|marketing|advertise|publish|monetize|monetise) (?:\w+ )?(?:your"
    r"|ur) (?:story|book|work|novel|fic|writing|webnovel|fiction)\b"
    r"|\b(?:sign|signed|offers?|offering|contract) (?:\w+ ){0,3}(?:exclusive|contract|contracted authors?"
    r"|signing bonus|royalt\w*).{0,60}\b(?:platform|app|authors?|writers?|novel)\b",
    _I,
)
_ADVERT_WEAK = re.compile(
    r"https?://|www\.|\b\w+\.(?:com|net|ru|xyz|shop|store|biz|info|io|gg|ly|me)\b|\bdiscord(?:\.gg)?\b"
    r"|\btelegram\b|\bwhats ?app\b|\binstagram\b|\bcommissions?\b|\bartists?\b|\billustrat\w+|\bportfolio\b"
    r"|\b(?:affordable|cheap|prices?|discount|offer|deal|deals|sale|promo\w*|sponsor\w*|giveaway|bonus|guaranteed"
    r"|investment|profit|earn|subscribe|followers?|dm|pm|inbox|collab\w*|opportunity|clients?|services?|website"
    r"|channel)\b|\bcheck (?:it |them |us |me )?out\b|\bread my\b|\bmy (?:new |own )?(?:story|fic|book|novel|work"
    r"|channel|blog|page|art)\b|@\w{3,}|#\d{4}\b|\+\d[\d ()-]{7,}",
    _I,
)
_SELF_PROMOTION = re.compile(
    r"\b(?:read|check out|try|visit|look at|go (?:read|check|see)|review|swing by|come (?:read|see)|vote for"
    r"|give .{0,15}a (?:read|look|chance)) (?:out )?my (?:\w+ ){0,3}(?:story|stories|fic|fics|fanfic|book|books"
    r"|novel|work|works|serial|blog|channel|page|profile|art)\b",
    _I,
)


_SPEECH = re.compile(r"\"[^\"\n]{1,400}\"")
"""Words between quotation marks are a character's, or somebody else's."""


def find_abuse(reading: Reading) -> Finding | None:
    """The reason to set this remark aside, or ``None``. Quoted words of the story are never held against a reader."""
    return _find_attack(_SPEECH.sub(" ", reading.said)) or _find_advert(reading.said)


def _find_attack(said: str) -> Finding | None:
    for name, why, pattern in _ATTACKS:
        match = pattern.search(said)
        if match and not _is_taken_back(said, name):
            return Finding(name, "attack", why)
    return None


def _is_taken_back(said: str, name: str) -> bool:
    """A joke among friends, by signs of fondness; laughter excuses a comic threat, but no insult: mockers laugh too.

    Nothing takes back a slur or "kill yourself".
    """
    if name == "threatened" and _LAUGHING.search(said):
        return True
    return name in ("insulted", "threatened", "told off", "driven away") and bool(_FONDNESS.search(said))


def _find_advert(said: str) -> Finding | None:
    weak = len({match.group().lower() for match in _ADVERT_WEAK.finditer(said)})
    if _ADVERT_STRONG.search(said) or weak >= 4:
        return Finding("advertising", "advert", "it looks like advertising")
    if _SELF_PROMOTION.search(said):
        return Finding("own story", "advert", "it asks you to read something of their own")
    return None


def is_affection(reading: Reading) -> bool:
    """Whether a rude word at the author is a reader's affection: "I hate you T_T", "you monster", "how dare you"."""
    return bool(_MILD_INSULT.search(reading.said)) and bool(AFFECTION.search(reading.said) or len(reading.words) <= 6)
