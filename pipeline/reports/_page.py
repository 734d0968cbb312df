"""Style and script of the HTML report: one file, no network; the script only filters and is not needed to read."""

STYLE = """
:root{color-scheme:light dark;--bg:#fbfaf8;--fg:#1d1d1f;--soft:#5b5b60;--line:#d9d6d0;--card:#fff;--crit:#a3122a;--maj:#8f4100;
--min:#6b5b00;--neu:#4a5a6a;--critbg:#fde3e6;--majbg:#ffe9d6;--minbg:#fff6c9;--neubg:#e6edf3;--add:#d9f2df;--del:#fbdcdc;--bar:#2f6f8f}
@media (prefers-color-scheme:dark){:root{--bg:#151619;--fg:#ececec;--soft:#a6a8ad;--line:#35373c;--card:#1d1f23;--crit:#ff9aa8;
--maj:#ffb27a;--min:#e6d36a;--neu:#a9bccd;--critbg:#4a1620;--majbg:#4a2a10;--minbg:#3f3a12;--neubg:#27323c;--add:#163a20;--del:#4a1c1c;--bar:#6fb3d2}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC",
"PingFang SC","Microsoft YaHei",sans-serif}main{overflow-wrap:anywhere;max-width:72rem;margin:0 auto;padding:1rem}h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0;
overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}.card h2{font-size:1rem;margin:0 0 .5rem}
.soft{color:var(--soft);font-size:.9rem}.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:1rem}
.charts:has(>:nth-child(4)){grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr))}.card{overflow:hidden}
.card,article{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem;min-width:0}
article{margin:.75rem 0;overflow-wrap:anywhere}table{width:100%;border-collapse:collapse;font-size:.9rem;line-height:1.3}
th{width:1%;overflow-wrap:normal;white-space:nowrap;text-align:left;font-weight:400;padding:.15rem .75rem .15rem 0}td{padding:.15rem 0}@media (min-width:26.1rem){th wbr{display:none}}.n{width:3.2rem;
text-align:right;font-variant-numeric:tabular-nums}.bar{display:block;height:.8rem;background:var(--bar);border-radius:.2rem;min-width:3px}
.bar.none{min-width:0}.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem 1rem;color:var(--soft);font-size:.85rem}
h3{font-size:.9rem;margin:0;color:var(--fg);overflow-wrap:anywhere}.text{overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate;margin:.3rem 0}
.source{color:var(--soft)}mark{color:inherit;border-radius:.15rem;padding:0 .1rem;border-bottom:2px solid}
mark[data-n]::after{content:attr(data-n);font-size:.68em;line-height:0;vertical-align:super;margin-left:.15em;font-weight:600}
.worst-critical{border-left:4px solid var(--crit)}.worst-major{border-left:4px solid var(--maj)}.worst-minor{border-left:4px solid var(--min)}
a{color:var(--bar)}.weakest{margin-top:1rem}.weakest ol{margin:0;padding:0 0 0 1.6rem;font-size:.92rem}.weakest li{margin:.2rem 0}
.weakest li::marker{color:var(--soft)}article:target{outline:2px solid var(--bar);outline-offset:2px}
.critical{background:var(--critbg);border-color:var(--crit)}.major{background:var(--majbg);border-color:var(--maj)}
.minor{background:var(--minbg);border-color:var(--min)}.neutral{background:var(--neubg);border-color:var(--neu)}
.findings{margin:.4rem 0 0;padding:0 0 0 1.6rem;font-size:.92rem}.findings li{margin:.25rem 0}.findings li::marker{color:var(--soft);font-size:.85em}
ul.findings{list-style:none;padding:0}li.on{outline:2px solid var(--bar);outline-offset:2px;border-radius:.2rem}
mark.on{outline:2px solid var(--bar)}.tag{display:inline-block;border-radius:.25rem;padding:0 .4rem;font-size:.8rem}.tag.critical{color:var(--crit)}
.tag.major{color:var(--maj)}.tag.minor{color:var(--min)}.tag.neutral{color:var(--neu)}ins{background:var(--add);text-decoration:none}
del{background:var(--del)}details{margin-top:.4rem}details summary{cursor:pointer;color:var(--soft);font-size:.9rem;padding:.2rem 0}
form{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem;margin:1.25rem 0 0}form[hidden]{display:none}label{font-size:.9rem;max-width:100%}
select,input{font:inherit;min-height:2rem;padding:.1rem .3rem;max-width:14rem;background:var(--card);color:var(--fg);border:1px solid var(--soft);
border-radius:.25rem}:focus-visible{outline:2px solid var(--bar);outline-offset:2px}
@media print{form{display:none}article,.card{break-inside:avoid}body{font-size:10pt}main{max-width:none;padding:0}*{print-color-adjust:exact;
-webkit-print-color-adjust:exact}}
"""

SCRIPT = """
(function(){var f=document.forms[0];if(!f)return;f.hidden=false;var all=[].slice.call(document.querySelectorAll('article'));
all.forEach(function(a,i){a.at=i;a.said=a.textContent.toLowerCase()});var order='';
function run(){var s=f.severity.value,c=f.check.value,q=f.words.value.toLowerCase(),n=0;all.forEach(function(a){
var ok=(!s||a.dataset.severities.split(' ').indexOf(s)>=0)&&(!c||a.dataset.checks.split(' ').indexOf(c)>=0)&&
(!q||a.said.indexOf(q)>=0);a.hidden=!ok;n+=ok});document.getElementById('shown').textContent=n+' of '+all.length+' segments';
if(order!==f.order.value){order=f.order.value;all.slice().sort(function(a,b){return(order?b.dataset.risk-a.dataset.risk:0)||a.at-b.at})
.forEach(function(a){a.parentNode.appendChild(a)})}}
function light(e,on){var t=e.target.closest&&e.target.closest('[data-n]');if(!t)return;var a=t.closest('article');
t.dataset.n.split(' ').forEach(function(n){[].forEach.call(a.querySelectorAll('[data-n]'),function(x){
if(x.dataset.n.split(' ').indexOf(n)>=0)x.classList.toggle('on',on)})})}
document.addEventListener('mouseover',function(e){light(e,true)});document.addEventListener('mouseout',function(e){light(e,false)});
f.addEventListener('input',run);f.addEventListener('submit',function(e){e.preventDefault()});run()})();
"""
