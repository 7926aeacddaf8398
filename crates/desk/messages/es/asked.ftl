# Approvers and delayed notices; what was trusted to one person.
open-more = Más de una aprobación, o un aviso retrasado
open-more-approvers = Más de una aprobación
open-approver-2 = Una segunda persona que aprueba
open-approver-3 = Una tercera persona que aprueba
open-approver-self = elija a alguien que no sea usted
open-delay = Avisar a los interesados solo ese día
open-delay-why = Para una investigación sobre una sección: 14 días como máximo, nunca en una emergencia, y solo con dos aprobaciones de secciones que no sean la suya ni la del autor. Después se les dice todo: quién, cuándo, por qué y quién aprobó el retraso.
asking-not-all = No todos aquellos a quienes preguntó han aprobado. Si la política los quiere a todos, espere: una solicitud denegada también queda en el registro público.
asking-delayed = A los interesados se les avisa el { $date }.
trust-sure = Sé que la parte se retira enseguida, y que hacen falta dos personas para levantar esa retirada
trust-not-sure = No se hizo nada: marque que sabe qué significa sellarla y use los botones de esta página.
trust-open-first = Si es una fuente, ábrala primero: entonces puede entregarse. Si se apoya en un consentimiento, pídalo de nuevo.
trust-settle = Resolver lo que se me confió
consent-whose = Solo de quién, por el registro de la persona
consent-whose-why = Si una parte trata de varias personas, nombre a la que lo dijo. Si queda vacío, es de todas: un no de todas, hasta que cada una diga sí otra vez; o un sí de cada una que lo había permitido.
edit-look = Comprobar sin escribir
