/* One calm sheet for all pages: nothing is fetched from anywhere, letters of the reader's own
 * system. Contrast is 7:1 or better (WCAG 2.1, 1.4.6), lines are short enough to read, what can be
 * clicked is at least 44 px high on a phone (2.5.5), and paper gets no colours and no navigation.
 */
#include "site/style.h"

#include "base/encode.h"

#include <string.h>

static const char SHEET[]
    = ":root{--ink:#1c2326;--soft:#49555a;--line:#d5d9d6;--paper:#fff;--ground:#f6f5f1;"
      "--mark:#0b4f5c;--tint:#e8f0ef;--warn:#7a2e0e;--warn-tint:#fbeee6}\n"
      "*{box-sizing:border-box}\n"
      "html{background:var(--ground);color:var(--ink);font:1.0625rem/1.55 system-ui,"
      "-apple-system,\"Segoe UI\",Roboto,\"Liberation Sans\",Arial,sans-serif;"
      "-webkit-text-size-adjust:100%}\n"
      "body{margin:0}\n"
      "a{color:var(--mark);text-underline-offset:.15em}\n"
      "a:hover{text-decoration-thickness:2px}\n"
      ":focus-visible{outline:3px solid #b4530a;outline-offset:2px;border-radius:3px}\n"
      ".skip{position:absolute;left:-999px;top:0;padding:.7rem 1rem;"
      "background:var(--paper);z-index:2}\n"
      ".skip:focus{left:1rem;top:1rem}\n"
      "header{background:var(--mark);color:#fff;padding:1.1rem 0 .2rem}\n"
      "header>*,main,footer>*{max-width:70rem;margin-left:auto;margin-right:auto;"
      "padding-left:1.25rem;padding-right:1.25rem}\n"
      "header a{color:#fff}\n"
      "header :focus-visible{outline-color:#fff}\n"
      ".name{max-width:70rem;margin:0 auto .3rem;font-size:1.15rem;font-weight:650;"
      "letter-spacing:.01em}\n"
      ".name a{text-decoration:none}\n"
      "nav ul{list-style:none;margin:0 -.75rem;padding:0;display:flex;flex-wrap:wrap;gap:0 "
      ".25rem}\n"
      "nav a{display:block;padding:.6rem .75rem;text-decoration:none;border-bottom:3px "
      "solid transparent}\n"
      "nav a:hover{border-color:#9cc4c9}\n"
      "nav a[aria-current]{border-color:#fff;font-weight:650}\n"
      "main{padding-top:1.6rem;padding-bottom:2.5rem}\n"
      "main:focus{outline:none}\n"
      "h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 1.1rem;letter-spacing:-.01em}\n"
      "h2{font-size:1.3rem;line-height:1.3;margin:2.2rem 0 .6rem}\n"
      "h3{font-size:1.05rem;margin:1.4rem 0 .3rem}\n"
      "main p,main li,dd{max-width:42rem}\n"
      "p{margin:.6rem 0}\n"
      ".lead{font-size:1.15rem;color:var(--soft);margin-top:-.5rem}\n"
      ".sheet{overflow-x:auto;background:var(--paper);border:1px solid var(--line);"
      "border-radius:8px;margin:.8rem 0 1.4rem}\n"
      "table{border-collapse:collapse;width:100%}\n"
      "caption{text-align:left;padding:.8rem 1rem .5rem;font-weight:650;font-size:1.05rem}\n"
      "th,td{text-align:left;vertical-align:top;padding:.6rem 1rem;border-top:1px solid "
      "var(--line)}\n"
      "thead th{font-size:.9rem;color:var(--soft);font-weight:600;white-space:nowrap}\n"
      "tbody th{font-weight:600}\n"
      "td.n{font-variant-numeric:tabular-nums}\n"
      "tr.now{background:var(--tint)}\n"
      ".off{text-decoration:line-through}\n"
      ".state{display:inline-block;padding:.05rem .55rem;border-radius:1rem;"
      "background:var(--tint);color:#123c44;font-size:.92rem;white-space:nowrap}\n"
      ".state.bad{background:var(--warn-tint);color:var(--warn)}\n"
      ".changed{background:#fdf6dc}\n"
      "dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.35rem "
      "1.4rem;margin:.6rem 0 1rem}\n"
      "dt{color:var(--soft)}dd{margin:0}\n"
      ".card{background:var(--paper);border:1px solid var(--line);border-radius:8px;"
      "padding:1rem 1.25rem;margin:.8rem 0 1.4rem}\n"
      ".note{background:var(--tint);border-left:4px solid var(--mark);padding:.7rem 1rem;"
      "border-radius:0 6px 6px 0;max-width:44rem}\n"
      ".reason{background:var(--warn-tint);border-left:4px solid var(--warn);padding:.7rem "
      "1rem;border-radius:0 6px 6px 0}\n"
      ".speaker{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;"
      "justify-content:space-between;background:var(--tint);border-radius:8px;"
      "padding:.4rem 1rem;margin-bottom:1.2rem}\n"
      ".speaker p{margin:0}\n"
      "form.decision{margin:1rem 0}\n"
      "label{display:block;font-weight:600;margin:1rem 0 .25rem}\n"
      ".hint{display:block;font-weight:400;color:var(--soft);font-size:.95rem}\n"
      "input,select,textarea{font:inherit;color:inherit;padding:.55rem .7rem;border:1px "
      "solid #6f7b80;border-radius:6px;background:#fff;width:100%;max-width:26rem;"
      "min-height:2.75rem}\n"
      "input[type=radio]{width:auto;min-height:0;margin-right:.5rem}\n"
      "fieldset{border:1px solid var(--line);border-radius:8px;margin:1rem 0;padding:.4rem "
      "1rem 1rem;max-width:42rem}\n"
      "legend{font-weight:600;padding:0 .4rem}\n"
      "button{font:inherit;font-weight:600;padding:.65rem 1.3rem;min-height:2.75rem;"
      "border:0;border-radius:6px;background:var(--mark);color:#fff;cursor:pointer;"
      "margin:1rem .6rem 0 0}\n"
      "button:hover{background:#083b45}\n"
      "button.quiet{background:transparent;color:var(--mark);text-decoration:underline;"
      "margin:0;padding:.3rem .4rem}\n"
      ".wheel{overflow-x:auto;background:var(--paper);border:1px solid var(--line);"
      "border-radius:8px;margin:.8rem 0 1.4rem}\n"
      ".wheel svg{display:block;width:100%;min-width:44rem;height:auto}\n"
      ".years{display:flex;gap:1.2rem;flex-wrap:wrap;list-style:none;padding:0}\n"
      "code{font-size:.95em;overflow-wrap:anywhere}\n"
      "footer{border-top:1px solid var(--line);padding:1rem 0 2rem;color:var(--soft);"
      "font-size:.95rem}\n"
      "footer>p{margin:.6rem auto;max-width:70rem}\n"
      "footer ul{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem 1.4rem}\n"
      "footer a{color:var(--soft)}\n"
      "@media (max-width:40rem){html{font-size:1rem}h1{font-size:1.55rem}th,td{"
      "padding:.5rem .4rem}thead th{white-space:normal}.sheet "
      "table{font-size:.9rem}header>*,main,footer>*{"
      "padding-left:1rem;padding-right:1rem}dl{grid-template-columns:1fr;gap:.1rem}dd{"
      "margin-bottom:.6rem}main{padding-top:1.1rem}}\n"
      "@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}\n"
      "@page{size:A4;margin:16mm}\n"
      "@media print{html{background:#fff;font-size:10.5pt}nav,.skip,footer ul,form,.years,"
      ".speaker{display:none}header{background:none;color:#000;padding:0}header>*,footer>*{padding-"
      "left:0;padding-right:0}header a{"
      "color:#000}main{padding:0;max-width:none}.sheet,.card{border:0;overflow:visible;"
      "margin:0}th,td{padding:.25rem .6rem .25rem 0}caption{padding-left:0}tr{"
      "break-inside:avoid}h2{break-after:avoid}a{color:#000;text-decoration:none}.wheel{"
      "border:0;overflow:visible}.wheel svg{min-width:0}.sheet table{min-width:0}.state{"
      "padding:0;background:none}}\n";

/**
 * tn_style_make:
 *
 * Returns: (transfer full): the sheet, the same as long as the program is
 */
TnWebPage *
tn_style_make (void)
{
  TnWebPage *page = tn_web_page_new (200, "text/css; charset=utf-8",
                                     g_bytes_new_static (SHEET, strlen (SHEET)));
  g_autofree char *hash = tn_encode_sha256 (SHEET, -1);
  page->etag = g_strndup (hash, 16);
  tn_web_page_add_header (page, "Cache-Control", "public, max-age=3600");
  return page;
}
