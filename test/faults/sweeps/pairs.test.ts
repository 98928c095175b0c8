import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { nextPassphrase, passphrase, runGiven } from '../harness/given.ts';
import { passphraseOf, readableTexts, start, type Command, type Ended } from '../harness/pairs.ts';
import { openPerson, words, type Person } from '../harness/person.ts';
import { asking, changing, moving, type Scenario } from '../harness/scenarios.ts';
import { encryptBefore } from '../harness/encryption-scenarios.ts';

// Runs each command that changes the encryption at the same time as itself, the others, and every command that
// writes, at many delays, with and without kills. Afterwards every sentence must be readable with one of the
// passphrases or in plaintext, and the next `encrypt` command must finish incomplete work.

let rupture: string;
beforeAll(async () => {
  ({ quick: rupture } = await openPacked());
});

const encrypting: readonly Command[] = [
  { name: 'encrypt on', args: () => ['encrypt', 'on'], passphrases: [passphrase] },
  { name: 'encrypt off', args: () => ['encrypt', 'off', '--yes'], passphrases: [passphrase] },
  { name: 'encrypt rotate', args: () => ['encrypt', 'rotate'], passphrases: [passphrase] },
  {
    name: 'encrypt passphrase',
    args: () => ['encrypt', 'passphrase'],
    passphrases: [passphrase, nextPassphrase],
  },
];
/** A second `encrypt on` with another passphrase. */
const otherOn: Command = {
  name: 'another encrypt on',
  args: () => ['encrypt', 'on'],
  passphrases: [nextPassphrase],
};

const typing = new Set([
  'reflect -m TEXT',
  'reflect -m -',
  'reflect --answers',
  'prep --answers',
  'let-go --answers',
  'mark --note',
  'edit',
  'import a folder',
]);
const writing = [...asking, ...changing, ...moving].filter(
  ({ name }) => !name.startsWith('config') && !name.startsWith('export') && !name.startsWith('templates'),
);

/** Milliseconds from the first command's start to the second's; negative if the second starts earlier. */
const delays = isWhole ? Array.from({ length: 30 }, (_, at) => -120 + at * 17) : [60, 150];
const kills = isWhole ? Array.from({ length: 12 }, (_, at) => 40 + at * 23) : [150];

interface Tally {
  runs: number;
  readonly faults: string[];
}

function asCommand(scenario: Scenario): Command {
  const { name, args, input, env, destroys = [] } = scenario;
  return {
    name,
    args,
    input,
    env,
    destroys,
    passphrases: [passphrase],
    types: typing.has(name) ? words.now : undefined,
  };
}

/**
 * Runs two commands at the same time, at every delay, each time from the same folder, and returns what was
 * wrong afterwards.
 */
async function tryPair(first: Command, second: Command, scenario?: Scenario): Promise<Tally> {
  const isOff = first.name === 'encrypt on';
  const home = await openPerson(rupture, isOff ? scenario?.setUp : encryptBefore(scenario));
  const tally: Tally = { runs: 0, faults: [] };
  for (const [at, delay] of delays.entries()) await tryOnce(home, { first, second, tally, delay, next: at });
  for (const [at, killAfter] of kills.entries())
    await tryOnce(home, { first, second, tally, delay: 30 * (at % 5), next: at, killAfter });
  process.stdout.write(
    `${first.name.padEnd(20)} beside ${second.name.padEnd(36)} ${String(tally.runs).padStart(4)} runs ${String(tally.faults.length).padStart(3)} faults\n`,
  );
  return tally;
}

interface Run {
  readonly first: Command;
  readonly second: Command;
  readonly tally: Tally;
  readonly delay: number;
  readonly killAfter?: number;
  /** Chooses the command to run afterwards. */
  readonly next: number;
}

async function tryOnce(home: Person, { first, second, tally, delay, killAfter, next }: Run): Promise<void> {
  home.again();
  tally.runs += 1;
  const place = `${first.name} | ${second.name} | ${delay} ms${killAfter === undefined ? '' : `, killed after ${killAfter} ms`}`;
  const fault = (what: string): void => void tally.faults.push(`${place}: ${what}`);
  const ended = await Promise.all([
    start(home, first, { after: Math.max(0, -delay), killAfter }),
    start(home, second, { after: Math.max(0, delay) }),
  ]);
  for (const what of endFaults(ended)) fault(what);
  const mustStand = sentences(second, ended[1]);
  for (const what of missing(mustStand, await readableTexts(home.folder))) fault(`gone: ${what}`);
  const what = afterwards(home, next, (await passphraseOf(home.folder)) ?? passphrase);
  if (what !== undefined) fault(what);
  for (const gone of missing(mustStand, await readableTexts(home.folder)))
    fault(`gone after the next command: ${gone}`);
}

function endFaults(ended: readonly Ended[]): readonly string[] {
  return ended.flatMap(({ code, err }) => {
    if (/is a bug|^ +at .*:\d+/m.test(err)) return [`a stack or a bug: ${err.slice(0, 300)}`];
    return code === null || [0, 1, 2, 4, 5, 137].includes(code) ? [] : [`ended with ${code}`];
  });
}

function sentences({ destroys = [], types }: Command, { code }: Ended): readonly string[] {
  const before = Object.values(words).filter(one => one !== words.now && !destroys.includes(one));
  return code === 0 && types !== undefined ? [...before, types] : before;
}

function missing(all: readonly string[], texts: readonly string[]): readonly string[] {
  return all.filter(one => !texts.some(text => text.includes(one)));
}

/**
 * Runs another `encrypt` command with the passphrase that opens the folder, and returns what is unfinished
 * afterwards.
 */
function afterwards(home: Person, next: number, current: string): string | undefined {
  const verb = ['on', 'off', 'rotate', 'passphrase'][next % 4] ?? 'on';
  const args = verb === 'off' ? ['encrypt', verb, '--yes'] : ['encrypt', verb];
  const { code, err } = runGiven(home, { passphrases: [current, nextPassphrase] }, args, {});
  const needsKey = verb === 'rotate' || verb === 'passphrase';
  const isRefusedRightly = code === 1 && needsKey && stateOf(home) === 'off';
  if (code !== 0 && !isRefusedRightly) return `then encrypt ${verb}: ${code} ${err.slice(0, 400)}`;
  const state = stateOf(home);
  return ['off', 'on'].includes(state) ? undefined : `then encrypt ${verb}: the folder is ${state}`;
}

function stateOf(home: Person): string {
  const path = join(home.folder, '.rupture', 'sealing');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : 'off';
}

describe.each(encrypting.map((first, at) => ({ ...first, at })))('$name', ({ at, ...first }) => {
  test.each([...encrypting, ...(first.name === 'encrypt on' ? [otherOn] : [])])(
    `${first.name} beside $name: every sentence can be read`,
    async second => {
      const { faults } = await tryPair(first, second);
      expect(faults).toEqual([]);
    },
  );

  // In the sample each command that writes runs with one of the four.
  test.each(writing.filter((_, index) => isWhole || index % encrypting.length === at))(
    `${first.name} beside $name: every sentence can be read`,
    async scenario => {
      const { faults } = await tryPair(first, asCommand(scenario), scenario);
      expect(faults).toEqual([]);
    },
  );
});

test('detects a key that is removed while a command uses it (control)', async () => {
  const home = await openPerson(rupture, encryptBefore());
  const identity = join(home.folder, '.rupture', 'identity.age');
  expect(missing([words.open], await readableTexts(home.folder))).toEqual([]);
  rmSync(identity);
  expect(missing([words.open], await readableTexts(home.folder))).toEqual([words.open]);
});
