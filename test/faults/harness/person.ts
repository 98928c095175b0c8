import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';

/** Unique sentences: each is in one place of a person's folder before a command runs. */
export const words = {
  planned: 'They looked at the clock while I spoke.',
  open: 'They called my plan a phase.',
  byHand: 'They laughed, and I laughed along.',
  trashed: 'They forgot the name of my son.',
  draft: 'They said we were out of time.',
  now: 'They moved the session without asking.',
} as const;

/**
 * A used notes folder: three notes, one of them edited by hand in a subfolder, a draft, and a note in the
 * trash.
 */
export interface Person extends Home {
  /** Restores everything to its state after the setup. */
  readonly again: () => void;
}

export const ids = {
  planned: 'kaaaa2',
  open: 'kbbbb3',
  byHand: 'kcccc4',
  trashed: 'kdddd5',
  draft: 'keeee6',
} as const;

/** Opens a used home; `more` sets up what else a command needs. */
export async function openPerson(
  rupture: string,
  more: (home: Home) => void | Promise<void> = () => {},
): Promise<Person> {
  const home = openHome(rupture);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
  };
  mkdirSync(home.folder, { mode: 0o700 });
  write(
    join(home.folder, `2026-03-05-${ids.planned}.md`),
    note(ids.planned, '2026-03-05', 'planned', words.planned),
  );
  write(join(home.folder, `2026-03-06-${ids.open}.md`), note(ids.open, '2026-03-06', 'open', words.open));
  write(
    join(home.folder, 'mine', 'walk.md'),
    `---\n# by hand\nrupture: 1\nid: '${ids.byHand}'\nmood:   { a: 1 }\nsession: 2026-03-07\nstatus: eased   # nearly\n---\n\n## What happened\n\n${words.byHand}\n`,
  );
  write(
    join(home.folder, `2026-03-08-${ids.trashed}.md`),
    note(ids.trashed, '2026-03-08', 'open', words.trashed),
  );
  const gone = home.run(['delete', ids.trashed, '--yes']);
  if (gone.code !== 0) throw new Error(gone.err);
  // As a killed run leaves it: no process has its PID.
  write(
    join(home.folder, '.rupture', 'drafts', `${ids.draft}.json`),
    `${JSON.stringify({
      draft: 1,
      pid: 4_194_303,
      host: hostname(),
      at: Date.now() - 60_000,
      id: ids.draft,
      template: 'reflect',
      mode: 'quick',
      session: '2026-03-09',
      started: '2026-03-09T18:00:00.000Z',
      answers: { sit: 'bothered', what: words.draft },
    })}\n`,
  );
  await more(home);
  const kept = `${home.root}.kept`;
  copy(home.root, kept);
  return {
    ...home,
    again: () => {
      rmSync(home.root, { recursive: true, force: true });
      copy(kept, home.root);
    },
  };
}

/** Returns a note as the program writes it. */
export function note(id: string, session: string, status: string, text: string): string {
  return `---\nrupture: 1\nid: ${id}\nsession: ${session}\ncreated: ${session}T18:00:00.000Z\nstatus: ${status}\ntitle: ${text.slice(0, -1)}\nsit: bothered\nkinds: [dismissed]\nsize: 7\nhistory:\n  - ${session} ${status} 7\n---\n\n# ${text.slice(0, -1)}\n\n## What happened\n\n${text}\n`;
}

/**
 * Returns the same home at another path, for a copy on another file system. Adapts the paths in its
 * environment.
 */
export function movedTo(home: Home, place: string): Home {
  const inside = (text: string): string => text.replace(home.root, place);
  const env = Object.fromEntries(Object.entries(home.env).map(([name, value]) => [name, inside(value)]));
  const start: Home['start'] = (program, args, { input = '', env: more = {} } = {}) => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: place,
      input,
      env: { ...env, ...more },
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { code: status, out: stdout, err: stderr };
  };
  return {
    ...home,
    root: place,
    folder: inside(home.folder),
    env,
    start,
    run: (args, options) => start(home.rupture, args, options),
  };
}

function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

export { filesBelow } from './encrypted-files.ts';
