"""The site around a Kremlin page: menus, share links, counters, headings of its footer."""

import re
from typing import Final

MENU: Final = frozenset(
    line.strip().casefold()
    for line in """
    Events|Structure|Videos and Photos|Video and Photos|Documents|Contacts|Search
    President|News|President of Russia|Presidential Executive Office|State Council
    Security Council|Home|Menu|Commissions and Councils|Speeches and Transcripts|Transcripts|Trips
    Telephone Conversations|Telegrams|State Insignia|Official Internet Resources
    Official Internet resources|Photo|Video|Site map|Sitemap|Sections|For the media|For the Media
    Subscribe|Subscribe to news feed|RSS|Directory|Language|Русский|English
    Version for People with Disabilities|Special version|Presidential Website|Official website
    Official website of the President of Russia|Share|Facebook|Twitter|VKontakte|VK|Telegram
    Odnoklassniki|Google+|LiveJournal|YouTube|YouTube Channel|Print|Print version|E-mail|Email
    Send by e-mail|Copy link|Link|Close|Back|Next|Previous|More|Show more|Show all|Download
    Download photo|Download video|Permalink|Save as PDF|To main page|All news|All transcripts
    All topics|Date|Choose date|Calendar|Archive|Current version of the site|Website archive
    Mobile version|Full version|About website|Using website content|Feedback
    Personal Data of Website Users|Questions and answers|Contact website team
    Write to website editors|Photos|Videos|Audio|Text|Text of the speech|Additional|Additionally
    Materials|Read more|Share on social media|Related materials|Related|Useful links|Send a letter
    Resources|Widgets|Presidential Library|Constitution of Russia|Constitution|Children’s website
    Website for Schoolchildren|Search this website|President's|President’s|website|sections
    resources|Current resource|The Constitution of Russia
    Send a Letter|Special|animal welfare|projects
    Vladimir Putin’s Personal Website
    Dmitry Medvedev’s Personal Website|Amur tiger|Beluga whale
    Polar bear|Snow leopard|Far Eastern leopard|Legal|and technical|information
    Personal data of website users|All content on this site is licensed under|Presidential
    Executive Office|Send by email|Message preview|Addressee email|Send|Portal Menu
    Official Website of the President of Russia:|of the President of Russia|Английский
    Official Twitter|Official YouTube Channel|Putin. 20 years|Send by e-mail|Photo Video
    Официальные сетевые ресурсы|Президента России|Версия для слабовидящих|Конституция России
    Государственная символика|Обратиться к Президенту|Для СМИ|Справочник|О сайте|Твиттер
    Все персоны|Все темы|События|Структура|Видео и фото|Документы|Контакты|Поиск|Президент
    Новости|Стенограммы|Поездки|Администрация|Государственный Совет|Совет Безопасности
    Комиссии и советы|Выступления|Телеграммы|Выступления и стенограммы
    Официальные сетевые ресурсы Президента России|Карта сайта|Поделиться|Президент России
    Версия официального сайта для мобильных устройств|Подписаться|Распечатать|Меню|Все новости
    Все материалы|Скачать|Разделы|Главная|Фотографии|Видео|Аудио|Тексты|Дополнительно
    Main page|Archive Subscribe|Constitution of the Russian Federation|Printer-friendly version
    Presidents of the Russian Federation|Discovering The Kremlin|Version for print|Up|To top
    Normal version|Standard version|Colours|Font size|Images|Transcripts /|News /|Documents /
    Документ /|Документы /|Новости /|Стенограммы /|Поездки /|Письма /|Trips /|Letters /|Events /
    """.replace("\n", "|").split("|")
    if line.strip()
)
COUNTER: Final = re.compile(r"\d{1,3}\s*(?:of|из|/)\s*\d{1,3}")
SEE_ALSO: Final = re.compile(
    r"(?:See also|Read also|Related (?:materials|news|events)|Смотрите также|См\. также"
    r"|Читайте также)[:.]?",
    re.IGNORECASE,
)
HEADINGS: Final = {
    "geography": "geography",
    "topics": "topics",
    "persons": "persons",
    "people": "persons",
    "география": "geography",
    "темы": "topics",
    "лица": "persons",
    "персоны": "persons",
}
"""Headings of the footer's lists and the field of a document that each fills."""

STATUS: Final = re.compile(
    r"(?:Publication status|Published in sections?:.*|Publication date:.*|Last updated at.*"
    r"|Text version\w*"
    r"|Direct link\b.*|Статус материала|Опубликован\w* в раздел\w*:.*|Дата публикации:.*"
    r"|Текстовая версия\w*|Ссылка на материал\b.*|Постоянная ссылка\b.*)",
    re.IGNORECASE,
)
CREDIT: Final = re.compile(
    r"(?:Photo(?:graph)?s?|Фото)\s*(?:by|:|©).*|©.*"
    r"|.{0,60}\b(?:Presidential Press and Information Office|RIA Novosti|TASS|Sputnik|Kremlin Pool"
    r"|ТАСС|РИА Новости)",
    re.IGNORECASE,
)
LINK: Final = re.compile(
    r"(?:(?:The )?(?:source(?: of information)?|источник)\s*[-–—:]\s*)?(?:https?://|www\.)\S+"
    r"|(?:\w+\.)?kremlin\.ru(?:/\S*)?",
    re.IGNORECASE,
)
SOURCE: Final = re.compile(
    r"(?:The )?(?:source(?: of information| URL)?|источник|աղբյուր|mənbə)\s*[-–—:]\s*"
    r"(?P<url>https?://\S+)",
    re.IGNORECASE,
)
"""A line that gives the address of the page."""

CREATIVE: Final = re.compile(r"Creative Commons Attribution 4\.0|CC[ -]BY[ -]4\.0", re.IGNORECASE)
SPDX: Final = re.compile(r"SPDX-License-Identifier:\s*(\S+)")
_SITE: Final = re.compile(
    r"(?:All (?:content|materials|rights)|Except where otherwise noted|Все материалы)\b.*"
    r"|.*\bCreative Commons\b.*|.*\b(?:cookies?|JavaScript)\b.{0,80}\b(?:browser|site)\b.*"
    r"|Official website of the President of Russia.*|Resources of the President of Russia.*"
    r"|[<|]? ?\w[\w -]{1,30}(?: \| \w[\w -]{1,30})+>?(?: \| \w+)?|<\w+ \| \w+> \| \w+"
    r"|(?:Audio|Video){1,2}(?: part \d+)? (?:mp3|wmv|avi|mp4)\b.{0,80}|Select font .*"
    r"|(?:Printer-friendly version){1,2}|(?:Font size|Site colou?rs|View settings|Images):?"
    r"|Character spacing .*|Media accreditation.*|(?:Follow|Like|Join) us\b.*"
    r"|Share\b.{0,20}|Subscribe\b.{0,40}",
    re.IGNORECASE,
)


def reason(text: str) -> str | None:
    """Why a line is the site's and not the document's, None if it may be the document's."""
    if text.casefold() in MENU:
        return "menu"
    if COUNTER.fullmatch(text):
        return "photo counter"
    if STATUS.fullmatch(text):
        return "publication status"
    if LINK.fullmatch(text):
        return "link"
    if len(text) <= 120 and CREDIT.fullmatch(text):
        return "credit"
    if SPDX.search(text) or CREATIVE.search(text):
        return "licence"
    if _SITE.fullmatch(text):
        return "site notice"
    return None
