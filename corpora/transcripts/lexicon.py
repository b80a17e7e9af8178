"""Words that tell a speaker's label from prose: roles, voices, given names, and what no label has.

Lower case throughout. The lists are ours; they are evidence, weighed in :mod:`labels`, so that a
missing word costs little: a name that is repeated, or stands in the title, is found without them.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES: Final = _words(
    """
    academician accountant activist actor actress administrator admiral adviser advisor agronomist
    aide ambassador analyst anchor announcer archbishop archimandrite architect artist assistant
    astronaut athlete attorney author ayatollah baron bishop blogger broadcaster brigadier builder
    businessman businesswoman cadet candidate captain cardinal caliph catholicos ceo cfo cto coo
    chair chairman chairperson chairwoman chairs champion chancellor chef chief chieftain
    choreographer clerk coach co-chair co-chairman co-chairs co-chairperson co-founder cochairman
    colonel colonel-general columnist commandant commander commander-in-chief commentator
    commissioner commissar comrade composer conductor congressman congresswoman consul consultant
    contestant coordinator corporal correspondent cosmonaut councillor counsel counsellor counselor
    count crown curator dean delegate deputies deputy designer diplomat director director-general
    doctor dr driver duchess duke economist editor editor-in-chief editors educator emir emperor
    employee engineer entrepreneur envoy excellency executive expert explorer farmer father fellow
    fighter filmmaker firefighter foreman founder geologist general governor governor-general
    graduate guard guest headmaster headmistress head heads highness historian holiness host
    hostess imam inspector instructor intern interpreter interviewer inventor investigator
    journalist journalists judge justice keeper king laureate lawmaker lawyer leader lecturer
    legislator librarian lieutenant lieutenant-colonel lieutenant-general linguist madam madame
    magistrate major major-general majesty manager marshal mathematician mayor mechanic mediator
    member metropolitan midwife miner minister moderator monk mother mr mrs ms mufti musician
    notary nurse nun nuncio observer officer official ombudsman ombudsperson operator orderly owner
    painter paramedic parent participant partner pastor patriarch pensioner permanent philosopher
    photographer physician physicist pianist pilot player plenipotentiary poet policeman politician
    pope postman prefect premier presenter president presiding priest prime prince princess
    principal producer professor programmer prosecutor publicist publisher pupil quartermaster
    queen rabbi rapporteur rear-admiral receptionist rector referee reporter reporters
    representative researcher resident retiree reverend sailor sailors schoolboy schoolgirl
    schoolteacher scholar scientist sculptor secretary secretary-general senator sergeant
    serviceman servicewoman sheikh shareholder singer sir speaker specialist spokesman spokesperson
    spokeswoman staff statesman steward student sultan superintendent supervisor surgeon surveyor
    taoiseach teacher technician technologist tenant therapist trainer translator treasurer trustee
    tutor undersecretary veteran veterinarian vice vice-admiral vice-chairman vice-chancellor
    vice-governor vice-mayor vice-premier vice-president vice-rector vice-speaker viewer villager
    volunteer warden welder widow winner witness worker worshipper writer
    """
)
"""English nouns that a label puts before or after a name."""

ROLES_RU: Final = _words(
    """
    академик актёр актриса архиепископ архитектор атташе библиотекарь ведущий ведущая вице-премьер
    вице-президент вице-спикер воспитатель врач врио генерал генерал-майор генерал-полковник
    генерал-лейтенант генеральный глава главный госсекретарь государственный губернатор декан
    депутат диктор директор доктор доцент журналист журналистка заведующий заведующая заместитель
    замминистра защитник избиратель инженер инспектор исполняющий и.о. исполнительный историк
    кандидат канцлер капитан кардинал командир командующий комиссар композитор координатор король
    королева корреспондент курсант лидер майор мастер мать мэр митрополит министр модератор муфтий
    наблюдатель начальник научный обозреватель омбудсмен оператор основатель отец партнёр патриарх
    первый переводчик писатель полковник полномочный помощник посол постоянный поэт почётный
    предприниматель председатель председательствующий представитель президент премьер
    премьер-министр пресс-секретарь принц принцесса профессор прокурор пенсионер рабочий раввин
    разведчик редактор режиссёр ректор репортёр руководитель сенатор сержант секретарь скульптор
    сопредседатель соучредитель сотрудник советник специалист спикер спортсмен статс-секретарь
    студент студентка судья султан технический тренер уполномоченный управляющий учитель
    учительница учёный участник участница федеральный фельдмаршал фермер хирург художник чемпион
    член чрезвычайный шейх школьник эмир эксперт экономист юрист
    """
)
ROLES_HY: Final = _words(
    """
    նախագահ նախագահը վարչապետ վարչապետը նախարար նախարարը փոխնախարար տնօրեն քարտուղար գլխավոր
    պատգամավոր դեսպան դեսպանը փոխվարչապետ խոսնակ վարող լրագրող հաղորդավար համանախագահ պետ ղեկավար
    ղեկավարը մարզպետ քաղաքապետ ներկայացուցիչ պրոֆեսոր ուսուցիչ ուսանող ակադեմիկոս կաթողիկոս
    """
)
ROLES_AZ: Final = _words(
    """
    prezident prezidenti nazir naziri baş sədr sədri sədrin deputat səfir səfiri müavini müavin
    rəis rəisi direktor direktoru katib katibi köməkçi köməkçisi jurnalist aparıcı moderator
    professor müəllim tələbə həmsədr həmsədri nümayəndə nümayəndəsi spiker şeyx akademik
    """
)
ALL_ROLES: Final = ROLES | ROLES_RU | ROLES_HY | ROLES_AZ

VOICES: Final = _words(
    """
    question questions remark remarks reply replies response answer comment retort exclamation cue
    shout shouts voice voices interjection audience moderator host presenter anchor interviewer
    journalist reporter correspondent interpreter translator announcer narrator unidentified
    participant all everyone everybody chorus q a speaker вопрос вопросы реплика
    реплики ответ возглас голос голоса ведущий ведущая журналист переводчик корреспондент модератор
    диктор зал все выкрик репортёр участник участница հարց հարցում պատասխան ռեպլիկ լրագրող վարող
    հաղորդավար ձայն sual cavab replika jurnalist aparıcı səs
    """
)
"""Words that are a whole label: somebody who is not named."""

SOMEBODY: Final = _words(
    """
    woman man girl boy child children soldier soldiers students pupils viewers participant
    participants reporter journalist student viewer listener voice mother father grandmother lady
    gentleman veteran worker женщина мужчина девушка девочка мальчик юноша ребёнок дети солдат
    студент зрители участники
    """
)
"""People that a label may call by this word alone: "Woman:", "A participant:"."""

GIVEN_NAMES: Final = _words(
    """
    abdullah ada adel adrian ahmad ahmed akbar alan albert alec alejandro alexander alexandra
    alexei alexey aleksandr aleksei alena alfred ali alice alikhan alina alisa alisher alla alyona
    amina anar anastasia anatoly anatol andrea andrei andrej andrew andrey angela anna anne anton
    antonio antonina arkady arina armen arnold arsen arseny artem arthur artur artyom ashot askar
    asya azamat barack benjamin bogdan bill boris brigitte bruno carlos catherine charles christian
    claudia daniel daniil daria darya david denis diana dina dmitri dmitriy dmitry donald edgar
    eduard edward ekaterina elena elina elizabeth elmira elvira emma emmanuel eric evgenia evgeny
    farid fedor felix francis francois françois frank fyodor galina gennady george georges georgi
    georgy german gerhard gleb grigory gulnara hamid hans hassan helmut henry herman hillary
    hussein igor ilham ilya inga inna ioann irina isabella ismail ivan ivar jacques jacob jan jane
    jean jim jiri john jose josé joseph juan julia karen karim karina kamran kirill klavdia
    konstantin kristina ksenia larisa larry lars laura leila leonid lev levon leyla lidia lidiya
    liliya linda louis lukas lyubov lydia lyudmila ludmila magomed maksim malik marat marc
    margarita maria marina mariya mark markus martin mary matvei maxim mehmet megyn michael michel
    mikhail miguel milana mohamed mohammad mohammed muhammad mukhtar murat mustafa nadezhda narek
    nariman natalia natalya nazim nelly nicolas nikita nikolai nikolay nikol nina nino nikos nona
    nursultan oksana oleg oliver oleksandr olga olesya oscar otto paul patrick pavel peter petr
    philip pierre polina pyotr rafael raisa ramzan raul rashid renat rex richard rimma robert roman
    ronald rosa roza ruben ruslan rustam sabina said saad salman samuel samvel sarah sergei sergey
    sergio serzh shamil silvio simon sofia sophie stanislav stefan steven stepan steve susan
    svetlana taisiya tamara tatiana tatyana tengiz terry theresa thomas timofei timur tigran tobias
    tom tony ulyana umar vadim valentin valentina valeria valery varvara vasily vasiliy venera vera
    veronika viktor viktoria victor victoria viola vitaly vladimir vladislav vladlen vyacheslav
    walter william xenia yakov yana yaroslav yaroslava yegor yefim yekaterina yelena yelizaveta
    yevgenia yevgeny yulia yuri yury yusuf zakhar zarina zhanna zinaida zoya zurab
    """
)
"""Given names that are frequent on such pages: evidence for a name and for where it starts."""

PARTICLES: Final = _words(
    "al ad al- an as at bin bint ben de del della der den di dos du el ibn la le san st ter van von"
    " и ou zu y af da аль эль бен бин ибн фон ван дер де ла"
)

LINKS: Final = _words(
    """
    of the and for to in at on from with by under de a an within via through including near over в
    на по и при с из от для о об у к во со под
    """
)
"""Function words that hold a role together."""

STATES: Final = _words(
    """
    abkhazia afghanistan albania algeria angola argentina armenia australia austria azerbaijan
    bahrain bangladesh belarus belgium bolivia bosnia brazil bulgaria burundi cambodia cameroon
    canada chad chile china colombia congo croatia cuba cyprus czechia denmark djibouti ecuador
    egypt england eritrea estonia ethiopia finland france gabon georgia germany ghana greece guinea
    haiti hungary iceland india indonesia iran iraq ireland israel italy ivory jamaica japan jordan
    kazakhstan kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho libya lithuania
    luxembourg macedonia madagascar malawi malaysia mali malta mauritania mexico moldova monaco
    mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger
    nigeria norway oman ossetia pakistan palestine panama paraguay peru philippines poland portugal
    qatar romania russia rwanda senegal serbia singapore slovakia slovenia somalia spain sudan
    sweden switzerland syria tajikistan tanzania thailand togo tunisia turkey turkmenistan turkiye
    türkiye uae uganda uk ukraine un us usa uruguay uzbekistan vatican venezuela vietnam yemen
    zambia zimbabwe africa america asia europe eurasia crimea chechnya dagestan ingushetia
    tatarstan bashkortostan yakutia karelia moscow petersburg sevastopol sochi yerevan baku tbilisi
    minsk россии азербайджана армении грузии белоруссии казахстана украины франции германии китая
    турции ирана сша индии японии италии израиля киргизии таджикистана узбекистана туркменистана
    молдавии москвы
    """
)

THINGS: Final = _words(
    """
    academy administration affairs agency alliance arts assembly assistance association athletics
    aviation bank board broadcasting bureau cabinet cathedral center centre chamber channel charity
    church city classes club coalition college colleges command commerce commission committee
    communications community company conference congress constitution construction cooperation
    corporation council court culture defence defense department development digital directorate
    district diplomacy domain duma east economy education emergencies energy engineering enterprise
    enterprises entrepreneurs environment establishment exchange executive external faction factory
    family federation festival film finance fisheries football force forces foreign forum
    foundation front fuel fund games gas government group guard health healthcare hockey holding
    hospital housing human humanities industries industrialists industry information infrastructure
    innovation institute institution integration intelligence interior international investment
    investments journalism kingdom labor labour law league literature maintenance management market
    markets mass media medicine metallurgy ministry mission monitoring museum music nation nations
    nature navy network news newspaper north nuclear office oil olympic order organisation
    organization parliament partnership party people peoples physics planning plant police policy
    politics pool power presidential press prize production programme protection psychology radio
    railway railways region regions relations religions republic research resources rights rosneft
    russia's rus school schools science sciences secretariat sector security service services
    society south space sport sports stage state states statistics street studies summit
    supervision support system systems tass technologies technology telegraph television
    territories territory theater theatre times tourism trade transport treasury tribune tv union
    unions universities university utilities village war welfare west women world works youth
    республика федерация область край город министерство
    """
)
"""Words of institutions: capitalised in a label, but no part of a name."""

NEVER: Final = _words(
    """
    i we you he she it they me us him them my our your their its this that these those there here
    who whom whose which what when why how is are was were am be been being isn't aren't wasn't
    don't doesn't didn't won't can't couldn't wouldn't let's it's that's there's here's i'm i've
    i'd i'll we've we're we'll you're they're have has had having do does did doing done will would
    shall should can could may might must ought say says said saying tell tells told telling ask
    asks asked asking think thinks thought believe believes know knows knew mean means meant want
    wants wanted need needs needed see sees saw seen make makes made go goes went gone come comes
    came take takes took taken give gives gave given get gets got become becomes became remain
    remains remained include includes included concern concerns concerned follows reads read noted
    stressed emphasised added replied wrote writes written agreed stated declared pointed explained
    called proposed suggested recalled mentioned like if whether because since although though
    while not no nor so but than then also only very too just even still already however therefore
    namely today tomorrow yesterday now again once another every each everything spoke speaks led
    held met paid sent began begins won heard felt everyone's anything something nothing his her я
    мы ты он она оно они меня нас вас его её их мне нам вам ему ей им мой наш ваш свой это эта этот
    эти тот та те что кто как где когда почему зачем если чтобы потому был была было были есть
    будет будут сказал сказала говорит говорил спросил ответил отметил подчеркнул добавил считаю
    думаю хочу хотел хотелось можно нужно надо не ни но или же бы ли вот так также тоже уже ещё
    сегодня вчера завтра теперь здесь там է են էր էին եմ ենք եք ես մենք դու դուք նա նրա նրան նրանք
    այս այդ այն սա դա որ որը որի որոնք երբ եթե բայց սակայն նաև նաեւ մասին ըստ համար հետո այսօր երեկ
    վաղը արդեն միայն պետք կա կան կլինի
    """
)
"""Pronouns, auxiliaries, verbs of saying: a label has none of them in lower case."""

PARTICIPLES: Final = _words(
    """
    acclaimed accredited advanced allied applied armed armoured associated authorised bed based
    combined decorated distinguished disabled educated elected establishment-related experienced
    foreign-related honored honoured integrated limited mechanised motorised named organised red
    related renowned retired respected skilled specialised talented unidentified united unmanned
    """
)
"""Words in "-ed" that are at home in a label."""

NO_START: Final = _words(
    """
    a an another any anyway about above according after all also although among and are as at back
    because before being below beyond both but by can clearly concerning could dear despite did do
    does during each either especially even every everything everyone finally following for from
    furthermore given good had has have having hence her here his how however i if in incidentally
    indeed instead is isn't it its just last lately let like look many may maybe meanwhile more
    moreover much my naturally near neither never nevertheless next no nobody none not nothing now
    of oh okay on once one only or other otherwise our out over overall perhaps please quite rather
    regarding remember secondly several she should similarly since so some sometimes soon sorry
    speaking still such take tell thank thanks that the their then there therefore these they
    thirdly this those though thus to today together tomorrow too two three four five six seven
    eight nine ten under unfortunately unless unlike until upon very was we well were what whatever
    when where whether which while who whose why will with without would yes yet yesterday you your
    в на по и а но при с со из от для о об у к во под я мы вы он она они это эта этот эти что как
    если когда потому поэтому подчеркну повторю поясню отмечу напомню скажу добавлю замечу текст
    например далее итак уважаемый уважаемая уважаемые дорогой дорогие добрый спасибо да нет
    """
)
"""First words that start prose, not a label; "his" before "Majesty" is let through."""

ADDRESSES: Final = _words(
    """
    colleagues friends ladies gentlemen comrades president minister chairman excellencies коллеги
    друзья товарищи
    """
)
"""What a speaker calls the listeners: "Mr President:" opens a speech, it is no label."""
