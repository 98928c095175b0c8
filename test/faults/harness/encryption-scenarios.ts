import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../src/storage/open-store.ts';
import { parseDay, parseInstant } from '../../../src/core/dates/day.ts';
import type { Home } from '../../e2e/support/home.ts';
import { isWhole } from './fault.ts';
import { nextPassphrase, passphrase, runGiven } from './given.ts';
import { ids, words } from './person.ts';
import { asking, changing } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';
import { filesBelow, pathsBelow } from './encrypted-files.ts';

/**
 * Encrypts a person's folder with a key that is cheap to unlock: the sweeps do not test the passphrase's
 * work.
 */
async function seal(home: Home): Promise<void> {
  await begin(home, true);
}

/** Makes such a key; with `all`, encrypts the files for it too. */
async function begin(home: Home, all: boolean): Promise<void> {
  const instant = parseInstant('2026-03-12T18:00:00.000Z');
  const day = parseDay('2026-03-12');
  if (instant === undefined || day === undefined) throw new Error('no instant');
  const store = openStore({
    configDir: join(home.root, 'config'),
    platform: 'linux',
    env: home.env,
    ask: () => Promise.resolve(passphrase),
    cost: 8,
    folder: home.folder,
    pid: process.pid,
    uid: process.getuid?.(),
    host: hostname,
    now: () => ({ instant, day, ms: Date.now() }),
    random: count => randomBytes(count),
    isAlive: () => true,
    command: 'encrypt',
  });
  const encryption = await store.openEncryption();
  await encryption.makeKey(passphrase);
  if (!all) return;
  const { left } = await encryption.encryptAll(() => {});
  if (left.length > 0) throw new Error(JSON.stringify(left));
}

const notes = (home: Home): readonly string[] =>
  pathsBelow(home.folder).filter(path => !path.startsWith('.') && /\.md(?:\.age)?$/.test(path));
const isState = (home: Home, state: string): boolean =>
  filesBelow(home.folder).get('.rupture/sealing')?.trim() === state;
const allSealed = (home: Home): boolean =>
  isState(home, 'on') && notes(home).length === 3 && notes(home).every(path => path.endsWith('.age'));

/** Commands that turn encryption on or off or change its key. Every note must stay readable throughout (E1). */
const allTurning: readonly Scenario[] = [
  {
    name: 'encrypt on, the key is made',
    args: () => ['encrypt', 'on'],
    passphrases: [passphrase],
    setUp: home => begin(home, false),
    done: allSealed,
  },
  { name: 'encrypt on', args: () => ['encrypt', 'on'], passphrases: [passphrase], done: allSealed },
  {
    name: 'encrypt off',
    args: () => ['encrypt', 'off', '--yes'],
    passphrases: [passphrase],
    setUp: seal,
    done: home =>
      !pathsBelow(home.folder).includes('.rupture/sealing') &&
      notes(home).length === 3 &&
      notes(home).every(path => path.endsWith('.md')),
  },
  {
    name: 'encrypt rotate',
    args: () => ['encrypt', 'rotate'],
    passphrases: [passphrase],
    setUp: seal,
    done: allSealed,
  },
  {
    name: 'encrypt passphrase',
    args: () => ['encrypt', 'passphrase'],
    passphrases: [passphrase, nextPassphrase],
    setUp: seal,
    again: () => ['encrypt', 'status'],
    done: allSealed,
  },
  {
    name: 'encrypt trust',
    args: () => ['encrypt', 'trust'],
    passphrases: [passphrase],
    setUp: seal,
    done: allSealed,
  },
];

/** A careless `encrypt on`: removes each plaintext note before the encrypted note exists. */
export const carelessSealing: Scenario = {
  name: 'careless seal (control)',
  args: home => ['seal', home.folder],
  setUp: home => begin(home, false),
  done: allSealed,
};

/** The sample has the two that make and place a key, and the one that only pins it. */
export const turning: readonly Scenario[] = isWhole
  ? allTurning
  : allTurning.filter(({ name }) => ['encrypt on', 'encrypt rotate', 'encrypt trust'].includes(name));

/**
 * The commands for a plaintext folder, in an encrypted folder. Those that only write get no passphrase, and
 * are the sample.
 */
const allSealedCommands: readonly Scenario[] = [...asking, ...changing]
  .filter(({ name }) =>
    [
      'reflect -m TEXT',
      'reflect -m -',
      'reflect --answers',
      'reflect, line by line',
      'reflect --resume',
      'prep --answers',
      'prep, line by line',
      'follow-up, line by line',
      'mark --note',
      'mark, a file edited by hand',
      'edit',
      'delete',
      'delete --forever',
      'trash restore',
      'undo of a change',
      'undo of a deletion',
      'redo of a change',
      'redo of a deletion',
    ].includes(name),
  )
  .map((scenario): Scenario => ({
    ...scenario,
    name: `sealed: ${scenario.name}`,
    passphrases:
      scenario.name.startsWith('reflect') && !scenario.name.includes('resume') && scenario.again === undefined
        ? undefined
        : [passphrase],
    setUp: sealedBefore(scenario),
  }));

export const sealed: readonly Scenario[] = isWhole ? allSealedCommands : allSealedCommands.slice(0, 3);

const isOfUndo = (name: string): boolean => /^(?:undo|redo) of/.test(name);

/** Undo and redo work on a change made in the encrypted folder. */
function sealedBefore({ name }: Scenario): (home: Home) => Promise<void> {
  return async home => {
    await seal(home);
    if (!isOfUndo(name)) return;
    const args = undone[name.replace('redo', 'undo')];
    if (args === undefined) throw new Error(name);
    for (const one of name.startsWith('redo') ? [args, ['undo']] : [args]) {
      const { code, err } = runGiven(home, { passphrases: [passphrase] }, one, {});
      if (code !== 0) throw new Error(err);
    }
  };
}

/** Makes the change that is undone later. */
const undone: Readonly<Record<string, readonly string[]>> = {
  'undo of a change': ['mark', ids.planned, 'repaired', '--note', words.now],
  'undo of a deletion': ['delete', ids.open, '--yes'],
  'undo of an addition': ['reflect', '-m', words.now],
};

/**
 * Sets up a scenario, if given, in a folder that is encrypted with a key that is cheap to unlock.
 */
export function encryptBefore(scenario?: Scenario): (home: Home) => Promise<void> {
  if (scenario !== undefined && isOfUndo(scenario.name)) return sealedBefore(scenario);
  return async home => {
    await scenario?.setUp?.(home);
    await seal(home);
  };
}
