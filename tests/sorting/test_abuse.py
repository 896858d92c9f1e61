"""Abuse is not swearing: what is set aside, what is not, in more than five hundred cases of our own."""

from time import process_time

import pytest

from feedback.sorting import Sorter
from feedback.sorting.abuse import find_abuse
from feedback.sorting.reading import readings

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
You f*cking moron, learn to write.
What an idiot. Can't even spell.
You, sir, are a moron.
you are a sad little man
u suck
slit your wrists
Rot in hell.
k y s
go play in traffic
Do everyone a favour and jump off a bridge.
I will find you and make you regret this.
I'd spit in your face if we ever met
If I ever see you, I'll punch you.
I hope someone doxxes you
No one will ever love you
No wonder your wife left you.
lol this loser thinks he can write
The other commenters here are all brain-dead sheep.
I hate you and I hope you never write again.
Get help, you psycho.
You are the worst writer on this site and everyone is laughing at you
Y0u are tr4sh
Whoever wrote this is a degenerate
The idiot who wrote this should be fired.
I've met houseplants with more brains than you.
Whoever told you that you could write lied to you, you sad waste of a keyboard.
I hope somebody breaks every bone in your hand so we never have to see another chapter.
Go step on a landmine.
You people make me ashamed to be human.
How does it feel to be the dumbest person on the internet?
ur a f@ggot and everyone knows it
fcuk you, seriously, die already
You're garbage, your mom is garbage, your whole bloodline is garbage.
d i e   i n   a   f i r e
Hope you get hit by a bus on the way to work tomorrow
Just end it already, nobody would notice.
Are you actually retarded or do you just write that way
Everyone commenting here is a bootlicking moron.
Only inbreds would enjoy a chapter like this.
People from your country shouldn't be allowed to touch English.
It's no surprise, Indians can't write anything worth reading, go back to your call centre.
Muslims like you should all be thrown out.
Autistic people have no business writing romance.
I know which school you go to, see you Monday.
One day someone is going to put a brick through your window and I'll laugh.
Sleep with one eye open.
You wouldn't last five minutes face to face with me, coward.
Your husband is cheating on you and honestly who could blame him.
I bet your children are embarrassed to share your last name.
Get off the internet and get on some medication, freak.
what a disgusting little troll you are
You're a sad, lonely, middle-aged failure writing for children.
A trained monkey would be a better author than you will ever be, imbecile.
This author belongs in an asylum.
The creature who vomited this onto the page ought to be put out of its misery.
Swallow a bottle of pills
you should try hanging from a tree
The best thing you could do for literature is to die.
Nobody asked you to write, nobody wants you to write, just vanish.
You disgust me as a human being.
This is what happens when morons get a keyboard
Shut your filthy mouth and never post here again.
You are less than nothing. You are dirt.
Congratulations, you're officially the biggest joke of this website, now get lost.
Fuck you, you talentless cunt.
I hope your house gets broken into and they take everything.
nobody here can stand you, take the hint
Why don't you go and drown yourself in a toilet
You're the reason people hate this genre, you smug prick.
Go f yourself, author
This was written by a complete cretin.
Your parents should have used protection.
I will make sure you never sleep peacefully again.
We have your address now. Expect a visit.
I'd love to watch you bleed.
Somebody ought to smash your laptop and your hands with it.
Anyone enjoying this needs their head examined, you are all sick.
All of you reading this trash are idiots.
Gay people shouldn't be in children's stories, they are sick.
Typical Russian, thieves and liars the lot of you.
Christians like you are a disease.
What kind of brainless waste of skin comes up with this?
You are so ugly inside it shows in your writing.
you absolute buffoon, you can't even count
Kill urself plz
Take the hint and end your miserable existence.
You deserve nothing good in life.
Choke.
I wish you a slow and painful death.
Hopefully you'll get fired from your real job too, if you even have one, loser.
Are you on drugs or just born dumb?
You clearly have a mental illness, seek professional help and stay away from kids.
You pathetic virgin, go outside for once.
No publisher will ever touch you, you are a nobody.
The writer is obviously a pedophile.
OP is a clown.
You're a thief. You stole this from a better writer, you parasite.
Imagine being this stupid and still posting online.
lmao imagine thinking you're a writer, you're a joke
Your existence is an insult to literature.
I spit on you and your work.
You people are cancer and this website should be burned down with all of you inside.
You are an insufferable little worm and your readers deserve better.
Go hang yourself, nobody would care.
Whoever writes this garbage is a moron.
I hope you lose everything you love.
ur such a pathetic loser lol get a life
You're dumb as a brick.
f u c k  y o u you hack
Jump in front of a train.
I'm going to find your family.
You deserve cancer.
This author is a known thief and a liar.
Everyone in the comments is an idiot.
Jews should be kept out of this fandom.
What a waste of oxygen you are.
kill yourself you f*ggot
Stop breathing.
I hope your kids get sick.
Hey retard, learn grammar.
You should have been aborted.
No one would cry if you died tomorrow.
You make me want to vomit, you ugly cow.
I'd pay to see someone break your jaw.
Only a degenerate could come up with such filth.
Do your parents know you are such a failure?
You filthy immigrants ruin every site.
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
Hi, I am a talent scout for NovelHarbor, a publishing platform. Please write to scouts@novelharbor.example.
I was so moved by your story that I'd love to draw it. Kindly add me: name on discord
We help authors sell. Our book promotion service puts your story in front of 50,000 readers. Reply if interested.
WhatsApp +1 555 0100 for best loan deals
Follow me on twitter for a follow back!
Your story is so vivid! I'm an artist and would love to illustrate it. my tag is zoe#1234
What a great chapter. I am a comic artist. Do you have Discord or Telegram so we can discuss?
Hello author! I stumbled upon your work and I'm truly impressed. I work as a cover designer and would be \
honored to make one for you. You can reach me at lunadesigns@mail.example.
Loved this!! Btw I make animated trailers for novels. Text me on Snap: trailerking99
Are you interested in getting your book into Amazon's top 100? Our experts can do it in two weeks.
Hey, we're a team of readers who leave honest five-star reviews for a small fee. DM for details.
Need cash fast? Apply for a loan with no credit check at quickcash.example
Your writing has such potential. I'm an editor with StoryNest and we'd love to have you on board with a \
monthly salary. Please send your e-mail.
I have a proposal for you that could turn your hobby into income. Hit me up on Telegram @growthguru
Come join my server for writers! https://discord.gg/abc123 We have daily prompts and giveaways.
BEST PRICE SNEAKERS 70% OFF www.kicks-outlet.example
I lost everything until Mr Frank, a certified trader, helped me recover my money. Contact him on WhatsApp.
Amazing chapter! The emotions were so real. I do character illustrations for authors like you. Would you mind \
sharing your Discord so I can show you my samples?
Please support my new novel The Blood Orchard, link in my profile!
Anyone who liked this should go to my page and read my series, it's better
Looking for someone to narrate your book? I've a warm deep voice and fair rates, mail me.
My lover left me and Dr Oba brought him back in 24 hours with his spell, reach him on +234 801 555 0199
Check my bio for spicy pics ;)
Your characters deserve to be seen! I'm a digital artist, let me bring them to life. What's your Insta?
I read your story in one sitting. As a literary agent I see a great deal of promise. Could we move this \
conversation to email?
Get 10k reads on your story in one week guaranteed
Hi dear, I am a comic creator and your story touched my heart. I'd like to make a webcomic of it. If you want \
to see my work, my Discord name is sketchyfox.
Hi there! Your story would make a stunning comic. I have ten years of experience drawing for indie authors. \
Can we talk on Discord? Mine is quillfox_art
I'm an illustrator who fell in love with your heroine, my prices start at 30 dollars, write me at ink@paper.example
Hey love, want to earn from your stories? Join WebTales today and get a $200 bonus per book!
I am an editor from a reading app, we'd like to invite you to publish with us. My WhatsApp: +62 812 0000 111
Get your free trial of NovelBoost now! Thousands of authors already trust us.
I do voice acting. If you want your story as an audio drama, contact me, my handle is @deepvoice.
Looking for sponsors and investors in our coin, huge returns, telegram t.me/moonpump
Hot single women near you are waiting, sign up for free
Follow my page for more stories like this one
Please read and vote my book, it is called Ashes of Us, it is on my profile
Your book is a hidden gem. I run a book club of 3,000 members and we would like to feature it. There is a \
small participation fee.
I can write your homework for cheap, text 0700 900 111
Buy verified accounts and followers at socialboost.example
Great story! By the way, our company designs covers. Send us an e-mail to get a quote.
Wow I'm obsessed with your characters, can I draw them? I'm pretty active on Insta, dm me there @softbrush so \
I can send you sketches and my price list
Do you want more reads and comments? I can get you on the front page, ask me how.
I lost 20 pounds with this tea, link here https://slimtea.example
Join our writing contest, entry only 10 euros, details on our website.
Hello, are you open to a paid collaboration? I manage an audiobook channel with 100k subscribers, reach me by email.
Watch full movies free at www.filmz.example
Hello, I'm a book cover artist with affordable prices, check my gallery at coverlab.example
Loved it! I'm an animator, could we chat on Telegram about bringing your story to the screen?
Make money from home, 500 dollars weekly, message me
We publish web novels in 12 languages and offer generous royalties. Contact: hello@papertiger.example
Hi, I want to draw your characters so bad, add my Discord inkmoth#2201
Get more followers with our app, download now
Your story needs more readers! I'm a promoter with 20k followers on TikTok. DM me.
Best online casino, free spins today
Read my book Crimson Gate, it has dragons too, link on my profile
I do beta reading and editing at low rates, inbox me for my price list
Are you looking for a publisher? Our house accepts new authors, apply at www.ourhouse.example
I read this for my YouTube channel, subscribe to my channel Tale Corner for audiobook versions
""".strip().splitlines()

HARMLESS = """
I hope your laptop never breaks down so you can keep writing.
I hope your hands never break, you write so well.
The author should never stop writing.
This author should never have to apologise for a late chapter.
Someone should lock you in a room until you finish this book.
The line 'you are a worthless idiot' hit me hard.
I'm not going to say you're an idiot, but the plot has holes.
I know where you live... in my head, rent free.
Do you take commissions? I'd pay you for a oneshot.
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
The villain deserves to die in a fire
You idiot, Ben, don't open the door!
Oh Ben you absolute idiot
You're pathetic, Corvin.
you deserve to die, Corvin
go die, Corvin
eat shit Corvin!!
go to hell, Corvin
Corvin can go to hell
burn in hell Corvin you absolute waste of space
go to hell for that ending, author, I loved him
I am going to come to your house and make you write the next chapter
Kys is a weird name for a town
My email is down so I comment here
I will hunt you down if he dies, (affectionate)
Do you have a Discord server?
There is a wiki page on it: https://en.wikipedia.example/wiki/Mill
I drew Ilse on the bridge as a thank-you, here it is: https://pics.example/ilse
If you like this, read The Glass Ferry, it's wonderful.
Since you asked: my own fic has a scene a bit like it.
You read my story last year and it made my day
I'm an artist too and I loved the painting scene. Is there a Discord for this story?
I'd love to draw fan art of Ben, do you have a Discord server where I can post it?
No, Ben! You absolute idiot!
Jump off the tower, Isa, the griffin will catch you!
I swear if you hurt that dog I will end you, author.
Marrow is the worst kind of coward and I hope he rots.
You absolute legend, you did it again.
You're a menace and I adore you.
Why are you like this, my heart can't take it.
What an idiot that sheriff is.
You can't just leave us there, you villain!
I'd kill for a chapter from her point of view.
Someone should slap Tobin, honestly.
I want to throw my phone out of the window.
This made me want to jump off a bridge, in the best way.
Please don't kill yourself over the schedule, rest well!
Anyone who calls you a hack can fight me.
Don't listen to the trolls telling you to quit, you're great.
I was an idiot for not seeing it coming.
The people in that village are morons and deserve the flood.
All the nobles in this book are parasites.
In this kingdom women are not allowed to own land, which feels right for the period.
The way the guards treat foreigners as vermin was chilling to read.
The slur in chapter four felt too modern.
The suicide scene was handled with great care.
I used to hurt myself like Isa does, thank you for writing this.
Did he slit his wrists or was he murdered?
He should have drunk the poison himself.
Corvin, you absolute fool, she loves you!
You lying snake, Aldous!
Oh Tobin, you dumb, dumb boy.
Run, you idiots!
Get up, you lazy king!
I hope you rot in that dungeon, Marrow.
I hope you never stop writing.
I hope you choke on that ring, you wretched bishop!
Your villain is disgusting, well done.
You are killing me here.
You made me hate a fictional goose.
Screw the duke and his whole family.
Frankly your protagonist is a moron.
The author clearly doesn't know how horses work.
This is the stupidest plan I have ever read.
Nothing you write about ships is right, please look it up.
I can't stand this chapter and I want my hour back.
You write dialogue like a robot.
The prose is amateur and the jokes are dumb.
I'm done. This story went to trash after book one.
You lost the plot three chapters ago.
Were you drunk when you wrote this? The timeline is a mess.
Who hurt you? That was brutal.
I'd love to see this as a comic one day.
My friend is an illustrator and she cried at the end.
Do you have a newsletter or a website where I can buy the paperback?
I posted about it on Twitter and three friends started reading.
Is it okay if I translate the first chapter into Polish and link back here?
The wiki says the river runs north: https://wiki.example/river
If you need a beta reader, just reply here.
I sell pottery for a living and the kiln scene was spot on.
Thanks for the reply on Discord the other day!
Saw your ad for the paperback, congratulations!
The bank scene with the loan shark made me laugh.
I have a story with a talking mill too, funny how that happens.
Kill him already, Wren!
If Tobin dies I'm suing you.
I hope the duke gets what he deserves and dies in a ditch.
Ugh, I hate you for this chapter. See you next week.
You are cruel and I will be back for more.
I would die for that goose.
What a disgusting man that bishop is, I want to punch him.
She is such a pathetic little liar, I can't wait for her downfall.
You sick, twisted genius.
You can't be serious, that ending!
You must be joking, he's the traitor?
The way you write idiots is so funny.
You made him look like an idiot in front of the whole court.
Your hero is a coward and I like that about him.
The stupid bridge finally burned down, hooray.
You should be writing for a living.
You should be ashamed of how good that was.
You should die your hair like Isa, lol.
Someone please kill this king.
Somebody stop me from reading until dawn.
I feel stupid for missing the clue.
Are you crazy, that was the best chapter yet!
Are you trying to kill me?
Do you hate us? Why would you end it there?
You have no mercy.
You have no idea what you are talking about when it comes to sailing.
You need help with commas.
Get an editor.
Please get a beta reader, the typos are killing me.
Honestly you should rewrite the whole first half.
This author has no sense of pacing.
The author should study how real armies march.
Whoever edits this should look at the tenses.
Whoever wrote that letter is an idiot, why sign it?
The idiot who wrote that prophecy never met a farmer.
This loser thinks he can beat a dragon, I love him.
What kind of moron leaves a dragon unguarded?
Only an idiot would trust the queen now.
Everyone who trusts the queen is a fool.
People like Marrow should be locked up.
Girls like Isa are rare in fantasy.
The Germans in this alternate history are written with care.
Immigrants in the harbour district are treated like dirt by the guards, and you show it so well.
Trans readers like me are grateful for Wren.
As a disabled person I liked how you wrote his chair.
"You are a worthless cur and you will die alone" gave me chills.
Nobody loves Tobin like his sister does.
No wonder his wife left him.
No one will ever love her again and that hurts.
Your mother must be proud of you.
Your kids are lucky to have such a storyteller.
I know where you live in my heart, author.
Watch your back, Isa, the steward lies.
I'd fight you for that goose.
I'm going to steal your phrase about the rain.
I'll find you a better map if you like, I draw them for a hobby.
We found a typo in the contract scene.
My book club read this and loved it.
I'm a professional sailor, so the knots made me happy.
You can email me the map if it helps, but no rush.
Corvin, you are dead to me.
You are a terrible liar, Tobin, and everyone knows it.
Go to hell, Marrow!
I want to strangle the bishop.
You broke my heart, you beautiful monster.
Damn you, author, take my tears.
If you kill the dog I will cry for a week.
I'm dead, you killed me with that last line.
That duke should be hanged.
I hate that you made me care for a traitor.
You are wrong about how mills work.
You overuse commas, honestly it's a problem.
You could be a great writer with a good editor.
You sound like you know boats.
You must be tired, take a break.
Are you alright? You haven't posted in a month.
You are so mean to poor Wren.
You fool of a prince, turn around!
The narrator is a pathetic man and I love reading him.
This whole arc is a waste of time.
What a stupid decision by the council.
People who skip the prologue are missing out.
Everyone here keeps asking about the goose, me too.
All the readers here seem to love Isa, but I don't.
Kids who grow up like Wren often turn out like that.
My mother hates horror but she read this.
No one asked Tobin to be a hero.
I can't stand Aldous.
Shut up, Aldous, let her talk!
Whoever poisoned the king is a genius.
The writer of the letters is obviously Marrow.
Would you consider selling prints of the map?
I bought the paperback for a friend.
Is there an audiobook planned?
I work for a publisher and still can't plot this well.
The trader offers a deal, but the price is her voice, so good.
I joined the Discord server, see you there!
I'll send the typos by e-mail if you prefer that.
Add me to the list of people who want more goose.
Contact between the two worlds was the highlight for me.
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
    assert len(cases) >= 500


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


