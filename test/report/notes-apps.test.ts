import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/core/search/summary.ts';
import { summaryOrg, summaryTaskwarrior, summaryTodoTxt } from '../../src/report/notes-apps.ts';
import { orgTitle, orgVerbatim } from '../../src/report/text/org-text.ts';
import type { ReportItem } from '../../src/report/pages/summary-report.ts';
import { dayOf, momentOf } from '../core/support.ts';
import { words } from './support.ts';

// test/apps checks what the real programs read; these tests need no installed programs.
const item = (title: string, sentence?: string, rest?: string): readonly ReportItem[] =>
  summarize(
    [
      momentOf('k3f9qa', '2026-03-12', {
        title,
        size: 7,
        ...(rest === undefined ? {} : { restUntil: dayOf(rest) }),
      }),
    ],
    dayOf('2026-03-21'),
    { includeResting: true },
  ).items.map(one => ({ item: one, sentence }));

const noon = (day: string): string => new Date(`${day}T12:00:00`).toISOString().replace(/[-:]|\.000/g, '');

describe('todo.txt', () => {
  it('is one line that begins with the day, whatever the title and the sentence hold', () => {
    expect(summaryTodoTxt(item('x (A)\u2028done\u0085now\u0000', 'One.\r\nTwo.'), words)).toBe(
      '2026-03-12 x (A) done now “One. Two.” @therapy id:k3f9qa',
    );
    expect(summaryTodoTxt(item('(A) first', undefined, '2026-04-01'), words)).toBe(
      '2026-03-12 (A) first @therapy t:2026-04-01 id:k3f9qa',
    );
  });
});

describe('todo.txt, further', () => {
  it.each([
    ['They said t:2099-01-01 to @mum, h:1', 'They said t~:2099-01-01 to ~@mum, h~:1'],
    ['+1 (@home) “+work” due:today', '~+1 (~@home) “~+work” due~:today'],
    ['at 4:30, a@b.c, 2+2, http://a.b/c, “so: so”', 'at 4:30, a@b.c, 2+2, http://a.b/c, “so: so”'],
  ])('takes the marks of %j apart', (text, expected) => {
    const line = summaryTodoTxt(item(text, text), words).replaceAll('\u200b', '~');
    expect(line).toBe(`2026-03-12 ${expected} “${expected}” @therapy id:k3f9qa`);
  });
});

describe('Org', () => {
  it('has a heading, a drawer, and verbatim lines; what Org would take for its own is broken up', () => {
    expect(
      summaryOrg(item('<2026-05-01 Fri> [[x]] :tag:', '* star\n\n#+end_quote\n:END:', '2026-04-01'), words)
        .replaceAll('\u200b', '~')
        .split('\n'),
    ).toEqual([
      '* TODO <~2026-05-01 Fri> [~[~x]] :~tag: :therapy:',
      'SCHEDULED: <2026-04-01 Wed>',
      ':PROPERTIES:',
      expect.stringMatching(/^:ID: [0-9a-f-]{36}$/),
      ':MOMENT: k3f9qa',
      ':STATUS: open',
      ':SIZE: 7',
      ':BIG: t',
      ':CREATED: [2026-03-12 Thu]',
      ':END:',
      ': *~ star',
      ':',
      ': #+end_quote',
      ': :END:',
    ]);
  });
});

describe('a text in Org', () => {
  const seen = (text: string): string => text.replaceAll('\u200b', '~').replaceAll('\u2060', '!');
  it.each([
    ['src_sh{ls} and call_f(1)', 'src~_~sh{~ls} and call~_~f(1)'],
    ['_src_x{}', '_~src~_~x{}'],
    ['{{{m}}} [fn:1] [cite:@x] [1/2] [/]', '{~{~{~m}}} [~fn~:1] [~cite~:@x] [~1/2] [~/~]'],
    ['@@html:<b>@@', '@~@html~:<~b>@~@'],
    ['elisp:(f) at 10:30, see https://x.y:80/a_b?c=d', 'elisp~:(f) at 10:30, see https://x.y:80/a_b?c=d'],
    ['\\input{x} \\(y\\)', '\\~input{~x} \\~(y\\)'],
    ['a_b x^2 *b* =v= 1 * 2', 'a_~b x^~2 *~b* =~v= 1 * 2'],
    ['$x$', '$!x$!'],
    ['$5 and $6, $HOME and $(id)', '$5 and $6, $HOME and $(id)'],
    ['They looked at the clock - twice (at 7:05).', 'They looked at the clock - twice (at 7:05).'],
  ])('is broken up only where Org would interpret it: %s', (text, expected) => {
    expect(seen(orgTitle(text))).toBe(expected);
  });

  it('ends no verbatim part of a LaTeX export', () => {
    expect(seen(orgVerbatim('\\end{verbatim} src_x{} a_b *b*'))).toBe('\\~end{~verbatim} src~_x{} a_b *b*');
  });
});

describe('Taskwarrior', () => {
  it('is a list of tasks, each with the uuid of its moment, the sentence as a note, and the day it waits for', () => {
    const [task] = JSON.parse(summaryTaskwarrior(item('One\ntwo &open;', 'a\nb', '2026-04-01'), words));
    expect(task).toEqual({
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'waiting',
      description: 'One two &\u200bopen;',
      entry: noon('2026-03-12'),
      project: 'therapy',
      wait: noon('2026-04-01'),
      annotations: [{ entry: noon('2026-03-12'), description: 'a b' }],
    });
    expect(summaryTaskwarrior([], words)).toBe('[]');
  });
});
