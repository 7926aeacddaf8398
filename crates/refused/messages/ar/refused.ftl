# ما يُرفض، والكلمات الدالة على موضوعه، بالعربية.

# --- homes
home-no-desk = لا يوجد مكتب في { $path }؛ أسّس بعثة بالأمر «counterseal mission new» أو انضم إلى بعثة بالأمر «counterseal invite accept»
home-not-this-one = لا يوجد مكتب يبدأ بـ«{ $prefix }»؛ الموجود: { $ids }
home-several = { $count ->
    [one] على هذا الحاسوب مكتب واحد؛ اختره ({ "\u200E" }--desk): { $ids }
    [two] على هذا الحاسوب مكتبان؛ اختر أحدهما ({ "\u200E" }--desk): { $ids }
    [few] على هذا الحاسوب { $count } مكاتب؛ اختر واحدًا منها ({ "\u200E" }--desk): { $ids }
    [many] على هذا الحاسوب { $count } مكتبًا؛ اختر واحدًا منها ({ "\u200E" }--desk): { $ids }
   *[other] على هذا الحاسوب { $count } مكتب؛ اختر واحدًا منها ({ "\u200E" }--desk): { $ids }
}
home-synced = يقع { $path } في مجلد تنسخه خدمة { $service } إلى خواديمها؛ اختر مجلدًا آخر ({ "\u200E" }--home)

# --- stores
store-damaged = تلف { $file } أو أُعيد من نسخة أقدم: { $what }؛ استعد المكتب من نسخة احتياطية أو سجّله من جديد، وأبلغ مسؤول أمن المعلومات
store-failed = تعطّل مخزن هذا المكتب: { $reason }
store-full = القرص ممتلئ: لم يُحفظ شيء من الخطوة الأخيرة؛ أفسح مكانًا وحاول من جديد
store-in-use = مخزن هذا المكتب مفتوح في برنامج counterseal آخر؛ أغلقه أولًا أو اقفله («counterseal lock»)
store-missing = لا يوجد مخزن في { $dir }؛ أسّس بعثة أو انضم إلى بعثة أولًا
store-not-locked = تعذّر قفل مخزن هذا المكتب: { $reason }
store-not-read = تعذّرت قراءة مخزن هذا المكتب: { $reason }
store-not-written = تعذّرت الكتابة في مخزن هذا المكتب: { $reason }
store-poisoned = فشلت كتابة سابقة، فلا يجيب هذا المكتب عن شيء حتى يُفتح من جديد
store-unsure = تعطّل القرص أثناء حفظ شيء ({ $reason }): قد يكون محفوظًا أو لا؛ افتح المكتب من جديد وانظر قبل أن تعيد العملية

# --- files
file-clear = تعذّر إفراغ { $path }: { $reason }
file-find = تعذّر العثور على { $path }: { $reason }
file-lock = تعذّر قفل { $path }: { $reason }
file-make = تعذّر إنشاء { $path }: { $reason }
file-name = تعذّرت تسمية { $path } باسمه: { $reason }
file-read = تعذّرت قراءة { $path }: { $reason }
file-remove = تعذّرت إزالة { $path }: { $reason }
file-use = تعذّر استخدام { $path }: { $reason }
file-write = تعذّرت كتابة { $path }: { $reason }

# --- key files
keyfile-cannot-unlock = عبارة المرور خاطئة أو ملف المفاتيح تالف؛ اكتبها من جديد، وإن كنت متأكدًا منها فاستعد الملف من نسخة
keyfile-unreadable = تتعذّر قراءة ملف المفاتيح: { $reason }

# --- the line to the hub
link-address = «{ $address }» ليس عنوان محور؛ اكتب اسم الخادوم ثم المنفذ، مثل hub.example:4433
link-line = يتعذّر الوصول إلى المحور ({ $reason })؛ ما تكتبه ينتظر على هذا المكتب
link-no-hub = ليس لهذه البعثة محور بعد؛ ما تكتبه ينتظر على هذا المكتب، والحقائب تحمله
link-not-the-hub = من يجيب على هذا العنوان ليس محور البعثة: { $reason }
link-silent = المحور لا يجيب؛ ما تكتبه ينتظر على هذا المكتب
link-tls = لا اتصال آمنًا بالمحور: { $reason }

# --- what a desk cannot do
node-already-away = غادر هذا المكتب القسم { $compartment } من قبل؛ يعيده إليه أحد مديري القسم
node-bad-receipt = الإيصال لا يثبت شيئًا: { $reason }
node-bad-rotation = { $count ->
    [one] في المناوبة خطأ واحد؛ يسمّيه الأمر «counterseal people rotate --dry-run»؛ لم يُفعل شيء
    [two] في المناوبة خطآن؛ يسمّيهما الأمر «counterseal people rotate --dry-run»؛ لم يُفعل شيء
    [few] في المناوبة { $count } أخطاء؛ يسمّيها كلها الأمر «counterseal people rotate --dry-run»؛ لم يُفعل شيء
    [many] في المناوبة { $count } خطأً؛ يسمّيها كلها الأمر «counterseal people rotate --dry-run»؛ لم يُفعل شيء
   *[other] في المناوبة { $count } خطأ؛ يسمّيها كلها الأمر «counterseal people rotate --dry-run»؛ لم يُفعل شيء
}
node-bad-statements = هذا ليس ملف بيانات: { $reason }
node-body = تتعذّر قراءة سجل: { $reason }؛ قد تلزم نسخة أحدث من counterseal
node-epoch-not-logged = الحقبة { $epoch } ليست في السجل العلني بعد، وما هو محروس لا يمكن أن يُكتب ثانيةً إن غلبتها حقبة أخرى؛ قم بالمزامنة أولًا («counterseal sync»)
node-field-taken = الحقل موجود في الجزء الآخر من السجل { $record }؛ عدّل ذلك الجزء بدلًا من هذا حتى لا يضيع منه شيء
node-files-unreachable = تتعذّر قراءة ملفات السجلات العلنية: { $reason }
node-guarded-one-by-one = تُكتب الأجزاء المحروسة واحدًا واحدًا؛ استورد إلى قسم مكشوف
node-hub-not-followed = علم هذا المكتب بالجيل { $generation } من المحور ولم يتابع سجلاته؛ قم بالمزامنة معه، أو خذ سجلات مكتب تابعها بالأمر «counterseal mission take»
node-hub-orders = لهذه البعثة محور يرتّب سجلُّه بياناتها؛ قم بالمزامنة («counterseal sync») أو اقرأ حقيبة
node-in-conflict = أحدث نسخ السجل { $record } غير متفقة؛ احسم بينها أولًا («counterseal record resolve»)
node-locked = قُفل المكتب؛ ما أُبلغ بأنه حُفظ فهو محفوظ؛ أعد العملية للمتابعة
node-no-evidence = لا دليل على هذا المكتب ضد الجهاز { $device }؛ انظر «counterseal device evidence»
node-no-mission = لا يحوي مخزن هذا المكتب أي بعثة؛ استعده من نسخة احتياطية أو سجّل المكتب من جديد
node-no-parts = يسمّي الفهرس سجلًا بلا أجزاء؛ أعد بناء الفهرس («counterseal reindex»)
node-no-receivers = لن يتسلّم أحد هذه الحقيبة: لا جهاز نشطًا آخر في القسم؛ سمِّ جهازًا أو شخصًا، أو اقبلهم في القسم أولًا
node-no-record = لا يوجد سجل { $record } على هذا المكتب
node-no-secret = سر الحقبة { $epoch } ليس على هذا المكتب؛ اطلب من أي عضو في قسمها أن ينشر إصلاحًا، أو واصل من دونه: «counterseal compartment rekey»
node-no-successor = لا يستطيع { $person } أن يتولى المهمة: سمِّ شخصًا آخر نشطًا
node-no-trustee-keys = لا يمكن ختم شيء في القسم { $compartment }: على هذا المكتب مفاتيح { $have } من أصل { $needed } من الأمناء؛ قم بالمزامنة («counterseal sync») ما دام هناك اتصال بالأمناء
node-no-trustees = الأقسام ذات الختمين أو ذات الشخصين تحتاج إلى أمناء، وليس لهذه البعثة أمناء: يسمّيهم القيّمون على البعثة بالأمر «counterseal mission trustees»
node-nobody-brings-back = لن يستطيع أحد إعادة هذا المكتب إلى القسم { $compartment }: صاحبه هو المدير الوحيد؛ عيّن مديرًا آخر أولًا («counterseal compartment manager appoint»)
node-none-so = { $what }: لا شيء يُسمى «{ $prefix }» أو يبدأ به؛ انظر قائمة الموجود
node-not-a-member = هذا المكتب ليس عضوًا في القسم { $compartment }؛ اطلب من أحد مديريه قبوله
node-not-a-receiver = لا تُكتب حقيبة للجهاز { $device }: فهو غير مسجَّل، أو ملغى أو معلَّق أو مجمَّد
node-not-away = بحسب ما في سجل هذا المكتب لم يغادر الجهاز { $device } القسم { $compartment }؛ إن كان قد غادره فقم بالمزامنة أولًا
node-not-held = لم يعد على هذا المكتب شيء من القيد { $entry }؛ اكتبه من جديد
node-not-logged = { $what } ليس بعد في نقطة تحقق مشتركة التوقيع؛ قم بالمزامنة وحاول من جديد
node-not-refused = لم يرفض أي أمين القيد { $entry }؛ لا شيء يحتاج إلى ختم جديد
node-nothing-to-leave = سمِّ قسمًا واحدًا على الأقل للمغادرة؛ انظر «counterseal compartment list»
node-other = تعذّر ذلك: { $reason }
node-other-end = بيان القيّمين عن الجيل { $generation } من المحور ينهي السجل { $log } عند الحجم { $size } بجذر ليس له على هذا المكتب: لا تستخدم أيًا من المحورين، واترك هذا المكتب كما هو، وأبلغ مسؤول أمن المعلومات؛ لم يؤخذ شيء
node-other-history = يُظهر السجل { $log } عند الحجم { $size } تاريخًا غير الذي يعرفه هذا المكتب: لا تستخدم هذا المحور، واترك هذا المكتب كما هو، وأبلغ مسؤول أمن المعلومات؛ لم يؤخذ شيء
node-other-key = ملف المفاتيح هذا ليس من النوع المطلوب ({ $needed })
node-other-kind = السجل { $record } من نوع آخر: { $is } لا { $given }
node-same-place = الحقل موجود في ذلك القسم؛ سمِّ قسمًا آخر
node-session = فعل الطرف الآخر من الجلسة ما لا يجوز له: { $reason }
node-several-so = { $what }: أكثر من واحد ({ $count }) يطابق «{ $prefix }»؛ سمِّ واحدًا، أو اكتب أرقامًا أكثر
node-source-in-open = المصدر محروس دائمًا: لا يمكن تدوينه في قسم مكشوف يفتحه مفتاح أي عضو وحده
node-stopped = لا يكتب هذا المكتب شيئًا الآن: جهازه مجمَّد أو معلَّق أو ملغى، أو انتهت مدة التكليف؛ يبيّن الأمر «counterseal device list» أيها، ويستطيع المسجِّل المساعدة
node-two-histories = وقّع السجل { $log } تاريخين: فقد أظهر { $who } تاريخًا آخر حتى الحجم { $size }. لا يُمضى في شيء مع هذا المحور. سلّم الدليل إلى مسؤول أمن المعلومات: counterseal ledger proof --two-histories --out FILE
node-unsent = لم يؤكد أي محور { $entries } من القيود و{ $statements } من البيانات لهذا المكتب؛ أرسلها أولًا («counterseal sync» أو «counterseal pouch write»)، أو قل { "\u200E" }--anyway: عندئذ يُعدّ متأخرًا ما كُتب في الأقسام التي تُغادَر
node-verification = فشل التحقق: { $reason }؛ استعد المكتب من نسخة احتياطية أو سجّله من جديد

