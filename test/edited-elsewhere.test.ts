import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlace, run } from './support/world.ts';
import type { Place, Ran } from './support/world.ts';

// Notes that another program went over: linters, notes apps, sync clients.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

const piped = (...args: string[]): Promise<Ran> => run(args, { place, input: '' });

function write(text: string, name = '2026-03-01-aaaaaa.md'): string {
  const path = join(place.folder, name);
  writeFileSync(path, text);
  return path;
}

describe('headings that a linter went over', () => {
  const note = (change: (heading: string) => string): string => [
    '---', 'rupture: 1', 'id: aaaaaa', 'session: 2026-03-01', 'status: planned', 'title: They looked away', 'sit: mixed',
    'history:', '  - 2026-03-01 open', '  - 2026-03-05 planned', '---', '', '# They looked away', '',
    change('## What happened'), '', 'They looked at the clock.', '', change('## One sentence'), '', 'Can we go back?', '',
    change('## Prepared on 2026-03-05'), '', change("### How I'll start"), '', 'When you looked away, I felt small.', '',
  ].join('\n');
  const titleCase = (heading: string): string => heading.replace(/ [a-z]/g, (found) => found.toUpperCase());
  const changes: readonly (readonly [string, (heading: string) => string])[] = [
    ['title case', titleCase], ['capitals', (heading) => heading.toUpperCase()], ['a closing ##', (heading) => `${heading} ##`],
    ['a colon', (heading) => `${heading}:`], ['blanks at the end', (heading) => `${heading}  `], ['a curly apostrophe', (heading) => heading.replace("'", '’')],
    ['all of them', (heading) => `${titleCase(heading)}: ##  `], ['Windows line ends', (heading) => `${heading}\r`],
  ];
  it.each(changes)('are known in %s', async (_name, change) => {
    write(note(change));
    expect((await piped('summary')).out).toContain('When you looked away, I felt small.');
    const shown = JSON.parse((await piped('show', 'aaaaaa', '--format', 'json')).out);
    expect(shown.answers).toMatchObject({ what: expect.stringContaining('clock'), one_line: expect.stringContaining('back') });
    expect(shown.prepared).toEqual([{ on: '2026-03-05', answers: { opening_line: expect.stringContaining('small') } }]);
    const [names = '', row = ''] = (await piped('export', 'csv')).out.split('\r\n');
    expect(names.split(',')).toContain('one_line');
    expect(row).not.toContain('One sentence');
  });
});