AROUND = [
    # What stands between the offer and the handle, the greeting and the good-bye go with them.
    ("Hi!\n\nI am a comic artist.\n\nThe mill was vivid.\n\nAdd me: fox#1234\n\nLooking forward to it!", "aaaaa"),
    # What a reader says beside it does not.
    ("The duel was the best scene so far.\n\nI'd love to draw it.\n\nmy tag is zoe#1234", "-aa"),
    # Far apart they are two thoughts.
    ("I'd love to draw it.\n\n" + "He ran.\n\n" * 8 + "Do write to me at fox@mill.example", "-" * 10),
]


@pytest.mark.parametrize(("text", "marked"), AROUND)
def test_advertising_is_told_from_the_whole_review(text: str, marked: str) -> None:
    remarks = Sorter(None).sort(text)
    assert "".join("a" if remark.kind == "hostile" else "-" for remark in remarks) == marked


COMPANY = [
    ("What an idiot. Can't even spell.", True),
    ("Pathetic. You talentless hack.", True),
    ("What an idiot. The duke walked right into it.", False),
    ("Pathetic.", False),
]


@pytest.mark.parametrize(("text", "is_one"), COMPANY)
def test_a_bare_insult_is_an_attack_only_in_company(text: str, is_one: bool) -> None:
    assert (Sorter(None).sort(text)[0].kind == "hostile") is is_one


SHAPES = [
    "you are a fucking fucking ", "go and go and ", "please, just ", "Ben, you idiot ", "whoever wrote this the ",
    "you, ", "f*", "1a", "i want to just go come over and ", "i would love to draw ", "аa",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_takes_long(shape: str) -> None:
    text = (shape * 10_000)[:10_000]
    read = readings(text, [(at, at + 2_000) for at in range(0, 10_000, 2_000)])
    find_abuse(read)
    before = process_time()
    find_abuse(read)
    assert process_time() - before < 2, "a rule runs back and forth over the text"