# --- cases, consents, withdrawals
refusal-casework-cooling-off = سُحب الجزء { $part } في { $withdrawn }؛ ويمكن محوه ابتداءً من { $from }، حتى لا يُكره أحد على إتلاف الأدلة على عجل
refusal-casework-erased = الجزء { $part } ممحو: ذهب نصه المشفَّر وبقي شاهد محوه
refusal-casework-fact-bad = لا يمكن التصريح بهذه الواقعة: { $reason }
refusal-casework-held = الجزء { $part } تحت حفظ قانوني: لا يُمحى قبل أن يرفعه شخصان
refusal-casework-malformed = لا يمكن كتابة هذا ({ $kind }): { $field }: { $reason }
refusal-casework-no-case = { $count ->
    [zero] لا توجد على هذا المكتب قضية اسمها { $text }؛ سمِّها بمرجعها أو بأول أرقام معرّفها («counterseal case list»)
    [one] على هذا المكتب قضية واحدة اسمها { $text }؛ سمِّها بمرجعها أو بأول أرقام معرّفها («counterseal case list»)
    [two] على هذا المكتب قضيتان اسمهما { $text }؛ سمِّ القضية بمرجعها أو بأول أرقام معرّفها («counterseal case list»)
    [few] على هذا المكتب { $count } قضايا اسمها { $text }؛ سمِّ القضية بمرجعها أو بأول أرقام معرّفها («counterseal case list»)
   *[other] على هذا المكتب { $count } قضية اسمها { $text }؛ سمِّ القضية بمرجعها أو بأول أرقام معرّفها («counterseal case list»)
}
refusal-casework-no-stands = قال الشخص لا في { $since }: لا تُجدَّد موافقة فوق ذلك؛ دوّن موافقة جديدة إن أُعطيت ثانيةً
refusal-casework-not-withdrawn = الجزء { $part } غير مسحوب: اسحبه أولًا، ويمكن محوه بعد انقضاء مهلة التروّي
refusal-casework-not-yours = لا يفعل هذا إلا مدير قسم الجزء أو مسؤول حماية البيانات: اطلبه من أحدهما
refusal-casework-not-yours-to-say = لا يمكنك التصريح بهذا ({ $kind })، ولن يصدّقه أي أمين: اطلبه من { $ask }
refusal-casework-never-allowed = لم يسمح هذا الشخص هنا بشيء من الجزء { $part } قط؛ دوّن موافقة أولًا
refusal-casework-nothing-given = لا يعرف هذا المكتب أي موافقة على الجزء { $part }: دوّن واحدة، أو افعل ذلك حيث دُوّنت
refusal-casework-nothing-stands = لا شيء من هذا النوع ({ $what }) قائم على الجزء { $part }: لا شيء يُرفع
refusal-casework-only-guarded = ما يقوله هذا ({ $kind }) لا يرد إلا في أقسام محروسة: سمِّ واحدًا منها بالخيار { "\u200E" }--compartment، ولا تذكر شيئًا عن الأشخاص في موضع آخر
refusal-casework-paper-other = هذه ليست ورقة بشأن أجزاء: { $reason }
refusal-casework-part-unknown = لا يوجد جزء { $part } على هذا المكتب؛ سمِّه بالقيد والرقم (ENTRY/INDEX)، وبالأرقام الـ64 كلها مع قسمه إن لم يكن على هذا المكتب
refusal-casework-policy-unreadable = لا يستطيع هذا البرنامج قراءة السياسة السارية: { $reason }
refusal-casework-second-person = وقّعتَ هذه الورقة من قبل: يوقّعها شخص آخر على مكتبه هو
refusal-casework-several-compartments = الأجزاء من أقسام عدة؛ أعدّ ورقة لكل قسم

