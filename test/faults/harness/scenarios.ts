import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from '../../e2e/support/home.ts';
import { filesBelow, ids, words } from './person.ts';

/** A command that writes, and what must be true whatever fails in it. */
export interface Scenario {
  readonly name: string;
  readonly args: (home: Home) => readonly string[];
  readonly input?: string;
  readonly env?: (home: Home) => Readonly<Record<string, string>>;
  readonly setUp?: (home: Home) => void | Promise<void>;
  /** Whether the command's work is complete. */
  readonly done: (home: Home) => boolean;
  /**
   * Words that only this command has: they must be on disk once the next question shows or the command
   * reports them saved.
   */
  readonly typed?: readonly { readonly text: string; readonly shows?: string }[];
  /** Words that the command is asked to destroy. */
  readonly destroys?: readonly string[];
  /** The notes that it may change, by their words; every other note must stay the same. */
  readonly changes?: readonly string[];
  /** The passphrases, one per line; undefined for none. */
  readonly passphrases?: readonly string[];
  /** Whether it reports a note that it can't read, and handles the rest. */
  readonly leavesUnread?: boolean;
  /** The command that finishes incomplete work; by default the same command. */
  readonly again?: (home: Home) => readonly string[];
}

const inNotes = (home: Home, ...texts: readonly string[]): boolean => {
  const notes = [...filesBelow(home.folder)]
    .filter(([path]) => !path.startsWith('.') && path.endsWith('.md'))
    .map(([, text]) => text)
    .join('\n');
  return texts.every(text => notes.includes(text));
};
const says = (home: Home, name: string, text: string): boolean =>
  (filesBelow(home.folder).get(name) ?? '').includes(text);
const isIn = (home: Home, place: string, text: string): boolean =>
  [...filesBelow(join(home.folder, place)).values()].some(one => one.includes(text));
