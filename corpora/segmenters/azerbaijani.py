"""Azerbaijani (Latin script): abbreviations by what follows them, and opening words."""

from typing import Final

from trilogue.corpora.segmenters.tables import Tables, abbreviations, words

TABLES: Final = Tables(
    abbreviations=abbreviations(
        never="""
            mr mrs ms st vs akad prof dos dr müh gen pol mayor kap leyt adm müəl c cən x xan h.a d.i
            məs bax bəz yəni təq təqr max min ad t.e f.e r.e tex elm nam fil tib hüq iqt ped
            i.e i.ə v.i.e müv s.ə h.z həz st ing rus alm fr ər fars türk lat yun
            red nəşr tərc müəl.hey mərh im şəh.tip qəs
            m.f s.s.r az
        """,
        number="""
            səh sək maddə mad bənd bnd nö № tel mob faks fəs hiss cild e.ə b.e.ə c kit say
            şək cəd əl yan fev mar apr iyn iyl avq sen sent okt noy dek küç pr prosp ev mən bl korp
        """,
        opener="""
            s b k a.b.ş r.f m r ş q kənd qəs ray rayon k.t.n t.e.d f.e.n i.e.n h.e.d a.s.c m.m.c mmc
            asc ltd inc co corp jr sr
        """,
        capital="""
            v.s və_s və_b və_i.a və.s il ill əsr man qəp mln mlrd trln
            km kq qr sm mm ha dəq san saat st nəf ədəd dol avro rub faiz
        """,
        counted="",
    ),
    openers=words("""
        bu o bunlar onlar mən sən biz siz həmin belə elə burada orada indi sonra əvvəl artıq hələ
        və amma lakin ancaq fəqət isə çünki əgər hərçənd buna bununla ona onun onların bunun
        bizim sizin mənim sənin öz hər bütün bəzi bir iki üç birinci ikinci üçüncü çox daha ən
        nə niyə necə harada haradan hansı kim kimin nəyə heç yox bəli xeyr hə də
        əlbəttə beləliklə deməli nəhayət bundan buradan ondan ümumiyyətlə həqiqətən təbii
        görə üçün kimi qədər eyni başqa digər bugünkü bugün dünən sabah həm hətta yalnız təkcə
        təşəkkür sağ hesab güman xüsusilə eləcə habelə həmçinin zənnimcə məncə sizə bizə mənə
        ona onlara hamı hamımız heç-kim kimsə nəsə bəs axı yaxşı buyurun xahiş
    """),
    exclaimed=words("ah ox ay ey ha hey vay of"),
    faltering=words("və amma lakin ki mən biz mənim bizim sizin onun"),
    pronouns=words("o"),
)
