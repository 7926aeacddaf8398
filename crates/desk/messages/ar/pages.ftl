skip = الانتقال إلى المحتوى
nav = الصفحات
nav-first = البداية
nav-report = إبلاغ
nav-situation = الوضع
nav-find = ماذا حدث
nav-trust = الثقة
lock = قفل
language = اللغة
language-choose = اختيار
synthetic = بعثة اصطناعية: كل ما هنا مختلق
synthetic-record = اصطناعي
busy = المكتب مشغول. انتظر لحظة ثم أعد تحميل الصفحة.
state = حالة هذا المكتب
state-person = مفتوح باسم { $person }
state-age = أحدث نقطة تحقق: قبل { $age }
state-never = لم تجرِ المزامنة مع المحور بعد
state-no-hub = لا محور: يعمل هذا المكتب وحده
state-unsent = { $count ->
    [0] لا شيء ينتظر الإرسال
    [one] عنصر واحد لم يُرسل
    [two] عنصران لم يُرسلا
    [few] { $count } عناصر لم تُرسل
    [many] { $count } عنصرًا لم يُرسل
   *[other] { $count } عنصر لم يُرسل
}
span-seconds = { $count } ث
span-minutes = { $count } د
span-hours = { $count } س
span-days = { $count ->
    [one] يوم واحد
    [two] يومين
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
refused-title = لم ينجح ذلك
missing-title = لا توجد صفحة كهذه
first-back = العودة إلى البداية
first-title = ماذا تريد أن تفعل؟
first-holds = يحوي هذا المكتب { $incidents } من الحوادث.
task-report = الإبلاغ عن حادث
task-report-why = دوّن ما حدث وأين ومتى ولمن. يُختم على هذا الحاسوب قبل إرسال أي شيء.
task-situation = الاطلاع على ما حدث
task-situation-why = خريطة وخط زمني وتوزيعات وقائمة لسؤال واحد: كلمات وتواريخ وأماكن وأشخاص.
task-ahead = الاستعداد لانقطاع
task-ahead-why = فتح ما سيُحتاج إليه مسبقًا حين لا يمكن سؤال أحد. ويُعدّ مقروءًا.
unlock-title = فتح قفل المكتب
unlock-wrong = عبارة المرور غير مطابقة.
unlock-desk = المكتب
unlock-passphrase = عبارة المرور
unlock = فتح القفل
unlock-why = تبقى عبارة المرور على هذا الحاسوب. لا أحد يستطيع استعادتها.
find-title = ماذا حدث
find-count = { $count ->
    [0] لا شيء مطابق.
    [one] سجل واحد مطابق.
    [two] سجلان مطابقان.
    [few] { $count } سجلات مطابقة.
    [many] { $count } سجلًا مطابقًا.
   *[other] { $count } سجل مطابق.
}
find-on-map = على الخريطة
ask = اسأل
ask-all = الكل
any = أي حالة
ask-words = كلمات
ask-from = من
ask-to = حتى
ask-place = مكان أو منطقة
ask-country = البلد
ask-type = النوع
ask-actor = من شارك
ask-verified = التحقق
ask-graded = أدنى تقييم
ask-box = إطار: غرب،جنوب،شرق،شمال بفواصل لاتينية
ask-verified-bad = اختر من القائمة
ask-area-bad = اكتب من 3 إلى 64 زاوية بصيغة طول,عرض وبينها الفاصلة المنقوطة ;، مثل { "\u2066" }14.4,2.2;27.5,5;20,11.1{ "\u2069" }
ask-box-bad = اكتب غرب,جنوب,شرق,شمال بالدرجات، مثل 18.1,4.2,19.3,5.0
ask-graded-bad = اكتب حرفًا من A إلى F أو رقمًا من 1 إلى 6 أو كليهما، مثل B2
field-date = التاريخ
field-kind = النوع
field-subtype = النوع الفرعي
field-place = المكان
field-admin1 = المنطقة
field-country = البلد
field-title = العنوان
field-killed = القتلى
field-count = الحوادث
field-grading = التقييم
field-verified = التحقق
field-reference = المرجع
field-external = في نظم أخرى
field-narrative = ما حدث
field-actor = شارك
field-casualties = الضحايا
field-weapons = الأسلحة
field-tags = الوسوم
field-un = تضررت الأمم المتحدة
field-response = الاستجابة
field-source = مصدر علني
field-reported = أُبلغ عنه
killed = قتلى
yes = نعم
none = لا شيء
conflict = تعارض
conflict-why = غيّر شخصان هذا في الوقت نفسه. أحدث النسخ أدناه، وعلى أحد أن يقرر.
imported = مستورد
record-id = السجل { $id }
record-parts = الأجزاء ومن يستطيع قراءتها
record-readers = { $count ->
    [one] شخص واحد يستطيع قراءة هذا الجزء
    [two] شخصان يستطيعان قراءة هذا الجزء
    [few] { $count } أشخاص يستطيعون قراءة هذا الجزء
    [many] { $count } شخصًا يستطيعون قراءة هذا الجزء
   *[other] { $count } شخص يستطيعون قراءة هذا الجزء
}
record-withheld = قد توجد أجزاء أخرى في أقسام لست فيها. لا تُعرض، ولا يُعرض عددها.
record-history = التاريخ
record-newest = الأحدث
situation-title = الوضع
situation-count = الحوادث المطابقة: { $count }
situation-list = كقائمة
map-label = خريطة الحوادث؛ كل دائرة رابط إلى جزئها من الخريطة
map-caption = لا تعني الحدود والأسماء المبينة إقرارًا أو قبولًا رسميًا. Natural Earth.
map-places = الأماكن: GeoNames، CC BY 4.0.
map-whole = عرض الخريطة كلها
map-cell = { $count ->
    [one] حادث واحد
    [two] حادثان
    [few] { $count } حوادث
    [many] { $count } حادثًا
   *[other] { $count } حادث
}
timeline-label = الحوادث بحسب الشهر؛ كل عمود رابط إلى شهره
timeline-month = { $month }: الحوادث { $count }، القتلى { $killed }
trust-title = على ماذا يقوم هذا المكتب
trust-fingerprint = بصمة البعثة. قارنها بما أُعطيته على ورق أو شفهيًا:
trust-logs = السجلات العلنية
trust-no-log = لا توجد هنا نقطة تحقق بعد.
trust-statements = البيانات
trust-journal = اليوميات
trust-log = { $size } ورقة؛ أحدث نقطة تحقق مشتركة التوقيع قبل { $age }
trust-devices = أجهزتي
trust-this = هذا الجهاز
trust-devices-why = إن لم تكن أنت من أنشأ أحد هذه الأجهزة فأبلغ المسجل فورًا.
trust-trustees = الأمناء
trust-set = يجب أن يفرج { $needed } من { $all } أمناء قبل أن يُفتح جزء محروس.
trust-no-trustees = لم تسمِّ هذه البعثة أمناء.
trust-compartments = الأقسام التي أنا فيها
status-active = نشط
status-pending = ينتظر التأكيد
status-stopped = موقوف
status-ended = منتهٍ
report-title = الإبلاغ عن حادث
report-again = لم يُكتب شيء بعد. انظر إلى الحقول المعلّمة.
report-compartment = من يستطيع قراءة هذا
report-at = النقطة
report-perpetrator = يقال إنه الفاعل
report-injured = الجرحى
report-grade = التقييم: المصدر من A إلى F، والمعلومة من 1 إلى 6
report-write = ختم وكتابة
report-title-example = هجوم على قافلة
report-date-example = 2026-03-09 أو 091405ZMAR26
report-type-example = كمين لقافلة
report-place-example = بوكا
report-at-example = 6.51N 18.27E أو MGRS
report-perpetrator-example = جبهة الآبار السبع
report-number-example = 2
report-number-bad = اكتب عددًا، مثل 12 أو 10-12 أو 12+ أو 12 (10-15)
report-type-bad = اختر مما يُعرض، أو اكتب حروفًا لاتينية صغيرة وشرطات
report-empty = اكتب شيئًا واحدًا مما حدث على الأقل
field-also = يسمى أيضًا
field-identifier = المعرّف
field-about = بشأن
field-from = من
field-to = إلى
record-links = الروابط
record-links-cut = هناك أكثر مما يُعرض هنا.
guard = الحارس عند الباب
guard-why = يقف هذا حيث يقرؤه كل من في القسم. القرار لك.
field-case = رقم القضية
field-status = الحالة
field-violations = الانتهاكات
field-due = ما يلزم عمله
field-incident = الحادث
nav-cases = القضايا
nav-openings = الفتحات
task-cases = فتح قضية
task-cases-why = متابعة الأشخاص بأسماء مستعارة، وطلب ما هو مختوم مرتين.
task-openings = من فتح ماذا
task-openings-why = فتحات ما كتبتَه كما يرويها الأمناء، وفتحاتك أنت.
openings-title = الفتحات
openings-all-known = كل الفتحات حتى ما قبل { $age } معروفة.
openings-unseen-since = قد تكون هناك فتحات لم تُر منذ { $age }.
openings-unseen = قد تكون هناك فتحات لم تُر: لم يُسمع بعد من عدد كافٍ من الأمناء.
openings-fetch = اسأل الأمناء الآن
openings-no-hub = لم يلتقِ هذا المكتب بمحوره بعد؛ قم بالمزامنة أولًا.
openings-told = ما قاله الأمناء
openings-none = لم يُبلَّغ عن أي فتحة تخصك.
openings-when = متى
openings-who = من
openings-purpose = الغرض
openings-parts = الأجزاء
openings-outcome = النتيجة
openings-trustees = أُفرج
openings-emergency = طوارئ
openings-read = قُرئ دون اتصال
openings-read-forked = روى جهازهم روايتين لما قرأ
openings-released = أُفرج عنه
openings-refused = رُفض
openings-not-logged = ليس في السجل
openings-hasty = وُوفق عليه خلال ثوانٍ
openings-now = مفتوح الآن
openings-left = لمدة { $age } أخرى
openings-ahead = فُتح مسبقًا
openings-mine = ما طلبه هذا المكتب
openings-none-mine = لا شيء بعد.
openings-answers = { $parts } أجزاء، أفرج { $released } أمناء ورفض { $refused }؛ الورقة { $leaf }
cases-title = القضايا
cases-why = ما يُعرض هنا لا يحتاج إلى فتح: لا أسماء، بل ما هو مكشوف وما كتبه هذا المكتب فقط.
cases-none = لا يعرف هذا المكتب أي قضية.
case-parts = الأجزاء المختومة
case-no-parts = لا ينتمي إليها جزء محروس بعد.
case-no-open-part = لا شيء من هذه القضية مكشوف.
case-part-elsewhere = ليس على هذا المكتب بعد
case-sealed = مختوم مرتين
case-purpose = لأي غرض
case-open = اطلب من الأمناء فتحه
case-two-person = يُفتح بمفتاح عضو وحصص الأمناء وموافقة شخص ثانٍ. تُسجَّل الفتحة إلى الأبد ويُخبَر صاحبها.
case-two-seal = يُفتح بمفتاح عضو وحصص الأمناء. تُسجَّل الفتحة إلى الأبد ويُخبَر صاحبها.
open-refused = لم يُفتح
open-refused-why = إن وصل الطلب إلى السجل بقي فيه إلى الأبد، رُفض أم لا.
opened-title = فُتح لك
opened-over = هذا غير مفتوح، أو انتهى وقته.
opened-left = مفتوح لمدة { $age } أخرى، ثم يُمحى من ذاكرة هذا المكتب.
opened-cover = غطاء: لم يُكتب هنا شيء.
opened-why = الإيصال محفوظ. سيُخبَر صاحبه من فتحه ومتى ولأي غرض.
openings-handed = سُلّم إلى خلف
