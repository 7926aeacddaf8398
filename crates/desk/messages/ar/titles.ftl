# What windows are called: browsers keep it in their history, so it names nobody and nothing.
title-record = سجل
title-entity = شخص أو جماعة أو شيء
title-chart = مخطط الصلات
title-case = ملف قضية
title-day = يوم من عمليات الفتح
title-person = أحد أفراد البعثة
