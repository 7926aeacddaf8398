verified-not = لم يُتحقق منه
verified-under = قيد التحقق
verified-yes = تم التحقق منه
verified-refuted = ثبت عدم صحته
class-unclassified = غير سري
class-confidential = سري
class-strictly = سري للغاية
grade-a = مصدر موثوق به تمامًا
grade-b = مصدر موثوق به عادةً
grade-c = مصدر موثوق به إلى حد ما
grade-d = مصدر غير موثوق به عادةً
grade-e = مصدر غير موثوق به
grade-f = موثوقية المصدر لا يمكن الحكم عليها
grade-1 = معلومة مؤكدة
grade-2 = صحيحة على الأرجح
grade-3 = ربما كانت صحيحة
grade-4 = مشكوك فيها
grade-5 = غير محتملة
grade-6 = صحتها لا يمكن الحكم عليها
displaced-people = { $count ->
    [one] شخص واحد
    [two] شخصان
    [few] { $number } أشخاص
    [many] { $number } شخصًا
   *[other] { $number } شخص
}
displaced-households = { $count ->
    [one] أسرة واحدة
    [two] أسرتان
    [few] { $number } أسر
    [many] { $number } أسرة
   *[other] { $number } أسرة
}
event-given = أُعطيت
event-refused = رُفضت
event-withdrawn = سُحبت
event-expired = انتهت مدتها
event-confirmed = سُئل صاحبها من جديد فأكّدها
event-handed-over = تولّاها شخص آخر
event-sealed-off = خُتمت جانبًا: لم يستطع أحد أن يسأل من جديد
