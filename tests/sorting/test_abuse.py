"""Abuse is not swearing: what is set aside, what is not, in more than two hundred cases of our own."""

import pytest

from feedback.sorting import Sorter

ATTACKS = """
kill yourself, nobody wants you here
kys lol
please just go hang yourself
Go die.
I hope you die alone.
I hope you get cancer and rot.
hope your mother gets run over
Someone should put you down.
you should be shot for this
You deserve to be beaten.
Drink bleach.
Drop dead, hack.
the world would be better without you
The world would be a nicer place if you had never been born.
your mother should have aborted you
die in a fire you worthless worm
I know where you live.
I'm going to come to your house and hurt you.
watch your back
Someone ought to break your fingers.
I will find your real name and tell your boss what you write.
we're going to dox you
You are a talentless hack.
you're an idiot
you're a complete moron and so is anybody who reads this
ur a retard
You are a disgrace.
You are pathetic.
you're such a loser
you stupid cow
you talentless bitch
you worthless piece of trash
You're nothing but a fraud.
The author is a moron.
the author must be brain dead
This author is clearly a pedo.
you sound like a psychopath
What a pathetic excuse for a human being.
What a talentless waste of space.
such a sad little life you must have
You have no talent and no friends.
you are mentally ill
You're a sick freak.
You ugly troll, go away.
you are trash and your parents know it
you fucking idiot, learn to write
You absolute waste of oxygen.
You dumb illiterate clown.
Nobody likes you.
No one wants you here, leave.
Nobody asked for your opinions, you creep.
everyone hates you
we all hate you so just quit
Do us all a favor and never touch a keyboard again.
do the world a favour and disappear
Delete your account.
uninstall life
go back to where you came from
Crawl back to your hole.
Get the fuck off this site.
stay out of our fandom
You don't belong here.
You don't deserve to live.
You don't deserve readers.
Your kind ruins everything.
You should be ashamed of yourself.
You should be banned from writing.
you should be locked up
You should never have children.
I feel sorry for your kids.
Were you dropped on your head?
Your parents must be so disappointed.
there is something seriously wrong with you
People who write this belong on a list.
People like you should be locked up.
Anyone who writes this filth should be in jail.
Everyone who reads this garbage is sick and should be shot.
Writers like you are why I have no hope for this world, you should all be banned.
Someone who makes up this shit needs to be on a police list.
freaks like you are what is wrong with this site, you're sick
women shouldn't be allowed to write fantasy
Trans people should not be allowed near stories.
Immigrants are all vermin.
faggot
stupid tranny author
fuck you and your story
Fuck off and die.
Fuck you, hack.
Go fuck yourself.
go to hell you moron
suck my dick
stop writing, you are an embarrassment
Stop writing. Nobody wants to read your drivel, you suck.
You suck as a writer and as a person.
My toddler could write better than you, quit, you hack.
Only a moron would write this.
only a pervert could enjoy this
shut the fuck up, nobody asked you
k!ll yourself
KILL YOURSELF
YOU ARE A DISGUSTING HUMAN BEING
rope yourself
You are worthless and this story proves it.
i hope you never wake up
Quit, you useless hack.
Honestly, you deserve every bad thing that happens to you.
hope ur house burns down
get a real job loser
Get a life, you troll
""".strip().splitlines()

ADVERTS = """
Love your story, I'm a comic artist, add me on Discord: penfox
Hi! I am a professional illustrator and I would love to draw your characters, message me on Instagram.
My commissions are open, prices in my bio!
I can turn your novel into a webtoon, contact me on Telegram.
We make audiobooks! Turn your story into an audiobook today.
Great work! dm me on discord if you want art of your characters, cheap prices
Buy cheap followers now
Get free gift cards here!!!
Earn $300 a day working from home
I made 2000 dollars a week with this simple trick
online casino bonus, sign up here
cheap viagra no prescription
Visit my website for discounts: www.shoes.example.com
Check out my channel for more content like this
Subscribe to my youtube channel
use my promo code MOON20
Essay writing service, best prices
We offer exclusive contracts with royalties to authors on our platform
I can promote your story and bring you thousands of readers, reach me via WhatsApp
join my crypto trading group on telegram
bitcoin investment, guaranteed profit, contact us
read my story please it's called Black Moon
go check out my fic on my profile
Please visit my blog, I post stories too
my discord is artsy_wolf, hmu for commissions
I'm a freelance comic artist looking for projects, my portfolio is linked in my profile
hot girls in your area, click here
Dr. Ade the spell caster brought back my husband, email him
SEO services for your site, limited time offer
Order now, 100% guaranteed
click the link in my bio
Hello dear, I love your writing, can we talk on WhatsApp about a business opportunity?
Your story deserves to be a manga. I draw manga, add me on Discord to discuss prices.
follow my instagram @inkypaws for art
I draw comics for a living and would like to bring your tale to life, ping me: Discord moth#11
Quality backlinks and web traffic for authors, inquire within
""".strip().splitlines()

