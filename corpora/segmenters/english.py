"""English: titles, references, acronyms, and the words that open sentences."""

from typing import Final

from trilogue.corpora.segmenters.tables import Tables, abbreviations, words

TABLES: Final = Tables(
    abbreviations=abbreviations(
        never="""
            mr mrs ms mx messrs mmes dr drs prof profs rev revd fr hon rt st ste mt ft pt
            gen lt maj col capt cpt cmdr cdr comdr sgt cpl pvt adm vadm radm brig cmd supt insp det
            sen sens rep reps gov govs pres amb atty sec-gen secy treas supt msgr
            e.g i.e eg ie cf viz vs v ca approx resp aka a.k.a c.f q.v
            lt.gen maj.gen brig.gen lt.col rt.hon attn cc re dept univ assn bros
            ph gov't
        """,
        number="""
            no nos vol vols p pp para paras par pars art arts ch chap chaps fig figs sec secs sect
            sects cl cls eq eqs ex exs app apps ed eds pt pts tab tbl col cols ln ll n nn bk bks
            ser doc docs res rev ver vers item op opp cap reg regs r rr s ss subsec amend cir
            jan feb mar apr jun jul aug sep sept oct nov dec
            art.no tel ext c cal min max avg est temp
        """,
        opener="""
            u.s u.k u.n u.s.a u.s.s.r e.u d.c n.y l.a u.a.e d.p.r.k p.r.c r.o.k
            inc ltd co corp llc plc cos bhd pty gmbh jr sr esq ph.d phd m.d b.a m.a b.s m.s m.p
            d.phil j.d ll.b ll.m r.n d.d.s m.b.a m.sc b.sc
            al ave blvd rd hwy sq bldg ln pl pkwy apt
            ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn miss mo mont
            neb nev okla ore pa tenn tex va vt wash wis wyo
            mon tue tues wed thu thur thurs fri
            gov.uk adj adv subj dist cont
        """,
        capital="""
            a.m p.m am pm etc a.d b.c b.c.e c.e o.k et.al ft in lb lbs oz kg km cm mm hr hrs min
            mins bn mn mln
        """,
    ),
    openers=words("""
        the this that these those they he she it we you i there here
        a an and but or so yet nor for if when while where why what who whom whose how which
        in on at by from with as of to after before since until although though because
        however moreover furthermore therefore thus hence meanwhile nevertheless nonetheless
        instead indeed finally first second third then now today yesterday tomorrow later
        his her its our their my your some many most all each every both few several another
        any no none not nothing nobody no-one everyone everybody somebody someone anyone
        yes well let let's please thank thanks once under over during through despite given
        according also still only even just such one two three is are was were do does did has
        have had can could would should shall it's that's there's we're we've we'll they're i'm
        i've i'll he's she's what's who's you're don't isn't can't again perhaps maybe about
        between among without within unlike like since whether whatever whenever more much
        neither either
    """),
    inward=words("""
        est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet msk eastern central mountain
        pacific monday tuesday wednesday thursday friday saturday sunday moscow
        january february march april june july august september october november december
    """),
    saying=words("""
        said says say asked asks ask replied cried answered added shouted whispered exclaimed
        muttered demanded continued called yelled screamed murmured inquired repeated began
        observed remarked returned thought wondered snapped laughed sighed
    """),
    pronouns=words("i"),
)
