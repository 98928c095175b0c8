import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { parseDay, parseInstant } from '../../src/core/dates/day.ts';
import type { Now } from '../../src/core/dates/day.ts';
import type { Exit } from '../../src/errors.ts';
import { main } from '../../src/main.ts';
import type { Machine } from '../../src/machine.ts';
import { openWorld } from '../../src/open-world.ts';
import type { FixedRandom } from '../../src/open-world.ts';
import type { Prompter, PromptResponse, Screen } from '../../src/world/world.ts';

export type { PromptResponse as Reply, Screen };

/** The folders of one test: home, settings and notes, below one temporary folder. */
export interface Place {
  readonly home: string;
  readonly folder: string;
  readonly config: string;
  readonly remove: () => void;
}

export function openPlace(): Place {
  const home = mkdtempSync(join(tmpdir(), 'rupture-test-'));
  return {
    home,
    folder: join(home, 'notes'),
    config: join(home, 'config'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

export interface Setting {
  readonly place: Place;
  /** Standard input as text; without it, a person answers (with `script`). */
  readonly input?: string;
  /** Standard input as bytes that are not text. */
  readonly bytes?: Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly outIsTerminal?: boolean;
  readonly columns?: number;
  readonly now?: () => Now;
  readonly chance?: (count: number) => Uint8Array;
  /**
   * Answers a person gives, in order: the question's id and the reply. An unplanned or a left-over question
   * fails.
   */
  readonly script?: readonly Line[];
  /** Replaces `script`: returns a person's answer to any screen. */
  readonly replyTo?: (screen: Screen) => PromptResponse;
}

/**
 * One line of a script: the id of the expected question, and the reply. A function may look at the
 * screen, type a part of an answer, or throw.
 */
export type Line = readonly [
  id: string,
  reply: PromptResponse | ((screen: Screen, typing?: (text: string) => void) => PromptResponse),
];

export interface Ran {
  readonly exit: Exit;
  readonly out: string;
  readonly err: string;
  /** Every screen that was shown, in order. */
  readonly screens: readonly Screen[];
  /** What the prompter printed between the questions. */
  readonly said: readonly string[];
}

/**
 * Thursday 12 March 2026, 19:04:55 in a zone five hours behind; the clock moves only if `after`
 * moves it.
 */
export function clockAt(instant = '2026-03-12T19:04:55.000-05:00'): () => Now {
  const parsed = parseInstant(instant);
  const day = parseDay(instant.slice(0, 10));
  if (parsed === undefined || day === undefined) throw new Error(`no instant: ${instant}`);
  return () => ({ instant: parsed, day, ms: Date.parse(instant) });
}

/** Returns pseudo-random bytes, the same in every run. */
export function seededChance(seed = 1): (count: number) => Uint8Array {
  let state = seed;
  return count =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}

/** Runs one command line on the real disk, with the test's own streams, clock and random bytes. */
export async function run(args: readonly string[], given: Setting): Promise<Ran> {
  const setting: Setting = {
    ...given,
    script: given.script ?? (given.replyTo === undefined ? undefined : []),
  };
  const out = collect(setting.outIsTerminal ?? false, setting.columns ?? 80);
  const err = collect(setting.script !== undefined, setting.columns ?? 80);
  const screens: Screen[] = [];
  const said: string[] = [];
  const fixedRandom: FixedRandom = {
    now: setting.now ?? clockAt(),
    random: setting.chance ?? seededChance(),
    cost: 10,
  };
  const machine = machineOf(setting, out.stream, err.stream);
  const script = [...(setting.script ?? [])];
  const exit = await main(args, async globals => {
    const world = await openWorld(machine, globals, fixedRandom);
    const prompter = scripted(script, screens, said, setting.replyTo);
    return setting.script === undefined
      ? world
      : { ...world, interactive: true, openPrompter: () => Promise.resolve(prompter) };
  });
  if (script.length > 0) throw new Error(`left over: ${script.map(([id]) => id).join(', ')}\n${err.text()}`);
  return { exit, out: out.text(), err: err.text(), screens, said };
}

function scripted(script: Line[], screens: Screen[], said: string[], replyTo?: Setting['replyTo']): Prompter {
  return {
    ask: (screen, typing) => {
      screens.push(screen);
      if (replyTo !== undefined) return Promise.resolve(replyTo(screen));
      // A script without the preview saves what is shown.
      if (screen.id === 'preview' && script[0]?.[0] !== 'preview') return Promise.resolve(answer('keep'));
      const [expected, response] = script.shift() ?? ['nothing', { is: 'skip' } as const];
      if (expected !== screen.id) throw new Error(`asked ${screen.id}, expected ${expected}`);
      return Promise.resolve(typeof response === 'function' ? response(screen, typing) : response);
    },
    say: text => {
      said.push(text);
    },
    close: () => {},
  };
}

/** Returns an answer for a script. */
export function answer(value: string | number | boolean | readonly string[]): PromptResponse {
  return { is: 'answer', answer: value };
}

export const skip: PromptResponse = { is: 'skip' };
export const back: PromptResponse = { is: 'back' };
export const finish: PromptResponse = { is: 'finish' };

function machineOf(
  { place, bytes, input, env, script }: Setting,
  stdout: Collected['stream'],
  stderr: Collected['stream'],
): Machine {
  const typed = bytes ?? (input === undefined ? undefined : Buffer.from(input));
  const stdin = Object.assign(
    typed === undefined ? new PassThrough() : Readable.from(typed.length === 0 ? [] : [typed]),
    { isTTY: script !== undefined },
  );
  return {
    inputIsTerminal: script !== undefined,
    // The paths are the machine's; everything else is Linux.
    platform: process.platform === 'win32' ? 'win32' : 'linux',
    pid: 4242,
    stdin,
    stdout,
    stderr,
    cwd: () => place.home,
    kill: () => true,
    getuid: process.getuid,
    on: () => undefined,
    once: () => undefined,
    env: { HOME: place.home, RUPTURE_FOLDER: place.folder, RUPTURE_CONFIG_DIR: place.config, ...env },
  };
}

interface Collected {
  readonly stream: Writable & { readonly isTTY: boolean; readonly columns: number };
  readonly text: () => string;
}

function collect(isTTY: boolean, columns: number): Collected {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY, columns }),
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
