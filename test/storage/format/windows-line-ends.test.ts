import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completionScript } from '../../../src/report/completion-scripts.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place.remove());

const here = (...args: string[]): ReturnType<typeof run> => run(args, { place, input: '' });

/** Converts every file of the folder to Windows line ends, as a git checkout there may. */
function checkOutOnWindows(): number {
  const files = readdirSync(place.folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(place.folder, name))
    .filter(path => statSync(path).isFile());
  for (const path of files) writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
  return files.length;
}

const looks: readonly (readonly string[])[] = [
  ['summary'],
  ['list'],
  ['search', 'clock'],
  ['show', 'last', '--format', 'plain'],
  ['show', 'last', '--format', 'json'],
  ['patterns'],
  ['trash', 'list'],
  ['help-now'],
  ['templates', 'list'],
  ['export', 'csv'],
  ['doctor', '--format', 'plain'],
];

describe('a folder that was checked out with Windows line ends', () => {
  beforeEach(async () => {
    await here('reflect', '-m', 'They looked at the clock.\nAnd again.');
    await here('reflect', '-m', 'Another moment.');
    await here('delete', 'last', '--yes');
    await here('templates', 'new', 'evening');
    await here('templates', 'new', 'reflect');
    writeFileSync(join(place.folder, 'help.md'), '# Mine\n\nCall Sam.\n');
  });

  it('reads as before: notes, trash, own questions, own help', async () => {
    const before = [];
    for (const args of looks) before.push(await here(...args));
    expect(before.every(({ out, err }) => (out + err).trim() !== '')).toBe(true);
    expect(before[looks.findIndex(([verb]) => verb === 'help-now')]?.out).toContain('Call Sam.');
    expect(checkOutOnWindows()).toBeGreaterThan(5);
    for (const [at, args] of looks.entries())
      expect({ args, ...(await here(...args)) }).toEqual({ args, ...before[at] });
  });

  it('keeps its line ends when a note is changed', async () => {
    checkOutOnWindows();
    const name = readdirSync(place.folder).find(one => /^2026.*\.md$/.test(one)) ?? '';
    expect((await here('mark', 'last', 'planned')).exit).toBe(0);
    const text = readFileSync(join(place.folder, name), 'utf8');
    expect([text.includes('status: planned\r\n'), /(?<!\r)\n/.test(text)]).toEqual([true, false]);
  });

  it('undo refuses to change it, since its files have changed, and says so', async () => {
    await here('mark', 'last', 'planned');
    checkOutOnWindows();
    const ran = await here('undo');
    expect([ran.exit, ran.err]).toEqual([5, expect.stringMatching(/\S/)]);
  });
});

it('saves the same note from a PowerShell pipe with a BOM and CRLF', async () => {
  const ran = await run(['reflect', '-m', '-'], {
    place,
    input: '\ufeffThey looked at the clock.\r\nAnd again.\r\n',
  });
  expect(ran.exit).toBe(0);
  const [name = ''] = readdirSync(place.folder).filter(one => one.endsWith('.md'));
  expect(readFileSync(join(place.folder, name), 'utf8')).toMatch(
    /\n\nThey looked at the clock\.\nAnd again\.\n$/,
  );
});

it('prints a PowerShell script with uniform line ends and only ASCII, which every Windows code page reads alike', () => {
  expect(completionScript('powershell')).toMatch(/^[\n\u0020-\u007e]+$/);
});
