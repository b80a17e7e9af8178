"""English: titles, references, acronyms, and the words that open sentences."""

from typing import Final

from trilogue.corpora.segmenters.tables import Tables, abbreviations, words

TABLES: Final = Tables(
    abbreviations=abbreviations(
        never="""
            mr mrs ms messrs mmes mlle mme dr drs prof profs rev revd fr rt msgr
            hon Br Gen Lt Maj Det Pres Rep Reps Sen Sens Gov Govs Col Insp Amb
            capt cpt cmdr cdr comdr sgt cpl pvt pfc adm vadm radm brig supt atty secy treas sec-gen
            lt.gen maj.gen brig.gen lt.col rt.hon sgt.maj
            e.g i.e eg viz vs v cf ca approx resp incl excl aka a.k.a q.v gov't intl
            p.s p.p.s ps n.b nb cert cmt
        """,
        number="""
            no nos vol vols p pp para paras par pars art arts ch chap chaps fig figs sec secs sect
            sects cl cls eq eqs ex exs app apps ed eds pt pts tab tbl cols ln ll n nn bk bks
            ser doc docs res ver vers item op cap reg regs r rr s ss subsec amend cir subpara
            jan feb mar apr jun jul aug sep sept oct nov dec
            art.no rte tel ext prop c cal max avg est temp pop exh fl
        """,
        opener="""
            u.s u.k u.n u.s.a u.s.s.r e.u d.c n.y l.a u.a.e d.p.r.k p.r.c r.o.k
            inc ltd co corp llc plc bhd pty gmbh jr sr esq ph.d m.d b.a m.a b.s m.s m.p ph_d
            d.phil j.d ll.b ll.m r.n d.d.s m.b.a m.sc b.sc st ft mt
            dept univ assn bros natl
            et_al ave blvd rd hwy bldg pkwy apt
            Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont
            Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Mass
            Mon Tue Tues Wed Thu Thur Thurs Fri Sat adj adv subj dist cont
            Sec Cir Supp Ct Rptr Cong Sess Evid Proc Civ Crim Amdt
        """,
        capital="""
            a.m p.m am pm etc a.d b.c b.c.e c.e o.k in lb lbs oz kg km cm mm hr hrs min mins
            bn mn mln bln trn thou yrs id ibid ff cit tbsp tsp tbs qt qts mi pct qtr sq cu mph Sun
            sp spp subsp ssp cv conc wt diam equiv coeff pers orig transl pron abbr misc govt mgmt
            assoc elev hosp yr wk wks gal deg rpm psi wkly mthly unpubl
        """,
        counted="h g l ml mg",
    ),
    openers=words("""
        the this that these those they he she it we you i there here a an and but or so yet
        nor for if when while where why what who whom whose how which in on at by from with
        as of to after before since until although though because however moreover
        furthermore therefore thus hence meanwhile nevertheless nonetheless instead indeed
        finally firstly secondly then now today yesterday tomorrow later his her its our
        their my your some many most all each every both few several another any no none not
        nothing nobody no-one everyone everybody somebody someone anyone yes well see look
        welcome good tell think remember imagine let let's please thank thanks once under
        over during through despite given according also still only even just such is are
        was were do does did has have had can could would should shall it's that's there's
        we're we've we'll they're i'm i've i'll he's she's what's who's you're you've don't
        isn't can't again perhaps maybe about between among without within unlike like
        whether whatever whenever more much neither either unfortunately fortunately
        regrettably following naturally overall speaking regarding concerning incidentally
        currently recently actually obviously clearly certainly undoubtedly apparently
        probably importantly specifically additionally otherwise besides apart generally
        basically essentially practically frankly honestly ultimately eventually initially
        previously earlier sometimes often usually almost especially particularly
        consequently accordingly similarly conversely considering judging looking compared
        throughout above ahead owing due prior anyway hopefully ladies colleagues dear okay
        ok oh ah um uh hm hmm yeah yep nope wow hey right
    """),
    inward=words("""
        est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet msk eastern central mountain
        pacific moscow mon tue wed thu fri sat sun
        monday tuesday wednesday thursday friday saturday sunday
        january february march april june july august september october november december
    """),
    saying=words("""
        said says say asked asks ask replied cried answered added shouted whispered exclaimed
        muttered demanded continued called yelled screamed murmured inquired repeated began
        observed remarked returned thought wondered snapped laughed sighed
    """),
    exclaimed=words("oh ah o ha alas lo hey yo hush"),
    faltering=words("""
        the a an and but or of to for with from my your our their his its i we he she
    """),
    heads=words("article section chapter part paragraph rule annex step question"),
    leading=words("at on by in around from until till since before after about between during"),
    lax=True,
    interrupted=True,
    pronouns=words("i"),
)
