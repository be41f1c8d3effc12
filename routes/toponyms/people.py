"""Given names and titles: a name of a place that stands right after one is most likely a person's.

Written by us, the commonest of each language; not meant to be complete. What they weigh is learned.
"""

from __future__ import annotations

from geodata.names import fold

_GIVEN = """
aaron abdul abdullah abigail adam adele adrian agnes ahmad ahmed ajay akira alain alan albert alberto alejandro
aleksandr alessandro alex alexander alexei alfred ali alice alicia alison allan amanda amber amir amit amy ana
anastasia anatoly anders andre andrea andreas andrei andres andrew andrzej andy angel angela anita ann anna anne
annette annie anthony antoine anton antonio antony anwar arjun armando arnaud arthur artur arturo ashley astrid
audrey axel ayse barack barbara bashar beata beatriz ben benedikt benjamin bernard bernd bernie bertrand beth betty
bill billy birgit bob bobby boris brad brandon brenda brett brian bridget bruce bruno bryan burak camila carl carla
carlo carlos carmen carol caroline catherine cecilia cedric chad charles charlie charlotte chen chloe chris
christian christina christine christoph christophe christopher claire clara claude claudia claudio colin connor
craig cristina cynthia dale damien dan daniel daniela danielle danny darren dave david dean deborah debra dennis
derek diana diane diego dieter dimitri dirk dmitri dmitry dmytro dominic dominik don donald donna dorothy doug
douglas duncan dylan earl eduard eduardo edward edwin eileen elaine elena eli elisabeth elizabeth ella ellen elon
elvira emanuel emil emily emine emma emmanuel enrico enrique eric erica erik erika erin ernest ernst esther ethan
eugene eva evan evelyn fabian fabio farid fatima faisal federico felipe felix ferdinand fernando florian frances
francesca francesco francis francisco franco francois frank frans franz fred frederic frederick friedrich fritz
gabriel gabriela gareth gary gavin gemma geoff geoffrey georg george georges gerald gerard gerd gerhard giacomo
gilbert gilles giorgia giorgio giovanni giulia giuseppe glen gloria gonzalo gordon grace graham greg gregor gregory
greta guido guillaume guillermo gunter gustavo guy hakan hamid hanna hannah hans harold harry hasan hassan heather
hector heike heinrich heinz helen helena helga helmut hendrik henri henry herbert hermann hilary hillary horst
howard hugh hugo hussein ian ibrahim igor ilham ilse imran ines ingrid irina irene iris isaac isabel isabella ismail
ivan jack jackie jacob jacqueline jacques jaime jair jake jakub james jamie jan jane janet janice janusz jared
jasmine jason javier jean jeff jeffrey jennifer jens jeremy jerome jerry jesse jessica jill jim jimmy joachim joan
joanna joao joe joel johan johann johannes john johnny jon jonas jonathan jorg jorge jose josef joseph josep josh
joshua juan juana judith judy jules julia julian julie julien julio jurgen justin kamal karen karim karin karl
katarina kate katharina katherine kathleen kathy katie katja kay keith kelly ken kenneth kerry kevin khalid kim
kirill klaus krzysztof kurt kyle lars laura lauren laurent lee leila len lena leo leon leonardo leonid leslie lewis
liam lili lilian linda lisa liz lorenzo louis louise luc luca lucas lucia luciano lucy luigi luis luiz lukas luke
lydia lyn lynn maciej malcolm manfred manuel manuela marc marcel marcelo marcin marco marcos marcus mareike margaret
margarita maria mariam marie marina mario marion mark markus marta martha martin martina martine marwan mary massimo
mateusz mathias matt matteo matthew matthias maurice mauricio maurizio max maxim maximilian maya megan mehdi mehmet
melanie melissa meryem michael michal michel michele michelle miguel mihail mike mikhail miriam mohamed mohammad
mohammed mohsen moritz muhammad murat mustafa mykhailo nadia nadine nancy naomi narendra natalia natalie nathalie
nathan neil nelson nicholas nick nicola nicolas nicole nigel nikita nikola nikolai nikolaus nils nina noah noel nora
norbert norman nuria oleg oleh oleksandr oleksii olga oliver olivia olivier omar oscar osman oskar otto pablo pamela
paola paolo pascal pat patricia patrick paul paula paulina paulo pavel pavlo pedro peggy penelope pete peter petr
petra petro phil philip philipp philippe phillip pierre pietro piotr rachel rafael rahul rainer raj ralf ralph ramon
ramzan randy rashid raul ray raymond rebecca recep reinhard renata renate rene ricardo riccardo richard rick rita
rob robert roberta roberto robin rodrigo roger roland rolf roman romain ron ronald rosa rosario rose ross roy rudolf
rupert russell ruth ryan sabine saddam said salman salvador sam samantha samir samuel sandra sanjay sara sarah sasha
scott sean sebastian sebastien selma serena serge sergei sergey sergio serhii shane shannon sharon shaun shinzo
shirley sibylle sigmar silvia simon simone sofia sonia sophie stacey stan stanislaw stefan stefanie stefano stella
stephan stephane stephanie stephen steve steven stuart sue susan susana susanne suzanne svetlana sylvia sylvie
tamara tania tanja tara tariq tatiana ted teresa terry thabo theo theodor theresa thierry thomas tiago tim timothy
tina tobias todd tom tomas tomasz tommy tony torsten tracy travis trevor tyler udo ulrich ulrike umberto ursula uwe
valentina valerie vanessa vera veronica veronika victor victoria vijay viktor vincent vincenzo virginie vitali
vitaly vladimir volker volodymyr walter waltraud wanda warren wayne wendy werner wilhelm willem william willy
wladimir wolfgang xavier xi yaroslav yasmin yevgeny yolanda yuri yusuf yves yvonne zainab zoe zoran александр
алексей анатолий андрей анна антон борис вадим валерий василий виктор виталий владимир владислав володимир вячеслав
геннадий георгий григорий дарья денис джо джон дмитрий дмитро дональд евгений екатерина елена иван игорь ильхам
ирина кирилл константин леонид максим мария михаил михайло наталья никита николай никол олег олександр ольга павел
павло пётр петро рамзан реджеп роман сергей сергій татьяна тимур фёдор эммануэль энтони юлия юрий ярослав андрій
микола юрій ігор анатолій
"""
_TITLES = """
mr mrs ms dr prof sir dame lord lady judge justice sen rep gov gen col sgt lt capt captain president minister
senator congressman congresswoman governor mayor general colonel chancellor king queen prince princess pope bishop
rabbi sheikh coach actor actress singer author herr frau präsident präsidentin ministerin kanzler monsieur madame
mme président señor señora don presidente signor signora pan pani prezydent premier господин президент министр
премьер генерал президента пані bay bayan
"""
GIVEN = frozenset(map(fold, _GIVEN.split()))
TITLES = frozenset(map(fold, _TITLES.split()))
