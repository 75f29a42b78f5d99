"""Two hundred texts that a shopper might type to have a script run in somebody else's browser.

Written for these tests after the kinds that OWASP's cheat sheet names; each one that runs calls
ran(), which the test's browser counts.
"""

from itertools import product

CALL = "ran()"
EVENTS = ("onerror", "onload", "onfocus", "onmouseover", "onclick", "ontoggle", "onbegin")

ELEMENTS = (
    "<script>{call}</script>",
    "<script >{call}</script >",
    "<SCRIPT>{call}</SCRIPT>",
    "<script/x>{call}</script>",
    "<script\n>{call}</script\n>",
    "<script src=data:text/javascript,{call}></script>",
    "<img src=x onerror={call}>",
    "<img src=x onerror='{call}'>",
    '<img src="x" onerror="{call}">',
    "<img/src=x/onerror={call}>",
    "<img src=x:x onerror\n=\n{call}>",
    "<svg onload={call}>",
    "<svg/onload={call}>",
    "<svg><script>{call}</script></svg>",
    "<svg><animate onbegin={call} attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:{call}><text y=20>x</text></a></svg>",
    "<body onload={call}>",
    "<iframe srcdoc='<script>parent.{call}</script>'></iframe>",
    "<iframe src=javascript:parent.{call}></iframe>",
    "<object data=javascript:{call}></object>",
    "<embed src=javascript:{call}>",
    "<video><source onerror={call}></video>",
    "<video src=x onerror={call}></video>",
    "<audio src=x onerror={call}></audio>",
    "<details open ontoggle={call}>x</details>",
    "<input autofocus onfocus={call}>",
    "<select autofocus onfocus={call}></select>",
    "<textarea autofocus onfocus={call}></textarea>",
    "<button autofocus onfocus={call}>x</button>",
    "<a href=javascript:{call} autofocus onfocus={call}>x</a>",
    "<form action=javascript:{call}><button autofocus onfocus={call}>x</button></form>",
    "<marquee onstart={call}>x</marquee>",
    "<style>@import 'javascript:{call}';</style><img src=x onerror={call}>",
    "<link rel=stylesheet href=javascript:{call}><img src=x onerror={call}>",
    "<meta http-equiv=refresh content='0;url=javascript:{call}'>",
    "<base href='javascript:{call}//'><img src=x onerror={call}>",
    "<math><mi//xlink:href='data:x,<script>{call}</script>'><img src=x onerror={call}>",
    "<template><img src=x onerror={call}></template><img src=x onerror={call}>",
    "<table background=javascript:{call}><tr><td><img src=x onerror={call}></table>",
    "<isindex type=image src=x onerror={call}>",
    "<xss id=x tabindex=1 autofocus onfocus={call}></xss>",
    "<!--><img src=x onerror={call}>-->",
    "<![CDATA[<img src=x onerror={call}>]]>",
    "<noscript><p title='</noscript><img src=x onerror={call}>'></noscript>",
    "<div hx-on:load='{call}' hx-trigger=load hx-get=/>x</div>",
    "<div hx-get=/healthz hx-trigger=load hx-vals='js:{call}'>x</div>",
)
BREAKS = ("", '"', "'", '">', "'>", "</title>", "</textarea>", "</script>", "--></style>", "`")
ATTRIBUTES = tuple(
    f"{quote} autofocus {event}={call} x={quote}"
    for quote, event, call in product(('"', "'", ""), EVENTS, (CALL,))
)
OTHERS = (
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"java\tscript:{CALL}",
    f"&#106;avascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"vbscript:{CALL}",
    "{{ [].__class__.__mro__ }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}x{% endfor %}",
    f"${{{CALL}}}",
    f"#{{{CALL}}}",
    "%(n)s %s {0} {shop}",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"＜script＞{CALL}＜/script＞",
    f"<scr\x00ipt>{CALL}</scr\x00ipt>",
    f"\u202e<script>{CALL}</script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"';{CALL};'",
    f'";{CALL};"',
    f"*/{CALL}/*",
    f"\\';{CALL};//",
    f"\n{CALL}\n",
    f'=HYPERLINK("javascript:{CALL}")',
)


def _all() -> list[str]:
    elements = [one.replace("{call}", CALL) for one in ELEMENTS]
    broken_out = [outer + inner for outer, inner in product(BREAKS[1:], elements)]
    spread = broken_out[:: max(1, len(broken_out) // 110)]
    return list(dict.fromkeys([*elements, *ATTRIBUTES, *OTHERS, *spread]))[:200]


HOSTILE_TEXTS = _all()
