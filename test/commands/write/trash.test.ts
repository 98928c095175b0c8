import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlace, run } from '../../support/world.ts';
import type { Place, Ran } from '../../support/world.ts';

let place: Place;
let id: string;
beforeEach(async () => {
  place = openPlace();
  const { out } = await pipe(['reflect', '-m', 'They looked at the clock.']);
  id = /-([a-z0-9]{6})\.md/.exec(out)?.[1] ?? '';
});
afterEach(() => place.remove());

const pipe = (args: readonly string[]): Promise<Ran> => run(args, { place, input: '' });
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const notes = (): readonly string[] => readdirSync(place.folder).filter(name => name.endsWith('.md'));

describe('the trash', () => {
  it('labels undone texts as earlier versions, and deleted notes as deleted', async () => {
    await pipe(['mark', id, 'open', '--note', 'Second thoughts.']);
    await pipe(['undo']);
    expect(flat((await pipe(['trash'])).out)).toMatch(new RegExp(`^${id} earlier version, `));
    await pipe(['delete', id, '--yes']);
    const rows = (await pipe(['trash'])).out;
    expect(rows).toMatch(new RegExp(`^${id} {2}deleted `, 'm'));
    expect(rows).toMatch(new RegExp(`^${id}~2 {2}earlier version, `, 'm'));
  });

  it('shows the content of an entry', async () => {
    await pipe(['mark', id, 'open', '--note', 'Second thoughts.']);
    await pipe(['undo']);
    const shown = await pipe(['trash', 'show', id.slice(0, 3)]);
    expect(shown.exit).toBe(0);
    expect(shown.out).toContain('Second thoughts.');
    expect(flat(shown.err)).toContain('earlier version');
    await pipe(['delete', id, '--yes']);
    expect((await pipe(['trash', 'show', id])).out).not.toContain('Second thoughts.');
    expect((await pipe(['trash', 'show', `${id}~2`])).out).toContain('Second thoughts.');
    expect((await pipe(['trash', 'show', `${id}~3`])).exit).toBe(2);
  });

  it('restores a version beside its moment, under another id, and says so', async () => {
    await pipe(['mark', id, 'open', '--note', 'Second thoughts.']);
    await pipe(['undo']);
    const [name = ''] = notes();
    const before = readFileSync(join(place.folder, name), 'utf8');
    const restored = await pipe(['trash', 'restore', id]);
    expect(restored.exit).toBe(0);
    expect(flat(restored.err)).toContain(`${id} is there and was left as it is.`);
    expect(readFileSync(join(place.folder, name), 'utf8')).toBe(before);
    const copy = readFileSync(restored.out.trim(), 'utf8');
    expect(copy).toContain('Second thoughts.');
    expect(copy).not.toContain(`id: ${id}`);
    expect(notes()).toHaveLength(2);
  });
});

describe('redo', () => {
  it.each([['redo'], ['undo', '--redo']])('as %s %s redoes an undone change', async (...args) => {
    await pipe(['mark', id, 'open', '--note', 'Second thoughts.']);
    const text = (): string => readFileSync(join(place.folder, notes()[0] ?? ''), 'utf8');
    const after = text();
    await pipe(['undo']);
    expect(text()).not.toBe(after);
    const redone = await pipe(args.filter(arg => arg !== undefined));
    expect([redone.exit, text()]).toEqual([0, after]);
    expect(flat(redone.err)).toContain('Redid what mark did');
    expect(flat((await pipe(['redo'])).err)).toContain('There is nothing to redo.');
  });
});
