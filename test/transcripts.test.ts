import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { clockAt, openPlace, run, seededChance } from './support/world.ts';
import type { Place } from './support/world.ts';

// A transcript is what a person sees: `$ rupture …`, then standard output as it is, standard error behind `~
// `, and an exit code other than 0 in brackets. `%` begins a remark, and `3< FILE` at the end of a line opens
// a file for the command. BLESS=1 writes what came instead; whoever does that reads the difference as prose.
const folder = fileURLToPath(new URL('transcripts', import.meta.url));

interface Turn {
  /** Remarks and the command line, as they stand. */
  readonly head: string;
  readonly args: readonly string[];
  readonly program: string;
  readonly input?: string;
  readonly expected: string;
}

function turnsOf(text: string): readonly Turn[] {
  const turns: Turn[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length;) {
    const head: string[] = [];
    while (at < lines.length && !lines[at]?.startsWith('$ ')) head.push(lines[at++] ?? '');
    if (at >= lines.length) break;
    const command = lines[at++] ?? '';
    head.push(command);
    const [words = '', marker] = command.slice(2).split(' <<');
    let input: string | undefined;
    if (marker !== undefined) {
      const typed: string[] = [];
      while (at < lines.length && lines[at] !== marker) typed.push(lines[at++] ?? '');
      at++;
      input = typed.map(line => `${line}\n`).join('');
      head.push(...typed, marker);
    }
    const expected: string[] = [];
    while (at < lines.length && !lines[at]?.startsWith('$ ') && !lines[at]?.startsWith('%'))
      expected.push(lines[at++] ?? '');
    const [program = '', ...args] = splitWords(words);
    turns.push({ head: head.join('\n'), program, args, input, expected: expected.join('\n').trimEnd() });
  }
  return turns;
}

function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

async function play(turn: Turn, place: Place, random: (count: number) => Uint8Array): Promise<string> {
  // Keys are never made of the test's chance.
  const home = (text: string): string =>
    text.replaceAll(place.home, '~').replace(/\bage1[a-z0-9]{58}\b/g, 'age1…');
  if (turn.program === 'cat')
    return home(
      turn.args
        .flatMap(name => cat(place, name))
        .join('\n')
        .trimEnd(),
    );
  if (turn.program === 'write') {
    const path = join(place.home, turn.args[0] ?? '');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, turn.input ?? '');
    return '';
  }
  const settings: Record<string, string> = {};
  const ran = await withDescriptor(turn.args, place, args =>
    run(args, { place, input: turn.input ?? '', env: settings, now: clockAt(), chance: random }),
  );
  const talk = ran.err
    .split('\n')
    .slice(0, -1)
    .map(line => `~ ${line}`.trimEnd());
  const parts = [ran.out.trimEnd(), talk.join('\n'), ran.exit === 0 ? '' : `[exit ${ran.exit}]`];
  return home(parts.filter(part => part !== '').join('\n'));
}

/** Opens what `3< FILE` names, and puts the number that it came to in the place of the 3. */
async function withDescriptor<T>(
  all: readonly string[],
  place: Place,
  work: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  const at = all.findIndex(arg => /^\d<$/.test(arg));
  if (at < 0) return work(all);
  const descriptor = openSync(join(place.home, all[at + 1] ?? ''), 'r');
  try {
    return await work(
      all.slice(0, at).map(arg => (arg === all[at]?.slice(0, -1) ? String(descriptor) : arg)),
    );
  } finally {
    closeSync(descriptor);
  }
}

function cat(place: Place, name: string): readonly string[] {
  const shown = name.replace('~', place.home);
  if (!shown.includes('*')) return [readFileSync(shown, 'utf8')];
  return readdirSync(place.folder)
    .filter(file => file.endsWith('.md'))
    .sort()
    .map(file => readFileSync(join(place.folder, file), 'utf8'));
}

describe('transcripts', () => {
  for (const name of readdirSync(folder).sort()) {
    it(`${name} goes as it is written`, async () => {
      const place = openPlace();
      try {
        const text = readFileSync(join(folder, name), 'utf8');
        const random = seededChance();
        const seen: string[] = [];
        const expected: string[] = [];
        for (const turn of turnsOf(text)) {
          seen.push([turn.head, await play(turn, place, random)].filter(part => part !== '').join('\n'));
          expected.push([turn.head, turn.expected].filter(part => part !== '').join('\n'));
        }
        const blessed = process.env['BLESS'] === '1';
        if (blessed) writeFileSync(join(folder, name), `${seen.join('\n\n')}\n`);
        expect(seen.join('\n\n')).toBe(blessed ? seen.join('\n\n') : expected.join('\n\n'));
      } finally {
        place.remove();
      }
    });
  }
});
