"""Style and script of the HTML report: one file, no network; the script only filters and is not needed to read."""

STYLE = """
:root{color-scheme:light dark;--bg:#fbfaf8;--fg:#1d1d1f;--soft:#5b5b60;--line:#d9d6d0;--card:#fff;--crit:#a3122a;--maj:#a34a00;
--min:#6b5b00;--neu:#4a5a6a;--critbg:#fde3e6;--majbg:#ffe9d6;--minbg:#fff6c9;--neubg:#e6edf3;--add:#d9f2df;--del:#fbdcdc;--bar:#2f6f8f}
@media (prefers-color-scheme:dark){:root{--bg:#151619;--fg:#ececec;--soft:#a6a8ad;--line:#35373c;--card:#1d1f23;--crit:#ff9aa8;
--maj:#ffb27a;--min:#e6d36a;--neu:#a9bccd;--critbg:#4a1620;--majbg:#4a2a10;--minbg:#3f3a12;--neubg:#27323c;--add:#163a20;--del:#4a1c1c;--bar:#6fb3d2}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",
"PingFang SC","Microsoft YaHei",sans-serif}main{max-width:72rem;margin:0 auto;padding:1rem}h1{font-size:1.5rem;margin:.5rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}h3{font-size:1rem;margin:0 0 .5rem}.soft{color:var(--soft);font-size:.9rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1rem}
.card,article{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;min-width:0}
article{margin:.75rem 0}.row{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:.1rem .5rem;align-items:center;font-size:.9rem}
.bar{height:.8rem;background:var(--bar);border-radius:.2rem;min-width:2px}.head{display:flex;flex-wrap:wrap;gap:.25rem 1rem;
color:var(--soft);font-size:.85rem}.text{overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate;margin:.3rem 0}
.source{color:var(--soft)}mark{color:inherit;border-radius:.15rem;padding:0 .1rem;border-bottom:2px solid}
.critical{background:var(--critbg);border-color:var(--crit)}.major{background:var(--majbg);border-color:var(--maj)}
.minor{background:var(--minbg);border-color:var(--min)}.neutral{background:var(--neubg);border-color:var(--neu)}
ul.findings{list-style:none;margin:.4rem 0 0;padding:0;font-size:.92rem}ul.findings li{margin:.25rem 0;overflow-wrap:anywhere}
.tag{display:inline-block;border-radius:.25rem;padding:0 .4rem;font-size:.8rem}.tag.critical{color:var(--crit)}.tag.major{color:var(--maj)}
.tag.minor{color:var(--min)}.tag.neutral{color:var(--neu)}ins{background:var(--add);text-decoration:none}del{background:var(--del)}
details summary{cursor:pointer;color:var(--soft);font-size:.9rem}form{display:flex;flex-wrap:wrap;gap:.5rem 1rem;margin:1rem 0}
label{font-size:.9rem}select,input{font:inherit;max-width:100%;background:var(--card);color:var(--fg);border:1px solid var(--line);
border-radius:.25rem}:focus-visible{outline:2px solid var(--bar);outline-offset:2px}a{color:var(--bar)}
@media print{form{display:none}article{break-inside:avoid}}
"""

SCRIPT = """
(function(){var f=document.forms[0];if(!f)return;f.hidden=false;var all=[].slice.call(document.querySelectorAll('article'));
function run(){var s=f.severity.value,c=f.check.value,q=f.words.value.toLowerCase(),n=0;all.forEach(function(a){
var ok=(!s||a.dataset.severities.split(' ').indexOf(s)>=0)&&(!c||a.dataset.checks.split(' ').indexOf(c)>=0)&&
(!q||a.textContent.toLowerCase().indexOf(q)>=0);a.hidden=!ok;n+=ok});document.getElementById('shown').textContent=n+' of '+all.length}
f.addEventListener('input',run);f.addEventListener('submit',function(e){e.preventDefault()});run()})();
"""