# --- openings
refusal-opening-approvals-missing = { $needed ->
    [one] يحتاج فتح هذا إلى موافقة شخص آخر، وعدد من وافق { $have }؛ سمِّه ({ "\u200E" }--approver) ويجيب من مكتبه («counterseal approvals»)
    [two] يحتاج فتح هذا إلى موافقة شخصين آخرين، وعدد من وافق { $have }؛ سمِّهما ({ "\u200E" }--approver) ويجيبان من مكتبيهما («counterseal approvals»)
   *[other] يحتاج فتح هذا إلى موافقة { $needed } أشخاص آخرين، وعدد من وافق { $have }؛ سمِّهم ({ "\u200E" }--approver) ويجيبون من مكاتبهم («counterseal approvals»)
}
refusal-opening-delay-bad = يؤخَّر الإشعار إلى يوم لاحق، خلال { $days } يومًا على الأكثر، ولا يؤخَّر أبدًا في حالة طارئة
refusal-opening-closed = الجزء { $part } لا يُفتح ({ $state }): لا أحد يفتحه
refusal-opening-count-bad = لا يمكن طلب هذا العدد من الأجزاء ({ $count }) دفعة واحدة؛ اطلب من 1 إلى 4096
refusal-opening-cover = الجزء { $part } غطاء: لم يُكتب هنا شيء، ولا يُطلب فتحه
refusal-opening-does-not-open = لا يُفتح الجزء { $part } بما أعطاه الأمناء؛ أبلغ مسؤول أمن المعلومات: { $reason }
refusal-opening-not-ahead = لم يُفتح الجزء { $part } مسبقًا، أو انتهى وقته
refusal-opening-not-followed = لم يتابع هذا المكتب سجلات البعثة؛ قم بالمزامنة أولًا ثم افتح
refusal-opening-not-set-up = ليس لهذه البعثة بعد ما يلزم ({ $what })، فلا يمكن فتح شيء محروس؛ يسمّي القيّمون ذلك
refusal-opening-part-unknown = لا يوجد جزء محروس { $part } على هذا المكتب؛ يسمّي الأمر «counterseal guarded list» الموجود منها
refusal-opening-places-empty = من الأمناء الذين خُتم لهم الجزء بقي { $have } هم أو خلفاؤهم، ويجب أن يفرج { $needed }؛ يسمّي القيّمون خلفاء لمن ذهبوا
refusal-opening-refused = يرفض الأمناء: { $reason }
refusal-opening-request-unknown = لا يوجد طلب { $id } ينتظر جوابك؛ يُظهر الأمر «counterseal approvals list» ما ينتظر
refusal-opening-too-few = أفرج { $have } من أصل { $needed } من الأمناء اللازمين ({ $reason })؛ حاول من جديد، أو استخدم ما فُتح مسبقًا
refusal-opening-too-old = كان الطلب صالحًا لعشر دقائق وقد انقضت؛ اطلب من جديد
refusal-opening-trustees-unknown = خُتم الجزء لأمناء { $set } غير معروفين هنا؛ قم بالمزامنة أولًا

# --- invitations
refusal-invitation-cancelled = أُلغيت الدعوة؛ أنشئ دعوة أخرى
refusal-invitation-expired = انتهت الدعوة في { $since }؛ أنشئ دعوة أخرى، وتحقق من ساعة هذا الحاسوب
refusal-invitation-file-bad = ليس هذا هو الملف المطلوب ({ $what } من دعوة): { $reason }
refusal-invitation-line-bad = في السطر { $line } من الدعوة خطأ أو هو ناقص؛ قارنه واكتبه من جديد
refusal-invitation-none = هذه ليست دعوة؛ أعط الملف أو الأسطر التي أنشأها مكتب الداعي
refusal-invitation-not-asked = لم يتقدم أي جهاز بطلب بهذه الدعوة بعد؛ أجب عن طلبه أولًا
refusal-invitation-not-proved = لم يأخذ هذا الجهاز تحديه بعد؛ خذه أولًا («counterseal invite prove»)
refusal-invitation-of-other-version = الدعوة من نسخة أخرى من counterseal؛ حدّث هذا البرنامج
refusal-invitation-taken = سبق جهاز آخر إلى التقدم بهذه الدعوة: قد تكون لدى شخص آخر؛ ألغها وأنشئ دعوة أخرى
refusal-invitation-unknown = لم ينشئ هذا المكتب دعوة كهذه؛ انظر دعواته («counterseal invite list»)
refusal-invitation-used = استُعملت الدعوة من قبل؛ كل دعوة لجهاز واحد، فأنشئ دعوة أخرى

# --- pouches
refusal-pouch-after-end = تستمر الحقيبة بعد نهايتها
refusal-pouch-contents-disorderly = قائمة محتويات الحقيبة غير مرتبة
refusal-pouch-contents-misplaced = لا تبدأ الحقيبة بذكر محتوياتها، أو تذكرها مرتين
refusal-pouch-damaged = القطعة { $number } من الحقيبة تالفة؛ قُرئ ما قبلها، فاطلب الباقي من جديد
refusal-pouch-frames-unknown = تتحدث الحقيبة الإصدار { $version } من البروتوكول، ولا تعرفه هذه النسخة؛ حدّث البرنامج لقراءتها
refusal-pouch-mission-other = الحقيبة من بعثة أخرى
refusal-pouch-not-for-this-device = الحقيبة غير مختومة لهذا الجهاز؛ اطلب من كاتبها أن يسمّي هذا الجهاز أو قسمه
refusal-pouch-not-one = الملف ليس حقيبة
refusal-pouch-too-many-receivers = تدّعي الحقيبة مستلمين أكثر مما يمكن أن يكون لحقيبة
refusal-pouch-version-unknown = الحقيبة من الإصدار { $version } ومجموعة الخوارزميات { $suite }، ولا تعرفهما هذه النسخة؛ حدّث البرنامج لقراءتها

# --- sharing
refusal-share-approval-other = هذه ليست موافقة على ما سيخرج: { $reason }
refusal-share-closed = الجزء { $part } لا يُشارَك ولا يُصدَّر ({ $state })
refusal-share-no-policy = ليس لهذه البعثة سياسة سارية، فلا يُشارَك شيء ولا يُصدَّر بموجبها؛ يضع القيّمون سياسة
refusal-share-no-purpose = { $count ->
    [one] جزء واحد من هذا التصدير في قسم تتناوله السياسة؛ قل لأي غرض بالخيار { "\u200E" }--purpose وستبيّن هل يجوز خروجه
    [two] جزءان من هذا التصدير في أقسام تتناولها السياسة؛ قل لأي غرض بالخيار { "\u200E" }--purpose وستبيّن هل يجوز خروجهما
    [few] { $count } أجزاء من هذا التصدير في أقسام تتناولها السياسة؛ قل لأي غرض بالخيار { "\u200E" }--purpose وستبيّن هل يجوز خروجها
   *[other] { $count } جزءًا من هذا التصدير في أقسام تتناولها السياسة؛ قل لأي غرض بالخيار { "\u200E" }--purpose وستبيّن هل يجوز خروجها
}
refusal-share-no-such-purpose = لا تعرف السياسة السارية هذا الغرض؛ انظر «policy show»
refusal-share-not-generalised = هذا النوع ({ $kind }) لا يقبل التعميم: لا يُعرف عن شيء مما فيه أنه غير ضار؛ لا تشارك منه شيئًا، أو شاركه كله
refusal-share-not-open = الجزء { $part } مختوم مرتين وغير مفتوح الآن؛ افتحه لهذا الغرض أولًا
refusal-share-not-permitted = { $reason }
refusal-share-nothing = الجزء { $part } هو { $what }: ليس فيه ما يُشارَك
refusal-share-nothing-to-approve = لا تتحدث السياسة عن أي جزء من هذا التصدير: فلا يحتاج إلى موافقة أحد
refusal-share-own-kind = السجل من النوع { $kind } يخص البعثة نفسها ويبقى حيث هو

