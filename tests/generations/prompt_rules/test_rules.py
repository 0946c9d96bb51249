"""What the list of words objects to, and what it leaves alone."""

from pathlib import Path

import pytest

from generations.prompt_rules import rules_in
from generations.prompt_rules.plain import plain

IDEAS = Path(__file__).parent.parent / "scenes" / "ideas.toml"
HARMLESS = """
chicken breast on a plate
a shooting star over Middlesex
Essex in the rain
the same sex penguins raise a chick
a robin redbreast in the snow
blue tits and great tits at the feeder
a child swimming breast stroke
a naked mole rat digging
bamboo shoots for the panda
a boy shooting hoops
a girl who shoots an arrow at a target
a family photo shoot on the beach
a murder of crows in a tree
a knight fighting a dragon
a pirate with a sword and a cannon
a killer whale jumping for the children
the blood moon over a field
a bloodhound sniffing
a bleeding heart flower
grapes and a grapefruit
a stable full of horses
my grandmother doing cross stitch
a cockerel on a dunghill
a dyke with tulips in Holland
a water pistol fight in the garden
the heroine of the story rescues a cat
a boy who hurt his knee and a kind nurse
bare feet in the sand
an ass and an ox in the manger
a bum bag and a hiking stick
a weed growing through the pavement
Dick Whittington and his cat
the Scunthorpe football team
a cumulus cloud
an analyst with a spreadsheet
a therapist and a teddy bear
a sextant and a ship
a rapeseed field in bloom
arsenal fans in a stadium
the Sussex coast
a hot tub for hippos
a bat hanging upside down
a doctor giving an injection to a teddy
a boy killing time on a swing
a dinosaur eating leaves
zombies dancing at a party
a skeleton playing the trumpet
three witches and a black cat
a toy gun and a cowboy hat
a volcano with red hot lava
Eine Nacktschnecke im Salat
Heil und Segen
Ein Mörtelkübel und ein Maurer
leichte Wolken am Himmel
die Brust der Ente auf dem Teller
ein Ritter kämpft gegen einen Drachen
Störche über Sachsen
ein Sechseck aus Waben
eine blutrote Sonne
der Weihnachtsmann mit dem Schlitten
les pieds nus dans le sable
une héroïne qui sauve un chat
une grue et un camion
violet et violette au jardin
un assassin's creed de carton
un enfant joue du violon
une tortue et une tortue de mer
un dessin de la Seine à Paris
une maison à Essen
un repas avec des saucisses
una tortuga en el mar
la heroína vuela sobre la ciudad
una pechuga de pollo
un niño con los pies descalzos
un torero y un toro
una naranja sanguina
el sexto planeta
la violeta y la rosa
un matador de toros
"""
UNFIT = """
a naked woman
NAKED people at the beach
two nude men
n a k e d
n.a.k.e.d
p0rn
pornographic drawing
a sexy nurse
s3xy
se\u200bxy lady
an érotic scene
a topless mermaid
big boobs
show her breasts
people without clothes
a boy killing his sister
shooting people in the street
kill all the children
the execution of a man
a school shooting
a gory scene
a beheaded knight
a corpse in the cellar
she wants to commit suicide
a girl cutting herself
covered in blood
a bloody knife
torturing a cat
a swastika flag
Nazi soldiers marching
Adolf Hitler
a KKK rally
smoking weed
a line of cocaine
crystal meth
eine nackte Frau
NACKTE Männer
ein Blutbad
er wird enthauptet
jemand wird ermordet
Selbstmord
ein Hakenkreuz
eine Frau mit großen Brüsten
une femme nue
des seins
un meurtre sanglant
il égorge un mouton
une croix gammée
tuer des gens
une mujer desnuda
una mujer desnuda
tetas grandes
un asesinato sangriento
matar a la gente
una esvástica
cocaína
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("idea", lines(HARMLESS))
def test_a_harmless_idea_passes(idea: str):
    assert rules_in().objection(idea) == ""


@pytest.mark.parametrize("idea", lines(UNFIT))
def test_what_does_not_fit_is_named(idea: str):
    word = rules_in().objection(idea)
    assert word
    assert word in plain(idea)


def test_the_ideas_that_are_drawn_in_the_tests_all_pass():
    ideas = IDEAS.read_text(encoding="utf-8").splitlines()
    assert len(ideas) > 60
    assert [idea for idea in ideas if rules_in().objection(idea)] == []


def test_a_list_of_ones_own_is_read(tmp_path: Path):
    file = tmp_path / "rules.toml"
    file.write_text('[sweets]\nen = ["candy*", "ice & cream"]\nharmless = ["candy floss"]\n')
    own = rules_in(file)
    assert [
        own.objection(text) for text in ("candies", "Candybar", "cream on ice", "ice", "candy floss")
    ] == [
        "",
        "candybar",
        "ice",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "text", ['[sweets]\nen = "candy"', "[sweets]\nen = [1]", '[sweets]\nen = [""]', "sweets = 1"]
)
def test_a_list_that_cannot_be_read_says_where(tmp_path: Path, text: str):
    file = tmp_path / "rules.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match="sweets"):
        rules_in(file)
