import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportHtml } from '../../../src/report/export/export-html.ts';
import type { PatternsPart } from '../../../src/report/export/export-html.ts';
import type { ExportNote } from '../../../src/report/export/export-note.ts';
import { pageStyle, pageStyleHash } from '../../../src/report/export/export-style.ts';
import { htmlText } from '../../../src/report/text/html-text.ts';
import { formatNote, parseSections } from '../../../src/storage/format/note-text.ts';
import { reportMissing } from '../../support/needs.ts';
import { openPlace, run } from '../../support/world.ts';
import { dayOf, hostile } from '../../storage/support.ts';
import { choices, labels, words } from '../support.ts';

const day = dayOf('2026-03-12');

const attacks = [
  '</script><script>document.title="HIT"</script>',
  '<img src=x onerror="document.title=\'HIT\'">',
  '</style><style>*{display:none}</style>',
  '</title><script>document.title="HIT"</script>',
  '"><svg onload=document.title="HIT">',
  '&lt;script&gt;',
  '<!--',
  ']]>',
  '<base href="https://example.org">',
  '<meta http-equiv=refresh content="0;url=https://example.org">',
  '\u202egnp.exe',
  '<a href="javascript:document.title=\'HIT\'">x</a>',
];

function noteOf(text: string, heading = 'What happened'): ExportNote {
  const written = formatNote({
    id: 'k3f9qa',
    session: day,
    title: text,
    front: {},
    sections: [{ level: 2, heading, text }],
  });
  return {
    path: 'x.md',
    text: written.replace('\n## ', `\n${text}\n\n## `),
    sections: parseSections(written),
    head: {
      id: 'k3f9qa',
      session: day,
      status: 'open',
      title: text,
      with: text,
      kinds: [`other: ${text}`],
      feelings: [text],
      size: 7,
      keys: { sit: 'bothered', care: `other: a ${text}`, echo: ['parent', text] },
    },
  };
}

function countedOf(text: string): PatternsPart {
  return {
    totals: text,
    pictures: [
      {
        title: 'x',
        over: 'y',
        parts: [
          { is: 'entries', rows: [{ day, title: `a${text}`, size: { before: 7, now: 2 }, texts: [text] }] },
          { is: 'bars', of: 4, rows: [{ label: text, n: 3 }] },
          { is: 'grid', columns: [text], rows: [{ label: text, cells: [2] }], sentences: [text] },
          { is: 'tracks', rows: [{ day, title: text, before: 7, now: 2 }] },
          { is: 'sentences', lines: [text] },
        ],
      },
    ],
  };
}

const pageOf = (text: string): string =>
  [
    ...exportHtml(
      { notes: [noteOf(text)], counted: countedOf(text) },
      day,
      { status: labels, kinds: {}, feelings: {}, choices },
      words,
    ),
  ].join('');
const tagsOf = (html: string): readonly string[] => html.replace(pageStyle, '').match(/<[^>]*>/g) ?? [];

describe('the page', () => {
  it('allows only its own style', () => {
    expect(createHash('sha256').update(pageStyle).digest('base64')).toBe(pageStyleHash);
    const page = pageOf('x');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${pageStyleHash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page).not.toMatch(
      /<script|<link|<img|<iframe|\son\w+=|\sstyle=|\ssrc=|\shref=|url\(|@import|https?:/i,
    );
  });

  it('declares its language, and describes each chart', () => {
    const page = pageOf('A thing');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
    expect(page).toContain(
      '<svg role="img" viewBox="0 0 200 16" width="200" height="16"><title>A thing: 3 of 4</title>',
    );
    expect(page).toContain(
      '<title>Thu 12 March 2026: A thing</title><desc>Size 7 then, 2 now, on a line from 0 to 10.</desc>',
    );
    expect(page).toContain('@media print');
    expect(page).toContain('prefers-color-scheme: dark');
  });

  it('shows the picks under the title', () => {
    expect(pageOf('x')).toContain(
      '<p class="facts" dir="auto">How it was: Something is bothering me</p>\n<p class="facts" dir="auto">Felt before with: A parent, x</p>\n<p class="facts" dir="auto">Something kind: a x</p>\n',
    );
  });

  it('has headings in order', () => {
    const levels = [...pageOf('x').matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels).toEqual([1, 2, 3, 2, 3, 4]);
  });

  it('has the same tags with any texts', () => {
    const plain = tagsOf(pageOf('A thing'));
    for (const text of attacks) expect(tagsOf(pageOf(text))).toEqual(plain);
    // A text of no letters has nothing that stands before the first part.
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(
          tagsOf(pageOf(`a${text}b`.replace(/\n#{1,3} /g, ' '))).filter(tag => !plain.includes(tag)),
        ).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('shows what would turn letters around, and what no page may hold', () => {
    expect(htmlText('a\u202eb\u2066c\0d\u001be\u0085')).toBe('a\\u{202e}b\\u{2066}c\\u{0}d\\u{1b}e\\u{85}');
    expect(htmlText('👩‍👩‍👧 שלום\u200f nai\u0308ve\ttab\nline')).toBe('👩‍👩‍👧 שלום\u200f nai\u0308ve\ttab\nline');
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...hostile, ...attacks), fc.string({ unit: 'binary' })), text => {
        expect(htmlText(text)).not.toMatch(
          /[<>"'`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|&(?!(?:amp|lt|gt|quot|#39|#96);)/,
        );
      }),
    );
  });
});

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  name => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0,
);
if (chromium === undefined) reportMissing('the exported page in a browser', 'chromium');

describe.skipIf(chromium === undefined)('in a real browser', () => {
  function open(page: string): { readonly dom: string; readonly log: string } {
    const folder = mkdtempSync(join(tmpdir(), 'rupture-page-'));
    try {
      const path = join(folder, 'page.html');
      writeFileSync(path, page);
      const flags = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--enable-logging=stderr',
        '--hide-scrollbars',
      ];
      const { stdout, stderr } = spawnSync(
        chromium ?? '',
        [...flags, `--user-data-dir=${join(folder, 'profile')}`, '--dump-dom', `file://${path}`],
        { encoding: 'utf8', timeout: 60_000, maxBuffer: 1e8 },
      );
      return { dom: stdout, log: stderr };
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }

  it('nothing runs and nothing is refused', () => {
    const { dom, log } = open(pageOf(attacks.join('\n')));
    expect(dom).toContain('<title>My moments</title>');
    expect(dom).not.toContain('HIT"</title>');
    expect(dom).not.toMatch(/<(?:script|img|base|a|iframe|object)\b/i);
    expect(dom.match(/<style>/g)).toHaveLength(1);
    expect(dom).toContain('</footer>');
    expect(log).not.toMatch(/Content Security Policy|Refused|CONSOLE/);
  }, 90_000);

  it('refuses a foreign style (control)', () => {
    expect(open(pageOf('x').replace('<style>', '<style> ')).log).toMatch(/Content Security Policy/);
  }, 90_000);

  it('the made-up year comes out whole', async () => {
    const place = openPlace();
    try {
      const { out, exit } = await run(['demo', 'export', 'html'], { place });
      expect(exit).toBe(0);
      const { dom, log } = open(out);
      expect(dom.match(/<article>/g)).toHaveLength(44);
      expect(dom.match(/<svg /g)?.length).toBeGreaterThan(60);
      expect(log).not.toMatch(/Content Security Policy|CONSOLE/);
    } finally {
      place.remove();
    }
  }, 90_000);
});
