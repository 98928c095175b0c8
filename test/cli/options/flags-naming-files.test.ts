import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Exit } from '../../../src/errors.ts';
import { seal } from '../../support/sealed.ts';
import { openPlace, run } from '../../support/world.ts';
import type { Place } from '../../support/world.ts';

let place: Place;
beforeEach(async () => {
  place = openPlace();
  await run(['reflect', '-m', '-'], { place, input: 'They looked away.' });
});
afterEach(() => place.remove());

const at = (name: string): string => join(place.home, name);

describe('a flag that names a file', () => {
  const reading = [
    ['reflect'],
    ['reflect', '--quick'],
    ['prep', 'last'],
    ['prep'],
    ['follow-up', 'last'],
    ['let-go'],
  ];
  const commands: readonly (readonly [line: string, args: (path: string) => readonly string[]])[] = [
    ...reading.map(
      args => [`${args.join(' ')} --answers`, (path: string) => [...args, '--answers', path]] as const,
    ),
    ['prep --card', path => ['prep', '--card', path]],
    ['prep last --card', path => ['prep', 'last', '--quick', '--card', path]],
    ['export json --to', path => ['export', 'json', '--to', path]],
    ['import', path => ['import', path]],
  ];

  it.each(commands)(
    '%s: what is wrong with it is said before a passphrase and before any question',
    async (line, args) => {
      await seal(place);
      writeFileSync(at('there.txt'), 'sit: [\n');
      mkdirSync(at('folder'));
      const isRead = line.includes('--answers') || line === 'import';
      const paths = isRead
        ? ['nothing.yaml', ...(line === 'import' ? ['folder'] : ['there.txt', 'folder'])]
        : ['there.txt', 'folder', 'there.txt/card.txt'];
      for (const path of paths) {
        const ran = await run(args(at(path)), { place, script: [] });
        expect([path, ran.screens, ran.out, ran.err.includes(at(path)), ran.exit === Exit.locked]).toEqual([
          path,
          [],
          '',
          true,
          false,
        ]);
        expect([Exit.failed, Exit.misused]).toContain(ran.exit);
      }
      expect(readFileSync(at('there.txt'), 'utf8')).toBe('sit: [\n');
    },
  );

  it('that does not exist yet may need new folders, and a card is written into them', async () => {
    const card = at('new/folder/card.txt');
    const ran = await run(['prep', 'last', '--answers', '-', '--card', card], {
      place,
      input: '{"opening_line": "Can we go back?"}',
    });
    expect(ran.exit).toBe(Exit.done);
    expect(readFileSync(card, 'utf8')).toContain('Can we go back?');
  });
});