# --- the register, journals, reviews
refusal-already-revoked = الشخص أو الجهاز ملغى من قبل
refusal-already-suspended = الجهاز { $device } معلَّق من قبل
refusal-chain-equivocation = وقّع جهاز قيدين لموضع واحد من يوميته؛ ويُحفظ كلاهما دليلًا
refusal-chain-gap = تنقص قيود سابقة من اليومية؛ أحضرها أولًا
refusal-chain-other-journal = القيد من يومية أخرى
refusal-chain-other-predecessor = يلي القيد قيدًا غير الموجود؛ أحدهما من تاريخ ثانٍ
refusal-chain-wrong = يسمّي البيان سلسلة غير التي ينتمي إليها فعله
refusal-challenge-closed = التحدي غير مختوم لهذا الجهاز: لا تتابع، وأبلغ مسؤول أمن المعلومات
refusal-challenge-inviter-other = التحدي ليس من الجهاز الذي تسمّيه الدعوة: لا تتابع، وأبلغ مسؤول أمن المعلومات
refusal-challenge-not-committed = التحدي ليس الذي تلتزم به الدعوة: لا تتابع، وأبلغ مسؤول أمن المعلومات
refusal-challenge-request-other = يجيب التحدي عن طلب غير طلب هذا الجهاز؛ اطلب التحدي الذي يخصه
refusal-challenge-second = أخذ هذا الجهاز تحديًا آخر من قبل؛ اطلب دعوة جديدة
refusal-compartment-exists = القسم { $compartment } موجود من قبل
refusal-compartment-list-bad = قائمة الأقسام غير مرتبة، أو تسمّي قسمًا مرتين
refusal-compartment-mission-wide = قسم البعثة كلها يديره المسجِّلون ويبقى مكشوفًا
refusal-compartment-unknown = لا يوجد قسم { $compartment }
refusal-cooling-off = { $days ->
    [one] يُمحى الجزء بعد أن يمضي على سحبه يوم واحد
    [two] يُمحى الجزء بعد أن يمضي على سحبه يومان
    [few] يُمحى الجزء بعد أن تمضي على سحبه { $days } أيام
    [many] يُمحى الجزء بعد أن يمضي على سحبه { $days } يومًا
   *[other] يُمحى الجزء بعد أن يمضي على سحبه { $days } يوم
}
refusal-decoy-count = لا تُزرع هذه الشِّراك كلها ({ $count }) دفعة واحدة؛ سمِّ عددًا من 1 إلى { $most }
refusal-decoy-list = القسم { $compartment } ليس موضعًا لقائمة الشِّراك: من أجهزته { $count } لا تخص أي ضابط مناوب؛ سمِّ قسمًا لمكتب المناوبة وحده
refusal-decoy-no-desks = لا يستطيع أي مكتب زرع شِراك في القسم { $compartment } بحيث تُخبَر بفتحها؛ اطلب من القيّمين تعيينك مراجعًا لقسم العمل الذي ينتمي إليه بعض أعضائه
refusal-decoy-not-watch = لا يزرع الشِّراك إلا ضابط مناوب؛ يعيّنه القيّمون
refusal-decoy-open = القسم { $compartment } مكشوف: مفاتيح أعضائه وحدها تفتح ما فيه، فلن يُخبَر أحد بأن شَرَكًا قُرئ؛ سمِّ قسمًا محروسًا
refusal-device-away = الجهاز { $device } في رحلة؛ وإلى أن يعيده مدير لا يصرّح بشيء عما غادره ولا يشهد لأي جهاز
refusal-device-exists = سُجّل من قبل جهاز بهذه المفاتيح؛ المفاتيح لا يُعاد استعمالها أبدًا
refusal-device-not-pending = الجهاز { $device } لا ينتظر التأكيد
refusal-device-proof-bad = لم يثبت الجهاز أن لديه مفتاح توقيعه
refusal-device-removed = أُزيل الجهاز { $device } من القسم
refusal-device-unknown = الجهاز { $device } غير مسجَّل لهذا الشخص
refusal-enrolment-not-by-inviter = سجّل هذا الجهازَ جهازٌ غير الذي دعاه، أو من دون تحديه: لا تنضم، وأبلغ مسؤول أمن المعلومات
refusal-entry-list-bad = قائمة القيود فارغة أو غير مرتبة، أو تسمّي قيدًا مرتين
refusal-entry-malformed = هذا ليس قيدًا؛ أحضره من جديد
refusal-entry-no-such-part = ليس في القيد جزء بهذا الرقم
refusal-entry-other-ciphertext = أحد الأجزاء ليس النص المشفَّر الذي وقّعه كاتب القيد؛ أحضر القيد من جديد
refusal-entry-other-device = يقول القيد إنه من جهاز غير الذي فُحص من أجله
refusal-entry-out-of-limits = في القيد أجزاء أو بايتات أكثر مما يمكن أن يكون في قيد، أو لا شيء منها
refusal-entry-part-count = يحمل القيد عددًا من الأجزاء غير الذي وقّعه كاتبه؛ أحضره من جديد
refusal-entry-part-guarded = جزء من القيد محروس، ولكن القيد لا يسمّي مجموعة أمناء
refusal-entry-part-open = جزء من القيد مكشوف، ولكن القيد يسمّي مجموعة أمناء
refusal-entry-point-count = في جزء من القيد عدد من الحصص غير عدد أمناء القيد
refusal-entry-predecessor-bad = لا يسمّي القيد سابقه كما يجب على قيد في موضعه
refusal-entry-rule-mismatch = القيد غير مختوم بحسب قاعدة الفتح في حقبته
refusal-entry-suite-unknown = القيد من مجموعة خوارزميات لا تعرفها هذه النسخة؛ حدّث البرنامج لقراءته
refusal-entry-trustee-count = لا يحمل القيد حصصًا لأي أمين، أو يحملها لأكثر من تسعة
refusal-entry-trustee-key-twice = يحمل القيد حصتين لمفتاح أمين واحد
refusal-entry-trustee-set-missing = يحمل القيد حصصًا لأمناء ولكنه لا يسمّي مجموعتهم
refusal-epoch-already-wrapped = أغلفة الحقبة موجودة من قبل؛ التصحيح يكون بالإصلاح
refusal-epoch-joins-bad = تسمّي الحقبة الحقب التي تليها، كلًا منها مرة واحدة وبالترتيب؛ والأولى وحدها لا تسمّي شيئًا، والسبب create
refusal-epoch-previous-bad = تختم الحقبة، كل سر مرة واحدة وبالترتيب، أسرار حقب تليها وبدأت بقاعدة التاريخ full، ولا تختم شيئًا ما دامت from-join سارية
refusal-epoch-reason-mismatch = سبب الحقبة غير ملائم: لا يُدخل الأجهزة إلا create وadmit، أما join فتلي حقبًا عدة
refusal-epoch-unknown = الحقبة { $epoch } ليست من حقب هذا القسم
refusal-evidence-bad = ليس الدليل قيدين وقّعهما هذا الجهاز لموضع واحد من يوميته
refusal-founding-expected = تبدأ البعثة ببيان تأسيس لا يسمّي بعثة ولا سابقًا
refusal-freeze-list-bad = قائمة التجميدات فارغة أو غير مرتبة، أو تسمّي تجميدًا مرتين
refusal-freeze-unknown = { $freeze } ليس تجميدًا ساريًا على هذا الشخص أو الموقع
refusal-governors-bad = القيّمون من 1 إلى 16 مفتاحًا مختلفًا مرتبة بحسب معرّفاتها، والحد الأدنى للتوقيع بين واحد وعددهم
refusal-hub-generation-wrong = ينبغي أن يكون هذا من الجيل { $expected } من المحور؛ انظر المحاور التي تعرفها البعثة
refusal-hub-log-keys-fixed = مفاتيح سجلات المحور ثابتة؛ المفاتيح الأخرى تحتاج إلى خلافة
refusal-hub-pin-unknown = يُظهر الخادوم شهادة لا تسمّيها البعثة؛ فهو ليس محور البعثة
refusal-hub-pins-bad = للمحور من 1 إلى 4 بصمات شهادات، كل منها مرة واحدة وبالترتيب
refusal-hub-superseded = هذا من الجيل { $generation } من المحور، وقد استبدله القيّمون؛ استخدم المحور الحالي، وأبلغ مسؤول أمن المعلومات إن ظل هذا يعمل
refusal-hub-unknown = ليس للبعثة محور بعد؛ يسمّي القيّمون أول محور
refusal-key-bad = مفتاح عام ليس مفتاحًا: ليس ترميزًا معياريًا لنقطة من الرتبة الصحيحة، أو لمفتاح X-Wing
refusal-key-in-use = لكل مفتاح غرض واحد وحامل واحد: هذا المفتاح لغيره، أو استُعمل من قبل
refusal-leaf-count-bad = لا تعدّ الورقة أي جزء، أو تعدّ أكثر مما يمكن أن يكون
refusal-leaf-length-bad = هذه ليست ورقة من سجل اليوميات؛ أحضرها من جديد
refusal-leaf-type-unknown = الورقة من نوع لا تعرفه هذه النسخة؛ حدّث البرنامج لقراءتها
refusal-leaf-version-unknown = الورقة من إصدار لا يعرفه هذا البرنامج؛ حدّثه لقراءتها
refusal-log-before-generation = سجل الجيل { $generation } من المحور ليس الذي تكمله خلافته؛ لا تستخدمه وأبلغ مسؤول أمن المعلومات
refusal-log-end-bad = تسمّي الخلافة حجمًا وجذرًا لسجلات لا يمكن أن يكونا لسابقها
refusal-log-size-impossible = يدّعي البيان أنه رأى من السجل أكثر أو أقل مما يسمح به موضعه وسابقه
refusal-manager-unknown = الشخص ليس مديرًا للقسم
refusal-managers-remain = ما زال للقسم { $compartment } مدير يستطيع تعيين آخر؛ القيّمون والمسجِّلون لا يستطيعون ذلك
refusal-mission-already-founded = البعثة مؤسَّسة من قبل؛ لا يكون التأسيس إلا بيانها الأول
refusal-mission-other = البيان من بعثة أخرى
refusal-no-first-device = ليس للشخص جهاز بعد؛ الجهاز الأول يسجّله مسجِّل
refusal-not-a-cross-signer = يوقّع على الجهاز الإضافي أحد أجهزة الشخص النشطة، أو من مسؤولي الاسترداد العدد الذي تقرره البعثة، وليس الشخص منهم
refusal-not-a-freezer = يجمّد الشخصَ مسجِّلٌ، أو هو نفسه، أو مدير قسم هو فيه، ولكن المدير لا يجمّد مسجِّلًا؛ والموقع يجمّده مسجِّل
refusal-not-a-manager = لا يصرّح بهذا إلا مدير القسم { $compartment }
refusal-not-a-member = لا يصرّح بهذا إلا جهاز في قائمة أجهزة الحقبة
refusal-not-a-registrar = لا يصرّح بهذا إلا مسجِّل
refusal-not-a-withdrawer = لا يسحب أجزاء القسم إلا عضو فيه أو مسؤول حماية البيانات، ولا يحفظها إلا مدير أو مسؤول حماية البيانات
refusal-not-cosigned = يسمح البيان بشيء ولا يسري إلا بعد أن يشترك الشهود في توقيعه؛ احتفظ به وحاول من جديد حينئذ
refusal-not-one-device = يجب أن يوقّع هذا جهاز واحد بالضبط
refusal-not-the-device-itself = لا يصرّح بالخروج في رحلة إلا الجهاز نفسه
refusal-not-the-epochs-signer = لا يوزّع أغلفة الحقبة إلا الجهاز الذي بدأها؛ ويستطيع عضو آخر نشر إصلاح
refusal-not-the-first-device = يسجّل المسجِّل الجهاز الأول للشخص فقط؛ والجهاز الإضافي يوقّع عليه الشخص أو مسؤولو الاسترداد
refusal-not-the-governors = { $threshold ->
    [one] يجب أن يوقّع هذا قيّم واحد بالضبط من القيّمين الحاليين، ولا أحد غيره
    [two] يجب أن يوقّع هذا قيّمان بالضبط من القيّمين الحاليين، ولا أحد غيرهما
   *[other] يجب أن يوقّع هذا { $threshold } بالضبط من القيّمين الحاليين، ولا أحد غيرهم
}
refusal-not-the-trustees = لا يسمّي القيد أمناء { $set } بالضبط
refusal-not-two-persons = يجب أن يوقّع هذا شخصان: مدير القسم { $compartment } ومسؤول حماية البيانات
refusal-nothing-changes = هذا قائم من قبل، ولا شيء ينتظر ليحل محله
refusal-nothing-to-lift = { $statement } ليس سحبًا ولا حفظًا قائمًا في هذا القسم
refusal-office-bad = يراجع المراجع قسم عمل واحدًا، ولا يسمّي أي منصب آخر قسمًا
refusal-officer-unknown = لا يشغل الشخص هذا المنصب
refusal-own-case = لا أحد يمدّد تكليفه هو ولا يؤكد جهازه هو؛ اطلب ذلك من غيرك
refusal-paper-device-other = الورقة لجهاز غير الذي قُرئت لك بصمته؛ لا توقّعها
refusal-part-erased = أحد الأجزاء ممحو من قبل
refusal-part-held = أحد الأجزاء أو قسمه تحت حفظ قانوني؛ يُمحى عند رفع الحفظ
refusal-part-list-bad = قائمة الأجزاء فارغة، أو أطول من 4096، أو غير مرتبة، أو تسمّي جزءًا مرتين
refusal-person-exists = الشخص { $person } مسجَّل من قبل؛ التكليف المنتهي يُمدَّد، أما الإلغاء فنهائي
refusal-person-not-active = الشخص { $person } ملغى أو مجمَّد، أو انتهى تكليفه
refusal-person-unknown = الشخص { $person } غير مسجَّل
refusal-policy-bad = السياسة جدول من 1 إلى 65536 بايتًا من نص UTF-8
refusal-position-runs-back = موضع البيان في السجل ليس بعد آخر بيان طُبّق؛ طبّق السجل بالترتيب
refusal-predecessor-unknown = يلي البيان بيانًا ليس في سلسلته؛ أحضر أولًا ما ينقص
refusal-predecessor-void = يلي البيان { $statement } وهو باطل
refusal-quorum-bad = في كل مجموعة لها شهود يجب أن يشترك في التوقيع واحد على الأقل، ولا أكثر من الموجودين
refusal-quorum-only-trustees = يجب أن يحتاج النصاب إلى شاهد واحد على الأقل ليس أمينًا
refusal-quorum-too-small = مع { $k } من { $w } من الشهود و{ $f } منهم فاسدون قد يُظهر المحور سجلين أو وقتًا زائفًا؛ اطلب شهودًا أكثر
refusal-quorum-weak-unmarked = النصاب الذي لا يحسب حساب أي شاهد فاسد يوسم بأنه ضعيف، ولا يوسم به غيره
refusal-recovery-bad = مسؤولو الاسترداد أشخاص مسجَّلون مختلفون ومرتبون، والحد الأدنى بين واحد وعددهم
refusal-registrar-unknown = الشخص ليس مسجِّلًا
refusal-registrars-bad = يسمّي التأسيس مسجِّلًا واحدًا على الأقل، وكل شخص وجهاز مرة واحدة
refusal-request-inviter-other = يجيب الطلب عن دعوة مكتب غير هذا
refusal-request-mission-other = الطلب لبعثة غير بعثة هذا المكتب
refusal-request-not-bound = غُيّر الطلب أو أُعدّ من دون الدعوة؛ اطلبه من جديد
refusal-request-not-signed = لم يثبت الجهاز أن لديه مفتاح توقيعه؛ اطلب الطلب من جديد
refusal-request-person-other = الطلب لشخص غير الذي في الدعوة
refusal-review-cannot-read = { $person } ليس عضوًا في القسم { $compartment } ولن يستطيع الرد فيه؛ سمِّ قسمًا يقرؤه كلاكما
refusal-review-duties = رُفض ملف الواجبات: { $reason }
refusal-review-no-day = لا إشعار على هذا المكتب يذكر فتحة من { $person } في { $day }
refusal-review-no-emergency = { $count ->
    [zero] لا توجد فتحة طوارئ لغيرك تبدأ بـ«{ $prefix }»؛ يسمّيها الأمر «counterseal review list»
    [one] فتحة طوارئ واحدة لغيرك تبدأ بـ«{ $prefix }»؛ يسمّيها الأمر «counterseal review list»
    [two] فتحتا طوارئ لغيرك تبدآن بـ«{ $prefix }»؛ يسمّيهما الأمر «counterseal review list»
    [few] { $count } فتحات طوارئ لغيرك تبدأ بـ«{ $prefix }»؛ يسمّيها الأمر «counterseal review list»
   *[other] { $count } فتحة طوارئ لغيرك تبدأ بـ«{ $prefix }»؛ يسمّيها الأمر «counterseal review list»
}
refusal-review-no-question = { $count ->
    [zero] لا يوجد سؤال يخصك يبدأ بـ«{ $prefix }»؛ اكتب أرقامًا أكثر
    [one] سؤال واحد يخصك يبدأ بـ«{ $prefix }»؛ اكتب أرقامًا أكثر
    [two] سؤالان يخصانك يبدآن بـ«{ $prefix }»؛ اكتب أرقامًا أكثر
    [few] { $count } أسئلة تخصك تبدأ بـ«{ $prefix }»؛ اكتب أرقامًا أكثر
   *[other] { $count } سؤالًا يخصك يبدأ بـ«{ $prefix }»؛ اكتب أرقامًا أكثر
}
refusal-review-office = يراجع الفتحات مسؤولو حماية البيانات ومراجعو أقسام العمل؛ يعيّنهم القيّمون
refusal-review-yourself = لا أحد يراجع نفسه: هذا اليوم من نصيب مراجع آخر أو مسؤول حماية البيانات
refusal-roster-bad = قائمة الأجهزة من 1 إلى 4096 جهازًا، كل منها مرة واحدة وبالترتيب
refusal-roster-not-active = لا يستطيع الجهاز { $device } تسلّم سر حقبة: فهو غير مسجَّل، أو ينتظر التأكيد، أو معلَّق أو مجمَّد أو ملغى، أو انتهى تكليف صاحبه
refusal-roster-not-kept = تجديد المفتاح من عضو يلي حقبة قائمة واحدة ويُبقي قائمتها، من دون الأجهزة التي لم تعد نشطة ومن دون غيرها
refusal-rule-is-the-governors = لا يغيّر قاعدة الفتح إلا القيّمون؛ والتعديل يسمّي القاعدة السارية
refusal-same-already = قيل من قبل إن السجلين { $record } و{ $other } واحد
refusal-same-guarded = القسم { $compartment } محروس، وما هو محروس لا يظهر في أي مخطط؛ سمِّ قسمًا مكشوفًا
refusal-same-itself = السجل { $record } هو نفسه؛ سمِّ سجلين
refusal-same-not-said = لا أحد يقول إن السجل { $record } وغيره واحد؛ يُظهر الأمر «counterseal entity show { $record }» ما قيل
refusal-same-other-kinds = السجل { $record } من النوع { $is } والسجل { $other } من النوع { $given }؛ لا يكون واحدًا إلا كيانان من نوع واحد
refusal-same-where = ليس للسجلين { $record } و{ $other } أجزاء في قسم واحد تكتب فيه؛ قل في أي قسم ({ "\u200E" }--compartment) يُقرأ أنهما واحد
refusal-report-empty = ليس هناك ما يُكتب: قل أمرًا واحدًا على الأقل مما حدث
refusal-draft-too-long = هذه المسودة تبلغ { $bytes } بايت، ولا يُحفظ أكثر من { $most }؛ اكتبها سجلًا أو اختصرها
refusal-too-many-drafts = يُحفظ على هذا المكتب { $most } من المسودات على الأكثر؛ اكتب بعضها أو احذفه أولًا
refusal-event-same-itself = السجل { $record } يمثل من قبل الحدث الذي يرويه كلاهما؛ قل ذلك عن السجل الآخر
refusal-event-not-yours = ليس في السجل { $record } جزء يستطيع هذا المكتب تغييره؛ اطلب ذلك من أحد أعضاء قسمه
refusal-changed-meanwhile = تغيّر السجل { $record } في هذه الأثناء؛ انظر ما يقوله الآن وقرر من جديد
refusal-signature-algorithm-unknown = وُقّع بطريقة لا تعرفها هذه النسخة؛ حدّث البرنامج لقراءته
refusal-signature-invalid = أحد توقيعاته لا يصح؛ أحضره من جديد، وأبلغ مسؤول أمن المعلومات إن لم يُجدِ ذلك
refusal-signature-list-bad = توقيعاته ناقصة أو مكررة أو غير مرتبة؛ أحضره من جديد
refusal-signed-malformed = هذا ليس كائنًا موقّعًا؛ أحضره من جديد
refusal-signer-not-active = وقّع الجهاز { $device } هذا، ولكنه ينتظر التأكيد، أو معلَّق أو مجمَّد أو ملغى، أو انتهى تكليف صاحبه
refusal-signer-unknown = البيان موقّع بمفتاح لا تعرفه البعثة
refusal-signers-wrong = لم يوقّعه بالضبط من يجب أن يوقّعوه
refusal-site-unknown = لم يُكلَّف أحد قط بالموقع { $site }
refusal-statement-known = البيان { $statement } مسجَّل لدى البعثة من قبل
refusal-statement-malformed = هذا ليس بيانًا: { $reason }
refusal-statement-too-large = حجم البيان { $bytes } من البايتات، وهو أكثر مما يمكن أن يكون لبيان
refusal-string-wrong = { $left ->
    [zero] الأرقام خاطئة للمرة الثالثة: أُلغيت الدعوة، فأنشئ دعوة أخرى
    [one] الأرقام مختلفة: هذا جهاز آخر، أو خطأ في الكتابة؛ بقيت محاولة واحدة
    [two] الأرقام مختلفة: هذا جهاز آخر، أو خطأ في الكتابة؛ بقيت محاولتان
   *[other] الأرقام مختلفة: هذا جهاز آخر، أو خطأ في الكتابة؛ المحاولات الباقية: { $left }
}
refusal-succession-misplaced = الخلافة أول بيان في السجل الجديد ويجب أن تكون في الموضع { $index }
refusal-suite-below-minimum = لا تقبل البعثة إلا مجموعة الخوارزميات { $minimum } أو أحدث؛ حدّث البرنامج للمشاركة
refusal-suite-not-raised = أدنى مجموعة خوارزميات هي { $minimum } ولا يمكن إلا رفعها
refusal-suite-unknown = الكائن من مجموعة الخوارزميات { $suite }، ولا تعرفها هذه النسخة؛ حدّث البرنامج لقراءته
refusal-time-runs-back = يسري البيان منذ وقت سابق لآخر بيان طُبّق؛ طبّق السجل بالترتيب
refusal-travel-unknown = { $travel } ليس البيان الذي غادر به الجهاز القسم، أو أنه عاد
refusal-trust-no-consent = لم يصرّح هذا المكتب بأي موافقة على الجزء { $part }؛ سلّمه إلى خلف أو أغلقه بالختم
refusal-trust-no-source = الجزء { $part } ليس مصدرًا ولا يسمّي من يتولاه؛ اطلب الموافقة من جديد أو أغلقه بالختم
refusal-trust-not-in = الخلف ليس في قسم الجزء { $part }؛ يقبله مدير أولًا
refusal-trust-not-open = الجزء { $part } غير مفتوح، فلا يمكن تسمية أحد فيه؛ افتحه لغرض ({ "\u200E" }--open مع { "\u200E" }--purpose) أو أغلقه بالختم
refusal-trust-past = انقضى التاريخ الذي يُسأل قبله من جديد؛ سمِّ تاريخًا لاحقًا
refusal-trustee-set-unknown = القيد مختوم للأمناء { $set } ولم يكونوا قائمين بالمهمة
refusal-trustees-bad = الأمناء من 2 إلى 9 مرتبون بحسب معرّفاتهم، لكل منهم مفاتيحه وقيمة x خاصة به من 1 إلى 255 لم تكن لأمين آخر قط، ومن 1 إلى 4 بصمات شهادات مرتبة؛ والأمين الواحد يوسم بأنه وحيد
refusal-trustees-succession-bad = يخلف الأمين أمينًا من مجموعة سابقة لم يخلفه غيره قط، وليس في أي مجموعة لاحقة، ولم يكن إلى جانبه قط
refusal-trustees-threshold-bad = لا يمكن طلب { $t } من { $n } من الأمناء: يجب أن يفرج اثنان على الأقل، ولا أكثر من الموجودين
refusal-witnesses-bad = الشهود من 1 إلى 32 مرتبون بحسب أسمائهم، كل اسم ومفتاح مرة واحدة
refusal-wraps-not-the-roster = يجب أن تسمّي الأغلفة أجهزة قائمة الحقبة بالضبط وبالترتيب؛ والإصلاح بعضها

