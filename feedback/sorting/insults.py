"""Insults: the words of which the rules on attacks are put together.

A new word, or a new way of naming somebody, is one entry here, and every rule knows it.
"""

from feedback.sorting.parts import Lexicon

_PARTS: dict[str, str] = {
    # Whom it strikes.
    "people": r"(?:people|guys|all|lot|both|two|of you)",
    "sir": r"(?:,? (?:sir|ma'am|madam|author|my friend|op|buddy|dude|mate|dear author|pal),?)",
    "you are": (
        r"(?:\byou(?: <people>)?<sir>?(?: <surely>)? (?:are|were born|must be|have to be|have got to be"
        r"|sound(?: like)?|seem(?: like)?|look like|act like|come (?:off|across) as|are being)|\bur)"
    ),
    "text": (
        r"(?:story|fic|chapter|book|novel|thing|piece|crap|trash|garbage|shit|drivel|filth|smut|mess|stuff|nonsense"
        r"|abomination|rubbish|dreck|slop|tripe|disgrace)"
    ),
    "author": (
        r"\b(?:(?:the|this|that|our|so-called|your|whatever) (?:<adj> |so-called |\"?)?(?:author|writer|op|hack)\"?"
        r"|op|(?:who(?:so)?ever|the (?:person|one|guy|people|<noun>) (?:who|that)|any(?:one"
        r"|body) who) (?:<surely> )?(?:wrote|writes?|made|makes|came up with|comes up with|posted|posts?|typed"
        r"|published|is (?:writing|behind)) (?:<curse> )?(?:(?:this|that|it|these|such)(?= (?:is|was|should|must"
        r"|needs?|has|deserves|belongs|are|can|ought|clearly|really|obviously|to|and|has to)\b)|(?:this|that|the"
        r"|these|such)(?: \w+){0,3}? <text>)|whoever is behind this|the (?:person|people) behind this)"
    ),
    "liking": (
        r"(?:(?:who|that) (?:<surely> )?(?:like|love|enjoy|read|praise|follow|comment(?:s|ed)? on|defend|support"
        r"|write|buy|upvote|recommend|ship|gush(?:es)? over|fall(?:s)? for|think up|publish|post|make|hang out"
        r"|lap(?:s)? up|wrote)s? (?:<curse> )?(?:\w+ ){0,3}?(?:this|that|such|it|these|here|stuff|crap|shit|trash"
        r"|garbage|drivel|filth|smut|you))"
    ),
    "readers": (
        r"\b(?:(?:all|most|half|the rest)(?: of)? )?(?:(?:the|these|those|you|your|other|all|fellow"
        r"|rest of the) ){0,3}(?:(?:comment(?:ers|ors|ators)|reviewers|readers|fans|simps|fanboys|fangirls"
        r"|comment section)(?:,? (?:here|in here|on (?:this|here)(?: \w+)?|below|of this \w+))?|(?:people|folks"
        r"|everyone|everybody|everyone else|anyone|anybody|someone|somebody|all of you|those|guys|adults"
        r"|grown (?:men|women)) (?:(?:comment|read|post|prais|cheer|gush|lurk|writ)ing (?:on |over |about )?(?:here"
        r"|this|in|it|that|such)(?: \w+)?|here|in (?:the|these|this) (?:comments|reviews|comment section|fandom)"
        r"|on this (?:site|page|archive)|<liking>)(?: \w+){0,2}?)"
    ),
    "groups": (
        r"\b(?:women|men|girls|females|gays|gay people|homosexuals|queers|queer people|lesbians|trans (?:people"
        r"|folks|women|men|kids)|transgender people|transgenders|immigrants|migrants|foreigners|refugees|muslims"
        r"|jews|christians|catholics|hindus|sikhs|buddhists|mormons|atheists|blacks|black people|whites"
        r"|white people|brown people|asians|chinese people|the chinese|indians|mexicans|russians|ukrainians"
        r"|americans|brits|poles|arabs|africans|turks|germans|the french|japanese people|koreans|pakistanis"
        r"|nigerians|latinos|hispanics|gypsies|the roma|disabled people|the disabled|autistic people|autistics"
        r"|autists|cripples|deaf people|blind people|fat people|(?:religious|lgbt\w*) people)"
    ),
    "nationality": (
        r"(?:russian|ukrainian|jew|muslim|indian|american|chinese|mexican|arab|pole|german|turk|african|asian|brit"
        r"|pakistani|gypsy|woman|female|gay|lesbian|immigrant|foreigner|christian|catholic|white|black)s?"
    ),
    "barred": (
        r"(?:(?:have|has) no (?:business|place|right)|(?:do not|don't|does not|doesn't) (?:belong"
        r"|have (?:any )?(?:business|place|right)))"
    ),
    "kin": (
        r"(?:family|mother|mom|mum|mama|father|dad|parents|wife|husband|kids?|children|child|son|daughter|partner"
        r"|boyfriend|girlfriend|spouse|sister|brother|dog|cat|friends?|teachers?|pets?|grandma|grandmother)"
    ),
    # What it calls them.
    "curse": r"(?:fucking|goddamn|damn|bloody|freaking|friggin|sodding|shitty|fuckin|godawful|motherfucking)",
    "surely": (
        r"(?:really|truly|clearly|just|actually|honestly|obviously|literally|still|simply|seriously|basically|all"
        r"|definitely|probably|always|never|only|nothing but|nothing more than|no better than|both|genuinely|quite"
        r"|kind of|<curse>)"
    ),
    "degree": (
        r"(?:such|so|very|too|an?|the|one|most|biggest|worst kind of|dumbest|some|bunch of|lot of|pack of|load of"
        r"|complete|completely|total|totally|utter|utterly|absolute|absolutely|real|right|proper|massive|huge|giant"
        r"|perfect|walking|living|certified|pure|little|big|old|as|<surely>)"
    ),
    "any word": r"(?!(?:of|at|to|for|with|than|from|on|in|about|like|who|that|not|no|and|but|or)\b)[\w'-]+",
    "adj": (
        r"(?:talentless|untalented|worthless|useless|pathetic|stupid|dumb|idiotic|moronic|imbecilic|retarded"
        r"|illiterate|brain ?-?dead|brainless|witless|mindless|clueless hack|disgusting|repulsive|revolting"
        r"|repugnant|vile|loathsome|despicable|contemptible|ugly(?! cry)|fat|obese|filthy|dirty|deranged|demented"
        r"|mentally ill|sick in the head|mental|delusional|ignorant|incompetent|unlovable|insufferable|subhuman"
        r"|inbred|spineless|gutless|soulless|creepy|degenerate|perverted|depraved|racist|sexist|beneath contempt"
        r"|unhinged|lowlife|good for nothing|less than human|two-faced|shameless|greasy|smelly|wretched|dim-?witted"
        r"|half-?witted|thick-?headed|feeble-?minded|rotten|hateful|fucked in the head|sick fucking|unfit to \w+"
        r"|dense as|thick as|dumber than|stupider than|dumb as)"
    ),
    "noun": (
        r"(?:morons?|imbeciles?|idiots?|retards?|cretins?|simpletons?|half ?-?wits?|dim ?-?wits?|nitwits?|dullards?"
        r"|dumb ?ass(?:es)?|dumbfucks?|fuckwits?|fucktards?|dipshits?|shitheads?|shitstains?|dickheads?|asshats?"
        r"|douche(?:bag)?s?|twats?|cunts?|wankers?|tossers?|bellends?|bitch(?:es)?|whores?|sluts?|skanks?|pigs?"
        r"|cows?|worms?|leech(?:es)?|parasites?|vermin|cockroach(?:es)?|maggots?|rats?|scum\w*|trash|garbage|filth"
        r"|inbreds?|imbeciles?|dirt\b(?! \w)|less than (?:nothing|human|dirt)|absolutely nothing|nothing(?=\W*$)"
        r"|waste of (?:an? )?(?:good )?(?:\w+)|pieces? of (?:shit|crap|garbage|trash|filth|work, you)"
        r"|excuses? for an? (?:\w+ )?(?:human|writer|author|person|man|woman)(?: being)?|losers?|failures?|frauds?"
        r"|hacks?|poser|wannabes?|nobod(?:y|ies)|cowards?|creeps?|freaks?|perverts?|pervs?|pa?edo\w*|predators?"
        r"|rapists?|groomers?|psychos?|psychopaths?|sociopaths?|degenerates?|subhumans?|animals|nazis?|fascists?"
        r"|bigots?|racists?|incels?|virgins?|neckbeards?|basement dwellers?|clowns?|joke(?! \w)|embarrassment"
        r"|disgrace|laughing ?-?stock|liars?|thie(?:f|ves)|plagiarists?|narcissists?|attention (?:whore|seeker)s?"
        r"|sheep|npcs?|bootlickers?|lunatics|nut(?:case|job)s?|low ?-?lifes?|cancer|plague|abominations?|mistake"
        r"|vegetables?|monkeys?|apes?|illiterates?|trolls? with|drooling \w+|mouth ?breathers?|knuckle ?draggers?"
        r"|village idiots?|smooth ?brains?|troglodytes?|goblins?(?= (?:with|who))|bottom of the barrel|pricks?"
        r"|buffoons?|oafs?|dolts?|dunces?|numbskulls?|blockheads?|bozos?|airheads?|slugs?|swine|fat ?ass(?:es)?"
        r"|asswipes?|blowhards?|shills?|hypocrites?|cesspool|garbage people|bottom feeders?|crybab(?:y|ies)"
        r"|ignoramus(?:es)?|scrubs?|jackass(?:es)?)"
    ),
    "superlative": (
        r"(?:(?:dumbest|stupidest|worst|ugliest|saddest|sorriest|lowest|thickest|dimmest|biggest|most (?:<adj>"
        r"|<low>|hated|hateable|boring|arrogant)) (?:<any word> )?(?:persons?|people|human(?: being)?s?"
        r"|individuals?|creatures?|writers?|authors?|joke|fraud|<noun>|life form|excuse|hack|thing)(?: \w+)? (?:on"
        r"|in|of|alive|ever|i have|to ever|that ever|i ever|who ever|around|anywhere))"
    ),
    "low": (
        r"(?:sad|pathetic|sick|miserable|bitter|sorry|stupid|dumb|fat|ugly|vile|nasty|disgusting|creepy|worthless"
        r"|useless|hateful|horrible|awful|terrible|despicable|filthy|dirty|lonely|rotten|weird|deranged|talentless"
        r"|petty|spiteful|ignorant|greasy|gross|illiterate|lousy|shitty|worst|shit)"
    ),
    "person": (
        r"(?:m[ae]n|wom[ae]n|persons?|people|humans?|human beings?|individuals?|creatures?|boys?|girls?|child|soul"
        r"|bastards?|fucks?|fuckers?|thing|bunch|lot|writer|author|fellow|being|trolls?|toads?|weasels?|snakes?"
        r"|dogs?|weirdos?|swine|hags?|goblins?|ghouls?|slob|brat|cow|goat|fool|ape|bint)"
    ),
    "insult": (
        r"(?:(?:(?:<adj>|<low>|<any word>),? (?:and |little |old )?){0,3}<noun>|(?:(?:<low>|little"
        r"|old),? (?:and )?){0,2}<low>,? (?:(?:and )?(?:little|old|small|lonely|<low>) ){0,2}<person>|<adj>)(?!-)\b"
    ),
    # Words that only the writer of a story, or a poster on a site, can be told.
    "writing": (
        r"\b(?:writ(?:e|es|er|ing)|wrote|spell(?:ing)?|grammar|author|story|stories|fic|fics|words|keyboard"
        r"|post(?:ed|ing)?|publish\w*|read(?:ers?)?|english|school|site|account|hobby|talent|drivel|sentence|online"
        r"|internet|day job|book|books|nobody|no one|everyone|quit|give up|get (?:help|a life|a job|lost)|shut up"
        r"|log off|go away|grow up|touch grass|delete|your (?:\w+ )?(?:work|mother|mom|parents|life))\b"
    ),
    # What is wished on them, or threatened.
    "body": (
        r"(?:(?:(?:every|all|both|each|one|any)(?: one)?(?: of)? )?(?:\w+ ){0,2}(?:(?:in|of|on|from|off) )?(?:your"
        r"|ur) (?:\w+ )?(?:face|skull|teeth|legs?|head|fingers?|neck|jaw|nose|hands?|arms?|kneecaps?|throat|bod(?:y"
        r"|ies)|bones?|brains?|window|windows|door|house|home|life|career|laptop|keyboard|computer|phone|family|dog"
        r"|cat|mother|kids|car|tires|tongue|eyes?|ribs|spine|guts|ass|back)\b)"
    ),
    "harm": (
        r"(?:kill|hurt|beat|punch|slap|hit|stab|shoot|strangle|choke|smash|gut|skin|bash|end|destroy|ruin|burn|rape"
        r"|hang|drown|cripple|murder|slaughter|execute|lynch|gas|behead|butcher|poison|spit (?:on|at|in)|piss on"
        r"|run over|cut(?: off)?|break|crush|shatter|snap|knock out|pull out|rip (?:out|off)|tear (?:out|off)"
        r"|set fire to|throw|kick|dox+|swat|hunt(?: down)?|track(?: down)?|torture|neuter|sterili[sz]e|castrate"
        r"|whip|(?:put|throw|stick|shove|drive) (?:a|an) (?:\w+ )?(?:bullet|knife|brick|rock|bomb|fist|stake|sword"
        r"|gun|boot|axe) (?:in|through|into|at|to|up)|throttle|maim|bury)(?:e?s)?"
    ),
    "harmed": (
        r"(?:killed|shot|hanged|hung|beaten|raped|gassed|executed|sterili[sz]ed|castrated|strangled|drowned|stabbed"
        r"|burne?d?t?(?: at the stake| alive)|lynched|put down|put to sleep|euthani[sz]ed|aborted|whipped|neutered"
        r"|punched|tortured|run over|deported|locked (?:up|away)|jailed|imprisoned|arrested|institutionali[sz]ed"
        r"|committed|fired|sacked|banned|ashamed|exterminated|wiped out|doxx?ed|sued|horsewhipped|flogged"
        r"|put (?:away|out of|in (?:jail|prison|a|an)|on a)|buried|eradicated)"
    ),
    "death": (
        r"(?:dies?|rots?|suffers?|choke|burns?|bleed|drown|perish|croak|(?:get|gets|catch|have"
        r"|has) (?:\w+ ){0,2}(?:cancer|aids|covid|hit by|run over|raped|shot|stabbed|killed|hurt|sick|fired|sued"
        r"|murdered|what you deserve|mugged|beaten|crushed|broken|burned)|never wake|lose (?:your|everything|all"
        r"|both)|go blind|go bankrupt|go to hell|fail|disappear|drop dead|end up (?:dead|alone|in|homeless|jobless"
        r"|miserable)|(?:are|is|were|was) (?:dead|next|miserable|<harmed>)|crash(?:es)?|live in (?:pain|misery)"
        r"|wither|fall (?:down|off|under|in)|step (?:on a mine|in front)|stop breathing|cease to exist"
        r"|get <harmed>)"
    ),
    "self harm": (
        r"(?:(?:kill|hang|neck|shoot|drown|off|unalive|end|rope|hurt|cut|stab|choke|poison|strangle|gas|delete"
        r"|uninstall|gut|bury|hate) ?your ?self|(?:throw|fling|chuck|yeet|hurl) your ?self (?:off|in|under|out|into"
        r"|from)|(?:slit|slash|cut|open) (?:your|ur) (?:own |fucking )?(?:wrists?|throat|veins)|(?:end"
        r"|take) (?:your|ur) (?:own |miserable |pathetic |sad |sorry |worthless ){0,3}(?:li(?:f|v)e|existence"
        r"|suffering)|(?:jump|leap|throw .{1,8}|walk|drive|step|hop|fall) off (?:of )?(?:an?|the nearest"
        r"|the tallest|some) \w+|(?:jump|walk|step|lie down|lay down|dive) (?:in front of|under|into|in) (?:an?|the"
        r"|some|oncoming|heavy)? ?(?:\w+ )?(?:train|bus|truck|car|lorry|traffic|tracks|tram|road|freeway|motorway"
        r"|woodchipper)|play (?:in|on) (?:the |some )?(?:\w+ )?(?:traffic|freeway|motorway|highway|train tracks"
        r"|road)|(?:drink|chug|swallow|gargle|eat|down|inject) (?:some |a (?:bottle|glass|gallon|cup) of "
        r"|all the )?(?:bleach|poison|drano|glass|rat poison|cyanide|antifreeze|lye|acid|a bullet|bullets|tide pods"
        r"|pills|razor ?blades)|(?:put|stick|shove) (?:your|ur|a|an) (?:head|gun|bullet|noose|rope|shotgun|pistol"
        r"|plastic bag) (?:in|into|to|through|round|around|over|inside|against) (?:an?|the|your"
        r"|ur) (?:\w+ )?(?:oven|head|mouth|neck|skull|brain|temple|noose)|blow (?:your|ur) (?:\w+ )?(?:brains"
        r"|head) (?:out|off)|(?:find|tie|get|buy) a (?:noose|rope and|gun and|tall bridge|cliff)|commit (?:suicide"
        r"|seppuku|sudoku)|take a long walk off|overdose(?! of)|do a flip off|eat a bullet|take a bath with (?:a"
        r"|your) toaster|bathe with a toaster|stop breathing|hang(?:ing)? (?:yourself "
        r"|from )?(?:from )?an? (?:\w+ )?(?:tree|rope|rafter|beam|ceiling|lamp)|(?:step|stand|sit"
        r"|tread) on an? (?:\w+ )?(?:landmine|land mine|mine|grenade)|end it(?: all)?\b(?! (?:here|there|with|on"
        r"|like|the|this|in))|lick (?:an? )?(?:\w+ )?(?:socket|outlet|battery)"
        r"|stick a fork in an? (?:\w+ )?(?:socket|outlet)|swan dive off|get hit by an? \w+|(?:meet|kiss|hug"
        r"|fight) (?:the front of )?an? (?:\w+ )?(?:train|truck|bus|lorry)|rope\b(?= up| now|\W*$)"
        r"|vanish(?= (?:from|forever|already)|\W*$))"
    ),
    # How one is told to do something: at the start of a sentence, or with "you should".
    # Flat and bounded: what may stand before is one list of single words, so that nothing is tried twice.
    "start": (
        r"(?:(?:^|[.!?;:,\n(\"-] ?)(?:(?:and|so|or|just|please|now|go|then|ok|okay|hey|lol|honestly|seriously|dude"
        r"|bro|man|kindly|really|better|oh|also|fuck|off|shut|up|take|get|the|a|hint|fucking|author|writer|op|loser"
        r"|moron|idiot|hack),? ){0,6})"
    ),
    "urge": (
        r"(?:\b(?:you (?:\w+ )?(?:should|could|can|need to|ought to|must|might as well|deserve to|should try"
        r"|should consider|should think about|(?:would|had) better|better|have to|belong|got to)|why (?:don't|not"
        r"|won't|can't) you|how about you|do (?:us|me|everyone|everybody|the world|yourself|humanity"
        r"|your \w+)(?: \w+){0,2} a (?:\w+ )?(?:favou?r|service)(?:,| and| by|:| -)?|the (?:best|only|kindest"
        r"|nicest) (?:\w+ )?thing you (?:can|could|will) (?:\w+ )?do (?:\w+ ){0,5}is(?: to)?),? (?:(?:just|all"
        r"|really|honestly|please|fucking|go|and),? ){0,5})"
    ),
    "go": r"(?:<start>|<urge>)",
    "hope": (
        r"\b(?:hope|hoping|wish|wishing|pray|praying|can't wait (?:for|until|till)|would love it if|only wish"
        r"|looking forward to the day|would (?:laugh|cheer|celebrate|dance|be happy|be glad) (?:if|when))(?: that)?"
    ),
}


pattern = Lexicon(_PARTS).pattern
"""A rule on attacks as an expression to search with."""
