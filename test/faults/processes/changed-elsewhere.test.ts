import { appendFileSync, chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { endOf, keys, openHand, patience } from '../../e2e/support/hand.ts';
import type { Hand } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { filesBelow, ids, note, words } from '../harness/person.ts';
import { courses } from '../harness/stages.ts';
import { tell } from '../harness/tell.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

const foreign = 'They wrote this on another machine.';
const name = `2026-03-05-${ids.planned}.md`;
const old = note(ids.planned, '2026-03-05', 'planned', words.planned);

/** What another program does while a prompt is open. */
interface Change {
  readonly what: string;
  readonly make: (home: Home) => void;
  readonly code: number;
  /** Where the answers end up: in a file beside the notes, or in the draft. */
  readonly kept: 'beside' | 'draft';
  /** False if the other program's words were removed with the file. */
  readonly leaves?: false;
  /** The folder's path afterwards. */
  readonly moved?: true;
}

const away = (home: Home): string => `${home.folder}.away`;
const changes: readonly Change[] = [
  {
    what: 'is written into',
    make: home => appendFileSync(join(home.folder, name), `\n${foreign}\n`),
    code: 5,
    kept: 'beside',
  },
  {
    what: 'is replaced by a rename',
    code: 5,
    kept: 'beside',
    make: home => {
      writeFileSync(join(home.folder, '.sync'), `${old}\n${foreign}\n`);
      renameSync(join(home.folder, '.sync'), join(home.folder, name));
    },
  },
  {
    what: 'is cut short',
    make: home => writeFileSync(join(home.folder, name), foreign),
    code: 5,
    kept: 'beside',
  },
  {
    what: 'is deleted',
    make: home => rmSync(join(home.folder, name)),
    code: 5,
    kept: 'beside',
    leaves: false,
  },
  {
    what: 'is moved into a folder below',
    code: 5,
    kept: 'beside',
    make: home => {
      mkdirSync(join(home.folder, 'mine'), { mode: 0o700 });
      renameSync(join(home.folder, name), join(home.folder, 'mine', name));
      appendFileSync(join(home.folder, 'mine', name), `\n${foreign}\n`);
    },
  },
  {
    what: 'goes with its folder, which is moved away',
    code: 1,
    kept: 'draft',
    moved: true,
    make: home => {
      appendFileSync(join(home.folder, name), `\n${foreign}\n`);
      renameSync(home.folder, away(home));
    },
  },
  {
    what: 'goes with its folder, and a new folder stands there',
    code: 1,
    kept: 'draft',
    moved: true,
    make: home => {
      appendFileSync(join(home.folder, name), `\n${foreign}\n`);
      renameSync(home.folder, away(home));
      mkdirSync(home.folder, { mode: 0o700 });
    },
  },
];

interface Run {
  readonly command: string;
  readonly args: readonly string[];
  /** Answers every question, without the last Enter. */
  readonly upTo: (hand: Hand) => Promise<void>;
  readonly last: string;
  /** The typed or chosen answer, as the conflict copy and the draft write it. */
  readonly beside: readonly string[];
  readonly drafted: readonly string[];
}

const runs: readonly Run[] = [
  ...(['prep', 'follow-up', 'let-go'] as const).map((command): Run => ({
    command,
    args: courses[command].args,
    last: keys.enter,
    upTo: async hand => {
      const { begin, stages } = courses[command];
      await begin(hand);
      for (const { ready, next, key } of stages) {
        await ready(hand);
        if (key === 'keep') return;
        hand.press(keys.enter);
        await hand.sees(next);
      }
    },
    beside: courses[command].stages.map(({ inNote }) => inNote.trim()),
    drafted: courses[command].stages.flatMap(stage =>
      'answer' in stage ? [JSON.stringify(stage.answer)] : [],
    ),
  })),
  {
    command: 'reflect --more',
    args: ['reflect', '--more', ids.planned],
    last: keys.ctrlD,
    upTo: async hand => {
      await hand.choose('Did it come all at once, or build up?', 'It built up');
      await hand.choose('What made it hard?', 'Both');
      await hand.sees('Which part hurt most, or stayed with you?');
    },
    beside: ['shape: build-up', 'both'],
    drafted: ['"build-up"', '"both"'],
  },
];

const textsOf = (folder: string, below: string): string =>
  [...filesBelow(join(folder, below)).values()].join('\n');

/** Returns what is wrong after a run that met another program's change. */
function wrongAfter(
  home: Home,
  change: Change,
  { beside, drafted }: Pick<Run, 'beside' | 'drafted'>,
  code: number,
  screen: string,
): string[] {
  const wrong: string[] = [];
  const folder = change.moved === true ? away(home) : home.folder;
  if (code !== change.code) wrong.push(`exit ${code}\n${screen.slice(-900)}`);
  const notes = [...filesBelow(folder)]
    .filter(([path]) => !path.startsWith('.'))
    .map(([, text]) => text)
    .join('\n');
  if (change.leaves !== false && !notes.includes(foreign)) wrong.push('what the other wrote is gone');
  const there =
    change.kept === 'beside' ? textsOf(folder, '.rupture/kept') : textsOf(folder, '.rupture/drafts');
  for (const text of change.kept === 'beside' ? beside : drafted)
    if (!there.includes(text)) wrong.push(`${text} is nowhere`);
  if (change.kept === 'beside' && !there.includes(words.planned))
    wrong.push('what is kept beside has not the old words');
  if (change.moved === true && filesBelow(home.folder).size > 0)
    wrong.push(`something was made: ${[...filesBelow(home.folder).keys()].join(' ')}`);
  if (change.leaves === false && existsSync(join(home.folder, name)))
    wrong.push('the deleted file was made anew');
  return wrong;
}

function withNote(): Home {
  const home = openHome(rupture);
  mkdirSync(home.folder, { mode: 0o700 });
  writeFileSync(join(home.folder, name), old, { mode: 0o600 });
  return home;
}

// The sample: a changed file, and a removed file.
const made = isWhole
  ? changes
  : changes.filter(({ what }) =>
      ['is written into', 'is deleted', 'goes with its folder, which is moved away'].includes(what),
    );

test.each(runs.flatMap(run => made.map(change => ({ ...run, change, what: change.what }))))(
  '$command is asking, and the file $what: both are kept',
  async ({ change, ...run }) => {
    const home = withNote();
    const pty = home.onTerminal(run.args);
    const hand = openHand(pty);
    await run.upTo(hand);
    change.make(home);
    hand.press(run.last);
    const code = await endOf(pty);
    const wrong = wrongAfter(home, change, run, code, pty.screen());
    tell(`elsewhere: ${run.command}, the file ${change.what}`, { runs: 1, failures: wrong.length });
    expect(wrong).toEqual([]);
  },
);

test.each(made)('edit has the editor open, and the file $what: both texts are saved', async change => {
  const home = withNote();
  const [path, isOpen, goOn] = [
    join(home.root, 'editor.sh'),
    join(home.root, 'open'),
    join(home.root, 'go-on'),
  ];
  // The editor reports that it is open, and waits for the other program.
  writeFileSync(
    path,
    `#!/bin/sh\necho '${words.now}' >> "$1"\n: > '${isOpen}'\nwhile [ ! -e '${goOn}' ]; do sleep 0.02; done\n`,
  );
  chmodSync(path, 0o755);
  const pty = home.onTerminal(['edit', ids.planned], { env: { EDITOR: path } });
  await vi.waitUntil(() => existsSync(isOpen), { timeout: patience });
  change.make(home);
  writeFileSync(goOn, '');
  const code = await endOf(pty);
  const place = change.moved === true ? away(home) : home.folder;
  const wrong = wrongAfter(home, change, { beside: [], drafted: [] }, code, pty.screen());
  if (!textsOf(place, '.rupture').includes(words.now))
    wrong.push('what was written in the editor is nowhere');
  tell(`elsewhere: edit, the file ${change.what}`, { runs: 1, failures: wrong.length });
  expect(wrong).toEqual([]);
});

test('detects a program that overwrites another program’s change with an older text (control)', () => {
  const home = withNote();
  const [change] = changes;
  if (change === undefined) throw new Error('no change');
  change.make(home);
  // Like a program that read the file before its question and writes it back with the answer.
  writeFileSync(join(home.folder, name), `${old}\n${words.now}\n`);
  const wrong = wrongAfter(home, change, { beside: [words.now], drafted: [] }, 0, '');
  tell('elsewhere: a careless program (control)', { runs: 1, 'found wrong': wrong.length });
  expect(wrong.join('\n')).toContain('what the other wrote is gone');
});