# --- what trustees say against an opening
against-ahead-too-long = الفتح المسبق لثلاثين يومًا على الأكثر
against-approval-bad = إحدى الموافقات ليست لهذا الطلب، أو لم يوقّعها المسمّى
against-approval-own = لا أحد يوافق على طلبه هو
against-approver-not-active = جهاز من وافق غير نشط
against-ask = اسأل: { $ask }
against-delay-not-approved = لم يوافق على التأخير شخصان من أقسام عمل أخرى
against-delay-too-long = يُؤخَّر الإشعار أربعة عشر يومًا على الأكثر، ولا يُؤخَّر في الطوارئ
against-emergency-not-allowed = لا يسمح القسم بفتح طارئ
against-fresh-key-bad = لا يستطيع الأمناء الرد على مفتاح الطلب؛ اطلب من جديد
against-leaf-elsewhere = ليس الطلب في السجل حيث يقول دليله
against-leaf-other = الدليل لطلب آخر
against-missing = ينقص: { $missing }
against-origin-other = الطلب لسجل غير سجل البعثة الحالي؛ قم بالمزامنة أولًا
against-other-section-missing = تنقص موافقة شخص من قسم عمل آخر
against-part-erased = أحد الأجزاء ممحو
against-part-not-held = رفض أمينٌ القيد عند وصوله، أو ليست لديه حصته من الجزء
against-part-withdrawn = أحد الأجزاء مسحوب
against-policy-none = لا سياسة سارية؛ يضعها القيّمون
against-policy-other = يسمّي الطلب سياسة غير السارية؛ قم بالمزامنة أولًا
against-policy-refuses = لا تسمح السياسة بذلك
against-policy-unreadable = لا يستطيع الأمناء قراءة السياسة السارية؛ أبلغ القيّمين
against-quota-over = فتحتَ اليوم من الأجزاء العدد الذي يسمح به القسم
against-reader-not-a-member = جهازك ليس عضوًا في القسم الآن
against-reader-not-active = جهازك ملغى أو معلَّق أو مجمَّد أو ينتظر التأكيد، أو انتهى تكليفك
against-receipt-missing = لم يصل دليل على أن الطلب في السجل
against-receipt-no-quorum = لم يشترك عدد كافٍ من الشهود في توقيع السجل الذي فيه الطلب
against-request-expired = انتهى وقت الطلب؛ اطلب من جديد
against-request-not-yet-made = الطلب مؤرخ بوقت لاحق للآن؛ تحقق من ساعة هذا الحاسوب
against-rule = القاعدة { $rule }
against-second-person-missing = تنقص موافقة شخص ثانٍ
against-since = منذ { $since }
against-trustees-other = يسمّي الطلب أمناء غير القائمين بالمهمة؛ قم بالمزامنة أولًا

