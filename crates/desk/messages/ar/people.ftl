# الأشخاص.
people-title = الأشخاص
people-by-compartment = حسب القسم
people-name = الاسم
people-roles = الأدوار
people-status = الحالة
people-until = حتى
people-devices = الأجهزة
people-you = أنت
people-managers = المديرون
people-members = الأعضاء
people-frozen = مجمّد
people-expired = منتهٍ
people-revoked = ملغى
people-unknown = غير مسجّل
people-no-end = بلا نهاية
person-compartments = أقسام تديرها
person-compartments-why = الدخول أو الخروج يصنع مفاتيح جديدة. ومن خرج ربما احتفظ بما كان يستطيع قراءته.
person-is-in = عضو فيه
person-is-out = ليس عضوًا فيه
person-admit = أدخِله
person-remove = أخرِجه
person-extend = نهاية التكليف
person-until = حتى هذا اليوم ضمنًا؛ اتركه فارغًا إن لم تكن له نهاية
person-extend-do = اضبط
person-freeze = تجميد
person-freeze-why = منذ أن يراه أي مكتب لا يُحتسب شيء مما تقوله أجهزته ولا يُختم لها شيء. عمله محفوظ ولا يُسترد ما قرأه. يرفعه مسجّل. ولك أن تجمّد نفسك: «فُقد حاسوبي».
person-unfreeze = رفع التجميد
person-unfreeze-why = يُحتسب ما تقوله أجهزته من جديد منذ ذلك الحين. تأكد أن من بيده الأجهزة هو من تظن.
person-revoke = إلغاء نهائي
person-revoke-why = لا يُحتسب بعد ذلك شيء مما تقوله أجهزته، وينال كل قسم مفاتيح جديدة بدونها. لا رجعة فيه: لا بد من دعوته من جديد. وما كان يستطيع قراءته من قبل ربما احتفظ به.
person-revoke-sure = أعلم أنه لا رجعة فيه
person-not-sure = ضع علامة على أنك تعلم ما يترتب. لم يُفعل شيء.
invite-title = دعوة
invite-what = يُحمل ملفان وتُقال سلسلة واحدة. سلّم الدعوة بطريق غير المحور: من يملكها يستطيع أن يطلب الانضمام بها مرة واحدة.
invite-1 = 1. أنشئ دعوة
invite-whom = لمن
invite-new = شخص جديد
invite-own = جهاز آخر لي
invite-recover = شخص لم يبق له جهاز
invite-name = اسم الشخص أو منصبه
invite-name-missing = اكتب لمن الدعوة.
invite-days = عدد أيام صلاحيتها
invite-save = أنشئها واحفظ الملف
invite-lines = أنشئها وأظهر أسطرها
invite-lines-why = اقرأ هذه الأسطر بصوت مسموع أو انسخها بيدك. لا تُعرض إلا مرة واحدة.
invite-2 = 2. أجب عن طلب
invite-request = الطلب الذي أنشأه الحاسوب الجديد
invite-request-missing = اختر الطلب أولًا.
invite-answer = افحصه واحفظ التحدي
invite-3 = 3. اكتب السلسلة
invite-none-answered = لم يُجب عن أي طلب بعد.
invite-hear = اسمع السلسلة من الشخص هاتفيًا أو وجهًا لوجه. لا يعرضها هذا المكتب: وهذا ما يمنع أي أحد من الوقوف بين حاسوبيكما.
invite-which = الدعوة
invite-string-bad = في السلسلة 18 رقمًا. اطلب قراءتها من جديد.
invite-enrol = قارن وسجّل
invite-made = دعوات هذا المكتب
invite-ends = تنتهي
invite-cancel = ألغِ
invite-open = مفتوحة
invite-answered = أُجيب عنها
invite-used = استُعملت
invite-cancelled = أُلغيت
handover-title = التسليم عند نهاية المهمة
handover-what = تنتقل إدارة أقسامك والحوادث التي تتحقق منها إلى خلف. أما ما ائتمنك عليه الناس وحدك فلا ينتقل تلقائيًا أبدًا.
handover-to = الخلف
handover-look = أظهر ما سينتقل
handover-passes = { $count ->
    [0] لم يبق ما ينتقل
    [one] ينتقل شيء واحد
    [two] ينتقل شيئان
    [few] تنتقل { $count } أشياء
   *[other] ينتقل { $count } شيئًا
}
handover-stays = ما لا ينتقل ولماذا
handover-trust = { $count ->
    [one] جزء واحد قائم على الثقة بك ولم يُسوَّ. لا يناله أحد بهذا التسليم.
   *[other] عدد الأجزاء القائمة على الثقة بك ولم تُسوَّ: { $count }. لا ينالها أحد بهذا التسليم.
}
handover-do = سلّم
handover-member = العضوية في { $name }
handover-verify = التحقق من السجل { $id }
stays-governors = الحكّام يعيّنون المسجّلين
stays-not-in = الخلف ليس في القسم؛ يُدخله مدير
stays-conflict = السجل في تعارض؛ يسوّيه أحد أولًا
stays-cannot-write = لا يستطيع هذا المكتب الكتابة فيه
