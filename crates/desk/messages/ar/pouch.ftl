# Pouches that are being written and read.
work-pouch-write = كتابة الحقيبة
work-pouch-read = قراءة الحقيبة
pouch-title = حقيبة
pouch-none = لا حقيبة هنا: لم تُصنع واحدة منذ فُتح هذا المكتب، أو جاءت غيرها بعدها.
pouch-made = صُنعت الحقيبة
pouch-save = احفظها
