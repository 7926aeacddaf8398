# مخططات الروابط.
chart = المخطط
chart-of = بماذا يرتبط { $name }
chart-back = عودة إلى صفحته
chart-only = فقط
chart-steps = الخطوات
chart-most = على الأكثر
chart-way-to = الطريق إلى (اسم أو معرّف)
chart-label = السجل في الوسط وما حوله
chart-legend = خط سميك: تقييم A أو B مع 1 أو 2. رفيع: C أو 3 أو مشاركة. متقطع: D أو E أو 4 أو 5. منقّط: بلا تقييم. دائرة: شخص؛ مربع: جماعة؛ مستدير: منظمة؛ مثلث: مكان؛ معيّن: حادث؛ مسدّس: مركبة أو عتاد.
chart-more = { $count ->
    [one] { $count } أخرى
   *[other] { $count } أخرى
}
chart-drawn = تعرض الصورة { $count } من { $all }؛ والباقي في القائمة أدناه.
chart-ties = { $count ->
    [0] لا روابط
    [one] رابط واحد في قائمة
    [two] رابطان في قائمة
    [few] { $count } روابط في قائمة
   *[other] { $count } رابطًا في قائمة
}
chart-list-first = تعرض القائمة أول { $count }.
chart-way = أقصر طريق
chart-no-way = لا طريق يصل بينهما.
chart-export = حفظ بصيغة GraphML
chart-export-why = للملف علامة خاصة به. ويُسجَّل في القسم أنك أخرجته قبل أن يصلك.
chart-export-where = أين يُسجَّل
chart-export-purpose = الغرض، إن طلبته السياسة
chart-more-js = # أخرى
chart-expand = توسيع
chart-open = افتح صفحته
chart-way-here = الطريق من البداية
chart-hide = إخفاء
chart-fit = عرض الكل
chart-arrange = رتّب
chart-counted-js = السجلات: #، الروابط: #
chart-failed = لم ينجح ذلك. أعد تحميل الصفحة.
chart-types = المعروض
chart-help = اختر سجلًا في المخطط أو هنا.
chart-involved = شارك
