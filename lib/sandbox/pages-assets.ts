/** Style and script of the stand-in pages, served as files so that the pages need no inline code. */

export const STYLE = `
:root{--brand:#1f6feb;--side:#0f2740;--ink:#1c2733;--soft:#5b6b7b;--line:#dfe5ec;--back:#f4f6f9;--card:#fff}
body.ghl{--brand:#12805c;--side:#10202b}
*{box-sizing:border-box}
body{margin:0;display:grid;grid-template-columns:208px 1fr;min-height:100vh;background:var(--back);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
nav{background:var(--side);color:#fff;padding:20px 12px;display:flex;flex-direction:column;gap:4px}
nav strong{padding:0 10px 14px;font-size:15px}
nav a{color:#d7e2ee;padding:7px 10px;border-radius:6px}
nav a:hover,nav a:focus-visible{background:#ffffff1f;text-decoration:none}
nav small{margin-top:auto;padding:0 10px;color:#9fb2c6}
main{padding:26px 32px 48px;min-width:0;max-width:1120px}
a{color:var(--brand);text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:22px;line-height:1.3;margin:2px 0 6px;overflow-wrap:anywhere}h2{font-size:14px;margin:0 0 12px}
.crumb,.meta{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
.grid{display:grid;grid-template-columns:minmax(0,1fr) 300px;gap:18px;margin-top:20px;align-items:start}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px;margin-bottom:16px;overflow-wrap:anywhere}
.badge{display:inline-block;padding:1px 9px;border-radius:99px;background:#e6eefb;color:#174ea6;font-size:12px;margin-right:6px;overflow-wrap:anywhere}
.badge.closed{background:#e8ecef;color:#4a5865}.badge.high{background:#fdeaea;color:#a31515}
.entry{border-top:1px solid var(--line);padding:12px 0;white-space:pre-wrap;max-height:280px;overflow:auto}
.entry:first-of-type{border-top:0;padding-top:0}
.entry header{white-space:normal;color:var(--soft);font-size:12.5px;margin-bottom:4px}
.internal{background:#fff8e1;margin:0 -18px;padding:12px 18px}
dl{margin:0}dl div{padding:5px 0}dt{color:var(--soft);font-size:12px}dd{margin:0;max-height:120px;overflow:auto}
table{width:100%;border-collapse:collapse;table-layout:fixed}th{font-weight:600;color:var(--soft);font-size:12px;text-align:start}
th,td{padding:9px 8px;border-bottom:1px solid var(--line);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.person{display:flex;gap:12px;align-items:center;min-width:0}
.person+dl{margin-top:12px}
.avatar{flex:none;width:44px;height:44px;border-radius:50%;background:var(--brand);color:#fff;display:grid;place-items:center;font-weight:600}
@media(max-width:760px){body{grid-template-columns:1fr}nav{display:none}main{padding:18px}.grid{grid-template-columns:1fr}}
`;

export const SCRIPT = `
const main = document.querySelector('main');
let latest = 0;
async function load() {
  const mine = ++latest;
  const answer = await fetch('/stand-in/view?path=' + encodeURIComponent(location.pathname + location.hash));
  const view = await answer.json();
  if (mine !== latest) return;
  document.title = view.title;
  main.innerHTML = view.html;
  scrollTo(0, 0);
}
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-nav]') : null;
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', link.getAttribute('href'));
  load();
});
addEventListener('popstate', load);
if (location.hash) load();
`;
