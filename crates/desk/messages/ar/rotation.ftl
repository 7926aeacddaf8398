# تبديل من ملف.
rotation-title = تبديل كتيبة
rotation-what = يذهب أشخاص ويأتي غيرهم من ملف CSV واحد، في خطوة واحدة، بمفتاح جديد واحد لكل قسم. يُنظر في الملف أولًا؛ ولا يحدث شيء قبل أن تقول ذلك. وما لا يحق لهذا المكتب قوله يُترك لمسجِّل أو لمدير القسم بالملف نفسه؛ وما تم من قبل لا يُعاد.
rotation-file = الملف
rotation-look = اعرض ما سيفعله
rotation-columns = الأعمدة، بأي ترتيب؛ فارغة حيث لا تنطبق
rotation-action = in أو out
rotation-person = اسم أو معرّف؛ يجوز أن يكون فارغًا بجانب دعوة من هذا المكتب
rotation-device = out: هذا الجهاز وحده، بأوائل أرقام معرّفه
rotation-invitation = in: أوائل أرقام معرّف الدعوة التي أُجيب طلبها؛ والأسماء من الدعوة
rotation-string = in: السلسلة التي قرأها الشخص. ثلاث مرات خاطئة تنهي الدعوة
rotation-compartments = أسماء أو معرّفات تفصل بينها «;»؛ out: من هذه فقط. وبدونها يسجّل in ويُلغي out
rotation-role = in: ‏member (إن كان فارغًا) أو manager لهذه الأقسام
rotation-from = أول يوم؛ وقبله ينتظر السطر تشغيلًا لاحقًا
rotation-until = in: آخر يوم في التكليف؛ out: ينتهي حينها ولا يُلغى أحد الآن
rotation-example = مثلًا:
rotation-missing = اختر الملف أولًا.
rotation-wrong = { $count ->
    [one] هناك خطأ واحد؛ لم يُفعل شيء.
    [two] هناك خطآن؛ لم يُفعل شيء.
   *[other] عدد الأخطاء { $count }؛ لم يُفعل شيء.
}
rotation-room = القسم
rotation-row = السطر
rotation-field = العمود
rotation-why = الخطأ
rotation-plan = ما سيفعله
rotation-steps = خطوة خطوة
rotation-step = الخطوة
rotation-state = الحالة
rotation-count = العدد
rotation-enrol = تسجيل
rotation-revoke = إلغاء
rotation-end = إنهاء التكليف لاحقًا
rotation-admit = إدخال
rotation-remove = إخراج
rotation-appoint = تعيين مدير
rotation-now = الآن
rotation-already = تم من قبل
rotation-not-yet = لم يحن يومه
rotation-for-registrar = لمسجِّل
rotation-for-manager = لمديره
rotation-after = بعد التسجيل
rotation-epochs = أقسام تنال مفتاحًا جديدًا
rotation-come = أجهزة تدخل
rotation-go = أجهزة تخرج
rotation-do-why = من أُلغي لا يُسترد بل يُدعى من جديد. تُقارن السلاسل الآن؛ والخاطئة تُحسب على دعوتها. يُفعل كل شيء أو لا شيء.
rotation-do = نفّذه
rotation-other = ملف آخر
rotation-nothing = لا شيء منه مستحق على هذا المكتب.
rotation-again = ليس هذا آخر ملف عُرض، أو نُفّذ من قبل. اختره من جديد.
rotation-done = تم: البيانات { $statements }، الحقب الجديدة { $epochs }، المفاتيح المغلفة { $wraps }.
rotation-cut = تُعرض أول { $count } خطوة.
work-rotation = تنفيذ التبديل
work-waits = تنظر هذه الصفحة من جديد بنفسها حتى يتم. إنها خطوة واحدة: يُفعل كل شيء أو لا شيء.
work-look = انظر من جديد
