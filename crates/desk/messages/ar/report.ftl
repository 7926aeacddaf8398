# الإبلاغ عن حادث: الاستمارة والمسودات والرسائل وما قد يكون الحدث نفسه.
report-until = حتى
report-until-alone = اكتب متى بدأ أيضًا
report-until-before = هذا قبل البداية
report-victim = من تضرر
report-class = درجة السرية
report-class-default = كما يطلب قسمه
report-grade-example = B2
report-more = المزيد: الدقة، مشاركون آخرون، الأفعال، الاستجابة، المصادر
report-precision = التاريخ معروف بدقة
report-as-written = كما هو مكتوب
report-place-precision = المكان معروف بدقة
report-others = مشاركون آخرون
report-who = من
report-role = بأي دور
report-harmed = متضررون آخرون
report-count = كم عددهم
report-harm = ماذا حدث لهم
report-group = أي فئة
report-sources = مصادر علنية، واحد في كل سطر
report-actors = المشاركون
report-response-actor = من تصرّف
report-response-action = ماذا فُعل
report-response-outcome = ماذا نتج عن ذلك
report-sealed = كُتب وخُتم مرتين. لن يعرضه هذا المكتب مرة أخرى؛ وتبيّن عمليات الفتح من يقرؤه.
field-pcode = رمز المكان (P-code)
field-act = ماذا فُعل
field-method = بأي وسيلة
precision-minute = الدقيقة
precision-day = اليوم
precision-days = بضعة أيام
precision-week = الأسبوع
precision-month = الشهر
precision-year = السنة
nearness-exact = الموضع نفسه
nearness-near = نحو 25 كم
nearness-admin2 = المنطقة من الدرجة الثانية
nearness-admin1 = المنطقة من الدرجة الأولى
nearness-region = إقليم
nearness-country = البلد
nearness-international = مياه أو أجواء دولية
apart = ضع جزءًا منه حيث يقرأ عدد أقل من الناس
apart-why = ما تختاره هنا يُختم على حدة. ومن يقرأ الباقي وحده لا يرى أنه موجود.
apart-rest = مع الباقي
drafts = المسودات
drafts-why = هي مختومة على هذا الحاسوب، أو في ذاكرته وحدها إن قُصد بها قسم محروس، وليست عند أحد غيرك.
draft-untitled = بلا عنوان
draft-discard = احذف
draft-discard-this = احذف المسودة { $title }
draft-kept = محفوظ كمسودة، مختوم على هذا الحاسوب: { $time }
draft-in-memory = محفوظ كمسودة في الذاكرة وحدها حتى يُقفل المكتب: ما يُقصد به قسم محروس لا يوجد على أي قرص قبل ختمه.
draft-in-memory-short = في الذاكرة وحدها حتى يُقفل المكتب
draft-keep = احفظ كمسودة وافحص
message-paste = ألصق رسالة
message-here = الرسالة كما وصلت: SALUTE، أو من وماذا وأين ومتى، أو نص متصل
message-read = اجعل منها مسودة
message-found = ما وُجد في الرسالة
message-nothing = لم يوجد شيء لا يُقرأ إلا على وجه واحد. الرسالة كلها في النص أدناه.
message-why = ما هو معلَّم وُضع في الاستمارة؛ والرسالة كلها في النص. لم يُضف شيء. تحقق قبل أن تكتب.
message-doubts = ما عليه علامة استفهام يُقرأ على أكثر من وجه، أو يناقض ما قبله. وقد تُرك.
pick-label = خريطة: اضغط مكانًا لتعطي نقطته
pick-why = اضغط الخريطة لتعطي النقطة. لا تعني الحدود تأييدًا رسميًا. Natural Earth.
alike = ربما هو معروف من قبل
alike-why = ربما تحكي هذه السجلات الحدث نفسه. انظر قبل أن تكتب؛ والقرار لك.
alike-days = { $count ->
    [0] في الوقت نفسه
    [one] بفارق يوم واحد
    [two] بفارق يومين
    [few] بفارق { $count } أيام
   *[other] بفارق { $count } يومًا
}
alike-km = { $count ->
    [0] في الموضع نفسه
   *[other] على بعد { $count } كم
}
alike-place = يسمى المكان هناك { $name }
alike-killed = { $one } و{ $other } من القتلى
alike-names = أسماء: { $names }
alike-words = { $count ->
    [one] كلمة واحدة مشتركة
    [two] كلمتان مشتركتان
    [few] { $count } كلمات مشتركة
   *[other] { $count } كلمة مشتركة
}
room-readers = { $count ->
    [one] قارئ واحد
    [two] قارئان
    [few] { $count } قرّاء
    [many] { $count } قارئًا
   *[other] { $count } قارئ
}
