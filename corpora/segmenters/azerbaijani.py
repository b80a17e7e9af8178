"""Azerbaijani (Latin script): abbreviations by what follows them, and opening words."""

from typing import Final

from trilogue.corpora.segmenters.tables import Tables, abbreviations, words

TABLES: Final = Tables(
    abbreviations=abbreviations(
        never="""
            akad prof dos dr müh Gen leyt adm müəl cən h.a d.i məs bəz təq təqr maks
            t.e f.e r.e i.ə müv h.z ing alm fr lat yun red nəşr tərc im
            təxm m.f s.s.r mr mrs ms st vs
        """,
        number="""
            səh sək maddə mad bənd bnd nö № tel mob faks hiss cild e.ə b.e.ə c kit
            şək cəd yan fev mar apr iyn iyl avq sen sent okt noy dek küç pr prosp mən bl korp
        """,
        opener="""
            s b k a.b.ş r.f m r ş q x k.t.n t.e.d f.e.n i.e.n h.e.d a.s.c m.m.c rus türk fars ərəb
            asc mmc qsc ltd inc co corp jr sr gen polk leyt kap
            II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX
        """,
        capital="""
            v.s və_s və_b və_i.a və.s il ill əsr man qəp mln mlrd trln km kq qr sm mm ha dəq san
            saat nəf dol avro rub bax
        """,
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
    heads=words("maddə fəsil bölmə hissə bənd sual"),
    exclaimed=words("ah ox ay ey ha hey vay of"),
    faltering=words("və amma lakin ki mən biz mənim bizim sizin onun"),
    pronouns=words("o"),
)
