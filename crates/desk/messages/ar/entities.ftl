# الكيانات: القائمة، وأحدها، والسجلات التي قيل إنها واحد.
nav-entities = الكيانات
entities-title = أشخاص وجماعات وأشياء
entities-name = الاسم
entities-what = ما هو
entities-count = { $count ->
    [0] لا شيء يطابق.
    [one] كيان واحد يطابق.
    [two] كيانان يطابقان.
    [few] { $count } كيانات تطابق.
   *[other] { $count } كيانًا تطابق.
}
entities-first = المعروض: { $count } الأكثر حوادث.
entity-class = درجة السرية
entity-record = السجل مع تاريخه
entity-page = حوادثه وروابطه وأسماؤه
entity-incidents = الحوادث
entity-no-incidents = لا حادث على هذا المكتب يذكره.
entity-counted = الحوادث التي تذكره: { $count }. أحدثها أدناه.
entity-all = كلها
entity-links = الروابط
entity-no-links = لا رابط يؤدي إليه أو منه.
entity-link = الرابط
entity-other = مع
entity-said-by = قاله
entity-seen-by = أين هو مكتوب
entity-links-first = أحدث { $count } من { $all }. المخطط يعرض أكثر.
entity-from-here = من هنا
entity-to-here = إلى هنا
entity-absent-one = سجل ليس على هذا المكتب
entity-ungraded = بلا تقييم
same-title = سجلات قيل إنها واحد
same-none = لم يقل أحد إنه هو نفسه كيان آخر.
same-absent = { $count ->
    [one] وسجل واحد ليس على هذا المكتب.
    [two] وسجلان ليسا على هذا المكتب.
    [few] و{ $count } سجلات ليست على هذا المكتب.
   *[other] و{ $count } سجلًا ليست على هذا المكتب.
}
same-split = افصله
same-merge = قل إنهما واحد
same-merge-why = يبقى السجلان كما هما. روابط كل منهما وحوادثه تُعدّ لكليهما إلى أن يتراجع أحد عن ذلك. ويبقى في التاريخ من قاله.
same-other = الآخر: اسمه أو معرّف سجله
same-grade = التقييم
same-where = من يقرؤه
same-both = قسم فيه كلاهما
same-why = لماذا
same-history = ما قيل
same-said = يقول { $person } إن { $one } و{ $other } واحد
same-taken-back = يقول { $person } إن { $one } و{ $other } ليسا واحدًا
same-counts = سارٍ الآن
same-nobody = لا أحد هنا بهذا الاسم. اكتب أكثر منه أو أقل، أو معرّف سجل.
same-which = لعدّة كيانات هذا الاسم. أيّها؟
what-person = شخص
what-group = جماعة
what-organisation = منظمة
what-place = مكان
what-vehicle = مركبة
what-equipment = عتاد
what-account = حساب
what-incident = حادث
what-note = ملاحظة
what-case = قضية
what-other = سجل
field-description = الوصف
