"""What any site puts around a transcript: menus, banners, share links, footers, sales talk."""

import re
from typing import Final

from trilogue.corpora.transcripts import furniture

_MENU: Final = frozenset(
    line.strip().casefold()
    for line in """
    About|About us|Accessibility|Administration|All rights reserved|Apply|Archives|Back|« Back
    Back to top|Briefing Room|Briefings|Careers|Close|Close menu|Comments|Contact|Contact us
    Cookie policy|Copyright|Download transcript|Download PDF|Donate|Email|Español|Events|Explore
    Facebook|Feedback|Full transcript|Gallery|Get help|Go back|Help|Home|Home page|Images|Instagram
    Issues|Issues & questions|Jobs|Language|Latest news|Legal|Legislation|LinkedIn|Live|Log in|Menu
    More|More news|Navigation|News|Newsletter|Next|Open menu|Photo gallery|Photos|Podcast
    Press|Print page|Print the page
    Press briefings|Press releases|Previous|Print|Print this page|Priorities|Privacy
    Privacy policy|Read also|Read in app|Read more|Related|Related articles|Related posts|RSS
    Search|Search for:|Share|Share this debate|Show more|Sign in|Sign up|Site map|Sitemap
    Skip to content|Skip to main content|Skip to navigation|Social|Speeches|Speeches and remarks
    Statements|Subscribe|Support us|Tags|Telegram|Terms|Terms of use|The Record|Tools|Top|Topics
    Transcripts|Tweet|Twitter|Videos|WH.gov|WhatsApp|X|YouTube|Documents|Contacts|Gallery
    Transcribe Your Own Content|Copyright Disclaimer|Topics:|Hungry For More?
    Гл. страница|Главная|Поиск|Меню|Новости|Поделиться|Печать|Назад|Архив|Контакты
    Գլխավոր|Որոնում|Մենյու|Նորություններ|Տպել|Կիսվել|Հետադարձ կապ|Արխիվ|« Վերադառնալ
    Ana səhifə|Axtarış|Menyu|Xəbərlər|Paylaş|Çap|Əlaqə|Arxiv|Geri|« Geri
    """.replace("\n", "|").split("|")
    if line.strip()
)
_NOTICE: Final = re.compile(
    r"(?:An official website of .{0,120}|Official websites use .{0,20}|A \.gov website belongs .*"
    r"|Secure \.gov websites .*|A lock .{0,10}\( ?.{0,12} ?\) or https.*|Here[’']s how you know.*"
    r"|Try Rev and save time .*|Rev(?:Blog|Categor).{0,160}|Read the transcript here\.?"
    r"|To search this site, enter .*|Get the facts\.|Scroll to top|Copyright .{0,80}"
    r"|(?:Next|Previous) Post:.*|.{0,60}\bAll rights reserved\b.{0,60}|©.{0,120}"
    r"|(?:more|ևս|ещё|еще|daha) \d+ (?:photos?|լուսանկար|фото\w*|foto\w*)"
    r"|(?:Share|Like|Follow|Tweet) (?:this|us|on)\b.{0,40}|This entry was posted .*"
    r"|(?:Home|HOME|Главная|Գլխավոր|Ana səhifə)\s*[>›»/].*|[^.!?]{0,80} [>›] [^.!?]{0,120}"
    r"|(?:\w[\w ]{1,24} \| ){2,}\w[\w ]{1,24}|\d+ min(?:ute)?s? read|By clicking .*"
    r"|\d+ (?:Comments?|Views|Shares)|Photo(?:graph)?s? (?:by|courtesy).{0,80}|Advertisement)",
    re.IGNORECASE,
)


def reason(text: str) -> str | None:
    """Why a line is the site's and not the transcript's, None if it may be the transcript's."""
    if text.casefold() in _MENU:
        return "menu"
    if _NOTICE.fullmatch(text):
        return "site notice"
    return "link" if furniture.LINK.fullmatch(text) else None
