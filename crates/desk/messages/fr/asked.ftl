# Approvers and delayed notices; what was trusted to one person.
open-more = Plus d’une approbation, ou un avis retardé
open-more-approvers = Plus d’une approbation
open-approver-2 = Une deuxième personne qui approuve
open-approver-3 = Une troisième personne qui approuve
open-approver-self = choisissez quelqu’un d’autre que vous
open-delay = N’avertir les personnes concernées que ce jour-là
open-delay-why = Pour une enquête sur une section : 14 jours au plus, jamais en urgence, et seulement avec deux approbations de sections qui ne sont ni la vôtre ni celle de l’auteur. Ensuite tout leur est dit : qui, quand, pourquoi, et qui a approuvé le retard.
asking-not-all = Tous ceux que vous avez sollicités n’ont pas approuvé. Si la politique les veut tous, attendez : une demande refusée reste aussi au registre public.
asking-delayed = Les personnes concernées l’apprennent le { $date }.
trust-sure = Je sais que la partie est retirée aussitôt, et qu’il faut deux personnes pour lever ce retrait
trust-not-sure = Rien n’a été fait : cochez que vous savez ce que sceller veut dire, et servez-vous des boutons de cette page.
trust-open-first = Si c’est une source, ouvrez-la d’abord : elle peut alors être remise. Si elle repose sur un consentement, faites-le redemander.
trust-settle = Régler ce qui m’a été confié
consent-whose = De qui seulement, par la fiche de la personne
consent-whose-why = Si une partie concerne plusieurs personnes, nommez celle qui l’a dit. Laissé vide, c’est celui de toutes : un non de toutes, jusqu’à ce que chacune ait redit oui ; ou un oui de chacune qui l’avait permis.
edit-look = Vérifier sans écrire
