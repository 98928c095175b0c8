/** The style of the page. It is constant: the page's policy allows only this text, by its hash. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fdfcfa; --ink: #24221f; --faint: #67625a; --line: #ddd8cf; --rail: #ece8e0; --mark: #35707f; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1a18; --ink: #ebe7df; --faint: #a8a297; --line: #3a3733; --rail: #2c2a27; --mark: #7dbccb; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 46rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 Georgia, "Liberation Serif", "DejaVu Serif", serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, .facts, .over, .label, .beside, .legend, table, footer { font-family: system-ui, "Liberation Sans", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 .4rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; line-height: 1.4; margin: 1.6rem 0 .3rem; }
article h3 { margin: 0 0 .3rem; font-size: 1.2rem; line-height: 1.3; }
h4, h5 { font-size: 1rem; line-height: 1.4; margin: 1.4rem 0 .2rem; font-weight: 600; }
h5 { font-size: .95rem; margin-top: 1rem; }
article { margin: 2.2rem 0 0; padding: 1.6rem 0 0; border-top: 1px solid var(--line); }
h2 + article { margin-top: 1rem; padding-top: 0; border: 0; }
.facts, .over, .legend, .beside, .day, footer { color: var(--faint); font-size: .9rem; font-weight: 400; }
.facts { margin: 0; }
.text { white-space: pre-wrap; margin: 0; unicode-bidi: plaintext; }
.later { margin-top: 1.6rem; padding-left: 1rem; border-left: 3px solid var(--line); }
.later h4 { margin-top: 0; }
blockquote { margin: .3rem 0 .6rem; padding-left: .9rem; border-left: 3px solid var(--line); white-space: pre-wrap; unicode-bidi: plaintext; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
ul.rows { list-style: none; padding: 0; }
.rows li { display: grid; grid-template-columns: minmax(0, 1fr) 12.5rem 4.5rem; gap: .2rem .9rem; align-items: center; padding: .15rem 0; }
.label, .beside { font-size: .92rem; line-height: 1.35; }
.beside { font-variant-numeric: tabular-nums; }
.day { display: block; font-size: .8rem; }
.tracks li { padding: .3rem 0; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
.rail { fill: var(--rail); } .bar { fill: var(--mark); }
.axis, .tick { stroke: var(--line); stroke-width: 1.5; } .way { stroke: var(--mark); stroke-width: 2; }
.then { fill: var(--paper); stroke: var(--mark); stroke-width: 2; } .now { fill: var(--mark); }
table { border-collapse: collapse; font-size: .9rem; margin: .6rem 0; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: start; font-weight: 400; }
td { text-align: center; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media (max-width: 34rem) { .rows li { grid-template-columns: minmax(0, 1fr) 4.5rem; } .label { grid-column: 1 / -1; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #444; --line: #bbb; --rail: #e6e6e6; --mark: #2b5d69; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, h4, h5, .facts { break-after: avoid; }
  .rows li, .entries li, tr { break-inside: avoid; }
  .text { orphans: 3; widows: 3; }
  @page { margin: 18mm 16mm; }
}
`;

/** The SHA-256 of `pageStyle` in base64, for the page's policy. A test compares the two. */
export const pageStyleHash = 'polm7iuxhzcotr/5sWByUoIrGPi5je59J9cJ4IExvdY=';
