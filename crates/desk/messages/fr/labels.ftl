verified-not = non vérifié
verified-under = en cours de vérification
verified-yes = vérifié
verified-refuted = réfuté
class-unclassified = Non classifié
class-confidential = Confidentiel
class-strictly = Strictement confidentiel
grade-a = source tout à fait sûre
grade-b = source généralement sûre
grade-c = source assez sûre
grade-d = source peu sûre en général
grade-e = source non sûre
grade-f = fiabilité non appréciable
grade-1 = confirmé
grade-2 = probablement vrai
grade-3 = peut-être vrai
grade-4 = douteux
grade-5 = improbable
grade-6 = véracité non appréciable
displaced-people = { $count ->
    [one] { $number } personne
   *[other] { $number } personnes
}
displaced-households = { $count ->
    [one] { $number } ménage
   *[other] { $number } ménages
}
event-given = donné
event-refused = refusé
event-withdrawn = retiré
event-expired = expiré
event-confirmed = redemandé et confirmé
event-handed-over = confié à une autre personne
event-sealed-off = mis sous scellés : personne ne pouvait redemander