# --- the file of a rotation
rotate-action = اكتب in أو out
rotate-role = اكتب member أو manager؛ المسجِّلون يعيّنهم القيّمون
rotate-device-in = لا يُسمّى جهاز هنا: من يأتي يأتي بطلب
rotate-no-person = سمِّ شخصًا
rotate-only-in = هذا مع in فقط
rotate-others-device = الجهاز لشخص آخر
rotate-until-whole = لا ينتهي لاحقًا إلا تكليف كامل؛ اترك device وcompartments فارغين، أو اترك هذا فارغًا
rotate-twice = للشخص سطر من قبل؛ اكتب سطرًا واحدًا لكل شخص
rotate-string-wrong = السلسلتان مختلفتان: هذا جهاز آخر، أو خطأ في الكتابة؛ اطلب قراءتها من جديد. ثلاث مرات خاطئة تنهي الدعوة
rotate-string-last = السلسلة خاطئة للمرة الثالثة: أُلغيت الدعوة، فاصنع غيرها
rotate-invitation-over = لم تعد الدعوة صالحة؛ انظر «counterseal invite list»
rotate-unknown-person = لا أحد مسجل بهذا الاسم؛ اكتب الدعوة التي يأتي بها
rotate-other-device = الشخص مسجل بجهاز آخر؛ والجهاز الإضافي يوقَّع من الجهاز الذي لديه
rotate-not-active = الشخص مجمَّد أو انتهت مدته أو أُلغي
rotate-yourself = لا يستبدل المرء نفسه؛ يستطيع ذلك مسجِّل آخر
rotate-string = السلسلة ست مجموعات من ثلاثة أرقام؛ اطلب قراءتها من جديد
rotate-columns = للتبديل الأعمدة { $columns }، وaction دائمًا؛ وفي هذا الملف: { $found }
rotate-too-large = الملف أكبر مما يجوز للتبديل (4 ميغابايت)؛ قسّمه
rotate-not-csv = الملف ليس بصيغة CSV: { $reason }