HARMLESS = """
Holy shit that was amazing
the villain is such a bastard
Fuck, that hurt.
What the actual fuck just happened
Damn, what a chapter!
fuck yes, she did it
This was fucking brilliant.
shit shit shit, not the bridge
God damn it, I knew it!
I hate you T_T
I hate you so much right now, that ending!!
i hate you <3
how dare you
How dare you end it there!
HOW DARE YOU MAKE ME CRY
you monster
You monster! My poor boy!
you absolute monster, that cliffhanger
You evil genius.
you magnificent bastard
You cruel, cruel author 😭
curse you and your cliffhangers
Damn you, I was going to sleep tonight.
screw you for making me love a doomed ghost lol
fuck you that was beautiful 😭
You're killing me with these cliffhangers.
you're going to kill me one of these days
this killed me, I'm dead
I'm dying
kill me now
update or I riot
Update or I'll scream
If you don't update soon I will die
post the next chapter or else!
I will hunt you down if he dies (jk)
I'm going to need therapy after this, and I'm sending you the bill.
You sadist, you enjoy our tears, don't you?
you're the worst (best)
You're insane and I love it.
What is wrong with you, why would you do that to her?!
shame on you for stopping there
You broke me.
you have ruined me for other books
I want to fight you (affectionately).
Stop being so good at this, it's rude.
Lord Marrow is a talentless hack of a wizard.
That bitch! I knew she was lying.
Aldous is such an idiot.
The king is a moron and deserves to die.
I hope Marrow dies screaming.
somebody kill that traitor already
He should be hanged for what he did to the village.
What a pathetic little man the steward is.
The bishop is scum.
I want to punch Corin in the face.
Kill him, Wren! Do it!
She ought to stab him in his sleep.
Why didn't he just kill himself before the curse took hold?
The cult leader belongs in jail.
People like Aldous are why nobody trusts the guild.
"You are a worthless failure," and then she cries. My heart.
> "Go die in a ditch, you worthless cur."

I love how rude she is to him.
Honestly this chapter was bad.
This story is garbage compared to the first one.
The plot is stupid and makes no sense.
I hated this chapter.
Worst ending I have read in years.
The dialogue is terrible.
This is boring as hell.
Sorry, but the writing is awful and I'm dropping this.
Your grammar is atrocious.
You can't spell.
your tenses are a mess
The main character is an idiot and I can't stand her.
That was a dumb twist.
I don't like where you are taking this.
You have lost me as a reader.
You keep forgetting your own rules.
You write women badly.
I think you should stop adding new characters.
You should be ashamed of that pun!
you need to stop hurting my favourite characters
Nobody likes the steward.
No one cares about the wedding, bring back the dragon!
Delete that last line, it spoils the mood.
Go back to the first scene and read it again, the knife is in the other hand.
I feel sorry for the kids in this story.
I feel bad for your main character.
Were you thinking of the old myth when you wrote this?
There is something wrong with the formatting in the second half.
I know where this is going.
Watch your tenses.
You have no idea how happy this made me.
I'm an artist too and I loved the painting scene.
Is there a Discord for this story?
I found this through a link on a forum.
The story is also on your website, right?
Do you have a Patreon? I'd like to support you.
The scene with the merchant selling cheap potions was fun.
The casino heist was the best part.
He makes 300 coins a day, how can he be poor?
Could I make fan art of this?
I recommended this to all my followers on Tumblr.
My story idea was similar, but yours is much better.
I drew the bridge scene, it's the first thing I have drawn in years.
You glorious bastard, you actually did it!
Well fuck me sideways, I did not see that coming.
Bloody hell, the ending!
Ugh, men. Burn them all, Isa.
The demon is a sick freak and I love him.
This is sick!
that was insane, you are insane
Sick twist, dude!
you suck :( why would you stop there
rude. how could you.
I can't believe you killed him, you heartless wretch! ❤️
you're mean T_T
You're evil and I love you.
go to sleep author, you posted this at 4am
Get out of here with that cliffhanger!
shut up, this is too good
oh shut up that was adorable
I'm going to hurt somebody if they don't kiss soon
My cat would like to fight your cat.
Die, zombie king, die!
She should drop dead already, that duchess.
grow up, Corin, you idiot
you deserve all the praise
shut up and take my money
I make art sometimes and this scene would be fun to draw
Never stop torturing us, you wonderful villain!
Kill the goblin, take the gold, that's all he needs to do.
""".strip()


def harmless() -> list[str]:
    """The cases of `HARMLESS`; one of them is a quotation with an answer, and so has an empty line inside."""
    return HARMLESS.replace("\n\n", "\0").splitlines()


@pytest.fixture(scope="module")
def sorter() -> Sorter:
    """The sorter as it ships."""
    return Sorter()


def kinds(sorter: Sorter, text: str) -> set[str]:
    """The kinds of a review's remarks."""
    return {remark.kind for remark in sorter.sort(text.replace("\0", "\n\n"))}


def test_the_table_is_long_enough() -> None:
    cases = [*ATTACKS, *ADVERTS, *harmless()]
    assert len(cases) == len(set(cases))
    assert len(cases) >= 200


@pytest.mark.parametrize("text", ATTACKS)
def test_an_attack_is_set_aside(sorter: Sorter, text: str) -> None:
    assert "hostile" in kinds(sorter, text)


@pytest.mark.parametrize("text", ADVERTS)
def test_advertising_is_set_aside(sorter: Sorter, text: str) -> None:
    assert "hostile" in kinds(sorter, text)


@pytest.mark.parametrize("text", harmless())
def test_swearing_affection_and_criticism_are_not(sorter: Sorter, text: str) -> None:
    assert "hostile" not in kinds(sorter, text)


@pytest.mark.parametrize("text", ["kill yourself", "you talentless hack", "add me on Discord: penfox"])
def test_the_rules_alone_know_the_plain_cases_and_say_why(text: str) -> None:
    remark = Sorter(None).sort(text)[0]
    assert (remark.kind, remark.source, remark.unsure) == ("hostile", "rule", False)
    assert remark.why