const planned = `2026-03-05-${ids.planned}.md`;
const open = `2026-03-06-${ids.open}.md`;
const answersIn = (home: Home, text: string): string => {
  const path = join(home.root, 'answers.yaml');
  writeFileSync(path, text);
  return path;
};
const editorOf = (home: Home, script: string): Readonly<Record<string, string>> => {
  const path = join(home.root, 'editor.sh');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { EDITOR: path };
};
const ran = (home: Home, ...args: readonly string[]): void => {
  const { code, err } = home.run(args);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${code}\n${err}`);
};

/** Commands that ask questions or save answers. */
export const asking: readonly Scenario[] = [
  {
    name: 'reflect -m TEXT',
    args: () => ['reflect', '-m', words.now],
    done: home => inNotes(home, words.now),
  },
  {
    name: 'reflect -m -',
    args: () => ['reflect', '-m', '-'],
    input: words.now,
    done: home => inNotes(home, words.now),
  },
  {
    name: 'reflect --answers',
    args: home => [
      'reflect',
      '--answers',
      answersIn(
        home,
        `sit: bothered\nwhat: ${words.now}\nkinds: [dismissed]\nsize: 6\nnext: planned\none_line: Can we go back?\n`,
      ),
    ],
    done: home => inNotes(home, words.now, 'Can we go back?'),
  },
  {
    name: 'reflect, line by line',
    args: () => ['reflect'],
    input: `3\n${words.now}\n\n\n19\n5\n1\nCan we go back?\n\n`,
    typed: [{ text: words.now, shows: 'Which of these come closest?' }, { text: 'Can we go back?' }],
    again: () => ['reflect', '--resume'],
    done: home => inNotes(home, words.now),
  },
  // The same input would now answer other questions, because the draft already has some answers.
  {
    name: 'reflect --resume',
    args: () => ['reflect', '--resume'],
    input: '19\n5\n2\n',
    again: () => ['reflect', '--resume'],
    done: home => inNotes(home, words.draft),
  },
  {
    name: 'reflect --discard',
    args: () => ['reflect', '--discard'],
    destroys: [words.draft],
    done: home => !isIn(home, '.rupture/drafts', words.draft),
  },
  {
    name: 'reflect --more',
    args: () => ['reflect', '--more', ids.open],
    input: `\n\n29 ${words.now}\n\n`,
    changes: [words.open],
    typed: [],
    again: () => ['mark', ids.open, 'raised'],
    done: home => inNotes(home, words.now) || says(home, open, 'status: raised'),
  },
  {
    name: 'prep --answers',
    args: home => [
      'prep',
      ids.planned,
      '--answers',
      answersIn(home, `size: 5\nwanted: ${words.now}\nopening_line: Can we go back?\n`),
    ],
    changes: [words.planned],
    done: home => says(home, planned, words.now) && says(home, planned, 'Can we go back?'),
  },
  {
    name: 'prep, line by line',
    args: () => ['prep', ids.planned],
    input: `5\n${words.now}\n\n`,
    changes: [words.planned],
    typed: [{ text: words.now, shows: 'What would help?' }],
    again: home => ['prep', ids.planned, '--answers', answersIn(home, `wanted: ${words.now}\n`)],
    done: home => says(home, planned, words.now),
  },
  {
    name: 'prep --card FILE',
    args: home => [
      'prep',
      ids.planned,
      '--answers',
      answersIn(home, `opening_line: ${words.now}\n`),
      '--card',
      join(home.root, 'home', 'card.txt'),
    ],
    changes: [words.planned],
    again: home => [
      'prep',
      ids.planned,
      '--answers',
      answersIn(home, `size: 4\nopening_line: ${words.now}\n`),
      '--card',
      join(home.root, 'home', `card-${Date.now()}.txt`),
    ],
    done: home =>
      says(home, planned, words.now) &&
      [...filesBelow(join(home.root, 'home'))].some(
        ([path, text]) => path.startsWith('card') && text.includes('They moved the session'),
      ),
  },
  {
    name: 'follow-up --answers',
    args: home => [
      'follow-up',
      ids.planned,
      '--answers',
      answersIn(home, 'came_up: i-said-it\nresponse: [listened]\nsize: 3\nstatus: repaired\n'),
    ],
    changes: [words.planned],
    done: home => says(home, planned, 'status: repaired'),
  },
  {
    name: 'follow-up, line by line',
    args: () => ['follow-up', ids.planned],
    input: '1\n1\n3\n1\n',
    changes: [words.planned],
    again: () => ['mark', ids.planned, 'repaired'],
    done: home => says(home, planned, 'status: repaired'),
  },
  {
    name: 'let-go --answers',
    args: home => [
      'let-go',
      ids.open,
      '--answers',
      answersIn(home, `ready: yes\nlet_go_reason: learned\nsize: 2\nlast_word: ${words.now}\n`),
    ],
    changes: [words.open],
    done: home => says(home, open, words.now) && says(home, open, 'status: let-go'),
  },
];

/** Commands that change, move or undo existing notes. */
export const changing: readonly Scenario[] = [
  {
    name: 'mark --note',
    args: () => ['mark', ids.planned, 'repaired', '--note', words.now],
    changes: [words.planned],
    done: home => says(home, planned, words.now),
  },
  {
    name: 'mark, a file edited by hand',
    args: () => ['mark', ids.byHand, 'repaired'],
    changes: [words.byHand],
    done: home => says(home, 'mine/walk.md', 'status: repaired'),
  },
  {
    name: 'reopen',
    args: () => ['reopen', ids.open],
    setUp: home => ran(home, 'mark', ids.open, 'let-go'),
    changes: [words.open],
    done: home => !says(home, open, 'status: let-go'),
  },
  {
    name: 'edit',
    args: () => ['edit', ids.open],
    env: home => editorOf(home, `echo '${words.now}' >> "$1"`),
    changes: [words.open],
    typed: [{ text: words.now }],
    done: home => says(home, open, words.now),
  },
  {
    name: 'edit, what comes back is no moment',
    args: () => ['edit', ids.open],
    env: home => editorOf(home, `echo '${words.now}' > "$1"`),
    typed: [{ text: words.now }],
    again: () => ['mark', ids.open, 'raised'],
    changes: [words.open],
    done: home => isIn(home, '.rupture/kept', words.now) || says(home, open, 'status: raised'),
  },
  {
    name: 'delete',
    args: () => ['delete', ids.open, '--yes'],
    changes: [words.open],
    done: home => !inNotes(home, words.open) && isIn(home, '.rupture/trash', words.open),
  },
  {
    name: 'delete --all',
    leavesUnread: true,
    args: () => ['delete', '--all', '--yes'],
    changes: [words.open, words.planned, words.byHand],
    done: home =>
      !inNotes(home, words.open) &&
      !inNotes(home, words.byHand) &&
      isIn(home, '.rupture/trash', words.byHand),
  },
  {
    name: 'delete --forever',
    args: () => ['delete', ids.open, '--forever', '--yes'],
    destroys: [words.open],
    done: home => !isIn(home, '.', words.open),
  },
  {
    name: 'delete --all --forever',
    leavesUnread: true,
    args: () => ['delete', '--all', '--forever', '--yes'],
    destroys: Object.values(words),
    done: home => Object.values(words).every(text => !isIn(home, '.', text)),
  },
  {
    name: 'trash restore',
    args: () => ['trash', 'restore', ids.trashed],
    done: home => inNotes(home, words.trashed),
  },
  {
    name: 'trash empty',
    args: () => ['trash', 'empty', '--yes'],
    destroys: [words.trashed],
    done: home => !isIn(home, '.', words.trashed),
  },
  {
    name: 'undo of a change',
    args: () => ['undo'],
    setUp: home => ran(home, 'mark', ids.planned, 'repaired', '--note', words.now),
    changes: [words.planned],
    done: home => says(home, planned, 'status: planned'),
  },
  {
    name: 'undo of a deletion',
    args: () => ['undo'],
    setUp: home => ran(home, 'delete', ids.open, '--yes'),
    done: home => inNotes(home, words.open),
  },
  {
    name: 'redo of a change',
    args: () => ['redo'],
    setUp: home => [ran(home, 'mark', ids.planned, 'repaired', '--note', words.now), ran(home, 'undo')],
    changes: [words.planned],
    done: home => says(home, planned, 'status: repaired'),
  },
  {
    name: 'redo of a deletion',
    args: () => ['redo'],
    setUp: home => [ran(home, 'delete', ids.open, '--yes'), ran(home, 'undo')],
    changes: [words.open],
    done: home => isIn(home, '.rupture/trash', words.open),
  },
  {
    name: 'redo of an addition',
    args: () => ['redo'],
    setUp: home => [ran(home, 'reflect', '-m', words.now), ran(home, 'undo')],
    changes: [words.now],
    done: home => inNotes(home, words.now),
  },
  {
    name: 'undo of an addition',
    args: () => ['undo'],
    setUp: home => ran(home, 'reflect', '-m', words.now),
    changes: [words.now],
    done: home => !inNotes(home, words.now) && isIn(home, '.rupture/trash', words.now),
  },
];

/** Imports, exports, settings, sequences and the doctor. */
export const moving: readonly Scenario[] = [
  {
    name: 'import an export',
    args: home => ['import', join(home.root, 'all.json')],
    setUp: home => {
      ran(home, 'export', 'json', '--to', join(home.root, 'all.json'));
      ran(home, 'delete', '--all', '--forever', '--yes');
    },
    destroys: [words.trashed, words.draft],
    changes: [],
    done: home => inNotes(home, words.planned, words.open, words.byHand),
  },
  {
    name: 'import a folder',
    args: home => ['import', join(home.root, 'others')],
    setUp: home => {
      mkdirSync(join(home.root, 'others'));
      writeFileSync(join(home.root, 'others', '2026-02-01 walk.md'), `${words.now}\n`);
    },
    done: home => inNotes(home, words.now),
  },
  {
    name: 'config set',
    args: () => ['config', 'set', 'mode', 'full'],
    setUp: home => ran(home, 'config', 'set', 'with', 'Bea'),
    done: home => setting(home, 'mode') === 'full' && setting(home, 'with') === 'Bea',
  },
  {
    name: 'config unset',
    args: () => ['config', 'unset', 'mode'],
    setUp: home => {
      ran(home, 'config', 'set', 'with', 'Bea');
      ran(home, 'config', 'set', 'mode', 'full');
    },
    done: home => setting(home, 'mode') === undefined && setting(home, 'with') === 'Bea',
  },
  {
    name: 'templates new',
    args: () => ['templates', 'new', 'weekly'],
    done: home => says(home, 'templates/weekly.yaml', 'template: 1'),
  },
  {
    name: 'export --to',
    args: home => ['export', 'markdown', '--to', join(home.root, 'home', 'all.md')],
    // The readable part was exported, with exit 1, and a second run does not overwrite it.
    again: home => ['export', 'markdown', '--to', join(home.root, 'home', 'again.md')],
    done: home =>
      [...filesBelow(join(home.root, 'home'))].some(
        ([path, text]) => path.endsWith('.md') && text.includes(words.open) && text.includes(words.byHand),
      ),
  },
  {
    name: 'doctor --fix',
    args: () => ['doctor', '--fix'],
    setUp: home => {
      chmodSync(join(home.folder, open), 0o644);
      const left = join(home.folder, `.${open}.4194303-0123456789ab.tmp`);
      writeFileSync(left, '', { mode: 0o600 });
      writeFileSync(
        join(home.folder, '.rupture', 'lock'),
        JSON.stringify({ pid: 4_194_303, host: hostOf(), start: 1, mark: 'x' }),
        { mode: 0o600 },
      );
      utimesSync(left, 1, 1);
    },
    done: home =>
      !filesBelow(home.folder).has('.rupture/lock') &&
      ![...filesBelow(home.folder).keys()].some(path => path.endsWith('.tmp')),
  },
];

function setting(home: Home, key: string): string | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(join(home.root, 'config', 'config.json'), 'utf8'));
    return typeof read === 'object' && read !== null && key in read
      ? String(Object.entries(read).find(([name]) => name === key)?.[1])
      : undefined;
  } catch {
    return 'not to be read';
  }
}

function hostOf(): string {
  return spawnSync('uname', ['-n'], { encoding: 'utf8' }).stdout.trim();
}