# --- what the policy says
policy-and = { $one } و{ $other }
policy-approvals = { $needed ->
    [one] موافقة واحدة
    [two] موافقتان
    [few] { $needed } موافقات
    [many] { $needed } موافقة
   *[other] { $needed } موافقة
}
policy-basis = { $basis }، لغرض { $purpose }، للجهة { $recipient }
policy-basis-alone = { $basis }، لغرض { $purpose }
policy-claimed = { $what }: مجرد قول لم يثبته أحد
policy-contingent = الوحدة { $name }
policy-elsewhere = { $needed ->
    [one] موافقة واحدة من قسم عمل آخر
    [two] موافقتان من قسمي عمل آخرين
    [few] { $needed } موافقات من أقسام عمل أخرى
    [many] { $needed } موافقة من أقسام عمل أخرى
   *[other] { $needed } موافقة من أقسام عمل أخرى
}
policy-engine = تختلف قراءتا السياسة فلا يُعطى شيء
policy-from = لا يُسمح به إلا ابتداءً من { $day }
policy-hours = لا يُسمح به إلا من الساعة { $from } إلى الساعة { $until }
policy-is-for = مخصّص لـ: { $who }
policy-lapsed = { $what }: انتهى العمل به في { $day }
policy-met = { $what } (متحقق)
policy-missing = { $what }: بلا إثبات
policy-never = لا تسمح به السياسة لأحد
policy-no-case = لم تُذكر قضية؛ اذكر واحدة
policy-no-part = لم يُذكر جزء؛ اذكر واحدًا
policy-no-purpose = لا تعرف السياسة الغرض { $purpose }
policy-no-row = لا سطر في السياسة يسمح بهذا لغرض { $purpose }
policy-not-theirs = { $what }: يقوله { $office }، وليس له أن يقوله
policy-not-yet = { $what }: ابتداءً من { $day } فقط
policy-or = { $one } أو { $other }
policy-outside = خارج المسموح به: { $what }
policy-permitted = يسمح به السطر { $row } ({ $words })
policy-refused = مرفوض: { $reason }
policy-refused-by = يرفضه السطر { $row } ({ $words }): { $reason }
policy-role = الدور { $name }
policy-said-no = { $what }: رفض صاحب الشأن في { $day }
policy-section = قسم العمل { $name }
policy-short = يلزم: { $what }؛ أُعطي حتى الآن: { $have }
policy-taken-back = { $what }: سُحب في { $day }
policy-until = لم يكن يُسمح به إلا حتى { $day }
policy-waived = أُعفي منه في هذه الطوارئ: { $waived }
policy-weekday = لا يُسمح به إلا يوم { $day }
policy-weekdays = لا يُسمح به إلا من { $from } إلى { $until }

# --- what the operating system says
system-broken-off = انقطع الاتصال ({ $own })
system-folder = إنه مجلد ({ $own })
system-full = القرص ممتلئ ({ $own })
system-in-use = شيء آخر يستخدمه ({ $own })
system-no-folder = أحد أجزاء المسار ليس مجلدًا ({ $own })
system-no-way = لا شبكة تؤدي إلى هناك ({ $own })
system-not-allowed = لا يسمح به النظام ({ $own })
system-not-there = غير موجود ({ $own })
system-read-only = القرص للقراءة فقط ({ $own })
system-refused = لا أحد يقبل الاتصال هناك ({ $own })
system-says = رفض النظام ({ $own })
system-silent = لم يصل شيء في الوقت المناسب ({ $own })
system-there = موجود من قبل ({ $own })
system-unreadable = المحتوى ليس كما يُنتظر ({ $own })

