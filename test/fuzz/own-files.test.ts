import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesIn, orderIn, stampsOf } from '../support/harm.ts';
import { openPlace, run } from '../support/world.ts';
import type { Place, Ran } from '../support/world.ts';
import { anyText, mutated, runs } from './mutations.ts';

const bug = 'Something went wrong';
const note = (id: string): string =>
  `---\nrupture: 1\nid: ${id}\nsession: 2026-01-05\nstatus: open\ntitle: They moved on\n---\n\n## What happened\n\nThey moved on.\n`;

/**
 * Runs a command line in a folder with a note, a link out of it, and what `put` adds; returns the result and
 * the changed paths.
 */
async function among(
  put: (own: Place) => void,
  lines: readonly (readonly string[])[],
  input = '',
): Promise<{ readonly ran: readonly Ran[]; readonly changed: readonly string[] }> {
  const own = openPlace();
  try {
    for (const path of [own.folder, join(own.home, 'outside'), join(own.home, 'in')])
      mkdirSync(path, { mode: 0o700 });
    writeFileSync(join(own.folder, '2026-01-05-aa2aaa.md'), note('aa2aaa'));
    writeFileSync(join(own.home, 'outside', 'victim.md'), 'victim\n');
    symlinkSync(join(own.home, 'outside'), join(own.folder, 'linked'));
    put(own);
    const before = stampsOf(own.home);
    const ran: Ran[] = [];
    for (const line of lines)
      ran.push(
        await run(
          line.map(word => word.replace('IN', join(own.home, 'in'))),
          { place: own, input },
        ),
      );
    return {
      ran,
      changed: changesIn(before, stampsOf(own.home)).filter(
        path => !/^(?:config|notes\/\.rupture)(?:\/|$)|^notes$/.test(path),
      ),
    };
  } finally {
    own.remove();
  }
}

function isQuiet(ran: readonly Ran[]): void {
  for (const { exit, out, err } of ran)
    expect([[0, 1, 2, 5].includes(exit), orderIn(out), orderIn(err), err.includes(bug)]).toEqual([
      true,
      undefined,
      undefined,
      false,
    ]);
}

const exported = [
  JSON.stringify(
    {
      version: 1,
      files: [
        { path: '2026-01-05-bb2bbb.md', text: note('bb2bbb') },
        { path: 'sub/2026-01-06-cc2ccc.md', text: note('cc2ccc') },
      ],
    },
    undefined,
    1,
  ),
  JSON.stringify(
    {
      version: 1,
      files: [
        { path: '2026-01-05-aa2aaa.md', text: note('dd2ddd') },
        { path: 'linked/victim.md', text: note('ee2eee') },
        { path: '../outside/victim.md', text: 'x' },
        { path: '.rupture/lock', text: 'x' },
      ],
    },
    undefined,
    1,
  ),
];

test('an export, however damaged, adds notes inside the folder and changes none', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 4, arbitrary: mutated(exported, 4) }, { weight: 1, arbitrary: anyText }),
      async text => {
        const { ran, changed } = await among(() => {}, [['import', '-']], text);
        isQuiet(ran);
        expect(
          changed.filter(
            path => !/^notes\/(?!\.|linked\/|templates\/).+/.test(path) || path.endsWith('aa2aaa.md'),
          ),
        ).toEqual([]);
      },
    ),
    runs(40, { onDisk: true }),
  );
});

test('any folder of Markdown is imported beside the existing notes, and stays unchanged', async () => {
  const pages = [
    '---\ntitle: Hello\ndate: 2025-11-02\ntags: [a, b]\n---\n\n# Hello\n\nSome words.\n',
    '# A day\n\nSome words.\n\n## More\n\nx\n',
    note('ff2fff'),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 4, arbitrary: mutated(pages, 4) }, { weight: 1, arbitrary: anyText }), {
        minLength: 1,
        maxLength: 3,
      }),
      async texts => {
        const { ran, changed } = await among(
          ({ home }) => texts.forEach((text, at) => writeFileSync(join(home, 'in', `${at}.md`), text)),
          [
            ['import', '--dry-run', 'IN'],
            ['import', 'IN'],
          ],
        );
        isQuiet(ran);
        expect(
          changed.filter(
            path => !/^notes\/(?!\.|linked\/|templates\/).+/.test(path) || path.endsWith('aa2aaa.md'),
          ),
        ).toEqual([]);
      },
    ),
    runs(40, { onDisk: true }),
  );
});

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/hostile/${name}`, import.meta.url), 'utf8');

test('any draft is continued or named, and never crashes a run', async () => {
  const drafts = ['drafts/hdaaaa.json', 'drafts/hdabaa.json', 'drafts/hdajaa.json'].map(fixture);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 6, arbitrary: mutated(drafts, 3) }, { weight: 1, arbitrary: anyText }),
      async text => {
        const { ran, changed } = await among(
          ({ folder }) => {
            mkdirSync(join(folder, '.rupture', 'drafts'), { recursive: true, mode: 0o700 });
            writeFileSync(join(folder, '.rupture', 'drafts', 'hdaaaa.json'), text, { mode: 0o600 });
          },
          [['doctor'], ['reflect', '--resume']],
        );
        isQuiet(ran);
        expect(changed.filter(path => !/^notes\/\d{4}-\d\d-\d\d-hdaaaa\.md$/.test(path))).toEqual([]);
      },
    ),
    runs(40, { onDisk: true }),
  );
});

test('any undo log or trash record touches only notes of the folder', async () => {
  const journals = [
    'undo/added-outside.jsonl',
    'undo/changed-outside.jsonl',
    'undo/trashed-outside.jsonl',
    'undo/controls.jsonl',
    'undo/behind-link.jsonl',
  ].map(fixture);
  const records = ['trash/path-outside.json', 'trash/name-outside.json', 'trash/path-link.json'].map(fixture);
  await fc.assert(
    fc.asyncProperty(mutated(journals, 3), mutated(records, 3), async (undoLog, record) => {
      const { ran, changed } = await among(
        ({ folder }) => {
          for (const name of ['undo', 'trash'])
            mkdirSync(join(folder, '.rupture', name), { recursive: true, mode: 0o700 });
          writeFileSync(join(folder, '.rupture', 'undo', '000001-1.jsonl'), undoLog, { mode: 0o600 });
          writeFileSync(join(folder, '.rupture', 'trash', '20260105T100000000-aaaaaa.json'), record, {
            mode: 0o600,
          });
          writeFileSync(join(folder, '.rupture', 'trash', '20260105T100000000-aaaaaa-1.md'), note('htaaaa'), {
            mode: 0o600,
          });
        },
        [['trash', 'list'], ['trash', 'restore', 'last'], ['undo'], ['trash', 'empty', '--yes']],
      );
      isQuiet(ran);
      expect(changed.filter(path => !/^notes\/(?!\.|linked\/|templates\/).+\.md$/.test(path))).toEqual([]);
    }),
    runs(40, { onDisk: true }),
  );
});

test('any settings are accepted or named, and help always works', async () => {
  const settings = ['settings/good.json', 'settings/controls.json', 'settings/proto.json'].map(fixture);
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 6, arbitrary: mutated(settings, 3) }, { weight: 1, arbitrary: anyText }),
      async text => {
        const { ran, changed } = await among(
          ({ config }) => {
            mkdirSync(config);
            writeFileSync(join(config, 'config.json'), text);
          },
          [['config', 'list'], ['help-now'], ['summary'], ['doctor']],
        );
        isQuiet(ran);
        expect([ran[1]?.exit, changed]).toEqual([0, []]);
      },
    ),
    runs(30, { onDisk: true }),
  );
});
