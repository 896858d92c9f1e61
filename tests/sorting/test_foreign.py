"""Which remarks seem to be in another language, and which English, however strange, does not."""

import pytest

from feedback.sorting.foreign import foreign
from feedback.sorting.reading import Reading


def is_foreign(text: str) -> bool:
    return foreign([Reading(text)])[0]


FOREIGN = [
    "J'ai vraiment adore ce chapitre, merci beaucoup !",
    "Votre style est vraiment agréable à lire",
    "Je suis très content de cette histoire.",
    "Merci beaucoup",
    "C'est génial",
    "Das ist ein sehr gutes Kapitel, ich liebe es.",
    "Fantastisches Kapitel, danke furs Schreiben!",
    "Ich kann es kaum erwarten",
    "Klasse gemacht",
    "Toll!",
    "Eres un idiota, muerete",
    "No puedo esperar",
    "Gracias por el capítulo",
    "Amei muito",
    "Bellissimo capitolo, grazie mille!",
    "Non vedo l'ora di leggere il prossimo!",
    "Ik kan niet wachten",
    "Jag älskar den här berättelsen",
    "Aivan mahtava luku, kiitos!",
    "Odotan innolla seuraavaa lukua",
    "Truyện hay quá, cảm ơn tác giả!",
    "Bardzo dobry rozdział",
    "Imádom ezt a történetet",
    "Çok güzel bir bölüm",
    "Terima kasih banyak",
    "Salamat po",
    "Watashi wa kono hanashi ga daisuki desu",
    "Очень хорошая глава, спасибо",
    "هذا الفصل رائع جدا",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_noticed(text: str) -> None:
    assert is_foreign(text)


ENGLISH = [
    "",
    "😭😭😭",
    "aaaaah",
    "kyaaa",
    "lol",
    "omg T_T",
    "asdfghjkl",
    "Noooooo Ben",
    "Uptade pleeeease",
    "dis gud, me like story very much",
    "Kaelith Vorn is back",
    "Drakkar Aeloth Sindarin",
    "team Zorian",
    "teh -> the",
    "Typos: recieve, definately",
    "Touché.",
    "Déjà vu...",
    "What a cliché.",
    "Très bien, Mara, I loved it",
    "Merci beaucoup, it was super!",
    "Poor Zoë!",
    "D'Artagnan rides",
    "huzzah",
    "Cliffhangerrrr nuuuu",
    "gaaaah hrrrngh fuuuuu",
    "xianxia cultivation novel",
    "10 nanolightyears",
    "crikey",
    "heckin good",
    "war is hell",
    "die, Aldous, die",
    "y'all",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_slang_names_cries_and_loan_words_are_english_enough(text: str) -> None:
    assert not is_foreign(text)


def test_a_short_remark_is_taken_for_what_the_rest_of_the_review_is() -> None:
    word = "Sdraiato."
    english = [Reading("I loved how the miller counted his coins before the storm."), Reading(word)]
    italian = [Reading("Non vedo l'ora di leggere il prossimo capitolo!"), Reading(word)]
    assert foreign(english) == [False, False]
    assert foreign(italian) == [True, True]


def test_a_long_foreign_remark_is_noticed_beside_a_short_english_one() -> None:
    assert foreign([Reading("I loved it."), Reading("Odotan innolla seuraavaa osaa")]) == [False, True]


def test_one_foreign_sentence_does_not_make_an_english_review_foreign() -> None:
    review = ["The chase was great and I loved the mill.", "Ich hasse dich, du Idiot.", "Kaelith!"]
    assert foreign([Reading(text) for text in review]) == [False, True, False]