# --- what was typed and cannot be read
typed-date-form = «{ $text }» ليس تاريخًا ولا وقتًا: اكتب 2014-03-09 أو 2014-03-09T14:05Z أو 091405ZMAR14
typed-date-local = «{ $text }» بالمنطقة J، أي التوقيت المحلي للراصد الذي لا يعرفه غيره: اكتب حرف المنطقة
typed-date-month = «{ $text }» ليس شهرًا واحدًا: اكتب { $instead }
typed-date-none = «{ $text }» غير موجود: تحقق من اليوم والشهر والساعة والدقيقة
typed-date-order = يمكن أن يُقرأ «{ $text }» باليوم أولًا أو بالشهر أولًا: اكتبه مثل 2014-03-09
typed-date-zone = ليس في «{ $text }» حرف المنطقة الزمنية: اكتب Z للتوقيت العالمي، مثل 091405ZMAR14
typed-grading = «{ $text }» ليس تقييمًا: اكتب حرف المصدر من A إلى F ورقم المعلومة من 1 إلى 6، مثل B2
typed-grid-digits = «{ $text }» ليس إحداثية شرقية وشمالية: يحتاج MGRS إلى العدد نفسه من الأرقام لكلتيهما، من 1 (10 كم) إلى 5 (1 م)
typed-grid-elsewhere = المربع { $square } لا يقع في المنطقة { $zone }: تحقق من المنطقة والحروف
typed-grid-letter = «{ $text }» ليس حرفًا من حروف MGRS في هذا الموضع (لا يُستعمل I وO أبدًا): تحقق من الإحداثية
typed-grid-letters = يحتاج «{ $text }» إلى ثلاثة حروف بعد المنطقة: حرف النطاق وحرفا المربع، مثل 33N YE
typed-grid-polar = لا تُقرأ الإحداثيات القطبية (UPS) ولا تُكتب: استعمل الدرجات شمال 84° وجنوب 80°
typed-grid-zone = «{ $text }» ليس منطقة شبكة: مناطق MGRS من 1 إلى 60
typed-point-form = «{ $text }» ليس نقطة: اكتب 4.36N 18.55E أو 04°21.6'N 018°33.0'E أو MGRS مثل 33N YE 12345 67890
typed-point-letters = يحتاج «{ $text }» إلى حرفين: N أو S لخط العرض، وE أو W لخط الطول
typed-point-packed = لا يبيّن «{ $text }» أين تنتهي الدرجات: اكتبه مثل { $example } أو ضع فراغات بين الدرجات والدقائق
typed-point-range = { $value } أكثر مما يمكن للدرجات أو الدقائق: خط العرض حتى 90 وخط الطول حتى 180 والدقائق أقل من 60
typed-point-sign = في «{ $text }» إشارة وحرف معًا: احذف أحدهما
typed-point-swapped = { $text } لا يمكن أن يكون خط عرض: يبدو أن خطي العرض والطول متبادلان؛ اكتب خط العرض أولًا أو أضف الحروف N وS وE وW

# --- what is wrong with a field
thing-wrong-contradiction = تقرر استعمال واحد مرتين، أو سُمح به لمن لا يجوز أن يناله أبدًا
thing-wrong-different-uses = سُمح باستعمالات مختلفة لها؛ افعل ذلك لكل منها على حدة
thing-wrong-idle-guardian = سُمّي وصي لمن ليس طفلًا وتكلم بنفسه
thing-wrong-in-future = هو في المستقبل
thing-wrong-no-consent = الأساس من نوع الموافقة يسمّي سجل الموافقة
thing-wrong-no-guardian = الطفل، ومن يتكلم عنه وصي، يحتاج إلى سجل الوصي
thing-wrong-no-incident = ليس على هذا المكتب حادث كهذا
thing-wrong-no-parts = سمِّ جزءًا واحدًا على الأقل
thing-wrong-no-term = ليس في التصنيف كلمة كهذه
thing-wrong-no-uses = قل لأي أغراض ولمن
thing-wrong-nobody = سمِّ كل شخص بجزء محروس أو باسم مستعار، لا بكليهما
thing-wrong-not-a-child = المصلحة الفضلى أساس للأطفال وحدهم
thing-wrong-not-there = لا يوجد شيء كهذا
thing-wrong-open-in = القضية في قسم محروس يكون جزؤها المكشوف في قسم مكشوف
thing-wrong-open-part = الجزء في قسم مكشوف
thing-wrong-over-before = سينتهي قبل أن يبدأ
thing-wrong-several-compartments = الأجزاء من أقسام عدة؛ اكتب سجلًا لكل قسم
thing-wrong-there = هو موجود من قبل

# --- what something is called
thing-agreement = اتفاق
thing-approvals = موافقات
thing-attestation-officer = مسؤول التصديق على الأجهزة
thing-attested = جهاز مصدَّق عليه
thing-basis = أساس
thing-best-interests = مصلحة الطفل الفضلى
thing-case = قضية
thing-challenge = تحدٍّ
thing-compartment = قسم
thing-consent = موافقة صاحب الشأن
thing-consent-event = حدث في موافقة
thing-contingent = وحدة
thing-cover = غطاء
thing-data-protection-officer = مسؤول حماية البيانات
thing-days = أيام الأسبوع
thing-decoy = شَرَك
thing-desk = مكتب
thing-device = جهاز
thing-engine = نسخة أحدث من هذا البرنامج
thing-entity = كيان
thing-entry = قيد
thing-erased = ممحو
thing-export = تصدير
thing-exported = مُصدَّر
thing-from = تاريخ لم يحن بعد
thing-governor = قيّم على البعثة
thing-governors = القيّمون على البعثة
thing-hold = حفظ
thing-hours = ساعات اليوم
thing-incident = حادث
thing-invitation = دعوة
thing-journal = الخاص باليوميات
thing-legal = أساس قانوني آخر
thing-link = رابط
thing-mandate = الولاية
thing-member-of-the-compartment = عضو في القسم
thing-never = لا شيء: لا يُسمح بذلك أبدًا
thing-note = ملاحظة
thing-opened = مفتوح
thing-opened-ahead = مفتوح مسبقًا
thing-other-section = شخص من قسم عمل آخر
thing-person = شخص
thing-policy = سياسة
thing-record = سجل
thing-recovery = ورقة استرداد
thing-registrar = مسجِّل
thing-request = طلب
thing-reviewer = مراجع قسم العمل
thing-role = دور
thing-row = سطر في السياسة
thing-sealed = جزء مختوم
thing-second-person = شخص ثانٍ
thing-section = قسم عمل
thing-shared = مُشارَك
thing-site = موقع
thing-source = مصدر
thing-statements = الخاص بالبيانات
thing-taxonomy = تصنيف
thing-training = تدريب
thing-training-officer = مسؤول التدريب
thing-trustees = أمناء
thing-unreadable = ليس سجلًا
thing-until = تاريخ انقضى
thing-watch-officer = الضابط المناوب
thing-weekday-1 = الاثنين
thing-weekday-2 = الثلاثاء
thing-weekday-3 = الأربعاء
thing-weekday-4 = الخميس
thing-weekday-5 = الجمعة
thing-weekday-6 = السبت
thing-weekday-7 = الأحد
thing-who = من يطلب
thing-withdrawal = سحب
thing-withdrawn = مسحوب

# --- the months, short as CLDR has them; Arabic has no short ones
month-01 = يناير
month-02 = فبراير
month-03 = مارس
month-04 = أبريل
month-05 = مايو
month-06 = يونيو
month-07 = يوليو
month-08 = أغسطس
month-09 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر

# --- أغراض السياسة المرفقة ومستلموها وأقسامها وأدوارها
code-analyst = محلّل
code-audit = التدقيق
code-case-follow-up = متابعة قضية
code-court-referral = الإحالة إلى محكمة
code-court = محكمة
code-data-rights = حقوق شخص في بياناته
code-evacuation = الإجلاء الطبي
code-head-of-section = رئيس قسم
code-human-rights-officer = موظف حقوق الإنسان
code-human-rights = حقوق الإنسان
code-legal-affairs = الشؤون القانونية
code-legal-officer = موظف قانوني
code-mediation-officer = موظف وساطة
code-mediation = الوساطة
code-medical-officer = موظف طبي
code-medical-service = خدمة طبية
code-medical = الخدمات الطبية
code-mission = البعثة
code-protection-officer = موظف حماية
code-protection-partner = شريك في الحماية
code-protection-referral = الإحالة للحماية
code-protection = الحماية
code-public = العموم
code-sanctions-panel = فريق خبراء الجزاءات
code-sanctions-referral = الإحالة إلى فريق خبراء الجزاءات
code-security-officer = موظف أمن
code-security = الأمن
code-source-contact = الاتصال بمصدر
code-statistics = الإحصاءات
code-subject = الشخص المعني
code-supervision = الإشراف على قسم
code-threat-assessment = تقييم تهديد
code-verification = التحقق
