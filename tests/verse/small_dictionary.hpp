// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace atelier::verse::test {

/// Words of the tests' poems, and rhymes enough to write some, in the form of the CMU dictionary.
inline constexpr char small_dictionary[] = R"(
;;; a small dictionary
a AH0
a(2) EY1
again AH0 G EH1 N
all AO1 L
an AE1 N
and AE1 N D
and(2) AH0 N D
art AA1 R T
as AE1 Z
back B AE1 K
be B IY1
bear B EH1 R
bending B EH1 N D IH0 NG
boat B OW1 T
brag B R AE1 G
breathe B R IY1 DH
bright B R AY1 T
buds B AH1 D Z
but B AH1 T
by B AY1
can K AE1 N
chance CH AE1 N S
changing CH EY1 N JH IH0 NG
come K AH1 M
compare K AH0 M P EH1 R
complexion K AH0 M P L EH1 K SH AH0 N
could K UH1 D
course K AO1 R S
darling D AA1 R L IH0 NG
date D EY1 T
day D EY1
death D EH1 TH
declines D IH0 K L AY1 N Z
died D AY1 D
dim D IH1 M
do D UW1
ending EH1 N D IH0 NG
eternal IH0 T ER1 N AH0 L
every EH1 V ER0 IY0
every(2) EH1 V R IY0
eye AY1
eyes AY1 Z
fade F EY1 D
fair F EH1 R
feather F EH1 DH ER0
follow F AA1 L OW0
free F R IY1
frog F R AO1 G
from F R AH1 M
gives G IH1 V Z
glad G L AE1 D
gold G OW1 L D
grow G R OW1
had HH AE1 D
hath HH AE1 TH
heaven HH EH1 V AH0 N
his HH IH1 Z
hollow HH AA1 L OW0
hot HH AA1 T
i AY1
in IH1 N
into IH1 N T UW0
is IH1 Z
jumps JH AH1 M P S
lease L IY1 S
life L AY1 F
light L AY1 T
lines L AY1 N Z
lived L IH1 V D
lives L IH1 V Z
long L AO1 NG
lose L UW1 Z
love L AH1 V
lovely L AH1 V L IY0
made M EY1 D
may M EY1
me M IY1
memory M EH1 M ER0 IY0
men M EH1 N
more M AO1 R
move M UW1 V
nature's N EY1 CH ER0 Z
night N AY1 T
nor N AO1 R
not N AA1 T
of AH1 V
often AO1 F AH0 N
often(2) AO1 F T AH0 N
old OW1 L D
or AO1 R
owe OW1
paint P EY1 N T
painter P EY1 N T ER0
pond P AA1 N D
possession P AH0 Z EH1 SH AH0 N
prove P R UW1 V
rough R AH1 F
say S EY1
sea S IY1
see S IY1
sending S EH1 N D IH0 NG
shade SH EY1 D
shake SH EY1 K
shall SH AE1 L
shine SH AY1 N
shines SH AY1 N Z
short SH AO1 R T
side S AY1 D
silence S AY1 L AH0 N S
silent S AY1 L AH0 N T
slow S L OW1
small S M AO1 L
so S OW1
sometime S AH1 M T AY2 M
splash S P L AE1 SH
summer's S AH1 M ER0 Z
summer S AH1 M ER0
swallow S W AA1 L OW0
take T EY1 K
tea T IY1
temperate T EH1 M P ER0 AH0 T
that DH AE1 T
the DH AH0
the(2) DH IY0
thee DH IY1
this DH IH1 S
thou DH AW1
thy DH AY1
tide T AY1 D
till T IH1 L
time T AY1 M
to T UW1
too T UW1
trim T R IH1 M
untrimm'd AH0 N T R IH1 M D
wander W AA1 N D ER0
way W EY1
weather W EH1 DH ER0
together T AH0 G EH1 DH ER0
when W EH1 N
white W AY1 T
who HH UW1
wide W AY1 D
winds W IH1 N D Z
would W UH1 D
after AE1 F T ER0
)";

}  // namespace atelier::verse::test
